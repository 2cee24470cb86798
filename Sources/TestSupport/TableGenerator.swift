import DocumentModel
package import LayoutModel

/// Makes tables at random: a boxhead of one to three levels with spanners, a stub whose outer
/// column may hold rows together, and a body of numbers, none of them like a year.
package struct TableGenerator {
  /// A table with what a reader of it must find.
  package struct Sample {
    package var grid: CellGrid
    package var headerRowCount: Int
    package var stubColumnCount: Int
    /// For each body column, the texts of its heads, outermost first.
    package var columnPaths: [[String]]
    /// For each body row, the texts of its stub, outermost first.
    package var rowPaths: [[String]]

    /// Whether each head stands over other columns than the head above it.
    ///
    /// Where one does not, nothing but a line tells two heads from two lines of one head.
    package var headsBranch: Bool {
      let heads = grid.cells.filter {
        $0.rows.lowerBound < headerRowCount && $0.columns.lowerBound >= stubColumnCount
      }
      return heads.allSatisfy { head in
        !heads.contains {
          $0.rows.upperBound == head.rows.lowerBound && $0.columns == head.columns
        }
      }
    }

    /// A drawing for `PageSketch` in which lines and white space must do without sides of cells.
    ///
    /// Heads stand in the middle over their columns, values at the right, the stub at the left;
    /// lines, where there are any, around and between the heads and at the end.
    package func openArt(hasLines: Bool, columnWidth: Int = 12) -> String {
      let width = grid.columnCount * columnWidth
      let line = String(repeating: "─", count: width - 2)
      var lines = hasLines ? [line] : []
      for row in 0..<grid.rowCount {
        if row == headerRowCount, hasLines { lines.append(line) }
        var canvas = [Character](repeating: " ", count: width)
        var under = canvas
        for cell in grid.cells where cell.rows.upperBound == row + 1 {
          let stretch = cell.columns.lowerBound * columnWidth
          let end = cell.columns.upperBound * columnWidth - 2
          let isHead = row < headerRowCount
          let start =
            cell.columns.lowerBound < stubColumnCount
            ? stretch
            : isHead ? (stretch + end - cell.text.count) / 2 + 1 : end - 2 - cell.text.count
          for (place, character) in cell.text.enumerated() { canvas[start + place] = character }
          if row + 1 < headerRowCount {
            for place in stretch + 1..<end { under[place] = "─" }
          }
        }
        lines.append(String(canvas))
        if hasLines, row + 1 < headerRowCount { lines.append(String(under)) }
      }
      return (lines + (hasLines ? [line] : [])).joined(separator: "\n")
    }
  }

  private var random: SeededGenerator
  private var cells: [GridCell] = []
  private var wordCount = 0

  package init(seed: UInt64) {
    random = SeededGenerator(seed: seed)
  }

  package mutating func sample() -> Sample {
    cells = []
    wordCount = 0
    let levels = Int.random(in: 1...3, using: &random)
    let stub = Int.random(in: 1...2, using: &random)
    let columns = Int.random(in: 2...5, using: &random)
    let rows = Int.random(in: 3...6, using: &random)
    for column in 0..<stub { add(0..<levels, column..<column + 1, "Stub\(column)") }
    var columnPaths = [[String]](repeating: [], count: columns)
    addHeads(level: 0, of: levels, over: 0..<columns, offset: stub, to: &columnPaths)
    var rowPaths = [[String]](repeating: [], count: rows)
    addStub(rows: rows, columns: stub, below: levels, to: &rowPaths)
    for row in 0..<rows {
      for column in 0..<columns {
        let value = Int.random(in: 0...1899, using: &random)
        add(levels + row..<levels + row + 1, stub + column..<stub + column + 1, "\(value)")
      }
    }
    cells.sort {
      ($0.rows.lowerBound, $0.columns.lowerBound) < ($1.rows.lowerBound, $1.columns.lowerBound)
    }
    return Sample(
      grid: CellGrid(rowCount: levels + rows, columnCount: stub + columns, cells: cells),
      headerRowCount: levels, stubColumnCount: stub, columnPaths: columnPaths, rowPaths: rowPaths)
  }

  /// Cuts a stretch of columns into heads; the heads of the last level have one column each, and
  /// so has each level at least one, so that every row of the grid has an edge of its own.
  private mutating func addHeads(
    level: Int, of levels: Int, over columns: Range<Int>, offset: Int, to paths: inout [[String]]
  ) {
    var start = columns.lowerBound
    while start < columns.upperBound {
      let isLast = level + 1 == levels
      let end = isLast ? start + 1 : Int.random(in: start + 1...columns.upperBound, using: &random)
      let text = word("Head")
      add(level..<level + 1, offset + start..<offset + end, text)
      for column in start..<end { paths[column].append(text) }
      if !isLast {
        addHeads(level: level + 1, of: levels, over: start..<end, offset: offset, to: &paths)
      }
      start = end
    }
  }

  private mutating func addStub(
    rows: Int, columns: Int, below headerRows: Int, to paths: inout [[String]]
  ) {
    var start = 0
    while start < rows {
      // The first cell of an outer column holds at least two rows together.
      let least = columns == 1 || start > 0 ? start + 1 : start + 2
      let end = columns == 1 ? least : Int.random(in: least...rows, using: &random)
      let text = word("Row")
      add(headerRows + start..<headerRows + end, 0..<1, text)
      for row in start..<end { paths[row].append(text) }
      start = end
    }
    guard columns == 2 else { return }
    for row in 0..<rows {
      let text = word("Name")
      add(headerRows + row..<headerRows + row + 1, 1..<2, text)
      paths[row].append(text)
    }
  }

  private mutating func word(_ stem: String) -> String {
    wordCount += 1
    let letters = Array("abcdefghijklmnopqrstuvwxyz")
    return stem + String(letters[wordCount / 26 % 26]) + String(letters[wordCount % 26])
  }

  private mutating func add(_ rows: Range<Int>, _ columns: Range<Int>, _ text: String) {
    cells.append(GridCell(rows: rows, columns: columns, text: text, evidence: .ruled))
  }
}
