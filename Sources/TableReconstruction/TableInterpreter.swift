package import DocumentModel
package import LayoutModel

/// Turns a grid of cells into a table with meaning: boxhead, stub, bands, header paths, values.
///
/// The one path of code for headers, for declared grids (Word) and inferred ones (PDF) alike.
package enum TableInterpreter {
  /// - Parameters:
  ///   - grid: A consistent grid.
  ///   - caption: The title printed above it, when the caller found one.
  ///   - unitText: The line that says the unit, when the caller found one.
  ///   - footnotes: Lines printed under it that belong to it.
  /// - Returns: A table with the same cells in the same order.
  package static func table(
    from grid: CellGrid, caption: String? = nil, unitText: String? = nil, footnotes: [String] = []
  ) -> Table {
    Table(
      caption: caption, unitText: unitText, footnotes: footnotes, rowCount: grid.rowCount,
      columnCount: grid.columnCount, fragments: grid.fragments,
      cells: grid.cells.map {
        Cell(
          rows: $0.rows, columns: $0.columns, text: $0.text, evidence: $0.evidence,
          confidence: $0.confidence, blocks: $0.blocks, provenance: $0.provenance)
      })
  }
}
