import DocumentModel

/// Sums that a table keeps, and the cells where it does not.
///
///     │  21 │ 30 │ 39 │  90 │     the last column is the sum of the others in most rows:
///     │   8 │  1 │  2 │  11 │     where it is not, one of the row's cells is wrong
///     │  29 │ 31 │ 47 │ 101 │     the last row is the sum of those above in most columns
///
/// A relation counts where enough rows (columns) of the table keep it. Where a failing row and a failing
/// column meet, the cell that they share is in doubt; where only one of them fails, all its cells are.
struct SumFinder {
  struct Failure: Hashable {
    /// Position in `Table.cells`.
    var cell: Int
    var message: String
  }

  /// Longer tables are looked at without relations between rows.
  static let maximumRows = 200
  /// Rows or columns that must keep a relation, and their share of those that can.
  private static let keepingCount = 3
  private static let keepingShare = 0.6
  /// Sums of figures with decimals are kept within half of the last one.
  private static let tolerance = 0.005

  /// The cell at each place of the body that is one row high and one column wide; nil elsewhere.
  private let cells: [[Int?]]
  private let values: [[Double?]]
  /// Positions of `cells` that lie in columns or rows of figures.
  private let columns: [Int]

  init(_ table: Table) {
    var cells = [[Int?]](
      repeating: [Int?](repeating: nil, count: table.columnCount), count: table.rowCount)
    for (index, cell) in table.cells.enumerated()
    where cell.role == .data && cell.rows.count == 1 && cell.columns.count == 1 {
      cells[cell.rows.lowerBound][cell.columns.lowerBound] = index
    }
    let body = cells.filter { row in row.contains { $0 != nil } }
    self.cells = body
    values = body.map { row in row.map { $0.flatMap { table.cells[$0].value } } }
    columns = (0..<table.columnCount).filter { column in body.contains { $0[column] != nil } }
  }

  /// The cells of rows and columns whose sums fail.
  func failures() -> [Failure] {
    let rows = failingRows()
    let sums = failingColumns()
    var doubtful: [Int: String] = [:]
    for row in rows {
      let across = sums.filter { cells[row][$0.key] != nil && $0.value.rows.contains(row) }
      let message = "the figures of its row do not add up to the last one"
      let among = across.isEmpty ? columns : across.map(\.key)
      for column in among {
        if let cell = cells[row][column] { doubtful[cell] = message }
      }
    }
    for (column, sum) in sums.sorted(by: { $0.key < $1.key }) {
      let crossing = rows.filter(sum.rows.contains)
      guard crossing.isEmpty else { continue }
      for row in sum.rows {
        if let cell = cells[row][column], doubtful[cell] == nil {
          doubtful[cell] = "the figures of its column do not add up to the total below them"
        }
      }
    }
    return doubtful.sorted { $0.key < $1.key }.map { Failure(cell: $0.key, message: $0.value) }
  }

  /// Rows whose last figure is not the sum of the others, in a table where it is in most rows.
  private func failingRows() -> [Int] {
    guard columns.count > 2, let last = columns.last else { return [] }
    var kept = 0
    var failing: [Int] = []
    for row in cells.indices {
      guard columns.allSatisfy({ cells[row][$0] != nil }) else { continue }
      let terms = columns.dropLast().map { values[row][$0] }
      // A row with a cell that is no number cannot keep its sum.
      guard let total = values[row][last], terms.allSatisfy({ $0 != nil }) else {
        failing.append(row)
        continue
      }
      let sum = terms.reduce(0) { $0 + ($1 ?? 0) }
      if abs(sum - total) <= Self.tolerance { kept += 1 } else { failing.append(row) }
    }
    let share = Double(kept) / Double(max(1, kept + failing.count))
    return kept >= Self.keepingCount && share >= Self.keepingShare ? failing : []
  }

  /// Rows of a total, itself included.
  private struct Total {
    var rows: ClosedRange<Int>
  }

  /// Columns in which a total row is not the sum of the rows above it, where it is in most columns.
  private func failingColumns() -> [Int: Total] {
    guard cells.count > 2, cells.count <= Self.maximumRows else { return [:] }
    var failing: [Int: Total] = [:]
    for total in 2..<cells.count {
      guard let first = relation(endingAt: total) else { continue }
      for column in columns where cells[total][column] != nil {
        let terms = (first..<total).map { values[$0][column] }
        let sum = terms.reduce(0) { $0 + ($1 ?? 0) }
        let isKept = values[total][column].map { abs(sum - $0) <= Self.tolerance } ?? false
        if !isKept || terms.contains(nil) { failing[column] = Total(rows: first...total) }
      }
    }
    return failing
  }

  /// The first of the rows above a row that it is the sum of in most columns.
  private func relation(endingAt total: Int) -> Int? {
    var sums = [Double?](repeating: 0, count: columns.count)
    var best: (first: Int, count: Int)?
    for row in stride(from: total - 1, through: 0, by: -1) {
      for (place, column) in columns.enumerated() {
        if let sum = sums[place], let value = values[row][column] {
          sums[place] = sum + value
        } else {
          sums[place] = nil
        }
      }
      guard row <= total - 2 else { continue }
      // Sums of nothing say nothing.
      let kept = columns.indices.count { place in
        guard let sum = sums[place], let value = values[total][columns[place]] else { return false }
        return abs(sum - value) <= Self.tolerance && value != 0
      }
      if kept > (best?.count ?? 0) { best = (row, kept) }
    }
    let sumCount = columns.count { values[total][$0] ?? 0 != 0 }
    guard let best, best.count >= Self.keepingCount,
      Double(best.count) >= Self.keepingShare * Double(sumCount)
    else { return nil }
    return best.first
  }
}
