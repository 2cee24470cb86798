import LayoutAnalysis
import LayoutModel
import PageGeometry

/// Joins the text rows of a body to rows of the grid.
///
/// Lines and bands of shading between rows decide where they are. Else white space does, where
/// rows stand further apart than the lines of one cell. Else rows of values are the rows of the
/// grid, and the other lines of a column are shared out among them:
///
///     Tea (including        12.4      centred, or at the top, or at the bottom of its row:
///     iced tea)                       the reading that leaves the smallest offsets wins
///     Coffee                 3.1
///
/// A line that belongs to no row of values is a row of its own.
struct BodyRows {
  let rows: [TextRow]
  let columns: LeafColumns
  /// y of lines and edges of bands that run over most of the table's width.
  let separators: [Double]
  /// The column that names the rows.
  let stub: Int
  /// Columns of text only, in a table of values: their lines are no rows of their own.
  private let textColumns: Set<Int>

  init(rows: [TextRow], columns: LeafColumns, separators: [Double], stub: Int = 0) {
    self.rows = rows
    self.columns = columns
    self.separators = separators
    self.stub = stub
    var values: Set<Int> = []
    for chunk in rows.lazy.flatMap(\.chunks) where chunk.isValue {
      values.insert(columns.index(at: chunk.box.midX))
    }
    let valueRowCount = rows.count(where: \.isValueRow)
    textColumns =
      valueRowCount * Cost.linesPerRow >= rows.count
      ? Set(0..<columns.count).subtracting(values) : []
  }

  /// - Returns: For each row of the grid, from top to bottom, the positions of its text rows.
  func groups() -> [[Int]] {
    guard rows.count > 1 else { return rows.isEmpty ? [] : [[0]] }
    // One band may be painted over several rows that a merged cell stands beside.
    if separatesAll { return cut { between($0, $0 + 1) || !isOneRow([$0, $0 + 1]) } }
    if let limit = spacedLimit {
      let groups = cut { between($0, $0 + 1) || step($0) > limit }
      if groups.allSatisfy(isOneRow) { return groups }
    }
    return sharedOut()
  }

  private func cut(after isCut: (Int) -> Bool) -> [[Int]] {
    var groups: [[Int]] = []
    var start = 0
    for index in rows.indices where index + 1 == rows.count || isCut(index) {
      groups.append(Array(start...index))
      start = index + 1
    }
    return groups
  }

  private func step(_ index: Int) -> Double {
    (rows[index + 1].baseline - rows[index].baseline) / max(rows[index].size, rows[index + 1].size)
  }

  // MARK: - Separators

  /// Whether a separator lies between two text rows.
  private func between(_ upper: Int, _ lower: Int) -> Bool {
    let range = Interval(
      rows[upper].baseline - 0.3 * rows[upper].size, rows[lower].baseline - 0.3 * rows[lower].size)
    return separators.contains { range.contains($0) }
  }

  /// Whether separators stand between the rows of values everywhere.
  private var separatesAll: Bool {
    let values = rows.indices.filter { rows[$0].isValueRow }
    let anchors = values.count > 1 ? values : rows.indices.filter { isAnchor(rows[$0]) }
    guard anchors.count > 1 else { return separators.count > 1 }
    let pairs = zip(anchors, anchors.dropFirst())
    let separated = pairs.filter { upper, lower in
      (upper..<lower).contains { between($0, $0 + 1) }
    }
    return separated.count * 10 >= (anchors.count - 1) * 9
  }

  // MARK: - White space

  /// The step above which a new row starts, in ems, if rows stand clearly further apart than the
  /// lines of a cell.
  private var spacedLimit: Double? {
    let steps = rows.indices.dropLast().map(step).sorted()
    guard let smallest = steps.first, let largest = steps.last, largest > 1.25 * smallest else {
      return nil
    }
    let anchors = rows.indices.filter { rows[$0].isValueRow }
    let anchorSteps = zip(anchors, anchors.dropFirst()).filter { $1 == $0 + 1 }.map { step($0.0) }
      .sorted()
    guard !anchorSteps.isEmpty else { return nil }
    let usual = anchorSteps[anchorSteps.count / 4]
    guard let last = steps.last(where: { $0 < 0.85 * usual }), last <= 1.6 else { return nil }
    let limit = (last + usual) / 2
    // Two lines of text further apart may be rows, or lines of a cell in rows set solid.
    let isSolid = rows.indices.dropLast().contains {
      !isAnchor(rows[$0]) && !isAnchor(rows[$0 + 1]) && step($0) > limit
    }
    return isSolid ? nil : limit
  }

  /// Whether no column has values in two lines of a group: two values are two rows.
  private func isOneRow(_ group: [Int]) -> Bool {
    var seen: Set<Int> = []
    for row in group {
      for chunk in rows[row].chunks where chunk.isValue {
        guard seen.insert(columns.index(at: chunk.box.midX)).inserted else { return false }
      }
    }
    return true
  }

  // MARK: - Sharing out

  /// How a text of several lines stands beside the value of its row.
  private enum Standing: CaseIterable {
    case top, center, bottom

    /// Texts mostly stand in the middle of their rows, hardly ever at the bottom.
    var cost: Double {
      switch self {
      case .top: 0.2
      case .center: 0
      case .bottom: 0.5
      }
    }
  }

  private enum Cost {
    /// A row of values without a text in the column, in ems of offset.
    static let empty = 0.5
    /// Lines that make a row of their own.
    static let ownRow = 0.55
    /// Joining a line that does not fill its column with the next one.
    static let unlikelyJoin = 1.2
    /// Joining a full line with one that starts like a new entry.
    static let capitalJoin = 0.8
    /// Joining a full line with the next between ideographs, where nothing starts like an entry.
    static let ideographJoin = 0.2
    /// More lines than this are no cell.
    static let maximumLines = 8
    /// A table of values has at least one row of them for this many lines.
    static let linesPerRow = 3
  }

  private func sharedOut() -> [[Int]] {
    let anchors = rows.indices.filter { isAnchor(rows[$0]) }
    guard !anchors.isEmpty else { return rows.indices.map { [$0] } }
    let loose = rows.indices.filter { !isAnchor(rows[$0]) }
    guard !loose.isEmpty else { return anchors.map { [$0] } }
    let readings = Standing.allCases.map { share(among: anchors, standing: $0) }
    let best = readings.min { $0.cost < $1.cost }
    return best?.groups ?? rows.indices.map { [$0] }
  }

  /// Rows with values beside the first column, or with pieces in several columns that are not all of
  /// text: a name and a remark of two lines stand above and below the values of their row.
  private func isAnchor(_ row: TextRow) -> Bool {
    if row.isValueRow { return true }
    if row.chunks.contains(where: { $0.isValue && columns.index(at: $0.box.midX) > stub }) {
      return true
    }
    let used = Set(row.chunks.map { columns.index(at: $0.box.midX) })
    return used.count > 1 && !used.isSubset(of: textColumns)
  }

  /// The cheapest way to give each line of text to a row of values or a row of its own.
  ///
  /// Lines are taken in order from top to bottom; `cost[i]` is that of the best reading of the
  /// first `i` text rows.
  private func share(among anchors: [Int], standing: Standing) -> (cost: Double, groups: [[Int]]) {
    let isAnchor = Set(anchors)
    let wide = rows.map(wideSpan)
    let labels = labelRows(beside: isAnchor)
    var cost = [Double](repeating: .infinity, count: rows.count + 1)
    var start = [Int](repeating: 0, count: rows.count + 1)
    cost[0] = 0
    for end in 1...rows.count {
      for begin in stride(from: end - 1, through: max(0, end - Cost.maximumLines), by: -1) {
        let group = begin..<end
        let own = group.filter(isAnchor.contains)
        if own.count > 1 { break }
        if begin < end - 1, between(begin, begin + 1) || step(begin) > 1.7 { break }
        if group.count > 1, group.contains(where: { wide[$0].map { crosses($0, group) } ?? false })
        {
          break
        }
        if group.count > 1, addsToValue(group) || begin < end - 1 && labels.contains(begin + 1) {
          break
        }
        let total = cost[begin] + groupCost(group, anchor: own.first, standing: standing)
        if total < cost[end] {
          cost[end] = total
          start[end] = begin
        }
      }
    }
    var groups: [[Int]] = []
    var end = rows.count
    while end > 0 {
      groups.append(Array(start[end]..<end))
      end = start[end]
    }
    return (cost[rows.count] + standing.cost, groups.reversed())
  }

  /// Lines of text that are rows of their own in rows set solid: they stand as far from the rows of
  /// values around them as those do from each other, and the body starts with one.
  private func labelRows(beside anchors: Set<Int>) -> Set<Int> {
    let steps = rows.indices.dropLast().filter { anchors.contains($0) && anchors.contains($0 + 1) }
      .map(step)
    guard let pitch = steps.min() else { return [] }
    let labels = rows.indices.dropLast().filter { index in
      !anchors.contains(index) && rows[index].chunks.count == 1 && anchors.contains(index + 1)
        && step(index) >= Self.samePitch * pitch
        && (index == 0 || anchors.contains(index - 1) && step(index - 1) >= Self.samePitch * pitch)
        && columns.index(at: rows[index].box.minX) <= stub
    }
    return labels.first == 0 ? Set(labels) : []
  }

  /// Rows stand as far from each other as others do if their steps agree by this share.
  private static let samePitch = 0.95

  /// The columns that a text alone on its line runs over; nil if it stays in one, or starts in the
  /// stub.
  private func wideSpan(_ row: TextRow) -> Range<Int>? {
    guard row.chunks.count == 1 else { return nil }
    let span = columns.range(covering: row.box.xInterval, size: row.size)
    return span.count > 1 && span.lowerBound > stub ? span : nil
  }

  /// Whether a value of a group shares its column with anything else: values are not wrapped.
  private func addsToValue(_ group: Range<Int>) -> Bool {
    var values: Set<Int> = []
    var texts: Set<Int> = []
    for row in group {
      for chunk in rows[row].chunks {
        let column = columns.index(at: chunk.box.midX)
        guard column > stub else { continue }
        if chunk.isValue {
          guard values.insert(column).inserted else { return true }
        } else {
          texts.insert(column)
        }
      }
    }
    return !values.isDisjoint(with: texts)
  }

  /// Whether some row of a group has texts in several of the columns that a text runs over.
  private func crosses(_ span: Range<Int>, _ group: Range<Int>) -> Bool {
    group.contains { row in
      rows[row].chunks.count > 1
        && rows[row].chunks.contains { span.contains(columns.index(at: $0.box.midX)) }
    }
  }

  private func groupCost(_ group: Range<Int>, anchor: Int?, standing: Standing) -> Double {
    var cost = 0.0
    for index in group.dropLast() { cost += joinCost(from: index, anchor: anchor) }
    guard let anchor else { return cost + Cost.ownRow }
    let texts = group.filter { $0 != anchor || hasText(rows[anchor]) }
    guard let first = texts.first, let last = texts.last else { return cost + Cost.empty }
    let size = rows[anchor].size
    let y = rows[anchor].baseline
    let offset =
      switch standing {
      case .top: rows[first].baseline - y
      case .center: (rows[first].baseline + rows[last].baseline) / 2 - y
      case .bottom: rows[last].baseline - y
      }
    return cost + abs(offset) / size
  }

  /// Whether an anchor row has a name.
  private func hasText(_ row: TextRow) -> Bool {
    row.chunks.contains { columns.index(at: $0.box.midX) <= stub }
  }

  /// What it costs to read a line and the next one as one text.
  ///
  /// A line goes on where the next one starts in the middle of a sentence, or where it fills its
  /// column so that the next word would not have fitted.
  private func joinCost(from index: Int, anchor: Int?) -> Double {
    let upper = rows[index].chunks.first
    let lower = rows[index + 1].chunks.first
    guard let upper, let lower, let word = lower.words.first,
      let scalar = word.text.unicodeScalars.first
    else { return Cost.unlikelyJoin }
    let column = columns.index(at: lower.box.midX)
    // A row of values between two lines of a centred text says nothing of the text.
    if columns.index(at: upper.box.midX) != column {
      return anchor == nil ? Cost.unlikelyJoin : 0
    }
    if scalar.properties.isLowercase || ")）,，;；、".unicodeScalars.contains(scalar) { return 0 }
    let content = columns.contents[column]
    let room = content.upper - upper.box.maxX
    let isIdeograph = Script.isIdeographic(scalar)
    let needed = isIdeograph ? 1.6 * word.size : word.box.width + 0.4 * word.size
    // A text that runs out of its column was not wrapped in it.
    let isFull = room < needed && room > -0.5 * word.size && upper.box.width > 0.5 * content.length
    guard isFull else { return Cost.unlikelyJoin }
    return isIdeograph ? Cost.ideographJoin : Cost.capitalJoin
  }
}
