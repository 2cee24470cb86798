package import DocumentModel

/// Cells of a recognised table that may be wrong, with the reason for each.
///
/// Recognition says how sure it is of what it saw; the table itself says more. A text or a blank
/// among numbers, and a row or column whose sum does not hold where those around it hold, are in
/// doubt however sure the reading is; so is a number whose thousands are parted as few others are, since
/// commas and points are taken for each other. Nothing is changed.
package enum TableReview {
  package enum Reason: String, Hashable, Sendable {
    case lowConfidence = "review.lowConfidence"
    case textAmongNumbers = "review.textAmongNumbers"
    case blankAmongNumbers = "review.blankAmongNumbers"
    case sum = "review.sum"
    case separator = "review.separator"
  }

  package struct Doubt: Hashable, Sendable {
    /// Position in `Table.cells`.
    package var cell: Int
    package var reason: Reason
    package var message: String
  }

  /// Cells that recognition is less sure of are in doubt.
  static let trust = 0.9
  /// The share of a column or row that must be numbers for the rest to stand out, and their count.
  private static let numberShare = 0.75
  private static let numberCount = 3

  /// - Parameter table: With at least one recognised cell.
  /// - Returns: Doubts in the order of the cells; one cell may have several.
  /// - Complexity: O(cells + rows² × columns), for at most `SumFinder.maximumRows` rows.
  package static func doubts(in table: Table) -> [Doubt] {
    var doubts = unsure(in: table) + odd(in: table) + SeparatorReview.doubts(in: table)
    doubts += SumFinder(table).failures().map { failure in
      Doubt(cell: failure.cell, reason: .sum, message: failure.message)
    }
    return doubts.enumerated().sorted {
      ($0.element.cell, $0.offset) < ($1.element.cell, $1.offset)
    }
    .map(\.element)
  }

  private static func unsure(in table: Table) -> [Doubt] {
    table.cells.indices.filter { index in
      let cell = table.cells[index]
      return cell.evidence == .recognized && !cell.text.isEmpty && cell.confidence < trust
    }.map { index in
      let share = Int((100 * table.cells[index].confidence).rounded())
      return Doubt(
        cell: index, reason: .lowConfidence,
        message: "\(table.cells[index].text) is sure to \(share) % only")
    }
  }

  /// Whether a number and something else stand apart in a data cell, as a number and a part of a seal.
  private static func isMixed(_ cell: Cell) -> Bool {
    guard cell.evidence == .recognized else { return false }
    let parts = cell.text.split(separator: " ")
    let numbers = parts.count { NumberText(String($0)) != nil }
    return numbers > 0 && numbers < parts.count
  }

  /// Texts and blanks in columns and rows of numbers.
  private static func odd(in table: Table) -> [Doubt] {
    var columns = [[Int]](repeating: [], count: table.columnCount)
    var rows = [[Int]](repeating: [], count: table.rowCount)
    for (index, cell) in table.cells.enumerated()
    where cell.role == .data {
      if cell.columns.count == 1 { columns[cell.columns.lowerBound].append(index) }
      if cell.rows.count == 1 { rows[cell.rows.lowerBound].append(index) }
    }
    let data = table.cells.indices.filter { table.cells[$0].role == .data }
    let mixedCells = data.filter { isMixed(table.cells[$0]) }
    // Where many figures have something beside them, it belongs to them.
    let isOdd = Double(mixedCells.count) <= (1 - numberShare) * Double(data.count)
    let mixed = (isOdd ? mixedCells : []).map { index in
      Doubt(
        cell: index, reason: .textAmongNumbers,
        message: "\(table.cells[index].text) is a number with something beside it")
    }
    var seen: Set<Int> = []
    return mixed
      + (columns + rows).flatMap { group -> [Doubt] in
        let numbers = group.count { table.cells[$0].value != nil }
        guard numbers >= numberCount, Double(numbers) >= numberShare * Double(group.count) else {
          return []
        }
        return group.compactMap { index in
          let cell = table.cells[index]
          guard cell.value == nil, seen.insert(index).inserted else { return nil }
          if cell.text.isEmpty {
            return Doubt(
              cell: index, reason: .blankAmongNumbers, message: "nothing was read among numbers")
          }
          guard cell.missing == nil, !isMixed(cell) else { return nil }
          return Doubt(
            cell: index, reason: .textAmongNumbers, message: "\(cell.text) stands among numbers")
        }
      }
  }
}
