import LayoutModel
import PageRendering
import Testing

@testable import TextRecognition

/// Pages of black and white, 300 pixels an inch, whose fine lines have crumbled.
@Suite struct CrumbledLinesTests {
  private func lines(_ isInk: (_ x: Int, _ y: Int) -> Bool) throws -> [RulingFinder.Line] {
    let picture = try ScannedPicture(
      Bitmap(width: 1400, height: 1000, isInk: isInk), resolution: 300)
    try picture.clean()
    return RulingFinder(picture: picture, scale: 300.0 / 72).lines()
  }

  /// Whether a pixel of a line is left, which is so for one in three, unevenly.
  private func isCrumb(_ place: Int, _ line: Int) -> Bool {
    var state = UInt32(truncatingIfNeeded: place &* 2_654_435 &+ line &* 40_503 &+ 12_345)
    state ^= state << 13
    state ^= state >> 17
    state ^= state << 5
    return state % 3 == 0
  }

  /// A grid of two rows and two columns.
  private func isGrid(_ x: Int, _ y: Int) -> Bool {
    let (rows, columns) = ([200, 500, 800], [150, 650, 1250])
    if let row = rows.firstIndex(of: y), (150...1250).contains(x) { return isCrumb(x, row) }
    if let column = columns.firstIndex(of: x), (200...800).contains(y) {
      return isCrumb(y, 10 + column)
    }
    return false
  }

  @Test("Lines of a grid of which copying has left crumbs are found, and end on each other")
  func grid() throws {
    let found = try lines(isGrid)
    let horizontals = found.filter { $0.axis == .horizontal }.sorted { $0.position < $1.position }
    let verticals = found.filter { $0.axis == .vertical }.sorted { $0.position < $1.position }
    #expect(horizontals.map { Int($0.position) } == [200, 500, 800])
    #expect(verticals.map { Int($0.position) } == [150, 650, 1250])
    #expect(horizontals.allSatisfy { abs($0.start - 150) <= 2 && abs($0.end - 1250) <= 2 })
    #expect(verticals.allSatisfy { abs($0.start - 200) <= 2 && abs($0.end - 800) <= 2 })
  }

  @Test("The dots of a leader are no line")
  func leader() throws {
    #expect(
      try lines { x, y in (100..<1300).contains(x) && x % 12 < 4 && (300..<304).contains(y) }
        .isEmpty)
    #expect(
      try lines { x, y in (100..<1300).contains(x) && x % 9 < 2 && (300..<302).contains(y) }
        .isEmpty)
  }

  @Test("Strokes above each other in a column of figures are no line")
  func figures() throws {
    #expect(
      try lines { x, y in (100..<900).contains(y) && y % 60 < 26 && (700..<703).contains(x) }
        .isEmpty)
  }
}
