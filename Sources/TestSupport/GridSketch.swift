package import DocumentModel
package import LayoutModel

/// A grid of cells written as text, so that a test shows it.
///
///     Region | 2024 | <         `<` belongs to the cell at its left, `^` to the one above; each
///     ^      | H1   | H2        `>` in front of a text indents it by one and a half ems, and an
///     > East | 1    | 2         empty place is an empty cell.
package enum GridSketch {
  /// What a `>` indents by, in ems.
  private static let indentStep = 1.5

  /// The grid that a text shows.
  package static func grid(
    _ text: String, declaredHeaderRowCount: Int? = nil, evidence: Cell.Evidence = .ruled
  ) -> CellGrid {
    let rows = text.split(separator: "\n").map { line in
      line.split(separator: "|", omittingEmptySubsequences: false).map(trimmed)
    }
    let columnCount = rows.map(\.count).max() ?? 0
    var cells: [GridCell] = []
    var owner = [[Int]](repeating: [Int](repeating: 0, count: columnCount), count: rows.count)
    for row in rows.indices {
      for column in 0..<columnCount {
        let entry = column < rows[row].count ? rows[row][column] : ""
        if entry == "<", column > 0 {
          owner[row][column] = owner[row][column - 1]
          cells[owner[row][column]].columns =
            cells[owner[row][column]].columns.lowerBound..<column + 1
        } else if entry == "^", row > 0 {
          owner[row][column] = owner[row - 1][column]
          cells[owner[row][column]].rows = cells[owner[row][column]].rows.lowerBound..<row + 1
        } else {
          owner[row][column] = cells.count
          let depth = entry.prefix { $0 == ">" }.count
          cells.append(
            GridCell(
              rows: row..<row + 1, columns: column..<column + 1,
              text: trimmed(entry.dropFirst(depth)), indent: Double(depth) * indentStep,
              alignment: .left, evidence: evidence))
        }
      }
    }
    return CellGrid(
      rowCount: rows.count, columnCount: columnCount, cells: cells,
      declaredHeaderRowCount: declaredHeaderRowCount)
  }

  /// The text that shows a grid, without indents; one line a row, without padding.
  package static func text(of grid: CellGrid) -> String {
    let owner = grid.occupancy()
    return (0..<grid.rowCount).map { row in
      (0..<grid.columnCount).map { column in
        let index = owner[row * grid.columnCount + column]
        guard grid.cells.indices.contains(index) else { return "?" }
        let cell = grid.cells[index]
        if column > cell.columns.lowerBound { return "<" }
        return row > cell.rows.lowerBound ? "^" : cell.text
      }.joined(separator: " | ") + "\n"
    }.joined()
  }

  private static func trimmed(_ text: Substring) -> String {
    var text = text
    while text.first == " " { text.removeFirst() }
    while text.last == " " { text.removeLast() }
    return String(text)
  }

  // MARK: - Drawing

  /// A drawing of a ruled table for `PageSketch`: each text on a line of its own in the middle of
  /// its rows, at the left of its cell.
  package static func art(of grid: CellGrid, columnWidth: Int = 12) -> String {
    let owner = grid.occupancy()
    func cell(_ row: Int, _ column: Int) -> Int {
      guard (0..<grid.rowCount).contains(row), (0..<grid.columnCount).contains(column) else {
        return -1
      }
      return owner[row * grid.columnCount + column]
    }
    var canvas = [[Unicode.Scalar]](
      repeating: [Unicode.Scalar](repeating: " ", count: grid.columnCount * columnWidth + 1),
      count: 2 * grid.rowCount + 1)
    for row in 0...grid.rowCount {
      for column in 0...grid.columnCount {
        let isDrawnRight = cell(row - 1, column) != cell(row, column)
        let isDrawnLeft = cell(row - 1, column - 1) != cell(row, column - 1)
        let isDrawnUp = cell(row - 1, column - 1) != cell(row - 1, column)
        let isDrawnDown = cell(row, column - 1) != cell(row, column)
        canvas[2 * row][column * columnWidth] = corner(
          isDrawnLeft, isDrawnRight, isDrawnUp, isDrawnDown)
        if column < grid.columnCount, isDrawnRight {
          for place in 1..<columnWidth { canvas[2 * row][column * columnWidth + place] = "─" }
        }
        if row < grid.rowCount, isDrawnDown { canvas[2 * row + 1][column * columnWidth] = "│" }
      }
    }
    for cell in grid.cells {
      let row = cell.rows.lowerBound + cell.rows.upperBound
      let start = cell.columns.lowerBound * columnWidth + 2
      for (place, scalar) in cell.text.unicodeScalars.enumerated()
      where start + place < canvas[row].count {
        canvas[row][start + place] = scalar
      }
    }
    return canvas.map { line in
      var view = String.UnicodeScalarView()
      view.append(contentsOf: line)
      return String(view)
    }.joined(separator: "\n")
  }

  private static func corner(
    _ left: Bool, _ right: Bool, _ up: Bool, _ down: Bool
  ) -> Unicode.Scalar {
    switch (left, right, up, down) {
    case (true, true, true, true): "┼"
    case (false, true, true, true): "├"
    case (true, false, true, true): "┤"
    case (true, true, false, true): "┬"
    case (true, true, true, false): "┴"
    case (false, true, false, true): "┌"
    case (true, false, false, true): "┐"
    case (false, true, true, false): "└"
    case (true, false, true, false): "┘"
    case (true, true, false, false): "─"
    case (false, false, true, true): "│"
    default: " "
    }
  }
}
