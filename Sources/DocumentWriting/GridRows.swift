import DocumentModel

/// The rows of a table's grid, one after another, each position with the cell that covers it.
///
/// Nothing is kept but one entry for each column, so the dense grid is never there as a whole.
struct GridRows {
  /// A position of the grid.
  struct Position {
    /// The position of the cell in `Table.cells`; nil where no cell is.
    var cell: Int?
    /// Whether the cell starts here.
    var isStart: Bool
  }

  private let table: Table
  private var next = 0
  private var row = 0
  /// The cell above each column, and the row where it ends.
  private var covering: [(cell: Int, end: Int)?]

  init(of table: Table) {
    self.table = table
    covering = Array(repeating: nil, count: table.columnCount)
  }

  /// The next row; nil behind the last one.
  mutating func nextRow() -> [Position]? {
    guard row < table.rowCount else { return nil }
    defer { row += 1 }
    let first = next
    while next < table.cells.count, table.cells[next].rows.lowerBound <= row {
      let cell = table.cells[next]
      for column in cell.columns where covering.indices.contains(column) {
        covering[column] = (next, cell.rows.upperBound)
      }
      next += 1
    }
    return covering.indices.map { column in
      guard let above = covering[column], above.end > row else {
        return Position(cell: nil, isStart: false)
      }
      let isStart =
        above.cell >= first && table.cells[above.cell].columns.lowerBound == column
      return Position(cell: above.cell, isStart: isStart)
    }
  }
}
