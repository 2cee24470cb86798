import Testing

@testable import TableReconstruction

@Suite struct DecimalSignTests {
  @Test(
    "What one text shows of the decimal sign",
    arguments: [
      ("12,5", DecimalSign.comma), ("1.234,50", .comma), ("1.234.567", .comma), ("0,123", .comma),
      ("1234,567", .comma), ("1 234,5", .comma), ("5,25 %", .comma), ("１２，５", .comma),
      ("12.5", .point), ("1,234.50", .point), ("1,234,567", .point), ("0.123", .point),
      ("1'234.5", .point), ("(12.5)", .point), ("£12.50", .point),
      ("1.234", .unknown), ("1,234", .unknown), ("42", .unknown), ("1 234", .unknown),
      ("text, more.", .unknown), ("", .unknown), ("12,34,56", .unknown), ("7,", .unknown),
    ])
  func shown(text: String, sign: DecimalSign) {
    #expect(DecimalSign.shown(by: text) == sign)
  }
}
