import Testing

@testable import TextRecognition

/// Boxes of ink on a page whose characters are 30 pixels high.
@Suite struct SpeckFinderTests {
  private func specks(_ pieces: [PixelBox]) -> [PixelBox] {
    SpeckFinder(pieces: pieces, characterHeight: 30).specks()
  }

  private func dot(_ x: Int, _ y: Int) -> PixelBox { PixelBox(x: x, y: y, width: 4, height: 4) }

  private let letter = PixelBox(x: 100, y: 100, width: 20, height: 30)

  @Test("A dot that stands alone is a speck; letters never are")
  func alone() {
    #expect(specks([dot(200, 100), letter]) == [dot(200, 100)])
  }

  @Test("A dot beside a letter is a mark, on every side of it")
  func marks() {
    #expect(specks([letter, dot(126, 126), dot(108, 88), dot(80, 114)]).isEmpty)
  }

  @Test("Dots in a row are a leader")
  func leader() {
    #expect(specks((0..<8).map { dot(200 + 25 * $0, 100) }).isEmpty)
  }

  @Test("Dots close together are print that has crumbled")
  func crumbs() {
    #expect(specks([dot(200, 100), dot(210, 112), dot(204, 121), dot(214, 104)]).isEmpty)
  }

  @Test("Two dots near each other are dirt, and so is a dot inside of a frame")
  func dirt() {
    let frame = PixelBox(x: 0, y: 0, width: 600, height: 400)
    #expect(specks([frame, dot(300, 200), dot(310, 214)]).count == 2)
  }
}
