/// One piece of a document in reading order: a paragraph, a heading, a table and so on.
public struct Block: Hashable, Sendable {
  /// What a block is.
  public enum Kind: String, Hashable, Sendable, CaseIterable {
    /// The title of the document.
    case title
    /// A heading; its depth is `level`.
    case heading
    /// Running text.
    case paragraph
    /// An item of a list; its printed number or bullet is `label`.
    case listItem
    /// A table; see `table`.
    case table
    /// A picture or chart.
    case figure
    /// A footnote or endnote.
    case footnote
    /// Running heads and feet, page numbers.
    case pageFurniture
  }

  /// Where a block stands in the original when it is not part of the running text.
  public enum Role: String, Hashable, Sendable, CaseIterable {
    /// The caption of a table or figure.
    case caption
    /// An entry of the table of contents.
    case contents
    /// In a text box or shape.
    case textBox
    /// An endnote; footnotes have no role.
    case endnote
    /// A chart; its values are `table`.
    case chart
    /// A diagram made of shapes with text.
    case diagram
    /// From another document that the original includes.
    case included
    /// At the head of a page.
    case header
    /// At the head of the first page.
    case firstHeader
    /// At the head of even pages.
    case evenHeader
    /// At the foot of a page.
    case footer
    /// At the foot of the first page.
    case firstFooter
    /// At the foot of even pages.
    case evenFooter
  }

  /// The direction of text that does not run from left to right.
  public enum Direction: String, Hashable, Sendable, CaseIterable {
    /// From right to left.
    case rightToLeft = "rtl"
  }

  /// `b1`, `b2`, … in reading order.
  public var id: String
  /// What the block is.
  public var kind: Kind
  /// Depth of a heading or list item, from 1.
  public var level: Int?
  /// The printed number or bullet in front of the text, without the space after it.
  public var label: String?
  /// The printed text, label not included; empty for a table.
  public var text: String
  /// The table, for blocks of that kind, and the values of a chart.
  public var table: Table?
  /// Where the block stands when it is not part of the running text.
  public var role: Role?
  /// The direction of its text; nil for left to right.
  public var direction: Direction?
  /// Links, pictures, note marks and so on, in the order of the text.
  public var inlines: [Inline]
  /// Where the block came from; several entries when it continues on another page.
  public var provenance: [Provenance]

  /// Creates a block.
  public init(
    id: String = "", kind: Kind, level: Int? = nil, label: String? = nil, text: String = "",
    table: Table? = nil, role: Role? = nil, direction: Direction? = nil, inlines: [Inline] = [],
    provenance: [Provenance] = []
  ) {
    self.id = id
    self.kind = kind
    self.level = level
    self.label = label
    self.text = text
    self.table = table
    self.role = role
    self.direction = direction
    self.inlines = inlines
    self.provenance = provenance
  }
}
