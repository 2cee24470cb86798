package import LayoutModel

/// Joins tables that an original without pages stores in pieces.
///
/// Three things stand between such pieces: nothing (Word shows both as one table), a line that
/// says that the table goes on (续表), or a blank paragraph. The less the original says, the more
/// the grids must agree. Rows of the boxhead that a second piece repeats are dropped, except where
/// nothing stands between: there they are printed.
///
/// Word takes adjacent rows for one table unless style or position differ ([MS-DOC] 2.4.3; compare
/// the merged tables of ISO/IEC 29500-1, 17.4.60).
package enum FlowTableJoiner {
  /// What stands between two tables.
  package enum Gap: Sendable {
    case nothing, continuationLine, blank
  }

  /// Widths of adjacent tables agree up to this many points.
  static let sameWidth = 2.0
  /// Column edges of tables with a blank between agree up to this share of a column's width.
  static let sameEdge = 0.25

  /// - Returns: One table, or nil if the second is a table of its own.
  package static func join(_ first: FlowTable, _ second: FlowTable, across gap: Gap) -> FlowTable? {
    guard !first.isFloating, !second.isFloating else { return nil }
    if case .continuationLine = gap, let joined = joinedColumns(first, second) { return joined }
    guard first.grid.columnCount == second.grid.columnCount else { return nil }
    switch gap {
    case .nothing:
      guard first.style == second.style,
        zip(first.columnWidths, second.columnWidths).allSatisfy({ abs($0 - $1) <= sameWidth })
      else { return nil }
      return appended(second, to: first, dropping: 0)
    case .continuationLine:
      return appended(second, to: first, dropping: repeatedRows(of: second.grid, after: first.grid))
    case .blank:
      guard first.style == second.style, edgesAgree(first, second), goesOn(second.grid, first.grid)
      else { return nil }
      return appended(second, to: first, dropping: repeatedRows(of: second.grid, after: first.grid))
    }
  }

  /// One table where the columns of the first go on in the second; cells with more than plain text
  /// keep the tables apart.
  private static func joinedColumns(_ first: FlowTable, _ second: FlowTable) -> FlowTable? {
    guard first.contents.isEmpty, second.contents.isEmpty,
      let grid = ColumnJoiner.join(first.grid, second.grid)
    else { return nil }
    var result = first
    result.grid = grid
    let stub = first.grid.columnCount + second.grid.columnCount - grid.columnCount
    result.columnWidths += second.columnWidths.dropFirst(stub)
    return result
  }

  /// Whether the second grid has no boxhead of its own: it repeats that of the first, or starts
  /// with a row of values.
  private static func goesOn(_ second: CellGrid, _ first: CellGrid) -> Bool {
    guard headerRows(of: first) > 0, second.columnCount > 1 else { return false }
    if repeatedRows(of: second, after: first) > 0 { return true }
    guard headerRows(of: second) == 0 else { return false }
    let view = GridView(second)
    return second.cells.indices.contains {
      second.cells[$0].rows.lowerBound == 0 && view.content[$0] == .number
    }
  }

  private static func headerRows(of grid: CellGrid) -> Int {
    BoxheadFinder(view: GridView(grid)).bands().first?.headerRowCount ?? 0
  }

  private static func edgesAgree(_ first: FlowTable, _ second: FlowTable) -> Bool {
    guard first.columnWidths.count == second.columnWidths.count else { return false }
    var (x, y) = (0.0, 0.0)
    return zip(first.columnWidths, second.columnWidths).allSatisfy {
      x += $0
      y += $1
      return abs(x - y) <= sameEdge * min($0, $1)
    }
  }

  /// How many rows at the top of the second grid repeat the boxhead of the first.
  private static func repeatedRows(of second: CellGrid, after first: CellGrid) -> Int {
    let count = max(headerRows(of: first), first.declaredHeaderRowCount ?? 0)
    guard count > 0, count < second.rowCount else { return 0 }
    func head(_ grid: CellGrid) -> [GridCell] { grid.cells.filter { $0.rows.lowerBound < count } }
    let (upper, lower) = (head(first), head(second))
    guard upper.count == lower.count, lower.allSatisfy({ $0.rows.upperBound <= count }),
      lower.contains(where: { !$0.text.isEmpty })
    else { return 0 }
    let isSame = zip(upper, lower).allSatisfy {
      $0.rows == $1.rows && $0.columns == $1.columns
        && $0.text.withoutSpaces == $1.text.withoutSpaces
    }
    return isSame ? count : 0
  }

  private static func appended(
    _ second: FlowTable, to first: FlowTable, dropping dropped: Int
  ) -> FlowTable {
    var result = first
    let offset = first.grid.rowCount - dropped
    var positions: [Int: Int] = [:]
    for (index, cell) in second.grid.cells.enumerated() where cell.rows.lowerBound >= dropped {
      var moved = cell
      moved.rows = cell.rows.lowerBound + offset..<cell.rows.upperBound + offset
      positions[index] = result.grid.cells.count
      result.grid.cells.append(moved)
    }
    result.grid.rowCount += second.grid.rowCount - dropped
    result.contents += second.contents.compactMap { content in
      positions[content.cell].map { FlowTable.CellContent(cell: $0, blocks: content.blocks) }
    }
    return result
  }
}
