package import DocumentModel
package import LayoutModel

/// Turns a grid of cells into a table with meaning: boxhead, stub, bands, header paths, values.
///
/// The one path of code for headers, for declared grids (Word) and inferred ones (PDF) alike.
package enum TableInterpreter {
  /// Interprets a grid.
  ///
  /// - Parameters:
  ///   - grid: A consistent grid.
  ///   - caption: The title printed above it, when the caller found one.
  ///   - unitText: The line that says the unit, when the caller found one.
  ///   - footnotes: Lines printed under it that belong to it.
  /// - Returns: A table with the same cells in the same order.
  /// - Complexity: O(positions of the grid).
  package static func table(
    from grid: CellGrid, caption: String? = nil, unitText: String? = nil, footnotes: [String] = []
  ) -> Table {
    let view = GridView(grid)
    let finder = BoxheadFinder(view: view)
    let bands = finder.bands()
    let stub = StubFinder(view: view, bands: bands).stubColumnCount()
    let sections = sectionRows(in: bands, view: view)
    let numberRows = Set(
      bands.flatMap { $0.rows.prefix($0.headerRowCount) }.filter(finder.isColumnNumberRow))
    let paths = HeaderPathBuilder(
      view: view, bands: bands, stubColumnCount: stub, columnNumberRows: numberRows)
    let rowPaths = paths.rowPaths(sections: sections)
    let unit = unitText.flatMap(UnitText.unit(ofLine:))

    var cells: [Cell] = []
    cells.reserveCapacity(grid.cells.count)
    let bandOfRow = bands.flatMap { band in band.rows.map { _ in band } }
    // Cells that start in one column of a band share one path.
    var columnPaths = [[Int]?](repeating: nil, count: grid.columnCount)
    var pathBand: BoxheadFinder.Band?
    for gridCell in grid.cells {
      let band = bandOfRow[gridCell.rows.lowerBound]
      let role = role(of: gridCell, in: band, stub: stub, sections: sections, view: view)
      cells.append(
        Cell(
          rows: gridCell.rows, columns: gridCell.columns, role: role, text: gridCell.text,
          evidence: gridCell.evidence, confidence: gridCell.confidence, blocks: gridCell.blocks,
          origin: gridCell.origin))
      if role == .data {
        if pathBand != band {
          columnPaths = [[Int]?](repeating: nil, count: grid.columnCount)
          pathBand = band
        }
        let column = gridCell.columns.lowerBound
        let path = columnPaths[column] ?? paths.columnPath(of: gridCell, in: band)
        columnPaths[column] = path
        cells[cells.count - 1].columnPath = path
        cells[cells.count - 1].rowPath = rowPaths[gridCell.rows.lowerBound]
      }
    }
    var table = Table(
      caption: caption, unit: unit, unitText: unitText, footnotes: footnotes,
      rowCount: grid.rowCount, columnCount: grid.columnCount,
      bands: bands.map { Table.Band(rows: $0.rows, headerRowCount: $0.headerRowCount) },
      stubColumnCount: stub, fragments: grid.fragments, cells: cells,
      confidence: grid.cells.map(\.confidence).min() ?? 1)
    ValueReader.readValues(in: &table, bodyRowsOfUnits: unitColumn(of: table))
    return table
  }

  /// Full-width rows inside a body name the rows below them.
  private static func sectionRows(in bands: [BoxheadFinder.Band], view: GridView) -> Set<Int> {
    Set(bands.flatMap { $0.rows.dropFirst($0.headerRowCount) }.filter(view.isFullWidth))
  }

  private static func role(
    of cell: GridCell, in band: BoxheadFinder.Band, stub: Int, sections: Set<Int>, view: GridView
  ) -> Cell.Role {
    let isHead = cell.rows.lowerBound < band.rows.lowerBound + band.headerRowCount
    if isHead {
      return cell.columns.upperBound <= stub ? .stubHead : .columnHeader
    }
    if sections.contains(cell.rows.lowerBound) { return .section }
    return cell.columns.lowerBound < stub ? .rowHeader : .data
  }

  /// The column whose entries are units of their rows, if there is one.
  private static func unitColumn(of table: Table) -> Int? {
    var first: Int?
    for index in table.cells.indices
    where table.cells[index].role == .columnHeader && table.cells[index].columns.count == 1 {
      let column = table.cells[index].columns.lowerBound
      guard first.map({ column < $0 }) ?? true, isUnitHead(table.cells[index].text) else {
        continue
      }
      first = column
    }
    return first
  }

  private static func isUnitHead(_ text: String) -> Bool {
    text.utf8.count <= 16 && unitHeads.contains(text.lowercased())
  }

  /// What stands over a column of units; none is longer than 16 bytes.
  private static let unitHeads: Set<String> = [
    "单位", "计量单位", "unit", "units", "einheit", "unité", "ед. изм.",
  ]
}
