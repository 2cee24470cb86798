import LayoutAnalysis
import LayoutModel
import TestSupport
import Testing

@Suite struct LineBuilderTests {
  func texts(_ words: [Word], splitGap: Double? = nil) -> [String] {
    LineBuilder.lines(of: words, splitGap: splitGap).map(\.text)
  }

  @Test("Words on one baseline form a line, from left to right; lines go from top to bottom")
  func order() {
    #expect(
      texts([
        Word("second", x: 10, baseline: 62), Word("b", x: 40, baseline: 50.5),
        Word("a", x: 10, baseline: 50),
      ]) == ["a b", "second"])
  }

  @Test(
    "A raised mark of smaller type goes back into the line of the word that it touches",
    arguments: [6.0, 9])
  func superscript(size: Double) {
    let words = [
      Word("area", x: 10, baseline: 50), Word("2", x: 30, baseline: 46, size: size),
      Word("total", x: 40, baseline: 50),
    ]
    #expect(texts(words) == ["area 2 total"])
  }

  @Test("A lowered mark goes back into the line above it")
  func subscriptMark() {
    let words = [
      Word("CO", x: 10, baseline: 50), Word("2", x: 20, baseline: 52.5, size: 6),
      Word("next", x: 10, baseline: 64),
    ]
    #expect(texts(words) == ["CO 2", "next"])
  }

  @Test("Small type away from any word stays a line of its own")
  func smallType() {
    let words = [
      Word("area", x: 10, baseline: 50), Word("note", x: 100, baseline: 46, size: 6),
    ]
    #expect(texts(words) == ["note", "area"])
  }

  @Test("A gap wider than the limit starts a new line")
  func split() {
    let words = [Word("left", x: 10, baseline: 50), Word("right", x: 60, baseline: 50)]
    #expect(texts(words) == ["left right"])
    #expect(texts(words, splitGap: 2) == ["left", "right"])
    #expect(texts(words, splitGap: 4) == ["left right"])
  }

  @Test("The type that most of the line is set in is the line's")
  func size() throws {
    let words = [
      Word("T", x: 10, baseline: 50, size: 10.5), Word("ordinary", x: 20, baseline: 50, size: 10),
    ]
    #expect(try #require(LineBuilder.lines(of: words).first).size == 10)
  }
}
