import DocumentModel
import LayoutModel
import PageGeometry

/// Joins the pieces of a table that a page or column break cuts.
///
/// Two grids that follow each other with nothing but page furniture between them are one table if
/// their outer edges agree and the column edges of one are among those of the other. Header rows
/// that the second repeats are dropped; a cell or row that the break cuts becomes one again. A
/// second piece with other heads is a table of its own, unless a title row makes it a band of the
/// first, or its rows are those of the first: then its columns go on there.
package enum TableStitcher {
  /// Edges of the two pieces agree if they differ by at most this many points.
  static let sameEdge = 3.5

  /// - Parameters:
  ///   - first: The table so far.
  ///   - second: The grid at the top of the next page.
  ///   - saysContinued: Whether a line between them says that the table goes on.
  /// - Returns: One grid, or nil if the second is a table of its own.
  package static func join(
    _ first: PageGrid, _ second: PageGrid, saysContinued: Bool = false
  ) -> PageGrid? {
    var whole = first
    return append(second, to: &whole, saysContinued: saysContinued) ? whole : nil
  }

  /// Appends a piece to a table; its cost does not grow with the rows that the table has already.
  ///
  /// - Parameters:
  ///   - second: The grid at the top of the next page.
  ///   - first: The table so far; it is left as it is if the second is a table of its own.
  ///   - saysContinued: Whether a line between them says that the table goes on.
  /// - Returns: Whether they are one table.
  package static func append(
    _ second: PageGrid, to first: inout PageGrid, saysContinued: Bool = false
  ) -> Bool {
    if let caption = second.caption, caption != first.caption,
      !TableSurroundings.isContinuation(caption)
    {
      return false
    }
    if saysContinued || first.pageNumber != second.pageNumber,
      let joined = joinedColumns(first, second)
    {
      first = joined
      return true
    }
    let exact = commonEdges(first, second)
    // Widths that follow the content differ from page to page; the heads are then all there is.
    let same = saysContinued && repeatsHeads(first, second) ? first.columnEdges : nil
    guard let edges = exact ?? similarEdges(first, second) ?? same else { return false }
    let excerpt = GridExcerpt(of: first.grid)
    let upper = remapped(excerpt.grid, edges: first.columnEdges, to: edges)
    let lower = remapped(second.grid, edges: second.columnEdges, to: edges)
    let isHeaderOnly = isHeaderOnly(upper, before: lower)
    let repeated = repeatedHeaderRowCount(of: lower, after: upper, isHeaderOnly: isHeaderOnly)
    guard repeated < lower.rowCount else { return false }
    // A title row at the end of the first is waiting for heads.
    if repeated == 0, !isHeaderOnly, !GridView(upper).isFullWidth(row: upper.rowCount - 1) {
      // Where edges are only guessed, a piece without values may be anything.
      if hasOwnHeads(lower) || exact == nil && !hasValues(lower) { return false }
    }
    let isRowCut = isRowCut(between: upper, and: lower, at: repeated)
    let cutCells =
      isRowCut
      ? cellsOfCutRow(between: upper, and: lower, at: repeated)
      : cellsCut(between: upper, and: lower, from: repeated, isHeaderOnly: isHeaderOnly)
    first.grid = remapped(first.grid, edges: first.columnEdges, to: edges)
    append(
      lower, from: repeated, to: &first.grid, isRowCut: isRowCut,
      cutCells: cutCells.mapValues { excerpt.cells[$0] })
    first.pageNumber = second.pageNumber
    first.box = second.box
    first.rowEdges = second.rowEdges
    first.fontSize = second.fontSize
    first.columnEdges = edges
    first.isRuled = first.isRuled && second.isRuled
    first.notes += second.notes
    return true
  }

  /// Moves the rows of the second piece below those of the first.
  ///
  /// `cutCells` says for cells that go on from the first piece where their upper part is.
  private static func append(
    _ lower: CellGrid, from repeated: Int, to upper: inout CellGrid, isRowCut: Bool,
    cutCells: [Int: Int]
  ) {
    let start = upper.rowCount - (isRowCut ? 1 : 0)
    let offset = start - repeated
    let sorted = upper.cells.partitioningIndex { $0.rows.lowerBound >= start }
    for (index, cell) in lower.cells.enumerated() where cell.rows.lowerBound >= repeated {
      var cell = cell
      cell.rows = cell.rows.lowerBound + offset..<cell.rows.upperBound + offset
      if let target = cutCells[index] {
        merge(cell, into: &upper.cells[target])
      } else {
        upper.cells.append(cell)
      }
    }
    upper.rowCount = offset + lower.rowCount
    for var fragment in lower.fragments {
      fragment.rows = start..<upper.rowCount
      fragment.repeatedHeaderRowCount = repeated
      upper.fragments.append(fragment)
    }
    upper.cells[sorted...].sort {
      ($0.rows.lowerBound, $0.columns.lowerBound) < ($1.rows.lowerBound, $1.columns.lowerBound)
    }
  }

  /// One table where the columns of the first go on in the second.
  private static func joinedColumns(_ first: PageGrid, _ second: PageGrid) -> PageGrid? {
    guard let grid = ColumnJoiner.join(first.grid, second.grid), let last = first.columnEdges.last,
      first.columnEdges.count == first.grid.columnCount + 1,
      second.columnEdges.count == second.grid.columnCount + 1
    else { return nil }
    var result = second
    result.grid = grid
    let stub = first.grid.columnCount + second.grid.columnCount - grid.columnCount
    let shift = last - second.columnEdges[stub]
    result.columnEdges = first.columnEdges + second.columnEdges[(stub + 1)...].map { $0 + shift }
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

  /// Whether the first rows are heads of the columns: texts right above values.
  ///
  /// A label without values, or a title row over all columns, may also go on from the piece before.
  private static func hasOwnHeads(_ grid: CellGrid) -> Bool {
    let view = GridView(grid)
    guard let band = BoxheadFinder(view: view).bands().first, band.headerRowCount > 0,
      band.headerRowCount < band.rows.count, !view.isFullWidth(row: 0)
    else { return false }
    let body = view.cellIndices(inRow: band.headerRowCount)
    let values = body.filter { view.content[$0] == .number || view.content[$0] == .missing }
    let headed = values.filter { value in
      let column = view.grid.cells[value].columns.lowerBound
      return (0..<band.headerRowCount).contains {
        column > 0 && view.content[view.cellIndex(row: $0, column: column)] != .blank
      }
    }
    return !headed.isEmpty && headed.count * 2 >= values.count
  }

  private static func hasValues(_ grid: CellGrid) -> Bool {
    GridView(grid).content.contains { $0 == .number || $0 == .missing }
  }

  /// Whether a piece is nothing but the boxhead of the values in the next.
  private static func isHeaderOnly(_ upper: CellGrid, before lower: CellGrid) -> Bool {
    upper.rowCount <= maximumHeaderRows && !hasValues(upper) && hasValues(lower)
  }

  /// A boxhead that a page break parts from its body has at most this many rows.
  private static let maximumHeaderRows = 6

  private static func repeatsHeads(_ first: PageGrid, _ second: PageGrid) -> Bool {
    first.columnEdges.count == second.columnEdges.count
      && repeatedHeaderRowCount(
        of: second.grid, after: GridExcerpt(of: first.grid).grid, isHeaderOnly: false) > 0
  }

  private static func remapped(
    _ grid: CellGrid, edges own: [Double], to edges: [Double]
  ) -> CellGrid {
    guard own.count != edges.count else { return grid }
    var grid = grid
    func place(_ column: Int) -> Int {
      let x = own[column]
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
  private static func repeatedHeaderRowCount(
    of lower: CellGrid, after upper: CellGrid, isHeaderOnly: Bool
  ) -> Int {
    let finder = BoxheadFinder(view: GridView(upper))
    let band = finder.bands().first
    let header = isHeaderOnly ? upper.rowCount : max(band?.headerRowCount ?? 0, 1)
    // Numbers of columns are often printed on the first page only.
    let numbers = isHeaderOnly ? [] : band.map(finder.columnNumberRows) ?? []
    let needed = header - numbers.count
    var count = 0
    let limit = min(header, lower.rowCount, upper.rowCount)
    while count < limit, rowText(count, of: lower) == rowText(count, of: upper) { count += 1 }
    guard count > 0, count >= min(needed, limit) else { return 0 }
    // All cells of the repeated rows must end with them.
    let isWhole = lower.cells.allSatisfy {
      $0.rows.lowerBound >= count || $0.rows.upperBound <= count
    }
    let hasText = lower.cells.contains { $0.rows.lowerBound < count && !$0.text.isEmpty }
    return isWhole && hasText ? count : 0
  }

  private static func rowText(_ row: Int, of grid: CellGrid) -> [String] {
    grid.cells.filter { $0.rows.contains(row) }.map {
      let text = TableSurroundings.withoutContinuation($0.text).withoutSpaces
      return "\($0.columns.lowerBound) \($0.columns.upperBound) \(inHalfWidth(text))"
    }
  }

  /// The text with marks and letters of full width in half width: which of both is printed changes from
  /// page to page, and recognition cannot tell at all.
  private static func inHalfWidth(_ text: String) -> String {
    guard text.unicodeScalars.contains(where: { fullWidth.contains($0.value) }) else { return text }
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      let half = Unicode.Scalar(scalar.value &- 0xFEE0)
      result.append(fullWidth.contains(scalar.value) ? half ?? scalar : scalar)
    }
    return String(result)
  }

  /// U+FF01 to U+FF5E stand for U+0021 to U+007E.
  private static let fullWidth: ClosedRange<UInt32> = 0xFF01...0xFF5E

  // MARK: - Rows and cells cut by the break

  /// Whether the first row of the second piece is the rest of the last row of the first: the rest
  /// of its texts, without any value.
  ///
  ///     │ Costs of buildings │ 120 │
  ///     ─ ─ ─ ─ page break ─ ─ ─ ─ ─
  ///     │ and equipment      │     │
  private static func isRowCut(
    between upper: CellGrid, and lower: CellGrid, at row: Int
  ) -> Bool {
    let (above, below) = (GridView(upper), GridView(lower))
    let last = upper.rowCount - 1
    guard above.content.contains(where: { $0 == .number }) || row == 0, last > 0,
      !below.isFullWidth(row: row), !above.isFullWidth(row: last)
    else { return false }
    let cells = below.cellIndices(inRow: row)
    var texts: [(upper: Int, lower: Int)] = []
    var leavesValue = false
    for index in cells {
      let cell = lower.cells[index]
      let part = above.cellIndex(row: last, column: cell.columns.lowerBound)
      guard cell.rows.count == 1, upper.cells[part].columns == cell.columns,
        upper.cells[part].rows.upperBound == upper.rowCount
      else { return false }
      switch below.content[index] {
      case .blank:
        if above.content[part] == .number || above.content[part] == .missing { leavesValue = true }
      case .number, .missing: return false
      case .text:
        guard above.content[part] == .text else { return false }
        texts.append((part, index))
      }
    }
    guard !texts.isEmpty, leavesValue else { return false }
    // A label of its own may be a row without values.
    guard let first = texts.first(where: { lower.cells[$0.lower].columns.lowerBound == 0 }) else {
      return true
    }
    return isUnfinished(upper.cells[first.upper].text, before: lower.cells[first.lower].text)
  }

  /// Whether a text goes on in the middle of a sentence or bracket.
  private static func isUnfinished(_ text: String, before rest: String) -> Bool {
    guard let last = text.unicodeScalars.last, let first = rest.unicodeScalars.first else {
      return false
    }
    if CellLabel.form(of: rest) != nil { return false }
    let opened = text.unicodeScalars.count { $0 == "(" || $0 == "（" }
    let closed = text.unicodeScalars.count { $0 == ")" || $0 == "）" }
    return opened > closed || first.properties.isLowercase
      || ",，、-–—/：:".unicodeScalars.contains(last)
      || ")）,，、。".unicodeScalars.contains(first)
  }

  /// All cells of the first row of the second piece, each with the cell that it goes on from.
  private static func cellsOfCutRow(
    between upper: CellGrid, and lower: CellGrid, at row: Int
  ) -> [Int: Int] {
    let (above, below) = (GridView(upper), GridView(lower))
    var cut: [Int: Int] = [:]
    for index in below.cellIndices(inRow: row) {
      cut[index] = above.cellIndex(
        row: upper.rowCount - 1, column: lower.cells[index].columns.lowerBound)
    }
    return cut
  }

  /// For cells in the first row of the second piece that go on from the first piece, the position
  /// of their upper part.
  private static func cellsCut(
    between upper: CellGrid, and lower: CellGrid, from row: Int, isHeaderOnly: Bool
  ) -> [Int: Int] {
    let last = upper.rowCount - 1
    var cut: [Int: Int] = [:]
    let tops = lower.cells.indices.filter { lower.cells[$0].rows.lowerBound == row }
    let waitsForHeads = upper.cells.contains {
      $0.rows.upperBound == last + 1 && $0.columns.count > 1 && !$0.text.isEmpty
    }
    // A row of values is the body already, whatever of it is blank.
    let isBody = isHeaderOnly && tops.contains { isValue(lower.cells[$0].text) }
    for index in tops {
      let cell = lower.cells[index]
      guard
        let above = upper.cells.firstIndex(where: {
          $0.rows.upperBound == last + 1 && $0.columns == cell.columns
        })
      else { continue }
      let part = upper.cells[above]
      // A break inside the boxhead: what is blank below a head is the rest of the head.
      if isHeaderOnly, !isBody, row == 0, cell.text.isEmpty, !part.text.isEmpty {
        cut[index] = above
        continue
      }
      // Beside spanners that wait for the heads below them, a head over one column is half of one.
      if isHeaderOnly, row == 0, waitsForHeads, cell.columns.count == 1, !part.text.isEmpty {
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

  /// Whether a text is a number and no year, which may also be a head.
  private static func isValue(_ text: String) -> Bool {
    guard let number = NumberText(text) else { return false }
    return !(number.suffix.isEmpty && (1900...2100).contains(number.value))
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
