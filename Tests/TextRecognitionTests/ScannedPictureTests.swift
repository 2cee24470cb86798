import PageGeometry
import PageRendering
import Testing

@testable import TextRecognition

/// Pictures drawn pixel by pixel, 200 pixels an inch.
@Suite struct ScannedPictureTests {
  private static let resolution = 200.0

  /// A page of grey paper that gets darker to the right, with shapes over it.
  private func page(_ color: (_ x: Int, _ y: Int) -> (Int, Int, Int)?) -> Bitmap {
    let (width, height) = (600, 500)
    var pixels: [UInt8] = []
    for y in 0..<height {
      for x in 0..<width {
        let paper = 230 - x / 20
        let (red, green, blue) = color(x, y) ?? (255, 255, 255)
        pixels += [red, green, blue].map { UInt8($0 * paper / 255) }
      }
    }
    return Bitmap(
      width: width, height: height, bytesPerRow: 3 * width, format: .rgb, pixels: pixels)
  }

  /// The ring of a seal.
  private func isRing(_ x: Int, _ y: Int) -> Bool {
    let square = (x - 300) * (x - 300) + (y - 250) * (y - 250)
    return square >= 140 * 140 && square <= 150 * 150
  }

  @Test(
    "A seal is taken out by its colour, print under it is kept",
    arguments: [(200, 40, 50), (40, 70, 190), (120, 30, 110)])
  func seal(red: Int, green: Int, blue: Int) throws {
    let picture = try ScannedPicture(
      page { x, y in
        if (248..<252).contains(y) { return (25, 25, 25) }
        return isRing(x, y) ? (red, green, blue) : nil
      }, resolution: Self.resolution)
    #expect(picture.stamps().count == 1)
    let grey = picture.grey(picture.frame)
    func value(_ x: Int, _ y: Int) -> Int { Int(grey.pixels[y * grey.bytesPerRow + x]) }
    // On the ring and beside it: paper. Print under it: print.
    #expect(value(300, 105) >= 190)
    #expect(abs(value(300, 105) - value(300, 130)) <= 20)
    #expect(value(155, 250) <= 90)
  }

  @Test("Text and lines in colour are no stamp")
  func coloredText() throws {
    let picture = try ScannedPicture(
      page { x, y in (100..<104).contains(y) || x < 60 && y < 40 ? (200, 40, 50) : nil },
      resolution: Self.resolution)
    #expect(picture.stamps().isEmpty)
  }

  @Test("A line that a stamp has weakened is one line")
  func bridge() throws {
    let picture = try ScannedPicture(
      page { x, y in
        // Between the pieces the line is left in places only.
        if (250..<252).contains(y), !(275..<325).contains(x) || x % 3 == 0 { return (25, 25, 25) }
        return nil
      }, resolution: Self.resolution)
    try picture.clean()
    let scale = Self.resolution / 72
    let parted = RulingFinder(picture: picture, scale: scale).lines()
    #expect(parted.count == 2)
    let joined = RulingFinder(
      picture: picture, scale: scale, stamps: [PixelBox(x: 200, y: 150, width: 200, height: 200)]
    ).lines()
    #expect(joined.count == 1)
  }

  /// Drawn lines of a page with dark shapes.
  private func rulings(_ isInk: (_ x: Int, _ y: Int) -> Bool, ink: Int = 25) throws
    -> [RulingFinder.Line]
  {
    let picture = try ScannedPicture(
      page { isInk($0, $1) ? (ink, ink, ink) : nil }, resolution: Self.resolution)
    try picture.clean()
    return RulingFinder(picture: picture, scale: Self.resolution / 72).lines()
  }

  @Test("Broken, faint and curved lines are one line")
  func weakLines() throws {
    #expect(try rulings { x, y in (250..<252).contains(y) && x % 40 != 0 }.count == 1)
    #expect(try rulings({ _, y in (250..<252).contains(y) }, ink: 140).count == 1)
    let bow = try rulings { x, y in
      let middle = 250 + 4 * x * (599 - x) * 4 / (599 * 599)
      return (middle..<middle + 2).contains(y)
    }
    #expect(bow.count == 1)
    #expect(bow.first.map { $0.length >= 590 } == true)
  }

  /// A page with a word and a line paler than it.
  private func paleLine(word ink: Int, line: Int) throws -> (lines: Int, words: Int) {
    let letters = word(100, 100, count: 4)
    let picture = try ScannedPicture(
      page { x, y in
        if (250..<252).contains(y) { return (line, line, line) }
        return letters.contains { x >= $0.x && x < $0.maxX && y >= $0.y && y < $0.maxY }
          ? (ink, ink, ink) : nil
      }, resolution: Self.resolution)
    try picture.clean()
    let scale = Self.resolution / 72
    let lines = RulingFinder(picture: picture, scale: scale).lines()
    for line in lines { picture.erase(line.box.expanded(by: 1)) }
    let words = TextLineFinder(picture: picture, scale: scale).lines(outside: [])
    return (lines.count, words.count)
  }

  @Test("On a page of faint print, lines finer and paler than it are lines")
  func faintPrint() throws {
    let found = try paleLine(word: 140, line: 212)
    #expect(found.lines == 1)
    #expect(found.words == 1)
  }

  @Test("On a page of black print, what is as pale shines through")
  func shineThrough() throws {
    let found = try paleLine(word: 25, line: 212)
    #expect(found.lines == 0)
    #expect(found.words == 1)
  }

  @Test("A page with next to no ink is left as it is")
  func emptyPage() throws {
    #expect(try rulings({ x, y in y == 250 && x < 200 }, ink: 205).isEmpty)
  }

  @Test("A double line is found where it is drawn")
  func doubleLine() throws {
    let found = try rulings { _, y in (250..<252).contains(y) || (256..<258).contains(y) }
    #expect((1...2).contains(found.count))
    #expect(found.allSatisfy { (249...259).contains($0.position) && $0.length >= 590 })
  }

  @Test("The dark edge of a sheet is neither a line nor text")
  func darkEdge() throws {
    #expect(try rulings { x, _ in x < 30 }.isEmpty)
    let edge = [PixelBox(x: 0, y: 0, width: 30, height: 500)]
    #expect(try lines(of: word(100, 100, count: 4) + edge).map(\.x) == [100])
  }

  @Test("Text is found in bright and in dark parts of a page")
  func unevenLight() throws {
    let (width, height) = (600, 500)
    var pixels: [UInt8] = []
    for y in 0..<height {
      for x in 0..<width {
        let isInk = (100..<124).contains(y) && (x % 300) >= 100 && (x % 300) < 124
        pixels.append(UInt8((240 - x / 4) * (isInk ? 25 : 100) / 100))
      }
    }
    let picture = try ScannedPicture(
      Bitmap(width: width, height: height, bytesPerRow: width, format: .grey, pixels: pixels),
      resolution: Self.resolution)
    try picture.clean()
    let found = TextLineFinder(picture: picture, scale: Self.resolution / 72).lines(outside: [])
    #expect(found.map { [$0.x, $0.width] } == [[100, 24], [400, 24]])
  }

  // MARK: - Lines of text

  /// Lines among black rectangles on white.
  private func lines(of bars: [PixelBox], in cell: PixelBox? = nil) throws -> [PixelBox] {
    let picture = try ScannedPicture(
      page { x, y in
        bars.contains { x >= $0.x && x < $0.maxX && y >= $0.y && y < $0.maxY } ? (20, 20, 20) : nil
      }, resolution: Self.resolution)
    try picture.clean()
    let finder = TextLineFinder(picture: picture, scale: Self.resolution / 72)
    return cell.map { finder.lines(in: $0) } ?? finder.lines(outside: [])
  }

  /// Characters of 24 pixels side by side.
  private func word(_ x: Int, _ y: Int, count: Int) -> [PixelBox] {
    (0..<count).map { PixelBox(x: x + 27 * $0, y: y, width: 24, height: 24) }
  }

  @Test("Words set solid one above the other are two lines")
  func stacked() throws {
    let found = try lines(of: word(100, 100, count: 2) + word(100, 127, count: 2))
    #expect(found.map(\.y) == [100, 127])
  }

  @Test("Strokes one above the other are one character, apart from the line above them")
  func strokes() throws {
    let three = [0, 10, 20].map { PixelBox(x: 100, y: 140 + $0, width: 24, height: 3) }
    let found = try lines(of: word(100, 100, count: 6) + three)
    #expect(found.count == 2)
    #expect(found.last.map { [$0.y, $0.height] } == [140, 23])
  }

  @Test("Specks that stand away from a number in a cell are no part of its line")
  func specks() throws {
    let dirt = [150, 190, 230].map { PixelBox(x: $0, y: 110, width: 3, height: 3) }
    let cell = PixelBox(x: 80, y: 80, width: 300, height: 70)
    let found = try lines(of: word(300, 100, count: 2) + dirt, in: cell)
    #expect(found.count == 1)
    #expect(found.first.map(\.x) == 300)
    // A point beside a figure is.
    let point = [PixelBox(x: 355, y: 121, width: 3, height: 3)]
    #expect(try lines(of: word(300, 100, count: 2) + point, in: cell).first?.maxX == 358)
  }
}
