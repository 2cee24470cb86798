import Testing

@testable import DocumentWriting

@Suite struct PrintedNumberTests {
  @Test(
    "A number keeps its printed form",
    arguments: [
      ("5", 5.0, 5.0, "0"), ("58.0", 58, 58, "0.0"), ("1,906.0", 1906, 1906, "#,##0.0"),
      ("1906", 1906, 1906, "0"), ("12,345,678", 12_345_678, 12_345_678, "#,##0"),
      ("31.3%", 31.3, 0.313, "0.0%"), ("31.3 %", 31.3, 0.313, "0.0\" \"%"), ("-5", -5, -5, "0"),
      ("−5.2", -5.2, -5.2, "0.0;\"−\"0.0"), ("(1,234)", -1234, -1234, "#,##0;\"(\"#,##0\")\""),
      ("+3", 3, 3, "\"+\"0"), ("1,234¹", 1234, 1234, "#,##0\"¹\""), ("12件", 12, 12, "0\"件\""),
      ("$5.10", 5.1, 5.1, "\"$\"0.00"), ("12 345", 12345, 12345, "00\\ 000"),
      ("1.234,5", 1234.5, 1234.5, "#,##0.0"), ("1.234", 1234, 1234, "#,##0"),
      ("1.234", 1.234, 1.234, "0.000"), ("1,00,000", 100_000, 100_000, "0\\,00\\,000"),
      ("007", 7, 7, "000"), ("0", 0, 0, "0"), ("0.0", 0, 0, "0.0"),
      ("-31.3%", -31.3, -0.313, "0.0%"),
      ("5\"", 5, 5, "0\"\"\\\"\"\""),
    ])
  func formats(text: String, value: Double, number: Double, format: String) {
    let printed = PrintedNumber(value, text: text)
    #expect(printed.value == number)
    #expect(printed.format == format)
  }

  @Test(
    "What no format can print keeps its value",
    arguments: [("１２３", 123.0), ("٣", 3), ("12 34", 99), ("", 1), ("5-", -7)])
  func general(text: String, value: Double) {
    #expect(PrintedNumber(value, text: text).value == value)
    #expect(PrintedNumber(value, text: text).format == nil)
  }
}
