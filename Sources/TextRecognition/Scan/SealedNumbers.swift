import PageGeometry
import PageRendering

/// Reads numbers that a seal without colour lies over.
///
///     looks      the cell; the rows of pixels on which the figures beside it stand; those without pieces
///                of ink that reach beyond them; each with the ring and without, and with all ink and
///                with that only which is as thick as print
///     readings   476   476   416   冷   -476      most say 476
///
/// The characters of a seal stay in the picture when its ring is taken out, because they are as thin as
/// print, and the ring takes parts of figures with it. So the cell is looked at in several ways and read
/// with the characters of numbers. What most looks agree on counts, as sure as their share says. Marks
/// that no number around has are parts of the seal. Cells under seals are listed for review whatever
/// comes out.
struct SealedNumbers {
  /// How sure looks must be together to count.
  static let trust = 0.9
  /// How sure one of them must be.
  static let certainty = 0.6
  /// A reading counts where looks are so many times as sure of it as of any other.
  static let majority = 1.5
  /// Strokes of print are about this thick at least; those of characters in seals often are not.
  ///
  /// Points.
  static let printStroke = 0.8
  /// What was read is a part of the ring where so much of its ink was taken out with it.
  private static let ringShare = 0.75
  /// What a look at thick strokes alone says, which may lack parts of figures.
  private static let solidWeight = 0.5
  /// White around what is read, as a share of its height.
  private static let margin = 0.25

  let picture: ScannedPicture
  /// Pixels a point.
  let scale: Double

  /// What looks read, and how sure they are together.
  private struct Vote {
    var reading: LineReading
    var box: PixelBox
    var weight: Double
    /// Whether it was read with the ring in the picture.
    var isWhole: Bool
  }

  /// Reads the number in a cell, and finds the box of its ink; nil where looks do not agree.
  ///
  /// - Parameters:
  ///   - cell: Inside of the lines around it.
  ///   - rows: The rows of pixels on which figures beside it stand; nil where there are none.
  ///   - marks: What numbers around have that is no figure.
  ///   - recognizer: The engine.
  /// - Returns: As sure as the share of looks that agree on it.
  /// - Throws: `RecognitionError`.
  func number(
    in cell: PixelBox, rows: Range<Int>?, marks: Set<Unicode.Scalar>,
    recognizer: any TextRecognizer
  ) throws(RecognitionError) -> (box: PixelBox, reading: LineReading)? {
    let looks = looks(at: cell, rows: rows)
    let readings = try recognizer.read(looks.map(\.picture))
    var votes: [Vote] = []
    for (look, reading) in zip(looks, readings) {
      guard let numeric = reading.numeric else { continue }
      let characters = LineReading(characters: numeric).withoutMargins(
        Double((look.picture.width - look.box.width) / 2) / Double(look.picture.width)
      ).characters
      guard
        let number = Self.number(
          in: characters,
          where: { character in
            (character.scalar.properties.numericType != nil || marks.contains(character.scalar))
              && !(look.isWhole && isRing(character, in: look.box))
          })
      else { continue }
      let found = LineReading(characters: number)
      if let place = votes.firstIndex(where: { $0.reading.text == found.text }) {
        votes[place].weight += look.weight * found.confidence
        votes[place].isWhole = votes[place].isWhole || look.isWhole
        guard found.confidence > votes[place].reading.confidence else { continue }
        (votes[place].reading, votes[place].box) = (found, look.box)
      } else {
        votes.append(
          Vote(
            reading: found, box: look.box, weight: look.weight * found.confidence,
            isWhole: look.isWhole))
      }
    }
    votes = Self.joined(votes)
    let total = votes.reduce(0) { $0 + $1.weight }
    guard let best = votes.max(by: { $0.weight < $1.weight }), best.weight >= Self.trust,
      best.reading.confidence >= Self.certainty,
      votes.allSatisfy({
        $0.reading.text == best.reading.text || best.weight >= Self.majority * $0.weight
      })
    else { return nil }
    var reading = best.reading
    for index in reading.characters.indices {
      reading.characters[index].confidence = min(
        reading.characters[index].confidence, best.weight / total)
    }
    return (best.box, reading)
  }

  /// Votes with those for a part of a number given to the whole of it: the ring takes figures with it, and
  /// adds none to a number that was read with it.
  private static func joined(_ votes: [Vote]) -> [Vote] {
    var result = votes
    for place in votes.indices where votes[place].isWhole {
      let text = votes[place].reading.text
      for part in votes where part.reading.text.count < text.count {
        if text.hasPrefix(part.reading.text) || text.hasSuffix(part.reading.text) {
          result[place].weight += part.weight
        }
      }
    }
    return result.filter { vote in
      !result.contains { whole in
        whole.isWhole && whole.reading.text.count > vote.reading.text.count
          && (whole.reading.text.hasPrefix(vote.reading.text)
            || whole.reading.text.hasSuffix(vote.reading.text))
      }
    }
  }

  /// Whether what was read as a character is the ring itself.
  private func isRing(_ character: RecognizedCharacter, in box: PixelBox) -> Bool {
    let start = box.x + Int(character.extent.lower * Double(box.width))
    let end = box.x + Int((character.extent.upper * Double(box.width)).rounded(.up))
    let area = PixelBox(x: start, y: box.y, width: max(1, end - start), height: box.height)
    func count(isWhole: Bool, thickness: Int) -> Int {
      picture.solidInk(area, thickness: thickness, isWhole: isWhole)?.pixels.count { $0 == 0 } ?? 0
    }
    let whole = max(1, count(isWhole: true, thickness: 1))
    // Of the edges of a ring that was taken out fine strokes are left.
    let left = count(isWhole: false, thickness: 2)
    return Double(whole - left) >= Self.ringShare * Double(whole)
  }

  /// A part of the picture, and how much its reading says.
  private struct Look {
    var box: PixelBox
    var picture: Bitmap
    var weight: Double
    /// Whether the ring is in it.
    var isWhole: Bool
  }

  private func looks(at cell: PixelBox, rows: Range<Int>?) -> [Look] {
    let solid = max(2, Int((Self.printStroke * scale).rounded()))
    let inside = rows.map {
      max(0, $0.lowerBound - cell.y)..<min(cell.height, $0.upperBound - cell.y)
    }
    var looks: [Look] = []
    func add(_ ink: Bitmap, weight: Double, isWhole: Bool) {
      guard let inner = Self.inkBox(of: ink) else { return }
      let box = PixelBox(
        x: cell.x + inner.x, y: cell.y + inner.y, width: inner.width, height: inner.height)
      let look = Self.cut(ink, to: inner)
      // Where nothing of the seal is, one look is enough.
      if !looks.contains(where: { $0.box == box && $0.picture.pixels == look.pixels }) {
        looks.append(Look(box: box, picture: look, weight: weight, isWhole: isWhole))
      }
    }
    for isWhole in [false, true] {
      for (thickness, weight) in [(1, 1), (solid, Self.solidWeight)] {
        guard let ink = picture.solidInk(cell, thickness: thickness, isWhole: isWhole) else {
          continue
        }
        guard let inside, !inside.isEmpty else {
          add(ink, weight: weight, isWhole: isWhole)
          continue
        }
        if !isWhole { add(ink, weight: weight, isWhole: isWhole) }
        add(Self.rows(inside, of: ink), weight: weight, isWhole: isWhole)
        add(
          Self.rows(inside, of: Self.withoutTall(ink, rows: inside)), weight: weight,
          isWhole: isWhole)
      }
    }
    return looks
  }

  /// Some rows of a picture; the others are white.
  private static func rows(_ rows: Range<Int>, of bitmap: Bitmap) -> Bitmap {
    var result = bitmap
    for row in 0..<bitmap.height where !rows.contains(row) {
      let start = row * bitmap.bytesPerRow
      for place in start..<start + bitmap.width { result.pixels[place] = 255 }
    }
    return result
  }

  /// A picture without pieces of ink that reach beyond the rows on which figures stand.
  private static func withoutTall(_ bitmap: Bitmap, rows: Range<Int>) -> Bitmap {
    var result = bitmap
    var isSeen = [Bool](repeating: false, count: bitmap.width * bitmap.height)
    for start in isSeen.indices where !isSeen[start] {
      let place = start / bitmap.width * bitmap.bytesPerRow + start % bitmap.width
      guard bitmap.pixels[place] == 0 else { continue }
      var piece = [start]
      var next = 0
      isSeen[start] = true
      while next < piece.count {
        let (x, y) = (piece[next] % bitmap.width, piece[next] / bitmap.width)
        next += 1
        for row in max(0, y - 1)...min(bitmap.height - 1, y + 1) {
          for column in max(0, x - 1)...min(bitmap.width - 1, x + 1) {
            let index = row * bitmap.width + column
            guard !isSeen[index], bitmap.pixels[row * bitmap.bytesPerRow + column] == 0 else {
              continue
            }
            isSeen[index] = true
            piece.append(index)
          }
        }
      }
      guard piece.contains(where: { !rows.contains($0 / bitmap.width) }) else { continue }
      for index in piece {
        result.pixels[index / bitmap.width * bitmap.bytesPerRow + index % bitmap.width] = 255
      }
    }
    return result
  }

  /// A reading without what stands at its ends and does not belong to a number; nil where no number is left.
  private static func number(
    in characters: [RecognizedCharacter], where belongs: (RecognizedCharacter) -> Bool
  ) -> [RecognizedCharacter]? {
    guard let first = characters.firstIndex(where: belongs),
      let last = characters.lastIndex(where: belongs)
    else { return nil }
    let inner = Array(characters[first...last])
    guard inner.allSatisfy(belongs), NumericCells.isNumeric(inner) else { return nil }
    // No number begins with a 0 before other figures.
    let figures = inner.drop { $0.scalar.properties.numericType == nil }.prefix {
      $0.scalar.properties.numericType != nil
    }
    return figures.count > 1 && figures.first?.scalar == "0" ? nil : inner
  }

  /// The box of the ink of a picture; nil without any.
  private static func inkBox(of bitmap: Bitmap) -> PixelBox? {
    var box: PixelBox?
    for y in 0..<bitmap.height {
      for x in 0..<bitmap.width where bitmap.pixels[y * bitmap.bytesPerRow + x] == 0 {
        let pixel = PixelBox(x: x, y: y, width: 1, height: 1)
        box = box?.union(pixel) ?? pixel
      }
    }
    return box
  }

  /// A part of a picture with white around it.
  private static func cut(_ bitmap: Bitmap, to box: PixelBox) -> Bitmap {
    let margin = max(1, Int((Self.margin * Double(box.height)).rounded()))
    let (width, height) = (box.width + 2 * margin, box.height + 2 * margin)
    var pixels = [UInt8](repeating: 255, count: width * height)
    for y in 0..<box.height {
      for x in 0..<box.width {
        pixels[(y + margin) * width + x + margin] =
          bitmap.pixels[(y + box.y) * bitmap.bytesPerRow + x + box.x]
      }
    }
    return Bitmap(width: width, height: height, bytesPerRow: width, format: .grey, pixels: pixels)
  }
}
