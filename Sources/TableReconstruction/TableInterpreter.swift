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
    interpretation(of: grid, caption: caption, unitText: unitText, footnotes: footnotes).table
  }

  /// Interprets a grid and says where the reading was close.
  ///
  /// - Parameters:
  ///   - grid: A consistent grid.
  ///   - caption: The title printed above it, when the caller found one.
  ///   - unitText: The line that says the unit, when the caller found one.
  ///   - footnotes: Lines printed under it that belong to it.
  /// - Returns: A table, and notes whose `at` lacks the id of the table's block: it is nil for the
  ///   whole table, or the end of a cell's id.
  /// - Complexity: O(positions of the grid).
  package static func interpretation(
    of grid: CellGrid, caption: String? = nil, unitText: String? = nil, footnotes: [String] = []
  ) -> (table: Table, notes: [Note]) {
    let view = GridView(grid)
    let finder = BoxheadFinder(view: view)
    let bands = finder.bands()
    let stubs = StubFinder(view: view, bands: bands).stubs()
    let sections = SectionFinder(view: view, bands: bands, stubs: stubs).sections()
    let paths = HeaderPathBuilder(
      view: view, bands: bands, stubs: stubs,
      columnNumberRows: Set(bands.flatMap(finder.columnNumberRows)))
    let rowPaths =
      stubs.isEmpty
      ? [paths.rowPaths(of: 0..<0, sections: sections)]
      : stubs.map { paths.rowPaths(of: $0, sections: sections) }
    let unit =
      unitText.flatMap(UnitText.unit(ofLine:)) ?? caption.flatMap(UnitText.unit(ofCaption:))

    var cells: [Cell] = []
    cells.reserveCapacity(grid.cells.count)
    let bandOfRow = bands.flatMap { band in band.rows.map { _ in band } }
    // Cells that start in one column of a band share one path.
    var columnPaths = [[Int]?](repeating: nil, count: grid.columnCount)
    var pathBand: BoxheadFinder.Band?
    for gridCell in grid.cells {
      let band = bandOfRow[gridCell.rows.lowerBound]
      let role = role(of: gridCell, in: band, stubs: stubs, sections: sections, view: view)
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
        let stub = stubs.lastIndex { $0.upperBound <= column } ?? 0
        cells[cells.count - 1].columnPath = path
        cells[cells.count - 1].rowPath = rowPaths[stub][gridCell.rows.lowerBound]
      }
    }
    var table = Table(
      caption: caption, unit: unit, unitText: unitText, footnotes: footnotes,
      rowCount: grid.rowCount, columnCount: grid.columnCount,
      bands: bands.map { Table.Band(rows: $0.rows, headerRowCount: $0.headerRowCount) },
      stubColumnCount: stubs.first?.count ?? 0, fragments: grid.fragments, cells: consume cells,
      confidence: grid.cells.map(\.confidence).min() ?? 1)
    if table.unit == nil {
      let stubHeads = table.cells.indices.lazy.filter { table.cells[$0].role == .stubHead }
      table.unit = stubHeads.compactMap { UnitText.unit(ofLine: table.cells[$0].text) }.first
    }
    let signs = ValueReader.decimalSigns(of: table)
    ValueReader.readValues(
      in: &table, bodyRowsOfUnits: unitColumn(of: table), decimalSigns: signs)
    let doubts = ReadingDoubts(view: view, bands: bands, stubs: stubs, sections: sections)
    return (table, doubts.notes(on: table, decimalSigns: signs))
  }

  private static func role(
    of cell: GridCell, in band: BoxheadFinder.Band, stubs: [Range<Int>], sections: [Int: Int],
    view: GridView
  ) -> Cell.Role {
    let isInStub = stubs.contains { $0.contains(cell.columns.lowerBound) }
    if cell.rows.lowerBound < band.rows.lowerBound + band.headerRowCount {
      let isHeadOfStub = stubs.contains {
        $0.lowerBound <= cell.columns.lowerBound && cell.columns.upperBound <= $0.upperBound
      }
      return isHeadOfStub ? .stubHead : .columnHeader
    }
    if let section = sections[cell.rows.lowerBound],
      view.cellIndex(row: cell.rows.lowerBound, column: cell.columns.lowerBound) == section
    {
      return .section
    }
    return isInStub ? .rowHeader : .data
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
