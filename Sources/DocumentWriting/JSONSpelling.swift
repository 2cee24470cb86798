/// How canonical JSON spells strings and numbers.
///
/// What RFC 8785 (JSON Canonicalization Scheme) asks for, section 3.2.2: no white space,
/// the short escapes where JSON has one, `\u00xx` in lower case for the other control characters,
/// everything else as plain UTF-8. The order of keys is the caller's business.
extension OutputBytes {
  /// Appends a string with its quotation marks.
  mutating func append(_ string: String) {
    append(UInt8(ascii: "\""))
    appendEscaped(string)
    append(UInt8(ascii: "\""))
  }

  /// Appends the inside of a JSON string.
  mutating func appendEscaped(_ string: String) {
    string.withBytes { utf8 in
      append(utf8, escaping: Self.needsEscape) { output, byte in output.appendEscape(for: byte) }
    }
  }

  @inline(__always)
  private static func needsEscape(_ byte: UInt8) -> Bool {
    byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\")
  }

  private mutating func appendEscape(for byte: UInt8) {
    append(UInt8(ascii: "\\"))
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"): append(byte)
    case 0x08: append(UInt8(ascii: "b"))
    case 0x09: append(UInt8(ascii: "t"))
    case 0x0A: append(UInt8(ascii: "n"))
    case 0x0C: append(UInt8(ascii: "f"))
    case 0x0D: append(UInt8(ascii: "r"))
    default:
      append(literal: "u00")
      append(Self.hexDigit(byte >> 4))
      append(Self.hexDigit(byte & 0xF))
    }
  }

  private static func hexDigit(_ value: UInt8) -> UInt8 {
    value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + value - 10
  }

  /// Appends a number rounded half away from zero to hundredths, with no zeros at the end.
  ///
  /// Used for places on a page. The text is what ECMAScript prints for the nearest double: up to
  /// 15 significant digits survive the way through a double unchanged. Values that are not
  /// numbers become 0 and values beyond 10^11 points stop there, so that damaged geometry
  /// never makes invalid JSON.
  mutating func append(hundredths value: Double) {
    append(decimal: value, digits: 2, scale: 100)
  }

  /// Appends a number rounded half away from zero to thousandths; used for confidences.
  mutating func append(thousandths value: Double) {
    append(decimal: value, digits: 3, scale: 1000)
  }

  private mutating func append(decimal value: Double, digits: Int, scale: UInt64) {
    let limit = 1e11
    let clamped = value.isNaN ? 0 : max(-limit, min(limit, value))
    let scaled = UInt64(clamped.magnitude * Double(scale) + 0.5)
    let whole = scaled / scale
    var fraction = scaled % scale
    if clamped < 0, whole + fraction > 0 { append(UInt8(ascii: "-")) }
    appendDigits(of: whole)
    guard fraction > 0 else { return }
    append(UInt8(ascii: "."))
    var place = scale / 10
    while fraction > 0 {
      append(UInt8(ascii: "0") + UInt8(fraction / place))
      fraction %= place
      place /= 10
    }
  }
}
