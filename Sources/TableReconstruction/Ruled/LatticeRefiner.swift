import LayoutAnalysis
import LayoutModel
import PageGeometry

/// Checks a lattice against its content and cuts what holds more than one cell.
///
///     ┌────────┬───────┐        ┌────────┬───────┐
///     │ Year   │ Total │        │ Year   │ Total │
///     ├────────┴───────┤   ▶    ├────────┼───────┤
///     │ 2022      1,009│        │ 2022   │ 1,009 │
///     │ 2023      1,177│        │ 2023   │ 1,177 │
///     └────────────────┘        └────────┴───────┘
///
/// Producers often rule the heads fully and the body by lines in one direction, or not at all.
/// Texts that stand in different columns of the lattice with white between them are different
/// cells; values on several baselines in several columns are different rows.
struct LatticeRefiner {
  private(set) var lattice: RulingLattice
  /// For each cell, its words.
  private(set) var words: [[Word]]

  init(lattice: RulingLattice, words: [[Word]]) {
    self.lattice = lattice
    self.words = words
    splitColumns()
    splitRows()
  }

  // MARK: - Columns

  /// Cuts cells over several columns whose texts keep to the columns, with white at each edge.
  private mutating func splitColumns() {
    var cells: [RulingLattice.Unit] = []
    var contents: [[Word]] = []
    let cuts = zip(lattice.cells, words).map { cell, words in
      cell.columns.count > 1 ? columnParts(of: words, in: cell) : nil
    }
    // In a picture, one such cell alone is a cell with a stain or a stamp.
    let isRecognized = words.contains { $0.contains { $0.flags.contains(.recognized) } }
    let isTrusted = !isRecognized || cuts.count { $0 != nil } > 1
    for (index, (cell, words)) in zip(lattice.cells, words).enumerated() {
      guard isTrusted, let parts = cuts[index] else {
        let parts =
          isRecognized ? [(cell.columns, words)] : spannerParts(of: words, in: cell)
        for (span, part) in parts {
          cells.append(.init(rows: cell.rows, columns: span))
          contents.append(part)
        }
        continue
      }
      for (column, part) in zip(cell.columns, parts) {
        cells.append(.init(rows: cell.rows, columns: column..<column + 1))
        contents.append(part)
      }
    }
    lattice.cells = cells
    words = contents
  }

  private func columnParts(of words: [Word], in cell: RulingLattice.Unit) -> [[Word]]? {
    let inner = lattice.xs[cell.columns.lowerBound + 1..<cell.columns.upperBound]
    let upright = words.filter { $0.direction == .right }
    guard upright.count > 1, upright.count == words.count, words.allSatisfy(Self.isSure),
      !words.contains(where: { word in
        inner.contains { word.box.minX < $0 - 1 && word.box.maxX > $0 + 1 }
      })
    else { return nil }
    var parts = [[Word]](repeating: [], count: cell.columns.count)
    for word in words {
      let index = lattice.xs.partitioningIndex { $0 > word.box.midX } - 1 - cell.columns.lowerBound
      parts[min(max(index, 0), parts.count - 1)].append(word)
    }
    // Values, not a title whose words happen to fall left and right of an edge.
    let filled = parts.filter { !$0.isEmpty }
    let values = filled.filter { part in
      part.contains { GridView.content(of: $0.text) != .text }
    }
    // What a picture shows beside a value may be a stain or a part of a seal.
    let isRecognized = words.contains { $0.flags.contains(.recognized) }
    guard filled.count > 1, values.count * (isRecognized ? 1 : 2) >= filled.count,
      isApart(parts.filter { !$0.isEmpty })
    else { return nil }
    return parts
  }

  /// Heads far apart in one undivided row of heads, each over the columns around it; the whole
  /// cell for anything else.
  private func spannerParts(
    of words: [Word], in cell: RulingLattice.Unit
  ) -> [(Range<Int>, [Word])] {
    let whole = [(cell.columns, words)]
    guard cell.columns.count > 2,
      words.allSatisfy({ $0.direction == .right && Self.isSure($0) })
    else { return whole }
    let lines = LineBuilder.lines(of: words)
    guard lines.count == 1, let line = lines.first else { return whole }
    let chunks = TextRow.chunks(of: line.words) { $0 >= TableThresholds.spannerGap * $1 }
    guard chunks.count > 1 else { return whole }
    var bounds = [cell.columns.lowerBound]
    for (left, right) in zip(chunks, chunks.dropFirst()) {
      let middle = (left.box.midX + right.box.midX) / 2
      let inner = bounds[bounds.count - 1] + 1..<cell.columns.upperBound
      guard
        let edge = inner.min(by: {
          abs(lattice.xs[$0] - middle) < abs(lattice.xs[$1] - middle)
        }), lattice.xs[edge] >= left.box.maxX, lattice.xs[edge] <= right.box.minX
      else { return whole }
      bounds.append(edge)
    }
    bounds.append(cell.columns.upperBound)
    return zip(zip(bounds, bounds.dropFirst()), chunks).map { ($0.0..<$0.1, $1.words) }
  }

  private static func isSure(_ word: Word) -> Bool {
    word.confidence >= TableThresholds.surelyRead
  }

  private func isApart(_ parts: [[Word]]) -> Bool {
    zip(parts, parts.dropFirst()).allSatisfy { left, right in
      let end = left.map(\.box.maxX).max() ?? 0
      let start = right.map(\.box.minX).min() ?? 0
      return start - end >= TableThresholds.columnGap * (left[0].size)
    }
  }

  // MARK: - Rows

  /// Cuts rows that hold several rows of values, from the last one up so that indices stay valid.
  private mutating func splitRows() {
    for row in stride(from: lattice.ys.count - 2, through: 0, by: -1) {
      guard let cuts = rowCuts(of: row) else { continue }
      cut(row, at: cuts)
    }
  }

  /// y of the edges between the rows that one row of the lattice holds; nil for a single row.
  private func rowCuts(of row: Int) -> [Double]? {
    let members = lattice.cells.indices.filter { lattice.cells[$0].rows == row..<row + 1 }
    let valueCells = members.filter { Self.valueLineCount(words[$0].filter(Self.isSure)) > 1 }
    guard valueCells.count > 1 else { return nil }
    let inside = members.flatMap { words[$0] }.filter { $0.direction == .right && Self.isSure($0) }
    let rows = LineBuilder.lines(of: inside).map(TextRow.init)
    guard rows.count > 1, let columns = LeafColumns(edges: lattice.xs, rows: rows) else {
      return nil
    }
    let groups = BodyRows(rows: rows, columns: columns, separators: []).groups()
    guard groups.count > 1 else { return nil }
    return zip(groups, groups.dropFirst()).map { upper, lower in
      let end = upper.map { rows[$0].box.maxY }.max() ?? 0
      let start = lower.map { rows[$0].box.minY }.min() ?? end
      return (end + start) / 2
    }
  }

  /// How many lines of a cell are one value each: a number, an amount with a few words.
  private static func valueLineCount(_ words: [Word]) -> Int {
    guard words.count > 1 else { return words.count }
    let lines = LineBuilder.lines(of: words)
    let values = lines.count { line in
      let text = line.text
      let isAmount = text.unicodeScalars.first.map { scalar in
        scalar.properties.numericType == .decimal
          || scalar.properties.generalCategory == .currencySymbol
      }
      return GridView.content(of: text) != .text || isAmount == true && text.utf8.count <= 24
    }
    return values * 3 >= lines.count * 2 ? values : 0
  }

  // MARK: - Refusal

  /// Whether a cell holds a table of its own, or a column several: rows with values in several
  /// columns.
  ///
  /// The lines are then a frame or a separator, and the text must speak for itself.
  var holdsTables: Bool { cellsHoldTables || columnsHoldColumns }

  /// Whether most cells of a column hold as many values beside each other.
  private var columnsHoldColumns: Bool {
    (0..<lattice.xs.count - 1).contains { column in
      let lines = lattice.cells.indices.filter {
        lattice.cells[$0].columns == column..<column + 1 && !words[$0].isEmpty
      }.map { TextRow(line: LineBuilder.line(of: words[$0])) }
      let counts = lines.filter { row in
        row.chunks.count > 1 && row.chunks.allSatisfy(\.isValue)
      }.map(\.chunks.count)
      return counts.count > 2 && counts.count * 2 > lines.count && Set(counts).count == 1
    }
  }

  private var cellsHoldTables: Bool {
    words.contains { words in
      guard words.count > 5 else { return false }
      let rows = LineBuilder.lines(of: words.filter { $0.direction == .right }).map(TextRow.init)
      let tabular = rows.count { $0.chunks.count > 1 && $0.isValueRow }
      return tabular > 1 && tabular * 2 >= rows.count
    }
  }

  private mutating func cut(_ row: Int, at cuts: [Double]) {
    var cells: [RulingLattice.Unit] = []
    var contents: [[Word]] = []
    for (cell, words) in zip(lattice.cells, words) {
      var cell = cell
      if cell.rows == row..<row + 1 {
        for part in 0...cuts.count {
          cells.append(
            .init(rows: row + part..<row + part + 1, columns: cell.columns))
          contents.append(
            words.filter { word in cuts.partitioningIndex { $0 > word.box.midY } == part })
        }
        continue
      }
      let lower = cell.rows.lowerBound + (cell.rows.lowerBound > row ? cuts.count : 0)
      let upper = cell.rows.upperBound + (cell.rows.upperBound > row ? cuts.count : 0)
      cell.rows = lower..<upper
      cells.append(cell)
      contents.append(words)
    }
    lattice.ys.insert(contentsOf: cuts, at: row + 1)
    let order = cells.indices.sorted {
      (cells[$0].rows.lowerBound, cells[$0].columns.lowerBound)
        < (cells[$1].rows.lowerBound, cells[$1].columns.lowerBound)
    }
    lattice.cells = order.map { cells[$0] }
    words = order.map { contents[$0] }
  }
}
