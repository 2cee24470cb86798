import PageGeometry
import Testing

@Suite struct RectTests {
  let rect = Rect(minX: 0, minY: 0, maxX: 10, maxY: 20)

  @Test("Rectangles that touch share an edge; those apart share nothing")
  func intersection() {
    let right = Rect(minX: 10, minY: 5, maxX: 30, maxY: 15)
    #expect(rect.intersection(right) == Rect(minX: 10, minY: 5, maxX: 10, maxY: 15))
    #expect(rect.intersection(Rect(minX: 11, minY: 0, maxX: 12, maxY: 1)) == nil)
    #expect(rect.union(right) == Rect(minX: 0, minY: 0, maxX: 30, maxY: 20))
  }

  @Test("A tolerance moves every side outwards")
  func contains() {
    #expect(rect.contains(Point(x: 10, y: 20)))
    #expect(!rect.contains(Point(x: 10.5, y: 20)))
    #expect(rect.contains(Point(x: 10.5, y: 20), tolerance: 1))
    #expect(rect.expanded(by: 1).contains(rect))
    #expect(rect.contains(rect.expanded(by: 1), tolerance: 1))
  }

  @Test("An interval takes its ends in any order; overlap is negative across a gap")
  func interval() {
    #expect(Interval(5, 2) == Interval(2, 5))
    #expect(Interval(0, 4).overlap(Interval(3, 9)) == 1)
    #expect(Interval(0, 4).overlap(Interval(6, 9)) == -2)
    #expect(Interval(0, 4).union(Interval(6, 9)) == Interval(0, 9))
  }
}
