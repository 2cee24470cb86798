import LayoutAnalysis
import LayoutModel
import PageGeometry
import TableReconstruction
import TestSupport
import Testing

/// Tables whose cells are shaded one by one, without any line.
@Suite struct SeamLatticeTests {
  /// A page with the text of a drawing and a shaded area for each box of rows and columns of it.
  func page(
    _ art: String, cells: [(rows: Range<Int>, columns: Range<Int>)], color: UInt32 = 0xDDE6F0
  ) -> PageLayout {
    var page = PageSketch(art).page()
    page.shadings = cells.map { cell in
      Shading(
        box: Rect(
          minX: 40 + 5 * Double(cell.columns.lowerBound),
          minY: 40 + 12 * Double(cell.rows.lowerBound),
          maxX: 40 + 5 * Double(cell.columns.upperBound),
          maxY: 40 + 12 * Double(cell.rows.upperBound)), color: color)
    }
    return page
  }

  func tables(_ page: PageLayout) -> [String] {
    let words = WordBuilder(page: page).words(from: Array(page.glyphs.indices))
    return TableReconstructor.unruledTables(
      in: LineBuilder.lines(of: words), on: page, beside: []
    ).tables.map { GridSketch.text(of: $0.grid) }
  }

  static let columns = [0..<9, 9..<17, 17..<23, 23..<31]

  @Test("Cells of shaded rows are given; those between them follow the columns")
  func zebraRows() {
    let cells = [0, 2, 4].flatMap { row in Self.columns.map { (row..<row + 1, $0) } }
    let grid = tables(
      page(
        """
        Region    Total    Men   Women
        East         10      4       6
        West         20      9      11
        North        30     14      16
        South         7      3       4
        """, cells: cells))
    #expect(
      grid == [
        """
        Region | Total | Men | Women
        East | 10 | 4 | 6
        West | 20 | 9 | 11
        North | 30 | 14 | 16
        South | 7 | 3 | 4

        """
      ])
  }

  @Test("A name without shading beside bands stands in the middle of its rows")
  func namesOverRows() {
    // Rows of two lines; every other one is shaded, with the name beside them white.
    let values = [9..<17, 17..<23, 23..<31]
    let cells = [0, 4, 8, 12].flatMap { row in values.map { (row..<row + 2, $0) } }
    let grid = tables(
      page(
        """
        Region    Total    Men   Women

                     1      4       6
        East
                     2      9      11

                     3     14      16

                     4      3       4
        West
                     5      3       4

                     6      3       4

        """, cells: cells + [(0..<2, 0..<9)]))
    #expect(
      grid == [
        """
        Region | Total | Men | Women
        East | 1 | 4 | 6
        ^ | 2 | 9 | 11
        West | 3 | 14 | 16
        ^ | 4 | 3 | 4
        ^ | 5 | 3 | 4
        ^ | 6 | 3 | 4

        """
      ])
  }

  @Test("A shaded cell over several columns and one over several rows span them")
  func spans() {
    let heads: [(Range<Int>, Range<Int>)] = [
      (0..<2, 0..<9), (0..<1, 9..<31), (1..<2, 9..<17), (1..<2, 17..<23), (1..<2, 23..<31),
    ]
    let rows = [3, 5].flatMap { row in Self.columns.map { (row..<row + 1, $0) } }
    let grid = tables(
      page(
        """
        Region            2024
                  Total    Men   Women
        East         10      4       6
        West         20      9      11
        North        30     14      16
        South         7      3       4
        """, cells: heads + rows))
    #expect(
      grid.map { $0.split(separator: "\n").prefix(2) } == [
        ["Region | 2024 | < | <", "^ | Total | Men | Women"]
      ])
  }

  @Test("A row painted in one piece is one cell, its text at the left as well")
  func sectionRow() {
    let cells = [0, 3].flatMap { row in Self.columns.map { (row..<row + 1, $0) } }
    let grid = tables(
      page(
        """
        Region    Total    Men   Women
        Mainland
        East         10      4       6
        West         20      9      11
        """, cells: cells + [(1..<2, 0..<31)]))
    #expect(grid.map { $0.split(separator: "\n")[1] } == ["Mainland | < | < | <"])
  }

  @Test("One band of shaded boxes is no table")
  func bar() {
    let cells = [0..<8, 8..<16, 16..<24].map { (0..<1, $0) }
    #expect(
      tables(page("Home    News    Contact\n\nSome text below it\nand more", cells: cells)) == [])
  }

  @Test("Boxes by the thousand end at once")
  func manyBoxes() {
    let cells = (0..<4000).map { index in
      let row = index / 40
      let column = index % 40 * 2
      return (row..<row + 1, column..<column + 2)
    }
    #expect(tables(page("Region    Total    Men   Women", cells: cells)).count <= 1)
  }
}
