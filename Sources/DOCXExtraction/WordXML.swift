internal import PackageReading

/// What receives the events of one XML part of a Word document.
///
/// A base class, so that names arrive as `XMLName` in every reader; the numbers of the parser are
/// positions in `XMLName.allCases`.
class XMLHandler: XMLEventHandler {
  func start(_ name: XMLName, _ attributes: XMLAttributes) {}
  func end(_ name: XMLName) {}
  /// A piece of text; longer texts come in several pieces, cut between characters.
  func text(_ bytes: UnsafeBufferPointer<UInt8>) {}
  /// Whether the elements of the part are content, whose loss is reported.
  var readsContent: Bool { false }
  /// Set to stop the parser.
  final var failure: PackageError? {
    didSet { isStopped = failure != nil }
  }
  /// Whether the parser is to stop.
  private(set) final var isStopped = false
  private final let names = XMLName.numbered

  final func start(_ number: Int, _ attributes: XMLAttributes) {
    start(names[number], attributes)
  }

  final func end(_ number: Int) {
    end(names[number])
  }
}

extension XMLName {
  /// All names by number.
  static let numbered = Array(allCases)

  /// The names that the readers of Word documents know.
  static let vocabulary = XMLVocabulary(
    numbers: Dictionary(
      uniqueKeysWithValues: allCases.enumerated().map { ($0.element.rawValue, $0.offset) }),
    prefixes: prefixes, attributes: XMLAttributeName.allCases.map(\.localName))
}

extension XMLAttributes {
  func string(_ name: XMLAttributeName) -> String? { string(name.rawValue) }

  func int(_ name: XMLAttributeName) -> Int? { int(name.rawValue) }

  /// The value of `r:id` and its like.
  func relationship(_ name: XMLAttributeName) -> String? {
    guard let bytes = unsafe bytes(name.rawValue, prefix: { $0 == "r" }) else { return nil }
    return unsafe String(decoding: bytes, as: UTF8.self)
  }

  /// The value of an attribute that must not be mistaken for one of `r:`.
  func plain(_ name: XMLAttributeName) -> String? {
    guard let bytes = unsafe bytes(name.rawValue, prefix: { $0 != "r" }) else { return nil }
    return unsafe String(decoding: bytes, as: UTF8.self)
  }

  /// A length in twentieths of a point; strict files may write it with a unit.
  func twips(_ name: XMLAttributeName) -> Int? {
    guard let bytes = unsafe bytes(name.rawValue), let last = unsafe bytes.last else { return nil }
    if (0x30...0x39).contains(last) { return int(name) }
    let text = unsafe String(decoding: bytes, as: UTF8.self)
    let units: [(String, Double)] = [
      ("pt", 20), ("in", 1440), ("cm", 1440 / 2.54), ("mm", 144 / 2.54), ("pc", 240), ("pi", 240),
    ]
    for (unit, factor) in units where text.hasSuffix(unit) {
      guard let value = Double(text.dropLast(unit.count)), abs(value) < 1e6 else { return nil }
      return Int((value * factor).rounded())
    }
    return int(name)
  }

  /// Whether a value is exactly this text.
  func equals(_ name: XMLAttributeName, _ text: StaticString) -> Bool {
    guard let bytes = unsafe bytes(name.rawValue) else { return false }
    return text.withUTF8Buffer { unsafe $0.elementsEqual(bytes) }
  }

  /// The state of an on-off property: on unless `val` says otherwise (ISO/IEC 29500-1, 17.17.4).
  var isOn: Bool {
    guard let bytes = unsafe bytes(XMLAttributeName.val.rawValue) else { return true }
    return
      unsafe !(bytes.elementsEqual("0".utf8) || bytes.elementsEqual("false".utf8)
      || bytes.elementsEqual("off".utf8))
  }

  /// The usual prefixes of the namespaces that a list of prefixes in `Requires` names.
  var requiredExtensions: [String] {
    (string(.requires) ?? "").split(separator: " ").map { usualPrefix(of: String($0)) ?? "?" }
  }
}
