package import LayoutModel
package import PageGeometry
package import PageRendering

/// The pictures on a page of text that may hold a table.
///
/// Beside `ScannedPageTest`, which judges whole pages. Most pictures are photographs, logos and charts,
/// and reading one takes as long as hundreds of pages with a text layer. So there are two cheap looks
/// before: where a picture stands and whether the page has text there, which asks nothing of the
/// picture; then whether it has rules on even paper, seen on a small copy of it.
package enum PagePictures {
  /// A picture, or several that touch, as producers cut one into strips.
  package struct Candidate: Hashable, Sendable {
    /// In points of the page.
    package var box: Rect
    /// Pixels an inch.
    package var resolution: Double
    /// The surface that pictures fill of the box, in square points.
    package var area: Double
    /// The one picture that it is, where its samples show all: no rules are drawn over it.
    package var image: PageImage?
  }

  /// Smaller pictures hold no table; points.
  private static let minimumWidth = 100.0
  private static let minimumHeight = 30.0
  /// Text of fewer pixels an inch cannot be read.
  private static let minimumResolution = 60.0
  /// Finer pictures are read at this resolution.
  private static let maximumResolution = 400.0
  /// More pictures than this on a page are ornaments; the largest are looked at.
  private static let maximumCount = 20
  /// Pictures closer than this touch; points.
  private static let touch = 1.0
  /// Of more pictures than this only the largest may touch.
  private static let maximumPieces = 500

  /// The pictures of a page of text that are worth a look: large enough, and without text of the page.
  ///
  /// - Returns: From the top down.
  /// - Complexity: O(glyphs) where there is a picture; O(1) elsewhere.
  package static func candidates(on page: PageLayout) -> [Candidate] {
    guard !page.images.isEmpty else { return [] }
    let area = Rect(minX: 0, minY: 0, maxX: page.width, maxY: page.height)
    var found = joined(page.images).compactMap { picture -> Candidate? in
      guard let box = picture.box.intersection(area), box.width >= minimumWidth,
        box.height >= minimumHeight, picture.resolution >= minimumResolution
      else { return nil }
      return Candidate(
        box: box, resolution: min(picture.resolution, maximumResolution), area: picture.area,
        image: hasRulings(page, on: box) ? nil : picture.image)
    }
    guard !found.isEmpty else { return [] }
    found.sort { ($0.box.area, $0.box.minY, $0.box.minX) > ($1.box.area, $1.box.minY, $1.box.minX) }
    found = Array(found.prefix(maximumCount))
    for glyph in page.glyphs where glyph.isShown && !glyph.flags.contains(.invisible) {
      found.removeAll { $0.box.contains(glyph.origin) }
    }
    return found.sorted { ($0.box.minY, $0.box.minX) < ($1.box.minY, $1.box.minX) }
  }

  /// Whether rules are drawn over a picture, which then shows more than its own.
  private static func hasRulings(_ page: PageLayout, on box: Rect) -> Bool {
    page.rulings.contains { ruling in
      let isLevel = ruling.axis == .horizontal
      return ruling.extent.overlap(isLevel ? box.xInterval : box.yInterval) >= 0
        && (isLevel ? box.yInterval : box.xInterval).contains(ruling.position)
    }
  }

  /// Pictures that touch as one, with the resolution of the finest.
  static func joined(_ images: [PageImage]) -> [Candidate] {
    let largest =
      images.count <= maximumPieces
      ? images : Array(images.sorted { $0.box.area > $1.box.area }.prefix(maximumPieces))
    var result: [Candidate] = []
    for image in largest where image.box.width > 0 && image.box.height > 0 {
      // A picture may be turned by a quarter on the page, so the finer direction counts.
      var whole = Candidate(
        box: image.box,
        resolution: 72
          * max(
            Double(image.pixelWidth) / image.box.width, Double(image.pixelHeight) / image.box.height
          ), area: image.box.area, image: image.samples == nil ? nil : image)
      while let index = result.firstIndex(where: {
        $0.box.expanded(by: touch).intersection(whole.box) != nil
      }) {
        let other = result.remove(at: index)
        whole.box = whole.box.union(other.box)
        whole.resolution = max(whole.resolution, other.resolution)
        whole.area = min(whole.area + other.area, whole.box.area)
        whole.image = nil
      }
      result.append(whole)
    }
    return result
  }

  // MARK: - A look at a small copy

  /// The resolution of the copy that `hasRules` looks at, in pixels an inch.
  package static let lookResolution = 72.0
  /// Paper takes this share of a picture with a table.
  private static let paperShare = 0.4
  /// How far the grey of paper spreads to both sides.
  private static let paperSpread = 16
  /// Rules are darker than paper by this much: a hairline fills a third of a pixel of the copy.
  private static let ruleContrast = 24
  /// The picture is looked at in this many strips side by side; in each, rules that lie askew are level.
  private static let stripCount = 16
  /// A rule fills this share of the width of a strip, and goes on over so many strips.
  private static let filledShare = 0.85
  private static let leastStrips = 5
  /// A rule is at most this thick, and rules are at least as far from each other; pixels of the copy.
  private static let thickness = 3
  /// A table has rules above, under and inside.
  private static let leastRules = 3
  /// Dark pixels of the copy beside the rules that are dirt; the labels of an axis are more.
  private static let dirtPixels = 12

  /// Whether a picture has rules on even paper, as tables have and photographs have not, and nothing
  /// beside them: what a chart has written at its axes stands left or right of its lines, and its bars
  /// end between them.
  ///
  /// - Parameter picture: Grey, of about `lookResolution`.
  /// - Returns: Whether it has at least three; rules that lie askew by a few degrees count.
  /// - Complexity: O(pixels).
  package static func hasRules(_ picture: Bitmap) -> Bool {
    guard picture.format == .grey, picture.width >= stripCount, picture.height > 2 * thickness,
      picture.pixels.count >= picture.height * picture.bytesPerRow, let paper = paper(of: picture)
    else { return false }
    let ink = UInt8(max(0, paper - ruleContrast))
    let strips = (0..<stripCount).map { index in
      index * picture.width / stripCount..<(index + 1) * picture.width / stripCount
    }
    // How many strips a rule has run through, for each row; with a border at both ends.
    var runs = [Int](repeating: 0, count: picture.height + 2)
    // A point of each rule: where it has run long enough.
    var rules: [(x: Int, row: Int)] = []
    for strip in strips {
      // A rule that lies askew goes over from one row to the next inside a strip.
      let dark = (0..<picture.height).map { row in
        let start = row * picture.bytesPerRow
        let below = min(row + 1, picture.height - 1) * picture.bytesPerRow
        return strip.count { picture.pixels[start + $0] < ink || picture.pixels[below + $0] < ink }
      }
      var next = [Int](repeating: 0, count: picture.height + 2)
      for row in dark.indices
      where Double(dark[row]) >= filledShare * Double(strip.count)
        && isLight(dark, row - thickness, strip.count)
        && isLight(dark, row + thickness, strip.count)
      {
        next[row + 1] = 1 + max(runs[row], runs[row + 1], runs[row + 2])
        if next[row + 1] == leastStrips { rules.append((strip.lowerBound, row)) }
      }
      runs = next
    }
    rules.sort { ($0.row, $0.x) < ($1.row, $1.x) }
    var distinct: [(x: Int, row: Int)] = []
    for rule in rules where rule.row - (distinct.last?.row ?? -thickness) >= thickness {
      distinct.append(rule)
    }
    return distinct.count >= leastRules && isBare(picture, beside: distinct, ink: ink)
      && !hasBars(picture, ink: ink)
  }

  /// Shorter upright strokes may be letters, or two lines of them that touch; pixels of the copy.
  private static let leastUpright = 24
  /// Uprights lean by at most a pixel in so many; the stroke through the corner of a head leans more.
  private static let steepness = 8
  /// Level lines go on for this much from where an upright one ends on them; pixels of the copy.
  private static let shoulder = 8
  /// So many uprights of a table may end at a corner: its own four, and those of a second one beside it.
  private static let cornerCount = 8
  /// More than this share of the ends of uprights are corners where there are bars.
  private static let cornerShare = 0.2

  /// Whether uprights end as the sides of bars do, at a corner or in the open; those of a table end on a
  /// rule that goes on to both sides.
  ///
  ///     ───┬─────┬───       ┌──┐
  ///        │     │          │  ├──┐
  ///     ───┼─────┼───     ──┴──┴──┴──
  private static func hasBars(_ picture: Bitmap, ink: UInt8) -> Bool {
    func isDark(_ x: Int, _ row: Int) -> Bool {
      (0..<picture.width).contains(x) && (0..<picture.height).contains(row)
        && picture.pixels[row * picture.bytesPerRow + x] < ink
    }
    /// Whether a level line near a row goes on from a column to one side.
    func goesOn(_ x: Int, _ row: Int, step: Int) -> Bool {
      (row - thickness...row + thickness).contains { start in
        var row = start
        return (1...shoulder).allSatisfy { distance in
          guard
            let next = [row, row + 1, row - 1].first(where: { isDark(x + step * distance, $0) })
          else { return false }
          row = next
          return true
        }
      }
    }
    var ends = 0
    var corners = 0
    // For each column the row down to which an upright beside it has been followed.
    var followed = [Int](repeating: 0, count: picture.width)
    for top in 0..<picture.height {
      for x in 0..<picture.width where top >= followed[x] && isDark(x, top) && !isDark(x, top - 1) {
        var (column, bottom) = (x, top)
        while let next = [column, column + 1, column - 1].first(where: { isDark($0, bottom + 1) }) {
          (column, bottom) = (next, bottom + 1)
        }
        let middle = (top + bottom) / 2
        let centre = (x + column) / 2
        guard bottom - top >= leastUpright, abs(column - x) * steepness <= bottom - top,
          !(centre - thickness...centre + thickness).allSatisfy({ isDark($0, middle) })
        else { continue }
        let left = max(0, min(x, column) - thickness)
        let right = min(picture.width - 1, max(x, column) + thickness)
        for near in left...right { followed[near] = max(followed[near], bottom) }
        for (x, row) in [(x, top), (column, bottom)] {
          ends += 1
          if !goesOn(x, row, step: -1) || !goesOn(x, row, step: 1) { corners += 1 }
        }
      }
    }
    return corners > cornerCount && Double(corners) > cornerShare * Double(ends)
  }

  /// Whether nothing stands left or right of most of the rules, between the first and the last of them.
  private static func isBare(
    _ picture: Bitmap, beside rules: [(x: Int, row: Int)], ink: UInt8
  ) -> Bool {
    func isDark(_ x: Int, _ row: Int) -> Bool {
      (0..<picture.height).contains(row) && picture.pixels[row * picture.bytesPerRow + x] < ink
    }
    /// Where a rule ends that is followed from a point of it, up and down by a row at most.
    func end(of rule: (x: Int, row: Int), step: Int) -> Int {
      var (x, row, gap) = (rule.x, rule.row, 0)
      var last = x
      while (0..<picture.width).contains(x), gap < thickness {
        if let next = [row, row + 1, row - 1].first(where: { isDark(x, $0) }) {
          (row, last, gap) = (next, x, 0)
        } else {
          gap += 1
        }
        x += step
      }
      return last
    }
    let left = rules.map { end(of: $0, step: -1) }.sorted()[rules.count / 2] - thickness
    let right = rules.map { end(of: $0, step: 1) }.sorted()[rules.count / 2] + thickness
    let rows = rules.map(\.row)
    var count = 0
    for row in (rows.min() ?? 0)...(rows.max() ?? 0) {
      for x in 0..<picture.width where (x < left || x > right) && isDark(x, row) { count += 1 }
    }
    return count <= dirtPixels
  }

  /// Whether a row of a strip is mostly paper; beyond the picture it is.
  private static func isLight(_ dark: [Int], _ row: Int, _ width: Int) -> Bool {
    !dark.indices.contains(row) || 2 * dark[row] < width
  }

  /// The grey of the paper; nil where nothing much of the picture is of one light grey.
  private static func paper(of picture: Bitmap) -> Int? {
    var counts = [Int](repeating: 0, count: 256)
    for row in 0..<picture.height {
      let start = row * picture.bytesPerRow
      for value in picture.pixels[start..<start + picture.width] { counts[Int(value)] += 1 }
    }
    let paper = (128...255).max { counts[$0] < counts[$1] } ?? 255
    let near = counts[max(0, paper - paperSpread)...min(255, paper + paperSpread)].reduce(0, +)
    return Double(near) >= paperShare * Double(picture.width * picture.height) ? paper : nil
  }
}
