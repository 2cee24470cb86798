import DocumentModel
import LayoutModel
import TestSupport
import PackageReading
import Testing

@testable import DOCXExtraction

@Suite struct StoryTests {
  func layout(
    _ body: String, options: DOCXOptions = DOCXOptions(),
    parts: [(path: String, kind: String, xml: String)] = []
  ) throws -> FlowLayout {
    try DOCXExtractor.layout(of: DOCXWriter(body, parts: parts).bytes(), options: options)
  }

  func texts(_ layout: FlowLayout) -> [String] {
    layout.blocks.map { block in
      switch block {
      case .paragraph(let paragraph): (paragraph.label.map { $0 + " " } ?? "") + paragraph.text
      case .table(let table): dump(table.grid)
      case .figure(let figure): figure.title
      }
    }
  }

  /// Cells as `rows×columns@row,column text`, spans of one and implied cells left out.
  func dump(_ grid: CellGrid) -> String {
    grid.cells.filter { $0.evidence != .implied }.map { cell in
      let span =
        cell.rows.count > 1 || cell.columns.count > 1
        ? "\(cell.rows.count)×\(cell.columns.count)" : ""
      return "\(span)@\(cell.rows.lowerBound),\(cell.columns.lowerBound) \(cell.text)"
    }.joined(separator: " | ")
  }

  static func paragraph(_ text: String) -> String { "<w:p><w:r><w:t>\(text)</w:t></w:r></w:p>" }

  static func cell(_ text: String, _ properties: String = "") -> String {
    "<w:tc><w:tcPr>\(properties)</w:tcPr>\(paragraph(text))</w:tc>"
  }

  static func table(_ widths: [Int], _ rows: String...) -> String {
    "<w:tbl><w:tblGrid>"
      + widths.map { "<w:gridCol w:w=\"\($0)\"/>" }.joined() + "</w:tblGrid>"
      + rows.map { "<w:tr>\($0)</w:tr>" }.joined() + "</w:tbl>"
  }

  // MARK: - Tables

  @Test("A sliver column that only shifts an edge is taken out before merges are matched")
  func slivers() throws {
    let layout = try layout(
      Self.table(
        [30, 2000, 2000],
        Self.cell("a", #"<w:gridSpan w:val="2"/><w:vMerge w:val="restart"/>"#) + Self.cell("b"),
        #"<w:trPr><w:gridBefore w:val="1"/></w:trPr>"# + Self.cell("", "<w:vMerge/>")
          + Self.cell("c")))
    #expect(texts(layout) == ["2×1@0,0 a | @0,1 b | @1,1 c"])
  }

  @Test("Raised digits in a cell are superscript characters; its blocks keep the original")
  func raisedMarks() throws {
    func run(_ text: String, _ properties: String = "") -> String {
      "<w:r><w:rPr>\(properties)</w:rPr><w:t>\(text)</w:t></w:r>"
    }
    let raised = #"<w:vertAlign w:val="superscript"/>"#
    let cell = "<w:tc><w:p>" + run("1,234") + run("1", raised) + "</w:p></w:tc>"
    let layout = try layout(Self.table([2000, 2000], cell + Self.cell("b")))
    guard case .table(let table) = layout.blocks.first else {
      Issue.record("no table")
      return
    }
    #expect(table.grid.cells.map(\.text) == ["1,234¹", "b"])
    guard case .paragraph(let paragraph) = table.contents.first?.blocks.first else {
      Issue.record("no content beside the text")
      return
    }
    #expect(paragraph.text == "1,2341")
  }

  @Test("A narrow column with text of its own stays")
  func narrowColumn() throws {
    let layout = try layout(
      Self.table([100, 2000], Self.cell("1") + Self.cell("a"), Self.cell("2") + Self.cell("b")))
    #expect(texts(layout) == ["@0,0 1 | @0,1 a | @1,0 2 | @1,1 b"])
  }

  @Test("Spans and gaps of any claimed size cost nothing")
  func hugeNumbers() throws {
    let layout = try layout(
      Self.table(
        [],
        #"<w:trPr><w:gridBefore w:val="1999999999"/></w:trPr>"# + Self.cell("a"),
        Self.cell("b", #"<w:gridSpan w:val="2000000000"/>"#) + Self.cell("c"),
        Self.cell("d", #"<w:gridSpan w:val="-5"/>"#)))
    guard case .table(let table) = try #require(layout.blocks.first) else { return }
    #expect(table.grid.isConsistent)
    #expect(table.grid.columnCount <= 4)
  }

  @Test("A table with more positions than the limit is refused")
  func gridLimit() throws {
    var options = DOCXOptions()
    options.limits.gridPositions = 3
    let body = Self.table([1, 1], Self.cell("a") + Self.cell("b"), Self.cell("c") + Self.cell("d"))
    #expect(throws: PackageError.self) { try layout(body, options: options) }
  }

  @Test("Generated tables are consistent whatever they claim", arguments: 0..<60)
  func consistency(seed: UInt64) throws {
    var random = SplitMix(state: seed)
    func attribute(_ name: String, _ limit: Int) -> String {
      random.next(3) == 0 ? "<w:\(name) w:val=\"\(random.next(limit))\"/>" : ""
    }
    var rows = ""
    for _ in 0..<1 + random.next(6) {
      var cells = ""
      for _ in 0..<1 + random.next(4) {
        let merge = ["", "", "<w:vMerge/>", #"<w:vMerge w:val="restart"/>"#, "<w:hMerge/>"]
        cells += Self.cell("x", attribute("gridSpan", 5) + merge[random.next(merge.count)])
      }
      rows +=
        "<w:tr><w:trPr>" + attribute("gridBefore", 4) + attribute("gridAfter", 4)
        + "</w:trPr>" + cells + "</w:tr>"
    }
    let widths = (0..<random.next(6)).map { _ in random.next(2) == 0 ? 20 : 1000 }
    let grid = "<w:tblGrid>" + widths.map { "<w:gridCol w:w=\"\($0)\"/>" }.joined() + "</w:tblGrid>"
    let layout = try layout("<w:tbl>\(grid)\(rows)</w:tbl>")
    guard case .table(let table) = try #require(layout.blocks.first) else { return }
    #expect(table.grid.isConsistent, "seed \(seed)")
  }

  // MARK: - Text

  @Test(
    "Deleted and hidden text is out, moved text is where it went",
    arguments: [
      (DOCXOptions.RevisionView.accepted, "a new z"), (.original, "a old z"), (.all, "a oldnew z"),
    ])
  func revisionViews(view: DOCXOptions.RevisionView, expected: String) throws {
    let body = """
      <w:p><w:r><w:t xml:space="preserve">a </w:t></w:r><w:del w:author="A"><w:r>\
      <w:delText>old</w:delText></w:r></w:del><w:ins w:author="B"><w:r><w:t>new</w:t></w:r>\
      </w:ins><w:r><w:t xml:space="preserve"> z</w:t></w:r></w:p>
      """
    let layout = try layout(body, options: DOCXOptions(revisions: view))
    #expect(texts(layout) == [expected])
    #expect(layout.revisions.map(\.kind) == [.deletion, .insertion])
    #expect(layout.revisions.map(\.text) == ["old", "new"])
    #expect(layout.revisions.map(\.author) == ["A", "B"])
  }

  @Test("Unknown wrappers pass their text through")
  func unknownWrapper() throws {
    let layout = try layout(
      #"<w:p><x:y xmlns:x="urn:x"><w:r><w:t>kept</w:t></w:r></x:y></w:p>"#)
    #expect(texts(layout) == ["kept"])
    #expect(layout.notes.contains { $0.message.contains("{urn:x}:y 1") })
  }

  @Test("Hidden text is counted in a note")
  func hidden() throws {
    let layout = try layout(
      "<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>ab c</w:t></w:r><w:r><w:t>d</w:t></w:r></w:p>")
    #expect(texts(layout) == ["d"])
    let note = try #require(layout.notes.first { $0.code == "docx.hiddenText" })
    #expect(note.message.contains("3 characters"))
  }

  @Test("A field may stay open, and results may hold fields")
  func fields() throws {
    func mark(_ type: String) -> String { #"<w:r><w:fldChar w:fldCharType="\#(type)"/></w:r>"# }
    func code(_ text: String) -> String { "<w:r><w:instrText>\(text)</w:instrText></w:r>" }
    let run = "<w:r><w:t>R</w:t></w:r>"
    let layout = try layout(
      "<w:p>" + mark("begin") + code("HYPERLINK \"u\"") + mark("separate") + mark("begin")
        + code("PAGE") + mark("separate") + run + mark("end") + run + mark("end") + "</w:p>"
        + "<w:p>" + mark("begin") + code("DATE") + mark("separate") + run + "</w:p>")
    #expect(texts(layout) == ["RR", "R"])
    guard case .paragraph(let first) = try #require(layout.blocks.first) else { return }
    #expect(first.inlines == [Inline(range: 0..<2, kind: .link(target: "u"))])
  }

  @Test("A removed paragraph mark at the end of a cell joins nothing")
  func removedMark() throws {
    let removed = "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>a</w:t></w:r></w:p>"
    let layout = try layout(
      "<w:tbl><w:tr><w:tc>\(removed)</w:tc></w:tr></w:tbl>" + removed + Self.paragraph("b")
        + removed)
    #expect(texts(layout) == ["@0,0 a", "ab", "a"])
  }

  @Test("An equation has a text and MathML")
  func equation() throws {
    let layout = try layout(
      """
      <w:p><m:oMath><m:sSup><m:e><m:r><m:t>x</m:t></m:r></m:e><m:sup><m:r><m:t>2</m:t></m:r>\
      </m:sup></m:sSup><m:r><m:t>=</m:t></m:r><m:rad><m:radPr><m:degHide m:val="1"/></m:radPr>\
      <m:deg/><m:e><m:r><m:t>y&lt;z</m:t></m:r></m:e></m:rad></m:oMath></w:p>
      """)
    guard case .paragraph(let paragraph) = try #require(layout.blocks.first),
      case .equation(let equation) = try #require(paragraph.inlines.first).kind
    else { return }
    #expect(equation.text == "x^2=√(y<z)")
    #expect(
      equation.mathML
        == #"<math xmlns="http://www.w3.org/1998/Math/MathML"><msup><mrow><mi>x</mi></mrow>"#
        + "<mrow><mn>2</mn></mrow></msup><mo>=</mo><msqrt><mrow><mi>y</mi><mo>&lt;</mo>"
        + "<mi>z</mi></mrow></msqrt></math>")
  }

  // MARK: - Safety

  @Test("A document type is refused in any part")
  func documentType() {
    let styles = "<!DOCTYPE a [<!ENTITY b \"c\">]><w:styles \(DOCXWriter.namespaces)/>"
    #expect(throws: PackageError.doctypeRefused(path: "word/styles.xml")) {
      try layout(Self.paragraph("a"), parts: [("word/styles.xml", "styles", styles)])
    }
  }

  @Test("Nesting is limited on the way down, whatever the elements are")
  func depth() throws {
    func paragraph(inside levels: Int) -> String {
      let start = String(repeating: "<w:smartTag>", count: levels)
      let end = String(repeating: "</w:smartTag>", count: levels)
      return "<w:p>\(start)<w:r><w:t>a</w:t></w:r>\(end)</w:p>"
    }
    #expect(
      throws: PackageError.limitExceeded(.elementDepth, path: "word/document.xml", limit: 512)
    ) {
      try layout(paragraph(inside: 600))
    }
    // libxml2 2.9 has a limit of its own, 256.
    #expect(try texts(layout(paragraph(inside: 500))) == ["a"])
  }

  @Test("Malformed XML names part and line")
  func malformed() {
    do {
      _ = try layout("<w:p>\n<w:r></w:p>")
      Issue.record("no error")
    } catch {
      guard case PackageError.xmlMalformed("word/document.xml", let line, _) = error else {
        Issue.record("\(error)")
        return
      }
      #expect(line == 2)
    }
  }

  @Test("A part that the document can do without becomes a note when it is broken")
  func brokenStyles() throws {
    let layout = try layout(
      Self.paragraph("a"), parts: [("word/styles.xml", "styles", "<w:styles")])
    #expect(texts(layout) == ["a"])
    #expect(layout.notes.contains { $0.code == "docx.unreadablePart" && $0.severity == .error })
  }
}

/// SplitMix64, for the same tables from the same seed.
struct SplitMix {
  var state: UInt64

  mutating func next(_ limit: Int) -> Int {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return Int((mixed ^ (mixed >> 31)) % UInt64(max(limit, 1)))
  }
}

@Suite struct IncludedDocumentTests {
  func texts(_ bytes: [UInt8], name: String) throws -> (texts: [String], notes: [String]) {
    var entries = DOCXWriter(
      #"<w:altChunk r:id="c"/>"#, relationships: [("c", "aFChunk", name, false)]
    ).entries
    entries.append(ZIPWriter.Entry("word/" + name, bytes))
    let layout = try DOCXExtractor.layout(of: ZIPWriter(entries).bytes())
    let texts = layout.blocks.map { block in
      switch block {
      case .paragraph(let paragraph): paragraph.text
      case .table(let table): table.grid.cells.map(\.text).joined(separator: "|")
      case .figure(let figure): figure.title
      }
    }
    return (texts, layout.notes.map(\.code))
  }

  @Test("HTML is read as paragraphs, headings and tables, scripts left out")
  func html() throws {
    let html = """
      <html><head><title>T</title></head><body><h1>Head</h1><p>One <b>two</b><script>x()</script>\
      <table><tr><td rowspan=2>a<td>b<tr><td>c</table>tail
      """
    #expect(
      try texts(Array(html.utf8), name: "a.html").texts == ["Head", "One two", "a|b|c", "tail"])
  }

  @Test("A DOCX is read in place, and its own inclusions only so deep")
  func docx() throws {
    let inner = DOCXWriter("<w:p><w:r><w:t>inner</w:t></w:r></w:p>").bytes()
    #expect(try texts(inner, name: "b.docx").texts == ["inner"])
  }

  @Test(
    "Of a web archive the page is read in any encoding of its parts, and the rest is named",
    arguments: [
      ("quoted-printable", "<h1>Gr=C3=BC=\r\n=C3=9Fe</h1><p>a=3Db"),
      ("base64", "PGgxPkdyw7zDn2U8L2gxPjxw\r\nPmE9Yg=="),
      ("8bit", "<h1>Grüße</h1><p>a=b"),
    ])
  func webArchive(encoding: String, page: String) throws {
    let archive = """
      MIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\tboundary="b 1"\r\n\r\n\
      --b 1\r\nContent-Type: text/html; charset="utf-8"\r\n\
      Content-Transfer-Encoding: \(encoding)\r\n\r\n\(page)\r\n\
      --b 1\r\nContent-Type: image/png\r\n\r\nx\r\n--b 1--\r\n
      """
    let found = try texts(Array(archive.utf8), name: "a.mht")
    #expect(found.texts == ["Grüße", "a=b"])
    #expect(found.notes.contains("docx.subDocument"))
  }

  @Test("Rich text is read where somebody makes DOCX of it")
  func richText() throws {
    var entries = DOCXWriter(
      #"<w:altChunk r:id="c"/>"#, relationships: [("c", "aFChunk", "d.rtf", false)]
    ).entries
    entries.append(ZIPWriter.Entry("word/d.rtf", Array("{\\rtf1 x}".utf8)))
    let inner = DOCXWriter("<w:p><w:r><w:t>inner</w:t></w:r></w:p>").bytes()
    let options = DOCXOptions(richTextReader: { $0.starts(with: "{\\rtf".utf8) ? inner : nil })
    let layout = try DOCXExtractor.layout(of: ZIPWriter(entries).bytes(), options: options)
    guard case .paragraph(let paragraph) = layout.blocks.first else {
      Issue.record("expected a paragraph")
      return
    }
    #expect(paragraph.text == "inner" && paragraph.role == .included)
    #expect(!layout.notes.contains { $0.code == "docx.subDocument" })
  }

  @Test("A web archive without a page is reported")
  func webArchiveWithoutPage() throws {
    let archive = "MIME-Version: 1.0\nContent-Type: image/png\n\nx"
    let found = try texts(Array(archive.utf8), name: "a.mht")
    #expect(found.texts == [] && found.notes.contains("docx.subDocument"))
  }

  @Test("A web archive that is cut off never traps", arguments: 0..<160)
  func damagedWebArchive(length: Int) throws {
    let archive = """
      MIME-Version: 1.0\nContent-Type: multipart/related; boundary=b\n\n--b\n\
      Content-Type: text/html\nContent-Transfer-Encoding: quoted-printable\n\n<p>x=3D=\n=\n--b--
      """
    let found = try texts(Array(archive.utf8.prefix(length)), name: "a.mht")
    #expect(found.texts.count <= 1)
  }

  @Test("Text is read by its lines; rich text is reported")
  func text() throws {
    #expect(
      try texts([0xEF, 0xBB, 0xBF] + Array("a\n\nb".utf8), name: "c.txt").texts == ["a", "b"])
    let rich = try texts(Array("{\\rtf1 x}".utf8), name: "d.rtf")
    #expect(rich.texts == [] && rich.notes.contains("docx.subDocument"))
  }
}
