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
/// baselines, lines that end at the corridor, or two captions must say that the sides are
/// independent.
struct SideBySide {
  let rows: [TextRow]
  /// Horizontal lines, top to bottom.
  let rules: [Ruling]
  /// The middle of the text area: no corridor is at its ends.
  private let area: Interval

  init(rows: [TextRow], rules: [Ruling]) {
    self.rows = rows
    self.rules = rules
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
  /// A run is tried again this often without its first rows.
  private static let maximumTries = 8

  /// - Returns: Rows that belong together, from top to bottom, left before right.
  func segments() -> [[TextRow]] {
    var segments: [[TextRow]] = []
    var whole: [TextRow] = []
    var start = 0
    while start < rows.count {
      let end = runEnd(from: start)
      if let cut = cut(start..<end) {
        whole += rows[start..<cut.rows.lowerBound]
        if !whole.isEmpty { segments.append(whole) }
        whole = []
        segments.append(side(rows[cut.rows]) { $0.box.midX < cut.x })
        segments.append(side(rows[cut.rows]) { $0.box.midX >= cut.x })
      } else {
        whole += rows[start..<end]
      }
      start = end
    }
    if !whole.isEmpty { segments.append(whole) }
    return segments
  }

  private func side(_ rows: ArraySlice<TextRow>, where isInside: (Word) -> Bool) -> [TextRow] {
    rows.compactMap { row in
      let words = row.words.filter(isInside)
      return words.isEmpty ? nil : TextRow(line: LineBuilder.line(of: words))
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
  private func cut(_ run: Range<Int>) -> (x: Double, rows: Range<Int>)? {
    var start = run.lowerBound
    for _ in 0..<Self.maximumTries {
      guard run.upperBound - start >= Self.minimumRows else { return nil }
      let part = start..<run.upperBound
      var corridors = freeStretches(of: rows[start])
      for index in part.dropFirst() {
        corridors = intersect(corridors, freeStretches(of: rows[index]), size: rows[index].size)
      }
      for corridor in corridors.sorted(by: { $0.length > $1.length })
      where isIndependent(part, at: corridor) {
        return (corridor.middle, part)
      }
      start += 1
    }
    return nil
  }

  private func isIndependent(_ run: Range<Int>, at corridor: Interval) -> Bool {
    let x = corridor.middle
    let left = side(rows[run]) { $0.box.midX < x }
    let right = side(rows[run]) { $0.box.midX >= x }
    guard left.count >= Self.minimumRows, right.count >= Self.minimumRows,
      isWhole(left), isWhole(right)
    else { return false }
    let shared = left.count + right.count - run.count
    if Double(shared) <= Self.sharedRows * Double(run.count) { return true }
    return endRules(run, left: left, right: right, at: corridor) || haveCaptions(left, right)
  }

  /// Whether a side may stand alone: running text, or rows with a stub of their own.
  private func isWhole(_ side: [TextRow]) -> Bool {
    let lines = side.filter { $0.chunks.count == 1 && $0.box.width > 12 * $0.size }
    if lines.count * 2 > side.count { return true }
    let tabular = side.filter { $0.chunks.count > 1 }
    guard tabular.count * 2 >= side.count else { return false }
    let left = side.map(\.box.minX).min() ?? 0
    let named = tabular.filter { !$0.chunks[0].isValue && $0.box.minX < left + 4 * $0.size }
    return named.count * 2 >= tabular.count
  }

  /// Whether lines span each side, and none crosses the corridor.
  private func endRules(
    _ run: Range<Int>, left: [TextRow], right: [TextRow], at corridor: Interval
  ) -> Bool {
    let top = rows[run.lowerBound].box.minY - rows[run.lowerBound].size
    let bottom = rows[run.upperBound - 1].box.maxY + rows[run.lowerBound].size
    let near = rules.filter { $0.position > top && $0.position < bottom }
    guard !near.contains(where: { $0.extent.overlap(corridor) > 0.7 * corridor.length }) else {
      return false
    }
    return [left, right].allSatisfy { side in
      let x = side.map(\.box.xInterval).reduce(side[0].box.xInterval) { $0.union($1) }
      return near.count { $0.extent.overlap(x) >= 0.85 * x.length } >= 2
    }
  }

  /// Whether both sides begin with a numbered caption.
  private func haveCaptions(_ left: [TextRow], _ right: [TextRow]) -> Bool {
    [left, right].allSatisfy { side in
      TableSurroundings.isNumberedCaption(LineBuilder.line(of: side[0].words).text)
    }
  }
}
