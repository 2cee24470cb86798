import PageGeometry
import PageRendering
import Testing

@testable import TextRecognition

/// Seals in black, 150 pixels an inch.
@Suite struct SealFinderTests {
  private static let scale = 150.0 / 72

  private func picture(_ isInk: (_ x: Int, _ y: Int) -> Bool) throws -> ScannedPicture {
    let made = try ScannedPicture(
      Bitmap(width: 500, height: 400, isInk: isInk), resolution: 150)
    try made.clean()
    return made
  }

  /// A ring of seven pixels around the middle.
  private func isRing(_ x: Int, _ y: Int, radius: Int = 120) -> Bool {
    let square = (x - 250) * (x - 250) + (y - 200) * (y - 200)
    return square >= (radius - 7) * (radius - 7) && square <= radius * radius
  }

  /// A thin upright stroke that crosses the ring at its top.
  private func isStroke(_ x: Int, _ y: Int) -> Bool {
    (249...250).contains(x) && (70..<100).contains(y)
  }

  @Test("The ring of a seal is taken out, thin strokes that cross it stay")
  func ring() throws {
    let picture = try picture { isRing($0, $1) || isStroke($0, $1) }
    let finder = SealFinder(picture: picture, scale: Self.scale)
    let seals = finder.seals()
    #expect(seals.count == 1)
    try finder.take(seals)
    #expect(finder.takeDrawings().isEmpty)
    // Of the ring nothing is left, of the stroke what lies outside of it.
    #expect(picture.columnProfile(of: PixelBox(x: 120, y: 150, width: 40, height: 100)).max() == 0)
    #expect(
      picture.rowProfile(of: PixelBox(x: 240, y: 90, width: 20, height: 9)).allSatisfy { $0 == 2 })
    let grey = picture.grey(PixelBox(x: 133, y: 200, width: 1, height: 1))
    #expect(grey.pixels == [255])
  }

  @Test("Arcs that a line of a table has parted from a ring belong to it")
  func arcs() throws {
    let picture = try picture { x, y in isRing(x, y) && !(92...94).contains(y) }
    let seals = SealFinder(picture: picture, scale: Self.scale).seals()
    #expect(seals.count == 1)
    #expect(seals.first.map { $0.y <= 82 } == true)
  }

  @Test("A rectangle with thick sides is a seal, a black one is a picture")
  func rectangles() throws {
    func isFrame(_ x: Int, _ y: Int) -> Bool {
      (100..<300).contains(x) && (100..<240).contains(y)
        && !((108..<292).contains(x) && (108..<232).contains(y))
    }
    let frame = try picture(isFrame)
    #expect(SealFinder(picture: frame, scale: Self.scale).seals().count == 1)
    let black = try picture { (100..<300).contains($0) && (100..<240).contains($1) }
    #expect(SealFinder(picture: black, scale: Self.scale).seals().isEmpty)
  }

  @Test("What is larger than a seal is a drawing and is left out as a whole")
  func drawing() throws {
    let picture = try picture { x, y in
      x > 10 && x < 490 && (y == 20 || y == 380) || y >= 20 && y <= 380 && (x == 11 || x == 489)
    }
    let finder = SealFinder(picture: picture, scale: Self.scale)
    #expect(finder.seals().isEmpty)
    #expect(finder.takeDrawings().count == 1)
    #expect(picture.pieces(in: picture.frame).isEmpty)
  }

  @Test("Bold print is no seal")
  func print() throws {
    let picture = try picture { x, y in x > 100 && x < 300 && x % 50 < 6 && (100..<140).contains(y)
    }
    let finder = SealFinder(picture: picture, scale: Self.scale)
    #expect(finder.seals().isEmpty && finder.takeDrawings().isEmpty)
    #expect(picture.pieces(in: picture.frame).count == 4)
  }

  // MARK: - Numbers

  /// Answers with readings that were given to it, again and again.
  private final class Script: TextRecognizer {
    let name = "script"
    var answers: [(text: String, confidence: Double)]
    init(_ answers: [(String, Double)]) { self.answers = answers }

    func read(_ lines: [Bitmap]) -> [LineReading] {
      lines.indices.map { index in
        let characters = answers[index % answers.count].text.unicodeScalars.map {
          RecognizedCharacter(
            scalar: $0, confidence: answers[index % answers.count].confidence,
            extent: Interval(0, 1))
        }
        return LineReading(characters: characters, numeric: characters)
      }
    }
  }

  private func number(_ answers: [(String, Double)], marks: Set<Unicode.Scalar> = []) throws
    -> (box: PixelBox, reading: LineReading)?
  {
    // The ring leaves a stroke as thick as print and a thin one: looks with and without each of them.
    let picture = try picture { x, y in
      isRing(x, y) || (245..<248).contains(x) && (95..<115).contains(y)
        || x == 252 && (95..<115).contains(y)
    }
    let finder = SealFinder(picture: picture, scale: Self.scale)
    try finder.take(finder.seals())
    return try SealedNumbers(picture: picture, scale: Self.scale).number(
      in: PixelBox(x: 230, y: 75, width: 40, height: 50), rows: 94..<116, marks: marks,
      recognizer: Script(answers))
  }

  @Test(
    "A number under a seal counts where most looks agree on it",
    arguments: [
      (["41"], "41"), (["41", "城"], "41"), (["城", "乡"], nil),
      (["06"], nil),
    ] as [([String], String?)])
  func looks(answers: [String], number: String?) throws {
    #expect(try self.number(answers.map { ($0, 0.95) })?.reading.text == number)
  }

  @Test("A number that no look is sure of is left")
  func unsure() throws {
    #expect(try number([("41", 0.5)]) == nil)
  }

  @Test("A number of which every look says something else is left")
  func contradiction() throws {
    let answers = ["47", "41", "53", "62", "75", "88", "91", "33", "29", "17"]
    #expect(try number(answers.map { ($0, 0.85) }) == nil)
  }

  @Test("What numbers around do not have is no part of a number")
  func marks() throws {
    #expect(try number([("-41", 0.95)])?.reading.text == "41")
    #expect(try number([("-41", 0.95)], marks: ["-"])?.reading.text == "-41")
  }
}
