import DocumentModel
import LayoutModel
import PageGeometry
import TableReconstruction
import TestSupport
import Testing

@Suite struct TableStitcherTests {
  func piece(_ text: String, edges: [Double], page: Int = 1) -> PageGrid {
    let grid = GridSketch.grid(text)
    let box = Rect(
      minX: edges[0], minY: 100, maxX: edges[edges.count - 1],
      maxY: 100 + 20 * Double(grid.rowCount))
    var whole = grid
    whole.fragments = [
      .init(page: page, box: box, rows: 0..<grid.rowCount, repeatedHeaderRowCount: 0)
    ]
    return PageGrid(
      grid: whole, pageNumber: page, box: box, columnEdges: edges,
      rowEdges: (0...grid.rowCount).map { 100 + 20 * Double($0) }, fontSize: 10, isRuled: true)
  }

  func join(
    _ first: String, _ second: String, edges: [Double] = [0, 100, 200],
    secondEdges: [Double]? = nil, saysContinued: Bool = false
  ) -> String? {
    TableStitcher.join(
      piece(first, edges: edges), piece(second, edges: secondEdges ?? edges, page: 2),
      saysContinued: saysContinued
    ).map { joined in
      joined.grid.isConsistent ? GridSketch.text(of: joined.grid) : "inconsistent"
    }
  }

  @Test("A repeated header is dropped and counted")
  func repeatedHeader() throws {
    let first = piece(
      """
      Region | Sum
      East   | 1
      """, edges: [0, 100, 200])
    let second = piece(
      """
      Region | Sum
      West   | 2
      """, edges: [0, 100, 200], page: 2)
    let joined = try #require(TableStitcher.join(first, second))
    #expect(
      GridSketch.text(of: joined.grid) == """
        Region | Sum
        East | 1
        West | 2

        """)
    #expect(joined.grid.fragments.map(\.repeatedHeaderRowCount) == [0, 1])
    #expect(joined.grid.fragments.map(\.rows) == [0..<2, 2..<3])
  }

  @Test("A header is repeated whether its marks are of full or of half width")
  func repeatedInOtherWidth() {
    let first = "Region | Sum（t）\nEast | 1"
    let joined = join(first, "Region | Sum(t）\nWest | 2")
    #expect(joined == "Region | Sum（t）\nEast | 1\nWest | 2\n")
    #expect(join(first, "Region | Sum（kg）\nWest | 2") != joined)
  }

  @Test("A repeated header of several levels is dropped whole")
  func repeatedLevels() {
    let head = """
      Region | 2024 | <
      ^      | H1   | H2

      """
    #expect(
      join(head + "East | 1 | 2", head + "West | 3 | 4", edges: [0, 50, 100, 150]) == """
        Region | 2024 | <
        ^ | H1 | H2
        East | 1 | 2
        West | 3 | 4

        """)
  }

  @Test("A piece without a header goes on")
  func withoutHeader() {
    #expect(
      join(
        """
        Region | Sum
        East   | 1
        """, "West | 2") == """
          Region | Sum
          East | 1
          West | 2

          """)
  }

  @Test("A stub cell that the break cuts becomes one again")
  func cutCell() {
    #expect(
      join(
        """
        Area   | Town | Sum
        一、东 | A    | 1
        ^      | B    | 2
        """,
        """
               | C    | 3
        ^      | D    | 4
        """, edges: [0, 50, 100, 150]) == """
          Area | Town | Sum
          一、东 | A | 1
          ^ | B | 2
          ^ | C | 3
          ^ | D | 4

          """)
  }

  @Test("A head whose lower part stands on the next page becomes one again")
  func headerOnly() {
    #expect(
      join(
        "Region | Sum",
        """
               |
        East   | 1
        """) == """
          Region | Sum
          ^ | ^
          East | 1

          """)
  }

  @Test("Column edges of one piece may be among those of the other")
  func finerEdges() {
    #expect(
      join(
        """
        Title | <
        East  | 1
        """, "West | 2 | 3", edges: [0, 100, 200], secondEdges: [0, 100, 150, 200]) == """
          Title | < | <
          East | 1 | <
          West | 2 | 3

          """)
  }

  @Test("Other outer edges, or inner edges that do not meet, are another table")
  func refusals() {
    #expect(join("A | 1", "B | 2", secondEdges: [0, 100, 220]) == nil)
    #expect(join("A | 1", "B | 2", secondEdges: [10, 100, 200]) == nil)
    #expect(join("A | 1", "B | 2 | 3", secondEdges: [0, 60, 140, 200]) == nil)
    #expect(join("A | 1", "B | 2", secondEdges: [2, 98, 202]) != nil)
  }

  @Test("Other edges are no hindrance where a line and the heads say that the table goes on")
  func saidToGoOn() {
    let first = "Region | Sum\nEast | 1"
    let second = "Region | Sum\nWest | 2"
    #expect(join(first, second, secondEdges: [0, 60, 140]) == nil)
    #expect(join(first, second, secondEdges: [0, 60, 140], saysContinued: true) != nil)
    #expect(join(first, "West | 2", secondEdges: [0, 60, 140], saysContinued: true) == nil)
  }

  @Test("A piece that repeats a header and nothing else joins nothing")
  func headerAlone() {
    #expect(
      join(
        """
        Region | Sum
        East   | 1
        """, "Region | Sum") == nil)
  }

  @Test("A piece with heads of its own stays apart, one that starts with a title row does not")
  func otherHeads() {
    let first = """
      Region | Sum
      East   | 1
      """
    #expect(
      join(
        first,
        """
        Item | Share
        Tea  | 2
        """) == nil)
    #expect(
      join(
        first,
        """
        Part two | <
        Item     | Share
        Tea      | 2
        """) != nil)
    #expect(
      join(
        first + "\nPart two | <",
        """
        Item     | Share
        Tea      | 2
        """) != nil)
    #expect(join(first, "Group |\nTea | 2") != nil)
  }

  @Test("A boxhead of several rows at the end of a page joins the values that repeat it")
  func headerOnlyRepeated() {
    let head = """
      Region | 2024 | <
      ^      | H1   | H2
      """
    #expect(
      join(head, head + "\nEast | 1 | 2", edges: [0, 50, 100, 150]) == """
        Region | 2024 | <
        ^ | H1 | H2
        East | 1 | 2

        """)
  }

  @Test("Column numbers need not be repeated, and (continued) in a head is no difference")
  func repeatedWithoutNumbers() {
    #expect(
      join(
        """
        Region | Births | Deaths
        甲     | 1      | 2
        East   | 5      | 6
        """,
        """
        Region (continued) | Births | Deaths
        West   | 7      | 8
        """, edges: [0, 50, 100, 150]) == """
          Region | Births | Deaths
          甲 | 1 | 2
          East | 5 | 6
          West | 7 | 8

          """)
  }

  @Test("A row that the break cuts becomes one again")
  func cutRow() {
    #expect(
      join(
        """
        Item               | Sum
        Costs of buildings | 1
        """,
        """
        and equipment |
        Rent          | 2
        """) == """
          Item | Sum
          Costs of buildings and equipment | 1
          Rent | 2

          """)
    #expect(
      join(
        """
        Item | Sum | Remark
        Tea  | 1   | Price at the
        """, "     |     | border", edges: [0, 50, 100, 150]) == """
          Item | Sum | Remark
          Tea | 1 | Price at the border

          """)
  }

  @Test("A label that may be a row without values is no rest of a row")
  func groupAtTop() {
    #expect(
      join(
        """
        Item | Sum
        Tea  | 1
        """,
        """
        Asia |
        Rice | 2
        """) == """
          Item | Sum
          Tea | 1
          Asia | 
          Rice | 2

          """)
  }

  @Test("Columns that go on beside the same labels become one table")
  func facingPages() throws {
    let first = """
      Region | 2021 | 2022
      East   | 1    | 2
      West   | 3    | 4
      Coast  | <    | <
      North  | 5    | 6
      """
    let second = """
      Region | 2023
      East   | 7
      West   | 8
      Coast  | <
      North  | 9
      """
    #expect(
      join(first, second, edges: [0, 50, 100, 150], secondEdges: [0, 50, 100]) == """
        Region | 2021 | 2022 | 2023
        East | 1 | 2 | 7
        West | 3 | 4 | 8
        Coast | < | < | <
        North | 5 | 6 | 9

        """)
    let other = second.replacing("North", with: "South")
    #expect(join(first, other, edges: [0, 50, 100, 150], secondEdges: [0, 50, 100]) == nil)
  }

  @Test("A caption of another table keeps pieces apart")
  func captions() {
    let edges: [Double] = [0, 100, 200]
    var first = piece("Region | Sum\nEast | 1", edges: edges)
    var second = piece("West | 2", edges: edges, page: 2)
    first.caption = "Table 1. Sums"
    second.caption = "Table 2. Sums"
    #expect(TableStitcher.join(first, second) == nil)
    second.caption = "Table 1 (continued)"
    #expect(TableStitcher.join(first, second)?.caption == "Table 1. Sums")
  }
}
