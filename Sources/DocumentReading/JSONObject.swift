import DocumentWriting

/// The members of a JSON object, taken one by one until none is left.
///
/// A document's objects are closed: a member that nobody asks for is an error. Members are mostly
/// asked for in the order of the source, so each is looked for first where the last one was found.
struct JSONObject {
  private let members: [JSONValue.Member]
  private var next = 0
  private var takenCount = 0

  init(_ value: JSONValue) throws(ReadingError) {
    guard case .object(let members) = value else { throw Self.unexpected("an object") }
    self.members = members
  }

  static func unexpected(_ expected: String) -> ReadingError {
    .unexpected(path: "", expected: expected)
  }

  // MARK: - Members

  /// The member of this name, if there is one; each is asked for once.
  mutating func take(_ name: String) -> JSONValue? {
    if next < members.count, members[next].name == name {
      next += 1
      takenCount += 1
      return members[next - 1].value
    }
    guard let index = members.firstIndex(where: { $0.name == name }) else { return nil }
    next = index + 1
    takenCount += 1
    return members[index].value
  }

  /// Makes something of a member, if there is one.
  mutating func optional<Value>(
    _ name: String, _ read: (JSONValue) throws(ReadingError) -> Value
  ) throws(ReadingError) -> Value? {
    guard let value = take(name) else { return nil }
    do throws(ReadingError) {
      return try read(value)
    } catch {
      throw error.inside(name)
    }
  }

  /// Makes something of a member that must be there.
  mutating func required<Value>(
    _ name: String, _ read: (JSONValue) throws(ReadingError) -> Value
  ) throws(ReadingError) -> Value {
    guard let value = try optional(name, read) else {
      throw Self.unexpected("a member \"\(name)\"")
    }
    return value
  }

  /// Makes something of each element of a member that must be an array.
  mutating func list<Value>(
    _ name: String, _ read: (JSONValue) throws(ReadingError) -> Value
  ) throws(ReadingError) -> [Value] {
    try required(name) { value throws(ReadingError) in try Self.list(value, read) }
  }

  /// Makes sure that every member was asked for.
  func end() throws(ReadingError) {
    guard takenCount < members.count else { return }
    throw Self.unexpected("no member beyond those of the schema among \(names)")
  }

  private var names: String { members.prefix(30).map(\.name).joined(separator: ", ") }

  // MARK: - Values

  static func list<Value>(
    _ value: JSONValue, _ read: (JSONValue) throws(ReadingError) -> Value
  ) throws(ReadingError) -> [Value] {
    guard let elements = value.elements else { throw unexpected("an array") }
    var result: [Value] = []
    result.reserveCapacity(elements.count)
    for (index, element) in elements.enumerated() {
      do throws(ReadingError) {
        result.append(try read(element))
      } catch {
        throw error.inside("\(index)")
      }
    }
    return result
  }

  static func text(_ value: JSONValue) throws(ReadingError) -> String {
    guard let text = value.text else { throw unexpected("a string") }
    return text
  }

  static func number(_ value: JSONValue) throws(ReadingError) -> Double {
    guard let number = value.number else { throw unexpected("a number") }
    return number
  }

  static func flag(_ value: JSONValue) throws(ReadingError) -> Bool {
    guard case .bool(let flag) = value else { throw unexpected("true or false") }
    return flag
  }

  /// A whole number from 0 that a double holds exactly.
  static func count(_ value: JSONValue) throws(ReadingError) -> Int {
    try whole(value, from: 0)
  }

  /// A whole number from 1.
  static func position(_ value: JSONValue) throws(ReadingError) -> Int {
    try whole(value, from: 1)
  }

  private static func whole(_ value: JSONValue, from least: Int) throws(ReadingError) -> Int {
    guard let number = value.number, let whole = Int(exactly: number), whole >= least,
      number <= 9_007_199_254_740_991
    else { throw unexpected("a whole number from \(least)") }
    return whole
  }

  /// One of the names of an enumeration.
  static func name<Value: RawRepresentable<String> & CaseIterable>(
    _ value: JSONValue
  ) throws(ReadingError) -> Value {
    guard let text = value.text, let result = Value(rawValue: text) else {
      throw unexpected("one of \(Value.allCases.map(\.rawValue).joined(separator: ", "))")
    }
    return result
  }

  /// `[start, end]` without the end.
  static func range(_ value: JSONValue) throws(ReadingError) -> Range<Int> {
    let bounds = try list(value, count)
    guard bounds.count == 2, bounds[0] <= bounds[1] else {
      throw unexpected("a start and an end")
    }
    return bounds[0]..<bounds[1]
  }

  /// A checksum in lower-case hexadecimal.
  static func sha256(_ value: JSONValue) throws(ReadingError) -> String {
    let text = try text(value)
    let isHexadecimal = text.utf8.allSatisfy {
      (0x30...0x39).contains($0) || (0x61...0x66).contains($0)
    }
    guard text.utf8.count == 64, isHexadecimal else {
      throw unexpected("64 hexadecimal digits in small letters")
    }
    return text
  }
}
