import LayoutModel
import PageGeometry

/// The cells of a table whose rows and columns show in lines and shaded cells, but whose lines run in
/// one direction only.
///
///     Region   Total      Men   Women       A side of a cell shows where a piece of a line or the
///     ──────── ────────── ───── ─────       edge of a shaded cell is. A side between columns that
///     ▒East▒▒▒ ▒▒▒▒▒▒▒10▒ ▒▒▒4▒ ▒▒▒6▒       does not show is there unless a text runs across it:
///     North          (2021 only)            so the cell with the remark covers three columns.
struct SeamLattice {
  private(set) var lattice: RulingLattice
  /// For each cell, its words.
  private(set) var words: [[Word]]

  private let xs: [Double]
  private let ys: [Double]
  private var columnCount: Int { xs.count - 1 }
  private var rowCount: Int { ys.count - 1 }
  /// For each unit the shaded cell that covers it; -1 for none.
  private var tile: [Int]
  /// For each unit its words.
  private var content: [[Word]]
  private var wallAtRight: [Bool]
  private var wallBelow: [Bool]
  private var rowsOfCell: [Range<Int>]

  /// Finds the cells; nil where the lines do not tell the rows.
  ///
  /// - Parameters:
  ///   - edges: x of the column edges.
  ///   - lines: y of lines and edges of shading, ascending.
  ///   - pieces: Horizontal pieces of lines, in any order.
  ///   - shadings: Shaded areas, in any order.
  ///   - rows: The text rows of the table.
  init?(
    edges: [Double], lines: [Double], pieces: [Ruling], shadings: [Shading], rows: [TextRow]
  ) {
    guard edges.count > 2,
      let ys = Self.rowEdges(
        lines: lines, edges: edges, rows: rows, shadings: shadings),
      ys.count * edges.count <= TableThresholds.maximumUnits,
      shadings.count <= TableThresholds.maximumUnits / 4
    else { return nil }
    xs = edges
    self.ys = ys
    let unitCount = (ys.count - 1) * (edges.count - 1)
    tile = [Int](repeating: -1, count: unitCount)
    content = [[Word]](repeating: [], count: unitCount)
    wallAtRight = [Bool](repeating: true, count: unitCount)
    wallBelow = [Bool](repeating: false, count: unitCount)
    rowsOfCell = [Range<Int>](repeating: 0..<0, count: unitCount)
    lattice = RulingLattice(xs: edges, ys: ys, cells: [])
    words = []
    place(rows)
    place(shadings)
    guard tile.count(where: { $0 >= 0 }) * 4 >= unitCount else { return nil }
    drawWalls(below: pieces, shadings: shadings, lines: lines)
    drawWallsAtRight()
    divideColumns()
    findRowsOfCells()
    joinSpans()
    let cells = UnitCells(
      rowCount: rowCount, columnCount: columnCount, wallAtRight: wallAtRight, wallBelow: wallBelow
    ).rectangles()
    lattice.cells = cells
    words = cells.map { cell in
      cell.rows.flatMap { row in cell.columns.flatMap { content[unit(row, $0)] } }
    }
  }

  private func unit(_ row: Int, _ column: Int) -> Int { row * columnCount + column }

  private static func index(of place: Double, in edges: [Double]) -> Int {
    min(max(edges.partitioningIndex { $0 > place } - 1, 0), edges.count - 2)
  }

  // MARK: - Rows

  /// y of the row edges: lines and edges of shading, and places between rows of text that no line
  /// separates; nil where heads stand above the first line.
  private static func rowEdges(
    lines: [Double], edges: [Double], rows: [TextRow], shadings: [Shading]
  ) -> [Double]? {
    // A row of one cell is shaded in one piece.
    let whole = shadings.filter {
      abs($0.box.minX - edges[0]) <= TableThresholds.sameLine
        && abs($0.box.maxX - edges[edges.count - 1]) <= TableThresholds.sameLine
    }
    var ys = Closeness.centers(
      of: lines + whole.flatMap { [$0.box.minY, $0.box.maxY] }, tolerance: TableThresholds.sameLine)
    guard let last = rows.last, let top = ys.first, let bottom = ys.last, ys.count > 2,
      !rows.contains(where: { $0.box.midY < top }),
      let columns = LeafColumns(edges: edges, rows: rows)
    else { return nil }
    if last.box.midY > bottom { ys.append(last.box.maxY + 0.3 * last.size) }
    let width = edges[edges.count - 1] - edges[0]
    var start = 0
    var cuts: [Double] = []
    for (above, y) in zip(ys, ys.dropFirst()) {
      var end = start
      while end < rows.count, rows[end].box.midY < y { end += 1 }
      let between = Array(rows[start..<end])
      start = end
      guard between.count > 1 else { continue }
      // What is shaded is one row.
      let shaded = shadings.reduce(0) {
        $1.box.yInterval.contains((above + y) / 2) ? $0 + $1.box.width : $0
      }
      guard shaded < 0.5 * width else { continue }
      let groups =
        between.count(where: \.isValueRow) > 1
        ? BodyRows(rows: between, columns: columns, separators: []).groups() : spaced(between)
      for (upper, lower) in zip(groups, groups.dropFirst()) {
        let end = upper.map { between[$0].box.maxY }.max() ?? 0
        let next = lower.map { between[$0].box.minY }.min() ?? end
        cuts.append((end + next) / 2)
      }
    }
    return (ys + cuts).sorted()
  }

  /// Rows that stand further apart than the lines of one text.
  private static func spaced(_ rows: [TextRow]) -> [[Int]] {
    var groups = [[0]]
    for index in rows.indices.dropFirst() {
      let step = rows[index].baseline - rows[index - 1].baseline
      if step > TableThresholds.looseStep * rows[index].size {
        groups.append([index])
      } else {
        groups[groups.count - 1].append(index)
      }
    }
    return groups
  }

  // MARK: - Content

  private mutating func place(_ rows: [TextRow]) {
    for row in rows {
      for word in row.words {
        let y = Self.index(of: word.box.midY, in: ys)
        content[unit(y, Self.index(of: word.box.midX, in: xs))].append(word)
      }
    }
  }

  private mutating func place(_ shadings: [Shading]) {
    for (index, shading) in shadings.enumerated() {
      let box = shading.box
      let columns = columnCount
      let covered = (0..<columns).filter { box.xInterval.contains((xs[$0] + xs[$0 + 1]) / 2) }
      let down = (0..<rowCount).filter { box.yInterval.contains((ys[$0] + ys[$0 + 1]) / 2) }
      guard !covered.isEmpty, !down.isEmpty, down.count < rowCount else { continue }
      // A band over a row of several texts is no cell.
      let texts = covered.count { column in down.contains { !content[unit($0, column)].isEmpty } }
      if covered.count > 1, texts > 1, !isOneText(down, covered) { continue }
      for row in down { for column in covered { tile[unit(row, column)] = index } }
    }
  }

  private func isOneText(_ rows: [Int], _ columns: [Int]) -> Bool {
    rows.allSatisfy { row in
      let words = columns.flatMap { content[unit(row, $0)] }
      return TextRow.chunks(of: words) { $0 >= TableThresholds.chunkGap * $1 }.count < 2
    }
  }

  // MARK: - Sides

  private mutating func drawWalls(
    below pieces: [Ruling], shadings: [Shading], lines: [Double]
  ) {
    var drawn = [[Interval]](repeating: [], count: ys.count)
    func edge(at y: Double) -> Int? {
      let next = ys.partitioningIndex { $0 > y - TableThresholds.sameLine }
      return next < ys.count && ys[next] <= y + TableThresholds.sameLine ? next : nil
    }
    func add(_ y: Double, _ x: Interval) {
      if let index = edge(at: y) { drawn[index].append(x) }
    }
    for piece in pieces { add(piece.position, piece.extent) }
    // The edge of a band is none where the next band begins in the same colour.
    let cells = Set(tile)
    for (index, shading) in shadings.enumerated() {
      if cells.contains(index) {
        add(shading.box.minY, shading.box.xInterval)
        add(shading.box.maxY, shading.box.xInterval)
        continue
      }
      for (y, other) in [(shading.box.minY, \Shading.box.maxY), (shading.box.maxY, \.box.minY)] {
        let goesOn = shadings.contains {
          abs($0[keyPath: other] - y) <= 1 && $0.color == shading.color
            && $0.box.xInterval.overlap(shading.box.xInterval) > 0.5 * shading.box.width
        }
        if !goesOn { add(y, shading.box.xInterval) }
      }
    }
    let known = Set(lines.compactMap(edge))
    for row in 0..<rowCount {
      for column in 0..<columnCount {
        let middle = (xs[column] + xs[column + 1]) / 2
        wallBelow[unit(row, column)] =
          drawn[row + 1].contains { $0.contains(middle) } || !known.contains(row + 1)
      }
    }
  }

  private mutating func drawWallsAtRight() {
    for row in 0..<rowCount {
      for column in 0..<columnCount - 1 {
        let (left, right) = (unit(row, column), unit(row, column + 1))
        if tile[left] != tile[right] { continue }
        let edge = xs[column + 1]
        wallAtRight[left] =
          tile[left] < 0
          && !(content[left] + content[right]).contains {
            $0.box.minX < edge - 1 && $0.box.maxX > edge + 1
          } && !isOneLine(content[left], content[right])
      }
    }
  }

  /// Whether texts at both sides of an edge follow each other with a space only.
  private func isOneLine(_ left: [Word], _ right: [Word]) -> Bool {
    guard let last = left.max(by: { $0.box.maxX < $1.box.maxX }),
      let next = right.min(by: { $0.box.minX < $1.box.minX })
    else { return false }
    return next.followsSpace && abs(next.baseline - last.baseline) < 0.2 * next.size
      && next.box.minX - last.box.maxX < TableThresholds.headGap * next.size
  }

  // MARK: - Spans

  /// Joins empty units around a text that stands in the middle of all of them and not where the
  /// texts of its column stand.
  private mutating func joinSpans() {
    for row in 0..<rowCount {
      var column = 0
      while column < columnCount {
        var end = column + 1
        while end < columnCount, !wallAtRight[unit(row, end - 1)] { end += 1 }
        let own = column..<end
        column = end
        let rows = rowsOfCell[unit(row, own.lowerBound)]
        guard rows.lowerBound == row, tile[unit(row, own.lowerBound)] < 0,
          let span = span(around: own, rows: rows)
        else { continue }
        for joined in span.dropLast() {
          for row in rows { wallAtRight[unit(row, joined)] = false }
        }
        column = span.upperBound
      }
    }
  }

  /// The columns in whose middle the text of a cell stands; nil for its own.
  private func span(around own: Range<Int>, rows: Range<Int>) -> Range<Int>? {
    guard let box = box(rows, own) else { return nil }
    var first = own.lowerBound
    while first > 0, isEmptyCell(rows, first - 1) { first -= 1 }
    var last = own.upperBound
    while last < columnCount, isEmptyCell(rows, last) { last += 1 }
    guard last - first > own.count, !standsAsOthers(box, rows: rows, columns: own) else {
      return nil
    }
    var best: (span: Range<Int>, offset: Double)?
    for start in first...own.lowerBound {
      for stop in own.upperBound...last where stop - start > own.count {
        let offset = abs(box.midX - (xs[start] + xs[stop]) / 2)
        if offset < TableThresholds.centred, offset < best?.offset ?? .infinity {
          best = (start..<stop, offset)
        }
      }
    }
    return best?.span
  }

  /// For each unit the rows that no line separates from it, above and below.
  private mutating func findRowsOfCells() {
    for column in 0..<columnCount {
      var first = 0
      for row in 0..<rowCount where row + 1 == rowCount || wallBelow[unit(row, column)] {
        for member in first...row { rowsOfCell[unit(member, column)] = first..<row + 1 }
        first = row + 1
      }
    }
  }

  private func box(_ rows: Range<Int>, _ columns: Range<Int>) -> Rect? {
    let words = rows.flatMap { row in columns.flatMap { content[unit(row, $0)] } }
    guard let first = words.first else { return nil }
    return words.dropFirst().reduce(first.box) { $0.union($1.box) }
  }

  /// Whether the cell of these rows in a column is unshaded and empty.
  private func isEmptyCell(_ rows: Range<Int>, _ column: Int) -> Bool {
    rowsOfCell[unit(rows.lowerBound, column)] == rows
      && rows.allSatisfy { content[unit($0, column)].isEmpty && tile[unit($0, column)] < 0 }
  }

  /// Whether texts of other rows in the same columns start or end where this one does.
  private func standsAsOthers(_ box: Rect, rows: Range<Int>, columns: Range<Int>) -> Bool {
    var atLeft = 0
    var atRight = 0
    var count = 0
    for other in 0..<rowCount where !rows.contains(other) {
      guard let place = self.box(other..<other + 1, columns) else { continue }
      count += 1
      if abs(place.minX - box.minX) < 1 { atLeft += 1 }
      if abs(place.maxX - box.maxX) < 1 { atRight += 1 }
    }
    return max(atLeft, atRight) * 4 >= max(count, 4)
  }

  // MARK: - Cells over several rows

  private enum CutCost {
    /// A text in ems off the middle of its rows.
    static let limit = 2.0
    /// Rows without a text.
    static let empty = 1.0
    /// A cell without shading that starts in a shaded row.
    static let shadedStart = 1.5
    /// Two lines in one cell with more white between them than lines have.
    static let apart = 5.0
  }

  /// Divides cells without shading that go on beside shaded rows: each text stands in the middle of
  /// its rows, and the first of them is not shaded.
  private mutating func divideColumns() {
    guard tile.contains(where: { $0 >= 0 }) else { return }
    let isShaded = (0..<rowCount).map { row in
      (0..<columnCount).contains { tile[unit(row, $0)] >= 0 }
    }
    for column in 0..<columnCount {
      var start = 0
      for row in 0..<rowCount where row + 1 == rowCount || wallBelow[unit(row, column)] {
        let run = start..<row + 1
        start = row + 1
        guard run.count > 1, tile[unit(run.lowerBound, column)] < 0 else { continue }
        for cut in cuts(of: run, column: column, isShaded: isShaded) {
          wallBelow[unit(cut - 1, column)] = true
        }
      }
    }
  }

  /// The rows in a run that start cells of a column: the cheapest cut.
  private func cuts(of run: Range<Int>, column: Int, isShaded: [Bool]) -> [Int] {
    let lines = run.map { box($0..<$0 + 1, column..<column + 1) }
    guard lines.count(where: { $0 != nil }) > 1, run.count <= TableThresholds.maximumColumns else {
      return []
    }
    var cost = [Double](repeating: .infinity, count: run.count + 1)
    var from = [Int](repeating: 0, count: run.count + 1)
    cost[0] = 0
    for end in 1...run.count {
      for start in 0..<end {
        let rows = run.lowerBound + start..<run.lowerBound + end
        let isLate = start > 0 && isShaded[rows.lowerBound]
        let total =
          cost[start] + cellCost(rows, column) + (isLate ? CutCost.shadedStart : 0)
        if total < cost[end] {
          cost[end] = total
          from[end] = start
        }
      }
    }
    var cuts: [Int] = []
    var end = from[run.count]
    while end > 0 {
      cuts.append(run.lowerBound + end)
      end = from[end]
    }
    return cuts
  }

  /// What it costs to read the texts of some rows of a column as one cell.
  private func cellCost(_ rows: Range<Int>, _ column: Int) -> Double {
    let words = rows.flatMap { content[unit($0, column)] }
    guard let first = words.first else { return CutCost.empty }
    let box = words.dropFirst().reduce(first.box) { $0.union($1.box) }
    let middle = (ys[rows.lowerBound] + ys[rows.upperBound]) / 2
    let baselines = words.map(\.baseline).sorted()
    let apart = zip(baselines, baselines.dropFirst()).count {
      $1 - $0 > TableThresholds.looseStep * first.size
    }
    return min(CutCost.limit, abs(box.midY - middle) / first.size) + CutCost.apart * Double(apart)
  }
}
