import LayoutAnalysis
import LayoutModel
import PageGeometry

/// Fits the head rows of an unruled table to its leaf columns.
///
///              Previous              spanner: text of one or more lines over several columns
///               period
///     ───────────────────────        a line under it says exactly what it spans
///     Item    Total      Men         leaves: all the text over one column
///
/// A reading of the heads is a tree: the columns are cut into runs; a run is a leaf, or a spanner
/// over runs of its own. Each reading is priced by what it leaves unexplained (texts that stand off
/// the middle of their columns, lines of one cell with too much white between them, lines drawn
/// through a cell, columns without a head), and the cheapest one is taken. All readings of a run
/// from one row downwards are priced once.
struct HeaderFitter {
  let columns: LeafColumns
  let rows: [TextRow]
  /// Lines inside the heads, also partial ones.
  let rules: [Ruling]
  /// The distance of baselines of one text, in ems.
  let leading: Leading
  let stub: Stub
  /// How many columns at the left name rows or number them.
  let stubDepth: Int
  private let pieces: [Piece]
  /// For each piece its words.
  private let pieceWords: [[Word]]
  /// For each row, and behind the last one, the position of its first piece.
  private let firstPieces: [Int]
  /// For each line the columns that it runs under.
  private let covered: [Range<Int>?]
  /// The least that heads below one may cost: less than nothing where lines confirm them.
  private let leastBelow: Double
  /// For each column the pieces whose middle lies in it, from top to bottom.
  private let piecesOfColumn: [[Int]]
  /// For each row and column edge, what it costs to cut the rows from there on at the edge.
  private let cutCosts: [[Double]]
  /// For each row, and behind the last one, what the pieces from there on cover over each column.
  private let stretches: [[Interval?]]
  /// Whether heads stand at the bottom of their cells: the stub's does, below rows of heads; nil where
  /// the stub has no head.
  private let isBottomAligned: Bool?
  /// x of the edges of cells, nil for what nothing tells.
  private let cellEdges: [Double?]

  /// Whether the first column names the rows; unknown where the body is on another page.
  enum Stub {
    case none, some, unknown
  }

  /// A head with its place in the grid.
  struct Placed {
    var rows: Range<Int>
    var columns: Range<Int>
    var words: [Word]
  }

  /// A reading of the heads.
  struct Fit {
    /// In reading order.
    var heads: [Placed]
    var rowCount: Int
    /// What it leaves unexplained, in ems that texts stand off their places.
    var cost: Double

    /// Adds a row with a text for each column, such as their numbers.
    mutating func append(_ row: TextRow, columns: LeafColumns) {
      for chunk in row.chunks {
        let column = columns.index(at: chunk.box.midX)
        heads.append(
          Placed(
            rows: rowCount..<rowCount + 1, columns: column..<column + 1, words: chunk.words))
      }
      rowCount += 1
    }
  }

  /// The distance of the baselines of one text.
  struct Leading {
    var ems: Double
    /// The largest distance that may still be one, in ems.
    var limit: Double
    /// Whether cells stand clearly further apart than the lines in them.
    var isTelling: Bool
  }

  /// Words on one line that nothing divides.
  private struct Piece {
    var box: Rect
    var row: Int
    /// The column that its middle lies in.
    var column = 0
    /// Its own: what stands beside it in the row may be up to half a line higher or lower.
    var baseline: Double
    var size: Double
    /// What its first word needs at the end of a line.
    var firstWidth: Double
    var startsWithIdeograph: Bool
    /// Whether it reads as the middle of a sentence.
    var startsInside: Bool

    init(_ words: [Word], row: Int) {
      let word = words[0]
      let first = word.text.unicodeScalars.first
      box = words.dropFirst().reduce(word.box) { $0.union($1.box) }
      self.row = row
      baseline = word.baseline
      size = word.size
      startsWithIdeograph = first.map(Script.isIdeographic) ?? false
      firstWidth = startsWithIdeograph ? word.size : word.box.width + 0.3 * word.size
      startsInside =
        first.map {
          $0.properties.isLowercase || "(（)）%/-、，,".unicodeScalars.contains($0)
        } ?? false
    }
  }

  /// More columns than this are not searched for spanners.
  private static let maximumColumns = 60
  private static let maximumRows = 12
  /// A head with nothing below it spans at most this many columns.
  private static let maximumWideLeaf = 4

  init(
    columns: LeafColumns, rows: [TextRow], rules: [Ruling], leading: Leading, stub: Stub = .some,
    stubDepth: Int = 0, body: [TextRow] = []
  ) {
    self.stub = stub
    self.stubDepth = stubDepth
    self.columns = columns
    self.rows = rows
    self.rules = rules
    self.leading = leading
    var pieces: [Piece] = []
    var pieceWords: [[Word]] = []
    for (index, row) in rows.enumerated() {
      let parts = Self.parts(of: row)
      pieceWords += parts
      pieces += parts.map { Piece($0, row: index) }
    }
    self.pieceWords = pieceWords
    for index in pieces.indices { pieces[index].column = columns.index(at: pieces[index].box.midX) }
    self.pieces = pieces
    firstPieces = (0...rows.count).map { row in pieces.partitioningIndex { $0.row >= row } }
    covered = rules.map { rule in
      let under = (0..<columns.count).filter { rule.extent.contains(columns.contents[$0].middle) }
      return under.first.flatMap { first in under.last.map { first..<$0 + 1 } }
    }
    leastBelow =
      HeadCost.confirmed * Double(covered.count { $0.map { $0.count < columns.count } ?? false })
    var ofColumn = [[Int]](repeating: [], count: columns.count)
    for (index, piece) in pieces.enumerated() {
      ofColumn[piece.column].append(index)
    }
    piecesOfColumn = ofColumn
    var white = [[Double]](
      repeating: [Double](repeating: .infinity, count: columns.count + 1), count: rows.count)
    for (left, right) in zip(pieces, pieces.dropFirst()) where left.row == right.row {
      let first = left.column
      let last = right.column
      let gap = (right.box.minX - left.box.maxX) / right.size
      guard first < last else { continue }
      for edge in first + 1...last { white[left.row][edge] = min(white[left.row][edge], gap) }
    }
    var cutCosts = [[Double]](
      repeating: [Double](repeating: 0, count: columns.count + 1), count: rows.count + 1)
    for row in rows.indices.reversed() {
      for edge in 0...columns.count {
        cutCosts[row][edge] =
          cutCosts[row + 1][edge]
          + (white[row][edge].isFinite ? Self.cutCost(gap: white[row][edge]) : 0)
      }
    }
    self.cutCosts = cutCosts
    stretches = (0...rows.count).map { row in
      ofColumn.enumerated().map { column, members in
        let width = columns.edges[column + 1] - columns.edges[column]
        let lower = members.filter {
          pieces[$0].row >= row && pieces[$0].box.width <= 1.3 * width
        }
        return lower.reduce(nil as Interval?) { stretch, index in
          let x = pieces[index].box.xInterval
          return stretch.map { $0.union(x) } ?? x
        }
      }
    }
    if let stub = ofColumn[0].first {
      isBottomAligned = pieces[stub].row > 0 && pieces[stub].row + 1 == rows.count
    } else {
      isBottomAligned = nil
    }
    let lowest = ofColumn.enumerated().map { column, members in
      members.last.map { pieces[$0].box.xInterval }.flatMap {
        let left = column > 0 ? columns.contents[column - 1].upper : -.infinity
        let right = column + 1 < columns.count ? columns.contents[column + 1].lower : .infinity
        return $0.lower >= left && $0.upper <= right ? $0 : nil
      }
    }
    cellEdges =
      rows.count > 1
      ? CellEdges.edges(
        columns: columns, body: body, heads: lowest,
        lines: zip(rules, covered).filter { $1?.count == columns.count }.map(\.0.extent)) ?? []
      : []
  }

  /// Words of a head row with nothing wider than a space between them.
  private static func parts(of row: TextRow) -> [[Word]] {
    var parts: [[Word]] = []
    var end = -Double.infinity
    for word in row.words {
      if !parts.isEmpty, word.box.minX - end < space(before: word) {
        parts[parts.count - 1].append(word)
        end = max(end, word.box.maxX)
      } else {
        parts.append([word])
        end = word.box.maxX
      }
    }
    return parts
  }

  /// The smallest white before a word that may divide two heads, in points: nothing stands between
  /// ideographs of one text.
  private static func space(before word: Word) -> Double {
    let isIdeograph = word.text.unicodeScalars.first.map(Script.isIdeographic) ?? false
    return (isIdeograph ? TableThresholds.ideographGap : TableThresholds.headGap) * word.size
  }

  // MARK: - Costs

  /// What readings cost, in ems that a text stands off its place.
  private enum HeadCost {
    /// Each em by which a leaf starts below the level that it belongs to, and the most that counts.
    static let hanging = 0.7
    static let hangingLimit = 1.5
    /// A text at the left below all other heads.
    static let belowAll = 1.2
    /// Each em by which a leaf stands off the middle of its height, and what standing at an end of
    /// it counts as, in ems.
    static let height = 0.45
    static let atEnd = 0.4
    /// A head stands at least this far above those below it, baseline to baseline.
    static let nextLine = 0.9
    /// All heads at the bottom of their cells, where the stub does not show it.
    static let bottomAligned = 0.6
    /// A spanner, and with it a level of heads.
    static let spanner = 0.3
    /// A head over several columns with nothing below it, over the stub and elsewhere.
    static let wideStub = 0.8
    static let wideLeaf = 2.0
    /// A column without a head, the stub and others.
    static let emptyStub = 0.4
    static let empty = 2.5
    /// Two cells over each other in one column: with a line between them, without, with white.
    static let ruledLevel = 1.5
    static let level = 2.5
    static let levelApart = 0.6
    /// A spanner over the stub and everything beside it, or some columns beside it.
    static let whole = 4.0
    static let overStub = 2.0
    /// The most that a line break costs where the next word would not have fitted.
    static let wrapped = 0.3
    /// A line break where the next word would have fitted.
    static let unneededBreak = 0.8
    /// A spanner over a spanner of the same columns.
    static let stacked = 0.6
    /// A line drawn between the lines of a cell, or ends that contradict a spanner.
    static let againstLine = 8.0
    /// A line under a spanner with the spanner's ends.
    static let confirmed = -2.0
    /// A text that starts in the middle of a sentence is no head of its own.
    static let startsInside = 1.0
    /// Up to this the first reading is not compared with other standings.
    static let poor = 2.5
    /// A text with more than this is not read as one, and not as a spanner.
    static let hopeless = 30.0
    static let worstSpanner = 4.0
    /// Beyond this distance one misfit is as good as another.
    static let limit = 5.0
    /// A text stands in the middle of a cell with known edges within this many ems.
    static let centred = 0.1
    /// Each em that a text runs over the texts of a column that it does not head.
    static let overlap = 4.0
  }

  /// How spanners stand over their columns; the reading with the cheapest sum counts.
  private enum Standing: CaseIterable {
    case center, left, right
    /// Texts over several columns mostly stand in the middle.
    var cost: Double { self == .center ? 0 : 0.6 }
  }

  /// What it costs to read white inside a line as a space of a text.
  private func joinCost(gap: Double) -> Double {
    switch gap {
    case ...0.4: 0
    case ...0.9: 3 * (gap - 0.4)
    default: min(12, 1.5 + 3 * (gap - 0.9))
    }
  }

  /// What it costs to read white inside a line as that between two heads.
  private static func cutCost(gap: Double) -> Double {
    gap >= 0.8 ? 0 : gap >= 0.35 ? 1.2 * (0.8 - gap) : 0.6 + 14 * (0.35 - gap)
  }

  /// What it costs to read two lines with some distance of baselines, in ems, as one text.
  private func joinCost(distance: Double) -> Double {
    guard leading.isTelling else { return 0.2 + min(5, 4 * max(0, distance - 1.15)) }
    return min(6, 8 * max(0, distance - leading.limit) / leading.ems)
  }

  /// What it costs to read two lines with some distance of baselines as two heads.
  private func levelCost(distance: Double) -> Double {
    guard leading.isTelling else { return 0.3 }
    return distance <= leading.limit ? 1 : distance <= 1.15 * leading.limit ? 0.3 : 0
  }

  /// What it costs to read all pieces over a run of columns in some rows as one text.
  private enum CellPrice {
    case noText
    /// More than was asked for; further rows would only add to it.
    case tooMuch
    /// With the last piece.
    case price(Double, last: Int)
  }

  /// The price of reading all pieces over a run of columns in some rows as one text; nil without
  /// any and where it is no use.
  private func cellCost(
    _ span: Range<Int>, _ lines: Range<Int>, standing: Standing?
  ) -> (cost: Double, last: Int)? {
    switch price(span, lines, standing: standing, limit: HeadCost.hopeless) {
    case .noText, .tooMuch: nil
    case .price(let cost, let last): (cost, last)
    }
  }

  private func price(
    _ span: Range<Int>, _ lines: Range<Int>, standing: Standing?, limit: Double
  ) -> CellPrice {
    var cost = 0.0
    var members: (first: Int, last: Int)?
    var box = Rect(minX: 0, minY: 0, maxX: 0, maxY: 0)
    var line = box
    for index in firstPieces[lines.lowerBound]..<firstPieces[lines.upperBound]
    where span.contains(pieces[index].column) {
      let b = pieces[index]
      guard let upper = members?.last else {
        members = (index, index)
        box = b.box
        line = b.box
        continue
      }
      let a = pieces[upper]
      members?.last = index
      if a.row == b.row {
        cost += joinCost(gap: (b.box.minX - a.box.maxX) / b.size)
        line = line.union(b.box)
      } else {
        let join = joinCost(distance: (b.baseline - a.baseline) / b.size)
        if isFull(line, before: b, over: span) {
          cost += min(join, HeadCost.wrapped)
        } else {
          cost += join
          if span.count > 1, line.width + b.firstWidth < 0.8 * width(of: span) {
            cost += HeadCost.unneededBreak
          }
        }
        if b.box.xInterval.overlap(line.xInterval) <= 0 { cost += 4 }
        if isRuled(between: a.baseline, and: b.baseline, over: b.box.xInterval) {
          cost += HeadCost.againstLine
        }
        line = b.box
      }
      box = box.union(b.box)
      if cost > limit { return .tooMuch }
    }
    guard let (first, last) = members else { return .noText }
    let size = pieces[first].size
    cost += min(
      HeadCost.limit,
      misfit(box, over: span, below: lines.upperBound, standing: standing, size: size))
    cost += overlapCost(box, over: span, size: size)
    return .price(cost, last: last)
  }

  private func width(of span: Range<Int>) -> Double {
    columns.contents[span.upperBound - 1].upper - columns.contents[span.lowerBound].lower
  }

  /// Whether not one ideograph more would have fitted into a line: the text was wrapped here.
  ///
  /// Of words, nearly every line of a narrow column is full.
  private func isFull(_ line: Rect, before next: Piece, over span: Range<Int>) -> Bool {
    let width = columns.edges[span.upperBound] - columns.edges[span.lowerBound]
    return next.startsWithIdeograph && line.width <= width && line.width + 1.3 * next.size > width
      && line.width > 0.5 * width
  }

  private func isRuled(between upper: Double, and lower: Double, over x: Interval) -> Bool {
    rules.contains {
      $0.position > upper - 1 && $0.position < lower - 2 && $0.extent.overlap(x) > 0.5 * x.length
    }
  }

  /// How far a text stands off the place that its columns give it, in ems.
  private func misfit(
    _ box: Rect, over span: Range<Int>, below row: Int, standing: Standing?, size: Double
  ) -> Double {
    let body = columns.contents[span.lowerBound].union(columns.contents[span.upperBound - 1])
    let first = stretches[row][span.lowerBound] ?? columns.contents[span.lowerBound]
    let last = stretches[row][span.upperBound - 1] ?? columns.contents[span.upperBound - 1]
    let heads = first.union(last)
    let all = body.union(heads)
    // The edges of the cells lie somewhere in the gutters.
    let leftmost =
      span.lowerBound > 0
      ? min(all.lower, columns.contents[span.lowerBound - 1].upper) : columns.edges[0]
    let rightmost =
      span.upperBound < columns.count
      ? max(all.upper, columns.contents[span.upperBound].lower) : columns.edges[columns.count]
    let room = Interval((leftmost + all.upper) / 2, (all.lower + rightmost) / 2)
    let middle = box.midX
    let outside = max(0, room.lower - middle, middle - room.upper)
    let nominal = min(
      abs(middle - body.middle), abs(middle - heads.middle), abs(middle - all.middle),
      abs(middle - (leftmost + all.lower + all.upper + rightmost) / 4))
    let center =
      cellMiddle(of: span).map { max(0, abs(middle - $0) / size - HeadCost.centred) }
      ?? (outside + 0.4 * min(nominal, 2 * size)) / size
    switch standing {
    case nil:
      if span.lowerBound == 0, box.maxX <= max(body.upper + size, rightmost) { return 0 }
      let atLeft = abs(box.minX - body.lower) / size
      let atRight = abs(box.maxX - body.upper) / size
      return min(center, atLeft + 0.1, atRight + 0.1)
    case .center: return center
    case .left: return min(abs(box.minX - body.lower), abs(box.minX - heads.lower)) / size
    case .right: return min(abs(box.maxX - body.upper), abs(box.maxX - heads.upper)) / size
    }
  }

  /// x of the middle of the cell over several columns, where its edges are known.
  private func cellMiddle(of span: Range<Int>) -> Double? {
    guard span.count > 1, !cellEdges.isEmpty, let left = cellEdges[span.lowerBound],
      let right = cellEdges[span.upperBound]
    else { return nil }
    return (left + right) / 2
  }

  /// What it costs that a text runs over the body texts of columns beside its own.
  private func overlapCost(_ box: Rect, over span: Range<Int>, size: Double) -> Double {
    var over = 0.0
    if span.lowerBound > 0 {
      over = max(over, columns.contents[span.lowerBound - 1].upper - box.minX - 0.2 * size)
    }
    if span.upperBound < columns.count {
      over = max(over, box.maxX - columns.contents[span.upperBound].lower - 0.2 * size)
    }
    return HeadCost.overlap * min(2, max(0, over / size))
  }

  // MARK: - Lines under heads

  /// What a line between a spanner and the heads below it says of the spanner.
  private func lineCost(_ span: Range<Int>, from upper: Double, to lower: Double) -> Double {
    var cost = 0.0
    for (rule, covered) in zip(rules, covered)
    where rule.position > upper - 1 && rule.position < lower - 2 {
      guard let covered, covered.overlaps(span), covered.count < columns.count else { continue }
      if covered == span {
        cost += HeadCost.confirmed
      } else if covered.lowerBound > span.lowerBound || covered.upperBound < span.upperBound {
        cost += HeadCost.againstLine
      }
    }
    return cost
  }

  // MARK: - Search

  private enum Choice {
    case empty, leaf
    /// The heads of the rows before one are a cell of their own.
    case level(until: Int), spanner(until: Int)
    /// One head over several columns with nothing below it.
    case wide
  }

  private struct Memo {
    var units: [(cost: Double, choice: Choice)?]
    var runs: [(cost: Double, cut: Int)?]
    let standing: Standing
    /// Whether heads stand at the bottom of their cells.
    let isBottomAligned: Bool
  }

  private func place(_ span: Range<Int>, _ row: Int) -> Int {
    (span.lowerBound * (columns.count + 1) + span.upperBound) * (rows.count + 1) + row
  }

  /// The cheapest reading of the heads from a row on.
  ///
  /// - Parameter starts: Rows that may be the first one.
  /// - Returns: A reading for each of them, in the same order.
  func fits(from starts: [Int]) -> [Fit] {
    guard columns.count <= Self.maximumColumns, rows.count <= Self.maximumRows else {
      return starts.map { simpleFit(from: $0) }
    }
    let size = (columns.count + 1) * (columns.count + 1) * (rows.count + 1)
    var memos = (isBottomAligned.map { [$0] } ?? [false, true]).flatMap { isBottomAligned in
      Standing.allCases.map {
        Memo(
          units: Array(repeating: nil, count: size), runs: Array(repeating: nil, count: size),
          standing: $0, isBottomAligned: isBottomAligned)
      }
    }
    return starts.map { start in
      var costs = [run(0..<columns.count, start, &memos[0])]
      for index in memos.indices.dropFirst() where costs[0] > HeadCost.poor {
        costs.append(run(0..<columns.count, start, &memos[index]) + cost(of: memos[index]))
      }
      let best = costs.indices.min { costs[$0] < costs[$1] } ?? 0
      var heads: [Head] = []
      let depth = collect(
        0..<columns.count, start, memos[best], level: 0, parent: nil, into: &heads)
      let placed = zip(
        heads, rowRanges(of: heads, depth: depth, isBottomAligned: memos[best].isBottomAligned)
      ).map {
        Placed(rows: $1, columns: $0.columns, words: $0.words)
      }
      return Fit(
        heads: placed.sorted {
          ($0.rows.lowerBound, $0.columns.lowerBound) < ($1.rows.lowerBound, $1.columns.lowerBound)
        }, rowCount: heads.isEmpty ? 0 : depth, cost: costs[best])
    }
  }

  func fit() -> Fit { fits(from: [0])[0] }

  /// What the assumptions of a search cost.
  private func cost(of memo: Memo) -> Double {
    memo.standing.cost
      + (isBottomAligned == nil && memo.isBottomAligned ? HeadCost.bottomAligned : 0)
  }

  /// The cheapest cut of a run of columns into leaves and spanners.
  private func run(_ span: Range<Int>, _ row: Int, _ memo: inout Memo) -> Double {
    if let known = memo.runs[place(span, row)] { return known.cost }
    var best = (cost: Double.infinity, cut: span.upperBound)
    for end in span.lowerBound + 1...span.upperBound {
      var cost = unit(span.lowerBound..<end, row, &memo)
      guard cost + leastBelow < best.cost else { continue }
      if end < span.upperBound {
        cost += cutCosts[row][end] + run(end..<span.upperBound, row, &memo)
      }
      if cost < best.cost { best = (cost, end) }
    }
    memo.runs[place(span, row)] = best
    return best.cost
  }

  /// The cheapest reading of columns that one head stands over.
  private func unit(_ span: Range<Int>, _ row: Int, _ memo: inout Memo) -> Double {
    if let known = memo.units[place(span, row)] { return known.cost }
    let lines = row..<rows.count
    var best: (cost: Double, choice: Choice) = (.infinity, .empty)
    if span.count == 1 {
      if let leaf = cellCost(span, lines, standing: nil) {
        let place = heightCost(span.lowerBound, below: row)
        best = (leaf.cost + place + hangingCost(span.lowerBound, below: row, memo), .leaf)
        for end in lines.dropFirst() {
          guard let level = levelCost(span, row, until: end) else { continue }
          let cost = level + unit(span, end, &memo)
          if cost < best.cost { best = (cost, .level(until: end)) }
        }
      } else {
        let isFree = span.lowerBound == 0 || stub == .unknown
        best = (isFree ? HeadCost.emptyStub : HeadCost.empty, .empty)
      }
    } else {
      if span.count <= Self.maximumWideLeaf || stub == .unknown,
        let wide = cellCost(span, lines, standing: .center)
      {
        let isFree = span.lowerBound == 0 || stub == .unknown
        best = (wide.cost + (isFree ? HeadCost.wideStub : HeadCost.wideLeaf), .wide)
      }
      for end in lines.dropFirst() {
        let text = price(
          span, row..<end, standing: memo.standing, limit: HeadCost.worstSpanner)
        if case .tooMuch = text { break }
        guard case .price(let own, let last) = text, own <= HeadCost.worstSpanner,
          let head = spannerCost(span, own, last: pieces[last], until: end),
          head + leastBelow < best.cost
        else { continue }
        let next = firstRow(span, from: end)
        let cost = head + cut(of: span, next, &memo).cost
        if cost < best.cost { best = (cost, .spanner(until: next)) }
        let stacked = head + HeadCost.stacked + unit(span, next, &memo)
        if stacked < best.cost { best = (stacked, .level(until: next)) }
      }
    }
    memo.units[place(span, row)] = best
    return best.cost
  }

  /// A cell over another one in the same column.
  private func levelCost(_ span: Range<Int>, _ row: Int, until end: Int) -> Double? {
    guard let upper = cellCost(span, row..<end, standing: nil),
      let lower = piecesOfColumn[span.lowerBound].first(where: { pieces[$0].row >= end })
    else { return nil }
    let last = pieces[upper.last]
    let isRuled = isRuled(
      between: last.baseline, and: pieces[lower].baseline, over: pieces[lower].box.xInterval)
    let distance = (pieces[lower].baseline - last.baseline) / last.size
    // Where the line goes on under other columns, the upper head may do so too.
    let isOwn =
      isRuled
      && zip(rules, covered).contains { rule, covered in
        covered == span && rule.position > last.baseline - 1
          && rule.position < pieces[lower].baseline - 2
      }
    // A line over one column alone is rather a unit line than a level.
    let isApart =
      distance >= max(1.45, leading.isTelling ? 1.1 * leading.limit : 0)
      && rows[last.row].chunks.count > 1
    if !isRuled,
      isFull(last.box, before: pieces[lower], over: span) || pieces[lower].startsInside
    {
      return upper.cost + HeadCost.level
    }
    return upper.cost
      + (isOwn ? HeadCost.ruledLevel : isApart && !isRuled ? HeadCost.levelApart : HeadCost.level)
  }

  /// A text over several columns with heads below it, by the price of the text.
  private func spannerCost(
    _ span: Range<Int>, _ textCost: Double, last: Piece, until end: Int
  ) -> Double? {
    let below = firstPieces[end]..<pieces.count
    guard let nearest = below.first(where: { span.contains(pieces[$0].column) }) else { return nil }
    let next = pieces[nearest]
    // What stands half a line lower stands beside it.
    guard next.baseline - last.baseline >= HeadCost.nextLine * next.size else { return nil }
    var cost = textCost + HeadCost.spanner
    cost += lineCost(span, from: last.baseline, to: next.baseline)
    let reads = pieces[nearest..<firstPieces[next.row + 1]].lazy.filter {
      span.contains($0.column) && $0.box.xInterval.overlap(last.box.xInterval) > 0
    }
    if !reads.isEmpty {
      cost += levelCost(distance: (next.baseline - last.baseline) / next.size)
      if reads.contains(where: \.startsInside) { cost += HeadCost.startsInside }
    }
    let leavesStub = span.lowerBound < stubDepth && span.upperBound > stubDepth
    if leavesStub && stub != .unknown || span.lowerBound == 0 && stub == .some {
      cost += span.count == columns.count ? HeadCost.whole : HeadCost.overStub
    }
    return cost
  }

  /// What it costs that a leaf does not start at the level of its neighbours.
  ///
  /// A leaf beside spanners stands in the middle of its height, or at the top; at the bottom it
  /// looks like one of the heads below them.
  private func hangingCost(_ column: Int, below row: Int, _ memo: Memo) -> Double {
    guard column > 0, !memo.isBottomAligned,
      let first = piecesOfColumn[column].first(where: { pieces[$0].row >= row }),
      let last = piecesOfColumn[column].last, let lowest = rows.last,
      lowest.baseline - pieces[last].baseline < 0.3 * lowest.size
    else { return 0 }
    let drop = (pieces[first].baseline - rows[row].baseline) / pieces[first].size
    return HeadCost.hanging * min(HeadCost.hangingLimit, max(0, drop - 0.7))
  }

  /// What it costs that a leaf stands neither in the middle of its height nor at an end of it.
  private func heightCost(_ column: Int, below row: Int) -> Double {
    let members = piecesOfColumn[column].filter { pieces[$0].row >= row }
    guard let first = members.first, let last = members.last, let lowest = rows.last else {
      return 0
    }
    let size = pieces[first].size
    let top = pieces[first].baseline - rows[row].baseline
    let bottom = lowest.baseline - pieces[last].baseline
    let distance = min(abs(top - bottom) / 2, HeadCost.atEnd * size + min(top, bottom))
    let cost = HeadCost.height * min(2, distance / size)
    // Below all other heads stands the name of the first rows, not the head of the stub.
    let isBelowAll =
      column == 0 && row < pieces[first].row
      && !pieces.contains {
        $0.column != 0 && $0.baseline > pieces[first].baseline - 0.5 * size
      }
    return isBelowAll ? cost + HeadCost.belowAll : cost
  }

  /// The first row from one on that has a piece over some columns.
  private func firstRow(_ span: Range<Int>, from row: Int) -> Int {
    pieces[firstPieces[row]...].first { span.contains($0.column) }?.row ?? row
  }

  /// The cheapest cut of a run into at least two parts.
  private func cut(of span: Range<Int>, _ row: Int, _ memo: inout Memo) -> (cost: Double, at: Int) {
    var best = (cost: Double.infinity, at: span.lowerBound + 1)
    for end in span.lowerBound + 1..<span.upperBound {
      let cost =
        unit(span.lowerBound..<end, row, &memo) + cutCosts[row][end]
        + run(end..<span.upperBound, row, &memo)
      if cost < best.cost { best = (cost, end) }
    }
    return best
  }

  // MARK: - The reading found

  private struct Head {
    var level: Int
    var isLowest: Bool
    var columns: Range<Int>
    var words: [Word]
    /// The position of the head above it.
    var parent: Int?

    var height: Double {
      (words.map(\.box.maxY).max() ?? 0) - (words.map(\.box.minY).min() ?? 0)
    }

    /// y of the middle of its text.
    var middle: Double {
      ((words.map(\.box.minY).min() ?? 0) + (words.map(\.box.maxY).max() ?? 0)) / 2
    }
  }

  /// For each head the rows of the grid that it takes.
  ///
  /// Lowest heads reach down to the body. Where texts stand in the middle of their cells, one that
  /// does not has less height: the head above it has more, or a blank cell follows.
  private func rowRanges(of heads: [Head], depth: Int, isBottomAligned: Bool) -> [Range<Int>] {
    var ranges = heads.map { $0.level..<($0.isLowest ? depth : $0.level + 1) }
    guard depth > 1, let size = heads.first?.words.first?.size else { return ranges }
    let middles = (0..<depth).map { row -> Double? in
      let own = heads.indices.filter { ranges[$0] == row..<row + 1 }.map { heads[$0].middle }
      return own.isEmpty ? nil : own.sorted()[own.count / 2]
    }
    /// How far a head stands off the middle of some rows, in ems.
    func offset(_ head: Head, _ rows: Range<Int>) -> Double? {
      guard let first = middles[rows.lowerBound], let last = middles[rows.upperBound - 1] else {
        return nil
      }
      return abs(head.middle - (first + last) / 2) / size
    }
    let tall = heads.indices.filter { ranges[$0].count > 1 }
    let isCentered =
      !isBottomAligned && tall.contains { (offset(heads[$0], ranges[$0]) ?? 1) <= 0.25 }
    for index in tall where isCentered {
      guard let now = offset(heads[index], ranges[index]), now > 0.45 else { continue }
      let rows = ranges[index]
      if let parent = heads[index].parent {
        let lower = (rows.lowerBound + 1..<depth).map { $0..<depth }
        let siblings = heads.indices.filter { heads[$0].parent == parent }
        guard let fitting = lower.first(where: { (offset(heads[index], $0) ?? 1) <= 0.25 }),
          siblings.allSatisfy({ heads[$0].isLowest && ranges[$0] == rows }),
          !endsAtLevelLine(parent, heads: heads)
        else { continue }
        for sibling in siblings { ranges[sibling] = fitting }
        ranges[parent] = ranges[parent].lowerBound..<fitting.lowerBound
      }
    }
    // Two lines in the middle of one row show how texts stand as well as a tall head does.
    let short = tall.filter { index in
      let first = ranges[index].lowerBound..<ranges[index].lowerBound + 1
      return ranges[index].count > 1 && (offset(heads[index], ranges[index]) ?? 0) > 0.45
        && (offset(heads[index], first) ?? 1) <= 0.25
    }
    guard isCentered || short.contains(where: { heads[$0].height > 1.8 * size }) else {
      return ranges
    }
    for index in short {
      ranges[index] = ranges[index].lowerBound..<ranges[index].lowerBound + 1
    }
    return ranges
  }

  /// Whether the line under a head over others is level with that under another one beside it.
  private func endsAtLevelLine(_ index: Int, heads: [Head]) -> Bool {
    func line(under head: Head) -> Double? {
      let bottom = head.words.map(\.baseline).max() ?? 0
      return zip(rules, covered).first { rule, covered in
        rule.position > bottom && (covered?.overlaps(head.columns) ?? false)
      }?.0.position
    }
    guard let own = line(under: heads[index]) else { return false }
    return heads.indices.contains { other in
      other != index && heads[other].level == heads[index].level && !heads[other].isLowest
        && line(under: heads[other]).map { abs($0 - own) <= 1 } == true
    }
  }

  /// Adds the heads of a run; returns how many levels there are down to its leaves.
  private func collect(
    _ span: Range<Int>, _ row: Int, _ memo: Memo, level: Int, parent: Int?,
    into heads: inout [Head], isCut: Bool = false
  ) -> Int {
    var memo = memo
    var start = span.lowerBound
    var depth = level
    if isCut {
      start = cut(of: span, row, &memo).at
      depth = collectUnit(
        span.lowerBound..<start, row, memo, level: level, parent: parent, into: &heads)
    }
    while start < span.upperBound {
      _ = run(start..<span.upperBound, row, &memo)
      guard let choice = memo.runs[place(start..<span.upperBound, row)] else { break }
      depth = max(
        depth,
        collectUnit(start..<choice.cut, row, memo, level: level, parent: parent, into: &heads))
      start = choice.cut
    }
    return depth
  }

  private func collectUnit(
    _ span: Range<Int>, _ row: Int, _ memo: Memo, level: Int, parent: Int?,
    into heads: inout [Head]
  ) -> Int {
    guard let choice = memo.units[place(span, row)]?.choice else { return level + 1 }
    switch choice {
    case .empty:
      return level + 1
    case .leaf, .wide:
      heads.append(
        Head(
          level: level, isLowest: true, columns: span, words: words(span, row..<rows.count),
          parent: parent))
      return level + 1
    case .level(let end):
      heads.append(
        Head(
          level: level, isLowest: false, columns: span, words: words(span, row..<end),
          parent: parent))
      return collectUnit(
        span, end, memo, level: level + 1, parent: heads.count - 1, into: &heads)
    case .spanner(let end):
      heads.append(
        Head(
          level: level, isLowest: false, columns: span, words: words(span, row..<end),
          parent: parent))
      return collect(
        span, end, memo, level: level + 1, parent: heads.count - 1, into: &heads, isCut: true)
    }
  }

  /// The words over a run of columns in some rows, in reading order.
  private func words(_ span: Range<Int>, _ lines: Range<Int>) -> [Word] {
    span.flatMap { piecesOfColumn[$0] }.filter { lines.contains(pieces[$0].row) }.sorted()
      .flatMap { pieceWords[$0] }
  }

  /// Each text over the column of its middle: for tables too large to be searched.
  private func simpleFit(from start: Int) -> Fit {
    let heads = (0..<columns.count).compactMap { column -> Placed? in
      let words = words(column..<column + 1, start..<rows.count)
      return words.isEmpty ? nil : Placed(rows: 0..<1, columns: column..<column + 1, words: words)
    }
    return Fit(heads: heads, rowCount: start < rows.count ? 1 : 0, cost: HeadCost.limit)
  }

}
