/// A remark that a reader attached to the text.
public struct Comment: Hashable, Sendable {
  /// `c1`, `c2`, … in the order of the text.
  public var id: String
  /// Who wrote it.
  public var author: String?
  /// When, as written in the original (ISO 8601).
  public var date: String?
  /// The remark, paragraphs separated by "\n".
  public var text: String
  /// The text it is about.
  public var subject: String
  /// The block that the remark is attached to.
  public var at: String?
  /// Where on the original.
  public var provenance: [Provenance]

  /// Creates a comment.
  public init(
    id: String = "", author: String? = nil, date: String? = nil, text: String, subject: String = "",
    at: String? = nil, provenance: [Provenance] = []
  ) {
    self.id = id
    self.author = author
    self.date = date
    self.text = text
    self.subject = subject
    self.at = at
    self.provenance = provenance
  }
}
