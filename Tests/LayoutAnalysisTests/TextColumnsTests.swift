import LayoutAnalysis
import LayoutModel
import PageGeometry
import TestSupport
import Testing

@Suite struct TextColumnsTests {
  /// The parts of a page, each with its lines joined by "/".
  func parts(_ art: String) -> [String] {
    let page = PageSketch(art).page()
    let words = WordBuilder(page: page).words(from: Array(page.glyphs.indices))
    return TextColumns(lines: LineBuilder.lines(of: words), rules: page.rulings).parts().map {
      $0.map(\.text).joined(separator: "/")
    }
  }

  @Test("White of two characters divides columns of running text, with a table in one of them")
  func narrowGutter() {
    #expect(
      parts(
        """
        a-heading-over-all-of-the-page-stands-here-and-on
        Kind          2022  2023  right-text-that-fills-it
        one             12    34  right-text-that-fills-it
        two             56    78  right-text-that-fills-it
        left-text-that-fills-it-  right-text-that-fills-it
        left-text-that-fills-it-  right-text-that-fills-it
        left-text-that-fills-it-  right-text-that-fills-it
        left-text-that-fills-it-  right-text-that-fills-it
        left-text-that-fills-it-  right-text-that-fills-it
        left-text-that-fills-it-  right-text
        a-line-over-all-of-the-page-stands-here-and-ends
        """) == [
          "a-heading-over-all-of-the-page-stands-here-and-on",
          "Kind 2022 2023/one 12 34/two 56 78"
            + String(repeating: "/left-text-that-fills-it-", count: 6),
          String(repeating: "right-text-that-fills-it/", count: 8) + "right-text",
          "a-line-over-all-of-the-page-stands-here-and-ends",
        ])
  }

  @Test("Three columns of text are three parts")
  func threeColumns() {
    let row = "first-text-that-is-long--  second-text-that-is-long  third-text-that-is-long-"
    let page = Array(repeating: row, count: 8).joined(separator: "\n")
    #expect(parts(page).map { $0.prefix(6) } == ["first-", "second", "third-"])
  }

  @Test("Names with values behind them are no columns of text")
  func table() {
    let row = "a-long-name-of-a-row-in-a-table  1,234  5,678  9,012"
    #expect(parts(Array(repeating: row, count: 12).joined(separator: "\n")).count == 1)
  }

  @Test("Text between rules that go across is a table of two columns of text")
  func ruledText() {
    let row = "some-text-that-fills-its-cell-  more-text-that-fills-its-cell-"
    let rule = String(repeating: "─", count: row.count)
    #expect(parts(Array(repeating: row, count: 8).joined(separator: "\n" + rule + "\n")).count == 1)
  }

  @Test("Few lines beside each other are no columns")
  func fewLines() {
    let row = "some-text-that-fills-its-place  more-text-that-fills-its-place"
    #expect(parts(Array(repeating: row, count: 5).joined(separator: "\n")).count == 1)
  }

  @Test("No word is lost and none comes twice", arguments: 1...20)
  func completeness(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let rows = (0..<30).map { _ in
      (0..<Int.random(in: 1...3, using: &random)).map { _ in
        String(repeating: "x", count: .random(in: 1...30, using: &random))
      }.joined(separator: String(repeating: " ", count: .random(in: 1...4, using: &random)))
    }
    let count = { (text: String) in text.count { $0 == "x" } }
    #expect(
      parts(rows.joined(separator: "\n")).map(count).reduce(0, +) == rows.map(count).reduce(0, +),
      "seed \(seed)")
  }
}
