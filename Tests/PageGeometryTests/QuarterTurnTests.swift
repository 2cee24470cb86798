import PageGeometry
import Testing

@Suite struct QuarterTurnTests {
  @Test(
    "A place is found again on the page turned clockwise",
    arguments: [
      (0, Point(x: 10, y: 20)), (1, Point(x: 180, y: 10)), (2, Point(x: 90, y: 180)),
      (3, Point(x: 20, y: 90)),
    ])
  func place(quarters: Int, expected: Point) {
    let turn = QuarterTurn(quarters: quarters, width: 100, height: 200)
    #expect(turn.apply(Point(x: 10, y: 20)) == expected)
  }

  @Test("The inverse takes points and rectangles back", arguments: -5...5)
  func inverse(quarters: Int) {
    let turn = QuarterTurn(quarters: quarters, width: 100, height: 200)
    let point = Point(x: 10, y: 20)
    let rect = Rect(minX: 10, minY: 20, maxX: 30, maxY: 60)
    #expect(turn.inverse.apply(turn.apply(point)) == point)
    #expect(turn.inverse.apply(turn.apply(rect)) == rect)
    #expect(turn.inverse.inverse == turn)
  }

  @Test("An odd number of quarters exchanges width and height")
  func size() {
    let turn = QuarterTurn(quarters: 3, width: 100, height: 200)
    #expect((turn.turnedWidth, turn.turnedHeight) == (200, 100))
    #expect(
      turn.apply(Rect(minX: 0, minY: 0, maxX: 100, maxY: 200))
        == Rect(minX: 0, minY: 0, maxX: 200, maxY: 100))
  }

  @Test("Quarters count modulo four")
  func modulo() {
    #expect(QuarterTurn(quarters: -1, width: 1, height: 2).quarters == 3)
    #expect(QuarterTurn(quarters: 9, width: 1, height: 2).quarters == 1)
  }
}
