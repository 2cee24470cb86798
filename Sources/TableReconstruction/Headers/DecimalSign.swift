/// Which sign parts the decimals from the whole, as far as printed numbers show it.
///
///     12,5   1.234,50   1.234.567   0,123      a comma
///     12.5   1,234.50   1,234,567   0.123      a point
///     1.234  1,234  42                         nothing
package enum DecimalSign: Sendable {
  case unknown, point, comma

  /// What one text shows.
  static func shown(by text: String) -> DecimalSign {
    // Most texts are ASCII, or have no sign at all.
    var isPlain = true
    var hasSign = false
    for byte in text.utf8 {
      if byte == 0x2C || byte == 0x2E { hasSign = true }
      if byte >= 0x80 { isPlain = false }
    }
    if isPlain { return hasSign ? shown(byBytes: text.utf8) : .unknown }
    return shown(
      byBytes: NumberText.folded(text).map { $0.isASCII ? UInt8($0.value) : UInt8(ascii: "x") })
  }

  private static func shown(byBytes bytes: some Sequence<UInt8>) -> DecimalSign {
    /// Digits of the first group and of the present one, and whether those between are three.
    var first = 0
    var isZero = false
    var length = 0
    var areThree = true
    var count = 0
    var isMixed = false
    var last: UInt8 = 0
    /// A sign that a digit has to follow.
    var pending: UInt8?
    for byte in bytes {
      if (0x30...0x39).contains(byte) {
        if let sign = pending {
          if count == 0 { first = length } else { areThree = areThree && length == 3 }
          isMixed = isMixed || count > 0 && sign != last
          (last, count, length, pending) = (sign, count + 1, 0, nil)
        }
        if count == 0, length == 0 { isZero = byte == 0x30 }
        length += 1
      } else if length > 0, pending == nil,
        byte == 0x2C || byte == 0x2E || byte == 0x20 || byte == 0x27
      {
        pending = byte
      } else if length > 0 {
        break
      }
    }
    guard last == 0x2C || last == 0x2E else { return .unknown }
    let own: DecimalSign = last == 0x2C ? .comma : .point
    if count > 1 {
      if isMixed { return own }
      return areThree && length == 3 ? (own == .comma ? .point : .comma) : .unknown
    }
    let isThousand = length == 3 && (1...3).contains(first) && !(isZero && first == 1)
    return isThousand ? .unknown : own
  }

  /// Whether a text is a number with another value under another sign: 1.234, 1,234.
  static func isNeeded(for text: String) -> Bool {
    guard let point = NumberText(text), let comma = NumberText(text, decimalSign: .comma) else {
      return false
    }
    return point.value != comma.value
  }
}
