import DocumentModel
import Testing

@Suite struct MarkdownStreamTests {
  private func paragraph(_ text: String, _ inlines: [Inline] = []) -> Block {
    Block(id: "b1", kind: .paragraph, text: text, inlines: inlines)
  }

  @Test("Headings and paragraphs stand apart, labels in front of their text")
  func blocks() throws {
    let text = try StreamText.markdown([
      Block(kind: .title, text: "Report\n2024"),
      Block(kind: .heading, level: 1, label: "一、", text: "总体情况"),
      Block(kind: .heading, level: 7, label: "1.2", text: "Deep"),
      paragraph("First line\nsecond"),
      Block(kind: .pageFurniture, text: "- 1 -"),
    ])
    #expect(
      text == "# Report<br>2024\n\n## 一、总体情况\n\n###### 1.2 Deep\n\nFirst line\\\nsecond\n")
  }

  @Test(
    "What would be markup gets a backslash",
    arguments: [
      (
        "*a* _b_ `c` [d](e) <f> &amp; ~g~ h|i $j$",
        #"\*a\* \_b\_ \`c\` \[d\](e) \<f\> \&amp; \~g\~ h\|i \$j\$"#
      ),
      ("# no heading", ##"\# no heading"##), ("- no item", #"\- no item"#),
      ("1. no item", #"1\. no item"#), ("12) no item", #"12\) no item"#),
      ("1.5 is a number", "1.5 is a number"), ("    no code", "no code"),
      ("a\n===", "a\\\n\\==="), ("a\u{1}b", "a\u{FFFD}b"), ("\\", #"\\"#), ("end\n", "end"),
    ])
  func escapes(text: String, expected: String) throws {
    #expect(try StreamText.markdown([paragraph(text)]) == expected + "\n")
  }

  @Test("Numbered items count as printed; a gap starts a new list")
  func numberedItems() throws {
    let items = [("1.", 1), ("2.", 1), ("a)", 2), ("b)", 2), ("5.", 1), ("•", 1)].map {
      Block(kind: .listItem, level: $0.1, label: $0.0, text: "x")
    }
    #expect(
      try StreamText.markdown(items) == """
        1. x
        2. x
           - a) x
           - b) x
        <!-- -->
        5. x
        <!-- -->
        - x

        """)
  }

  @Test("A link that leads somewhere stays one; another is its text")
  func links() throws {
    let text = try StreamText.markdown([
      paragraph("ab", [Inline(range: 0..<1, kind: .link(target: "https://a.example/(x)>"))]),
      paragraph("ab", [Inline(range: 0..<1, kind: .link(target: "javascript:alert(1)"))]),
    ])
    #expect(text == "[a](<https://a.example/(x)\\>>)b\n\nab\n")
  }

  @Test("A plain table is one of GitHub's")
  func plainTable() throws {
    let table = TableSketch.table(
      """
      # a | # b|c
      @ x | 1
      """.replacing("b|c", with: "b/c"), caption: "Table *1*", unitText: "Unit: t",
      footnotes: ["Note"])
    #expect(
      try StreamText.markdown([TableSketch.block(table)]) == """
        <b>Table \\*1\\*</b>

        Unit: t

        | a | b/c |
        | --- | --- |
        | x | 1 |

        Note

        """)
  }

  @Test("A bar or a line break in a cell stays in its cell")
  func cellText() throws {
    var table = TableSketch.table("# a | # b\n@ x | 1")
    table.cells[3].text = "1|2\n3"
    #expect(try StreamText.markdown([TableSketch.block(table)]).hasSuffix("| x | 1\\|2<br>3 |\n"))
  }

  @Test("A table without headers has an empty head")
  func headless() throws {
    let table = TableSketch.table("a | b", headerRows: 0)
    #expect(
      try StreamText.markdown([TableSketch.block(table)]) == "| | |\n| --- | --- |\n| a | b |\n")
  }

  @Test("Spans make it an HTML table without an empty line")
  func spans() throws {
    let table = TableSketch.table("# | # 2024 | <\n^ | # H1 | # H2\n@ x | 1 | —", headerRows: 2)
    let text = try StreamText.markdown([TableSketch.block(table)])
    #expect(text.hasPrefix("<table>\n<thead>\n<tr><th rowspan=\"2\""))
    #expect(text.contains("<th colspan=\"2\" scope=\"colgroup\">2024</th>"))
    #expect(!text.dropLast().contains("\n\n"))
  }
}
