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
    secondEdges: [Double]? = nil
  ) -> String? {
    TableStitcher.join(
      piece(first, edges: edges), piece(second, edges: secondEdges ?? edges, page: 2)
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

  @Test("A piece that repeats a header and nothing else joins nothing")
  func headerAlone() {
    #expect(
      join(
        """
        Region | Sum
        East   | 1
        """, "Region | Sum") == nil)
  }
}
