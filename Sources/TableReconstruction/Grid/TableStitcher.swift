import DocumentModel
import LayoutModel
import PageGeometry

/// Joins the pieces of a table that a page or column break cuts.
///
/// Two grids that follow each other with nothing but page furniture between them are one table if
/// their outer edges agree and the column edges of one are among those of the other. Header rows
/// that the second repeats are dropped; a cell that the break cuts becomes one again.
package enum TableStitcher {
  /// Edges of the two pieces agree if they differ by at most this many points.
  static let sameEdge = 3.5

  /// - Parameters:
  ///   - first: The table so far.
  ///   - second: The grid at the top of the next page.
  /// - Returns: One grid, or nil if the second is a table of its own.
  package static func join(_ first: PageGrid, _ second: PageGrid) -> PageGrid? {
    let exact = commonEdges(first, second)
    guard let edges = exact ?? similarEdges(first, second) else { return nil }
    var upper = remapped(first, to: edges)
    let lower = remapped(second, to: edges)
    let repeated = repeatedHeaderRowCount(of: lower, after: upper)
    guard repeated < lower.rowCount else { return nil }
    // Where edges are only guessed, heads of its own make the second a table of its own.
    if exact == nil, repeated == 0, hasHeads(lower) { return nil }
    let offset = upper.rowCount - repeated
    let cutCells = cellsCut(between: upper, and: lower, from: repeated)

    var moved: [GridCell] = []
    for (index, cell) in lower.cells.enumerated() where cell.rows.lowerBound >= repeated {
      var cell = cell
      cell.rows = cell.rows.lowerBound + offset..<cell.rows.upperBound + offset
      if let target = cutCells[index] {
        merge(cell, into: &upper.cells[target])
      } else {
        moved.append(cell)
      }
    }
    upper.cells += moved
    upper.rowCount += lower.rowCount - repeated
    upper.fragments += lower.fragments.map { fragment in
      var fragment = fragment
      fragment.rows = upper.rowCount - (lower.rowCount - repeated)..<upper.rowCount
      fragment.repeatedHeaderRowCount = repeated
      return fragment
    }
    upper.cells.sort {
      ($0.rows.lowerBound, $0.columns.lowerBound) < ($1.rows.lowerBound, $1.columns.lowerBound)
    }
    var result = second
    result.grid = upper
    result.columnEdges = edges
    result.isRuled = first.isRuled && second.isRuled
    result.caption = first.caption
    result.notes = first.notes + second.notes
    return result
  }

  // MARK: - Columns

  /// The finer of the two sets of column edges, if it holds the other one.
  private static func commonEdges(_ first: PageGrid, _ second: PageGrid) -> [Double]? {
    let (a, b) = (first.columnEdges, second.columnEdges)
    guard let aFirst = a.first, let bFirst = b.first, let aLast = a.last, let bLast = b.last,
      abs(aFirst - bFirst) <= sameEdge, abs(aLast - bLast) <= sameEdge
    else { return nil }
    let (fine, coarse) = a.count >= b.count ? (a, b) : (b, a)
    let isContained = coarse.allSatisfy { edge in fine.contains { abs($0 - edge) <= sameEdge } }
    return isContained ? fine : nil
  }

  /// The edges of the first, if the second has as many columns at about the same places and in the
  /// same type, and neither shows its edges by lines.
  private static func similarEdges(_ first: PageGrid, _ second: PageGrid) -> [Double]? {
    guard !first.isRuled, !second.isRuled, first.pageNumber != second.pageNumber,
      first.columnEdges.count == second.columnEdges.count,
      abs(first.fontSize - second.fontSize) <= 0.1 * first.fontSize
    else { return nil }
    let limit = 2.5 * first.fontSize
    let agree = zip(first.columnEdges, second.columnEdges).allSatisfy { abs($0 - $1) <= limit }
    return agree ? first.columnEdges : nil
  }

  private static func hasHeads(_ grid: CellGrid) -> Bool {
    let bands = BoxheadFinder(view: GridView(grid)).bands()
    return (bands.first?.headerRowCount ?? 0) > 0
  }

  private static func remapped(_ page: PageGrid, to edges: [Double]) -> CellGrid {
    var grid = page.grid
    guard page.columnEdges.count != edges.count else { return grid }
    func place(_ column: Int) -> Int {
      let x = page.columnEdges[column]
      return edges.indices.min { abs(edges[$0] - x) < abs(edges[$1] - x) } ?? column
    }
    grid.columnCount = edges.count - 1
    for index in grid.cells.indices {
      let columns = grid.cells[index].columns
      grid.cells[index].columns = place(columns.lowerBound)..<place(columns.upperBound)
    }
    return grid
  }

  // MARK: - Repeated header

  /// How many rows at the top of the second piece repeat the top of the first.
  private static func repeatedHeaderRowCount(of lower: CellGrid, after upper: CellGrid) -> Int {
    let header = BoxheadFinder(view: GridView(upper)).bands().first?.headerRowCount ?? 0
    var count = 0
    let limit = min(max(header, 1), lower.rowCount, upper.rowCount)
    while count < limit, rowText(count, of: lower) == rowText(count, of: upper) { count += 1 }
    guard count > 0, count == limit else { return 0 }
    // All cells of the repeated rows must end with them.
    let isWhole = lower.cells.allSatisfy {
      $0.rows.lowerBound >= count || $0.rows.upperBound <= count
    }
    let hasText = lower.cells.contains { $0.rows.lowerBound < count && !$0.text.isEmpty }
    return isWhole && hasText ? count : 0
  }

  private static func rowText(_ row: Int, of grid: CellGrid) -> [String] {
    grid.cells.filter { $0.rows.contains(row) }.map {
      "\($0.columns.lowerBound) \($0.columns.upperBound) \($0.text.filter { !$0.isWhitespace })"
    }
  }

  // MARK: - Cells cut by the break

  /// For cells in the first row of the second piece that go on from the first piece, the position
  /// of their upper part.
  private static func cellsCut(
    between upper: CellGrid, and lower: CellGrid, from row: Int
  ) -> [Int: Int] {
    let last = upper.rowCount - 1
    // A break inside the boxhead: what is blank below a head is the rest of the head.
    let isHeaderOnly = !GridView(upper).content.contains { $0 == .number || $0 == .missing }
    var cut: [Int: Int] = [:]
    let tops = lower.cells.indices.filter { lower.cells[$0].rows.lowerBound == row }
    for index in tops {
      let cell = lower.cells[index]
      guard
        let above = upper.cells.firstIndex(where: {
          $0.rows.upperBound == last + 1 && $0.columns == cell.columns
        })
      else { continue }
      let part = upper.cells[above]
      if isHeaderOnly, cell.text.isEmpty, !part.text.isEmpty {
        cut[index] = above
        continue
      }
      let spans = cell.rows.count > 1 || part.rows.count > 1
      if spans, !part.text.isEmpty, cell.text.isEmpty || isContinuation(cell, of: part) {
        cut[index] = above
      }
    }
    return cut
  }

  /// Whether the text of a cell at the top of a page goes on from the cell above it: that one has
  /// a label as its neighbours have, this one has none.
  private static func isContinuation(_ cell: GridCell, of part: GridCell) -> Bool {
    let label = CellLabel.form(of: part.text)
    return label != nil && CellLabel.form(of: cell.text) == nil
  }

  private static func merge(_ cell: GridCell, into part: inout GridCell) {
    part.rows = part.rows.lowerBound..<cell.rows.upperBound
    if !cell.text.isEmpty {
      var text = part.text
      CellLabel.append(cell.text, to: &text)
      part.text = text
    }
    part.provenance += cell.provenance
  }
}
