package import LayoutModel
package import PageGeometry

/// The rulings of one table and the cells between them.
///
/// Lines that touch form a lattice; where a line is missing between two units, they are one cell:
///
///     ┌───┬───────┐      xs: 3 column edges, ys: 3 row edges
///     │   │       │      the unit cells of the first row are separate,
///     ├───┴───────┤      those of the second row have no line between them: one cell of two
///     │           │      columns
///     └───────────┘
///
/// Sides may be open (no rule at the left, right or bottom): then the ends of the lines of the
/// other axis stand in for the missing side.
package struct RulingLattice: Hashable, Sendable {
  /// x of the column edges, ascending: one more than there are columns.
  package var xs: [Double]
  /// y of the row edges, ascending: one more than there are rows.
  package var ys: [Double]
  /// Cells as ranges of units, in row-major order; they cover every unit once.
  package var cells: [Unit]
  /// The share of the walls between cells that is not drawn: 0 where all cells are rectangles
  /// between lines, as in any table; a bar chart is full of areas of other forms.
  package var undrawnShare = 0.0

  package struct Unit: Hashable, Sendable {
    package var rows: Range<Int>
    package var columns: Range<Int>
  }

  package var box: Rect {
    Rect(minX: xs[0], minY: ys[0], maxX: xs[xs.count - 1], maxY: ys[ys.count - 1])
  }

  package func box(of unit: Unit) -> Rect {
    Rect(
      minX: xs[unit.columns.lowerBound], minY: ys[unit.rows.lowerBound],
      maxX: xs[unit.columns.upperBound], maxY: ys[unit.rows.upperBound])
  }

  /// What may be a row between two lines that no upright joins.
  package struct OpenRow {
    package var box: Rect
    /// Whether it is as high as the rows around it.
    package var isTight: Bool
    /// Whether the line above it stands alone.
    package var isTopmost: Bool
  }

  /// Finds the lattices of a page.
  ///
  /// - Parameters:
  ///   - lines: The result of `RulingMerger`.
  ///   - isTitleRow: Whether the text in a row is one line in its middle: the title row of a table
  ///     without sides, which separates the lines above from those below.
  /// - Returns: Lattices from top to bottom, then from left to right; those of one cell are frames.
  package static func lattices(
    of lines: [Ruling], isTitleRow: (OpenRow) -> Bool = { _ in false }
  ) -> [RulingLattice] {
    let horizontals = lines.filter { $0.axis == .horizontal }
    let verticals = lines.filter { $0.axis == .vertical }
    return joinedOverTitleRows(components(horizontals, verticals), isTitleRow: isTitleRow)
      .compactMap { lattice($0.horizontals, $0.verticals) }
      .sorted { ($0.ys[0], $0.xs[0]) < ($1.ys[0], $1.xs[0]) }
  }

  // MARK: - Lines that touch

  private typealias Component = (horizontals: [Ruling], verticals: [Ruling])

  /// Joins components of one width with nothing but a title row between them.
  private static func joinedOverTitleRows(
    _ components: [Component], isTitleRow: (OpenRow) -> Bool
  ) -> [Component] {
    let sorted = components.filter { !$0.horizontals.isEmpty }.sorted {
      $0.horizontals[0].position < $1.horizontals[0].position
    }
    var result: [Component] = []
    for component in sorted {
      // Other tables may stand beside it.
      let above = result.indices.suffix(maximumBeside).last { index in
        guard let row = openRow(between: result[index], and: component) else { return false }
        return isTitleRow(row)
      }
      guard let above else {
        result.append(component)
        continue
      }
      result[above].horizontals += component.horizontals
      result[above].verticals += component.verticals
    }
    return result
  }

  /// So many components are looked at for the one above another.
  private static let maximumBeside = 8

  /// The row between the last line of one component and the first of the next; nil if these are not of one
  /// width, or it is higher than the rows around it.
  private static func openRow(between above: Component, and below: Component) -> OpenRow? {
    guard let lower = below.horizontals.first,
      let upper = above.horizontals.max(by: { $0.position < $1.position }),
      abs(upper.extent.lower - lower.extent.lower) <= TableThresholds.reach,
      abs(upper.extent.upper - lower.extent.upper) <= TableThresholds.reach
    else { return nil }
    let height = lower.position - upper.position
    let isTopmost = above.horizontals.count == 1
    let (last, first) = (lastRowHeight(of: above), firstRowHeight(of: below))
    guard height > 0, height <= 1.3 * max(last, first) else { return nil }
    return OpenRow(
      box: Rect(x: upper.extent, y: Interval(upper.position, lower.position)),
      isTight: height <= 0.5 + 1.15 * (isTopmost ? first : min(last, first)),
      isTopmost: isTopmost)
  }

  private static func lastRowHeight(of component: Component) -> Double {
    let positions = Set(component.horizontals.map(\.position)).sorted().suffix(2)
    return (positions.last ?? 0) - (positions.first ?? 0)
  }

  private static func firstRowHeight(of component: Component) -> Double {
    let positions = Set(component.horizontals.map(\.position)).sorted().prefix(2)
    return (positions.last ?? 0) - (positions.first ?? 0)
  }

  private static func components(
    _ horizontals: [Ruling], _ verticals: [Ruling]
  ) -> [Component] {
    var groups = DisjointSets(count: horizontals.count + verticals.count)
    let reach = TableThresholds.reach
    // Verticals are sorted by x: only those within a horizontal's extent are looked at.
    let xs = verticals.map(\.position)
    for (i, horizontal) in horizontals.enumerated() {
      var j = xs.partitioningIndex { $0 >= horizontal.extent.lower - reach }
      while j < verticals.count, xs[j] <= horizontal.extent.upper + reach {
        if verticals[j].extent.contains(horizontal.position, tolerance: reach) {
          groups.join(i, horizontals.count + j)
        }
        j += 1
      }
    }
    var members: [Int: Component] = [:]
    var order: [Int] = []
    for index in 0..<horizontals.count + verticals.count {
      let root = groups.root(of: index)
      if members[root] == nil { order.append(root) }
      if index < horizontals.count {
        members[root, default: ([], [])].horizontals.append(horizontals[index])
      } else {
        members[root, default: ([], [])].verticals.append(verticals[index - horizontals.count])
      }
    }
    return order.compactMap { members[$0] }
  }

  // MARK: - Cells between lines

  private static func lattice(_ horizontals: [Ruling], _ verticals: [Ruling]) -> RulingLattice? {
    guard horizontals.count >= 2, !verticals.isEmpty else { return nil }
    var columnLines = LineSet(verticals)
    var rowLines = LineSet(horizontals)
    closeOpenSides(&columnLines, ends: horizontals.map(\.extent), along: rowLines.span)
    closeOpenSides(&rowLines, ends: verticals.map(\.extent), along: columnLines.span)
    guard columnLines.positions.count >= 2, rowLines.positions.count >= 2 else { return nil }
    let units = UnitCells(columnLines: columnLines, rowLines: rowLines)
    let cells = units.rectangles()
    var result = RulingLattice(xs: columnLines.positions, ys: rowLines.positions, cells: cells)
    result.undrawnShare = units.undrawnShare(between: cells)
    result.dropUnusedEdges()
    return result
  }

  /// Takes out edges at which no cell starts or ends: ticks and specks between lines.
  private mutating func dropUnusedEdges() {
    let columns = Self.compacted(cells.map(\.columns), count: xs.count)
    let rows = Self.compacted(cells.map(\.rows), count: ys.count)
    xs = columns.kept.map { xs[$0] }
    ys = rows.kept.map { ys[$0] }
    for index in cells.indices {
      cells[index] = Unit(rows: rows.ranges[index], columns: columns.ranges[index])
    }
  }

  /// The edges that ranges start or end at, and the ranges counted in them.
  private static func compacted(
    _ ranges: [Range<Int>], count: Int
  ) -> (kept: [Int], ranges: [Range<Int>]) {
    var isUsed = [Bool](repeating: false, count: count)
    for range in ranges {
      isUsed[range.lowerBound] = true
      isUsed[range.upperBound] = true
    }
    let kept = isUsed.indices.filter { isUsed[$0] }
    var place = [Int](repeating: 0, count: count)
    for (new, old) in kept.enumerated() { place[old] = new }
    return (kept, ranges.map { place[$0.lowerBound]..<place[$0.upperBound] })
  }

  /// Adds an edge where the lines of the other axis run on beyond the outermost line.
  private static func closeOpenSides(
    _ lines: inout LineSet, ends: [Interval], along span: Interval
  ) {
    let margin = TableThresholds.openSide
    let lower = ends.map(\.lower).min() ?? 0
    let upper = ends.map(\.upper).max() ?? 0
    if let first = lines.positions.first, lower < first - margin {
      let agreeing = ends.filter { abs($0.lower - lower) <= margin }.count
      if agreeing >= 2 { lines.insert(position: lower, extent: span, at: 0) }
    }
    if let last = lines.positions.last, upper > last + margin {
      let agreeing = ends.filter { abs($0.upper - upper) <= margin }.count
      if agreeing >= 2 {
        lines.insert(position: upper, extent: span, at: lines.positions.count)
      }
    }
  }
}

/// The lines of one axis, grouped by position.
struct LineSet {
  /// Ascending.
  private(set) var positions: [Double]
  /// What is drawn at each position, ascending and apart.
  private(set) var drawn: [[Interval]]

  init(_ lines: [Ruling]) {
    let sorted = lines.sorted { $0.position < $1.position }
    let groups = Closeness.clusters(
      of: sorted.map(\.position), tolerance: TableThresholds.sameLine)
    positions = groups.map { group in
      let weight = sorted[group].reduce(0) { $0 + $1.extent.length }
      return sorted[group].reduce(0) { $0 + $1.position * $1.extent.length } / weight
    }
    drawn = groups.map { group in Self.merged(sorted[group].map(\.extent)) }
  }

  /// From the start of the first to the end of the last drawn piece.
  var span: Interval {
    let all = drawn.joined()
    return Interval(all.map(\.lower).min() ?? 0, all.map(\.upper).max() ?? 0)
  }

  mutating func insert(position: Double, extent: Interval, at index: Int) {
    positions.insert(position, at: index)
    drawn.insert([extent], at: index)
  }

  /// Whether enough of `side` is drawn at the position with this index.
  func isDrawn(at index: Int, side: Interval) -> Bool {
    let covered = drawn[index].reduce(0) { $0 + max(0, $1.overlap(side)) }
    return covered >= TableThresholds.drawnShare * side.length
  }

  /// What intervals cover together, from left to right; those that nearly touch are one.
  static func merged(_ intervals: [Interval]) -> [Interval] {
    var result: [Interval] = []
    for interval in intervals.sorted(by: { ($0.lower, $0.upper) < ($1.lower, $1.upper) }) {
      if let last = result.last, interval.lower <= last.upper + TableThresholds.joinGap {
        result[result.count - 1] = last.union(interval)
      } else {
        result.append(interval)
      }
    }
    return result
  }
}

/// Units of a lattice joined to cells wherever no line separates them.
struct UnitCells {
  let rowCount: Int
  let columnCount: Int
  /// Whether a line separates a unit from the one at its right, row by row.
  private var wallAtRight: [Bool]
  /// Whether a line separates a unit from the one below, row by row.
  private var wallBelow: [Bool]

  init(rowCount: Int, columnCount: Int, wallAtRight: [Bool], wallBelow: [Bool]) {
    self.rowCount = rowCount
    self.columnCount = columnCount
    self.wallAtRight = wallAtRight
    self.wallBelow = wallBelow
  }

  init(columnLines: LineSet, rowLines: LineSet) {
    rowCount = rowLines.positions.count - 1
    columnCount = columnLines.positions.count - 1
    wallAtRight = []
    wallBelow = []
    for row in 0..<rowCount {
      let y = Interval(rowLines.positions[row], rowLines.positions[row + 1])
      for column in 0..<columnCount {
        let x = Interval(columnLines.positions[column], columnLines.positions[column + 1])
        wallAtRight.append(columnLines.isDrawn(at: column + 1, side: y))
        wallBelow.append(rowLines.isDrawn(at: row + 1, side: x))
      }
    }
  }

  /// Cuts the grid into rectangles: each starts at the first free unit, grows right until a wall,
  /// then down as long as the whole next row is free of walls inside and towards it.
  func rectangles() -> [RulingLattice.Unit] {
    var taken = [Bool](repeating: false, count: rowCount * columnCount)
    var cells: [RulingLattice.Unit] = []
    for row in 0..<rowCount {
      for column in 0..<columnCount where !taken[row * columnCount + column] {
        var right = column + 1
        while right < columnCount, !wallAtRight[row * columnCount + right - 1],
          !taken[row * columnCount + right]
        {
          right += 1
        }
        var bottom = row + 1
        while bottom < rowCount, canGrow(to: bottom, columns: column..<right, taken: taken) {
          bottom += 1
        }
        for r in row..<bottom {
          for c in column..<right { taken[r * columnCount + c] = true }
        }
        cells.append(.init(rows: row..<bottom, columns: column..<right))
      }
    }
    return cells
  }

  /// The share of the unit walls between different cells that no line is drawn on.
  func undrawnShare(between cells: [RulingLattice.Unit]) -> Double {
    var owner = [Int](repeating: 0, count: rowCount * columnCount)
    for (index, cell) in cells.enumerated() {
      for row in cell.rows {
        for column in cell.columns { owner[row * columnCount + column] = index }
      }
    }
    var walls = 0
    var undrawn = 0
    for unit in owner.indices {
      if (unit + 1) % columnCount != 0, owner[unit] != owner[unit + 1] {
        walls += 1
        if !wallAtRight[unit] { undrawn += 1 }
      }
      if unit + columnCount < owner.count, owner[unit] != owner[unit + columnCount] {
        walls += 1
        if !wallBelow[unit] { undrawn += 1 }
      }
    }
    return walls == 0 ? 0 : Double(undrawn) / Double(walls)
  }

  private func canGrow(to row: Int, columns: Range<Int>, taken: [Bool]) -> Bool {
    for column in columns {
      if wallBelow[(row - 1) * columnCount + column] || taken[row * columnCount + column] {
        return false
      }
      let isInner = column + 1 < columns.upperBound
      if isInner, wallAtRight[row * columnCount + column] { return false }
    }
    // The next row must begin and end where this one does.
    let last = columns.upperBound - 1
    let first = columns.lowerBound
    let endsThere = columns.upperBound == columnCount || wallAtRight[row * columnCount + last]
    let beginsThere = first == 0 || wallAtRight[row * columnCount + first - 1]
    return beginsThere && endsThere
  }
}

/// Groups of indices that are joined pair by pair.
struct DisjointSets {
  private var parents: [Int]

  init(count: Int) {
    parents = Array(0..<count)
  }

  mutating func root(of index: Int) -> Int {
    var root = index
    while parents[root] != root {
      parents[root] = parents[parents[root]]
      root = parents[root]
    }
    return root
  }

  mutating func join(_ a: Int, _ b: Int) {
    let (first, second) = (root(of: a), root(of: b))
    guard first != second else { return }
    parents[max(first, second)] = min(first, second)
  }
}

extension RandomAccessCollection where Index == Int {
  /// The first position whose element, and all after it, satisfy the condition.
  func partitioningIndex(where condition: (Element) -> Bool) -> Int {
    var low = startIndex
    var high = endIndex
    while low < high {
      let middle = low + (high - low) / 2
      if condition(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
