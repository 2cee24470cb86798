/// Bytes of JSON on their way out, and how canonical JSON spells strings and numbers.
///
/// The last stage of every JSON output: `CanonicalJSONWriter` and `JSONValue` append to it. It
/// writes what RFC 8785 (JSON Canonicalization Scheme) asks for, section 3.2.2: no white space,
/// the short escapes where JSON has one, `\u00xx` in lower case for the other control characters,
/// everything else as plain UTF-8. The order of keys is the caller's business.
///
/// The bytes are kept until they are asked for, or handed on piece by piece, so that a long
/// document is never in memory as a whole.
struct JSONBytes: ~Copyable {
  private var buffer: UnsafeMutableBufferPointer<UInt8>
  private var count = 0
  /// Takes full buffers; without it the buffer grows.
  private let handOn: ((Span<UInt8>) -> Void)?

  /// - Parameters:
  ///   - capacity: How many bytes are kept before the buffer grows or is handed on.
  ///   - handOn: Takes the bytes in order; nil to keep them.
  init(capacity: Int, handOn: ((Span<UInt8>) -> Void)? = nil) {
    buffer = .allocate(capacity: max(capacity, 64))
    self.handOn = handOn
  }

  deinit {
    buffer.deallocate()
  }

  /// The bytes that have not been handed on.
  var bytes: [UInt8] { Array(buffer[..<count]) }

  /// Hands on what is left.
  mutating func flush() {
    guard let handOn, count > 0 else { return }
    handOn(UnsafeBufferPointer(rebasing: buffer[..<count]).span)
    count = 0
  }

  // MARK: - Room

  /// Makes room for more bytes and returns where they go; `count` is the caller's to raise.
  @inline(__always)
  private mutating func room(for needed: Int) -> UnsafeMutablePointer<UInt8> {
    if needed > buffer.count - count { makeRoom(for: needed) }
    // The buffer is never empty.
    return buffer.baseAddress.unsafelyUnwrapped + count
  }

  @inline(never)
  private mutating func makeRoom(for needed: Int) {
    flush()
    guard needed > buffer.count - count else { return }
    let larger = UnsafeMutableBufferPointer<UInt8>.allocate(
      capacity: max(2 * buffer.count, count + needed))
    _ = larger.update(fromContentsOf: buffer[..<count])
    buffer.deallocate()
    buffer = larger
  }

  @inline(__always)
  private mutating func append(_ start: UnsafePointer<UInt8>, count length: Int) {
    room(for: length).update(from: start, count: length)
    count += length
  }

  // MARK: - Pieces

  @inline(__always)
  mutating func append(_ byte: UInt8) {
    room(for: 1).pointee = byte
    count += 1
  }

  /// Appends punctuation and names that the code itself spells; nothing is escaped.
  @inline(__always)
  mutating func append(literal: StaticString) {
    append(literal.utf8Start, count: literal.utf8CodeUnitCount)
  }

  /// Appends bytes that are JSON already.
  mutating func append(json bytes: [UInt8]) {
    bytes.withUnsafeBufferPointer { bytes in
      if let start = bytes.baseAddress { append(start, count: bytes.count) }
    }
  }

  /// Appends a whole number in decimal.
  mutating func append(_ value: Int) {
    if value < 0 { append(UInt8(ascii: "-")) }
    appendDigits(of: UInt64(value.magnitude))
  }

  /// Appends a string with its quotation marks.
  mutating func append(_ string: String) {
    append(UInt8(ascii: "\""))
    appendEscaped(string)
    append(UInt8(ascii: "\""))
  }

  /// Appends the inside of a JSON string.
  mutating func appendEscaped(_ string: String) {
    var string = string
    string.withUTF8 { utf8 in
      guard let start = utf8.baseAddress else { return }
      guard Self.needsEscape(utf8) else {
        append(start, count: utf8.count)
        return
      }
      var written = 0
      for index in utf8.indices where Self.needsEscape(utf8[index]) {
        append(start + written, count: index - written)
        appendEscape(for: utf8[index])
        written = index + 1
      }
      append(start + written, count: utf8.count - written)
    }
  }

  /// Whether a text has a character that needs an escape; all of it is looked at, which is faster
  /// than to stop at the first.
  private static func needsEscape(_ utf8: UnsafeBufferPointer<UInt8>) -> Bool {
    var found: UInt8 = 0
    for byte in utf8 { found |= needsEscape(byte) ? 1 : 0 }
    return found != 0
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

  /// Appends the decimal digits of a number without sign.
  mutating func appendDigits(of value: UInt64) {
    var length = 1
    var power: UInt64 = 10
    while length < 20, value >= power {
      length += 1
      power = length < 20 ? power * 10 : power
    }
    let start = room(for: length)
    var rest = value
    for index in (0..<length).reversed() {
      let quotient = rest / 10
      start[index] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest - quotient * 10)
      rest = quotient
    }
    count += length
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
