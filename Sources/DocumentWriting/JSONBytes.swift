/// A growing buffer of bytes that knows how canonical JSON spells strings and numbers.
///
/// The last stage of every JSON output: `CanonicalJSONWriter` and `JSONValue` append to it. It
/// writes what RFC 8785 (JSON Canonicalization Scheme) asks for, section 3.2.2: no white space,
/// the short escapes where JSON has one, `\u00xx` in lower case for the other control characters,
/// everything else as plain UTF-8. The order of keys is the caller's business.
struct JSONBytes {
  private(set) var bytes: [UInt8] = []

  init(capacity: Int) {
    bytes.reserveCapacity(capacity)
  }

  mutating func append(_ byte: UInt8) {
    bytes.append(byte)
  }

  /// Appends punctuation and names that the code itself spells; nothing is escaped.
  mutating func append(literal: StaticString) {
    bytes.append(
      contentsOf: UnsafeBufferPointer(start: literal.utf8Start, count: literal.utf8CodeUnitCount))
  }

  /// Appends a whole number in decimal.
  mutating func append(_ value: Int) {
    if value < 0 { bytes.append(UInt8(ascii: "-")) }
    appendDigits(of: UInt64(value.magnitude))
  }

  /// Appends a string with its quotation marks.
  mutating func append(_ string: String) {
    bytes.append(UInt8(ascii: "\""))
    appendEscaped(string)
    bytes.append(UInt8(ascii: "\""))
  }

  /// Appends the inside of a JSON string.
  mutating func appendEscaped(_ string: String) {
    var string = string
    string.withUTF8 { utf8 in
      var written = 0
      for index in utf8.indices where Self.needsEscape(utf8[index]) {
        bytes.append(contentsOf: UnsafeBufferPointer(rebasing: utf8[written..<index]))
        appendEscape(for: utf8[index])
        written = index + 1
      }
      bytes.append(contentsOf: UnsafeBufferPointer(rebasing: utf8[written...]))
    }
  }

  private static func needsEscape(_ byte: UInt8) -> Bool {
    byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\")
  }

  private mutating func appendEscape(for byte: UInt8) {
    bytes.append(UInt8(ascii: "\\"))
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes.append(byte)
    case 0x08: bytes.append(UInt8(ascii: "b"))
    case 0x09: bytes.append(UInt8(ascii: "t"))
    case 0x0A: bytes.append(UInt8(ascii: "n"))
    case 0x0C: bytes.append(UInt8(ascii: "f"))
    case 0x0D: bytes.append(UInt8(ascii: "r"))
    default:
      append(literal: "u00")
      bytes.append(Self.hexDigit(byte >> 4))
      bytes.append(Self.hexDigit(byte & 0xF))
    }
  }

  private static func hexDigit(_ value: UInt8) -> UInt8 {
    value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + value - 10
  }

  /// Appends the decimal digits of a number without sign.
  mutating func appendDigits(of value: UInt64) {
    if value < 10 {
      bytes.append(UInt8(ascii: "0") + UInt8(value))
      return
    }
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 20) { digits in
      var rest = value
      var start = 20
      while rest > 0 {
        start -= 1
        digits[start] = UInt8(ascii: "0") + UInt8(rest % 10)
        rest /= 10
      }
      bytes.append(contentsOf: UnsafeBufferPointer(rebasing: digits[start..<20]))
    }
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
    if clamped < 0, whole + fraction > 0 { bytes.append(UInt8(ascii: "-")) }
    appendDigits(of: whole)
    guard fraction > 0 else { return }
    bytes.append(UInt8(ascii: "."))
    var place = scale / 10
    while fraction > 0 {
      bytes.append(UInt8(ascii: "0") + UInt8(fraction / place))
      fraction %= place
      place /= 10
    }
  }
}
