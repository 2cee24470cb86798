import PageGeometry
import Testing

@testable import TextRecognition

@Suite struct PageNumberTests {
  private func dashed(_ texts: [String]) -> [String] {
    let readings = texts.map { text in
      LineReading(
        characters: text.unicodeScalars.map {
          RecognizedCharacter(scalar: $0, confidence: 0.9, extent: Interval(0, 1))
        })
    }
    let lines = texts.indices.map {
      (index: $0, box: PixelBox(x: 100 * $0, y: 500, width: 50, height: 20))
    }
    let changed = PageNumber(lines: lines).dashed(readings)
    return texts.indices.map { changed[$0]?.text ?? texts[$0] }
  }

  @Test("Strokes on both sides of a number are dashes", arguments: [["一 2 一"], ["一", "2", "_"]])
  func dashes(texts: [String]) {
    #expect(dashed(texts).joined().filter { $0 != " " } == "—2—")
  }

  @Test("A number in a sentence keeps its neighbours", arguments: [["一2"], ["第", "2", "一"]])
  func sentence(texts: [String]) {
    #expect(dashed(texts) == texts)
  }
}
