import LayoutAnalysis
import LayoutModel
import PageGeometry
import TableReconstruction

/// One page analysed by itself: its tables, and the lines outside of them.
///
/// What `PageAssembler` keeps of a page and what `Inspector` shows of it, worked out once. Places are
/// those of the page turned upright; `upright.turn` tells how it was turned.
struct PageAnalysis {
  /// Words further apart than this many ems are not read as one line without a look at columns.
  static let lineSplit = 1.0

  let upright: UprightPage
  /// Positions of the glyphs that a reader of the page sees.
  let visibleGlyphs: [Int]
  /// Ruled tables first, then those without full rulings; each from top to bottom.
  let tables: [PageGrid]
  /// Lines outside of tables, cut at wide gaps.
  let lines: [Line]
  /// Lines that do not run to the right.
  let sideways: [Line]

  init(_ page: PageLayout) {
    upright = UprightPage(page)
    let layout = upright.layout
    visibleGlyphs = Self.visibleGlyphs(of: layout)
    let ruled = TableReconstructor.tables(on: layout, visibleGlyphs: visibleGlyphs)
    let words = WordBuilder(page: layout).words(from: ruled.remainingGlyphs)
    sideways = SidewaysText.lines(of: words, on: layout)
    let labels = ruled.labels(among: words)
    let unruled = TableReconstructor.unruledTables(
      in: LineBuilder.lines(of: labels.others), on: layout, beside: ruled.tables)
    tables = ruled.tables + unruled.tables
    lines = LineBuilder.split(
      unruled.lines + LineBuilder.lines(of: labels.inDrawings), gap: Self.lineSplit)
  }

  static func visibleGlyphs(of page: PageLayout) -> [Int] {
    var visible: [Int] = []
    visible.reserveCapacity(page.glyphs.count)
    for index in page.glyphs.indices where page.glyphs[index].isShown { visible.append(index) }
    return visible
  }
}
