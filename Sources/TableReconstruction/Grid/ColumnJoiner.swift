import LayoutModel

/// Joins a table whose columns go on in a second piece: on the facing page, or behind a line that
/// says so.
///
///     Region │ 2021 │ 2022        Region │ 2023 │ 2024
///     East   │   1  │   2         East   │   3  │   4      ▶  one table of five columns
///     West   │   5  │   6         West   │   7  │   8
///
/// The pieces have the same rows with the same labels, and other heads. Rows over the full width
/// and labels are taken once.
enum ColumnJoiner {
  /// Fewer rows than these may have the same labels by chance.
  static let minimumRows = 3

  /// - Returns: One grid, or nil if the second does not go on beside the first.
  static func join(_ first: CellGrid, _ second: CellGrid) -> CellGrid? {
    guard first.rowCount == second.rowCount, let left = Shape(first), let right = Shape(second),
      left.headerRowCount == right.headerRowCount, left.stub == right.stub,
      first.rowCount - left.headerRowCount >= minimumRows,
      left.labels(of: first) == right.labels(of: second),
      left.heads(of: first) != right.heads(of: second)
    else { return nil }
    let stub = left.stub
    let shift = first.columnCount - stub
    var result = first
    result.columnCount = first.columnCount + second.columnCount - stub
    var matched = 0
    for index in result.cells.indices
    where result.cells[index].columns == 0..<first.columnCount {
      result.cells[index].columns = 0..<result.columnCount
    }
    for var cell in second.cells where cell.columns.upperBound > stub {
      if cell.columns == 0..<second.columnCount {
        // The same row over the full width is in the first piece.
        guard
          result.cells.contains(where: {
            $0.rows == cell.rows && $0.columns == 0..<result.columnCount
          })
        else { return nil }
        matched += 1
        continue
      }
      guard cell.columns.lowerBound >= stub else { return nil }
      cell.columns = cell.columns.lowerBound + shift..<cell.columns.upperBound + shift
      result.cells.append(cell)
    }
    let wide = first.cells.count { $0.columns == 0..<first.columnCount }
    let hasMixed = first.cells.contains {
      $0.columns.lowerBound < stub && $0.columns.upperBound > stub
        && $0.columns.count < first.columnCount
    }
    guard wide == matched, !hasMixed else { return nil }
    result.cells.sort {
      ($0.rows.lowerBound, $0.columns.lowerBound) < ($1.rows.lowerBound, $1.columns.lowerBound)
    }
    result.fragments += second.fragments
    result.notes += second.notes
    return result.isConsistent ? result : nil
  }

  /// Where heads and labels of a piece are.
  private struct Shape {
    var headerRowCount: Int
    var stub: Int

    init?(_ grid: CellGrid) {
      let view = GridView(grid)
      let bands = BoxheadFinder(view: view).bands()
      let stubs = StubFinder(view: view, bands: bands).stubs()
      guard bands.count == 1, bands[0].headerRowCount > 0, stubs.count == 1 else { return nil }
      headerRowCount = bands[0].headerRowCount
      stub = stubs[0].upperBound
    }

    func labels(of grid: CellGrid) -> [String] {
      grid.cells.filter { $0.rows.lowerBound >= headerRowCount && $0.columns.lowerBound < stub }
        .map {
          let width = min($0.columns.upperBound, stub)
          return
            "\($0.rows) \($0.columns.lowerBound) \(width) \($0.text.withoutSpaces)"
        }
    }

    func heads(of grid: CellGrid) -> [String] {
      grid.cells.filter { $0.rows.lowerBound < headerRowCount && $0.columns.lowerBound >= stub }
        .map { $0.text.withoutSpaces }
    }
  }
}
