import LayoutAnalysis
import LayoutModel
import PageGeometry

/// Cuts the text rows of a page where things stand side by side: two tables, or a table in one column
/// of a page and text in the other.
///
///     Table 4 Land use      Table 5 Water use
///     ─────────────────     ─────────────────      a corridor that no text and no line crosses,
///     Region   2022 2023    Sector    m³    %      with a thing of its own at either side
///     East       12   13    Homes     87  1.2
///
/// White alone cuts nothing, since every table has gutters: rows that do not stand on common
/// baselines, lines or bands that end at the corridor, two captions or two unit lines, or rows below
/// the end of the other side must say that the sides are independent.
struct SideBySide {
  let rows: [TextRow]
  /// Horizontal lines, top to bottom.
  let rules: [Ruling]
  let shadings: [Shading]
  /// The middle of the text area: no corridor is at its ends.
  private let area: Interval

  init(rows: [TextRow], rules: [Ruling], shadings: [Shading]) {
    self.rows = rows
    self.rules = rules
    self.shadings = shadings
    let lower = rows.map(\.box.minX).min() ?? 0
    let upper = rows.map(\.box.maxX).max() ?? 0
    area = Interval(lower + 0.12 * (upper - lower), upper - 0.12 * (upper - lower))
  }

  /// The white between two sides, in ems: more than a space and less than the gutter of a page.
  private static let corridor = 1.2
  /// Sides with fewer rows than this are not told apart.
  private static let minimumRows = 4
  /// At most this share of the rows has text at both sides of independent things.
  private static let sharedRows = 0.4
  /// At least this share of the lines of running text follow each other at one distance.
  private static let runningShare = 0.7
  /// Fewer rows of values say nothing of how a table is set.
  private static let minimumValues = 3
  /// Texts of one row stand on one baseline within this distance, in ems.
  private static let sameBaseline = 0.06
  /// Captions in larger type than their tables differ by more than this share.
  private static let sameSize = 0.06
  /// So many lines over both sides, which are this share of the text area, are those of one table:
  /// there may be one below the heads of both sides, and one above their totals.
  private static let commonLines = 3
  private static let commonShare = 0.9
  /// A run is tried again this often without its first rows.
  private static let maximumTries = 8

  /// - Returns: Rows that belong together, from top to bottom, left before right.
  func segments() -> [[TextRow]] {
    var segments: [[TextRow]] = []
    var whole: [TextRow] = []
    var halves: [Divided: TextRow] = [:]
    var start = 0
    while start < rows.count {
      let end = runEnd(from: start)
      if let cut = cut(start..<end, known: &halves) {
        whole += rows[start..<cut.rows.lowerBound]
        if !whole.isEmpty { segments.append(whole) }
        whole = []
        segments.append(side(cut.rows, leftOf: true, cut.x, known: &halves))
        segments.append(side(cut.rows, leftOf: false, cut.x, known: &halves))
      } else {
        whole += rows[start..<end]
      }
      start = end
    }
    if !whole.isEmpty { segments.append(whole) }
    return segments
  }

  /// What a row has at one side of a corridor: so many of its words.
  private struct Divided: Hashable {
    var row: Int
    var count: Int
    var isLeft: Bool
  }

  /// What rows have at one side of a corridor.
  ///
  /// Halves are kept, since most corridors divide many rows at the same words.
  private func side(
    _ range: Range<Int>, leftOf isLeft: Bool, _ x: Double, known: inout [Divided: TextRow]
  ) -> [TextRow] {
    range.compactMap { index in
      let words = rows[index].words.filter { ($0.box.midX < x) == isLeft }
      if words.isEmpty { return nil }
      if words.count == rows[index].words.count { return rows[index] }
      let key = Divided(row: index, count: words.count, isLeft: isLeft)
      if let half = known[key] { return half }
      let half = TextRow(line: LineBuilder.line(of: words))
      known[key] = half
      return half
    }
  }

  // MARK: - Runs

  /// The end of the longest run of rows from one on that leaves some corridor.
  private func runEnd(from start: Int) -> Int {
    var corridors = freeStretches(of: rows[start])
    var end = start + 1
    while end < rows.count {
      let shared = intersect(corridors, freeStretches(of: rows[end]), size: rows[end].size)
      if shared.isEmpty { break }
      corridors = shared
      end += 1
    }
    return end
  }

  /// The stretches inside the text area of the page that a row leaves free.
  private func freeStretches(of row: TextRow) -> [Interval] {
    var stretches: [Interval] = []
    var start = area.lower
    func add(until end: Double) {
      if end - start >= Self.corridor * row.size { stretches.append(Interval(start, end)) }
    }
    for chunk in row.chunks {
      add(until: chunk.box.minX)
      start = chunk.box.maxX
    }
    add(until: area.upper)
    return stretches
  }

  private func intersect(_ a: [Interval], _ b: [Interval], size: Double) -> [Interval] {
    a.flatMap { first in
      b.compactMap { second in
        first.overlap(second) >= Self.corridor * size
          ? Interval(max(first.lower, second.lower), min(first.upper, second.upper)) : nil
      }
    }
  }

  // MARK: - Independence

  /// Where a run is to be cut, and which of its rows.
  private func cut(
    _ run: Range<Int>, known: inout [Divided: TextRow]
  ) -> (x: Double, rows: Range<Int>)? {
    var start = run.lowerBound
    for _ in 0..<Self.maximumTries {
      guard run.upperBound - start >= Self.minimumRows else { return nil }
      let part = start..<run.upperBound
      var corridors = freeStretches(of: rows[start])
      for index in part.dropFirst() {
        corridors = intersect(corridors, freeStretches(of: rows[index]), size: rows[index].size)
      }
      corridors.removeAll { haveCommonLines(run, at: $0) }
      // Of several corridors that may divide things, the columns of one thing share most rows.
      let cuts = corridors.compactMap { corridor in
        sharedRows(of: part, dividedAt: corridor, known: &known).map { (x: corridor, shared: $0) }
      }
      let best = cuts.min { ($0.shared, -$0.x.length) < ($1.shared, -$1.x.length) }
      if let best { return (best.x.middle, part) }
      start += 1
    }
    return nil
  }

  /// The number of rows that two independent things beside a corridor share; nil if they are one.
  private func sharedRows(
    of run: Range<Int>, dividedAt corridor: Interval, known: inout [Divided: TextRow]
  ) -> Int? {
    let x = corridor.middle
    // Counting is cheap beside making the rows of the sides.
    guard rows[run].count(where: { $0.words.contains { $0.box.midX < x } }) >= Self.minimumRows,
      rows[run].count(where: { $0.words.contains { $0.box.midX >= x } }) >= Self.minimumRows
    else { return nil }
    let left = side(run, leftOf: true, x, known: &known)
    let right = side(run, leftOf: false, x, known: &known)
    guard isWhole(left), isWhole(right) else { return nil }
    let shared = left.count + right.count - run.count
    let isIndependent =
      Double(shared) <= Self.sharedRows * Double(run.count)
      || keepOwnLines(left, right) || endLines(run, left: left, right: right, at: corridor)
      || haveHeadings(left, right) || endApart(left, right)
    return isIndependent ? shared : nil
  }

  /// Whether a side may stand alone: running text, or rows with a stub of their own.
  private func isWhole(_ side: [TextRow]) -> Bool {
    let lines = side.filter { $0.chunks.count == 1 && $0.box.width > 12 * $0.size }
    if lines.count * 2 > side.count {
      return isRunning(side.filter { !$0.chunks[0].isValue })
    }
    let tabular = side.filter { $0.chunks.count > 1 }
    let values = side.indices.filter { Self.hasValues(side[$0]) }
    guard !values.isEmpty else {
      let named = tabular.count { !$0.chunks[0].isValue }
      return tabular.count * 2 >= side.count && named * 2 >= tabular.count
    }
    guard tabular.count * 2 >= side.count || values.count * 4 >= side.count else { return false }
    // Heads are texts too, but not in the second half. A serial number or a code may stand before a
    // name, and the lines of a name above and below its values.
    let half = values[values.count / 2]...values[values.count - 1]
    let named = side[half].count { row in row.chunks.prefix(2).contains { !$0.isValue } }
    return named * 2 >= values.count - values.count / 2
  }

  /// Whether lines follow each other at one distance, as those of running text do.
  ///
  /// A column of remarks has texts of one or two lines beside the rows that they belong to.
  private func isRunning(_ side: [TextRow]) -> Bool {
    let steps = zip(side, side.dropFirst()).map { $1.baseline - $0.baseline }.sorted()
    guard !steps.isEmpty else { return false }
    let leading = steps[steps.count / 2]
    let regular = steps.count { abs($0 - leading) <= 0.1 * leading }
    return Double(regular) >= Self.runningShare * Double(steps.count)
  }

  private static func hasValues(_ row: TextRow) -> Bool {
    row.chunks.count > 1 && row.isValueRow
  }

  /// Whether the rows of values of two tables stand on baselines of their own.
  ///
  /// Tables in type of one size are set with one pitch, often less than a line apart: baselines
  /// that are nearly the same are not, if they differ in most rows.
  private func keepOwnLines(_ left: [TextRow], _ right: [TextRow]) -> Bool {
    let left = left.filter(Self.hasValues)
    let right = right.filter(Self.hasValues)
    guard min(left.count, right.count) >= Self.minimumValues else { return false }
    let offsets = right.map { row in
      left.map { abs($0.baseline - row.baseline) / row.size }.min() ?? 1
    }
    let near = offsets.filter { $0 < 0.25 }.sorted()
    guard !near.isEmpty else { return true }
    // Baselines that were recognised scatter around the ones that they share.
    let isScattered = near[near.count / 2] <= Self.sameBaseline
    let shared = isScattered ? near.count : near.count { $0 <= Self.sameBaseline }
    return Double(shared) <= Self.sharedRows * Double(min(left.count, right.count))
  }

  /// Whether lines or bands between the rows cross the corridor, as those of one table do.
  private func haveCommonLines(_ run: Range<Int>, at corridor: Interval) -> Bool {
    let inside = lines(from: rows[run.lowerBound].baseline, to: rows[run.upperBound - 1].baseline)
    return inside.count {
      $0.extent.contains(corridor) && $0.extent.overlap(area) >= Self.commonShare * area.length
    } >= Self.commonLines
  }

  /// The rules and the upper edges of bands in a part of the page.
  private func lines(from top: Double, to bottom: Double) -> [Ruling] {
    // Bands may be painted cell by cell: their edges are joined as lines are.
    let edges = shadings.filter { $0.box.minY > top && $0.box.minY < bottom }.map {
      Ruling(
        axis: .horizontal, position: $0.box.minY, extent: $0.box.xInterval, thickness: 0)
    }
    return rules.filter { $0.position > top && $0.position < bottom }
      + RulingMerger.lines(of: edges)
  }

  /// Whether lines or bands span each side, and none crosses the corridor.
  private func endLines(
    _ run: Range<Int>, left: [TextRow], right: [TextRow], at corridor: Interval
  ) -> Bool {
    let near = lines(
      from: rows[run.lowerBound].box.minY - rows[run.lowerBound].size,
      to: rows[run.upperBound - 1].box.maxY + rows[run.lowerBound].size)
    guard !near.contains(where: { $0.extent.overlap(corridor) > 0.7 * corridor.length }) else {
      return false
    }
    return [left, right].allSatisfy { side in
      let x = side.map(\.box.xInterval).reduce(side[0].box.xInterval) { $0.union($1) }
      return near.count { $0.extent.overlap(x) >= 0.85 * x.length } >= 2
    }
  }

  /// Whether each side has a caption or a unit line of its own.
  private func haveHeadings(_ left: [TextRow], _ right: [TextRow]) -> Bool {
    func text(_ row: TextRow) -> String { LineBuilder.line(of: row.words).text }
    func hasUnit(_ side: [TextRow]) -> Bool {
      side.prefix(TableSurroundings.headingCount).contains {
        $0.chunks.count == 1 && UnitText.unit(ofLine: text($0)) != nil
      }
    }
    if hasUnit(left), hasUnit(right) { return true }
    let isNumbered = [left, right].map { TableSurroundings.isNumberedCaption(text($0[0])) }
    if isNumbered == [true, true] { return true }
    // One caption has a number, or both are in larger type.
    return [left, right].allSatisfy { side in
      let isLarger = side[0].size > (1 + Self.sameSize) * side[side.count / 2].size
      return side[0].chunks.count == 1 && !side[0].chunks[0].isValue
        && UnitText.unit(ofLine: text(side[0])) == nil && standsOver(side)
        && (isNumbered.contains(true) || isLarger)
    } && abs(left[0].baseline - right[0].baseline) < 0.25 * left[0].size
  }

  /// Whether the first line of a side stands in the middle of the others, or starts with them.
  private func standsOver(_ side: [TextRow]) -> Bool {
    let others = side.dropFirst()
    guard let left = others.map(\.box.minX).min(), let right = others.map(\.box.maxX).max()
    else { return false }
    let first = side[0]
    return abs(first.box.minX - left) < first.size
      || abs(first.box.midX - (left + right) / 2) < 2 * first.size
  }

  /// Whether one of two tables has rows of values below the last row of the other, and none of the
  /// heads of one is a head of the other, as in a list that is folded.
  private func endApart(_ left: [TextRow], _ right: [TextRow]) -> Bool {
    let sides = [left, right].map { $0.filter(Self.hasValues) }
    guard let first = sides[0].last?.baseline, let last = sides[1].last?.baseline,
      sides.allSatisfy({ $0.count >= Self.minimumValues })
    else { return false }
    let below = sides.joined().count { $0.baseline > min(first, last) + $0.size }
    guard below >= 2 else { return false }
    let heads = zip([left, right], sides).map { side, values in
      Set(
        side.prefix { $0.baseline < values[0].baseline }.flatMap { row in
          row.chunks.map { $0.words.map(\.text).joined() }
        })
    }
    return heads.allSatisfy { !$0.isEmpty } && heads[0].isDisjoint(with: heads[1])
  }
}
