package import PackageReading

/// How a document is read.
package struct DOCXOptions: Sendable {
  /// Which state of a document with tracked changes is read.
  package enum RevisionView: String, Sendable, CaseIterable {
    /// All changes accepted: what the author would print.
    case accepted
    /// All changes rejected: what was there before.
    case original
    /// Both: insertions and deletions stand in the text and are marked.
    case all
  }

  package var revisions: RevisionView
  /// Whether pictures are read to record their size and SHA-256.
  package var describesMedia: Bool
  package var limits: PackageLimits
  /// Makes DOCX of a Rich Text part that the document includes; nil where nobody does.
  package var richTextReader: (@Sendable ([UInt8]) -> [UInt8]?)?

  package init(
    revisions: RevisionView = .accepted, describesMedia: Bool = true,
    limits: PackageLimits = PackageLimits(),
    richTextReader: (@Sendable ([UInt8]) -> [UInt8]?)? = nil
  ) {
    self.richTextReader = richTextReader
    self.revisions = revisions
    self.describesMedia = describesMedia
    self.limits = limits
  }
}
