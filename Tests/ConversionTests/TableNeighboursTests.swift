import DocumentModel
import LayoutModel
import PageGeometry
import TableReconstruction
import Testing

@testable import Conversion

@Suite struct TableNeighboursTests {
  /// What has gone on: texts as they are, tables with what belongs to them.
  func taken(_ neighbours: inout TableNeighbours) -> [String] {
    neighbours.takeDone().map { block, _ in
      guard let table = block.table else { return block.text }
      return (["table", table.caption ?? "-"] + table.footnotes).joined(separator: " ")
    }
  }

  func add(_ text: String, isFurniture: Bool = false, to neighbours: inout TableNeighbours) {
    let box = Rect(minX: 100, minY: 0, maxX: 200, maxY: 10)
    let block = TextBlock(
      lines: [TextLine](), pieces: [.init(pageNumber: 1, box: box)], column: Interval(0, 300))
    neighbours.add(
      Block(kind: isFurniture ? .pageFurniture : .paragraph, text: text),
      isFurniture ? nil : TableNeighbours.Setting(block))
  }

  func addTable(to neighbours: inout TableNeighbours) {
    let box = Rect(minX: 0, minY: 0, maxX: 100, maxY: 20)
    let cells = ["a", "1"].enumerated().map { row, text in
      GridCell(rows: row..<row + 1, columns: 0..<1, text: text, evidence: .ruled)
    }
    neighbours.add(
      PageGrid(
        grid: CellGrid(rowCount: 2, columnCount: 1, cells: cells), pageNumber: 1, box: box,
        columnEdges: [0, 100], rowEdges: [0, 10, 20], fontSize: 10, isRuled: true))
  }

  @Test("Texts go on when no table can take them any more")
  func texts() {
    var neighbours = TableNeighbours(bodySize: 10)
    for number in 1...5 { add("\(number)", to: &neighbours) }
    add("foot", isFurniture: true, to: &neighbours)
    #expect(taken(&neighbours) == ["1", "2"])
    neighbours.finish()
    #expect(taken(&neighbours) == ["3", "4", "5", "foot"])
  }

  @Test("A table goes on with the first text behind it that is no note, over furniture and all")
  func table() {
    var neighbours = TableNeighbours(bodySize: 10)
    add("Text.", to: &neighbours)
    add("表1 人口", to: &neighbours)
    add("head", isFurniture: true, to: &neighbours)
    addTable(to: &neighbours)
    #expect(taken(&neighbours) == [])
    add("foot", isFurniture: true, to: &neighbours)
    #expect(taken(&neighbours) == [])
    add("More text.", to: &neighbours)
    #expect(taken(&neighbours) == ["Text.", "head", "table 表1 人口"])
  }

  @Test("Notes join the table before them, and the next table ends the wait for them")
  func notes() {
    var neighbours = TableNeighbours(bodySize: 10)
    addTable(to: &neighbours)
    add("注：含农村。", to: &neighbours)
    add("Text.", to: &neighbours)
    #expect(taken(&neighbours) == [])
    addTable(to: &neighbours)
    #expect(taken(&neighbours) == ["table - 注：含农村。"])
    neighbours.finish()
    #expect(taken(&neighbours) == ["Text.", "table -"])
  }
}
