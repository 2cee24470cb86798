import LayoutAnalysis
import LayoutModel
import PageGeometry

/// Decides which text rows of an unruled table are its heads, and reads them.
///
/// Where the heads end shows in lines and in the first values. Where they start is a question of
/// what fits: rows above the table are heads as long as they make a better reading of the columns
/// than without them; a caption or a unit line makes it worse.
struct HeadReader {
  let rows: [TextRow]
  let region: TableRegionFinder.Region
  /// The first row that belongs to no table above.
  let limit: Int
  let rules: [Ruling]
  let shadings: [Shading]

  /// The heads of a table, its columns, and the lines on it.
  struct Reading {
    /// The first head row and the first body row.
    var start: Int
    var end: Int
    var columns: LeafColumns
    var heads: HeaderFitter.Fit
    var rules: [Ruling]
  }

  /// What leaving rows out costs, in the currency of `HeaderFitter.Fit.cost`.
  private enum RowCost {
    /// A line of one piece right above the heads.
    static let single = 1.5
    /// A line with pieces over several columns: at least, and for each piece.
    static let several = 2.5
    static let each = 1.2
    /// A column that has a head and no values.
    static let addedColumn = 1.0
    /// A line right above the first values that is read as a row of the body.
    static let movedDown = 0.3
  }

  private static let maximumColumns = 40
  /// More lines of text than this are no heads.
  private static let maximumRows = 12
  /// Heads are set in one size of type; captions differ by half a point or more.
  private static let sameSize = 0.06

  /// - Parameters:
  ///   - edges: The column edges, where another page or drawn things show them.
  ///   - areDrawn: Whether drawn things do.
  /// - Returns: Nil if the rows make no columns.
  func read(edges: [Double]? = nil, areDrawn: Bool = false) -> Reading? {
    let inside = Array(rows[region.rows])
    guard let first = inside.first else { return nil }
    let box = inside.dropFirst().reduce(first.box) { $0.union($1.box) }
    let near = rules.filter { $0.extent.overlap(box.xInterval) > 0 }
    let inner = near.filter {
      $0.position > box.minY - first.size && $0.position < box.maxY + first.size
    }
    let isHeadOnly =
      edges != nil && !areDrawn && !inside.contains { $0.isValueRow && !$0.numbersColumns }
    var end =
      isHeadOnly
      ? region.rows.upperBound
      : region.rows.lowerBound
        + HeadEnd(rows: inside, rules: inner, shadings: shadings, x: box.xInterval).count()
    if end < region.rows.upperBound, rows[end].numbersColumns { end += 1 }
    let evidence = Array(rows[end..<region.rows.upperBound])
    guard !evidence.isEmpty || edges != nil && !areDrawn else { return nil }
    let found: LeafColumns? =
      if let edges {
        LeafColumns(edges: edges, rows: evidence)
      } else {
        LeafColumns(rows: columnEvidence(evidence, all: inside), extent: extent(box, inner)).map {
          StubColumns.split($0, rows: evidence)
        }
      }
    guard let columns = found else { return nil }
    if edges != nil, !areDrawn, let reading = heads(until: end, columns: columns, rules: near) {
      return Reading(
        start: reading.start, end: end, columns: columns, heads: reading.heads, rules: inner)
    }
    // A line right above the first values may be a head or name the rows below it.
    var best: Reading?
    var cost = 0.0
    while true {
      let read = areDrawn ? heads : reading
      if var reading = read(end, columns, near) {
        reading.heads.cost += cost
        if reading.heads.cost < best?.heads.cost ?? .infinity { best = reading }
      }
      let first = region.top == nil ? max(limit, end - Self.maximumRows) : region.rows.lowerBound
      guard end - 1 > first, rows[end - 1].chunks.count == 1, end - 1 > best?.start ?? 0,
        !isBeside(end - 1)
      else { break }
      end -= 1
      cost += RowCost.movedDown
    }
    best?.rules = inner
    return best.map(withLastLine)
  }

  /// Takes a line over all values to the heads, such as that of their unit, where the head of the
  /// stub stands in the middle of a height that it belongs to.
  private func withLastLine(_ reading: Reading) -> Reading {
    let row = rows[reading.end]
    let count = reading.columns.count
    guard row.chunks.count == 1, !row.chunks[0].isValue, count > 2, reading.heads.rowCount > 0,
      reading.end + 1 < region.rows.upperBound, reading.start < reading.end
    else { return reading }
    let x = reading.columns.contents[1].union(reading.columns.contents[count - 1])
    guard row.box.minX > reading.columns.contents[0].upper,
      abs(row.box.midX - x.middle) < 1.5 * row.size,
      let stub = reading.heads.heads.firstIndex(where: {
        $0.columns == 0..<1 && $0.rows == 0..<reading.heads.rowCount
      })
    else { return reading }
    let words = reading.heads.heads[stub].words
    let middle = ((words.map(\.box.minY).min() ?? 0) + (words.map(\.box.maxY).max() ?? 0)) / 2
    let others = reading.heads.heads.indices.filter { $0 != stub }
    let top = rows[reading.start].box.midY
    let lowest = others.flatMap { reading.heads.heads[$0].words }.map(\.box.midY).max() ?? top
    let offset = abs(middle - (top + row.box.midY) / 2)
    guard offset < 0.3 * row.size, offset < abs(middle - (top + lowest) / 2) else { return reading }
    var reading = reading
    let last = reading.heads.rowCount
    reading.heads.heads[stub].rows = 0..<last + 1
    reading.heads.heads.append(
      .init(rows: last..<last + 1, columns: 1..<count, words: row.words))
    reading.heads.rowCount += 1
    reading.end += 1
    return reading
  }

  /// Whether a row stands beside the ones above it, half a line lower, and not below them.
  private func isBeside(_ row: Int) -> Bool {
    let x = rows[row].box.xInterval
    let above = rows[max(limit, row - Self.maximumRows)..<row].last { upper in
      rows[row].baseline - upper.baseline <= 2.2 * rows[row].size
        && upper.chunks.contains { $0.box.xInterval.overlap(x) > 0 }
    }
    let step = rows[row].baseline - (above ?? rows[row - 1]).baseline
    return step < 0.95 * rows[row].size
  }

  /// The best reading of heads that end before a row.
  ///
  /// The columns that the body shows are the first guess. Columns whose cells exclude each other,
  /// as where numbers stand at the right and dots at the left, may be one; a column without values
  /// shows in its head only. Both are taken where the heads fit better for it.
  private func reading(until end: Int, columns: LeafColumns, rules: [Ruling]) -> Reading? {
    guard var best = heads(until: end, columns: columns, rules: rules) else { return nil }
    guard best.heads.cost > 1 else { return best }
    var index = 0
    while index + 1 < best.columns.count {
      defer { index += 1 }
      guard best.columns.count > 2, excludeEachOther(index, columns: best.columns, from: end),
        let other = heads(until: end, columns: best.columns.joined(at: index), rules: rules),
        other.heads.cost < best.heads.cost - 0.5
      else { continue }
      best = other
      index -= 1
    }
    for index in best.columns.contents.indices.reversed() {
      let alone = headsInGutter(behind: index, columns: best.columns, until: end)
      guard !alone.isEmpty, best.columns.count + alone.count <= Self.maximumColumns else {
        continue
      }
      for added in alone.count > 1 ? [alone] + alone.map({ [$0] }) : [alone] {
        let columns = added.reversed().reduce(best.columns) { $0.adding($1, behind: index) }
        guard var other = heads(until: end, columns: columns, rules: rules) else { continue }
        other.heads.cost += RowCost.addedColumn * Double(added.count)
        if other.heads.cost < best.heads.cost {
          best = other
          break
        }
      }
    }
    return best
  }

  /// Whether no body row has text in both of two neighbouring columns of values.
  private func excludeEachOther(_ index: Int, columns: LeafColumns, from end: Int) -> Bool {
    var values = 0
    var texts = 0
    for row in rows[end..<region.rows.upperBound] {
      let used = row.words.map { columns.index(at: $0.box.midX) }
      if used.contains(index), used.contains(index + 1) { return false }
      for chunk in row.chunks {
        let column = columns.index(at: chunk.box.midX)
        guard column == index || column == index + 1 else { continue }
        if chunk.isValue { values += 1 } else { texts += 1 }
      }
    }
    return values > texts
  }

  /// The stretches of heads that stand alone in the gutter behind a column, or behind the last one:
  /// lines over each other, the lowest ones first.
  private func headsInGutter(
    behind index: Int, columns: LeafColumns, until end: Int
  ) -> [Interval] {
    let next = index + 1 < columns.count ? columns.contents[index + 1].lower : .infinity
    let gutter = Interval(columns.contents[index].upper, next)
    var stacks: [(x: Interval, top: Double)] = []
    for row in rows[max(limit, end - Self.maximumRows)..<end].reversed() {
      for chunk in row.chunks where gutter.contains(chunk.box.xInterval, tolerance: 1) {
        let x = chunk.box.xInterval
        let below = stacks.indices.filter { stacks[$0].x.overlap(x) > 0 }
        if below.isEmpty {
          stacks.append((x, row.baseline))
        } else if below.count == 1, stacks[below[0]].top - row.baseline <= 1.4 * row.size {
          stacks[below[0]] = (stacks[below[0]].x.union(x), row.baseline)
        }
      }
    }
    return stacks.map(\.x).sorted { $0.lower < $1.lower }
  }

  /// The best reading of heads with these columns.
  private func heads(until end: Int, columns: LeafColumns, rules: [Ruling]) -> Reading? {
    let top = firstCandidate(above: end, columns: columns)
    var candidates = Array(rows[top..<end])
    let numbers = candidates.last.flatMap { $0.numbersColumns ? $0 : nil }
    if numbers != nil { candidates.removeLast() }
    let size = rows[region.rows.lowerBound].size
    let highest = candidates.first?.box.minY ?? rows[region.rows.lowerBound].box.minY
    let lowest = end < rows.count ? rows[end].box.maxY : .infinity
    let body = Array(rows[end..<region.rows.upperBound])
    let fitter = HeaderFitter(
      columns: columns, rows: candidates,
      rules: rules.filter {
        $0.position > highest - size && $0.position < lowest
      }, leading: leading(candidates + rows[end..<region.rows.upperBound]),
      stub: end == region.rows.upperBound
        ? .unknown : StubColumns.haveNames(columns, rows: body) ? .some : .none,
      stubDepth: StubColumns.depthWithNumbers(of: columns, rows: body), body: body)
    let starts = Array(0...candidates.count).filter {
      region.top == nil || top + $0 <= region.rows.lowerBound
    }
    var fits = fitter.fits(from: starts)
    for index in fits.indices {
      fits[index].cost += candidates[..<starts[index]].reduce(0) { $0 + leavingOut($1) }
    }
    guard let best = fits.indices.min(by: { fits[$0].cost < fits[$1].cost }) else { return nil }
    if let numbers { fits[best].append(numbers, columns: columns) }
    return Reading(
      start: top + starts[best], end: end, columns: columns, heads: fits[best], rules: [])
  }

  /// Rows that go on with a table of known columns, below the heads that they repeat if any.
  func reading(goingOnWith edges: [Double], below repeated: RepeatedHeads.Found? = nil) -> Reading?
  {
    let start = repeated?.rows.upperBound ?? region.rows.lowerBound
    let inside = Array(rows[start..<region.rows.upperBound])
    guard let first = inside.first, let last = inside.last,
      let columns = LeafColumns(edges: edges, rows: inside)
    else { return nil }
    return Reading(
      start: region.rows.lowerBound, end: start,
      columns: repeated == nil ? StubColumns.split(columns, rows: inside) : columns,
      heads: .init(heads: repeated?.heads ?? [], rowCount: repeated?.rowCount ?? 0, cost: 0),
      rules: rules.filter {
        $0.position > first.box.minY - first.size && $0.position < last.box.maxY + last.size
      })
  }

  private func extent(_ box: Rect, _ rules: [Ruling]) -> Interval {
    rules.reduce(box.xInterval) { $1.extent.length <= 1.6 * box.width ? $0.union($1.extent) : $0 }
  }

  /// Rows of several pieces, and what stands alone at their left; all rows if the body has few of
  /// them.
  private func columnEvidence(_ body: [TextRow], all: [TextRow]) -> [TextRow] {
    let tabular = body.filter { $0.chunks.count > 1 }
    if tabular.count == 1, tabular[0].chunks.count > 2, tabular[0].isValueRow { return tabular }
    guard tabular.count >= 2, let left = tabular.map(\.box.minX).min() else {
      return all.filter { $0.chunks.count > 1 }
    }
    return body.filter { $0.chunks.count > 1 || $0.box.maxX < left - 0.5 * $0.size }
  }

  // MARK: - Start of the heads

  private func leavingOut(_ row: TextRow) -> Double {
    let count = Double(row.chunks.count)
    return count > 1 ? max(RowCost.several, RowCost.each * count) : RowCost.single
  }

  /// The highest row that may be a head: rows of the same type that follow each other closely and
  /// stand over the columns.
  private func firstCandidate(above end: Int, columns: LeafColumns) -> Int {
    let x = Interval(columns.edges[0], columns.edges[columns.count])
    let pitch = pitch
    var start = end
    while start > limit, end - start < Self.maximumRows {
      let row = rows[start - 1]
      if start <= region.rows.lowerBound {
        if region.top != nil { break }
        if start < rows.count {
          let next = rows[start]
          let step = next.baseline - row.baseline
          guard step <= max(2.2 * max(row.size, next.size), 1.05 * pitch),
            abs(row.size - next.size) <= Self.sameSize * next.size
          else { break }
        }
        guard x.contains(row.box.xInterval, tolerance: 1.5 * row.size),
          !isOutside(row, of: x) || isLastLine(start - 1),
          !leavesGround(row, above: start, body: end)
        else { break }
      }
      start -= 1
    }
    return start
  }

  /// The distance of rows of values that follow each other: in tables set loosely, heads stand as far
  /// apart.
  private var pitch: Double {
    let body = rows[region.rows]
    let steps = zip(body, body.dropFirst()).filter { $0.isValueRow && $1.isValueRow }.map {
      min($1.baseline - $0.baseline, TableThresholds.rowDistance * $0.size)
    }
    return steps.min() ?? 0
  }

  /// Whether a row stands off the shading that the head below it has and the first row of the body has
  /// not.
  private func leavesGround(_ row: TextRow, above next: Int, body: Int) -> Bool {
    guard next < body, let color = ground(of: rows[next]), ground(of: row) != color else {
      return false
    }
    return !rows.indices.contains(body) || ground(of: rows[body]) != color
  }

  /// The colour that the first piece of a row stands on.
  private func ground(of row: TextRow) -> UInt32? {
    let middle = Point(x: row.chunks[0].box.midX, y: row.baseline - 0.35 * row.size)
    return shadings.last { $0.box.contains(middle) }?.color
  }

  /// Whether a row is no more than the last line of a head, such as its unit in brackets: right below
  /// a text and in the middle of it.
  private func isLastLine(_ index: Int) -> Bool {
    let row = rows[index]
    guard row.chunks.count == 1, let first = row.words[0].text.unicodeScalars.first,
      "(（[［".unicodeScalars.contains(first)
    else { return false }
    return rows[max(limit, index - Self.linesBeside)..<index].contains { upper in
      row.baseline - upper.baseline <= Self.nextLine * row.size
        && upper.chunks.contains {
          abs($0.box.midX - row.box.midX) < 0.5 * row.size && $0.box.width > row.box.width
            && $0.box.width < 12 * row.size
        }
    }
  }

  /// So many rows may stand beside two lines of one head.
  private static let linesBeside = 4
  /// The lines of a head stand at most so far from each other, in ems.
  private static let nextLine = 1.6

  /// Whether the form of a line says that it stands above a table.
  private func isOutside(_ row: TextRow, of x: Interval) -> Bool {
    guard row.chunks.count == 1 else { return false }
    let text = LineBuilder.line(of: row.words).text
    if TableSurroundings.isNumberedCaption(text) || TableSurroundings.isContinuation(text) {
      return true
    }
    if row.box.width < 0.5 * x.length, UnitText.unit(ofLine: text) != nil { return true }
    let endsSentence =
      text.unicodeScalars.last.map { "。.：:；;".unicodeScalars.contains($0) } ?? false
    return endsSentence && row.box.width > 0.4 * x.length
  }

  /// The distance of the lines of one text: the smallest between texts over each other.
  private func leading(_ rows: [TextRow]) -> HeaderFitter.Leading {
    var distances: [Double] = []
    for (index, upper) in rows.enumerated() {
      for chunk in upper.chunks {
        var below: TextRow.Chunk?
        for row in rows[(index + 1)...].prefix(3) where below == nil {
          below = row.chunks.first { $0.box.xInterval.overlap(chunk.box.xInterval) > 0 }
        }
        guard let first = chunk.words.first, let next = below?.words.first else { continue }
        let distance = (next.baseline - first.baseline) / max(first.size, next.size)
        if distance > 0.9 { distances.append(distance) }
      }
    }
    guard let smallest = distances.min() else {
      return .init(ems: 1.3, limit: 1.45, isTelling: false)
    }
    // Rows of values that follow each other are rows of the table, not lines of a cell.
    let steps = zip(rows, rows.dropFirst()).filter { $0.isValueRow && $1.isValueRow }.map {
      ($1.baseline - $0.baseline) / max($0.size, $1.size)
    }
    let step = steps.min() ?? distances.sorted()[distances.count / 2]
    let isTelling = smallest <= 1.75 && smallest < 0.95 * step
    let limit =
      isTelling ? min(1.12 * smallest, smallest + 0.4 * (step - smallest)) : 1.12 * smallest
    return .init(ems: min(smallest, 1.75), limit: limit, isTelling: isTelling)
  }
}
