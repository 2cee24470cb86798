import DocumentModel
import LayoutModel
import PageGeometry

/// Lattice and words to a grid of cells.
enum CellGridBuilder {
  /// Builds the grid of a lattice.
  ///
  /// - Parameters:
  ///   - lattice: The lines of the table.
  ///   - words: The words of each of its cells.
  ///   - page: The page that they are on.
  /// - Returns: nil if the lattice is no table: a frame around text, or cells without any text.
  static func grid(of lattice: RulingLattice, words: [[Word]], page: PageLayout) -> PageGrid? {
    let size = (width: page.width, height: page.height)
    let texts = zip(lattice.cells, words).map { cell, words in
      // Only the head of a stub is parted by a diagonal line.
      let isCorner = cell.rows.lowerBound == 0 && cell.columns.lowerBound == 0
      return CellText(
        words: words, cell: lattice.box(of: cell), page: size,
        diagonals: isCorner ? page.diagonals : [])
    }
    let filled = texts.filter { !$0.text.isEmpty }
    guard filled.count >= 2 else { return nil }
    // Pairs would be mapped to a list with room for more, which stays until the last page.
    let cells = lattice.cells.indices.map { index in
      let (cell, text) = (lattice.cells[index], texts[index])
      return GridCell(
        rows: cell.rows, columns: cell.columns, text: text.text, indent: text.indent,
        isBold: text.isBold, alignment: text.alignment, fontSize: text.fontSize,
        evidence: text.isRecognized ? .recognized : .ruled, confidence: text.confidence,
        provenance: [.page(number: page.number, box: lattice.box(of: cell))])
    }
    let rowCount = lattice.ys.count - 1
    let sizes = filled.map(\.fontSize).sorted()
    return PageGrid(
      grid: CellGrid(
        rowCount: rowCount, columnCount: lattice.xs.count - 1, cells: cells,
        fragments: [
          Table.Fragment(
            page: page.number, box: lattice.box, rows: 0..<rowCount, repeatedHeaderRowCount: 0)
        ]),
      pageNumber: page.number, box: lattice.box, columnEdges: lattice.xs, rowEdges: lattice.ys,
      fontSize: sizes[sizes.count / 2], isRuled: true)
  }
}
