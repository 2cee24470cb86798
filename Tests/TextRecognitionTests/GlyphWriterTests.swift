import LayoutModel
import PageGeometry
import Testing

@testable import TextRecognition

@Suite struct GlyphWriterTests {
  private func reading(_ text: String) -> LineReading {
    let scalars = Array(text.unicodeScalars)
    return LineReading(
      characters: scalars.indices.map {
        RecognizedCharacter(
          scalar: scalars[$0], confidence: 0.9,
          extent: Interval(
            Double($0) / Double(scalars.count), Double($0 + 1) / Double(scalars.count)))
      })
  }

  @Test("Characters stand from left to right without overlap, marked as recognised")
  func places() {
    var writer = GlyphWriter()
    writer.add(
      reading("年度报告"), box: Rect(minX: 100, minY: 50, maxX: 140, maxY: 59.3), margin: 0,
      isInCell: false)
    let (glyphs, confidences) = writer.glyphs()
    #expect(glyphs.map(\.scalar) == ["年", "度", "报", "告"])
    #expect(glyphs.allSatisfy { $0.flags == .recognized && $0.size == 10 })
    #expect(
      zip(glyphs, glyphs.dropFirst()).allSatisfy { $0.origin.x + $0.advance <= $1.origin.x + 0.01 })
    #expect(confidences == [0.9, 0.9, 0.9, 0.9])
  }

  @Test("Figures beside ideographs have the size and the baseline of these")
  func oneBaseline() {
    var writer = GlyphWriter()
    writer.add(
      reading("总计"), box: Rect(minX: 10, minY: 50, maxX: 30, maxY: 59.3), margin: 0,
      isInCell: false)
    writer.add(
      reading("12"), box: Rect(minX: 60, minY: 51.4, maxX: 70, maxY: 58.4), margin: 0,
      isInCell: false)
    let (glyphs, _) = writer.glyphs()
    #expect(Set(glyphs.map(\.size)) == [10])
    #expect(Set(glyphs.map(\.origin.y)).count == 1)
  }
}
