import TableReconstruction
import Testing

@Suite struct NumberTextTests {
  @Test(
    "Every printed form of a number has its value",
    arguments: [
      ("0", 0), ("42", 42), ("007", 7), ("1,234", 1234), ("1,234,567.5", 1_234_567.5),
      ("1 234", 1234), ("1\u{A0}234,5", 1234.5), ("1\u{202F}234", 1234), ("1'234.50", 1234.5),
      ("1’234", 1234), ("1.234,5", 1234.5), ("1.234.567", 1_234_567), ("12,5", 12.5),
      ("12.5", 12.5), ("1.234", 1.234), (".5", 0.5), ("０", 0), ("１２．５", 12.5),
      ("１，２３４", 1234), ("-3", -3), ("−3", -3), ("－3", -3), ("–3", -3), ("+3", 3),
      ("(3)", -3), ("(1,234)", -1234), ("-0", 0), (" 42 ", 42), ("　42", 42),
      ("0.1", 0.1), ("123456789012345", 123_456_789_012_345),
    ])
  func values(text: String, value: Double) {
    #expect(NumberText(text)?.value == value)
    #expect(NumberText(text)?.suffix == "")
  }

  @Test(
    "A unit, a percent sign or a note mark may stand behind",
    arguments: [
      ("12.5%", 12.5, "%"), ("12,5 %", 12.5, "%"), ("3‰", 3, "‰"), ("1,009万元", 1009, "万元"),
      ("15 km²", 15, "km²"), ("12*", 12, "*"), ("7€", 7, "€"), ("-5℃", -5, "℃"),
    ])
  func suffixes(text: String, value: Double, suffix: String) {
    #expect(NumberText(text)?.value == value)
    #expect(NumberText(text)?.suffix == suffix)
  }

  @Test(
    "What says no number, or more than one, has no value",
    arguments: [
      "", "-", "abc", "1-2", "2023/24", "12,34,56", "1,2345.6", "1234,567.8", "1.2.3", "1,234 5",
      "A12", "12 of 40", "1 2", "12:30", "3=1+2", "1e5", "1,009 (2022)", "--3", "第3",
    ])
  func refusals(text: String) {
    #expect(NumberText(text) == nil)
  }

  @Test("A number that a Double cannot carry to the last digit has no value")
  func precision() {
    #expect(NumberText("1234567890123456") == nil)
    #expect(NumberText("0.1234567890123456") == nil)
    #expect(NumberText("0.000123456789012345") != nil)
  }
}
