import LayoutAnalysis
import LayoutModel
import TableReconstruction
import TestSupport
import Testing

@Suite struct TableReconstructorTests {
  func grids(_ page: PageLayout) -> [String] {
    TableReconstructor.tables(on: page, visibleGlyphs: Array(page.glyphs.indices)).tables.map {
      $0.grid.isConsistent ? GridSketch.text(of: $0.grid) : "inconsistent"
    }
  }

  static let ruled = """
    before the table
    ┌────────┬───────────────┐
    │        │     2024      │
    │ Region ├───────┬───────┤
    │        │  H1   │  H2   │
    ├────────┼───────┼───────┤
    │ East   │ 1,009 │  12.5 │
    ├────────┼───────┼───────┤
    │ 西部   │    87 │   3.1 │
    └────────┴───────┴───────┘
    after it
    """

  static let ruledText = """
    Region | 2024 | <
    ^ | H1 | H2
    East | 1,009 | 12.5
    西部 | 87 | 3.1

    """

  @Test("A ruled table is read cell by cell; the text around it is left over")
  func ruledTable() {
    let page = PageSketch(Self.ruled).page()
    #expect(grids(page) == [Self.ruledText])
    let rest = TableReconstructor.tables(
      on: page, visibleGlyphs: Array(page.glyphs.indices)
    ).remainingGlyphs
    #expect(
      WordBuilder(page: page).words(from: rest).map(\.text)
        == ["before", "the", "table", "after", "it"])
  }

  @Test("The order of painting changes nothing", arguments: 1...6)
  func shuffled(seed: UInt64) {
    #expect(
      grids(PageSketch(Self.ruled).page().shuffled(seed: seed)) == [Self.ruledText],
      "seed \(seed)")
  }

  @Test(
    "Moving or scaling a page changes no structure",
    arguments: [(1, 0), (1, 33.3), (0.8, 0), (1.5, 10), (2, 0)])
  func scaled(factor: Double, offset: Double) {
    #expect(
      grids(PageSketch(Self.ruled).page().scaled(by: factor, movedBy: offset)) == [Self.ruledText])
  }

  @Test("Heads that are ruled fully over a body that is not: values keep to their columns")
  func halfRuled() {
    #expect(
      grids(
        PageSketch(
          """
          ┌────────┬─────────┐
          │ Year   │ Total   │
          ├────────┴─────────┤
          │ 2022     1,009   │
          │ 2023     1,177   │
          │ 2024     1,200   │
          └──────────────────┘
          """
        ).page()) == [
          """
          Year | Total
          2022 | 1,009
          2023 | 1,177
          2024 | 1,200

          """
        ])
  }

  @Test("Two texts far apart in one undivided row of heads are two spanners")
  func spannersWithoutLine() {
    #expect(
      grids(
        PageSketch(
          """
          ┌───────────────────────────────┐
          │     2022            2023      │
          ├───────┬───────┬───────┬───────┤
          │ Total │  Men  │ Total │  Men  │
          ├───────┼───────┼───────┼───────┤
          │   10  │   4   │   12  │   5   │
          └───────┴───────┴───────┴───────┘
          """
        ).page()) == [
          """
          2022 | < | 2023 | <
          Total | Men | Total | Men
          10 | 4 | 12 | 5

          """
        ])
  }

  @Test("A title row between open sides joins the tables above and below it")
  func titleRow() {
    #expect(
      grids(
        PageSketch(
          """
          ┌───────────────┬───────────────┐
          │ Kind          │ Made          │
          ├───────────────┼───────────────┤
          │ Rules         │ 1             │
          └───────────────┴───────────────┘
                       Part two
          ┌───────────────┬───────────────┐
          │ Kind          │ Done          │
          ├───────────────┼───────────────┤
          │ Permits       │ 2             │
          └───────────────┴───────────────┘
          """
        ).page()) == [
          """
          Kind | Made
          Rules | 1
          Part two | <
          Kind | Done
          Permits | 2

          """
        ])
  }

  @Test("A frame around text, and lines without text, are no tables")
  func noTables() {
    #expect(
      grids(
        PageSketch(
          """
          ┌───────────┐
          │ some text │
          └───────────┘

          ┌────┬────┐
          │    │    │
          ├────┼────┤
          │    │    │
          └────┴────┘
          """
        ).page()
      ).isEmpty)
  }

  @Test("A generated ruled table, laid out and reconstructed, equals itself", arguments: 1...40)
  func generated(seed: UInt64) {
    var generator = TableGenerator(seed: seed)
    let grid = generator.sample().grid
    let page = PageSketch(GridSketch.art(of: grid)).page().shuffled(seed: seed)
    #expect(grids(page) == [GridSketch.text(of: grid)], "seed \(seed)")
  }

  @Test("Each grid position belongs to one cell, whatever the lines and texts", arguments: 1...40)
  func occupancy(seed: UInt64) {
    var generator = TableGenerator(seed: seed)
    var page = PageSketch(GridSketch.art(of: generator.sample().grid)).page()
    var random = SeededGenerator(seed: seed)
    page.rulings.removeAll { _ in Int.random(in: 0..<4, using: &random) == 0 }
    page.glyphs.removeAll { _ in Int.random(in: 0..<8, using: &random) == 0 }
    let tables = TableReconstructor.tables(
      on: page, visibleGlyphs: Array(page.glyphs.indices))
    #expect(tables.tables.allSatisfy { $0.grid.isConsistent }, "seed \(seed)")
    let words = WordBuilder(page: page).words(from: tables.remainingGlyphs)
    let unruled = TableReconstructor.unruledTables(
      in: LineBuilder.lines(of: words), on: page, beside: tables.tables)
    #expect(unruled.tables.allSatisfy { $0.grid.isConsistent }, "seed \(seed)")
  }
}
