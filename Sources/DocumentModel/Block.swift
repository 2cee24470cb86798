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
  /// The table, for blocks of that kind.
  public var table: Table?
  /// Where the block came from; several entries when it continues on another page.
  public var provenance: [Provenance]

  /// Creates a block.
  public init(
    id: String = "", kind: Kind, level: Int? = nil, label: String? = nil, text: String = "",
    table: Table? = nil, provenance: [Provenance] = []
  ) {
    self.id = id
    self.kind = kind
    self.level = level
    self.label = label
    self.text = text
    self.table = table
    self.provenance = provenance
  }
}
