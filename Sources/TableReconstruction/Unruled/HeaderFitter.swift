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
  /// For each head row its pieces.
  private let pieces: [[TextRow.Chunk]]

  init(columns: LeafColumns, rows: [TextRow], rules: [Ruling]) {
    self.columns = columns
    self.rows = rows
    self.rules = rules
    pieces = rows.map { Self.chunks(of: $0, columns: columns) }
  }

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
    for index in rows.indices {
      let chunks = pieces[index]
      let above = chunks.map { chunk in heads.last { stands(chunk, under: $0) }?.columns }
      let covered = heads.filter { $0.columns.count > 1 }.map(\.columns)
      let spans = spans(of: chunks, under: above, covered: covered, row: index)
      for (chunk, span) in zip(chunks, spans) {
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
  private static func chunks(of row: TextRow, columns: LeafColumns) -> [TextRow.Chunk] {
    var chunks: [TextRow.Chunk] = []
    for word in row.words {
      guard let last = chunks.last else {
        chunks.append(.init(words: [word], box: word.box))
        continue
      }
      let gap = Interval(last.box.maxX, max(last.box.maxX, word.box.minX))
      let isWide = gap.length >= TableThresholds.chunkGap * word.size
      let meetsGutter = zip(columns.contents, columns.contents.dropFirst()).contains {
        gap.overlap(Interval($0.upper, max($0.upper, $1.lower))) > 0
      }
      if isWide || meetsGutter && gap.length >= TableThresholds.headGap * word.size {
        chunks.append(.init(words: [word], box: word.box))
      } else {
        chunks[chunks.count - 1].words.append(word)
        chunks[chunks.count - 1].box = last.box.union(word.box)
      }
    }
    return chunks
  }

  // MARK: - What a head spans

  /// The columns that each piece of a head row spans: the cheapest assignment from left to right.
  private func spans(
    of chunks: [TextRow.Chunk], under above: [Range<Int>?], covered: [Range<Int>], row: Int
  ) -> [Range<Int>] {
    let lines = chunks.map { chunk in
      rule(under: chunk, row: row).map { rule in
        let above = chunks.count { rule.extent.overlap($0.box.xInterval) > 0 }
        return HeadLine(extent: rule.extent, isOwn: above == 1)
      }
    }
    let hasHeadBelow = (0..<columns.count).map { self.hasHeadBelow($0, row: row) }
    let hasHead = (0..<columns.count).map { self.hasHeadBelow($0, row: -1) }
    /// Columns that have no head over them yet but will have one.
    let isOpen = (0..<columns.count).map { column in
      hasHeadBelow[column] && !covered.contains { $0.contains(column) }
    }
    let goesOnBelow = chunks.map { self.goesOnBelow($0, row: row) }
    /// best[c]: the cheapest way to place the pieces so far in columns before c.
    var best: [Assignment?] = [Assignment()]
    for column in 0..<columns.count {
      best.append(best[column]?.skipping(isOpen[column]))
    }
    for (position, (chunk, line)) in zip(chunks, lines).enumerated() {
      var next = [Assignment?](repeating: nil, count: columns.count + 1)
      for end in 1...columns.count {
        for start in 0..<end {
          guard let before = best[start] else { continue }
          let span = start..<end
          var cost = cost(
            of: chunk, over: span, row: row, line: line,
            canSpan: { hasHeadBelow[$0] || !hasHead[$0] })
          if above[position] == span { cost += HeadCost.goesOn }
          if span.count > 1, line == nil, goesOnBelow[position] { cost += HeadCost.interrupted }
          next[end] = Assignment.cheaper(next[end], before.adding(span, cost: cost))
        }
        // The column may stay without a head.
        next[end] = Assignment.cheaper(
          next[end], next[end - 1]?.skipping(isOpen[end - 1]))
      }
      best = next
    }
    if let spans = best[columns.count]?.spans, spans.count == chunks.count { return spans }
    return chunks.map { columns.range(covering: $0.box.xInterval, size: rows[row].size) }
  }

  /// A line under heads.
  private struct HeadLine {
    var extent: Interval
    /// Whether it lies under one head only.
    var isOwn: Bool
  }

  /// Pieces of a row of heads placed so far, with what that costs.
  private struct Assignment {
    var spans: [Range<Int>] = []
    var fit = 0.0
    var skipped = 0

    var cost: Double {
      fit + min(HeadCost.skippedLimit, HeadCost.skipped * Double(skipped))
    }

    func adding(_ span: Range<Int>, cost: Double) -> Assignment {
      Assignment(spans: spans + [span], fit: fit + cost, skipped: skipped)
    }

    func skipping(_ hasHeadBelow: Bool) -> Assignment {
      Assignment(spans: spans, fit: fit, skipped: skipped + (hasHeadBelow ? 1 : 0))
    }

    static func cheaper(_ a: Assignment?, _ b: Assignment?) -> Assignment? {
      guard let a, let b else { return a ?? b }
      return b.cost < a.cost ? b : a
    }
  }

  /// Whether the text right below a piece reads on from it.
  private func goesOnBelow(_ chunk: TextRow.Chunk, row: Int) -> Bool {
    return pieces.dropFirst(row + 1).joined().contains { lower in
      guard lower.box.xInterval.overlap(chunk.box.xInterval) > 0,
        lower.box.minY - chunk.box.maxY <= 0.75 * rows[row].size,
        let first = lower.words[0].text.unicodeScalars.first
      else { return false }
      return first.properties.isLowercase || "(（)）%/-".unicodeScalars.contains(first)
    }
  }

  /// Costs of fitting heads, in ems that a head stands off its place.
  private enum HeadCost {
    /// A column with a head further down that this row of heads leaves out.
    static let skipped = 0.15
    /// All columns that a row of heads leaves out together.
    static let skippedLimit = 0.45
    /// A head over several columns instead of one.
    static let spanner = 0.1
    /// A head over several columns whose text seems to go on in the line below.
    static let interrupted = 1.5
    /// A column touched but not spanned, or spanned with nothing below to span.
    static let contradiction = 6.0
    /// A line under the head says otherwise.
    static let againstLine = 12.0
    /// Taking the columns of the head that it stands right under, at the same side or middle.
    static let goesOn = -1.5
    /// Beyond this distance one misfit is as good as another.
    static let limit = 5.0
  }

  private func cost(
    of chunk: TextRow.Chunk, over span: Range<Int>, row: Int, line: HeadLine?,
    canSpan: (Int) -> Bool
  ) -> Double {
    let size = chunk.words[0].size
    let x = columns.contents[span.lowerBound].union(columns.contents[span.upperBound - 1])
    var cost = min(HeadCost.limit, offCentre(chunk, over: span, row: row) / size)
    if span.count == 1 {
      // A head of one column may stand at either side of it.
      let sides = min(abs(chunk.box.minX - x.lower), abs(chunk.box.maxX - x.upper)) / size
      let edges = Interval(
        columns.edges[span.lowerBound], columns.edges[span.upperBound])
      if edges.contains(chunk.box.xInterval, tolerance: 0.3 * size) { cost = min(cost, sides) }
    } else {
      cost += HeadCost.spanner
      if line == nil {
        cost += HeadCost.contradiction * Double(span.count { !canSpan($0) })
      }
    }
    let touched = columns.range(covering: chunk.box.xInterval, size: size)
    cost += HeadCost.contradiction * Double(touched.count { !span.contains($0) })
    if let line {
      let outside = span.count { !line.extent.contains(columns.contents[$0].middle) }
      cost += HeadCost.againstLine * Double(outside)
      // A line of its own says what a head spans; one that neighbours share only bounds it.
      let under = (0..<columns.count).filter { line.extent.contains(columns.contents[$0].middle) }
      let missing = line.isOwn ? HeadCost.againstLine : HeadCost.skipped
      cost += missing * Double(under.count { !span.contains($0) })
    }
    return cost
  }

  /// How far a piece stands off the middle of some columns.
  ///
  /// A head is centred in the cells below it, of which only texts show: those of the body, those
  /// of the heads further down, and the gutters around. The best of the three counts.
  private func offCentre(_ chunk: TextRow.Chunk, over span: Range<Int>, row: Int) -> Double {
    let first = span.lowerBound
    let last = span.upperBound - 1
    var middles = [columns.contents[first].union(columns.contents[last]).middle]
    if span.count > 1 {
      if let left = headBelow(first, row: row), let right = headBelow(last, row: row) {
        let body = columns.contents[first].union(columns.contents[last])
        middles.append(left.union(right).middle)
        middles.append(body.union(left).union(right).middle)
      }
      if first > 0, span.upperBound < columns.count {
        middles.append((columns.edges[first] + columns.edges[span.upperBound]) / 2)
      }
    }
    return middles.map { abs(chunk.box.midX - $0) }.min() ?? 0
  }

  /// The stretch of the heads further down that stand over one column.
  private func headBelow(_ column: Int, row: Int) -> Interval? {
    var stretch: Interval?
    for lower in pieces.dropFirst(row + 1) {
      for chunk in lower where columns.index(at: chunk.box.midX) == column {
        let width = columns.edges[column + 1] - columns.edges[column]
        guard chunk.box.width <= 1.3 * width else { continue }
        stretch = stretch.map { $0.union(chunk.box.xInterval) } ?? chunk.box.xInterval
      }
    }
    return stretch
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

  /// Whether a column has a head further down; lines of cells of several lines that stand between
  /// the lines of their neighbours are not further down.
  private func hasHeadBelow(_ column: Int, row: Int) -> Bool {
    rows.indices.dropFirst(row + 1).contains { lower in
      let step = row >= 0 ? rows[lower].baseline - rows[row].baseline : .infinity
      if step < 0.95 * rows[lower].size { return false }
      return pieces[lower].contains {
        $0.box.xInterval.overlap(columns.contents[column]) > 0
          || columns.index(at: $0.box.midX) == column
      }
    }
  }

  /// Whether a head goes on with the next text line below it.
  private func continues(_ upper: Head, _ lower: Head) -> Bool {
    guard upper.columns == lower.columns, lower.firstRow > upper.lastRow else { return false }
    let size = lower.words[0].size
    let startsLower = lower.words[0].text.unicodeScalars.first?.properties.isLowercase == true
    let gap = lower.box.minY - upper.box.maxY
    guard gap <= (startsLower ? 1.6 : 0.75) * size else { return false }
    let isSeparated = rules.contains { rule in
      rule.position > upper.box.midY && rule.position < lower.box.midY
        && rule.extent.overlap(lower.box.xInterval) > 0.5 * lower.box.width
    }
    return !isSeparated
  }

  /// Whether a piece of text stands right under a head, at its left side, right side or middle.
  private func stands(_ chunk: TextRow.Chunk, under head: Head) -> Bool {
    let size = chunk.words[0].size
    guard chunk.box.minY - head.box.maxY <= 0.75 * size,
      chunk.box.xInterval.overlap(head.box.xInterval) > 0
    else { return false }
    let offsets = [
      chunk.box.minX - head.box.minX, chunk.box.maxX - head.box.maxX,
      chunk.box.midX - head.box.midX,
    ]
    return offsets.contains { abs($0) <= 0.4 * size }
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
