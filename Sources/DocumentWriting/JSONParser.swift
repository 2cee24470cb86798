/// Reads strict JSON (RFC 8259) within the limits of I-JSON (RFC 7493).
///
/// Refused: anything that is not UTF-8, a byte order mark, names that occur twice in an object,
/// lone surrogates, numbers beyond the range of a double, anything after the value, and nesting
/// deeper than `nestingLimit`. Names are compared code unit by code unit; "é" and "e" + U+0301 are
/// different names.
public struct JSONParser {
  /// Deeper nesting is refused: the parser calls itself, and input must not exhaust the stack.
  public static let nestingLimit = 1024

  /// Why bytes are not JSON, and where.
  public enum ParseError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The bytes at this offset are not what the grammar asks for there.
    case unexpected(expected: String, offset: Int)
    /// The input is not UTF-8.
    case notUTF8
    /// An object has two members of this name.
    case duplicateName(String, offset: Int)
    /// A `\u` escape names half of a surrogate pair.
    case loneSurrogate(offset: Int)
    /// A number has no finite double.
    case numberOutOfRange(offset: Int)
    /// Arrays and objects are nested deeper than the limit.
    case nestingTooDeep(offset: Int)

    /// The cause for people.
    public var description: String {
      switch self {
      case .unexpected(let expected, let offset): "byte \(offset): expected \(expected)"
      case .notUTF8: "expected UTF-8"
      case .duplicateName(let name, let offset):
        "byte \(offset): expected distinct names, found \"\(name)\" twice"
      case .loneSurrogate(let offset): "byte \(offset): expected a pair of surrogates, found one"
      case .numberOutOfRange(let offset): "byte \(offset): expected a number within ±1.8e308"
      case .nestingTooDeep(let offset):
        "byte \(offset): expected at most \(JSONParser.nestingLimit) levels of nesting"
      }
    }
  }

  private let bytes: [UInt8]
  private var position = 0
  private var depth = 0

  /// Reads one JSON value that fills all of the bytes.
  ///
  /// - Parameter bytes: JSON in UTF-8.
  /// - Returns: The value; members of objects are in the order of the source.
  /// - Throws: `ParseError` for the first place that is not strict JSON.
  public static func parse(_ bytes: [UInt8]) throws(ParseError) -> JSONValue {
    guard String(validating: bytes, as: UTF8.self) != nil else { throw .notUTF8 }
    var parser = JSONParser(bytes: bytes)
    parser.skipWhiteSpace()
    let value = try parser.value()
    parser.skipWhiteSpace()
    guard parser.position == bytes.count else { throw parser.unexpected("the end") }
    return value
  }

  private init(bytes: [UInt8]) {
    self.bytes = bytes
  }

  /// Most objects have about so many members.
  private static let usualCount = 8

  // MARK: Values

  private mutating func value() throws(ParseError) -> JSONValue {
    switch peek {
    case UInt8(ascii: "{"): return try nested { parser throws(ParseError) in try parser.object() }
    case UInt8(ascii: "["): return try nested { parser throws(ParseError) in try parser.array() }
    case UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "t"): return try literal("true", .bool(true))
    case UInt8(ascii: "f"): return try literal("false", .bool(false))
    case UInt8(ascii: "n"): return try literal("null", .null)
    case UInt8(ascii: "-"): return .number(try number())
    case let byte where isDigit(byte): return .number(try number())
    default: throw unexpected("a value")
    }
  }

  private mutating func nested(
    _ body: (inout JSONParser) throws(ParseError) -> JSONValue
  ) throws(ParseError) -> JSONValue {
    guard depth < Self.nestingLimit else { throw .nestingTooDeep(offset: position) }
    depth += 1
    position += 1
    skipWhiteSpace()
    let value = try body(&self)
    depth -= 1
    return value
  }

  private mutating func array() throws(ParseError) -> JSONValue {
    var elements: [JSONValue] = []
    if take("]") { return .array(elements) }
    while true {
      elements.append(try value())
      skipWhiteSpace()
      if take("]") { return .array(elements) }
      guard take(",") else { throw unexpected("\",\" or \"]\"") }
      skipWhiteSpace()
    }
  }

  private mutating func object() throws(ParseError) -> JSONValue {
    let start = position
    var members: [JSONValue.Member] = []
    if take("}") { return .object(members) }
    members.reserveCapacity(Self.usualCount)
    while true {
      guard peek == UInt8(ascii: "\"") else { throw unexpected("a name") }
      let name = try string()
      skipWhiteSpace()
      guard take(":") else { throw unexpected("\":\"") }
      skipWhiteSpace()
      members.append(JSONValue.Member(name: name, value: try value()))
      skipWhiteSpace()
      if take("}") { break }
      guard take(",") else { throw unexpected("\",\" or \"}\"") }
      skipWhiteSpace()
    }
    // What a program writes is mostly sorted already.
    if Self.unsortedName(in: members) != nil,
      let name = Self.unsortedName(in: JSONValue.sorted(members))
    {
      throw .duplicateName(name, offset: start)
    }
    return .object(members)
  }

  /// The first name that does not come before the next one.
  private static func unsortedName(in members: [JSONValue.Member]) -> String? {
    members.indices.dropFirst().first {
      !JSONValue.precedes(members[$0 - 1].name, members[$0].name)
    }.map { members[$0 - 1].name }
  }

  private mutating func literal(
    _ text: StaticString, _ value: JSONValue
  ) throws(ParseError) -> JSONValue {
    let end = position + text.utf8CodeUnitCount
    let expected = UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount)
    guard end <= bytes.count, bytes[position..<end].elementsEqual(expected) else {
      throw unexpected("\(text)")
    }
    position = end
    return value
  }

  // MARK: Numbers

  /// A whole number of so many digits is a double as it is.
  private static let exactDigits = 15

  private mutating func number() throws(ParseError) -> Double {
    let start = position
    let isNegative = take("-")
    if !take("0") { try digits() }
    let whole = bytes[start..<position]
    if take(".") { try digits() }
    if take("e") || take("E") {
      if !take("+") { _ = take("-") }
      try digits()
    }
    if position == whole.endIndex, !isNegative, whole.count <= Self.exactDigits {
      return Double(whole.reduce(0) { 10 * $0 + Int($1 - UInt8(ascii: "0")) })
    }
    let text = String(decoding: bytes[start..<position], as: UTF8.self)
    guard let value = Double(text), value.isFinite else { throw .numberOutOfRange(offset: start) }
    return value
  }

  private mutating func digits() throws(ParseError) {
    guard isDigit(peek) else { throw unexpected("a digit") }
    while isDigit(peek) { position += 1 }
  }

  private func isDigit(_ byte: UInt8?) -> Bool {
    guard let byte else { return false }
    return byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9")
  }

  // MARK: Strings

  private mutating func string() throws(ParseError) -> String {
    position += 1
    // What stands before the last escape; most texts have none.
    var text: [UInt8] = []
    var start = position
    while true {
      skipPlainText()
      switch peek {
      case UInt8(ascii: "\""):
        let rest = bytes[start..<position]
        position += 1
        return String(decoding: text.isEmpty ? rest : text[...] + rest, as: UTF8.self)
      case UInt8(ascii: "\\"):
        text += bytes[start..<position]
        position += 1
        text += try escape()
        start = position
      case nil: throw unexpected("\"\\\"\"")
      default: throw unexpected("an escape in place of a control character")
      }
    }
  }

  /// Goes on to what ends or interrupts a text: a quotation mark, an escape or a control character.
  private mutating func skipPlainText() {
    var end = position
    while end < bytes.count, bytes[end] >= 0x20, bytes[end] != UInt8(ascii: "\""),
      bytes[end] != UInt8(ascii: "\\")
    {
      end += 1
    }
    position = end
  }

  private mutating func escape() throws(ParseError) -> [UInt8] {
    guard let byte = peek else { throw unexpected("an escape") }
    position += 1
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return [byte]
    case UInt8(ascii: "b"): return [0x08]
    case UInt8(ascii: "t"): return [0x09]
    case UInt8(ascii: "n"): return [0x0A]
    case UInt8(ascii: "f"): return [0x0C]
    case UInt8(ascii: "r"): return [0x0D]
    case UInt8(ascii: "u"): return Array(String(try escapedScalar()).utf8)
    default:
      position -= 1
      throw unexpected("one of \"\\/bfnrtu")
    }
  }

  private mutating func escapedScalar() throws(ParseError) -> Unicode.Scalar {
    let start = position - 2
    let first = try codeUnit()
    if let scalar = Unicode.Scalar(first) { return scalar }
    guard UTF16.isLeadSurrogate(first), take("\\"), take("u") else {
      throw .loneSurrogate(offset: start)
    }
    let second = try codeUnit()
    guard UTF16.isTrailSurrogate(second) else { throw .loneSurrogate(offset: start) }
    let value = 0x10000 + (UInt32(first) - 0xD800) << 10 + (UInt32(second) - 0xDC00)
    guard let scalar = Unicode.Scalar(value) else { throw .loneSurrogate(offset: start) }
    return scalar
  }

  private mutating func codeUnit() throws(ParseError) -> UInt16 {
    var value: UInt16 = 0
    for _ in 0..<4 {
      guard let digit = hexValue(peek) else { throw unexpected("a hexadecimal digit") }
      value = value << 4 | digit
      position += 1
    }
    return value
  }

  private func hexValue(_ byte: UInt8?) -> UInt16? {
    switch byte {
    case .some(let byte) where isDigit(byte): UInt16(byte - UInt8(ascii: "0"))
    case .some(let byte) where (0x61...0x66).contains(byte | 0x20): UInt16(byte | 0x20) - 0x57
    default: nil
    }
  }

  // MARK: Bytes

  private var peek: UInt8? {
    position < bytes.count ? bytes[position] : nil
  }

  private mutating func take(_ scalar: Unicode.Scalar) -> Bool {
    guard peek == UInt8(ascii: scalar) else { return false }
    position += 1
    return true
  }

  private mutating func skipWhiteSpace() {
    while let byte = peek, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 {
      position += 1
    }
  }

  private func unexpected(_ expected: String) -> ParseError {
    .unexpected(expected: expected, offset: position)
  }
}
