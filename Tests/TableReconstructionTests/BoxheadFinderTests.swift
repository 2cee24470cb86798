import LayoutModel
import TestSupport
import Testing

@testable import TableReconstruction

@Suite struct BoxheadFinderTests {
  /// Bands as "rows/header rows".
  func bands(_ text: String, declared: Int? = nil, boldRows: Set<Int> = []) -> [String] {
    var grid = GridSketch.grid(text, declaredHeaderRowCount: declared)
    for index in grid.cells.indices where boldRows.contains(grid.cells[index].rows.lowerBound) {
      grid.cells[index].isBold = true
    }
    return BoxheadFinder(view: GridView(grid)).bands().map {
      "\($0.rows.lowerBound)..<\($0.rows.upperBound)/\($0.headerRowCount)"
    }
  }

  @Test("One row of heads above values")
  func oneLevel() {
    #expect(
      bands(
        """
        Region | H1 | H2
        East   | 1  | 2
        West   | 3  | 4
        """) == ["0..<3/1"])
  }

  @Test("A name with a remark and no values, right under the heads, is a row of the body")
  func remark() {
    #expect(
      bands(
        """
        Region | H1 | H2 | Remarks
        East   |    |    | revised
        North  | 1  | 2  |
        South  | 3  | 4  |
        """) == ["0..<4/1"])
  }

  @Test("Rows of text under bold heads are body rows")
  func boldHeads() {
    let text = """
      Name  | Description | Licence
      alpha | letters     | CC BY
      beta  | pages       | CC0
      gamma | minutes     | –
      """
    #expect(bands(text, boldRows: [0]) == ["0..<4/1"])
    // Bold text among the rows: the weight says nothing.
    #expect(bands(text, boldRows: [0, 2]) == bands(text))
  }

  @Test("The boxhead goes on while its last row has heads over several columns")
  func spanners() {
    #expect(
      bands(
        """
        Region | 2024 | <
        ^      | H1   | H2
        East   | 1    | 2
        """) == ["0..<3/2"])
    #expect(
      bands(
        """
        Region | Total | <    | <
        ^      | 2023  | <    | 2024
        ^      | Men   | All  | ^
        East   | 1     | 2    | 3
        """) == ["0..<4/3"])
  }

  @Test("Years are heads, not values")
  func years() {
    #expect(
      bands(
        """
        Region | 2022 | 2023
        East   | 1    | 2
        West   | 3    | 4
        """) == ["0..<3/1"])
  }

  @Test("Years with their word are heads too")
  func yearsWithWord() {
    #expect(
      bands(
        """
        指标 | 2022年 | 2023年
        收入 | 1      | 2
        支出 | 3      | 4
        """) == ["0..<3/1"])
  }

  @Test("A row of column numbers belongs to the heads")
  func columnNumbers() {
    #expect(
      bands(
        """
        Region | Births | Deaths
        甲     | 1      | 2
        East   | 100    | 200
        """) == ["0..<3/2"])
    #expect(
      bands(
        """
        Item | Sum | Share | Rest
        1    | 2   | 3=1+2 | 4
        East | 10  | 20    | 30
        """) == ["0..<3/2"])
  }

  @Test(
    "Rows that number columns by words, letters or brackets belong to the heads",
    arguments: [
      "栏次 | 1 | 2", "A | B | C", "甲 | 乙 | 丙", "(1) | (2) | (3)", "(a) | (b) | (c)",
      "— | 1 | 2", "甲 | 1 | 2=1/3", "① | ② | ③",
    ])
  func columnNumberForms(row: String) {
    #expect(
      bands(
        """
        Region | Births | Deaths
        \(row)
        All    | many   | few
        East   | 100    | 200
        """) == ["0..<4/2"])
  }

  @Test("Numbers that tell the columns of one spanner apart, and serial numbers, are no such row")
  func notColumnNumbers() {
    #expect(
      bands(
        """
        School | Grade | < | <
        ^      | 1     | 2 | 3
        East   | 5     | 6 | 7
        """) == ["0..<3/2"])
    #expect(
      bands(
        """
        No. | H1 | H2
        1   | 2  | 3
        2   | 4  | 1
        """) == ["0..<3/1"])
    let view = GridView(
      GridSketch.grid(
        """
        School | Grade | < | <
        ^      | 1     | 2 | 3
        East   | 5     | 6 | 7
        """))
    let finder = BoxheadFinder(view: view)
    #expect(finder.bands().flatMap(finder.columnNumberRows).isEmpty)
  }

  @Test("A row of heads among values starts a band where it has the form of the first boxhead")
  func boxheadAmongValues() {
    #expect(
      bands(
        """
             | 2021 | 2022
        East | 1    | 2
             | 2023 | 2024
        East | 3    | 4
        """) == ["0..<2/1", "2..<4/1"])
    #expect(
      bands(
        """
        Item  | Made | Left
        Rules | 0    | 1
        Bids  | Done | Open
        Loans | 2    | 3
        """) == ["0..<4/1"])
  }

  @Test("A value over several columns counts for all of them, a year over several is a head")
  func wideValue() {
    #expect(
      bands(
        """
        Area | Town | Total | 2021 | <
        ^    | ^    | ^     | Men  | Women
        East | A    | 5     | 2    | 3
        """) == ["0..<3/2"])
    #expect(
      bands(
        """
        No. | Name | Sum | Share | Remark
        1   | Tea  | 9.5 | <     | late
        2   | Milk | 1   | 2     |
        """) == ["0..<3/1"])
  }

  @Test("Rows that name groups of rows are body")
  func groups() {
    #expect(
      bands(
        """
        Region  | H1 | H2
        Europe  |    |
        France  | 1  | 2
        """) == ["0..<3/1"])
  }

  @Test("Title rows over the full width stand above the heads")
  func titleRow() {
    #expect(
      bands(
        """
        第二十条第（一）项 | <        | <
        信息内容          | 制发件数 | 废止件数
        规章              | 0        | 1
        """) == ["0..<3/2"])
  }

  @Test("A full-width title with a row of heads under it starts a new band")
  func stackedBands() {
    #expect(
      bands(
        """
        Part one | <    | <
        Kind     | Made | Left
        Rules    | 0    | 1
        Part two | <    | <
        Kind     | Done | Open
        Permits  | 2    | 3
        """) == ["0..<3/2", "3..<6/2"])
  }

  @Test("A full-width row with data under it is a section of the same band")
  func sections() {
    #expect(
      bands(
        """
        Region | H1 | H2
        Urban  | <  | <
        East   | 1  | 2
        Rural  | <  | <
        East   | 3  | 4
        """) == ["0..<5/1"])
  }

  @Test("Nothing but text has one row of heads, as deep as its spans ask for")
  func textOnly() {
    #expect(
      bands(
        """
        Name  | Duty
        Smith | Chair
        Jones | Clerk
        """) == ["0..<3/1"])
    #expect(
      bands(
        """
        Name  | Contact | <
        ^     | Phone   | Mail
        Smith | none    | a@b
        """) == ["0..<3/2"])
  }

  @Test("Declared headers are taken as declared, and down to the end of their spans")
  func declared() {
    #expect(
      bands(
        """
        Region | H1 | H2
        more   | a  | b
        East   | 1  | 2
        """, declared: 2) == ["0..<3/2"])
    #expect(
      bands(
        """
        Region | 2024 | <
        ^      | H1   | H2
        East   | 1    | 2
        """, declared: 1) == ["0..<3/2"])
  }

  @Test("A table of values alone has no boxhead")
  func valuesOnly() {
    #expect(
      bands(
        """
        East | 1 | 2
        West | 3 | 4
        """) == ["0..<2/0"])
  }

  @Test("Bands cover all rows, whatever the grid", arguments: 1...30)
  func coverage(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let words = ["", "x", "12", "-", "2024", "合计", "1", "2"]
    let rows = (0..<Int.random(in: 1...8, using: &random)).map { _ in
      Bool.random(using: &random)
        ? "title | < | <"
        : (0..<3).map { _ in words.randomElement(using: &random) ?? "" }.joined(separator: " | ")
    }
    let grid = GridSketch.grid(rows.joined(separator: "\n"))
    let bands = BoxheadFinder(view: GridView(grid)).bands()
    #expect(bands.flatMap { Array($0.rows) } == Array(0..<grid.rowCount), "seed \(seed)")
    #expect(bands.allSatisfy { $0.headerRowCount <= $0.rows.count }, "seed \(seed)")
  }
}
