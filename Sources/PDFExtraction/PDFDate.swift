/// Turns a PDF date (ISO 32000-2, 7.9.4) into ISO 8601.
enum PDFDate {
  /// `D:20240115103000+08'00'` becomes `2024-01-15T10:30:00+08:00`; anything else stays as it is.
  static func iso8601(_ text: String) -> String {
    let body = text.hasPrefix("D:") ? text.dropFirst(2) : Substring(text)
    let digits = body.prefix { $0.isASCII && $0.isNumber }
    guard digits.count == 14 || digits.count == 12 || digits.count == 8 else { return text }
    let parts = Array(digits.utf8)
    func part(_ range: Range<Int>) -> String { String(decoding: parts[range], as: UTF8.self) }
    let date = "\(part(0..<4))-\(part(4..<6))-\(part(6..<8))"
    guard digits.count >= 12 else { return date }
    let seconds = digits.count == 14 ? part(12..<14) : "00"
    return
      "\(date)T\(part(8..<10)):\(part(10..<12)):\(seconds)\(zone(body.dropFirst(digits.count)))"
  }

  private static func zone(_ text: Substring) -> String {
    guard let sign = text.first, sign == "+" || sign == "-" else {
      return text.first == "Z" ? "Z" : ""
    }
    let digits = text.filter { $0.isASCII && $0.isNumber }
    guard digits.count >= 2 else { return "" }
    let minutes = digits.count >= 4 ? String(digits.dropFirst(2).prefix(2)) : "00"
    return "\(sign)\(digits.prefix(2)):\(minutes)"
  }
}
