import LayoutModel

/// Reads the number that a printed text says, if it says exactly one.
///
/// Known forms: thousands separated by comma, point, space or apostrophe; decimal point or comma;
/// full-width, Arabic and other decimal digits; signs in front (+ - − － △ ▲) or a minus behind, and
/// parentheses for negatives; a currency sign in front; percent, per mille, a unit or a footnote
/// mark behind. A text that a `Double` cannot carry to the last digit has no value: nothing is
/// rounded.
///
/// Of "1.234" and "1,234" alone nobody knows which is a thousand; the other numbers of the column
/// tell (`DecimalSign`).
package struct NumberText: Hashable, Sendable {
  package var value: Double
  /// What stands behind the number: a unit, a percent sign; or the currency sign before it.
  package var suffix: String
  /// The footnote mark behind all else.
  package var mark = ""

  /// Reads a text; nil if it is not one number.
  package init?(_ text: String) {
    self.init(text, decimalSign: .unknown)
  }

  /// Reads a text among others that show the decimal sign.
  package init?(_ text: String, decimalSign: DecimalSign) {
    if decimalSign != .comma {
      switch Self.plain(text) {
      case .number(let number):
        value = number
        suffix = ""
        return
      case .none: return nil
      case .other: break
      }
    }
    let (body, mark) = FootnoteMark.split(text, behindNumber: true)
    var scalars = Self.folded(body)
    var isNegative = false
    if scalars.first == "(", scalars.last == ")" {
      scalars = Self.trimmed(scalars.dropFirst().dropLast())
      isNegative = true
    }
    var (index, sign, currency) = Self.prefix(of: scalars)
    // A currency may stand in front of the bracket.
    if !isNegative, !sign, index < scalars.count, scalars[index] == "(", scalars.last == ")" {
      scalars = currency + Self.trimmed(scalars[(index + 1)...].dropLast())
      (index, sign, currency) = Self.prefix(of: scalars)
      isNegative = true
    }
    isNegative = isNegative || sign
    guard let (digits, end) = Self.digits(scalars, from: index, decimalSign: decimalSign) else {
      return nil
    }
    // 10² is a power, not a ten with a mark.
    if mark.unicodeScalars.first.map({ Superscript.plain($0) != nil }) == true,
      digits == [0x31, 0x30]
    {
      return nil
    }
    var rest = Self.trimmed(scalars[end...])
    if rest == ["-"], !isNegative {
      isNegative = true
      rest = []
    }
    self.mark = mark
    if mark.isEmpty, let letter = Self.letterMark(of: rest) {
      self.mark = String(letter)
      rest = Self.trimmed(rest.dropLast())
    }
    guard Self.isUnit(rest), let value = Self.exact(digits) else { return nil }
    self.value = isNegative && value != 0 ? -value : value
    suffix = String(scalars: currency + rest)
  }

  /// The signs in front of the digits: where they end, whether they make the number negative, and
  /// the currency among them.
  private static func prefix(
    of scalars: [Unicode.Scalar]
  ) -> (end: Int, isNegative: Bool, currency: [Unicode.Scalar]) {
    var index = 0
    var isNegative = false
    var hasSign = false
    var currency: [Unicode.Scalar] = []
    while index < scalars.count {
      let scalar = scalars[index]
      if !hasSign, "-+△▲".unicodeScalars.contains(scalar) {
        hasSign = true
        isNegative = scalar != "+"
      } else if currency.isEmpty, scalar.properties.generalCategory == .currencySymbol {
        currency = [scalar]
      } else if scalar != " " || index == 0 {
        break
      }
      index += 1
    }
    return (index, isNegative, currency)
  }

  /// A single small letter behind a number, or behind its percent sign, that is no unit: the flags
  /// of official statistics (e estimated, p provisional, r revised).
  private static func letterMark(of rest: [Unicode.Scalar]) -> Unicode.Scalar? {
    guard let last = rest.last, ("a"..."z").contains(last) else { return nil }
    let before = trimmed(rest.dropLast())
    guard before.isEmpty || before == ["%"] || before == ["‰"] else { return nil }
    return UnitText.isUnit(String(last)) ? nil : last
  }

  // MARK: - Steps

  private enum Plain {
    case number(Double), none, other
  }

  /// Most texts are digits in groups of three with a decimal point, or have no digit at all; both
  /// are told by their bytes.
  private static func plain(_ text: String) -> Plain {
    // No form starts with an ASCII letter.
    if let first = text.utf8.first, (0x61...0x7A).contains(first | 0x20) { return .none }
    var value = 0
    var count = 0
    /// Digits since the last comma or point.
    var groupLength = 0
    var hasComma = false
    var hasPoint = false
    var isPlain = true
    for byte in text.utf8 {
      switch byte {
      case 0x30...0x39:
        count += 1
        groupLength += 1
        if count <= 15 { value = value * 10 + Int(byte - 0x30) }
      case UInt8(ascii: ","):
        if hasPoint || (hasComma ? groupLength != 3 : !(1...3).contains(groupLength)) {
          isPlain = false
        }
        hasComma = true
        groupLength = 0
      case UInt8(ascii: "."):
        if hasPoint || groupLength == 0 || hasComma && groupLength != 3 { isPlain = false }
        hasPoint = true
        groupLength = 0
      // Of the scripts with decimal digits of their own none has these bytes: Latin, Greek and
      // Cyrillic letters, punctuation, kana, ideographs.
      case 0..<0xD4, 0xE2..<0xEA: isPlain = false
      default: return .other
      }
    }
    if count == 0 { return .none }
    // A leading zero or a long number is judged by the rules for all forms.
    guard isPlain, count <= 15, count == 1 || text.utf8.first != 0x30,
      !hasPoint && (!hasComma || groupLength == 3) || hasPoint && groupLength > 0
    else { return .other }
    // Both are exact doubles, so that the quotient is the double nearest to the decimal number.
    return .number(hasPoint ? Double(value) / powersOfTen[groupLength] : Double(value))
  }

  private static let powersOfTen = [
    1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
  ]

  /// Full-width forms, digits of all scripts and typographic signs as their ASCII twins, without
  /// white space at the ends.
  static func folded(_ text: String) -> [Unicode.Scalar] {
    let scalars = text.unicodeScalars.map { scalar -> Unicode.Scalar in
      switch scalar.value {
      case 0..<0x80: scalar
      case 0xFF01...0xFF5E: Unicode.Scalar(scalar.value - 0xFEE0) ?? scalar
      case 0x066B: "."
      case 0x066C: ","
      case 0x2212, 0x2010, 0x2011, 0x2013: "-"
      case 0xA0, 0x202F, 0x2009, 0x3000, 0x2007: " "
      case 0x2019: "'"
      default: decimalDigit(scalar) ?? scalar
      }
    }
    return trimmed(scalars[...])
  }

  private static func decimalDigit(_ scalar: Unicode.Scalar) -> Unicode.Scalar? {
    guard scalar.properties.numericType == .decimal, let value = scalar.properties.numericValue,
      (0...9).contains(value)
    else { return nil }
    return Unicode.Scalar(0x30 + UInt32(value))
  }

  private static func trimmed(_ scalars: ArraySlice<Unicode.Scalar>) -> [Unicode.Scalar] {
    var slice = scalars
    while slice.first == " " { slice.removeFirst() }
    while slice.last == " " { slice.removeLast() }
    return Array(slice)
  }

  /// The digits with a point for the decimal sign, and where the number ends.
  private static func digits(
    _ scalars: [Unicode.Scalar], from start: Int, decimalSign: DecimalSign
  ) -> (digits: [UInt8], end: Int)? {
    let (groups, separators, index) = groups(scalars, from: start)
    // ".5" is a number, "" is not.
    guard !groups.joined().isEmpty else { return nil }
    return assemble(groups, separators, decimalSign).map { ($0, index) }
  }

  /// Groups of digits, what stands between them, and where they end.
  static func groups(
    _ scalars: [Unicode.Scalar], from start: Int
  ) -> (groups: [[UInt8]], separators: [Unicode.Scalar], end: Int) {
    var groups: [[UInt8]] = [[]]
    var separators: [Unicode.Scalar] = []
    var index = start
    while index < scalars.count {
      let scalar = scalars[index]
      if let digit = UInt8(exactly: scalar.value), (0x30...0x39).contains(digit) {
        groups[groups.count - 1].append(digit)
        index += 1
        continue
      }
      let isSeparator = scalar == "," || scalar == "." || scalar == " " || scalar == "'"
      let next = index + 1
      guard isSeparator, next < scalars.count, (0x30...0x39).contains(scalars[next].value) else {
        break
      }
      separators.append(scalar)
      groups.append([])
      index += 1
    }
    return (groups, separators, index)
  }

  /// Decides which separator is the decimal sign.
  ///
  /// The last one is, if it differs from the others or is a single point; groups before it must
  /// have three digits. A single comma followed by three digits separates thousands, unless the
  /// decimal sign is known.
  private static func assemble(
    _ groups: [[UInt8]], _ separators: [Unicode.Scalar], _ decimalSign: DecimalSign
  ) -> [UInt8]? {
    guard let last = separators.last else { return groups[0] }
    let others = Set(separators.dropLast())
    guard others.count <= 1 else { return nil }
    let tail = groups[groups.count - 1]
    let areThousands = { (range: ArraySlice<[UInt8]>) in range.allSatisfy { $0.count == 3 } }
    let isDecimal: Bool
    if let other = others.first {
      isDecimal = other != last
      if !isDecimal, last == ".", tail.count != 3 { return nil }
    } else {
      switch last {
      case ".":
        let mayBeThousands =
          tail.count == 3 && (1...3).contains(groups[0].count) && groups[0] != [0x30]
        isDecimal = decimalSign != .comma || !mayBeThousands
      case ",": isDecimal = tail.count != 3 || decimalSign == .comma
      default: isDecimal = false
      }
    }
    guard !isDecimal || last == "." || last == "," else { return nil }
    let whole = isDecimal ? groups.dropLast() : groups[...]
    guard whole.count == 1 || areThousands(whole.dropFirst()) else { return nil }
    if whole.count > 1, !(1...3).contains(whole[0].count) { return nil }
    var digits = Array(whole.joined())
    if isDecimal {
      digits.append(0x2E)
      digits += tail
    }
    return digits
  }

  /// Units are short, hold no digits (but ² and ³) and are not a sentence.
  private static func isUnit(_ rest: [Unicode.Scalar]) -> Bool {
    guard rest.count <= 6 else { return false }
    return rest.allSatisfy { scalar in
      scalar.properties.isAlphabetic || "%‰°℃²³/*".unicodeScalars.contains(scalar)
        || scalar.properties.generalCategory == .currencySymbol
    }
  }

  /// The value, if a double gives back all digits.
  private static func exact(_ digits: [UInt8]) -> Double? {
    let text = String(decoding: digits, as: UTF8.self)
    guard let value = Double(text.hasPrefix(".") ? "0" + text : text), value.isFinite else {
      return nil
    }
    let significant = digits.filter { $0 != 0x2E }.drop { $0 == 0x30 }
    return significant.count <= 15 ? value : nil
  }
}
