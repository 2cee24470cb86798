import Testing

@testable import TextRecognition

@Suite struct LooseCellsTests {
  private func cells(_ boxes: [PixelBox]) -> LooseCells {
    LooseCells(
      lines: boxes.enumerated().map { (index: $0.offset, box: $0.element) }, characterHeight: 10)
  }

  private func box(_ x: Int, _ y: Int, width: Int = 6) -> PixelBox {
    PixelBox(x: x, y: y, width: width, height: 10)
  }

  @Test("Short lines on one row and under each other share rows and columns")
  func grid() throws {
    let found = cells([box(100, 0), box(150, 1), box(101, 20), box(150, 20)])
    #expect(found.boxes.count == 4)
    #expect(found.boxes[0].y == found.boxes[1].y && found.boxes[2].y == found.boxes[3].y)
    #expect(found.boxes[0].x == found.boxes[2].x && found.boxes[1].x == found.boxes[3].x)
    #expect(found.boxes[0] != found.boxes[3])
  }

  @Test("Prose and lines that stand alone have no neighbours")
  func prose() {
    #expect(cells([box(0, 0, width: 300), box(0, 20, width: 290), box(0, 40)]).owners.isEmpty)
  }
}
