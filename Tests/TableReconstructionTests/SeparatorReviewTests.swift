import DocumentModel
import LayoutModel
import Testing

@testable import TableReconstruction

@Suite struct SeparatorReviewTests {
  /// The doubtful ones of some numbers in a column.
  private func doubts(_ numbers: [String], evidence: Cell.Evidence = .recognized) -> [String] {
    let rows = [["Region", "Amount"]] + numbers.map { ["East", $0] }
    let cells = rows.enumerated().flatMap { row, texts in
      texts.enumerated().map { column, text in
        GridCell(
          rows: row..<row + 1, columns: column..<column + 1, text: text, evidence: evidence,
          confidence: 1)
      }
    }
    let table = TableInterpreter.table(
      from: CellGrid(rowCount: rows.count, columnCount: 2, cells: cells))
    return SeparatorReview.doubts(in: table).map { table.cells[$0.cell].text }
  }

  @Test("A number that parts thousands otherwise than most is in doubt")
  func minority() {
    #expect(doubts(["13,081", "2.736", "55,524", "(1,200.50)"]) == ["2.736"])
    #expect(doubts(["13.081", "2,736", "55.524", "1.200,50"]) == ["2,736"])
  }

  @Test("Signs that make no number are in doubt whatever the others say")
  func broken() {
    #expect(doubts(["12", "87.834.95", "7", "249.093.3"]) == ["87.834.95", "249.093.3"])
  }

  @Test("Where both signs part decimals, the rarer one is in doubt, and both where neither is rare")
  func decimals() {
    #expect(doubts(["13,1", "2.7", "55,5", "9,25", "0,4"]) == ["2.7"])
    #expect(doubts(["13,1", "2.7", "55,5", "9.25"]) == ["13,1", "2.7", "55,5", "9.25"])
    #expect(doubts(["13,1", "2.736", "55,5", "2024.1.5"]).isEmpty)
  }

  @Test("A number without decimals is in doubt where nearly all of its column have them")
  func lostSign() {
    #expect(doubts(["53329.34", "673.36", "212103", "(129.89)", "0"]) == ["212103"])
    #expect(doubts(["53329.34", "673", "212103", "12.5", "1.25"]).isEmpty)
  }

  @Test("Decimals, dates, and numbers that agree with each other are not")
  func sound() {
    #expect(doubts(["13,081", "0.125", "1,234.5", "12.5", "1,234,567", "3.14159"]).isEmpty)
    #expect(doubts(["2.736", "1.204", "9.118"]).isEmpty)
    #expect(doubts(["2024.1.5", "05.12.2024", "a.b", "1.", "", "12%"]).isEmpty)
  }

  @Test("A text layer says what it says")
  func textLayer() {
    #expect(doubts(["13,081", "2.736", "55,524"], evidence: .ruled).isEmpty)
  }
}
