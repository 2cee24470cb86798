/// A rectangle of a table's grid with its text, meaning and origin.
public struct Cell: Hashable, Sendable {
  /// What a cell does in its table.
  public enum Role: String, Hashable, Sendable, CaseIterable {
    /// A value.
    case data
    /// Heads the columns under it.
    case columnHeader
    /// Heads the rows beside it.
    case rowHeader
    /// Stands above the stub and heads nothing, or names the stub itself.
    case stubHead
    /// A full-width row that names the rows below it.
    case section
  }

  /// How a value is absent.
  public enum Missing: String, Hashable, Sendable, CaseIterable {
    /// Nothing is printed.
    case blank
    /// A dash of any length.
    case dash
    /// A slash.
    case slash
    /// Two or three dots, or an ellipsis.
    case dots
    /// A colon, as in European statistics.
    case colon
    /// A star, cross or similar mark.
    case mark
    /// (X), (NA), n/a, 无, 空 and the like.
    case word
  }

  /// What shows that a cell is where it is.
  public enum Evidence: String, Hashable, Sendable, CaseIterable {
    /// Drawn rulings on its sides.
    case ruled
    /// Aligned text and white space.
    case aligned
    /// The markup of the original.
    case declared
    /// Recognition of a picture.
    case recognized
    /// Nothing: the original has no cell here, but the grid needs one.
    case implied
  }

  /// The rows it covers.
  public var rows: Range<Int>
  /// The columns it covers.
  public var columns: Range<Int>
  /// What it does.
  public var role: Role
  /// The printed text; breaks inside a word are removed.
  ///
  /// Raised digits and single letters are superscript characters: "1,234¹", never "1,2341".
  public var text: String
  /// The number that the text says, when it says one exactly; a footnote mark is no part of it.
  public var value: Double?
  /// The unit of the value.
  public var unit: String?
  /// How the value is absent, for a data cell without one.
  public var missing: Missing?
  /// The headers above a data cell, outermost first: positions in `Table.cells`.
  public var columnPath: [Int]
  /// The headers left of a data cell, outermost first: positions in `Table.cells`.
  public var rowPath: [Int]
  /// What shows that the cell is where it is.
  public var evidence: Evidence
  /// How sure the reconstruction is of place and text, 0 to 1.
  public var confidence: Double
  /// The content in order where it is more than plain text; else empty.
  ///
  /// That is the case for nested tables, links, pictures and the like; the paragraphs are those
  /// of `text`.
  public var blocks: [Block]
  /// Where it came from, as it is kept.
  package var origin: CellOrigin

  /// Where it came from; several entries when a page break cuts it.
  public var provenance: [Provenance] {
    get { origin.provenance }
    set { origin = CellOrigin(newValue) }
  }

  /// Creates a cell.
  public init(
    rows: Range<Int>, columns: Range<Int>, role: Role = .data, text: String, value: Double? = nil,
    unit: String? = nil, missing: Missing? = nil, columnPath: [Int] = [], rowPath: [Int] = [],
    evidence: Evidence, confidence: Double = 1, blocks: [Block] = [], provenance: [Provenance] = []
  ) {
    self.init(
      rows: rows, columns: columns, role: role, text: text, evidence: evidence,
      confidence: confidence, blocks: blocks, origin: CellOrigin(provenance))
    self.value = value
    self.unit = unit
    self.missing = missing
    self.columnPath = columnPath
    self.rowPath = rowPath
  }

  /// Creates a cell without a value.
  package init(
    rows: Range<Int>, columns: Range<Int>, role: Role, text: String, evidence: Evidence,
    confidence: Double, blocks: [Block], origin: CellOrigin
  ) {
    self.rows = rows
    self.columns = columns
    self.role = role
    self.text = text
    columnPath = []
    rowPath = []
    self.evidence = evidence
    self.confidence = confidence
    self.blocks = blocks
    self.origin = origin
  }
}
