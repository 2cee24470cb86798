/// What a document may cost before it is refused.
///
/// Every limit is counted while reading; sizes that a file declares are never trusted. The
/// defaults are far above what sound documents need: a table of 2,000 rows is 2 MB of XML at a
/// ratio of 43 to 1, and Word itself nests tables no deeper than a few levels.
package struct PackageLimits: Hashable, Sendable {
  /// What is limited.
  package enum Kind: String, Hashable, Sendable, CaseIterable {
    case entries, entryBytes, totalBytes, compressionRatio, elementDepth, tokenBytes, attributes
    case gridPositions, drawnObjects, pages

    /// The unit of the limit, for messages.
    package var unit: String {
      switch self {
      case .entries: "entries in the package"
      case .entryBytes: "bytes in one part"
      case .totalBytes: "bytes in all parts"
      case .compressionRatio: "bytes for each compressed byte"
      case .elementDepth: "levels of nested elements"
      case .tokenBytes: "bytes in one tag or attribute"
      case .attributes: "attributes on one element"
      case .gridPositions: "grid positions in one table"
      case .drawnObjects: "characters and shapes on one page"
      case .pages: "pages"
      }
    }
  }

  /// Entries in the ZIP directory.
  package var entries = 20_000
  /// Inflated bytes of one part.
  package var entryBytes = 1 << 29
  /// Inflated bytes of all parts that were read.
  package var totalBytes = 1 << 30
  /// Inflated bytes for each compressed one, tested once a part is above `ratioFloor`.
  package var compressionRatio = 500
  /// Inflated bytes of a part below which any ratio is sound.
  package var ratioFloor = 1 << 24
  /// Nested elements of one part.
  package var elementDepth = 512
  /// Bytes of one start tag, attribute value, comment or processing instruction.
  package var tokenBytes = 8 << 20
  /// Attributes of one element.
  package var attributes = 256
  /// Rows times columns of one table.
  package var gridPositions = 4_000_000
  /// Characters and shapes on one page of a format with pages, those of repeated parts each time.
  package var drawnObjects = 400_000
  /// Pages of a format with pages.
  package var pages = 100_000

  package init() {}
}
