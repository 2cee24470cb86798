package import DocumentModel
import LayoutAnalysis
package import LayoutModel
import PageGeometry
import TableReconstruction

/// Pages to the blocks of a document: wires layout analysis and table reconstruction.
///
/// `add` analyses one page and keeps lines and grids only; `finish` does what needs all pages:
/// running matter, reading order, tables and paragraphs that go on, headings.
package struct PageAssembler {
  /// What is kept of a page.
  private struct Content {
    var info: PageInfo
    var turn: QuarterTurn
    /// Size of the page as analysed.
    var width: Double
    var height: Double
    var lines: [TextLine]
    var tables: [PageGrid]
  }

  /// Words further apart than this many ems are not read as one line without a look at columns.
  static let lineSplit = 1.0

  private var contents: [Content] = []
  private var notes: [Note] = []

  package init() {}

  /// Analyses one page; pages are added in order.
  package mutating func add(_ page: PageLayout) {
    let upright = UprightPage(page)
    let visible = Self.visibleGlyphs(of: upright.layout)
    note(hiddenGlyphs: page.glyphs.count - visible.count, on: page)
    let found = TableReconstructor.tables(on: upright.layout, visibleGlyphs: visible)
    let words = WordBuilder(page: upright.layout).words(from: found.remainingGlyphs)
      .filter { $0.direction == .right }
    let unruled = TableReconstructor.unruledTables(
      in: LineBuilder.lines(of: words), on: upright.layout, beside: found.tables)
    let lines = LineBuilder.split(unruled.lines, gap: Self.lineSplit).map(TextLine.init)
    contents.append(
      Content(
        info: PageInfo(
          number: page.number, width: page.width, height: page.height, rotation: page.rotation,
          origin: page.glyphs.isEmpty ? .none : .textLayer),
        turn: upright.turn, width: upright.layout.width, height: upright.layout.height,
        lines: lines, tables: found.tables + unruled.tables))
  }

  /// Positions of the glyphs that a reader of the page sees.
  static func visibleGlyphs(of page: PageLayout) -> [Int] {
    var visible: [Int] = []
    visible.reserveCapacity(page.glyphs.count)
    for index in page.glyphs.indices where page.glyphs[index].isShown { visible.append(index) }
    return visible
  }

  /// The lines that some glyphs of an upright page form.
  static func lines(of page: PageLayout, glyphs: [Int]) -> [Line] {
    let words = WordBuilder(page: page).words(from: glyphs)
    return LineBuilder.lines(of: words.filter { $0.direction == .right }, splitGap: lineSplit)
  }

  private mutating func note(hiddenGlyphs count: Int, on page: PageLayout) {
    guard count > 0 else { return }
    notes.append(
      Note(
        code: "text.notShown", severity: .info,
        message:
          "page \(page.number): \(count) glyphs outside the page or tilted were left out"))
  }

  /// Puts the document together.
  package consuming func finish() -> (blocks: [Block], pages: [PageInfo], notes: [Note]) {
    var flow = DocumentFlow(notes: notes)
    let marks = RunningMatter.marks(
      on: contents.map { RunningMatter.Page(height: $0.height, lines: $0.lines) })
    let area = textArea(marks)
    let pages = contents.map(\.info)
    for (index, mark) in marks.enumerated() {
      let content = contents[index]
      // What the flow does not keep of a page is free from here on.
      contents[index].lines = []
      contents[index].tables = []
      flow.add(
        lines: zip(content.lines, mark).filter { !$1 }.map(\.0), tables: content.tables,
        furniture: zip(content.lines, mark).filter { $1 }.map(\.0),
        page: content.info.number,
        area: area[content.width] ?? Interval(0, content.width))
    }
    let notes = flow.notes
    return ((consume flow).blocks(), pages, notes)
  }

  /// For each page width, the stretch from the leftmost to the rightmost line over all pages.
  private func textArea(_ marks: [[Bool]]) -> [Double: Interval] {
    var areas: [Double: Interval] = [:]
    for (content, mark) in zip(contents, marks) {
      for (line, isFurniture) in zip(content.lines, mark) where !isFurniture {
        let x = line.box.xInterval
        areas[content.width] = areas[content.width].map { $0.union(x) } ?? x
      }
    }
    return areas
  }
}
