/// Something a reader of the document should know: what was left out, guessed or doubtful.
///
/// Notes never stop a conversion and are part of the document, not log lines.
public struct Note: Hashable, Sendable {
  /// How much a note matters.
  public enum Severity: String, Hashable, Sendable, CaseIterable {
    /// A fact about how the document was read.
    case info
    /// Something that a careful reader should check.
    case warning
    /// Content that is known to be missing or wrong.
    case error
  }

  /// A stable dotted name such as `table.joinedAcrossPages`.
  public var code: String
  /// How much it matters.
  public var severity: Severity
  /// The id of the block or cell it is about, where there is one.
  public var at: String?
  /// What happened, for people: what was expected, found and done.
  public var message: String
  /// Where on the original.
  public var provenance: [Provenance]

  /// Creates a note.
  public init(
    code: String, severity: Severity, at: String? = nil, message: String,
    provenance: [Provenance] = []
  ) {
    self.code = code
    self.severity = severity
    self.at = at
    self.message = message
    self.provenance = provenance
  }
}
