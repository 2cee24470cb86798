import LayoutAnalysis
import LayoutModel
import PageGeometry
import TestSupport
import Testing

@testable import TableReconstruction

@Suite struct CellEdgesTests {
  /// Rows of a name and of two numbers that end at 100 and at 160.
  func body(numbersEndAt ends: [Double] = [100, 160]) -> [TextRow] {
    let names = ["East", "North-west", "South"]
    let values = [["1,009", "12"], ["87", "3,120"], ["5", "401"]]
    return zip(names, values).enumerated().map { index, row in
      let baseline = 100 + 12 * Double(index)
      let numbers = zip(row.1, ends).map { text, end in
        Word(text, x: end - 5 * Double(text.count), baseline: baseline)
      }
      return TextRow(
        line: LineBuilder.line(of: [Word(row.0, x: 10, baseline: baseline)] + numbers))
    }
  }

  func edges(
    of body: [TextRow], heads: [Interval?], lines: [Interval] = []
  ) throws -> [Double?]? {
    let columns = try #require(LeafColumns(edges: [10, 70, 120, 160], rows: body))
    return CellEdges.edges(columns: columns, body: body, heads: heads, lines: lines)
  }

  @Test("Heads in the middle and lines tell the padding, and with it the edges")
  func padding() throws {
    let found = try edges(
      of: body(), heads: [nil, Interval(75, 95), Interval(124, 144)], lines: [Interval(6, 164)])
    // 164 and 134 say that cells end 4 points behind numbers; 85 is in the middle of 66 and 104.
    #expect(found == [6, 66, 104, 164])
  }

  @Test("Heads that agree on no padding tell nothing")
  func disagreeing() throws {
    #expect(
      try edges(of: body(), heads: [nil, Interval(75, 95), Interval(110, 130)]) == nil)
  }

  @Test("A head wider than its cell shows that the numbers are not flush right")
  func wideHead() throws {
    #expect(
      try edges(
        of: body(), heads: [nil, nil, Interval(94, 174)], lines: [Interval(6, 164)])
        == nil)
  }

  @Test("An edge outside of the gutter between two columns is not taken")
  func outsideOfGutter() throws {
    let found = try edges(
      of: body(), heads: [nil, Interval(85, 115), Interval(124, 144)], lines: [Interval(6, 164)])
    #expect(found == [6, nil, 104, 164])
  }
}
