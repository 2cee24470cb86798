import PageGeometry
import PageRendering

/// Reads numbers that a seal without colour lies over.
///
/// The characters of a seal stay in the picture when its ring is taken out, because they are as thin as
/// print. The cell is looked at twice, with all ink and with that only which is as thick as print is,
/// and read with the characters of numbers. A reading counts where it is sure and no other look
/// contradicts it. Cells under seals are listed for review whatever comes out.
struct SealedNumbers {
  /// How sure a look must be to count.
  static let trust = 0.9
  /// Strokes of print are about this thick at least; those of characters in seals often are not.
  ///
  /// Points.
  static let printStroke = 0.8
  /// A look that is less sure contradicts no other.
  static let contradiction = 0.6
  /// White around what is read, as a share of its height.
  private static let margin = 0.25

  let picture: ScannedPicture
  /// Pixels a point.
  let scale: Double

  /// The number in a cell, and the box of its ink; nil where none is sure.
  func number(
    in cell: PixelBox, recognizer: any TextRecognizer
  ) throws(RecognitionError) -> (box: PixelBox, reading: LineReading)? {
    let solid = max(2, Int((Self.printStroke * scale).rounded()))
    var looks: [(box: PixelBox, picture: Bitmap)] = []
    for thickness in [1, solid] {
      guard let ink = picture.solidInk(cell, thickness: thickness), let inner = Self.inkBox(of: ink)
      else { continue }
      let box = PixelBox(
        x: cell.x + inner.x, y: cell.y + inner.y, width: inner.width, height: inner.height)
      looks.append((box, Self.cut(ink, to: inner)))
    }
    let readings = try recognizer.read(looks.map(\.picture))
    var best: (box: PixelBox, reading: LineReading)?
    for (look, reading) in zip(looks, readings) {
      guard let numeric = reading.numeric, NumericCells.isNumeric(numeric) else { continue }
      let confidence = LineReading.confidence(of: numeric)
      let found = LineReading(characters: numeric).withoutMargins(
        Double((look.picture.width - look.box.width) / 2) / Double(look.picture.width))
      guard confidence >= Self.contradiction else { continue }
      if let best, best.reading.text != found.text { return nil }
      if best == nil || confidence > best?.reading.confidence ?? 0 { best = (look.box, found) }
    }
    return best.flatMap { $0.reading.confidence >= Self.trust ? $0 : nil }
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
