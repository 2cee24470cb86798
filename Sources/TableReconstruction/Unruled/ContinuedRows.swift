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
  let edges: [Double]
  /// y of the upper edge of the first table on this page.
  let limit: Double

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

  /// Whether all pieces stand in columns of the table.
  private func fits(_ row: TextRow) -> Bool {
    row.chunks.allSatisfy { chunk in
      let tolerance = 0.3 * row.size
      guard chunk.box.minX > edges[0] - row.size, chunk.box.maxX < edges[edges.count - 1] + row.size
      else { return false }
      return !edges.dropFirst().dropLast().contains {
        $0 > chunk.box.minX + tolerance && $0 < chunk.box.maxX - tolerance
      }
    }
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
