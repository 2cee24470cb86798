import PageGeometry
import Testing

@testable import TextRecognition

@Suite struct CTCDecoderTests {
  @Test("Neighbouring places of one class are one character, the blank separates")
  func decodes() {
    let decoder = CTCDecoder(characters: ["0", "1", "9"])
    let classes = [0, 0, 2, 2, 0, 1, 0, 1, 3, 3].map { (index: $0, probability: Float(0.9)) }
    let characters = decoder.decode(classes, span: 1)
    #expect(LineReading.text(of: characters) == "1009")
    #expect(characters[0].extent == Interval(0.2, 0.4))
  }

  @Test("A dictionary with CRLF ends has one character a line, and a space")
  func dictionary() {
    let characters = PaddleRecognizer.characters(of: Array("!\r\n\"\r\n二\r\n".utf8))
    #expect(characters == ["!", "\"", "二", " "])
  }
}
