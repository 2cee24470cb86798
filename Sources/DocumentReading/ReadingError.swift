public import DocumentWriting

/// Why bytes are not the canonical JSON of a document, and where.
public enum ReadingError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The bytes are not JSON.
  case notJSON(JSONParser.ParseError)
  /// The JSON says that it is of another form or version.
  case otherSchema(found: String)
  /// A value is not what the schema asks for; the path leads to it, as in `blocks/3/cells/0/row`.
  case unexpected(path: String, expected: String)
  /// The document says things that contradict each other.
  case contradiction(DocumentProblem)

  /// The cause for people.
  public var description: String {
    switch self {
    case .notJSON(let error): "JSON, \(error)"
    case .otherSchema(let found): "expected a document of this version, found schema \(found)"
    case .unexpected(let path, let expected): "\(path): expected \(expected)"
    case .contradiction(let problem): "\(problem)"
    }
  }

  /// The same error, seen from the value around it.
  func inside(_ step: String) -> ReadingError {
    guard case .unexpected(let path, let expected) = self else { return self }
    return .unexpected(path: path.isEmpty ? step : "\(step)/\(path)", expected: expected)
  }
}
