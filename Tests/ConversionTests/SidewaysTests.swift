import DocumentModel
import LayoutModel
import PageGeometry
import TestSupport
import Testing

@testable import Conversion

/// Glyphs of a text that runs in a direction, from its start.
private func glyphs(
  _ text: String, from start: Point, direction: Glyph.Direction, size: Double = 10
) -> [Glyph] {
  text.unicodeScalars.enumerated().map { index, scalar in
    let step = Double(index) * size / 2
    let origin =
      switch direction {
      case .right: Point(x: start.x + step, y: start.y)
      case .down: Point(x: start.x, y: start.y + step)
      case .left: Point(x: start.x - step, y: start.y)
      case .up: Point(x: start.x, y: start.y - step)
      }
    return Glyph(
      scalar: scalar, origin: origin, advance: size / 2, size: size, direction: direction)
  }
}

@Suite struct SidewaysTests {
  @Test("Text that runs up beside the text of a page is kept with its place")
  func margin() {
    var assembler = PageAssembler()
    let body = (0..<6).flatMap { row in
      glyphs(
        "abcdefghijklmnopqrstuvwxyz", from: Point(x: 100, y: 100 + 14 * Double(row)),
        direction: .right)
    }
    assembler.add(
      PageLayout(
        number: 1, width: 400, height: 600,
        glyphs: body + glyphs("Draft copy", from: Point(x: 30, y: 400), direction: .up)))
    let blocks = assembler.finished().blocks
    let margin = blocks.first { $0.text == "Draft copy" }
    #expect(
      margin?.provenance == [
        .page(number: 1, box: Rect(minX: 21.5, minY: 350, maxX: 31.5, maxY: 400))
      ])
  }

  @Test("Places on a page that is set sideways are those of the page as it is")
  func turnedPage() {
    var assembler = PageAssembler()
    assembler.add(
      PageLayout(
        number: 1, width: 400, height: 600,
        glyphs: glyphs("Sideways text", from: Point(x: 100, y: 500), direction: .up)))
    let blocks = assembler.finished().blocks
    #expect(blocks.map(\.text) == ["Sideways text"])
    #expect(
      blocks.first?.provenance == [
        .page(number: 1, box: Rect(minX: 91.5, minY: 435, maxX: 101.5, maxY: 500))
      ])
  }
}
