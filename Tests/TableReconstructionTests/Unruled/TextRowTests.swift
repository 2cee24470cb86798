import LayoutModel
import PageGeometry
import TestSupport
import Testing

@testable import TableReconstruction

@Suite struct TextRowTests {
  func row(_ words: [Word]) -> TextRow {
    TextRow(
      line: Line(
        words: words, box: words.dropFirst().reduce(words[0].box) { $0.union($1.box) },
        baseline: words[0].baseline, size: words[0].size))
  }

  @Test("Pieces are cut at gaps wider than any space in running text")
  func chunks() {
    let row = row([
      Word("New", x: 0, baseline: 10), Word("York", x: 19, baseline: 10),
      Word("12.5", x: 60, baseline: 10),
    ])
    #expect(row.chunks.map { $0.words.map(\.text) } == [["New", "York"], ["12.5"]])
    #expect(row.chunks.map(\.isValue) == [false, true])
  }

  @Test("A row of values has values in at least half of the pieces after the first")
  func values() {
    func isValueRow(_ texts: [String]) -> Bool {
      row(texts.enumerated().map { Word($1, x: 100 * Double($0), baseline: 10) }).isValueRow
    }
    #expect(isValueRow(["East", "1", "2"]))
    #expect(isValueRow(["East", "1", "ab"]))
    #expect(isValueRow(["East", "—"]))
    #expect(!isValueRow(["East", "ab", "cd", "1"]))
    #expect(!isValueRow(["12"]))
    #expect(!isValueRow(["1", "ab"]))
  }

  @Test("Stretched spaces of one width between words of many are no gutters")
  func justified() {
    let texts = ["the", "classification", "of", "branches", "in", "force"]
    func words(space: (Int) -> Double) -> [Word] {
      var x = 0.0
      return texts.enumerated().map { index, text in
        let word = Word(text, x: x, baseline: 10)
        x = word.box.maxX + space(index)
        return word
      }
    }
    #expect(row(words { _ in 12 }).chunks.count == 1)
    #expect(row(words { 12 + Double($0) }).chunks.count == texts.count)
  }
}
