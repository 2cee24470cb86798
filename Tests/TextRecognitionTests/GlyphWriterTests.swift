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

  /// Ink of ten columns for each character, `wide` of them black.
  private func ink(_ count: Int, wide: Int = 9) -> LineInk {
    let row = (0..<count).flatMap { _ in (0..<10).map { UInt8($0 < wide ? 0 : 255) } }
    return LineInk(ink: row, width: row.count)
  }

  /// Strokes of `width` columns, 25 columns a character.
  private func strokes(_ count: Int, width: Int) -> LineInk {
    let character = (0..<25).map { UInt8($0 >= 2 && $0 < 2 + width || $0 == 20 ? 0 : 255) }
    let row = (0..<count).flatMap { _ in character }
    return LineInk(ink: (0..<24).flatMap { _ in row }, width: row.count)
  }

  @Test("Characters stand from left to right without overlap, marked as recognised")
  func places() {
    var writer = GlyphWriter()
    writer.add(
      reading("年度报告"), box: Rect(minX: 100, minY: 50, maxX: 140, maxY: 59.3),
      ink: ink(4), isInCell: false)
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
      reading("总计"), box: Rect(minX: 10, minY: 50, maxX: 30, maxY: 59.3), ink: ink(2),
      isInCell: false)
    writer.add(
      reading("12"), box: Rect(minX: 60, minY: 51.4, maxX: 70, maxY: 58.4), ink: ink(2),
      isInCell: false)
    let (glyphs, _) = writer.glyphs()
    #expect(Set(glyphs.map(\.size)) == [10])
    #expect(Set(glyphs.map(\.origin.y)).count == 1)
  }

  @Test("The size of the type is the distance of ideographs, not the height of brackets")
  func pitch() {
    var writer = GlyphWriter()
    writer.add(
      reading("（一二三四五）"), box: Rect(minX: 0, minY: 0, maxX: 70, maxY: 12), ink: ink(7),
      isInCell: false)
    #expect(Set(writer.glyphs().0.map(\.size)) == [10])
  }

  @Test("White between columns stays white, white beside punctuation is part of it")
  func gaps() {
    var writer = GlyphWriter()
    // 甲、 in full width, three columns of white, 乙.
    let row = [9, 3, 0, 0, 0, 9].flatMap { wide in (0..<10).map { UInt8($0 < wide ? 0 : 255) } }
    let reading = LineReading(
      characters: [("甲", 5.0), ("、", 12.0), ("乙", 55.0)].map { text, middle in
        RecognizedCharacter(
          scalar: text.unicodeScalars.first ?? " ", confidence: 1,
          extent: Interval(middle / 60, middle / 60))
      })
    writer.add(
      reading, box: Rect(minX: 0, minY: 0, maxX: 60, maxY: 9.3),
      ink: LineInk(ink: row, width: row.count), isInCell: false)
    let glyphs = writer.glyphs().0
    #expect(abs(glyphs[1].origin.x - (glyphs[0].origin.x + glyphs[0].advance)) < 0.01)
    #expect(glyphs[2].origin.x - (glyphs[1].origin.x + glyphs[1].advance) > 30)
  }

  @Test("A line with wider strokes than most of its size is bold")
  func bold() {
    var writer = GlyphWriter()
    func add(_ text: String, at y: Double, stroke: Int) {
      let count = text.unicodeScalars.count
      writer.add(
        reading(text), box: Rect(minX: 0, minY: y, maxX: 10 * Double(count), maxY: y + 9.3),
        ink: strokes(count, width: stroke), isInCell: false)
    }
    add("一年度报告", at: 0, stroke: 5)
    for row in 1...4 { add("各部门按年度编制报告", at: 20 * Double(row), stroke: 3) }
    let glyphs = writer.glyphs().0
    #expect(glyphs.filter { GlyphWriter.fonts[Int($0.fontIndex)].isBold }.count == 5)
    #expect(glyphs.prefix(5).allSatisfy { $0.fontIndex == 1 })
  }
}
