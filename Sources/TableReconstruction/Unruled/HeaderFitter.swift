import LayoutModel
import PageGeometry

/// Fits the head rows of an unruled table to its leaf columns.
///
///         2022          2023         chunk over two columns: spanner
///     ───────────   ───────────      a line under it says exactly what it spans
///     Total   Men   Total   Men      chunk over one column: leaf
///
/// Text lines of one head that stand over each other become one cell; leaves reach down to the
/// body; a head that touches no column, or stands in the middle between several, spans those in
/// whose middle it stands.
struct HeaderFitter {
  let columns: LeafColumns
  let rows: [TextRow]
  /// Lines inside the heads, also partial ones.
  let rules: [Ruling]

  struct Head {
    var columns: Range<Int>
    var words: [Word]
    var box: Rect
    /// The head row in which it starts and ends.
    var firstRow: Int
    var lastRow: Int
  }

  /// A head with its place in the grid.
  struct Placed {
    var rows: Range<Int>
    var columns: Range<Int>
    var words: [Word]
  }

  /// - Returns: Heads in reading order and how many grid rows they take.
  func fit() -> (heads: [Placed], rowCount: Int) {
    var heads: [Head] = []
    for (index, row) in rows.enumerated() {
      for chunk in chunks(of: row) {
        let span = span(of: chunk, row: index)
        let head = Head(
          columns: span, words: chunk.words, box: chunk.box, firstRow: index, lastRow: index)
        if let above = heads.lastIndex(where: { continues($0, head) }) {
          heads[above].words += head.words
          heads[above].box = heads[above].box.union(head.box)
          heads[above].lastRow = index
        } else {
          heads.append(head)
        }
      }
    }
    return place(heads)
  }

  /// Words of a head row, cut where a gutter lies in a gap.
  private func chunks(of row: TextRow) -> [TextRow.Chunk] {
    var chunks: [TextRow.Chunk] = []
    for word in row.words {
      guard let last = chunks.last else {
        chunks.append(.init(words: [word], box: word.box))
        continue
      }
      let gap = Interval(last.box.maxX, max(last.box.maxX, word.box.minX))
      let isWide = gap.length >= TableThresholds.chunkGap * word.size
      let hasEdge = columns.edges.contains { gap.contains($0, tolerance: 0.15 * word.size) }
      if isWide || hasEdge && gap.length >= TableThresholds.headGap * word.size {
        chunks.append(.init(words: [word], box: word.box))
      } else {
        chunks[chunks.count - 1].words.append(word)
        chunks[chunks.count - 1].box = last.box.union(word.box)
      }
    }
    return chunks
  }

  // MARK: - What a head spans

  private func span(of chunk: TextRow.Chunk, row: Int) -> Range<Int> {
    let size = chunk.words[0].size
    if let rule = rule(under: chunk, row: row) {
      let covered = (0..<columns.count).filter { rule.extent.contains(columns.contents[$0].middle) }
      if let first = covered.first, let last = covered.last { return first..<last + 1 }
    }
    let touched = columns.range(covering: chunk.box.xInterval, size: size)
    if touched.count > 1 { return widened(touched, chunk: chunk, row: row) }
    return widened(touched, chunk: chunk, row: row)
  }

  /// The partial line right below a head.
  private func rule(under chunk: TextRow.Chunk, row: Int) -> Ruling? {
    let whole = columns.edges[columns.count] - columns.edges[0]
    let next = row + 1 < rows.count ? rows[row + 1].baseline : chunk.box.maxY + 2 * rows[row].size
    return rules.first { rule in
      rule.position > rows[row].baseline - 0.1 * rows[row].size && rule.position < next
        && rule.extent.length < 0.92 * whole
        && rule.extent.overlap(chunk.box.xInterval) > 0.6 * chunk.box.width
    }
  }

  /// Takes in neighbouring columns that have no head in this row, if the head then stands in the
  /// middle of them better than before.
  private func widened(_ span: Range<Int>, chunk: TextRow.Chunk, row: Int) -> Range<Int> {
    guard row + 1 < rows.count else { return span }
    let others = chunks(of: rows[row]).filter { $0.box.minX != chunk.box.minX }
    let isFree = { (column: Int) in
      !others.contains { $0.box.xInterval.overlap(columns.contents[column]) > 0 }
    }
    // Heads below must be there to be spanned.
    let hasHeadBelow = { (column: Int) in
      rows[(row + 1)...].contains { lower in
        chunks(of: lower).contains {
          $0.box.xInterval.overlap(columns.contents[column]) > 0
            || columns.index(at: $0.box.midX) == column
        }
      }
    }
    var best = span
    var bestError = offCentre(chunk, over: span)
    var lower = span.lowerBound
    while lower >= 0 {
      if lower < span.lowerBound, !isFree(lower) || !hasHeadBelow(lower) { break }
      var upper = span.upperBound
      while upper <= columns.count {
        if upper > span.upperBound, !isFree(upper - 1) || !hasHeadBelow(upper - 1) { break }
        let error = offCentre(chunk, over: lower..<upper)
        let grows = upper - lower > best.count
        if error < bestError - 0.4 * rows[row].size
          || grows && error <= 0.35 * rows[row].size && bestError > 0.35 * rows[row].size
        {
          best = lower..<upper
          bestError = error
        }
        upper += 1
      }
      lower -= 1
    }
    return best
  }

  private func offCentre(_ chunk: TextRow.Chunk, over span: Range<Int>) -> Double {
    let x = columns.contents[span.lowerBound].union(columns.contents[span.upperBound - 1])
    return abs(chunk.box.midX - x.middle)
  }

  /// Whether a head goes on with the next text line below it.
  private func continues(_ upper: Head, _ lower: Head) -> Bool {
    guard upper.columns == lower.columns, lower.firstRow > upper.lastRow else { return false }
    let size = lower.words[0].size
    guard lower.box.minY - upper.box.maxY <= 0.75 * size else { return false }
    let isSeparated = rules.contains { rule in
      rule.position > upper.box.midY && rule.position < lower.box.midY
        && rule.extent.overlap(lower.box.xInterval) > 0.5 * lower.box.width
    }
    return !isSeparated
  }

  // MARK: - Rows of the grid

  private func place(_ heads: [Head]) -> (heads: [Placed], rowCount: Int) {
    var next = [Int](repeating: 0, count: columns.count)
    var starts: [Int] = []
    let order = heads.indices.sorted {
      (heads[$0].firstRow, heads[$0].columns.lowerBound)
        < (heads[$1].firstRow, heads[$1].columns.lowerBound)
    }
    for index in order {
      let start = heads[index].columns.map { next[$0] }.max() ?? 0
      starts.append(start)
      for column in heads[index].columns { next[column] = start + 1 }
    }
    let rowCount = next.max() ?? 0
    var placed: [Placed] = []
    for (position, index) in order.enumerated() {
      let head = heads[index]
      let isLeaf = head.columns.allSatisfy { next[$0] == starts[position] + 1 }
      let end = isLeaf ? rowCount : starts[position] + 1
      placed.append(
        Placed(rows: starts[position]..<end, columns: head.columns, words: head.words))
    }
    return (placed, rowCount)
  }
}
