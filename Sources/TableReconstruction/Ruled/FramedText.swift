import DocumentModel
import LayoutModel
import PageGeometry

/// Takes the caption and notes out of a grid that has ruled rows for them.
///
///     ┌──────────────────────────┐
///     │ Exhibit 3. Schools       │   a full-width first row that starts as captions do,
///     ├────────┬────────┬────────┤   and full-width last rows that start as notes do,
///     │        │        │        │   are no rows of the table
///     ├────────┴────────┴────────┤
///     │ Source: survey of 2005   │
///     └──────────────────────────┘
enum FramedText {
  /// The grid without such rows, with their texts as its caption and notes.
  static func removed(from table: PageGrid) -> PageGrid {
    var result = table
    let view = GridView(table.grid)
    guard view.rowCount > 3, view.columnCount > 1 else { return table }
    if view.isFullWidth(row: 0),
      TableSurroundings.isNumberedCaption(view.cell(row: 0, column: 0).text)
    {
      result.caption = view.cell(row: 0, column: 0).text
    }
    var end = view.rowCount
    while end > 3, view.isFullWidth(row: end - 1),
      TableSurroundings.isMarkedNote(view.cell(row: end - 1, column: 0).text)
    {
      end -= 1
      result.notes.insert(view.cell(row: end, column: 0).text, at: 0)
    }
    let start = result.caption == nil ? 0 : 1
    guard start > 0 || end < view.rowCount else { return table }
    result.grid.cells = table.grid.cells.filter {
      $0.rows.lowerBound >= start && $0.rows.upperBound <= end
    }
    for index in result.grid.cells.indices {
      let rows = result.grid.cells[index].rows
      result.grid.cells[index].rows = rows.lowerBound - start..<rows.upperBound - start
    }
    result.grid.rowCount = end - start
    result.rowEdges = Array(table.rowEdges[start...end])
    result.box = Rect(
      minX: table.box.minX, minY: result.rowEdges[0], maxX: table.box.maxX,
      maxY: result.rowEdges[end - start])
    result.grid.fragments = [
      Table.Fragment(
        page: table.pageNumber, box: result.box, rows: 0..<end - start, repeatedHeaderRowCount: 0)
    ]
    return result
  }
}
