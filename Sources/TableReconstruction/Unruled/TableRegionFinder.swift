import LayoutAnalysis
import LayoutModel
import PageGeometry

/// Finds runs of text rows that are tables without a full set of rulings.
///
/// A row with white gaps in it may be part of a table; a run of them that shares a gutter is. Lines
/// that run over the whole width of such a run bound it: what stands above the first and below the
/// last is caption and notes. Text in columns, lists and tables of contents have gutters too and
/// are refused by what stands beside them.
struct TableRegionFinder {
  let rows: [TextRow]
  /// Horizontal lines that are not part of a lattice, top to bottom.
  let rules: [Ruling]
  /// Boxes of tables that are already known; nothing is found across them.
  let occupied: [Rect]
  var bands = ShadedBands(shadings: [], rows: [])

  /// A run of rows that is a table.
  struct Region: Equatable {
    /// Positions in the finder's rows.
    var rows: Range<Int>
    /// The lines that bound it: its own horizontal lines.
    var top: Double?
    var bottom: Double?
  }

  /// - Parameter first: The first row that belongs to no table yet.
  /// - Returns: Tables from top to bottom.
  func regions(from first: Int = 0) -> [Region] {
    var regions: [Region] = []
    var start = first
    while start < rows.count {
      guard rows[start].chunks.count > 1, let end = runEnd(from: start) else {
        start += 1
        continue
      }
      let region = bounded(start..<end, after: regions.last?.rows.upperBound ?? first)
      if let last = regions.last, isOneTable(last, region) {
        regions[regions.count - 1].rows = last.rows.lowerBound..<region.rows.upperBound
        regions[regions.count - 1].bottom = region.bottom
        start = max(region.rows.upperBound, start + 1)
      } else if isTable(region) {
        regions.append(region)
        start = max(region.rows.upperBound, start + 1)
      } else {
        start += 1
      }
    }
    return regions
  }

  /// Whether two regions are one table: nothing stands between them, and either both are below the
  /// same line, or one line ends the first, which has no rows of values, and starts the second.
  private func isOneTable(_ upper: Region, _ lower: Region) -> Bool {
    guard upper.rows.upperBound == lower.rows.lowerBound, let first = upper.top,
      let second = lower.top
    else { return false }
    if abs(first - second) < 1 { return true }
    guard let bottom = upper.bottom, abs(bottom - second) < 1 else { return false }
    return rows[upper.rows].count { $0.isValueRow } < 2
  }

  // MARK: - Runs

  /// The end of the longest run from a row in which every row with gaps shares a gutter.
  private func runEnd(from start: Int) -> Int? {
    var gutters = freeStretches(of: rows[start])
    var hull = rows[start].box.xInterval
    var end = start + 1
    var next = start + 1
    var skipped = 0
    while next < rows.count {
      let row = rows[next]
      let step = row.baseline - rows[next - 1].baseline
      if isBlocked(between: rows[next - 1], and: row) { break }
      let isHeld = bands.hold(rows[next - 1], row)
      let isFar =
        next - start > 3 && step > 2.4 * row.size && step > 2 * usualStep(of: start..<next)
      if isFar && !isHeld && !isBetweenRules(rows[next - 1], row) { break }
      if step > TableThresholds.rowDistance * max(row.size, rows[next - 1].size), !isHeld,
        !isBetweenRules(rows[next - 1], row)
      {
        break
      }
      if row.chunks.count > 1 {
        // A row may have nothing in some columns; what counts is white with text at both sides.
        let shared = intersect(gutters, freeStretches(of: row))
        let wider = hull.union(row.box.xInterval)
        let isInside = { (gutter: Interval) in
          gutter.lower > wider.lower && gutter.upper < wider.upper
        }
        let inner = shared.filter(isInside)
        let gaps = zip(row.chunks, row.chunks.dropFirst()).map {
          Interval($0.box.maxX, $1.box.minX)
        }
        let fits = gaps.contains { gap in
          inner.contains { $0.overlap(gap) >= TableThresholds.sharedGutter }
        }
        if !fits {
          // Lines of cells in one part of the row, such as a stub of several columns.
          let before = gutters.filter { $0.lower > hull.lower && $0.upper < hull.upper }
          let isBeside =
            !before.isEmpty
            && before.allSatisfy { gutter in
              shared.contains { $0.overlap(gutter) >= TableThresholds.sharedGutter }
            }
          guard isHeld || isBeside, hull.contains(row.box.xInterval, tolerance: row.size) else {
            break
          }
          if isBeside { gutters = shared }
          skipped += 1
          if skipped > 4, !isHeld { break }
          next += 1
          continue
        }
        gutters = shared
        hull = wider
        end = next + 1
        skipped = 0
      } else {
        skipped += 1
        let inner = gutters.filter { $0.lower > hull.lower && $0.upper < hull.upper }
        if isHeld {
          next += 1
          continue
        }
        if separatesTables(row, gutters: inner, hull: hull) || isHeading(row, after: start..<next) {
          break
        }
        let isInside = isBetweenRules(row, row)
        if skipped > (isInside ? 4 : 2) { break }
      }
      next += 1
    }
    guard end - start >= 2 else { return nil }
    while end < rows.count, goesOn(rows[end], below: start..<end, hull: hull) { end += 1 }
    return isLastName(end, below: start..<end, gutters: gutters) ? end + 1 : end
  }

  /// Lines at the foot of a page below a table.
  private static let footLineCount = 2

  /// Whether a line at the end of a page names rows on the next one: in the stub, or where other
  /// rows have names of that kind, and as far below the last row as rows are from each other.
  ///
  /// - Parameters:
  ///   - index: The row below the run; there need not be one.
  ///   - run: The rows of the table.
  ///   - gutters: Stretches that are free in all of them.
  /// - Returns: Whether the row belongs to the table.
  func isLastName(_ index: Int, below run: Range<Int>, gutters: [Interval] = []) -> Bool {
    guard index < rows.count, rows.count - index - 1 <= Self.footLineCount, run.count > 3,
      rows[index].chunks.count == 1
    else { return false }
    let row = rows[index]
    let inner = gutters.filter { $0.lower.isFinite && $0.upper.isFinite }
    let isInStub =
      inner.contains { $0.lower > row.box.maxX - 1 }
      && !inner.contains { row.box.xInterval.contains($0) }
    let isRepeated = run.dropLast().contains {
      rows[$0].chunks.count == 1 && rows[$0 + 1].isValueRow
        && abs(rows[$0].box.midX - row.box.midX) < 0.2 * row.size
    }
    guard isInStub || isRepeated else { return false }
    let step = row.baseline - rows[index - 1].baseline
    let text = LineBuilder.line(of: row.words).text
    let left = rows[run].map(\.box.minX).min() ?? row.box.minX
    return row.box.minX >= left - 1 && step <= 1.1 * usualStep(of: run)
      && abs(row.size - rows[index - 1].size) <= 0.05 * row.size
      && !TableSurroundings.isMarkedNote(text) && !TableSurroundings.isNumberedCaption(text)
  }

  /// Whether a line below the last row with gaps is the last line of a cell in it: closer to it than
  /// rows are to each other, in one column.
  func goesOn(_ row: TextRow, below run: Range<Int>, hull: Interval) -> Bool {
    guard row.chunks.count == 1, row.box.width < 0.5 * hull.length,
      hull.contains(row.box.xInterval, tolerance: row.size)
    else { return false }
    let values = run.filter { rows[$0].isValueRow }
    let steps = zip(values, values.dropFirst()).map { rows[$1].baseline - rows[$0].baseline }
    let step = row.baseline - rows[run.upperBound - 1].baseline
    guard step < 1.5 * row.size, let usual = steps.min(), step < 0.92 * usual else { return false }
    let text = LineBuilder.line(of: row.words).text
    return !TableSurroundings.isMarkedNote(text) && !TableSurroundings.isNumberedCaption(text)
  }

  /// Whether a row of one piece that runs over gutters is a caption or text between two tables,
  /// not a row that names the rows below it.
  private func separatesTables(_ row: TextRow, gutters: [Interval], hull: Interval) -> Bool {
    let x = row.box.xInterval
    guard gutters.contains(where: { x.contains($0) }) else { return false }
    let text = LineBuilder.line(of: row.words).text
    let endsSentence = text.unicodeScalars.last.map { "。.：:".unicodeScalars.contains($0) } ?? false
    return endsSentence && x.length > 0.4 * hull.length || x.length > 0.8 * hull.length
      || TableSurroundings.isNumberedCaption(text) || TableSurroundings.isMarkedNote(text)
  }

  /// Whether a row of one piece is a heading of the text: in larger type than the rows of a run, or
  /// numbered, in bold type and apart from them.
  private func isHeading(_ row: TextRow, after run: Range<Int>) -> Bool {
    let last = rows[run.upperBound - 1]
    if row.size > 1.08 * last.size { return true }
    let step = row.baseline - last.baseline
    guard row.words.allSatisfy(\.isBold), !last.words.allSatisfy(\.isBold),
      run.count < 2 || step > 1.3 * usualStep(of: run), step > 1.5 * row.size
    else { return false }
    return ListLabel(LineBuilder.line(of: row.words).text) != nil
  }

  /// The largest step between neighbouring rows of a run but for its first two, in points.
  private func usualStep(of run: Range<Int>) -> Double {
    let inner = run.dropFirst()
    return zip(inner, inner.dropFirst()).map { rows[$1].baseline - rows[$0].baseline }.max() ?? 0
  }

  private func isBlocked(between upper: TextRow, and lower: TextRow) -> Bool {
    occupied.contains {
      $0.minY < lower.box.midY && $0.maxY > upper.box.midY
        && $0.xInterval.overlap(upper.box.xInterval.union(lower.box.xInterval)) > 0
    }
  }

  /// Whether one line above and one below reach over both rows at the same ends.
  private func isBetweenRules(_ upper: TextRow, _ lower: TextRow) -> Bool {
    let x = upper.box.xInterval.union(lower.box.xInterval)
    let size = max(upper.size, lower.size)
    let above = rules.last {
      $0.position < upper.baseline && $0.extent.contains(x, tolerance: size)
    }
    let below = rules.first {
      $0.position > lower.baseline - 0.3 * lower.size && $0.extent.contains(x, tolerance: size)
    }
    guard let above, let below else { return false }
    return sameEnds(above, below) && below.position - above.position < 60 * size
  }

  private func sameEnds(_ a: Ruling, _ b: Ruling) -> Bool {
    abs(a.extent.lower - b.extent.lower) <= TableThresholds.sameEnd
      && abs(a.extent.upper - b.extent.upper) <= TableThresholds.sameEnd
  }

  /// The stretches of a row without text, those before its first and after its last piece
  /// included.
  private func freeStretches(of row: TextRow) -> [Interval] {
    let starts = [-Double.infinity] + row.chunks.map(\.box.maxX)
    let ends = row.chunks.map(\.box.minX) + [Double.infinity]
    return zip(starts, ends).filter { $0 < $1 }.map { Interval($0, $1) }
  }

  private func intersect(_ a: [Interval], _ b: [Interval]) -> [Interval] {
    var shared: [Interval] = []
    for first in a {
      for second in b {
        let overlap = first.overlap(second)
        guard overlap >= TableThresholds.sharedGutter else { continue }
        shared.append(
          Interval(max(first.lower, second.lower), min(first.upper, second.upper)))
      }
    }
    return shared
  }

  // MARK: - Bounds

  /// Adds rows up to the lines that bound the run, and gives back what lies outside of them.
  private func bounded(_ run: Range<Int>, after limit: Int) -> Region {
    let x = rows[run].map(\.box.xInterval).reduce(rows[run.lowerBound].box.xInterval) {
      $0.union($1)
    }
    let top = rows[run.lowerBound].box.minY
    let bottom = rows[run.upperBound - 1].box.maxY
    let size = rows[run.lowerBound].size
    let whole = rules.filter {
      $0.extent.contains(x, tolerance: 1.5 * size) && $0.extent.length <= 1.6 * x.length
    }
    var region = Region(rows: run, top: nil, bottom: nil)
    guard
      let first = upperBound(of: run, among: whole.filter { $0.position > top - 14 * size }),
      let last = whole.last(where: {
        $0.position > first.position && $0.position < bottom + 2 * size
      })
    else { return region }
    // Head rows of one piece stand between the first line and the run.
    var start = run.lowerBound
    while start > limit, rows[start - 1].baseline > first.position,
      !isBlocked(between: rows[start - 1], and: rows[start])
    {
      start -= 1
    }
    while start < run.upperBound, rows[start].baseline < first.position { start += 1 }
    var end = run.upperBound
    // A last line with several rows with gaps below it is not the end of the table.
    let below = rows[run].filter { $0.baseline > last.position }
    // A row of totals may stand right below it.
    let tabularBelow = below.filter { $0.chunks.count > 1 }
    let isTotal = tabularBelow.first.map {
      $0.isValueRow && $0.box.minY - last.position < 0.8 * $0.size
    }
    if tabularBelow.count < 2, isTotal != true {
      while end > start, rows[end - 1].baseline - 0.3 * size > last.position { end -= 1 }
      while end < rows.count, rows[end].baseline < last.position { end += 1 }
      region.bottom = last.position
    }
    region.rows = start..<max(start, end)
    region.top = first.position
    return region
  }

  /// The line above the heads of a run.
  ///
  /// The nearest line above the first row with gaps; a line further up if what stands between
  /// fills the room between the two as a head row does, not as a heading between tables.
  private func upperBound(of run: Range<Int>, among lines: [Ruling]) -> Ruling? {
    let first = rows[run.lowerBound]
    let above = lines.filter { $0.position < first.baseline - 0.3 * first.size }
    guard var bound = above.last else { return lines.first }
    for line in above.dropLast().reversed() {
      let between = rows.filter { $0.baseline > line.position && $0.baseline < bound.position }
      let room = bound.position - line.position
      let filled = Double(between.count) * 1.25 * first.size + 1.1 * first.size
      guard !between.isEmpty, room <= filled else { break }
      bound = line
    }
    return bound
  }

  // MARK: - Refusals

  /// So many rows of several values are no labels of a chart.
  private static let minimumWideRows = 4

  private func isTable(_ region: Region) -> Bool {
    let rows = self.rows[region.rows]
    let tabular = rows.filter { $0.chunks.count > 1 }
    guard tabular.count >= 2 else { return false }
    let isBounded = region.top != nil && region.bottom != nil
    let valueRows = rows.filter(\.isValueRow)
    if isContents(tabular) || isList(tabular) || isProse(tabular) { return false }
    if hasBandOfOneRow(tabular), valueRows.count * 2 >= tabular.count { return true }
    // A frame around a chart holds lines with labels, few of them beside each other.
    if isBounded {
      let wide = valueRows.count { $0.chunks.count > 2 }
      return tabular.count * 3 >= rows.count
        || wide >= Self.minimumWideRows && wide * 5 >= rows.count
    }
    if isFormula(tabular) { return false }
    if valueRows.count >= 3 { return valueRows.count * 3 >= tabular.count }
    // Texts only: several columns of short pieces that start at the same places.
    let common = tabular.map(\.chunks.count).sorted()[tabular.count / 2]
    guard tabular.count >= 4, common >= 3 else { return false }
    return tabular.allSatisfy { $0.chunks.allSatisfy { $0.box.width < 20 * $0.words[0].size } }
  }

  /// Whether shading sets off one row from another.
  private func hasBandOfOneRow(_ rows: [TextRow]) -> Bool {
    guard let stack = bands.stack(over: rows[...]) else { return false }
    return stack.bands.contains { band in rows.count { band.contains($0.box.midY) } == 1 }
  }

  /// Two columns of running text side by side.
  private func isProse(_ rows: [TextRow]) -> Bool {
    let wide = rows.filter { row in
      row.chunks.count { chunk in
        chunk.box.width > 13 * row.size && !chunk.isValue
      } >= 2
    }
    return wide.count * 3 >= rows.count
  }

  /// Labels or bullets with text behind them.
  private func isList(_ rows: [TextRow]) -> Bool {
    guard rows.allSatisfy({ $0.chunks.count == 2 }) else { return false }
    let labelled = rows.filter { row in
      let label = row.chunks[0]
      return label.box.width < 3 * row.size && row.chunks[1].box.width > 8 * row.size
        && !row.chunks[1].isValue
    }
    return labelled.count * 2 >= rows.count
  }

  /// Formulas with limits, fractions and matrices, whose parts stand on baselines of their own.
  private func isFormula(_ rows: [TextRow]) -> Bool {
    let mathematical = rows.filter { row in
      row.chunks.contains { chunk in
        chunk.words.contains { $0.text.unicodeScalars.contains(where: Self.isMathematical) }
          || chunk.words.first?.text == "=" || chunk.words.last?.text == "="
      }
    }
    return mathematical.count * 3 >= rows.count
  }

  /// Operators, letters and pieces of brackets that are set in formulas alone.
  private static func isMathematical(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x2200...0x2211, 0x221A, 0x221D, 0x2223...0x2233, 0x2282...0x2289, 0x2295...0x229A,
      0x239B...0x23B3, 0x27E8...0x27EB, 0x1D400...0x1D7CB, 0xF8E5...0xF8FE:
      true
    default: false
    }
  }

  /// Headings with page numbers behind them, leaders in between.
  private func isContents(_ rows: [TextRow]) -> Bool {
    let leaders = rows.filter { row in
      row.words.contains { word in
        word.text.utf8.count >= 4
          && word.text.unicodeScalars.allSatisfy(Script.isLeader)
      }
    }
    guard leaders.count * 2 >= rows.count else { return false }
    let numbers = rows.compactMap { row in
      row.chunks.last.flatMap { NumberText($0.words.map(\.text).joined())?.value }
    }
    return zip(numbers, numbers.dropFirst()).allSatisfy { $0 <= $1 }
      && rows.allSatisfy { $0.chunks.count <= 3 }
  }
}
