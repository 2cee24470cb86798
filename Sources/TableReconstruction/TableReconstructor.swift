import DocumentModel
import LayoutAnalysis
package import LayoutModel
import PageGeometry

/// Finds the tables of a page: the stages in order.
///
/// Read this first. Rulings come before everything else, because they say exactly where cells are;
/// what they do not enclose is left to the analysis of text.
package enum TableReconstructor {
  /// The tables of a page and the glyphs outside them.
  package struct Result: Sendable {
    package var tables: [PageGrid]
    /// Positions in the page's glyphs, ascending.
    package var remainingGlyphs: [Int]
  }

  /// - Parameter page: A page turned upright.
  package static func tables(on page: PageLayout, visibleGlyphs: [Int]) -> Result {
    let lines = RulingMerger.lines(of: page.rulings)
    let lattices = RulingLattice.lattices(of: lines)
    let partition = GlyphPartition(page: page, lattices: lattices, glyphs: visibleGlyphs)
    let words = WordBuilder(page: page)
    var tables: [PageGrid] = []
    var remaining = partition.outside
    for (index, lattice) in lattices.enumerated() {
      let cells = partition.inside[index].map { words.words(from: $0) }
      guard let table = CellGridBuilder.grid(of: lattice, words: cells, page: page) else {
        remaining += partition.inside[index].joined()
        continue
      }
      tables.append(table)
    }
    return Result(tables: tables, remainingGlyphs: remaining.sorted())
  }
}
