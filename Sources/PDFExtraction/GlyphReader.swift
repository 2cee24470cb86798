import LayoutModel
import PageGeometry
import PopplerCore

/// Turns poppler's glyph records into `Glyph` values.
///
/// Baselines are sorted into the four directions of the page; what follows none of them
/// (watermarks) is marked as tilted. Glyphs of vertical writing stand upright in an em box whose top
/// centre is their origin; they become upright glyphs at the baseline of that box.
enum GlyphReader {
  /// The share of the em box above the baseline, as in `Word.box`.
  static let ascent = 0.85

  static func glyphs(of page: PopplerPage) -> (glyphs: [Glyph], ligatureScalars: [Unicode.Scalar]) {
    page.withGlyphs { records, scalars in
      var ligatureScalars: [Unicode.Scalar] = []
      var glyphs: [Glyph] = []
      glyphs.reserveCapacity(records.count)
      for index in records.indices {
        let record = records[index]
        guard let first = scalar(in: scalars, at: Int(record.firstScalar)) else { continue }
        var ligature: Range<Int32> = 0..<0
        if record.scalarCount > 1 {
          let start = Int32(ligatureScalars.count)
          for offset in 0..<Int(record.scalarCount) {
            if let scalar = scalar(in: scalars, at: Int(record.firstScalar) + offset) {
              ligatureScalars.append(scalar)
            }
          }
          ligature = start..<Int32(ligatureScalars.count)
        }
        var flags = Glyph.Flags(rawValue: record.flags)
        let (direction, isOnAxis) = Glyph.Direction.nearest(toAngle: record.angle)
        if !isOnAxis { flags.insert(.tilted) }
        var origin = Point(x: record.x, y: record.y)
        var advance = record.advance
        if record.flags & Glyph.Flags.verticalWriting.rawValue != 0, direction == .right {
          origin.x -= record.size / 2
          origin.y += record.size * ascent
          advance = record.size
        }
        glyphs.append(
          Glyph(
            scalar: first, ligature: ligature, origin: origin, advance: advance, size: record.size,
            fontIndex: record.font, direction: direction, flags: flags, color: record.color))
      }
      return (glyphs, ligatureScalars)
    }
  }

  private static func scalar(in scalars: Span<UInt32>, at index: Int) -> Unicode.Scalar? {
    guard scalars.indices.contains(index) else { return nil }
    return Unicode.Scalar(scalars[index]) ?? "\u{FFFD}"
  }
}
