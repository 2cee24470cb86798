/// A printed number as a spreadsheet says it: a number, and a format that prints it as it was.
///
///     1,906.0    1906      #,##0.0
///     31.3%      0.313     0.0%
///     (1,234)    -1234     #,##0;"("#,##0")"
///     12 345¹    12345     00\ 000"¹"
///
/// A percentage is stored as the fraction that it is, as spreadsheets do. Digits that are not ASCII
/// and other forms that no format can print keep their value with as many decimals as it needs.
struct PrintedNumber: Equatable {
  /// The library takes formats of up to 127 bytes.
  private static let formatLimit = 120

  let value: Double
  /// The number format; nil for the general one.
  let format: String?

  /// - Parameters:
  ///   - value: The number that the text says.
  ///   - text: The printed text.
  init(_ value: Double, text: String) {
    if let format = Self.plainFormat(of: text, value: value) {
      self.value = value
      self.format = format
      return
    }
    guard let printed = Core(text: text, value: value) else {
      self.value = value
      format = nil
      return
    }
    let (body, number) = printed.bodyAndNumber(of: value)
    let hasPlainSign = value < 0 && printed.prefix == "-"
    let literal =
      Self.literal(hasPlainSign ? "" : printed.prefix) + body + Self.literal(printed.suffix)
    let whole = value < 0 && !hasPlainSign ? "\(body);\(literal)" : literal
    self.value = number
    format = whole.utf8.count <= Self.formatLimit ? whole : body
  }

  /// The format of digits, in groups of three or not, with a decimal point or not; nil for other
  /// forms.
  ///
  /// Most numbers are printed so, and their bytes tell.
  private static func plainFormat(of text: String, value: Double) -> String? {
    var digits = 0
    var count = 0
    /// Digits since the last comma or point.
    var length = 0
    var hasComma = false
    var hasPoint = false
    for byte in text.utf8 {
      switch byte {
      case 0x30...0x39:
        if count == 1, digits == 0, !hasPoint { return nil }
        digits = digits * 10 + Int(byte - 0x30)
        count += 1
        length += 1
        if count > 15 { return nil }
      case UInt8(ascii: ","):
        guard !hasPoint, hasComma ? length == 3 : (1...3).contains(length) else { return nil }
        hasComma = true
        length = 0
      case UInt8(ascii: "."):
        guard !hasPoint, hasComma ? length == 3 : length > 0 else { return nil }
        hasPoint = true
        length = 0
      default: return nil
      }
    }
    guard length > 0, hasPoint || !hasComma || length == 3 else { return nil }
    var number = Double(digits)
    if hasPoint {
      var scale = 1.0
      for _ in 0..<length { scale *= 10 }
      // Both are exact, so the quotient is the double nearest to the decimal.
      number /= scale
    }
    // "1,906" can be a decimal comma: then it is not this form.
    guard number == value else { return nil }
    let body = hasComma ? "#,##0" : "0"
    guard hasPoint else { return body }
    return length < decimals.count ? body + decimals[length] : nil
  }

  private static let decimals = ["", ".0", ".00", ".000", ".0000", ".00000", ".000000"]

  /// Text that is printed as it is.
  private static func literal(_ text: String) -> String {
    guard !text.isEmpty else { return "" }
    return "\"" + text.replacing("\"", with: "\"\\\"\"") + "\""
  }

  /// The digits of a text and what stands around them.
  private struct Core {
    var prefix: String
    var suffix: String
    /// What stands between a number and its percent sign, if it is a percentage.
    var spaceBeforePercent: String?
    var digits: [String] = []
    var separators: [Character] = []
    var hasDecimals = false

    init?(text: String, value: Double) {
      let isDigit = { (character: Character) in character.isASCII && character.isNumber }
      guard let start = text.firstIndex(where: isDigit),
        text[..<start].allSatisfy({ !$0.isNumber })
      else { return nil }
      var end = start
      digits = [""]
      while end < text.endIndex {
        if isDigit(text[end]) {
          digits[digits.count - 1].append(text[end])
          end = text.index(after: end)
        } else {
          let next = text.index(after: end)
          guard ",. '’\u{A0}\u{2009}\u{202F}".contains(text[end]), next < text.endIndex,
            isDigit(text[next])
          else { break }
          separators.append(text[end])
          digits.append("")
          end = next
        }
      }
      prefix = String(text[..<start])
      suffix = String(text[end...])
      let sign = suffix.firstIndex { !$0.isWhitespace }
      if let sign, suffix[sign] == "%" || suffix[sign] == "％" {
        spaceBeforePercent = String(suffix[..<sign])
        suffix = String(suffix[suffix.index(after: sign)...])
      }
      let whole = Double(digits.joined())
      let decimal = Double(digits.dropLast().joined() + "." + (digits.last ?? ""))
      if digits.count == 1 || whole == value.magnitude {
        guard whole == value.magnitude else { return nil }
      } else {
        guard decimal == value.magnitude else { return nil }
        hasDecimals = true
      }
    }

    /// The format of the digits, and the number that it prints.
    func bodyAndNumber(of value: Double) -> (String, Double) {
      let groups = hasDecimals ? digits.dropLast() : digits[...]
      let decimals = hasDecimals ? digits.last ?? "" : ""
      var body = integerFormat(of: Array(groups))
      if !decimals.isEmpty { body += "." + String(repeating: "0", count: decimals.count) }
      guard let spaceBeforePercent else { return (body, value) }
      body += PrintedNumber.literal(spaceBeforePercent) + "%"
      let fraction = Double("\(groups.joined())\(decimals)e-\(decimals.count + 2)") ?? value / 100
      return (body, value < 0 ? -fraction : fraction)
    }

    private func integerFormat(of groups: [String]) -> String {
      guard groups.count > 1 else {
        let digits = groups.first ?? ""
        return digits.hasPrefix("0") ? String(repeating: "0", count: max(1, digits.count)) : "0"
      }
      // A comma is what Excel prints between groups of three, or what the reader's country has.
      let isUsual =
        groups.dropFirst().allSatisfy { $0.count == 3 } && (1...3).contains(groups[0].count)
        && separators.prefix(groups.count - 1).allSatisfy { $0 == "," || $0 == "." }
        && !groups[0].hasPrefix("0")
      if isUsual { return "#,##0" }
      var format = ""
      for (index, group) in groups.enumerated() {
        if index > 0 { format += "\\" + String(separators[index - 1]) }
        format += String(repeating: "0", count: group.count)
      }
      return format
    }
  }
}
