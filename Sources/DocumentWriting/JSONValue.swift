/// Any JSON value, for reading JSON and for putting foreign JSON into canonical form.
///
/// Documents are written by `CanonicalJSONWriter` without passing through it. An object is a list
/// of members in the order of the source and not a dictionary: Swift's dictionaries take "é" and
/// "e" + U+0301 for one key, JSON takes them for two.
public enum JSONValue: Sendable {
  /// `null`.
  case null
  /// `true` or `false`.
  case bool(Bool)
  /// A number; always finite.
  case number(Double)
  /// A string.
  case string(String)
  /// Values in order.
  case array([JSONValue])
  /// Members with distinct names, in the order of the source.
  case object([Member])

  /// A name and a value of an object.
  public struct Member: Sendable {
    /// The name, as distinct as its code units are.
    public var name: String
    /// The value.
    public var value: JSONValue

    /// Creates a member.
    public init(name: String, value: JSONValue) {
      self.name = name
      self.value = value
    }
  }

  /// The value of the member with exactly these code units, if this is an object that has it.
  public subscript(name: String) -> JSONValue? {
    guard case .object(let members) = self else { return nil }
    // Strings of one length that are equal may still be two forms of one text, unless they are ASCII.
    let count = name.utf8.count
    return members.first { member in
      member.name.utf8.count == count && member.name == name
        && (name.utf8.allSatisfy { $0 < 0x80 } || member.name.utf8.elementsEqual(name.utf8))
    }?.value
  }

  /// The elements, if this is an array.
  public var elements: [JSONValue]? {
    if case .array(let elements) = self { elements } else { nil }
  }

  /// The text, if this is a string.
  public var text: String? {
    if case .string(let text) = self { text } else { nil }
  }

  /// The number, if this is one.
  public var number: Double? {
    if case .number(let number) = self { number } else { nil }
  }
}

extension JSONValue {
  /// The canonical form of RFC 8785: no white space, names in the order of their UTF-16 code
  /// units, numbers as ECMAScript prints them.
  ///
  /// A number that is not finite, which the parser never makes, is written as null.
  public var canonicalBytes: [UInt8] {
    var output = OutputBytes(capacity: 1024)
    append(to: &output)
    return output.bytes
  }

  private func append(to output: inout OutputBytes) {
    switch self {
    case .null: output.append(literal: "null")
    case .bool(true): output.append(literal: "true")
    case .bool(false): output.append(literal: "false")
    case .number(let number):
      if !output.append(number: number) { output.append(literal: "null") }
    case .string(let string): output.append(string)
    case .array(let elements):
      output.append(UInt8(ascii: "["))
      for (index, element) in elements.enumerated() {
        if index > 0 { output.append(UInt8(ascii: ",")) }
        element.append(to: &output)
      }
      output.append(UInt8(ascii: "]"))
    case .object(let members):
      output.append(UInt8(ascii: "{"))
      for (index, member) in Self.sorted(members).enumerated() {
        if index > 0 { output.append(UInt8(ascii: ",")) }
        output.append(member.name)
        output.append(UInt8(ascii: ":"))
        member.value.append(to: &output)
      }
      output.append(UInt8(ascii: "}"))
    }
  }

  /// Members in the order that RFC 8785, section 3.2.3, asks for.
  static func sorted(_ members: [Member]) -> [Member] {
    let isSorted = members.indices.dropFirst().allSatisfy {
      !precedes(members[$0].name, members[$0 - 1].name)
    }
    return isSorted ? members : members.sorted { precedes($0.name, $1.name) }
  }

  /// Whether a name comes before another in the order of UTF-16 code units.
  ///
  /// Comparing Strings would order by Unicode scalars of normalised text: U+FB33 before U+1F600,
  /// where UTF-16 has the surrogates of U+1F600 first. The bytes of UTF-8 differ from the order of
  /// UTF-16 there alone, where the first that differ begin scalars from U+E000 and from U+10000.
  static func precedes(_ name: String, _ other: String) -> Bool {
    withBytes(of: name, other) { bytes, others in
      for index in 0..<min(bytes.count, others.count) where bytes[index] != others[index] {
        let (byte, otherByte) = (bytes[index], others[index])
        let isSupplementary = byte >= 0xF0
        if byte >= 0xEE, otherByte >= 0xEE, isSupplementary != (otherByte >= 0xF0) {
          return isSupplementary
        }
        return byte < otherByte
      }
      return bytes.count < others.count
    }
  }

  private static func withBytes<Result>(
    of name: String, _ other: String,
    _ body: (UnsafeBufferPointer<UInt8>, UnsafeBufferPointer<UInt8>) -> Result
  ) -> Result {
    var (name, other) = (name, other)
    return name.withUTF8 { bytes in other.withUTF8 { body(bytes, $0) } }
  }
}
