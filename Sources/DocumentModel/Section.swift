/// A part of a flowing document with its own page form.
public struct Section: Hashable, Sendable {
  /// Where a section starts.
  public enum Start: String, Hashable, Sendable, CaseIterable {
    /// On a new page.
    case nextPage
    /// Below the section before it.
    case continuous
    /// On the next even page.
    case evenPage
    /// On the next odd page.
    case oddPage
    /// In the next column.
    case nextColumn
  }

  /// How many columns of text it has.
  public var columnCount: Int
  /// The page width in points; 0 when the original does not say.
  public var pageWidth: Double
  /// The page height in points; 0 when the original does not say.
  public var pageHeight: Double
  /// Where it starts.
  public var start: Start
  /// The last block of the section; nil when the section is empty.
  public var lastBlock: String?

  /// Creates a section.
  public init(
    columnCount: Int = 1, pageWidth: Double = 0, pageHeight: Double = 0, start: Start = .nextPage,
    lastBlock: String? = nil
  ) {
    self.columnCount = columnCount
    self.pageWidth = pageWidth
    self.pageHeight = pageHeight
    self.start = start
    self.lastBlock = lastBlock
  }
}
