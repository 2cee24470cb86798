package import LayoutModel
import PageGeometry

extension Word {
  /// A word that runs to the right: narrow characters are half an em wide, wide ones an em.
  package init(
    _ text: String, x: Double, baseline: Double, size: Double = 10, isBold: Bool = false,
    flags: Glyph.Flags = []
  ) {
    let cells = text.unicodeScalars.reduce(0) { $0 + PageSketch.cellCount($1) }
    self.init(
      text: text,
      box: Rect(
        minX: x, minY: baseline - 0.85 * size, maxX: x + Double(cells) * size / 2,
        maxY: baseline + 0.15 * size),
      baseline: baseline, size: size, flags: flags, isBold: isBold, followsSpace: true)
  }
}
