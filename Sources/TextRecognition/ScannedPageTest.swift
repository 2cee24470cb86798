package import LayoutModel
import PageGeometry

/// Whether the text of a page can be taken from its text layer, or its picture must be read.
package enum ScannedPageTest {
  /// What a page's text layer is worth.
  package enum Verdict: Hashable, Sendable {
    /// It says what the page shows.
    case sound
    /// There is nothing on the page that could be text.
    case empty
    /// The page is a picture without text.
    case missing
    /// There is text, but the page shows something else; the reason is for people.
    case untrusted(reason: String)
  }

  /// A picture over this share of the page is a scan of it.
  private static let coveredShare = 0.6
  /// Beside a scan, visible text on less than this share of the page is a stamp or page number.
  private static let stampShare = 0.05
  /// A text layer with more than this share of glyphs without Unicode says nothing.
  private static let unreadableShare = 0.3
  /// Resolutions at which pages are read, in pixels an inch: more says nothing more about text of legible size.
  private static let resolutions = Interval(100, 400)
  /// Edges of a page and of its picture are one where they differ by less, in pixels of the picture.
  private static let sameEdge = 1.5

  /// What the text layer of a page is worth.
  ///
  /// - Parameter page: The page as extracted.
  /// - Returns: The verdict, from glyphs and pictures alone; nothing is painted for it.
  package static func verdict(on page: PageLayout) -> Verdict {
    let pageArea = max(page.width * page.height, 1)
    let shown = page.glyphs.lazy.filter(\.isShown)
    let hasPictures = !page.images.isEmpty || page.hasUnreadImages
    guard let _ = shown.first(where: { _ in true }) else {
      return hasPictures ? .missing : .empty
    }
    let unreadable = shown.count { $0.flags.contains(.noUnicode) }
    let count = shown.count { _ in true }
    if Double(unreadable) > unreadableShare * Double(count) {
      return .untrusted(reason: "\(unreadable) of \(count) glyphs have no Unicode value")
    }
    guard hasPictures else { return .sound }
    // A scan may be cut into strips.
    let covered =
      PagePictures.joined(page.images).map { picture in
        let shown =
          picture.box.intersection(
            Rect(minX: 0, minY: 0, maxX: page.width, maxY: page.height))?.area ?? 0
        return min(shown, picture.area)
      }.max() ?? 0
    guard covered >= coveredShare * pageArea else { return .sound }
    let hiding = page.images.filter { $0.glyphsBelow > 0 }
    let visible = page.glyphs.enumerated().lazy.filter { index, glyph in
      glyph.isShown && !glyph.flags.contains(.invisible)
        && !hiding.contains { index < $0.glyphsBelow && $0.box.contains(glyph.origin) }
    }.map(\.element)
    let ink = visible.reduce(0.0) { $0 + $1.advance * $1.size }
    if visible.isEmpty {
      return .untrusted(reason: "its text cannot be seen and lies under a picture of the page")
    }
    if ink < stampShare * pageArea {
      return .untrusted(reason: "little text lies over a picture of the page")
    }
    return .sound
  }

  /// The resolution of the largest picture, in pixels an inch.
  ///
  /// - Returns: 200 where the page has no picture that says.
  package static func resolution(of page: PageLayout) -> Double {
    let largest = page.images.max { $0.box.area < $1.box.area }
    guard let largest, largest.box.width > 1, largest.pixelWidth > 0 else { return 200 }
    let dots = 72 * Double(largest.pixelWidth) / largest.box.width
    return min(max(dots, resolutions.lower), resolutions.upper)
  }

  /// The picture that a page is, and nothing else: its samples are what the page shows, and painting would
  /// blur them, as no page is a whole number of pixels large.
  ///
  /// - Returns: Nil where anything lies over it, or its pixels are not square or not of a size that is read.
  package static func wholePicture(of page: PageLayout) -> PageImage? {
    guard page.images.count == 1, let image = page.images.first, let samples = image.samples,
      !page.hasUnreadImages, page.rulings.isEmpty, page.diagonals.isEmpty, page.shadings.isEmpty,
      page.freeforms.isEmpty
    else { return nil }
    let isHidden = page.glyphs.indices.allSatisfy {
      page.glyphs[$0].flags.contains(.invisible) || $0 < image.glyphsBelow
    }
    let scale = Double(image.pixelWidth) / page.width
    let isWhole =
      [image.box.minX, image.box.minY, page.width - image.box.maxX, page.height - image.box.maxY]
      .allSatisfy { abs($0) * scale < sameEdge }
      && samples.part == Rect(minX: 0, minY: 0, maxX: 1, maxY: 1)
    let isSquare = abs(scale * page.height - Double(image.pixelHeight)) < 2 * sameEdge
    guard isHidden, isWhole, isSquare, resolutions.contains(72 * scale) else { return nil }
    return image
  }
}
