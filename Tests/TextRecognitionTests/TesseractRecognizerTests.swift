import PageGeometry
import Testing

@testable import TextRecognition

@Suite struct TesseractRecognizerTests {
  @Test(
    "Figures and texts too short for a word are looked at twice, words and prose once",
    arguments: [
      ("21", true), ("77545.95", true), ("hy", true), ("加", true), ("", true), ("行政许可", false),
      ("在2024年收到的申请共计176件，其中", false),
    ])
  func looks(text: String, isLookedAtTwice: Bool) {
    let characters = text.unicodeScalars.map {
      RecognizedCharacter(scalar: $0, confidence: 0.95, extent: Interval(0, 1))
    }
    #expect(TesseractRecognizer.mayBeNumber(characters) == isLookedAtTwice)
  }
}
