package import PageGeometry

/// A painted character with its place.
///
/// Glyph boxes of fonts are line-height boxes and say little, so a glyph carries its baseline
/// origin and size; `box` derives an em box from them.
package struct Glyph: Hashable, Sendable {
  /// Facts about how a glyph was painted.
  package struct Flags: OptionSet, Hashable, Sendable {
    package let rawValue: UInt16
    package init(rawValue: UInt16) { self.rawValue = rawValue }
    /// Render mode 3: neither filled nor stroked, as in the text layer under a scan.
    package static let invisible = Flags(rawValue: 1)
    /// Its font gives no Unicode value; the scalar is U+FFFD, or the glyph's number in its font.
    package static let noUnicode = Flags(rawValue: 2)
    /// The text was given by an ActualText entry.
    package static let actualText = Flags(rawValue: 4)
    /// It lies outside the page or the clip.
    package static let clipped = Flags(rawValue: 8)
    /// Filled and stroked, as producers do to fake a bold font.
    package static let strokedBold = Flags(rawValue: 16)
    /// Inside marked content that the producer calls an artifact (running matter).
    package static let artifact = Flags(rawValue: 32)
    /// Set in a font with vertical writing mode.
    package static let verticalWriting = Flags(rawValue: 64)
    /// Its baseline follows no axis of the page, as in a watermark.
    package static let tilted = Flags(rawValue: 128)
    /// Read from a picture of the page, not from its text layer.
    package static let recognized = Flags(rawValue: 256)
  }

  /// Whether a reader of the page sees it: neither outside the page nor part of a watermark.
  ///
  /// Tests bits directly, because it is asked once for each glyph.
  package var isShown: Bool {
    flags.rawValue & (Flags.clipped.rawValue | Flags.tilted.rawValue) == 0
  }

  /// The direction in which text runs on the page.
  package enum Direction: UInt8, Hashable, Sendable {
    case right = 0
    case down = 1
    case left = 2
    case up = 3

    /// How far a baseline may lean and still count as lying on an axis, in degrees.
    ///
    /// Scanned pages with a text layer lean by up to about three degrees; watermarks by 20 and
    /// more.
    package static let tolerance = 8.0

    /// The direction that is nearest to an angle in degrees, clockwise from the right.
    package static func nearest(toAngle angle: Double) -> (direction: Direction, isOnAxis: Bool) {
      if angle == 0 { return (.right, true) }
      let quarter = (angle / 90).rounded()
      let isOnAxis = abs(angle - quarter * 90) <= tolerance
      switch quarter {
      case 0: return (.right, isOnAxis)
      case 1: return (.down, isOnAxis)
      case -1: return (.up, isOnAxis)
      default: return (.left, isOnAxis)
      }
    }
  }

  /// The text of the glyph: one scalar for most, several for a ligature.
  package var scalar: Unicode.Scalar
  /// Further scalars of a ligature: a range of `PageLayout.ligatureScalars`.
  package var ligature: Range<Int32>
  /// Start of the baseline.
  package var origin: Point
  /// Distance to the next glyph along the direction of writing.
  package var advance: Double
  /// Font size as painted, in points.
  package var size: Double
  /// Position in `PageLayout.fonts`.
  package var fontIndex: Int32
  package var direction: Direction
  package var flags: Flags
  /// 0xRRGGBB of the fill.
  package var color: UInt32

  package init(
    scalar: Unicode.Scalar, ligature: Range<Int32> = 0..<0, origin: Point, advance: Double,
    size: Double, fontIndex: Int32 = 0, direction: Direction = .right, flags: Flags = [],
    color: UInt32 = 0
  ) {
    self.scalar = scalar
    self.ligature = ligature
    self.origin = origin
    self.advance = advance
    self.size = size
    self.fontIndex = fontIndex
    self.direction = direction
    self.flags = flags
    self.color = color
  }
}

/// A font of a page.
package struct Font: Hashable, Sendable {
  /// The PostScript name without a subset prefix.
  package var name: String
  package var isBold: Bool
  package var isItalic: Bool
  package var isFixedPitch: Bool

  package init(
    name: String, isBold: Bool = false, isItalic: Bool = false, isFixedPitch: Bool = false
  ) {
    self.name = name
    self.isBold = isBold
    self.isItalic = isItalic
    self.isFixedPitch = isFixedPitch
  }
}
