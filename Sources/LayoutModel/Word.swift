package import PageGeometry

/// Glyphs on one baseline without a gap between them.
package struct Word: Hashable, Sendable {
  package var text: String
  /// An em box: from 0.85 of the font size above the baseline to 0.15 below it.
  package var box: Rect
  /// y of the baseline (x of it, for text that runs up or down).
  package var baseline: Double
  package var direction: Glyph.Direction
  /// Font size of its largest glyph, in points.
  package var size: Double
  package var fontIndex: Int32
  package var flags: Glyph.Flags
  package var isBold: Bool
  /// Whether a space was printed or is wide enough to be read before this word on its line.
  package var followsSpace: Bool
  package var color: UInt32
  /// How sure its least certain glyph is, 0 to 1; 1 for text that was not recognised.
  package var confidence: Float = 1

  package init(
    text: String, box: Rect, baseline: Double, direction: Glyph.Direction = .right, size: Double,
    fontIndex: Int32 = 0, flags: Glyph.Flags = [], isBold: Bool = false,
    followsSpace: Bool = false, color: UInt32 = 0
  ) {
    self.text = text
    self.box = box
    self.baseline = baseline
    self.direction = direction
    self.size = size
    self.fontIndex = fontIndex
    self.flags = flags
    self.isBold = isBold
    self.followsSpace = followsSpace
    self.color = color
  }
}
