package import DocumentModel

/// Where the cells of a table are: the meeting point of declared and inferred tables.
///
/// Word tables arrive with declared spans, PDF tables with inferred ones. From here on there is
/// one path of code, so header logic is written once. A grid says nothing about meaning.
///
/// Invariants (`isConsistent`): cells are in row-major order of their top-left corner, and every
/// position of the grid is covered by exactly one cell; blank cells are cells too.
package struct CellGrid: Hashable, Sendable {
  package var rowCount: Int
  package var columnCount: Int
  package var cells: [GridCell]
  /// Rows at the top that the original marks as headers, by Word's `tblHeader` or by a line under
  /// them that most other rows don't have; nil if it has no such marks.
  package var declaredHeaderRowCount: Int?
  /// Pieces on pages, in order; empty for a format without pages.
  package var fragments: [Table.Fragment]
  package var notes: [Note]

  package init(
    rowCount: Int, columnCount: Int, cells: [GridCell], declaredHeaderRowCount: Int? = nil,
    fragments: [Table.Fragment] = [], notes: [Note] = []
  ) {
    self.rowCount = rowCount
    self.columnCount = columnCount
    self.cells = cells
    self.declaredHeaderRowCount = declaredHeaderRowCount
    self.fragments = fragments
    self.notes = notes
  }

  /// The position in `cells` of the cell at each grid position, row by row; -1 where none is.
  package func occupancy() -> [Int] {
    var owner = [Int](repeating: -1, count: rowCount * columnCount)
    for index in cells.indices {
      for row in cells[index].rows {
        for column in cells[index].columns {
          owner[row * columnCount + column] = index
        }
      }
    }
    return owner
  }

  /// Whether every position belongs to exactly one cell and cells are in order.
  package var isConsistent: Bool {
    let covered = cells.reduce(0) { $0 + $1.rows.count * $1.columns.count }
    guard covered == rowCount * columnCount, !occupancy().contains(-1) else { return false }
    return zip(cells, cells.dropFirst()).allSatisfy {
      ($0.rows.lowerBound, $0.columns.lowerBound) < ($1.rows.lowerBound, $1.columns.lowerBound)
    }
  }
}

/// A rectangle of a grid with its content.
package struct GridCell: Hashable, Sendable {
  package var rows: Range<Int>
  package var columns: Range<Int>
  /// The printed text, lines joined, white space at the ends removed.
  ///
  /// Paragraphs of a Word cell are separated by "\n".
  package var text: String
  /// How far the text starts right of the cell's usual text edge, in ems; leading spaces count.
  ///
  /// 0 for centred text.
  package var indent: Double
  package var isBold: Bool
  package var alignment: TextAlignment
  /// Font size in points; 0 when unknown.
  package var fontSize: Double
  package var evidence: Cell.Evidence
  package var confidence: Double
  /// The content in order where it is more than plain text; else empty.
  package var blocks: [Block]
  package var origin: CellOrigin

  package var provenance: [Provenance] {
    get { origin.provenance }
    set { origin = CellOrigin(newValue) }
  }

  package init(
    rows: Range<Int>, columns: Range<Int>, text: String, indent: Double = 0, isBold: Bool = false,
    alignment: TextAlignment = .unknown, fontSize: Double = 0, evidence: Cell.Evidence,
    confidence: Double = 1, blocks: [Block] = [], provenance: [Provenance] = []
  ) {
    self.init(
      rows: rows, columns: columns, text: text, indent: indent, isBold: isBold,
      alignment: alignment, fontSize: fontSize, evidence: evidence, confidence: confidence,
      blocks: blocks, origin: CellOrigin(provenance))
  }

  package init(
    rows: Range<Int>, columns: Range<Int>, text: String, indent: Double, isBold: Bool,
    alignment: TextAlignment, fontSize: Double, evidence: Cell.Evidence, confidence: Double,
    blocks: [Block], origin: CellOrigin
  ) {
    self.rows = rows
    self.columns = columns
    self.text = text
    self.indent = indent
    self.isBold = isBold
    self.alignment = alignment
    self.fontSize = fontSize
    self.evidence = evidence
    self.confidence = confidence
    self.blocks = blocks
    self.origin = origin
  }
}

/// How lines of text stand between their edges.
package enum TextAlignment: String, Hashable, Sendable {
  case left, center, right, justified, unknown
}
