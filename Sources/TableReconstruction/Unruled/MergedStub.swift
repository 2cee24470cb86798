import LayoutAnalysis
import LayoutModel
import PageGeometry

/// Finds how far the texts of a stub column reach when rulings do not show it.
///
///     A │ a1      "A" and "B" stand in the middle of the rows that they head. If one cut of the
///       │ a2      rows into blocks puts every text into the middle of its block, that is how
///     B │ b1      far the texts reach.
///       │ b2
///       │ b3
struct MergedStub {
  /// A cell of a stub column over one or more rows.
  struct Block {
    var rows: Range<Int>
    var column: Int
    var words: [Word]
  }

  /// The rows of text without the merged columns.
  private(set) var rows: [TextRow] = []
  /// For each row of the grid, positions in `rows`.
  private(set) var groups: [[Int]] = []
  private(set) var blocks: [Block] = []

  /// A text of the column: its lines and the middle of their height.
  struct Entry {
    var words: [Word]
    var middle: Double
  }

  /// How far, in ems, a text may stand off the middle of its block.
  static let tolerance = 0.45

  /// Reads one or two columns at the left as merged cells; nil if they are not.
  ///
  /// - Parameters:
  ///   - body: The text rows of the body.
  ///   - columns: The columns of the table.
  ///   - separators: y of lines and bands between rows.
  init?(body: [TextRow], columns: LeafColumns, separators: [Double]) {
    for depth in [2, 1] where columns.count > depth + 1 {
      if read(body, depth: depth, columns: columns, separators: separators) { return }
    }
    return nil
  }

  private mutating func read(
    _ body: [TextRow], depth: Int, columns: LeafColumns, separators: [Double]
  ) -> Bool {
    var stubWords = [[Word]](repeating: [], count: depth)
    rows = []
    for row in body {
      var rest: [Word] = []
      for chunk in row.chunks {
        let column = columns.index(at: chunk.box.minX + 0.3 * row.size)
        if column < depth { stubWords[column] += chunk.words } else { rest += chunk.words }
      }
      if !rest.isEmpty { rows.append(TextRow(line: LineBuilder.line(of: rest))) }
    }
    groups = BodyRows(rows: rows, columns: columns, separators: separators).groups()
    guard groups.count > 1, stubWords.allSatisfy({ isSparse($0) }) else { return false }
    let heights = groups.map { group in
      let boxes = group.map { rows[$0].box.yInterval }
      return boxes.dropFirst().reduce(boxes[0]) { $0.union($1) }
    }
    blocks = []
    for (column, words) in stubWords.enumerated() {
      let size = words.first?.size ?? 0
      let entries = Self.entries(of: words)
      guard let ranges = Self.blocks(of: entries, over: heights, size: size) else { return false }
      blocks += zip(entries, ranges).map { Block(rows: $1, column: column, words: $0.words) }
    }
    return blocks.contains { $0.rows.count > 1 }
  }

  /// Whether a column has text beside fewer than half of the rows: otherwise each row has its own.
  private func isSparse(_ words: [Word]) -> Bool {
    let baselines = LineBuilder.lines(of: words).map(\.baseline)
    let beside = groups.count { group in
      group.contains { row in
        baselines.contains { abs($0 - rows[row].baseline) < 0.15 * rows[row].size }
      }
    }
    return !baselines.isEmpty && beside * 2 < groups.count
  }

  /// The texts of a column: lines that follow each other closely are one.
  private static func entries(of words: [Word]) -> [Entry] {
    var groups: [[Line]] = []
    for line in LineBuilder.lines(of: words) {
      if let last = groups.last?.last, line.baseline - last.baseline <= 1.5 * line.size {
        groups[groups.count - 1].append(line)
      } else {
        groups.append([line])
      }
    }
    return groups.map { lines in
      Entry(
        words: lines.flatMap(\.words),
        middle: ((lines.first?.box.minY ?? 0) + (lines.last?.box.maxY ?? 0)) / 2)
    }
  }

  /// Cuts rows into blocks with the entries in their middles.
  ///
  /// - Parameters:
  ///   - entries: The texts of the column from top to bottom.
  ///   - rows: For each row that the column may head, the stretch of its height, from top to
  ///     bottom.
  ///   - size: The type size.
  /// - Returns: For each entry the range of rows that it heads, covering all rows; nil if no cut
  ///   explains all places.
  static func blocks(of entries: [Entry], over rows: [Interval], size: Double) -> [Range<Int>]? {
    guard !entries.isEmpty, entries.count < rows.count else { return nil }
    var blocks: [Range<Int>] = []
    var start = 0
    for (index, entry) in entries.enumerated() {
      let isLast = index + 1 == entries.count
      let remaining = entries.count - index - 1
      let ends = isLast ? rows.count..<rows.count + 1 : start + 1..<rows.count - remaining + 1
      let best = ends.min {
        offset(entry, rows, start..<$0) < offset(entry, rows, start..<$1)
      }
      guard let end = best, offset(entry, rows, start..<end) <= tolerance * size else { return nil }
      blocks.append(start..<end)
      start = end
    }
    return blocks
  }

  private static func offset(_ entry: Entry, _ rows: [Interval], _ block: Range<Int>) -> Double {
    abs(entry.middle - (rows[block.lowerBound].lower + rows[block.upperBound - 1].upper) / 2)
  }
}
