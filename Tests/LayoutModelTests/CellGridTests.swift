import DocumentModel
import LayoutModel
import Testing

@Suite struct CellGridTests {
  func grid(_ cells: [(Range<Int>, Range<Int>)]) -> CellGrid {
    CellGrid(
      rowCount: 2, columnCount: 2,
      cells: cells.map { GridCell(rows: $0.0, columns: $0.1, text: "", evidence: .ruled) })
  }

  @Test("A grid whose cells cover each position once, in order, is consistent")
  func consistent() {
    #expect(grid([(0..<1, 0..<2), (1..<2, 0..<1), (1..<2, 1..<2)]).isConsistent)
    #expect(grid([(0..<2, 0..<1), (0..<1, 1..<2), (1..<2, 1..<2)]).isConsistent)
    #expect(grid([(0..<2, 0..<2)]).isConsistent)
  }

  @Test("A hole, an overlap and a wrong order are not")
  func inconsistent() {
    #expect(!grid([(0..<1, 0..<2), (1..<2, 0..<1)]).isConsistent)
    #expect(
      !grid([(0..<1, 0..<2), (0..<1, 1..<2), (1..<2, 0..<1)]).isConsistent)
    #expect(!grid([(1..<2, 0..<2), (0..<1, 0..<2)]).isConsistent)
    #expect(!grid([(0..<1, 0..<2), (0..<1, 0..<2)]).isConsistent)
  }

  @Test("Occupancy names the cell at each position and -1 for a hole")
  func occupancy() {
    #expect(grid([(0..<1, 0..<2), (1..<2, 1..<2)]).occupancy() == [0, 0, -1, 1])
  }
}
