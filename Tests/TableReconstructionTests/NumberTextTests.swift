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
      ("1,234-", -1234), ("△12.3", -12.3), ("▲ 5", -5), ("١٢٣", 123), ("۱۲۳٫۵", 123.5),
      ("١٬٢٣٤", 1234), ("1\u{2009}234", 1234), ("１　２３４", 1234),
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
      ("15 km²", 15, "km²"), ("7€", 7, "€"), ("$1,234", 1234, "$"), ("￥ 5", 5, "￥"),
      ("-€5", -5, "€"), ("($5)", -5, "$"), ("$(5)", -5, "$"), ("$ (1,234.5)", -1234.5, "$"),
      ("12.3亿元", 12.3, "亿元"), ("5km", 5, "km"), ("3 t", 3, "t"), ("-5℃", -5, "℃"),
    ])
  func suffixes(text: String, value: Double, suffix: String) {
    #expect(NumberText(text)?.value == value)
    #expect(NumberText(text)?.suffix == suffix)
  }

  @Test(
    "What says no number, or more than one, has no value",
    arguments: [
      "", "-", "abc", "1-2", "2023/24", "12,34,56", "1,2345.6", "1234,567.8", "1.2.3", "1,234 5",
      "A12", "12 of 40", "1 2", "12:30", "3=1+2", "1e5", "1,009 (2022)", "--3", "第3", "45 (12)",
      "12 [3]", "10²", "3–5", "12月31日", "2023-05-01", "1/2",
      "约5", ">5", "△", "5-3-",
    ])
  func refusals(text: String) {
    #expect(NumberText(text) == nil)
  }

  @Test(
    "A footnote mark behind a number is no part of it",
    arguments: [
      ("1,234¹", 1234, "", "¹"), ("12.3*", 12.3, "", "*"), ("12.3**", 12.3, "", "**"),
      ("12.3 (a)", 12.3, "", "(a)"), ("5①", 5, "", "①"), ("5[1]", 5, "", "[1]"), ("7†", 7, "", "†"),
      ("12.3r", 12.3, "", "r"), ("12.3 e", 12.3, "", "e"), ("5%ᵃ", 5, "%", "ᵃ"),
      ("5% p", 5, "%", "p"),
      ("15 km²", 15, "km²", ""), ("1,234¹,²", 1234, "", "¹,²"),
      ("12.3m", 12.3, "m", ""), ("12.3t", 12.3, "t", ""),
    ])
  func marks(text: String, value: Double, suffix: String, mark: String) {
    #expect(NumberText(text)?.value == value)
    #expect(NumberText(text)?.suffix == suffix)
    #expect(NumberText(text)?.mark == mark)
  }

  @Test(
    "Three digits behind a single sign are thousands or decimals as the other numbers show",
    arguments: [
      ("1.234", DecimalSign.comma, 1234), ("1.234", .point, 1.234), ("1.234", .unknown, 1.234),
      ("1,234", .comma, 1.234), ("1,234", .point, 1234), ("1,234", .unknown, 1234),
      ("0.123", .comma, 0.123), ("12.5", .comma, 12.5), ("1.234.567", .comma, 1_234_567),
      ("1234.567", .comma, 1234.567),
    ])
  func decimalSigns(text: String, sign: DecimalSign, value: Double) {
    #expect(NumberText(text, decimalSign: sign)?.value == value)
  }

  @Test("A number that a Double cannot carry to the last digit has no value")
  func precision() {
    #expect(NumberText("1234567890123456") == nil)
    #expect(NumberText("0.1234567890123456") == nil)
    #expect(NumberText("0.000123456789012345") != nil)
  }
}
