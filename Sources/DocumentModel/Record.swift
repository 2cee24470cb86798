/// What a document of a known family says, under names that are the same for every such document.
///
/// A record repeats values of the document's tables as matrices, each with the cell that it came
/// from, and tells which sums that must hold do hold. What the family needs and the document
/// lacks is nil; what the document has and the family does not know is in `other`.
public struct Record: Hashable, Sendable {
  /// The family, such as `cn.gov.disclosure.annual-report`.
  public var family: String
  /// The form of the family that the document follows, such as `2021`.
  public var generation: String
  /// The title, on one line.
  public var title: String?
  /// Who reports.
  public var agency: String?
  /// The year that is reported on.
  public var year: Int?
  /// The day of publication or signature, as ISO 8601.
  public var published: String?
  /// The sections that the family knows, in its order.
  public var sections: [Section]
  /// The tables that the family knows, in its order.
  public var tables: [Table]
  /// The sums that the family's values must keep, in its order.
  public var identities: [Identity]
  /// Values and blocks of the document that the family does not know, in reading order.
  public var other: [Other]

  /// Creates a record.
  public init(
    family: String, generation: String, title: String? = nil, agency: String? = nil,
    year: Int? = nil, published: String? = nil, sections: [Section] = [], tables: [Table] = [],
    identities: [Identity] = [], other: [Other] = []
  ) {
    self.family = family
    self.generation = generation
    self.title = title
    self.agency = agency
    self.year = year
    self.published = published
    self.sections = sections
    self.tables = tables
    self.identities = identities
    self.other = other
  }

  /// A section with its text.
  public struct Section: Hashable, Sendable {
    /// Its name in the family.
    public var name: String
    /// Its printed heading without the number; nil where the document has no such section.
    public var heading: String?
    /// Its paragraphs, a line each; nil where the document has no such section.
    public var text: String?
    /// The ids of its blocks, tables included.
    public var blocks: [String]

    /// Creates a section.
    public init(
      name: String, heading: String? = nil, text: String? = nil, blocks: [String] = []
    ) {
      self.name = name
      self.heading = heading
      self.text = text
      self.blocks = blocks
    }
  }

  /// A table as a matrix: a name for each row and column, and a value where they cross.
  public struct Table: Hashable, Sendable {
    /// A value and where it was printed.
    public struct Entry: Hashable, Sendable {
      /// The id of the cell.
      public var cell: String
      /// What is printed.
      public var text: String
      /// The number, where the text says one.
      public var value: Double?
      /// The unit of the value, where it is known.
      public var unit: String?
      /// Creates an entry.
      public init(cell: String, text: String, value: Double? = nil, unit: String? = nil) {
        self.cell = cell
        self.text = text
        self.value = value
        self.unit = unit
      }
    }

    /// Its name in the family.
    public var name: String
    /// The ids of the blocks that it was found in; none where the document lacks it.
    public var blocks: [String]
    /// Names of the rows.
    public var rows: [String]
    /// What is printed for each row; nil where the document has no such row.
    public var labels: [String?]
    /// Names of the columns.
    public var columns: [String]
    /// One list for each row with an entry for each column; nil where the document has no cell.
    public var entries: [[Entry?]]

    /// Creates a table.
    public init(
      name: String, blocks: [String] = [], rows: [String], labels: [String?], columns: [String],
      entries: [[Entry?]]
    ) {
      self.name = name
      self.blocks = blocks
      self.rows = rows
      self.labels = labels
      self.columns = columns
      self.entries = entries
    }

    /// The entry of a row and column by their names.
    public func entry(_ row: String, _ column: String) -> Entry? {
      guard let row = rows.firstIndex(of: row), let column = columns.firstIndex(of: column)
      else { return nil }
      return entries[row][column]
    }
  }

  /// Two sides that must be equal.
  public struct Identity: Hashable, Sendable {
    /// Its name, such as `requests.balance.total`.
    public var id: String
    /// The sum of the left cells; nil where one has no value.
    public var left: Double?
    /// The sum of the right cells; nil where one has no value.
    public var right: Double?
    /// Whether they are equal; nil where a side has no value.
    public var holds: Bool?
    /// Whether they would be equal if blank cells were 0; nil where a cell is no number or the
    /// document has no such cell.
    public var holdsIfBlankIsZero: Bool?
    /// The ids of the cells at the left.
    public var leftCells: [String]
    /// The ids of the cells at the right.
    public var rightCells: [String]

    /// Creates an identity.
    public init(
      id: String, left: Double?, right: Double?, holds: Bool?, holdsIfBlankIsZero: Bool?,
      leftCells: [String], rightCells: [String]
    ) {
      self.id = id
      self.left = left
      self.right = right
      self.holds = holds
      self.holdsIfBlankIsZero = holdsIfBlankIsZero
      self.leftCells = leftCells
      self.rightCells = rightCells
    }
  }

  /// A value or block that the family does not know.
  public struct Other: Hashable, Sendable {
    /// The id of the cell or block.
    public var at: String
    /// The headers of a value, outermost first, those of its row before those of its column.
    public var path: [String]
    /// What is printed; empty for a table.
    public var text: String
    /// The number, where the text says one.
    public var value: Double?

    /// Creates an entry.
    public init(at: String, path: [String] = [], text: String = "", value: Double? = nil) {
      self.at = at
      self.path = path
      self.text = text
      self.value = value
    }
  }
}
