import LayoutModel

/// The first and the last rows of a long grid: what a piece on the next page is compared with.
struct GridExcerpt {
  let grid: CellGrid
  /// For each of its cells, the position in the whole grid.
  let cells: [Int]

  /// This many rows are taken at either end.
  private static let rowCount = 60

  init(of whole: CellGrid) {
    let left = whole.rowCount - 2 * Self.rowCount
    guard left > 0 else {
      grid = whole
      cells = Array(whole.cells.indices)
      return
    }
    let top = Self.rowCount
    let bottom = whole.rowCount - Self.rowCount
    var excerpt = whole
    excerpt.rowCount = 2 * Self.rowCount
    excerpt.cells = []
    var cells: [Int] = []
    for index in whole.cells.indices {
      let rows = whole.cells[index].rows
      guard rows.lowerBound < top || rows.upperBound > bottom else { continue }
      var cell = whole.cells[index]
      let start = rows.lowerBound < top ? rows.lowerBound : max(rows.lowerBound - left, top)
      let end = rows.upperBound > bottom ? rows.upperBound - left : min(rows.upperBound, top)
      cell.rows = start..<end
      excerpt.cells.append(cell)
      cells.append(index)
    }
    grid = excerpt
    self.cells = cells
  }
}
