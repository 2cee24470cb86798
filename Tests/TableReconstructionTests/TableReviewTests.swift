import DocumentModel
import LayoutModel
import TestSupport
import Testing

@testable import TableReconstruction

@Suite struct TableReviewTests {
  /// A recognised table with one row of heads.
  private func table(_ rows: [[String]], confidence: Double = 1) -> Table {
    let cells = rows.enumerated().flatMap { row, texts in
      texts.enumerated().map { column, text in
        GridCell(
          rows: row..<row + 1, columns: column..<column + 1, text: text, evidence: .recognized,
          confidence: confidence)
      }
    }
    return TableInterpreter.table(
      from: CellGrid(rowCount: rows.count, columnCount: rows[0].count, cells: cells))
  }

  private func doubts(_ rows: [[String]]) -> [String] {
    let table = table(rows)
    return TableReview.doubts(in: table).map {
      "\($0.reason.rawValue) \(table.cells[$0.cell].text)"
    }
  }

  private let sound = [
    ["Region", "H1", "H2", "H3", "Total"],
    ["East", "1", "2", "3", "6"],
    ["West", "4", "5", "6", "15"],
    ["North", "7", "8", "9", "24"],
    ["South", "2", "2", "2", "6"],
    ["All", "14", "17", "20", "51"],
  ]

  @Test("A table whose sums hold has no doubts")
  func soundTable() {
    #expect(doubts(sound).isEmpty)
  }

  @Test("Where a failing row and a failing column meet, that cell is in doubt")
  func crossing() {
    var rows = sound
    rows[2][2] = "6"
    #expect(doubts(rows) == ["review.sum 6"])
  }

  @Test("A text and a blank stand out among numbers")
  func odd() {
    var rows = sound
    rows[1][1] = "l"
    rows[3][3] = ""
    let found = doubts(rows)
    #expect(found.contains("review.textAmongNumbers l"))
    #expect(found.contains("review.blankAmongNumbers "))
  }

  @Test("A text stands out in a row of numbers too, where its column is too short to say")
  func oddInRow() {
    #expect(
      doubts([sound[0], ["East", "1", "hy", "3", "6"]]).contains("review.textAmongNumbers hy"))
  }

  @Test("A number with a stain beside it stands out, though it can be read as one with a unit")
  func mixed() {
    var rows = sound
    rows[2][2] = "5 E"
    #expect(doubts(rows).contains("review.textAmongNumbers 5 E"))
  }

  @Test("What recognition is not sure of is in doubt")
  func unsure() {
    let table = table([["Region", "H1"], ["East", "1"], ["West", "2"]], confidence: 0.5)
    #expect(TableReview.doubts(in: table).count { $0.reason == .lowConfidence } == 6)
  }

  @Test("A table without sums has none that fail")
  func noSums() {
    let rows = [
      ["A", "B", "C"], ["1", "2", "9"], ["3", "4", "1"], ["5", "6", "2"], ["7", "1", "3"],
    ]
    #expect(doubts(rows).isEmpty)
  }
}
