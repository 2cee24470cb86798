import LayoutAnalysis
import LayoutModel
import PageGeometry

/// Builds the tables whose columns show in the seams of their horizontal lines.
///
/// The rows are those between the lines, and those right above or below where a page has cut the
/// table: their texts keep to its columns.
struct SeamedTables {
  let page: PageLayout
  /// Horizontal lines that are not part of a lattice, top to bottom.
  let rules: [Ruling]
  let seams: [SeamFinder.Table]
  /// The table without full rulings at the end of the page before.
  var previous: PageGrid?

  /// - Parameter lines: Lines outside of ruled tables, whole baselines.
  /// - Returns: Tables from top to bottom, and the lines that are not in any of them.
  func tables(in lines: [Line]) -> (tables: [PageGrid], lines: [Line]) {
    var tables: [PageGrid] = []
    var lines = lines
    for seam in seams.flatMap({ divided($0, by: lines) }) {
      guard let found = tableGoingOn(of: seam, in: lines) ?? table(of: seam, in: lines) else {
        continue
      }
      tables.append(found.table)
      lines = found.lines
    }
    return (tables, lines)
  }

  /// The tables that lines with common seams are of: texts that fill the width between two lines stand
  /// between two tables.
  private func divided(_ seam: SeamFinder.Table, by lines: [Line]) -> [SeamFinder.Table] {
    let edges = seam.edges
    let x = Interval(edges[0], edges[edges.count - 1])
    let inside = lines.filter { $0.box.xInterval.overlap(x) > 0 }
    var parts: [SeamFinder.Table] = []
    var start = 0
    for index in seam.lines.indices {
      let isLast = index + 1 == seam.lines.count
      guard isLast || divides(from: seam.lines[index], to: seam.lines[index + 1], inside, edges)
      else { continue }
      let first = max(seam.seamed.lowerBound, start)
      let last = min(seam.seamed.upperBound, index)
      if first <= last {
        parts.append(
          .init(
            edges: edges, lines: Array(seam.lines[start...index]),
            seamed: first - start...last - start))
      }
      start = index + 1
    }
    return parts
  }

  /// Whether text of its own stands between two lines: several rows with room around them, many of
  /// which are single texts across the columns.
  private func divides(
    from upper: Double, to lower: Double, _ lines: [Line], _ edges: [Double]
  ) -> Bool {
    let between = lines.filter { $0.baseline > upper && $0.baseline < lower }
    guard between.count > 1, let size = between.map(\.size).max(),
      lower - upper > (Double(between.count) * 1.5 + 1.5) * size
    else { return false }
    let across = between.lazy.map(TextRow.init).count {
      $0.chunks.count == 1 && !keepsToColumns($0, edges: edges)
    }
    return across * 3 > between.count
  }

  private func table(
    of seam: SeamFinder.Table, in lines: [Line]
  ) -> (table: PageGrid, lines: [Line])? {
    let edges = seam.edges
    let x = Interval(edges[0], edges[edges.count - 1])
    let (inside, places) = Self.rows(of: lines, inside: x)
    let fits = inside.map { keepsToColumns($0, edges: edges) }
    let seam = trimmed(seam, rows: inside, fits: fits)
    guard let rows = rows(of: seam, among: inside, fits: fits) else { return nil }
    var region = region(rows, of: seam, among: inside)
    let isBounded = region.top != nil
    let columns = withoutSpacers(edges, rows: inside[rows])
    let continued = rowsGoingOn(inside, columns: columns, at: rows.lowerBound)
    let first = isBounded ? rows.lowerBound : continued?.lowerBound ?? rows.lowerBound
    region.rows = first..<rows.upperBound
    let builder = UnruledTableBuilder(
      page: page, rows: inside, region: region,
      limit: isBounded ? rows.lowerBound : firstFree(above: rows.lowerBound, among: inside),
      rules: rules.filter { x.contains($0.extent, tolerance: TableThresholds.sameEnd) },
      shadings: page.shadings)
    var found = tiledTable(of: seam, edges: columns, rows: inside, range: rows)
    // Bands of rows do not show how far the names of a nested stub reach; their places do.
    if !isFilled(found?.grid.box) {
      let drawn = builder.table(
        continued == nil ? .drawn(columns) : .before(columns, repeatingHeads: false))
      if found == nil || drawn.map({ hasNestedStub($0.grid) }) == true { found = drawn }
    }
    return found.map {
      (Self.confident($0.grid), Self.rest(of: lines, without: places[$0.rows], x))
    }
  }

  /// The rows of lines that share a seam below the heads that the table on the page before repeats.
  ///
  /// Not all columns of that table need to show in the seams of the few rows that are left of it.
  private func tableGoingOn(
    of seam: SeamFinder.Table, in lines: [Line]
  ) -> (table: PageGrid, lines: [Line])? {
    guard let previous, let first = previous.columnEdges.first,
      let last = previous.columnEdges.last,
      seam.edges.allSatisfy({ edge in
        previous.columnEdges.contains { abs($0 - edge) <= TableStitcher.sameEdge }
      })
    else { return nil }
    let x = Interval(first, last)
    let (inside, places) = Self.rows(of: lines, inside: x)
    let whole = SeamFinder.Table(
      edges: previous.columnEdges, lines: seam.lines, seamed: seam.seamed)
    let fits = inside.map { keepsToColumns($0, edges: whole.edges) }
    let seam = trimmed(whole, rows: inside, fits: fits)
    guard let heads = RepeatedHeads(rows: inside, table: previous).found(),
      let rows = rows(of: seam, among: inside, fits: fits),
      rows.lowerBound <= heads.rows.upperBound, rows.upperBound > heads.rows.upperBound
    else { return nil }
    let range = heads.rows.lowerBound..<rows.upperBound
    let builder = UnruledTableBuilder(
      page: page, rows: inside, region: region(range, of: seam, among: inside),
      limit: range.lowerBound,
      rules: rules.filter { x.contains($0.extent, tolerance: TableThresholds.sameEnd) },
      shadings: page.shadings)
    return builder.table(.repeating(whole.edges, heads)).map {
      (Self.confident($0.grid), Self.rest(of: lines, without: places[$0.rows], x))
    }
  }

  /// Rows with the drawn lines above and below them.
  private func region(
    _ range: Range<Int>, of seam: SeamFinder.Table, among rows: [TextRow]
  ) -> TableRegionFinder.Region {
    let x = Interval(seam.edges[0], seam.edges[seam.edges.count - 1])
    let top = seam.lines[0]
    let bottom = seam.lines[seam.lines.count - 1]
    let isBounded = isDrawn(top, over: x) && top < rows[range.lowerBound].baseline
    let isClosed = isDrawn(bottom, over: x) && bottom > rows[range.upperBound - 1].baseline
    return .init(rows: range, top: isBounded ? top : nil, bottom: isClosed ? bottom : nil)
  }

  private static func confident(_ table: PageGrid) -> PageGrid {
    var table = table
    for index in table.grid.cells.indices {
      table.grid.cells[index].confidence = TableThresholds.seamedConfidence
    }
    return table
  }

  /// What stands in a stretch of each line, and the positions of those lines.
  private static func rows(
    of lines: [Line], inside x: Interval
  ) -> (rows: [TextRow], places: [Int]) {
    var rows: [TextRow] = []
    var places: [Int] = []
    for (index, line) in lines.enumerated() {
      let words = line.words.filter { x.contains($0.box.midX) }
      guard !words.isEmpty else { continue }
      let isWhole = words.count == line.words.count
      rows.append(TextRow(line: isWhole ? line : LineBuilder.line(of: words)))
      places.append(index)
    }
    return (rows, places)
  }

  /// The lines without what stands in a stretch of some of them.
  private static func rest(
    of lines: [Line], without places: ArraySlice<Int>, _ x: Interval
  ) -> [Line] {
    let taken = Set(places)
    return lines.enumerated().compactMap { index, line in
      guard taken.contains(index) else { return line }
      let outside = line.words.filter { !x.contains($0.box.midX) }
      return outside.isEmpty ? nil : LineBuilder.line(of: outside)
    }
  }

  /// The rows that go on with a table of these columns from the page before; nil if those at a place do not.
  private func rowsGoingOn(_ rows: [TextRow], columns: [Double], at place: Int) -> Range<Int>? {
    guard let previous, previous.columnEdges.count == columns.count,
      zip(previous.columnEdges, columns).allSatisfy({ abs($0 - $1) <= TableStitcher.sameEdge }),
      let range = ContinuedRows(rows: rows, table: previous, limit: .infinity).range(),
      range.contains(place)
    else { return nil }
    return range
  }

  /// Whether cells of the first two columns reach over several rows below the heads.
  private func hasNestedStub(_ table: PageGrid) -> Bool {
    let heads =
      table.grid.cells.filter { $0.rows.lowerBound == 0 }.map(\.rows.upperBound).max() ?? 0
    return table.grid.cells.contains {
      $0.columns.lowerBound < 2 && $0.rows.count > 1 && $0.rows.lowerBound >= heads
        && $0.columns.upperBound < table.grid.columnCount && !$0.text.isEmpty
    }
  }

  /// Whether shading covers nearly all of a box.
  private func isFilled(_ box: Rect?) -> Bool {
    guard let box, box.width * box.height > 0 else { return false }
    let area = page.shadings.filter { box.expanded(by: 2).contains($0.box) }.reduce(0) {
      $0 + $1.box.width * $1.box.height
    }
    return area >= 0.85 * box.width * box.height
  }

  /// The table whose cells are shaded one by one, so that their rows show as well.
  private func tiledTable(
    of seam: SeamFinder.Table, edges: [Double], rows: [TextRow], range: Range<Int>
  ) -> (grid: PageGrid, rows: Range<Int>)? {
    let box = Rect(
      minX: edges[0] - 1, minY: min(seam.lines[0], rows[range.lowerBound].box.minY) - 1,
      maxX: edges[edges.count - 1] + 1,
      maxY: max(seam.lines[seam.lines.count - 1], rows[range.upperBound - 1].box.maxY) + 1)
    let shadings = page.shadings.filter { box.contains($0.box) }
    // Heads without shading stand above the first shaded row.
    let first = rows[range.lowerBound]
    let hasRowAbove =
      range.lowerBound > 0
      && first.baseline - rows[range.lowerBound - 1].baseline
        <= TableThresholds.rowDistance * first.size
    guard !shadings.isEmpty,
      !first.isValueRow || !hasRowAbove || isDrawn(seam.lines[0], over: box.xInterval)
    else { return nil }
    let found = SeamLattice(
      edges: edges, lines: seam.lines,
      pieces: rules.filter { box.contains(Point(x: $0.extent.middle, y: $0.position)) },
      shadings: shadings, rows: Array(rows[range]))
    return found.flatMap {
      CellGridBuilder.grid(of: $0.lattice, words: $0.words, page: page)
    }.map { ($0, range) }
  }

  /// Whether a line is drawn at a height, not only the edge of a shaded area.
  private func isDrawn(_ position: Double, over x: Interval) -> Bool {
    rules.contains {
      abs($0.position - position) <= TableThresholds.sameLine
        && $0.extent.overlap(x) >= TableThresholds.drawnShare * x.length
    }
  }

  // MARK: - Columns

  /// The edges without columns that no row has a text in: white between groups of columns.
  private func withoutSpacers(_ edges: [Double], rows: ArraySlice<TextRow>) -> [Double] {
    var isUsed = [Bool](repeating: false, count: edges.count - 1)
    // White stands between columns; an outer column may go on from the page before.
    isUsed[0] = true
    isUsed[isUsed.count - 1] = true
    let chunks = rows.lazy.flatMap { row in
      TextRow.chunks(of: row.words) { $0 >= TableThresholds.columnGap * $1 }
    }
    for chunk in chunks {
      let place = edges.partitioningIndex { $0 > chunk.box.midX } - 1
      // A head that runs over several columns says nothing of those in its middle.
      guard isUsed.indices.contains(place), chunk.box.minX >= edges[place] - 1,
        chunk.box.maxX <= edges[place + 1] + 1
      else { continue }
      isUsed[place] = true
    }
    var result = [edges[0]]
    var index = 0
    while index < isUsed.count {
      let start = edges[index]
      while index < isUsed.count, !isUsed[index] { index += 1 }
      guard index < isUsed.count else { break }
      if edges[index] > start, result.count > 1 {
        result[result.count - 1] = (start + edges[index]) / 2
      }
      index += 1
      result.append(edges[index])
    }
    result[result.count - 1] = edges[edges.count - 1]
    return result
  }

  // MARK: - Rows

  /// Without lines above and below that have no seams, unless rows of the table fill the room up to
  /// them: the line under a running head is as wide as a table.
  private func trimmed(
    _ seam: SeamFinder.Table, rows: [TextRow], fits: [Bool]
  ) -> SeamFinder.Table {
    func isFilled(_ upper: Int, _ lower: Int, byValues: Bool) -> Bool {
      self.isFilled(
        from: seam.lines[upper], to: seam.lines[lower], rows: rows, fits: fits, byValues: byValues)
    }
    var first = seam.seamed.lowerBound
    while first > 0, isFilled(first - 1, first, byValues: true) { first -= 1 }
    var last = seam.seamed.upperBound
    while last + 1 < seam.lines.count {
      if isFilled(last, last + 1, byValues: false) {
        last += 1
      } else if last + 2 < seam.lines.count, isTitled(seam, behind: last, rows: rows),
        isFilled(last + 1, last + 2, byValues: true)
      {
        last += 2
      } else {
        break
      }
    }
    var result = seam
    result.lines = Array(seam.lines[first...last])
    return result
  }

  /// Whether the row below a line is a title in the middle of the table.
  private func isTitled(_ seam: SeamFinder.Table, behind line: Int, rows: [TextRow]) -> Bool {
    let (upper, lower) = (seam.lines[line], seam.lines[line + 1])
    let between = rows.filter { $0.baseline > upper && $0.baseline < lower }
    guard between.count == 1, let title = between.first, title.chunks.count == 1 else {
      return false
    }
    let middle = (seam.edges[0] + seam.edges[seam.edges.count - 1]) / 2
    return abs(title.box.midX - middle) < title.size
      && lower - upper <= TableThresholds.titleRowHeight * title.size
  }

  /// Whether rows that keep to the columns fill the room between two lines.
  private func isFilled(
    from upper: Double, to lower: Double, rows: [TextRow], fits: [Bool], byValues: Bool
  ) -> Bool {
    let between = rows.indices.filter { rows[$0].baseline > upper && rows[$0].baseline < lower }
    guard let size = between.map({ rows[$0].size }).max() else {
      return lower - upper <= TableThresholds.sameLine
    }
    let filled = Double(between.count) * 1.5 * size + 1.5 * size
    return between.count { fits[$0] } * 5 >= between.count * 4 && lower - upper <= filled
      && (!byValues || between.contains { rows[$0].chunks.count > 1 })
  }

  /// The rows between the lines and those that go on beyond; nil if they are no table.
  private func rows(
    of seam: SeamFinder.Table, among rows: [TextRow], fits: [Bool]
  ) -> Range<Int>? {
    let first = seam.lines[0]
    let last = seam.lines[seam.lines.count - 1]
    var start = rows.firstIndex { $0.baseline > first } ?? rows.count
    var end = rows.firstIndex { $0.baseline - 0.3 * $0.size > last } ?? rows.count
    let x = Interval(seam.edges[0], seam.edges[seam.edges.count - 1])
    // Where all that stands between the lines are heads, the last one is below them.
    if seam.lines.count < 3 || !isDrawn(last, over: x)
      || start < end && !rows[start..<end].contains(where: isBodyRow)
    {
      end = extended(end, by: 1, rows: rows, fits: fits)
      let finder = TableRegionFinder(rows: rows, rules: [], occupied: [])
      while end < rows.count, start < end, fits[end],
        abs(rows[end].size - rows[end - 1].size) < 0.1,
        finder.goesOn(rows[end], below: start..<end, hull: x)
      {
        end += 1
      }
      if start < end, finder.isLastName(end, below: start..<end) { end += 1 }
      if end - start < 2 || seam.lines.count == 1 || !isDrawn(first, over: x) {
        start = extended(start, by: -1, rows: rows, fits: fits)
      }
    }
    guard end - start >= 2 else { return nil }
    let tabular = (start..<end).count { rows[$0].chunks.count > 1 }
    let fitting = (start..<end).count { fits[$0] && rows[$0].chunks.count > 1 }
    guard tabular >= 2, fitting * 2 >= tabular else { return nil }
    // Lines in pieces over several columns each do not tell all of the columns.
    let crowded = (start..<end).count { isCrowded(rows[$0], edges: seam.edges) }
    return crowded * 5 > tabular ? nil : start..<end
  }

  private func isBodyRow(_ row: TextRow) -> Bool {
    row.isValueRow && !HeadEnd.areYears(row.chunks.filter(\.isValue))
  }

  /// Whether two texts stand in one column with white between them.
  private func isCrowded(_ row: TextRow, edges: [Double]) -> Bool {
    zip(row.chunks, row.chunks.dropFirst()).contains { left, right in
      let next = edges.partitioningIndex { $0 > left.box.maxX - 1 }
      return next < edges.count && edges[next] > right.box.minX + 1
    }
  }

  /// The first row that may be a head of a table without a line above it.
  private func firstFree(above start: Int, among rows: [TextRow]) -> Int {
    let known = rules.last { $0.position < rows[start].box.minY }?.position ?? -.infinity
    return rows.firstIndex { $0.baseline > known } ?? start
  }

  /// The texts of two rows have at most so many lines above and below their values, and these stand at
  /// most so far from each other, in ems.
  private static let linesOfRows = 6
  private static let nextLine = 1.8

  /// Moves an end of the rows on while rows follow closely whose texts keep to the columns.
  private func extended(_ end: Int, by step: Int, rows: [TextRow], fits: [Bool]) -> Int {
    var end = end
    var next = step > 0 ? end : end - 1
    var skipped = 0
    var areLines = step > 0
    while rows.indices.contains(next) {
      let row = rows[next]
      var distance = 0.0
      if rows.indices.contains(next - step) {
        distance = abs(row.baseline - rows[next - step].baseline) / row.size
        guard distance <= TableThresholds.rowDistance else { break }
      }
      areLines = areLines && fits[next] && (skipped == 0 || distance <= Self.nextLine)
      if fits[next], row.chunks.count > 1, skipped <= 2 || areLines && row.isValueRow {
        end = step > 0 ? next + 1 : next
        (skipped, areLines) = (0, step > 0)
      } else {
        skipped += 1
        if skipped > (areLines ? Self.linesOfRows : 2) { break }
      }
      next += step
    }
    return end
  }

  /// Whether no text of a row runs across a column edge, but for a name before values.
  private func keepsToColumns(_ row: TextRow, edges: [Double]) -> Bool {
    let words = row.isValueRow ? row.chunks.dropFirst().flatMap(\.words) : row.words
    return words.allSatisfy { word in
      let next = edges.partitioningIndex { $0 > word.box.minX + 1 }
      return next >= edges.count || edges[next] >= word.box.maxX - 1
    }
  }
}
