import PageGeometry
import Testing

@testable import TextRecognition

@Suite struct LineInkTests {
  /// Rows of `#` and `.`, one character a pixel.
  private func ink(_ rows: [String]) -> LineInk {
    LineInk(
      ink: rows.flatMap { row in row.map { $0 == "#" ? 0 : 255 } }, width: rows.first?.count ?? 0)
  }

  @Test("Characters end where white is, wherever the engine saw their middles")
  func white() {
    let line = ink(["###...##.....###"])
    let places = line.extents(middles: [2.5, 7.5, 13], halves: [2, 2, 2], em: 4)
    #expect(places == [Interval(0, 3), Interval(6, 8), Interval(13, 16)])
  }

  @Test("White inside a character is no end of it where its width says that it goes on")
  func innerWhite() {
    // Two ideographs of five columns, the first one open in its middle.
    let line = ink(["##.##.#####"])
    let places = line.extents(middles: [1.5, 8.5], halves: [2.5, 2.5], em: 5)
    #expect(places == [Interval(0, 5), Interval(6, 11)])
  }

  @Test("Characters that touch are parted where the ink is thinnest")
  func touching() {
    let line = ink(["###.###", "#######", "###.###"])
    let places = line.extents(middles: [1.5, 5.5], halves: [2, 2], em: 4)
    #expect(places == [Interval(0, 3), Interval(3, 7)])
  }

  @Test("Without ink there are no places")
  func nothing() {
    #expect(ink(["...."]).extents(middles: [2], halves: [1], em: 4) == [nil])
    #expect(LineInk(ink: [], width: 0).extents(middles: [], halves: [], em: 4).isEmpty)
  }

  @Test("A figure with white in it has something beside it that was overlooked")
  func overlooked() {
    func figures(_ text: String, _ places: [Interval]) -> [RecognizedCharacter] {
      zip(text.unicodeScalars, places).map {
        RecognizedCharacter(scalar: $0, confidence: 1, extent: $1)
      }
    }
    // A dash and two figures, of which the dash was not read.
    let line = ink(["...........####..####", "###........####..####", "...........####..####"])
    let read = figures("29", [Interval(0.5, 0.7), Interval(0.8, 1)])
    #expect(line.overlooked(by: read, em: 14) == [0])
    let dashed = figures("-29", [Interval(0, 0.1), Interval(0.5, 0.7), Interval(0.8, 1)])
    #expect(line.overlooked(by: dashed, em: 14).isEmpty)
  }

  @Test("Strokes along the row do not count as the width of upright ones")
  func strokes() {
    let line = ink(
      [String](repeating: "..##......##..", count: 9) + ["##############"])
    #expect(line.strokeWidth == 2)
  }
}
