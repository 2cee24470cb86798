package import LayoutModel
package import PageGeometry

/// A grid found on one page, with its geometry.
package struct PageGrid: Hashable, Sendable {
  package var grid: CellGrid
  /// From 1.
  package var pageNumber: Int
  /// Its box on the page as analysed (turned upright).
  package var box: Rect
  /// x of the column edges: one more than there are columns.
  package var columnEdges: [Double]
  /// y of the row edges: one more than there are rows.
  package var rowEdges: [Double]
  /// Size of the type that most of its text is set in.
  package var fontSize: Double
  package var isRuled: Bool
  /// The caption, where it has a row of its own inside the rulings.
  package var caption: String?
  /// Notes that have rows of their own inside the rulings.
  package var notes: [String] = []

  package init(
    grid: CellGrid, pageNumber: Int, box: Rect, columnEdges: [Double], rowEdges: [Double],
    fontSize: Double, isRuled: Bool
  ) {
    self.grid = grid
    self.pageNumber = pageNumber
    self.box = box
    self.columnEdges = columnEdges
    self.rowEdges = rowEdges
    self.fontSize = fontSize
    self.isRuled = isRuled
  }
}
