public import PageGeometry

/// What the cells of a table mean.
///
/// A `CellGrid` says where cells are; a table adds roles, header paths, values and units. The
/// model is that of Wang, *Tabular Abstraction, Editing, and Formatting*, University of Waterloo,
/// 1996: a boxhead above, a stub at the left, data addressed by both.
public struct Table: Hashable, Sendable {
  /// The title printed above (or below) the table.
  public var caption: String?
  /// The unit of all values that have no unit of their own.
  public var unit: String?
  /// The line that says the unit, as printed.
  public var unitText: String?
  /// The title and description that stand for the table where it cannot be seen.
  public var alternativeText: String?
  /// Notes and sources printed under the table.
  public var footnotes: [String]
  /// Number of grid rows.
  public var rowCount: Int
  /// Number of grid columns.
  public var columnCount: Int
  /// Groups of rows, each with its own boxhead, in order; they cover all rows.
  public var bands: [Band]
  /// How many columns at the left are the stub.
  public var stubColumnCount: Int
  /// The pieces of the table on pages, in order.
  public var fragments: [Fragment]
  /// Cells in row-major order of their top-left corner.
  ///
  /// Each position of the grid belongs to exactly one cell.
  public var cells: [Cell]
  /// How sure the reconstruction is of the grid, 0 to 1.
  public var confidence: Double

  /// A group of rows with its own column headers.
  public struct Band: Hashable, Sendable {
    /// The rows, headers included.
    public var rows: Range<Int>
    /// How many of them are the boxhead.
    public var headerRowCount: Int

    /// Creates a band.
    public init(rows: Range<Int>, headerRowCount: Int) {
      self.rows = rows
      self.headerRowCount = headerRowCount
    }
  }

  /// A piece of a table on one page.
  public struct Fragment: Hashable, Sendable {
    /// The page number, from 1.
    public var page: Int
    /// Its box on that page.
    public var box: Rect
    /// The rows of the table that it shows.
    public var rows: Range<Int>
    /// How many header rows it repeats; they are not rows of the table.
    public var repeatedHeaderRowCount: Int

    /// Creates a fragment.
    public init(page: Int, box: Rect, rows: Range<Int>, repeatedHeaderRowCount: Int) {
      self.page = page
      self.box = box
      self.rows = rows
      self.repeatedHeaderRowCount = repeatedHeaderRowCount
    }
  }

  /// Creates a table.
  public init(
    caption: String? = nil, unit: String? = nil, unitText: String? = nil,
    alternativeText: String? = nil, footnotes: [String] = [], rowCount: Int, columnCount: Int,
    bands: [Band] = [], stubColumnCount: Int = 0,
    fragments: [Fragment] = [], cells: [Cell] = [], confidence: Double = 1
  ) {
    self.caption = caption
    self.unit = unit
    self.unitText = unitText
    self.alternativeText = alternativeText
    self.footnotes = footnotes
    self.rowCount = rowCount
    self.columnCount = columnCount
    self.bands = bands
    self.stubColumnCount = stubColumnCount
    self.fragments = fragments
    self.cells = cells
    self.confidence = confidence
  }
}
