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

  /// - Parameters:
  ///   - page: The page as extracted.
  ///   - previous: The table at the end of the page before, if one stands there.
  ///   - edges: The column edges that the table at the end of the page has on the next one.
  init(_ page: PageLayout, after previous: PageGrid? = nil, goingOnWith edges: [Double]? = nil) {
    upright = UprightPage(page)
    let layout = upright.layout
    visibleGlyphs = Self.visibleGlyphs(of: layout)
    let ruled = TableReconstructor.tables(
      on: layout, visibleGlyphs: visibleGlyphs, after: previous)
    let words = WordBuilder(page: layout).words(from: ruled.remainingGlyphs)
    sideways = SidewaysText.lines(of: words, on: layout)
    let labels = ruled.labels(among: words)
    let unruled = TableReconstructor.unruledTables(
      in: LineBuilder.lines(of: labels.others), on: layout, beside: ruled.tables,
      after: previous?.isRuled == true ? nil : previous, goingOnWith: edges)
    tables = ruled.tables + unruled.tables
    lines = LineBuilder.split(
      unruled.lines + LineBuilder.lines(of: labels.inDrawings), gap: Self.lineSplit)
  }

  /// The table at the end of the page: below it stand at most a few lines, as at the foot of a page.
  var lastTable: PageGrid? {
    guard let last = tables.max(by: { $0.box.maxY < $1.box.maxY }),
      lines.count(where: { $0.box.minY > last.box.maxY }) <= Self.footLineCount
    else { return nil }
    return last
  }

  /// The table without full rulings at the head of the page: above it stand at most a few lines, and
  /// no caption of another table.
  var firstTable: PageGrid? {
    guard let first = tables.min(by: { $0.box.minY < $1.box.minY }), !first.isRuled else {
      return nil
    }
    let above = lines.filter { $0.box.maxY < first.box.minY }
    guard above.count <= Self.headLineCount, !above.contains(where: startsTable) else { return nil }
    return first
  }

  private func startsTable(_ line: Line) -> Bool {
    TableSurroundings.isNumberedCaption(line.text) && !TableSurroundings.isContinuation(line.text)
  }

  private static let footLineCount = 3
  private static let headLineCount = 2

  static func visibleGlyphs(of page: PageLayout) -> [Int] {
    var visible: [Int] = []
    visible.reserveCapacity(page.glyphs.count)
    for index in page.glyphs.indices where page.glyphs[index].isShown { visible.append(index) }
    return visible
  }
}
