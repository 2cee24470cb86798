/// Why one document could not be converted: which file, at which stage, on which page, and what
/// was expected and found there.
///
/// Extractors throw errors of their own; `Converter` wraps each once in this one.
public struct ConversionError: Error, Sendable, CustomStringConvertible {
  /// The part of the conversion that failed.
  public enum Stage: String, Sendable, CaseIterable {
    /// Finding out what the bytes are.
    case detection
    /// Reading the original.
    case extraction
    /// Text from pictures of pages.
    case recognition
    /// Words, lines, blocks and tables.
    case analysis
    /// Pictures of pages.
    case drawing
  }

  /// What kind of failure it is; programs decide by it.
  public enum Kind: String, Sendable, CaseIterable {
    /// What was asked for does not fit the document.
    case badRequest
    /// The bytes are not a document, or one of a kind that is not supported.
    case notADocument
    /// The document is damaged beyond repair.
    case damaged
    /// A password or key is needed.
    case encrypted
    /// The document is a scan, and what reads scans is not installed.
    case recognitionMissing
    /// A library that reads such documents is not installed.
    case libraryMissing
    /// A limit on size, nesting or memory was hit.
    case limit
    /// The fault is in this program or a library that it uses.
    case internalFailure
  }

  /// The name of the file as it was given.
  public var file: String
  /// The part of the conversion that failed.
  public var stage: Stage
  /// The page number, from 1, where a page is to blame.
  public var page: Int?
  /// What kind of failure it is.
  public var kind: Kind
  /// What the stage needed.
  public var expected: String
  /// What it got.
  public var found: String
  /// The error of the stage itself.
  public var underlying: (any Error)?

  /// Creates an error.
  public init(
    file: String, stage: Stage, page: Int? = nil, kind: Kind, expected: String, found: String,
    underlying: (any Error)? = nil
  ) {
    self.file = file
    self.stage = stage
    self.page = page
    self.kind = kind
    self.expected = expected
    self.found = found
    self.underlying = underlying
  }

  /// One line for people.
  public var description: String {
    let place = page.map { ", page \($0)" } ?? ""
    return "\(file): \(stage.rawValue)\(place): expected \(expected), found \(found)"
  }
}
