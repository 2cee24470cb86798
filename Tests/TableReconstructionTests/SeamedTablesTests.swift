import LayoutAnalysis
import LayoutModel
import PageGeometry
import TableReconstruction
import TestSupport
import Testing

@Suite struct SeamedTablesTests {
  /// The page of a drawing whose lines are cut where the signs of the first line stand.
  func page(_ art: String, seams: String) -> PageLayout {
    var page = PageSketch(art).page()
    let cuts = seams.enumerated().filter { $1 == "|" }.map { 40 + (Double($0.offset) + 0.5) * 5 }
    page.rulings = page.rulings.flatMap { ruling in
      let inner = cuts.filter { $0 > ruling.extent.lower + 1 && $0 < ruling.extent.upper - 1 }
      let places = [ruling.extent.lower] + inner + [ruling.extent.upper]
      return zip(places, places.dropFirst()).map {
        var piece = ruling
        piece.extent = Interval($0, $1)
        return piece
      }
    }
    return page
  }

  func grids(_ page: PageLayout, after previous: PageGrid? = nil) -> [PageGrid] {
    let ruled = TableReconstructor.tables(on: page, visibleGlyphs: Array(page.glyphs.indices))
    let words = WordBuilder(page: page).words(from: ruled.remainingGlyphs)
    return TableReconstructor.unruledTables(
      in: LineBuilder.lines(of: words), on: page, beside: ruled.tables, after: previous
    ).tables
  }

  /// The rows of the tables, cells separated by bars, spans behind them.
  func tables(_ page: PageLayout) -> [[String]] {
    grids(page).map { table in
      (0..<table.grid.rowCount).map { row in
        table.grid.cells.filter { $0.rows.lowerBound == row }.map { cell in
          cell.text + (cell.columns.count > 1 ? "×\(cell.columns.count)" : "")
        }.joined(separator: "|")
      }
    }
  }

  static let narrow = """
    ────────────────────────
     Name  Code  No. Amount
    ────────────────────────
     Tea   A B   1      9
     Milk  C D   2     10
     Salt  E F   3     11
    ────────────────────────
    """

  @Test("Columns end where the pieces of lines meet, even where no white shows them")
  func seams() {
    let seams = "      |     |   |       "
    #expect(
      tables(page(Self.narrow, seams: seams)) == [
        ["Name|Code|No.|Amount", "Tea|A B|1|9", "Milk|C D|2|10", "Salt|E F|3|11"]
      ])
  }

  @Test("A column without any text is white between groups of columns")
  func spacer() {
    let seams = "      |     |  |   |       "
    let art = """
      ───────────────────────────
       Name  Code      No. Amount
      ───────────────────────────
       Tea   A B       1      9
       Milk  C D       2     10
       Salt  E F       3     11
      ───────────────────────────
      """
    #expect(tables(page(art, seams: seams)).first?.first == "Name|Code|No.|Amount")
  }

  @Test("A group and values at the head of a page go on with the table of these columns")
  func groupAtTheHeadOfAPage() throws {
    let seams = "            |       |       |       "
    let before = """
      ────────────────────────────────────
       Name          2021    2022    2023
      ────────────────────────────────────
       Tea              1       9      12
       Milk             2      10      13
      ────────────────────────────────────
      """
    let art = """
       Goods
       Rice          1211  940.35   136.3
       Oats           534  382.15  1927.9
       Corn           969  983.96    31.9
      ────────────────────────────────────
      """
    var next = page(art, seams: seams)
    next.number = 2
    let first = try #require(grids(page(before, seams: seams)).first)
    let second = try #require(grids(next, after: first).first)
    let rowCount = TableStitcher.join(first, second)?.grid.rowCount
    #expect(rowCount == 7)
    #expect(second.grid.cells.first?.text == "Goods")
  }

  @Test("Repeated heads show the columns that a few rows at the head of a page do not")
  func repeatedHeads() throws {
    let seams = "            |       |       |       "
    let before = """
      ────────────────────────────────────
       Name          2021    2022    2023
      ────────────────────────────────────
       Tea              1       9      12
       Milk             2      10      13
      ────────────────────────────────────
      """
    let art = """
      ────────────────────────────────────
       Name          2021    2022    2023
      ────────────────────────────────────
       Rice           121      35      63
      ────────────────────────────────────
      """
    var next = page(art, seams: seams)
    next.number = 2
    // The stub has no lines.
    next.rulings.removeAll { $0.extent.lower < 60 }
    let first = try #require(grids(page(before, seams: seams)).first)
    let second = try #require(grids(next, after: first).first)
    #expect(second.grid.cells.map(\.text).suffix(4) == ["Rice", "121", "35", "63"])
    #expect(TableStitcher.join(first, second)?.grid.rowCount == 4)
  }

  @Test("Lines around heads alone are not all of a table that the page cuts")
  func cutBelowHeads() {
    let art = """
      ────────────────────────────────────
       Name           Men        Women
                    2021    2022    2023
      ────────────────────────────────────
       Tea              1       9      12
       Milk             2      10      13
       Salt             3      11      14
      """
    var page = page(art, seams: "            |       |       |       ")
    let under = page.rulings.filter { $0.extent.lower > 60 && $0.position < 60 }
    page.rulings += under.map {
      var line = $0
      line.position += 14
      return line
    }
    #expect(grids(page).map(\.grid.rowCount) == [5])
  }

  @Test("A title in the middle of the rows is a row of the table")
  func title() {
    let art = """
      ────────────────────────────────────
       Name          2021    2022    2023
      ────────────────────────────────────
       Tea              1       9      12
      ────────────────────────────────────
            Goods of all other kinds
      ────────────────────────────────────
       Rice           121      35      63
      ────────────────────────────────────
      """
    var page = page(art, seams: "            |       |       |       ")
    // The lines around the title and below have no seams.
    let positions = Set(page.rulings.map(\.position)).sorted().suffix(3)
    page.rulings.removeAll { positions.contains($0.position) }
    page.rulings += positions.map {
      Ruling(axis: .horizontal, position: $0, extent: Interval(40, 220), thickness: 0.5)
    }
    #expect(tables(page).map(\.count) == [4])
  }

  @Test("Rows of several lines go on below heads that lines are around")
  func wrappedBelowHeads() {
    let art = """
      ────────────────────────────────────
       Name          Men  Women  Remarks
      ────────────────────────────────────
       Tea             1      9  revised
                                 so as is
                                 found in
                                 the first
                                 annex on
       Milk            2     10  all this
       Salt            3     11  revised
      """
    var page = page(art, seams: "            |      |      |         ")
    let top = page.rulings.filter { $0.position < 50 }
    page.rulings += top.map {
      var line = $0
      line.position -= 4
      return line
    }
    #expect(tables(page).map(\.last) == ["Salt|3|11|revised"])
  }

  @Test("Columns that show in seams are surer than those that show in white")
  func confidence() {
    func confidence(_ page: PageLayout) -> Double? {
      let words = WordBuilder(page: page).words(from: Array(page.glyphs.indices))
      let found = TableReconstructor.unruledTables(
        in: LineBuilder.lines(of: words), on: page, beside: [])
      return found.tables.first?.grid.cells.first?.confidence
    }
    let seamed = confidence(page(Self.narrow, seams: "      |     |   |       "))
    let plain = confidence(page(Self.narrow, seams: ""))
    #expect(seamed == 0.95)
    #expect(plain == 0.9)
  }

  @Test("A page that ends before the table does still has its rows")
  func cut() {
    let art = """
      ────────────────────────
       Name  Code  No. Amount
      ────────────────────────
       Tea   A B   1      9
       Milk  C D   2     10
       Salt  E F   3     11
      """
    let seams = "      |     |   |       "
    #expect(tables(page(art, seams: seams)).first?.count == 4)
  }

  @Test("The line under a running head is no line of the table, however wide")
  func runningHead() {
    let art = """
      ────────────────────────

      Yearbook of the district
        and all of its towns

      """
    let below = Self.narrow.split(separator: "\n").joined(separator: "\n")
    var page = page(art + "\n" + below, seams: "      |     |   |       ")
    // The first line is drawn in one piece.
    page.rulings.removeAll { $0.position < 60 }
    page.rulings.append(
      Ruling(axis: .horizontal, position: 46, extent: Interval(40, 160), thickness: 0.5))
    #expect(tables(page).first?.first == "Name|Code|No.|Amount")
  }

  @Test("Pieces over several columns each do not tell all columns and are left to the text")
  func fewSeams() {
    let art = """
      ────────────────────────────────────
       Name        2020     2021     2022
      ────────────────────────────────────
       Tea            1       19        3
       Milk           2       10        5
       Salt           3       11        8
      ────────────────────────────────────
      """
    #expect(
      tables(page(art, seams: "          |                         ")).first?[1] == "Tea|1|19|3")
  }

  @Test("Dashes are no seams")
  func dashes() {
    var page = page(Self.narrow, seams: "")
    page.rulings = page.rulings.flatMap { ruling in
      stride(from: ruling.extent.lower, to: ruling.extent.upper - 5, by: 6).map {
        Ruling(
          axis: .horizontal, position: ruling.position, extent: Interval($0, $0 + 3),
          thickness: 0.5)
      }
    }
    #expect(tables(page) == tables(self.page(Self.narrow, seams: "")))
  }

  @Test("A drawing of many thousand pieces ends at once")
  func manyPieces() {
    var page = page(Self.narrow, seams: "")
    page.rulings = (0..<30_000).map {
      Ruling(
        axis: .horizontal, position: Double($0 / 40), extent: Interval(Double($0 % 40) * 10, 400),
        thickness: 0.5)
    }
    #expect(tables(page).count <= 1)
  }
}
