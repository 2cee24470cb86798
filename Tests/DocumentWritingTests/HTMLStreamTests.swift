import DocumentModel
import PageGeometry
import Testing

@Suite struct HTMLStreamTests {
  private func body(_ blocks: [Block]) throws -> String {
    let text = try StreamText.html(blocks)
    let start = try #require(text.firstRange(of: "<main>\n"))
    let end = try #require(text.firstRange(of: "</main>"))
    return String(text[start.upperBound..<end.lowerBound])
  }

  @Test("Blocks keep their ids, kinds and labels")
  func blocks() throws {
    #expect(
      try body([
        Block(id: "b1", kind: .title, text: "A"),
        Block(id: "b2", kind: .heading, level: 2, label: "1.", text: "B"),
        Block(id: "b3", kind: .paragraph, text: "C\nD", role: .caption, direction: .rightToLeft),
        Block(id: "b4", kind: .pageFurniture, text: "1"),
      ]) == """
        <h1 id="b1">A</h1>
        <h3 id="b2"><span class="label">1.</span> B</h3>
        <p id="b3" data-role="caption" dir="rtl">C<br>D</p>
        <p class="furniture" id="b4">1</p>

        """)
  }

  @Test("Text and attributes cannot become markup; controls are shown as replaced")
  func escapes() throws {
    let text = try body([
      Block(id: "\"><script>", kind: .paragraph, text: "<script>&\"\u{0}\u{7}</script>")
    ])
    #expect(
      text == """
        <p id="&quot;&gt;&lt;script&gt;">&lt;script&gt;&amp;&quot;\u{FFFD}\u{FFFD}&lt;/script&gt;</p>

        """)
  }

  @Test("Lists are nested by level")
  func lists() throws {
    let text = try body([1, 2, 2, 1].map { Block(id: "b", kind: .listItem, level: $0, text: "x") })
    #expect(
      text.replacing("\n", with: "").replacing(" id=\"b\"", with: "") == """
        <ul class="items"><li>x<ul class="items"><li>x</li><li>x</li></ul></li><li>x</li></ul>
        """)
  }

  @Test("The start of each page is a place to go to")
  func pages() throws {
    let place = { (page: Int) in
      Provenance.page(number: page, box: .init(minX: 0, minY: 0, maxX: 1, maxY: 1))
    }
    let text = try body([
      Block(id: "b1", kind: .paragraph, text: "A", provenance: [place(2)]),
      Block(id: "b2", kind: .paragraph, text: "B", provenance: [place(2)]),
      Block(id: "b3", kind: .paragraph, text: "C", provenance: [place(3)]),
    ])
    #expect(text.split(separator: "id=\"page-2\"").count == 2)
    #expect(text.contains(##"<a id="page-3" href="#page-3">3</a></p>"##))
  }

  @Test("A value names its headers, its number and how it is missing")
  func cells() throws {
    let table = TableSketch.table("# | # 2024 | <\n^ | # H1 | # H2\n@ x | 1,009 | —", headerRows: 2)
    let text = try body([TableSketch.block(table, id: "b7")])
    #expect(text.contains(#"<td id="b7c6" headers="b7c2 b7c3 b7c5" data-value="1009">1,009</td>"#))
    #expect(text.contains(#"<td id="b7c7" headers="b7c2 b7c4 b7c5" data-missing="dash">—</td>"#))
    #expect(text.contains(#"<th scope="row" id="b7c5">x</th>"#))
    #expect(text.contains("</thead>\n<tbody>\n<tr><th scope=\"row\""))
  }

  @Test("A cell that crosses the end of the boxhead is not cut by a row group")
  func crossing() throws {
    let table = TableSketch.table("# a | # b\n^ | 1\n@ c | 2", headerRows: 1)
    let text = try body([TableSketch.block(table)])
    #expect(!text.contains("<thead>") && text.split(separator: "<tbody>").count == 2)
  }

  @Test("Each band is a group of rows")
  func bands() throws {
    var table = TableSketch.table("# a\n1\n# b\n2")
    table.bands = [
      Table.Band(rows: 0..<2, headerRowCount: 1), Table.Band(rows: 2..<4, headerRowCount: 1),
    ]
    let text = try body([TableSketch.block(table)])
    #expect(text.split(separator: "<tbody>").count == 3)
  }

  @Test("Only addresses that lead somewhere are links")
  func links() throws {
    let inlines = ["https://a.example/?a=1&b", "javascript:alert(1)", "#x", " http://a.example"]
    let text = try body(
      inlines.map {
        Block(
          id: "b", kind: .paragraph, text: "a",
          inlines: [Inline(range: 0..<1, kind: .link(target: $0))])
      })
    #expect(text.contains(#"<a href="https://a.example/?a=1&amp;b">a</a>"#))
    #expect(text.contains(#"<a title="javascript:alert(1)">a</a>"#))
    #expect(text.contains(##"<a href="#place-x">a</a>"##))
    #expect(text.contains(#"<a title=" http://a.example">"#))
  }

  @Test("Ranges that cross are cut so that markup is nested")
  func crossingRanges() throws {
    let block = Block(
      id: "b", kind: .paragraph, text: "abcdef",
      inlines: [
        Inline(range: 0..<4, kind: .superscript), Inline(range: 2..<99, kind: .insertion),
        Inline(range: 1..<1, kind: .bookmark(name: "m")),
      ])
    #expect(
      try body([block]).contains(
        #"<sup>a<a id="place-m"></a>b<ins>cd</ins></sup><ins>ef</ins></p>"#))
  }

  @Test("A record is a few facts and the sums that fail, with their cells")
  func record() throws {
    var document = StreamText.document([])
    document.records = [StreamText.record]
    let html = try StreamText.html(document)
    #expect(html.contains("<dt>Agency</dt><dd>A &amp; B</dd>"))
    #expect(html.contains("<dd>1 hold, 1 fail, 1 cannot be told</dd>"))
    #expect(
      html.contains(##"<li>total: 5 ≠ 6.5 <a href="#b1c2">b1c2</a> <a href="#b1c3">b1c3</a></li>"##)
    )
    let markdown = try StreamText.markdown(document)
    #expect(
      markdown.hasSuffix(
        "| Sums | 1 hold, 1 fail, 1 cannot be told |\n| Fails | total: 5 ≠ 6.5 (b1c2, b1c3) |\n"))
  }

  @Test("The end says what the document is and what is to be known about it")
  func end() throws {
    let text = try StreamText.html([], title: "a<b>.pdf")
    #expect(text.contains("<title>a&lt;b&gt;.pdf</title>"))
    #expect(text.contains("<dt>SHA-256</dt><dd>0000"))
  }
}
