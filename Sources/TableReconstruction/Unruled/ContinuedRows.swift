import DocumentModel
import LayoutAnalysis
import LayoutModel
import PageGeometry

/// Finds the rows at the top of a page that go on with the table at the end of the page before.
///
/// Without heads of their own, a few rows look like anything; in the columns of that table they are
/// its rows.
struct ContinuedRows {
  let rows: [TextRow]
  /// The column edges of the table that may go on.
  private let edges: [Double]
  /// The white that it has around each of its inner edges.
  private let gutters: [Interval]
  /// y of the upper edge of the first table on this page.
  private let limit: Double

  init(rows: [TextRow], table: PageGrid, limit: Double) {
    self.rows = rows
    self.limit = limit
    edges = table.columnEdges
    gutters = Self.gutters(of: table)
  }

  private static func gutters(of table: PageGrid) -> [Interval] {
    let edges = table.columnEdges
    var gutters = edges.indices.dropFirst().dropLast().map {
      Interval(edges[$0 - 1], edges[$0 + 1])
    }
    for cell in table.grid.cells where cell.columns.count == 1 && !cell.text.isEmpty {
      guard let x = cell.origin.box?.xInterval else { continue }
      let column = cell.columns.lowerBound
      if column < gutters.count {
        let lower = max(gutters[column].lower, min(x.upper, edges[column + 1]))
        gutters[column] = Interval(lower, gutters[column].upper)
      }
      if column > 0 {
        let upper = min(gutters[column - 1].upper, max(x.lower, edges[column]))
        gutters[column - 1] = Interval(gutters[column - 1].lower, upper)
      }
    }
    return gutters
  }

  private static let distance = TableThresholds.rowDistance
  /// Lines above the rows that may belong to the head of the page.
  static let runningHeadCount = 2

  /// - Returns: Positions of the rows; nil if the first row with several pieces is none of them.
  func range() -> Range<Int>? {
    guard let first = rows.firstIndex(where: { $0.chunks.count > 1 && !isRunningHead($0) }),
      rows[first].isValueRow, fits(rows[first]), rows[first].box.maxY < limit
    else { return nil }
    var start = first
    while start > 0, isRow(start - 1, before: start) { start -= 1 }
    guard start <= Self.runningHeadCount, !rows[..<start].contains(where: isCaption) else {
      return nil
    }
    return start..<end(after: first)
  }

  /// The end of the rows below heads that the table repeats; nil if there are none.
  func end(below heads: Range<Int>) -> Int? {
    let end = end(after: heads.upperBound - 1)
    return rows[heads.upperBound..<end].contains(where: \.isValueRow) ? end : nil
  }

  private func end(after row: Int) -> Int {
    var end = row + 1
    while end < rows.count, rows[end].box.maxY < limit, isRow(end, after: end - 1) { end += 1 }
    return end
  }

  /// Whether all pieces stand in columns of the table; where the white between two columns is wide, its
  /// edge may be anywhere in it.
  private func fits(_ row: TextRow) -> Bool {
    // Texts in the middle of an outer column may be longer than all before.
    let left = row.isValueRow ? max((edges[1] - edges[0]) / 2, row.size) : row.size
    return row.chunks.allSatisfy { chunk in
      let tolerance = 0.3 * row.size
      guard chunk.box.minX > edges[0] - left, chunk.box.maxX < edges[edges.count - 1] + row.size
      else { return false }
      return !gutters.contains {
        $0.lower > chunk.box.minX + tolerance && $0.upper < chunk.box.maxX - tolerance
      }
    }
  }

  /// The column edges of the table, each moved in its white as far as texts of these rows need it.
  func edges(of range: Range<Int>) -> [Double] {
    var edges = edges
    let boxes = rows[range].flatMap(\.chunks).map(\.box)
    edges[0] = boxes.reduce(edges[0]) { min($0, $1.minX) }
    for (index, gutter) in gutters.enumerated() {
      let before = boxes.filter { $0.minX < gutter.lower && $0.maxX < gutter.upper }.map(\.maxX)
      let behind = boxes.filter { $0.minX > gutter.lower && $0.maxX > gutter.upper }.map(\.minX)
      let left = before.max() ?? -.infinity
      let right = behind.min() ?? .infinity
      if left < right { edges[index + 1] = min(max(edges[index + 1], left), right) }
    }
    return edges
  }

  private func isRow(_ index: Int, before next: Int) -> Bool {
    isNear(rows[index], rows[next]) && fits(rows[index]) && !isCaption(rows[index])
  }

  private func isRow(_ index: Int, after last: Int) -> Bool {
    isNear(rows[last], rows[index]) && fits(rows[index])
      && (rows[index].chunks.count > 1 || !isCaption(rows[index]))
  }

  private func isNear(_ upper: TextRow, _ lower: TextRow) -> Bool {
    lower.baseline - upper.baseline <= Self.distance * max(upper.size, lower.size)
      && abs(upper.size - lower.size) <= 0.12 * upper.size
  }

  /// Page numbers and titles at both ends of the first line of a page.
  private func isRunningHead(_ row: TextRow) -> Bool {
    row.baseline == rows[0].baseline && row.chunks.count <= 3 && !fits(row)
  }

  private func isCaption(_ row: TextRow) -> Bool {
    guard row.chunks.count == 1 else { return false }
    let text = LineBuilder.line(of: row.words).text
    return TableSurroundings.isNumberedCaption(text) || TableSurroundings.isMarkedNote(text)
  }
}
