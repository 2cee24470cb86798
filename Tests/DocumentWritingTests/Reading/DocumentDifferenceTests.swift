import DocumentModel
import Testing

@testable import DocumentReading

@Suite struct DocumentDifferenceTests {
  private func document(_ blocks: [Block]) -> Document {
    var document = SampleDocuments.smallest
    document.blocks = blocks.enumerated().map { index, block in
      var block = block
      block.id = "b\(index + 1)"
      return block
    }
    return document
  }

  private func text(_ first: [Block], _ second: [Block]) -> String {
    DocumentDifference(document(first), document(second)).text
  }

  private func paragraph(_ text: String) -> Block { Block(kind: .paragraph, text: text) }

  private func table(_ sketch: String, caption: String? = nil) -> Block {
    Block(kind: .table, table: TableSketch.table(sketch, caption: caption))
  }

  @Test("The same content in other lines is no difference")
  func same() {
    #expect(
      text([paragraph("a b\nc")], [paragraph("ab c"), Block(kind: .pageFurniture, text: "1")]) == ""
    )
  }

  @Test("A block that one document lacks, and one that reads differently")
  func blocks() {
    #expect(
      text(
        [paragraph("same"), paragraph("old"), paragraph("end")],
        [paragraph("same"), paragraph("new"), paragraph("more"), paragraph("end")])
        == "@ block\n- b2: old\n+ b2: new\n@ block\n+ b3: more\n")
    #expect(text([paragraph("a"), paragraph("b")], [paragraph("b")]) == "@ block\n- b1: a\n")
  }

  @Test("A value is compared with the one under the same headers, wherever that stands")
  func values() {
    let first = table("# | # 2023 | # 2024\n@ x | 1 | 2\n@ y | 3 | —")
    let second = table("# | # 2024 | # 2023\n@ y | 4 | 3\n@ x | 2 | 1\n@ z | 5 | 6")
    #expect(
      text([first], [second]) == """
        @ y / 2024
        - b1c9: —
        + b1c5: 4
        @ z / 2024
        + b1c11: 5
        @ z / 2023
        + b1c12: 6

        """)
  }

  @Test("Captions are compared, and tables in turn")
  func captions() {
    let first = [table("# a\n1", caption: "T 1"), table("# a\n2", caption: "T 2")]
    let second = [table("# a\n1", caption: "T one"), table("# a\n3", caption: "T 2")]
    #expect(
      text(first, second)
        == "@ caption\n- b1: T 1\n+ b1: T one\n@ a\n- b2c2: 2\n+ b2c2: 3\n")
  }

  @Test("A difference as JSON")
  func json() {
    let difference = DocumentDifference(
      document([table("# | # a\n@ x | 1")]), document([table("# | # a\n@ x | 2")]))
    #expect(
      String(decoding: difference.json, as: UTF8.self) == """
        {"differences":[{"columnPath":["a"],"first":{"at":"b1c4","text":"1","value":1},"kind":"value",\
        "rowPath":["x"],"second":{"at":"b1c4","text":"2","value":2}}]}
        """)
  }
}
