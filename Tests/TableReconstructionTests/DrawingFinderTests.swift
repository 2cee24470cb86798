import LayoutAnalysis
import LayoutModel
import PageGeometry
import TableReconstruction
import TestSupport
import Testing

@Suite struct DrawingFinderTests {
  func result(_ page: PageLayout) -> TableReconstructor.Result {
    TableReconstructor.tables(on: page, visibleGlyphs: Array(page.glyphs.indices))
  }

  /// Heads or not, five rows of lines, and hardly any text between them.
  func grid(heads: String) -> PageLayout {
    let line = "├" + Array(repeating: "────", count: 6).joined(separator: "┼") + "┤"
    let blank = "│" + Array(repeating: "    ", count: 6).joined(separator: "│") + "│"
    let rows = Array(repeating: blank, count: 5).joined(separator: "\n\(line)\n")
    return PageSketch(line + "\n" + heads + "\n" + line + "\n" + rows + "\n" + line).page()
  }

  static let bars = """
    │         ┌────┐
    │ ┌────┐  │ 41 │
    │ │ 17 │  │    │  ┌────┐
    │ │    │  │    │  │  9 │
    └─┴────┴──┴────┴──┴────┴─
      2019     2020    2021
    """

  @Test("Bars of different heights are a drawing, since the area around them is no rectangle")
  func bars() {
    let result = result(PageSketch(Self.bars).page())
    #expect(result.tables.isEmpty)
    #expect(result.drawings.count == 1)
  }

  @Test("The texts of a drawing and next to it are kept, apart from all other words")
  func labels() {
    let page = PageSketch(Self.bars + "\n\n\n\nSome text that is further down").page()
    let result = result(page)
    let words = WordBuilder(page: page).words(from: result.remainingGlyphs)
    let labels = result.labels(among: words)
    #expect(labels.inDrawings.map(\.text) == ["41", "17", "9", "2019", "2020", "2021"])
    #expect(labels.others.map(\.text).joined(separator: " ") == "Some text that is further down")
  }

  @Test("A drawing takes in the frame around it")
  func frame() {
    let page = PageSketch(
      """
      ┌──────────────────────────┐
      │  │ ┌────┐                │
      │  │ │    │  ┌────┐        │
      │  │ │ 17 │  │  9 │        │
      │  └─┴────┴──┴────┴──      │
      │    2019     2020         │
      └──────────────────────────┘
      """
    ).page()
    #expect(result(page).drawings.map { $0.width.rounded() } == [135])
  }

  @Test("Lines behind a curve are no table, whatever stands between them")
  func curve() {
    var page = PageSketch(
      """
      ┌────┬────┬────┐
      │    │    │    │
      ├────┼────┼────┤
      │    │ A  │    │
      ├────┼────┼────┤
      │ B  │    │    │
      └────┴────┴────┘
      """
    ).page()
    #expect(result(page).tables.count == 1)
    page.freeforms = [Rect(minX: 45, minY: 50, maxX: 110, maxY: 110)]
    #expect(result(page).tables.isEmpty)
    #expect(result(page).drawings.count == 1)
  }

  @Test("A cell that is most of a lattice is a plot with a wide curve, and a place for a signature")
  func plotInOneCell() {
    var page = PageSketch(
      """
      ┌────────────────────┐
      │                    │
      │                    │
      │                    │
      ├──────────┬─────────┤
      │ Oct  Nov │ Dec Jan │
      └──────────┴─────────┘
      """
    ).page()
    page.freeforms = [Rect(minX: 50, minY: 50, maxX: 90, maxY: 80)]
    #expect(result(page).tables.count == 1)
    page.freeforms = [Rect(minX: 50, minY: 50, maxX: 130, maxY: 80)]
    #expect(result(page).tables.isEmpty)
    page.freeforms = []
    let points = (0...8).map { Point(x: Double(50 + 10 * $0), y: $0 % 2 == 0 ? 80 : 55) }
    page.diagonals = zip(points, points.dropFirst()).map { Diagonal(start: $0, end: $1) }
    #expect(result(page).tables.isEmpty)
    #expect(result(page).drawings.count == 1)
  }

  @Test("A curve over a table with text in its cells is a seal or signature, not a plot")
  func seal() {
    var page = PageSketch(
      """
      ┌────┬────┬────┐
      │ a  │ b  │ c  │
      ├────┼────┼────┤
      │ d  │ 12 │ 13 │
      └────┴────┴────┘
      """
    ).page()
    page.freeforms = [Rect(minX: 70, minY: 30, maxX: 110, maxY: 110)]
    #expect(result(page).tables.count == 1)
  }

  @Test("Round corners and strokes within one cell leave a table a table")
  func roundCorners() {
    var page = grid(heads: "│ a  │ b  │ c  │ d  │ e  │ f  │")
    page.freeforms = [
      Rect(minX: 41, minY: 45, maxX: 194, maxY: 192),
      Rect(minX: 46, minY: 46, maxX: 66, maxY: 66),
    ]
    #expect(result(page).tables.count == 1)
  }

  @Test("Many empty cells are a form where the columns have heads, and a chart where not")
  func emptyCells() {
    #expect(result(grid(heads: "│ a  │ b  │ c  │ d  │ e  │ f  │")).tables.count == 1)
    #expect(result(grid(heads: "│    │    │  c │    │  e │    │")).tables.isEmpty)
  }

  @Test("A frame around a paragraph is no table and no drawing")
  func framedParagraph() {
    let result = result(
      PageSketch(
        """
        ┌──────────────────────────┐
        │ Note to the reader       │
        ├──────────────────────────┤
        │ This box says something  │
        │ about the figures below. │
        └──────────────────────────┘
        """
      ).page())
    #expect(result.tables.isEmpty)
    #expect(result.drawings.isEmpty)
    #expect(result.remainingGlyphs.count > 50)
  }

  @Test("A large curve with few letters around it is a plot without lines")
  func plot() {
    var page = PageSketch("0   10   20   30").page()
    page.freeforms = [Rect(minX: 40, minY: 40, maxX: 200, maxY: 140)]
    #expect(result(page).drawings == [Rect(minX: 40, minY: 40, maxX: 200, maxY: 140)])
    // The ground of a page is not.
    page.freeforms = [Rect(minX: 0, minY: 0, maxX: 595, maxY: 600)]
    #expect(result(page).drawings.isEmpty)
  }
}
