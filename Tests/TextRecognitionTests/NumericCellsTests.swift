import PageGeometry
import Testing

@testable import TextRecognition

@Suite struct NumericCellsTests {
  private func characters(_ text: String, _ confidence: Double) -> [RecognizedCharacter] {
    text.unicodeScalars.map {
      RecognizedCharacter(scalar: $0, confidence: confidence, extent: Interval(0, 1))
    }
  }

  /// A row of cells, each read freely and as a number.
  private func resolved(
    _ cells: [(free: String, numeric: String)], confidence: Double = 0.99
  ) -> ([String], [NumericCells.Choice]) {
    let readings = cells.map {
      LineReading(characters: characters($0.free, 0.6), numeric: characters($0.numeric, confidence))
    }
    let boxes = cells.indices.map {
      Rect(minX: 50.0 * Double($0), minY: 0, maxX: 50.0 * Double($0 + 1), maxY: 20)
    }
    let result = NumericCells.resolved(
      readings, owners: cells.indices.map { $0 }, cells: boxes)
    return (result.readings.map(\.text), result.choices)
  }

  @Test("Marks that look like figures are figures among numbers, and that is reported")
  func looksAlike() {
    let (texts, choices) = resolved([("21", "21"), ("30", "30"), ("O", "0"), ("l7", "17")])
    #expect(texts == ["21", "30", "0", "17"])
    #expect(choices.map(\.free) == ["O", "l7"])
  }

  @Test("Words among numbers stay words")
  func words() {
    let (texts, choices) = resolved([("21", "21"), ("30", "30"), ("合计", "4"), ("OK", "0")])
    #expect(texts == ["21", "30", "合计", "OK"])
    #expect(choices.isEmpty)
  }

  @Test("Without numbers around it nothing is taken for one")
  func alone() {
    let (texts, _) = resolved([("East", "4"), ("O", "0"), ("West", "9")])
    #expect(texts == ["East", "O", "West"])
  }

  @Test("A restricted reading that is not sure is not taken")
  func unsure() {
    let (texts, _) = resolved([("21", "21"), ("30", "30"), ("O", "0")], confidence: 0.7)
    #expect(texts == ["21", "30", "O"])
  }
}
