import Conversion
import DocumentWriting

/// One request to a worker, checked: whatever is not as the protocol says is refused with words.
struct WorkerRequest {
  /// Why a request is refused, and the id to answer to, if there is one.
  struct Refusal: Error {
    var id = JSONValue.null
    var message: String
  }

  /// Where the original is.
  enum Original {
    case path([UInt8])
    case bytes([UInt8])
  }

  /// Files to make in place of a document in the answer.
  struct Output {
    /// A folder of the worker's own, which is emptied before.
    var folder: String
    /// How the names of the files start.
    var stem: String
    var forms: OutputForms
  }

  /// What the command line says for all requests.
  struct Defaults {
    var options = Converter.Options()
    var forms = OutputForms()
  }

  var id: JSONValue
  var original: Original
  /// What the document is called in its source and in messages.
  var name: String
  /// What the bytes must hash to, in lower-case hexadecimal.
  var sha256: String?
  var options: Converter.Options
  /// Seconds.
  var deadline: Double?
  var output: Output?
  /// Whether the answer carries the document.
  var wantsDocument: Bool

  /// Ids are repeated in answers; a longer one is refused.
  static let longestID = 256

  /// Reads a request.
  ///
  /// - Parameters:
  ///   - line: The bytes of the line without its end.
  ///   - defaults: What holds where the request says nothing.
  /// - Throws: `Refusal`.
  init(line: [UInt8], defaults: Defaults) throws(Refusal) {
    let value: JSONValue
    do throws(JSONParser.ParseError) {
      value = try JSONParser.parse(line)
    } catch {
      throw Refusal(message: "expected a JSON object on a line, found \(error)")
    }
    var members = try Members(value, of: "a request", id: .null)
    id = try Self.id(members.take("id"))
    members.id = id
    let path = try members.text("path")
    let pathBytes = try members.bytes("pathBytes")
    let bytes = try members.bytes("bytes")
    switch (path.map { Array($0.utf8) } ?? pathBytes, bytes) {
    case (let place?, nil) where path == nil || pathBytes == nil:
      guard !place.isEmpty, !place.contains(0) else { throw members.refusal("a path") }
      original = .path(place)
      name = FileName.lastComponent(of: String(decoding: place, as: UTF8.self))
    case (nil, let content?):
      original = .bytes(content)
      name = "-"
    default:
      throw members.refusal("one of path, pathBytes and bytes")
    }
    if let given = try members.text("name") { name = given }
    sha256 = try members.text("sha256")
    deadline = try members.number("deadline", within: 0.001...1e6)
    wantsDocument = try members.flag("document") ?? true
    var chosen = defaults
    if let value = members.take("options") { try chosen.read(value, id: id) }
    options = chosen.options
    if let value = members.take("output") {
      output = try Output(value, defaults: defaults.forms, id: id)
    }
    try members.end()
  }

  private static func id(_ value: JSONValue?) throws(Refusal) -> JSONValue {
    switch value {
    case .string(let text) where text.utf8.count <= longestID: return .string(text)
    case .number(let number): return .number(number)
    default:
      throw Refusal(
        message: "expected an id, a number or a text of at most \(longestID) bytes")
    }
  }
}

extension WorkerRequest.Defaults {
  fileprivate mutating func read(
    _ value: JSONValue, id: JSONValue
  ) throws(WorkerRequest.Refusal) {
    var members = try Members(value, of: "options", id: id)
    do throws(WorkerRequest.Refusal) {
      if let text = try members.text("pages") {
        guard let pages = PageSelection(text) else {
          throw members.refusal("page numbers from 1 and ranges as pages")
        }
        options.pages = pages
      }
      if let text = try members.text("revisions") { try set(revisions: text) }
      if let text = try members.text("recognize") { try set(recognize: text) }
      try members.end()
    } catch {
      throw WorkerRequest.Refusal(id: id, message: error.message)
    }
  }

  mutating func set(revisions text: String) throws(WorkerRequest.Refusal) {
    guard let revisions = Converter.Options.Revisions(rawValue: text) else {
      throw WorkerRequest.Refusal(
        message: "expected accepted, original or all as revisions, found \(text.prefix(40))")
    }
    options.revisions = revisions
  }

  mutating func set(recognize text: String) throws(WorkerRequest.Refusal) {
    guard let recognition = Converter.Options.Recognition(rawValue: text) else {
      throw WorkerRequest.Refusal(
        message: "expected auto, always or never as recognize, found \(text.prefix(40))")
    }
    options.recognition = recognition
  }

  mutating func set(forms text: String, isLong: Bool) throws(WorkerRequest.Refusal) {
    var formats: [OutputFormat] = []
    for name in text.split(separator: ",", omittingEmptySubsequences: false) {
      guard let format = OutputFormat(rawValue: String(name)) else {
        throw WorkerRequest.Refusal(
          message: "expected forms among "
            + OutputFormat.allCases.map(\.rawValue).joined(separator: ", ")
            + ", found \(name.prefix(40))")
      }
      if !formats.contains(format) { formats.append(format) }
    }
    guard !isLong || formats.contains(where: { $0.delimiter != nil }) else {
      throw WorkerRequest.Refusal(message: "expected csv or tsv among the forms that are long")
    }
    forms = OutputForms(formats: formats, isLong: isLong)
  }
}

extension WorkerRequest.Output {
  fileprivate init(
    _ value: JSONValue, defaults: OutputForms, id: JSONValue
  ) throws(WorkerRequest.Refusal) {
    var members = try Members(value, of: "output", id: id)
    guard let folder = try members.text("folder"), folder.hasPrefix("/"), !folder.contains("\0"),
      let stem = try members.text("stem"), !stem.isEmpty, !stem.contains("/"),
      !stem.contains("\0"), stem != ".", stem != ".."
    else {
      throw members.refusal("folder, an absolute path, and stem, a name, as output")
    }
    self.folder = folder
    self.stem = stem
    var chosen = WorkerRequest.Defaults()
    chosen.forms = defaults
    let forms = try members.text("forms")
    let isLong = try members.flag("long")
    try members.end()
    do throws(WorkerRequest.Refusal) {
      if forms != nil || isLong != nil {
        try chosen.set(
          forms: forms ?? defaults.formats.map(\.rawValue).joined(separator: ","),
          isLong: isLong ?? defaults.isLong)
      }
    } catch {
      throw WorkerRequest.Refusal(id: id, message: error.message)
    }
    self.forms = chosen.forms
  }
}

/// The members of an object that are still to be read.
private struct Members {
  private var rest: [JSONValue.Member]
  private let what: String
  var id: JSONValue

  init(_ value: JSONValue, of what: String, id: JSONValue) throws(WorkerRequest.Refusal) {
    guard case .object(let members) = value else {
      throw WorkerRequest.Refusal(id: id, message: "expected an object as \(what)")
    }
    rest = members
    self.what = what
    self.id = id
  }

  mutating func take(_ name: String) -> JSONValue? {
    guard let index = rest.firstIndex(where: { $0.name == name }) else { return nil }
    return rest.remove(at: index).value
  }

  mutating func text(_ name: String) throws(WorkerRequest.Refusal) -> String? {
    guard let value = take(name) else { return nil }
    guard case .string(let text) = value else { throw refusal("a text as \(name)") }
    return text
  }

  mutating func flag(_ name: String) throws(WorkerRequest.Refusal) -> Bool? {
    guard let value = take(name) else { return nil }
    guard case .bool(let flag) = value else { throw refusal("true or false as \(name)") }
    return flag
  }

  mutating func number(
    _ name: String, within range: ClosedRange<Double>
  ) throws(WorkerRequest.Refusal) -> Double? {
    guard let value = take(name) else { return nil }
    guard case .number(let number) = value, range.contains(number) else {
      throw refusal("a number from \(range.lowerBound) to \(range.upperBound) as \(name)")
    }
    return number
  }

  mutating func bytes(_ name: String) throws(WorkerRequest.Refusal) -> [UInt8]? {
    guard let text = try text(name) else { return nil }
    guard let bytes = Base64Text.bytes(of: text) else { throw refusal("base64 as \(name)") }
    return bytes
  }

  /// Refuses what nobody asked for: a name that is misspelt would be without effect.
  func end() throws(WorkerRequest.Refusal) {
    guard let first = rest.first else { return }
    throw WorkerRequest.Refusal(
      id: id, message: "expected known members in \(what), found \(first.name.prefix(40))")
  }

  func refusal(_ expected: String) -> WorkerRequest.Refusal {
    WorkerRequest.Refusal(id: id, message: "expected \(expected) in \(what)")
  }
}

/// Bytes as base64 (RFC 4648, section 4) with or without padding; no white space.
enum Base64Text {
  static func bytes(of text: String) -> [UInt8]? {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.utf8.count / 4 * 3)
    var bits: UInt32 = 0
    var count = 0
    var padding = 0
    for character in text.utf8 {
      guard let value = value(of: character) else {
        guard character == UInt8(ascii: "=") else { return nil }
        padding += 1
        continue
      }
      guard padding == 0 else { return nil }
      bits = bits << 6 | value
      count += 1
      if count.isMultiple(of: 4) {
        bytes.append(UInt8(truncatingIfNeeded: bits >> 16))
        bytes.append(UInt8(truncatingIfNeeded: bits >> 8))
        bytes.append(UInt8(truncatingIfNeeded: bits))
        bits = 0
      }
    }
    let left = count % 4
    guard left != 1, padding == 0 || left + padding == 4 else { return nil }
    if left >= 2 { bytes.append(UInt8(truncatingIfNeeded: bits >> (left == 2 ? 4 : 10))) }
    if left == 3 { bytes.append(UInt8(truncatingIfNeeded: bits >> 2)) }
    return bytes
  }

  private static func value(of character: UInt8) -> UInt32? {
    switch character {
    case UInt8(ascii: "A")...UInt8(ascii: "Z"): UInt32(character) - 65
    case UInt8(ascii: "a")...UInt8(ascii: "z"): UInt32(character) - 71
    case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(character) + 4
    case UInt8(ascii: "+"): 62
    case UInt8(ascii: "/"): 63
    default: nil
    }
  }
}
