import LayoutAnalysis
import LayoutModel
import PageGeometry
import TableReconstruction
import TestSupport
import Testing

/// Tables without a full set of rulings: `TableRegionFinder`, `LeafColumns`, `HeaderFitter` and
/// `BodyRows` together, on pages that show what their comments promise.
@Suite struct UnruledTableTests {
  func grids(_ art: String, size: Double = 10, leading: Double? = nil) -> [String] {
    grids(PageSketch(art, size: size, leading: leading).page())
  }

  func grids(_ page: PageLayout) -> [String] {
    let words = WordBuilder(page: page).words(from: Array(page.glyphs.indices))
    return TableReconstructor.unruledTables(
      in: LineBuilder.lines(of: words), on: page, beside: []
    ).tables.map { $0.grid.isConsistent ? GridSketch.text(of: $0.grid) : "inconsistent" }
  }

  // MARK: - Columns

  static let plain = """
    Region      2022     2023
    ─────────────────────────
    East     1,009.3     12.5
    West        87.0      3.1
    North      120.5      4.2
    """

  static let plainText = """
    Region | 2022 | 2023
    East | 1,009.3 | 12.5
    West | 87.0 | 3.1
    North | 120.5 | 4.2

    """

  @Test("Columns are where the body rows share a gutter")
  func plainTable() {
    #expect(grids(Self.plain) == [Self.plainText])
  }

  @Test("The order of painting changes nothing", arguments: 1...6)
  func shuffled(seed: UInt64) {
    #expect(
      grids(PageSketch(Self.plain).page().shuffled(seed: seed)) == [Self.plainText],
      "seed \(seed)")
  }

  @Test("Moving or scaling a page changes no structure", arguments: [(1, 25), (0.8, 0), (1.7, 3)])
  func scaled(factor: Double, offset: Double) {
    #expect(
      grids(PageSketch(Self.plain).page().scaled(by: factor, movedBy: offset))
        == [Self.plainText])
  }

  @Test("Lines of a cell between bands belong to the table, however many there are")
  func bandedRemarks() {
    var page = PageSketch(
      """
      Region      2022     2023    Remarks
      East     1,009.3     12.5    early
                                   new
                                   series
      West        87.0      3.1    from
                                   this
                                   year on
      North      120.5      4.2    late
      South       20.5      1.2    late
      """
    ).page()
    page.shadings = [(1, 2), (7, 8)].map { first, end in
      Shading(
        box: Rect(
          minX: 40, minY: 40 + 12 * Double(first), maxX: 240, maxY: 40 + 12 * Double(end)),
        color: 0xDDE6F0)
    }
    #expect(
      grids(page) == [
        """
        Region | 2022 | 2023 | Remarks
        East | 1,009.3 | 12.5 | early
        West | 87.0 | 3.1 | new series from this year on
        North | 120.5 | 4.2 | late
        South | 20.5 | 1.2 | late

        """
      ])
  }

  // MARK: - Heads

  @Test("A line that leaves out the stub stands under spanners and does not end the heads")
  func lineBesideStub() {
    #expect(
      grids(
        """
        ──────────────────────────────────
                    All households
              ────────────────────────────
                   2022           2023
              ────────────    ────────────
        Area  Total    Men    Total    Men
        ──────────────────────────────────
        East     10      4       12      5
        West     20      9       21      9
        North    30     14       34     15
        ──────────────────────────────────
        """
      ).map { $0.split(separator: "\n").prefix(3) } == [
        [
          "Area | All households | < | < | <", "^ | 2022 | < | 2023 | <",
          "^ | Total | Men | Total | Men",
        ]
      ])
  }

  @Test(
    "A line under a spanner says exactly what it spans, also over values at the right")
  func ruledSpanners() {
    #expect(
      grids(
        """
        ─────────────────────────────────────
                     2022            2023
                 ─────────────   ────────────
        Region    Total   Men    Total   Men
        ─────────────────────────────────────
        East         10     4       12     5
        West         20     9       22    10
        North        30    14       32    15
        ─────────────────────────────────────
        """) == [
          """
          Region | 2022 | < | 2023 | <
          ^ | Total | Men | Total | Men
          East | 10 | 4 | 12 | 5
          West | 20 | 9 | 22 | 10
          North | 30 | 14 | 32 | 15

          """
        ])
  }

  @Test("A name of several rows may end right before the names of the rows begin")
  func wideUpperName() {
    let found = grids(
      """
      Kind             Item     2021   2022
      ─────────────────────────────────────
                       Milk       12     14

      Food             Bread       3      9

                       Meat       25     70

                       Pens        7      8
      Office-equipment
                       Ink        15     16
      """)
    #expect(
      found == [
        """
        Kind | Item | 2021 | 2022
        Food | Milk | 12 | 14
        ^ | Bread | 3 | 9
        ^ | Meat | 25 | 70
        Office-equipment | Pens | 7 | 8
        ^ | Ink | 15 | 16

        """
      ])
  }

  @Test("A year beside another head is a head; beside a name it is a value")
  func oneYear() {
    let heads = grids(
      """
                  1. Quarter        2022
      Region     Men    Women    Men   Women
      East     1,009       12     34       5
      West        87        3      5      11
      North      120        4     10       6
      """)
    #expect(heads.first?.split(separator: "\n").count == 5)
    let values = grids(
      """
      Founded      2022
      East           2019
      West           1987
      North          2003
      """)
    #expect(values == ["Founded | 2022\nEast | 2019\nWest | 1987\nNorth | 2003\n"])
  }

  @Test("Lines under spanners tell which columns belong to which")
  func ruledSpannersOverFullColumns() {
    #expect(
      grids(
        """
        ────────────────────────────────────────
                       2022            2023
                  ─────────────   ─────────────
        Region    Total     Men   Total     Men
        ────────────────────────────────────────
        East      10.00    4.00   12.00    5.00
        West      20.00    9.00   22.00   10.00
        North     30.00   14.00   32.00   15.00
        ────────────────────────────────────────
        """) == [
          """
          Region | 2022 | < | 2023 | <
          ^ | Total | Men | Total | Men
          East | 10.00 | 4.00 | 12.00 | 5.00
          West | 20.00 | 9.00 | 22.00 | 10.00
          North | 30.00 | 14.00 | 32.00 | 15.00

          """
        ])
  }

  @Test("Without lines, a head in the middle over several columns spans them")
  func centredSpanner() {
    #expect(
      grids(
        """
        ──────────────────────────────
                       Population
        Region    Total    Men   Women
        ──────────────────────────────
        East         10      4       6
        West         20      9      11
        North        30     14      16
        ──────────────────────────────
        """) == [
          """
          Region | Population | < | <
          ^ | Total | Men | Women
          East | 10 | 4 | 6
          West | 20 | 9 | 11
          North | 30 | 14 | 16

          """
        ])
  }

  @Test("Lines of one head that stand over each other become one cell")
  func headOfTwoLines() {
    #expect(
      grids(
        """
        ───────────────────────────
        Region     Total   Share of
                    area       land
        ───────────────────────────
        East          10        4.5
        West          20        9.5
        North         30       14.5
        ───────────────────────────
        """) == [
          """
          Region | Total area | Share of land
          East | 10 | 4.5
          West | 20 | 9.5
          North | 30 | 14.5

          """
        ])
  }

  // MARK: - Rows

  @Test("A text of two lines beside one value is one row")
  func wrappedStub() {
    #expect(
      grids(
        """
        ────────────────────────────
        Drink            Sold   Left
        ────────────────────────────
        Tea with milk
        and sugar        12.4    1.0
        Coffee            3.1    2.0
        Water             5.1    3.0
        ────────────────────────────
        """) == [
          """
          Drink | Sold | Left
          Tea with milk and sugar | 12.4 | 1.0
          Coffee | 3.1 | 2.0
          Water | 5.1 | 3.0

          """
        ])
  }

  @Test("Lines between all rows of values are where the rows are")
  func separated() {
    #expect(
      grids(
        """
        ────────────────────────────
        Drink            Sold   Left
        ────────────────────────────
        Tea              12.4    1.0
        with milk
        ────────────────────────────
        Coffee            3.1    2.0
        black
        ────────────────────────────
        Water             5.1    3.0
        ────────────────────────────
        """) == [
          """
          Drink | Sold | Left
          Tea with milk | 12.4 | 1.0
          Coffee black | 3.1 | 2.0
          Water | 5.1 | 3.0

          """
        ])
  }

  @Test("A row with text in the first column alone is a row of its own")
  func groupRow() {
    #expect(
      grids(
        """
        ────────────────────────────
        Region           2022   2023
        ────────────────────────────
        Europe
          France          1.0    2.0
          Spain           3.0    4.0
        Asia
          Japan           5.0    6.0
        ────────────────────────────
        """) == [
          """
          Region | 2022 | 2023
          Europe |  | 
          France | 1.0 | 2.0
          Spain | 3.0 | 4.0
          Asia |  | 
          Japan | 5.0 | 6.0

          """
        ])
  }

  @Test("A label that runs out of the stub is a cell of the stub, or of all columns in the middle")
  func wideLabel() {
    let art = """
      ──────────────────────────────
      Kind           2022       2023
      ──────────────────────────────
      Highest enrolment
      Masters         1.0        2.0
      Others          3.0        4.0
      Highest degree of all
      Masters         5.0        6.0
      ──────────────────────────────
      """
    let rows = [
      "Kind | 2022 | 2023", "Highest enrolment |  | ", "Masters | 1.0 | 2.0",
      "Others | 3.0 | 4.0", "Highest degree of all |  | ", "Masters | 5.0 | 6.0", "",
    ]
    #expect(grids(art) == [rows.joined(separator: "\n")])
  }

  @Test("A label over columns of values has the row to itself")
  func labelOverValues() {
    let art = """
      ───────────────────────────────────────────────
      Kind           2020      2021      2022    2023
      ───────────────────────────────────────────────
      Masters         1.0       2.0       3.0     4.0
      Others          3.0       4.0       5.0     6.0
      Highest degree of women and men
      Masters         5.0       6.0       7.0     8.0
      ───────────────────────────────────────────────
      """
    let rows = [
      "Kind | 2020 | 2021 | 2022 | 2023", "Masters | 1.0 | 2.0 | 3.0 | 4.0",
      "Others | 3.0 | 4.0 | 5.0 | 6.0", "Highest degree of women and men | < | < | < | <",
      "Masters | 5.0 | 6.0 | 7.0 | 8.0", "",
    ]
    #expect(grids(art) == [rows.joined(separator: "\n")])
  }

  @Test("In a table set loosely, heads stand as far apart as its rows")
  func looseHeads() {
    let art = """
                    Total
               2022      2023
      East    1,009      12.5
      West       87       3.1
      North     120       4.2
      """
    let rows = [
      " | Total | <", " | 2022 | 2023", "East | 1,009 | 12.5", "West | 87 | 3.1",
      "North | 120 | 4.2", "",
    ]
    #expect(grids(art, leading: 23) == [rows.joined(separator: "\n")])
  }

  @Test("A line off the shading of the heads is none of them")
  func offShading() {
    let art = """
                   Sums of all
      ░Region      2022     2023░
       East     1,009.3     12.5
       West        87.0      3.1
       North      120.5      4.2
      """
    #expect(grids(art) == [Self.plainText])
  }

  @Test("The lines of the last name belong to the table where all names have two")
  func lastName() {
    let art = """
        Name      2022     2023
      ─────────────────────────
      East of
                 1,009     12.5
      the river

      West of
                    87      3.1
      the river

      North of
                   120      4.2
      the river
      """
    let rows = [
      "Name | 2022 | 2023", "East of the river | 1,009 | 12.5",
      "West of the river | 87 | 3.1", "North of the river | 120 | 4.2", "",
    ]
    #expect(grids(art, leading: 7) == [rows.joined(separator: "\n")])
  }

  @Test("A name at the end of a page stays with its table if others stand at its place")
  func nameAtEnd() {
    let art = """
      Name            2022     2023
      ─────────────────────────────
              2019
      East           1,009     12.5
      West              87      3.1
              2020
      East           1,010     12.9
      West              88      3.4
              2021
      """
    let last = grids(art).first?.split(separator: "\n").last
    #expect(last?.contains("2021") == true)
  }

  // MARK: - Properties

  /// A generated table with one stub column.
  func sample(seed: UInt64) -> TableGenerator.Sample? {
    var generator = TableGenerator(seed: seed)
    let sample = generator.sample()
    return sample.stubColumnCount == 1 ? sample : nil
  }

  @Test("A generated table with lines under its spanners equals itself", arguments: 1...60)
  func generated(seed: UInt64) {
    guard let sample = sample(seed: seed) else { return }
    let page = PageSketch(sample.openArt(hasLines: true)).page().shuffled(seed: seed)
    #expect(grids(page) == [GridSketch.text(of: sample.grid)], "seed \(seed)")
  }

  @Test("Without any line, heads over several columns are enough", arguments: 1...60)
  func generatedWithoutLines(seed: UInt64) {
    guard let sample = sample(seed: seed), sample.headsBranch else { return }
    let page = PageSketch(sample.openArt(hasLines: false)).page().shuffled(seed: seed)
    #expect(grids(page) == [GridSketch.text(of: sample.grid)], "seed \(seed)")
  }

  // MARK: - Refusals

  @Test("Two columns of running text are no table")
  func prose() {
    let left = "these are lines of running text in one"
    let right = "and here is the text of another column"
    let art = (0..<8).map { _ in "\(left)   \(right)" }.joined(separator: "\n")
    #expect(grids(art).isEmpty)
  }

  @Test("Labels with text behind them are a list")
  func list() {
    #expect(
      grids(
        """
        1.   the first item of a list that says a lot
        2.   the second item, no shorter than the first
        3.   the third item of the very same list here
        4.   the last of them
        """
      ).isEmpty)
    #expect(
      grids(
        """
        •   the first item of a list that says a lot
        •   the second item, no shorter than the first
        •   the third item of the very same list here
        """
      ).isEmpty)
  }

  @Test("Headings with leaders and page numbers are a table of contents")
  func contents() {
    #expect(
      grids(
        """
        Introduction  ....................  1
        The method  ......................  5
        The results  .....................  9
        What follows  ....................  23
        """
      ).isEmpty)
  }

  @Test("A few words set apart by chance are no table")
  func chance() {
    #expect(
      grids(
        """
        Signed      in Paris
        Seen        in Rome
        """
      ).isEmpty)
  }

  @Test("Running text is left alone")
  func text() {
    #expect(grids("A paragraph of text that\nhas no gaps in any line\nand says 12 or 13.").isEmpty)
  }

  @Test("One line under the heads says how deep they are, a line under each row does not")
  func ruledOff() {
    func declared(_ art: String) -> [Int?] {
      let page = PageSketch(art).page()
      let words = WordBuilder(page: page).words(from: Array(page.glyphs.indices))
      return TableReconstructor.unruledTables(
        in: LineBuilder.lines(of: words), on: page, beside: []
      ).tables.map(\.grid.declaredHeaderRowCount)
    }
    let rows = [
      "Name      Description    Number", "alpha     letters            ++",
      "beta      pages               3", "gamma     minutes             5",
    ]
    let rule = String(repeating: "─", count: 31)
    #expect(
      declared(
        [rule, rows[0], rule, rows[1], rows[2], rows[3], rule].joined(separator: "\n")) == [1])
    #expect(
      declared(([rule] + rows.flatMap { [$0, rule] }).joined(separator: "\n")) == [nil])
  }

  @Test("Signs that stand apart belong to their numbers")
  func signs() {
    #expect(
      grids(
        """
                          2022         2023
        ───────────────────────────────────
        Products    $    1,234   $    5,678
        Services          (565 )       (34 )
        Other               12           13
        Share               7 %         12 %
        Total       $      681   $    5,657
        """) == [
          """
           | 2022 | 2023
          Products | $ 1,234 | $ 5,678
          Services | (565 ) | (34 )
          Other | 12 | 13
          Share | 7 % | 12 %
          Total | $ 681 | $ 5,657

          """
        ])
  }

  @Test("A unit in brackets below a head is its last line, not that of the table")
  func unitOfHead() {
    let body =
      ["East        12       33     14       35        41.5"]
      + ["West        22       43     24       45         5.5"]
      + ["North       32       53     34       55         3.1"]
    #expect(
      grids(
        """
                      2021            2022
                                                  Employees
        Name
                                                     (%)
                  Area   Output   Area   Output

        """ + body.map { "\n\($0)\n" }.joined(), leading: 7
      ).first?.split(separator: "\n").prefix(2) == [
        "Name | 2021 | < | 2022 | < | Employees (%)", "^ | Area | Output | Area | Output | ^",
      ])
  }

  @Test("Heads and names of many lines between two lines are a table, not a chart")
  func manyLines() {
    let names = ["Bread and", "Meat and", "Fish and", "Fruit and"].enumerated().map {
      "\($1)\n              1\($0)       2\($0)         3\($0)\nother of\n"
    }
    let art =
      """
      ─────────────────────────────────────

                  Opening
                           Share
      Name        balance
                           of all
                                   Turnover
      ─────────────────────────────────────

      """ + names.joined(separator: "\n") + "\n─────────────────────────────────────"
    #expect(
      grids(art, leading: 7).first?.split(separator: "\n").first
        == "Name | Opening balance | Share of all | Turnover")
  }
}
