/// A tracked change of the original: who inserted, deleted or moved what, and when.
public struct Revision: Hashable, Sendable {
  /// What was changed.
  public enum Kind: String, Hashable, Sendable, CaseIterable {
    /// Text was inserted.
    case insertion
    /// Text was deleted.
    case deletion
    /// Text was moved away from here.
    case moveFrom
    /// Text was moved to here.
    case moveTo
    /// A paragraph was split here.
    case paragraphInsertion
    /// A paragraph was joined with the next one here.
    case paragraphDeletion
    /// A table row was inserted.
    case rowInsertion
    /// A table row was deleted.
    case rowDeletion
    /// A table cell was inserted.
    case cellInsertion
    /// A table cell was deleted.
    case cellDeletion
  }

  /// What was changed.
  public var kind: Kind
  /// Who changed it.
  public var author: String?
  /// When, as written in the original (ISO 8601).
  public var date: String?
  /// The text that was inserted, deleted or moved.
  public var text: String
  /// Where on the original.
  public var provenance: Provenance

  /// Creates a revision.
  public init(
    kind: Kind, author: String? = nil, date: String? = nil, text: String = "",
    provenance: Provenance
  ) {
    self.kind = kind
    self.author = author
    self.date = date
    self.text = text
    self.provenance = provenance
  }
}
