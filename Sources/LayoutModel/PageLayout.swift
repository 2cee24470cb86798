package import PageGeometry

/// What an extractor found on one page; nothing is interpreted yet.
///
/// All places are in PDF points, top-left origin, after rotation and crop box.
package struct PageLayout: Hashable, Sendable {
  /// From 1.
  package var number: Int
  package var width: Double
  package var height: Double
  /// The declared rotation, already applied to every place: 0, 90, 180 or 270.
  package var rotation: Int
  package var fonts: [Font]
  /// In the order in which they were painted; analysis must not depend on it.
  package var glyphs: [Glyph]
  /// How sure the recognition is of each glyph, 0 to 1; empty where no glyph was recognised.
  package var confidences: [Float]
  /// The scalars of all ligatures, see `Glyph.ligature`.
  package var ligatureScalars: [Unicode.Scalar]
  package var rulings: [Ruling]
  package var diagonals: [Diagonal]
  package var shadings: [Shading]
  /// Boxes of what no table is drawn with: curves, plotted lines, filled shapes that are no upright
  /// rectangles.
  package var freeforms: [Rect]
  package var images: [PageImage]
  /// Whether the page has pictures that were not looked at, because saying where they are would
  /// mean to decode them; `images` is empty then.
  package var hasUnreadImages: Bool

  /// Which part of a double page it is; nil for a page by itself.
  package var half: PageHalf?

  /// How the picture that it was read from lay askew; its places are those of the straight page.
  package var skew: PageSkew?

  /// Whether its text, or a part of it, was read from a picture.
  package var isRecognized: Bool { !confidences.isEmpty }

  package init(
    number: Int, width: Double, height: Double, rotation: Int = 0, fonts: [Font] = [],
    glyphs: [Glyph] = [], confidences: [Float] = [], ligatureScalars: [Unicode.Scalar] = [],
    rulings: [Ruling] = [], diagonals: [Diagonal] = [], shadings: [Shading] = [],
    freeforms: [Rect] = [], images: [PageImage] = [],
    hasUnreadImages: Bool = false
  ) {
    self.number = number
    self.width = width
    self.height = height
    self.rotation = rotation
    self.fonts = fonts
    self.glyphs = glyphs
    self.confidences = confidences
    self.ligatureScalars = ligatureScalars
    self.rulings = rulings
    self.diagonals = diagonals
    self.shadings = shadings
    self.freeforms = freeforms
    self.images = images
    self.hasUnreadImages = hasUnreadImages
  }
}

/// One of the two pages that a double page shows, as a part of the page of the original.
package struct PageHalf: Hashable, Sendable {
  /// Where its top-left corner is.
  package var corner: Point
  /// Of the page of the original, in points.
  package var sheetWidth: Double
  /// Of the page of the original, in points.
  package var sheetHeight: Double
  /// Whether it is the one that is read behind the other.
  package var isSecond: Bool

  package init(corner: Point, sheetWidth: Double, sheetHeight: Double, isSecond: Bool) {
    self.corner = corner
    self.sheetWidth = sheetWidth
    self.sheetHeight = sheetHeight
    self.isSecond = isSecond
  }
}
