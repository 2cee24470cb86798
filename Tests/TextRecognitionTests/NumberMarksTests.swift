import PageGeometry
import Testing

@testable import TextRecognition

@Suite struct NumberMarksTests {
  /// Ink of a number: figures 20 pixels high that stand on row 40, marks that reach below it.
  private func pieces(_ text: String, depths: [Int]) -> [PixelBox] {
    var depths = depths[...]
    return text.enumerated().map { place, character in
      guard !character.isNumber else {
        return PixelBox(x: 16 * place, y: 20, width: 12, height: 20)
      }
      return PixelBox(x: 16 * place + 4, y: 36, width: 4, height: 4 + (depths.popFirst() ?? 0))
    }
  }

  private func corrected(_ read: String, _ pieces: [PixelBox]) -> String? {
    let characters = read.unicodeScalars.map {
      RecognizedCharacter(scalar: $0, confidence: 0.9, extent: Interval(0, 1))
    }
    return NumberMarks(pieces: pieces)?.corrected(characters).map(LineReading.text)
  }

  @Test("A point whose ink reaches below the figures is a comma")
  func comma() {
    #expect(corrected("2.736", pieces("2.736", depths: [4])) == "2,736")
    #expect(corrected("87.834.95", pieces("87.834.95", depths: [4, 0])) == "87,834.95")
  }

  @Test("A point on the line of figures is one, and a comma without its tail may be one")
  func unchanged() {
    #expect(corrected("12.5", pieces("12.5", depths: [1])) == nil)
    #expect(corrected("12,5", pieces("12,5", depths: [0])) == nil)
  }

  @Test("Nothing is said where marks and pieces of ink do not match, or figures stand unevenly")
  func unclear() {
    #expect(corrected("2.736", pieces("2736", depths: [])) == nil)
    #expect(corrected("2.736", pieces("2.7.36", depths: [4, 0])) == nil)
    var uneven = pieces("2.736", depths: [4])
    uneven[2].y += 5
    #expect(corrected("2.736", uneven) == nil)
    #expect(corrected("", []) == nil)
  }
}
