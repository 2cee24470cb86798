import LayoutAnalysis
import LayoutModel
import PageGeometry

/// Finds how far the texts of a stub of several columns reach when rulings do not show it.
///
///     Land   Crops     wheat   12     "Land" stands in the middle of the rows that it heads, "Crops"
///                      rye      3     in the middle of two of them. If one cut of the rows into
///            Meadows            8     blocks puts every text into the middle of its block, that is
///     Water                    31     how far the texts reach.
///
/// The last column of the stub names single rows; its lines go to the rows in whose middle they
/// stand. A name that starts further left spans the columns that it runs over.
struct NestedStub {
  /// A cell of the stub.
  struct Block {
    var rows: Range<Int>
    var columns: Range<Int>
    var words: [Word]
  }

  /// The rows of text without the texts of the upper columns.
  private(set) var rows: [TextRow] = []
  /// For each row of the grid, positions in `rows`.
  private(set) var groups: [[Int]] = []
  /// Cells of the upper columns, and names of rows that span several columns.
  private(set) var blocks: [Block] = []
  /// For each row the first column that its name stands in; nil without a name.
  private(set) var names: [Int?] = []
  /// How many columns it has.
  let depth: Int

  /// A line of an upper column.
  private struct Entry {
    var words: [Word]
    var box: Rect
    var columns: Range<Int>
    var size: Double
    var baseline: Double
  }

  /// How far, in ems, texts may stand off the middles of their blocks on average.
  static let tolerance = 0.45
  /// What an offset in the first or last block counts against one in another.
  private static let endWeight = 0.8
  /// More rows or lines than this are not searched.
  private static let maximumCount = 120

  /// Reads the first columns as a stub with merged cells; nil if they are not one.
  ///
  /// - Parameters:
  ///   - body: The text rows of the body.
  ///   - columns: The columns of the table.
  ///   - depth: How many columns the stub has.
  ///   - separators: y of lines and bands between rows.
  ///   - rules: Lines on the table.
  init?(
    body: [TextRow], columns: LeafColumns, depth: Int, separators: [Double], rules: [Ruling]
  ) {
    guard depth > 1, depth < columns.count else { return nil }
    self.depth = depth
    var entries: [Entry] = []
    let pitch = Self.pitch(of: body)
    let start = Self.commonStart(in: body, columns: columns, depth: depth)
    for (index, row) in body.enumerated() {
      if Self.isAlone(index, in: body, pitch: pitch) {
        rows.append(row)
        continue
      }
      var rest: [Word] = []
      for chunk in row.pieces {
        var span = columns.span(of: chunk.box.xInterval, size: row.size)
        // A text that ends before the names begin is none of them, however wide its column is.
        if span.upperBound == depth, span.count > 1, let start, chunk.box.maxX <= start {
          span = span.lowerBound..<depth - 1
        }
        if span.upperBound < depth {
          entries.append(
            Entry(
              words: chunk.words, box: chunk.box, columns: span, size: row.size,
              baseline: row.baseline))
        } else {
          rest += chunk.words
        }
      }
      if !rest.isEmpty { rows.append(TextRow(line: LineBuilder.line(of: rest))) }
    }
    guard !rows.isEmpty, rows.count <= Self.maximumCount,
      entries.count <= Self.maximumCount
    else { return nil }
    groups = BodyRows(rows: rows, columns: columns, separators: separators, stub: depth - 1)
      .groups()
    let heights = groups.map { group in
      group.dropFirst().reduce(rows[group[0]].box.yInterval) { $0.union(rows[$1].box.yInterval) }
    }
    names = groups.map { nameStart($0, columns: columns, depth: depth) }
    let byRules = Self.ruledBlocks(
      of: entries, over: heights, names: names, columns: columns, depth: depth, rules: rules)
    let blocks =
      byRules ?? Self.blocks(of: entries, over: heights, names: names, depth: depth)
    guard let blocks else { return nil }
    self.blocks = blocks
  }

  /// Where the names of rows of values start in the last column; nil if most start elsewhere.
  private static func commonStart(
    in rows: [TextRow], columns: LeafColumns, depth: Int
  ) -> Double? {
    let starts = rows.filter(\.isValueRow).compactMap { row in
      row.pieces.last { columns.index(at: $0.box.midX) == depth - 1 }?.box.minX
    }.sorted()
    let common = Closeness.clusters(of: starts, tolerance: 0.1 * (rows.first?.size ?? 0))
      .max { $0.count < $1.count }
    guard let common, common.count * 2 > starts.count else { return nil }
    return starts[common.lowerBound]
  }

  /// The smallest distance of rows of values that follow each other, in points.
  private static func pitch(of rows: [TextRow]) -> Double {
    let steps = zip(rows, rows.dropFirst()).filter { $0.isValueRow && $1.isValueRow }
    return steps.map { $1.baseline - $0.baseline }.min() ?? .infinity
  }

  /// Whether a line of one piece stands as far from its neighbours as rows do: it names the rows
  /// below it, while a cell over several rows stands among them.
  private static func isAlone(_ index: Int, in rows: [TextRow], pitch: Double) -> Bool {
    guard rows[index].chunks.count == 1, pitch.isFinite else { return false }
    let limit = 0.8 * pitch
    let above = index > 0 ? rows[index].baseline - rows[index - 1].baseline : .infinity
    let below =
      index + 1 < rows.count ? rows[index + 1].baseline - rows[index].baseline : .infinity
    return above >= limit && below >= limit
  }

  /// The first column that the name of a row stands in; nil without a name.
  ///
  /// A name in the middle of several columns spans them, if it does not start where the names of the
  /// last column do.
  private func nameStart(_ group: [Int], columns: LeafColumns, depth: Int) -> Int? {
    var start: Int?
    var name: Interval?
    var size = 0.0
    for row in group {
      for chunk in rows[row].pieces {
        let span = columns.span(of: chunk.box.xInterval, size: rows[row].size)
        guard span.lowerBound < depth else { continue }
        start = min(start ?? depth, span.lowerBound)
        name = name?.union(chunk.box.xInterval) ?? chunk.box.xInterval
        size = rows[row].size
      }
    }
    guard let name, start == depth - 1 else { return start }
    let last = columns.contents[depth - 1]
    guard name.lower - last.lower > size else { return start }
    let own = abs(name.middle - last.middle)
    let centered = (0..<depth - 1).map { column -> (Int, Double) in
      let ends = [last.upper, columns.edges[depth]]
      return (column, ends.map { abs(name.middle - (columns.edges[column] + $0) / 2) }.min() ?? 0)
    }
    guard let best = centered.min(by: { $0.1 < $1.1 }), best.1 < min(0.8 * size, own) else {
      return start
    }
    return best.0
  }

  // MARK: - Blocks

  /// Blocks as the lines between rows show them: a line that leaves a column out goes on beside a
  /// cell of it.
  ///
  /// - Returns: Nil if there is not a line between most rows, or all lines run over the whole stub.
  private static func ruledBlocks(
    of entries: [Entry], over heights: [Interval], names: [Int?], columns: LeafColumns, depth: Int,
    rules: [Ruling]
  ) -> [Block]? {
    let lines = zip(heights, heights.dropFirst()).map { upper, lower in
      rules.filter { $0.position > upper.middle && $0.position < lower.middle }
    }
    guard lines.count(where: \.isEmpty) * 10 <= lines.count else { return nil }
    var blocks: [Block] = []
    var isMerged = false
    for column in 0..<depth - 1 {
      let middle = columns.contents[column].middle
      var start = 0
      for row in heights.indices {
        let isDrawn =
          row + 1 == heights.count || lines[row].contains { $0.extent.contains(middle) }
        guard isDrawn else { continue }
        let range = start..<row + 1
        start = row + 1
        let area = Interval(heights[range.lowerBound].lower, heights[range.upperBound - 1].upper)
        let texts = entries.filter {
          $0.columns.lowerBound == column && area.contains($0.box.midY)
        }
        guard !texts.isEmpty else { continue }
        isMerged = isMerged || range.count > 1
        let isAlone =
          range.count == 1 && names[range.lowerBound] == nil
          && (names.contains(column) || texts.contains { $0.columns.count > 1 })
        blocks.append(
          Block(
            rows: range, columns: column..<(isAlone ? depth : column + 1),
            words: texts.flatMap(\.words)))
      }
    }
    return isMerged ? blocks : nil
  }

  private static func blocks(
    of entries: [Entry], over heights: [Interval], names: [Int?], depth: Int
  ) -> [Block]? {
    // Rows of one line are this far apart; lines of one text are closer.
    let pitch = zip(heights, heights.dropFirst()).map { $1.middle - $0.middle }.min() ?? .infinity
    var blocks: [Block] = []
    var ranges = [0..<heights.count]
    var misfit = 0.0
    var isMerged = false
    var used = 0
    for column in 0..<depth - 1 {
      var next: [Range<Int>] = []
      for range in ranges {
        for run in runs(in: range, where: { names[$0].map { $0 > column } ?? true }) {
          // A text may be higher than the first or the last row that it stands beside.
          let area = Interval(
            run.lowerBound == 0 ? -.infinity : heights[run.lowerBound].lower,
            run.upperBound == heights.count ? .infinity : heights[run.upperBound - 1].upper)
          let lines = entries.filter {
            $0.columns.lowerBound == column && area.contains($0.box.midY)
          }
          guard !lines.isEmpty else {
            next.append(run)
            continue
          }
          guard let cut = cut(lines, over: run, heights: heights, pitch: pitch) else { return nil }
          misfit += cut.cost
          used += lines.count
          for (rows, words) in zip(cut.rows, cut.lines) {
            // A name in an upper column with nothing beside it reaches to the values, where names of
            // other rows do so.
            let isAlone =
              rows.count == 1 && names[rows.lowerBound] == nil
              && (names.contains(column) || lines[words].contains { $0.columns.count > 1 })
              && !entries.contains {
                $0.columns.lowerBound > column && heights[rows.lowerBound].contains($0.box.midY)
              }
            let end = isAlone ? depth : column + 1
            blocks.append(
              Block(
                rows: rows, columns: column..<end,
                words: lines[words].flatMap(\.words)))
            isMerged = isMerged || rows.count > 1
            next.append(rows)
          }
        }
      }
      ranges = next.sorted { $0.lowerBound < $1.lowerBound }
    }
    let hasWideNames = names.contains { $0.map { $0 < depth - 1 } ?? false }
    guard isMerged || hasWideNames, used == entries.count,
      misfit <= tolerance * Double(blocks.count)
    else { return nil }
    return blocks
  }

  /// The runs of rows in a range that fulfil a condition.
  private static func runs(in range: Range<Int>, where isInside: (Int) -> Bool) -> [Range<Int>] {
    var runs: [Range<Int>] = []
    var start: Int?
    for row in range {
      if isInside(row) {
        start = start ?? row
      } else if let first = start {
        runs.append(first..<row)
        start = nil
      }
    }
    if let first = start { runs.append(first..<range.upperBound) }
    return runs
  }

  /// Cuts a run of rows into blocks with some lines in the middle of each: the cheapest cut.
  ///
  /// - Returns: Blocks from top to bottom, the lines of each, and how far, in ems, the texts stand
  ///   off their middles; nil if there are more lines than rows could hold.
  private static func cut(
    _ lines: [Entry], over run: Range<Int>, heights: [Interval], pitch: Double
  ) -> (rows: [Range<Int>], lines: [Range<Int>], cost: Double)? {
    let rowCount = run.count
    var cost = [[Double]](
      repeating: Array(repeating: .infinity, count: lines.count + 1), count: rowCount + 1)
    var from = [[(row: Int, line: Int)]](
      repeating: Array(repeating: (0, 0), count: lines.count + 1), count: rowCount + 1)
    cost[0][0] = 0
    for row in 1...rowCount {
      for line in 1...lines.count {
        for firstRow in 0..<row {
          for firstLine in stride(from: line - 1, through: 0, by: -1) {
            guard cost[firstRow][firstLine].isFinite else { continue }
            if firstLine + 1 < line, !followClosely(lines[firstLine], lines[firstLine + 1]) {
              break
            }
            let top = heights[run.lowerBound + firstRow].lower
            let bottom = heights[run.lowerBound + row - 1].upper
            let text = (lines[firstLine].box.minY + lines[line - 1].box.maxY) / 2
            // A page break may cut the first and the last block, whose text is off the middle then.
            let isEnd =
              run.lowerBound + firstRow == 0 || run.lowerBound + row == heights.count
            let offset =
              abs(text - (top + bottom) / 2) / lines[firstLine].size * (isEnd ? endWeight : 1)
            let total =
              cost[firstRow][firstLine] + offset
              + startCost(
                lines[firstLine], after: firstLine > 0 ? lines[firstLine - 1] : nil, pitch: pitch)
              + 0.05 * Double(line - 1 - firstLine)
            if total < cost[row][line] {
              cost[row][line] = total
              from[row][line] = (firstRow, firstLine)
            }
          }
        }
      }
    }
    guard cost[rowCount][lines.count].isFinite else { return nil }
    var rows: [Range<Int>] = []
    var texts: [Range<Int>] = []
    var row = rowCount
    var line = lines.count
    while row > 0 {
      let start = from[row][line]
      rows.append(run.lowerBound + start.row..<run.lowerBound + row)
      texts.append(start.line..<line)
      (row, line) = start
    }
    return (rows.reversed(), texts.reversed(), cost[rowCount][lines.count])
  }

  private static func followClosely(_ upper: Entry, _ lower: Entry) -> Bool {
    lower.baseline - upper.baseline <= 1.6 * lower.size
      && lower.box.xInterval.overlap(upper.box.xInterval) > -0.5 * lower.size
  }

  /// What it costs to start a text at a line: nothing if it has a label, or stands apart from the
  /// line before.
  private static func startCost(_ line: Entry, after upper: Entry?, pitch: Double) -> Double {
    guard let upper, followClosely(upper, line), line.baseline - upper.baseline < 0.92 * pitch
    else {
      return 0
    }
    return CellLabel.form(of: LineBuilder.line(of: line.words).text) != nil ? 0 : 0.6
  }
}
