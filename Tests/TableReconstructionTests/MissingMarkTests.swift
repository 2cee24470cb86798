import DocumentModel
import TableReconstruction
import Testing

@Suite struct MissingMarkTests {
  @Test(
    "Each mark has its kind",
    arguments: [
      ("", Cell.Missing.blank), (" \u{3000}", .blank), ("-", .dash), ("—", .dash), ("——", .dash),
      ("－", .dash), ("−", .dash), ("/", .slash), ("／", .slash), ("...", .dots), ("…", .dots),
      ("……", .dots), (":", .colon), ("：", .colon), ("*", .mark), ("×", .mark), ("x", .mark),
      ("(X)", .word), ("(NA)", .word), ("n/a", .word), ("N.A.", .word), ("无", .word),
      ("不适用", .word), ("н/д", .word),
    ])
  func kinds(text: String, kind: Cell.Missing) {
    #expect(MissingMark.kind(of: text) == kind)
  }

  @Test(
    "Zero, numbers and words are no marks",
    arguments: ["0", "0.0", "-1", "—1", "a", "Nilsson", "无锡", "//", "::", "一", "1:2"])
  func others(text: String) {
    #expect(MissingMark.kind(of: text) == nil)
  }
}
