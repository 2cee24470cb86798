import DocumentModel
import LayoutModel
import PageGeometry
import Testing

@testable import TableReconstruction

@Suite struct BandedTableTests {
  /// A band of one row whose cells stand around some places.
  func band(middles: [Double], top: Double) -> PageGrid {
    let cells = middles.enumerated().map { column, middle in
      GridCell(
        rows: 0..<1, columns: column..<column + 1, text: "c\(column)", evidence: .aligned,
        provenance: [
          .page(number: 1, box: Rect(minX: middle - 5, minY: top, maxX: middle + 5, maxY: top + 10))
        ])
    }
    let edges = (0...middles.count).map { 50 * Double($0) }
    let box = Rect(minX: 0, minY: top, maxX: edges[middles.count], maxY: top + 10)
    return PageGrid(
      grid: CellGrid(
        rowCount: 1, columnCount: middles.count, cells: cells,
        fragments: [.init(page: 1, box: box, rows: 0..<1, repeatedHeaderRowCount: 0)]),
      pageNumber: 1, box: box, columnEdges: edges, rowEdges: [top, top + 10], fontSize: 10,
      isRuled: false)
  }

  @Test("Bands under each other are one grid with the edges of all")
  func joined() throws {
    let bands = [band(middles: [25, 75, 125], top: 0), band(middles: [25, 75, 125], top: 20)]
    let grid = try #require(BandedTable.joined(bands, titles: [[], []])).grid
    #expect((grid.rowCount, grid.columnCount) == (2, 3))
    #expect(grid.isConsistent)
  }

  @Test("Bands whose columns do not follow each other are not joined")
  func unordered() {
    let bands = [
      band(middles: [25, 75, 125, 175], top: 0), band(middles: [25, 175, 80, 60], top: 20),
    ]
    #expect(BandedTable.joined(bands, titles: [[], []]) == nil)
  }
}
