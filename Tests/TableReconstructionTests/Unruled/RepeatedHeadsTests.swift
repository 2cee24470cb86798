import LayoutAnalysis
import LayoutModel
import PageGeometry
import TestSupport
import Testing

@testable import TableReconstruction

/// Pages that begin with the heads of the table on the page before.
@Suite struct RepeatedHeadsTests {
  static let first = """
    Region       Households        Change
                2022     2023
    East     1,009.3     12.5         3.4
    West        87.0      3.1         0.5
    North      120.5      4.2        10.6
    """

  func lines(of page: PageLayout) -> [Line] {
    let words = WordBuilder(page: page).words(from: Array(page.glyphs.indices))
    return LineBuilder.lines(of: words)
  }

  func firstTable() throws -> PageGrid {
    let page = PageSketch(Self.first).page()
    return try #require(
      TableReconstructor.unruledTables(in: lines(of: page), on: page, beside: []).tables.last)
  }

  /// The tables of a page that follows one with `first`.
  func grids(of art: String) throws -> [String] {
    let previous = try firstTable()
    let page = PageSketch(art, pageNumber: 2).page()
    return TableReconstructor.unruledTables(
      in: lines(of: page), on: page, beside: [], after: previous
    ).tables.map { GridSketch.text(of: $0.grid) }
  }

  @Test("One row below repeated heads is read in the columns of the page before")
  func oneRow() throws {
    let found = try grids(
      of: """
        Region       Households        Change
                    2022     2023
        South       80.4     17.0         2.2
        """)
    #expect(
      found == [
        """
        Region | Households | < | Change
        ^ | 2022 | 2023 | ^
        South | 80.4 | 17.0 | 2.2

        """
      ])
  }

  @Test("A name longer than all before goes on as far as the values of the next column")
  func longerName() throws {
    let page = PageSketch(
      """
      Islanders   80.4     17.0         2.2
      South         1.4      7.0         0.2
      """, pageNumber: 2
    ).page()
    let first = try firstTable()
    let found = TableReconstructor.unruledTables(
      in: lines(of: page), on: page, beside: [], after: first
    ).tables
    let second = try #require(found.first)
    #expect(second.grid.cells.first?.text == "Islanders")
    #expect(TableStitcher.join(first, second)?.grid.rowCount == 7)
  }

  @Test("Heads with other words at the same places are those of another table")
  func otherHeads() throws {
    let art = """
      Sector       Persons           Change
                  2022     2023
      South       80.4     17.0         2.2
      Islands      1.4      7.0         0.2
      """
    let rows = lines(of: PageSketch(art, pageNumber: 2).page()).map(TextRow.init)
    #expect(try RepeatedHeads(rows: rows, table: firstTable()).found().map(\.rowCount) == nil)
  }
}
