package import LayoutModel
import PageGeometry

/// Two pages side by side on one picture, as an open book lies on the glass.
///
/// Behind recognition and before analysis: a sheet that is wider than high, with white over its whole
/// height near its middle that no text and no rule crosses, may be two pages; a wide table or a page of
/// two columns may look the same. So something else must speak for two pages: the shadow of the
/// fold, page numbers that follow each other, running text in both halves, or lines at different heights.
/// A row of a table has its values at one height in both halves.
package enum DoublePage {
  /// Width over height of a double page: from two narrow pages to two square ones.
  private static let proportions = 1.15...2.1
  /// How far from the middle the fold is, as a share of the width.
  private static let slack = 0.06
  /// The white at the fold: two inner margins, as a share of the width.
  private static let minimumGutter = 0.035
  /// Each half has at least this many lines.
  private static let minimumLines = 3
  /// Baselines that differ by less than this share of the type size are at one height.
  private static let sameHeight = 0.35
  /// In two pages, no more than this share of the lines have one at their height in the other half.
  private static let alignedShare = 0.6
  /// A line of running text fills this share of its half with letters; margins and spaces are the rest.
  private static let proseWidth = 0.45
  /// Page numbers stand in this share of the height at the head or foot.
  private static let folioShare = 0.12
  /// The shadow of the fold is seen over this share of the height.
  private static let shadowShare = 0.4

  /// Where the fold is; nil on a single page.
  ///
  /// - Parameter page: Upright and straight.
  /// - Returns: x of the fold.
  package static func fold(of page: PageLayout) -> Double? {
    guard page.height > 0, proportions.contains(page.width / page.height) else { return nil }
    let middle = page.width / 2
    let zone = Interval(
      middle - (slack + minimumGutter) * page.width, middle + (slack + minimumGutter) * page.width)
    let shadows = page.rulings.filter {
      $0.axis == .vertical && abs($0.position - middle) <= slack * page.width
        && $0.extent.length >= shadowShare * page.height
    }
    var taken = page.glyphs.map { Interval($0.origin.x, $0.origin.x + $0.advance) }
    taken += page.rulings.filter { $0.axis == .horizontal }.map(\.extent)
    guard let gutter = widestGap(in: zone, between: taken),
      gutter.length >= minimumGutter * page.width,
      abs(gutter.middle - middle) <= slack * page.width
    else { return nil }
    let fold = min(max(middle, gutter.lower), gutter.upper)
    let left = lines(page.glyphs.filter { $0.origin.x < fold })
    let right = lines(page.glyphs.filter { $0.origin.x >= fold })
    guard left.count >= minimumLines, right.count >= minimumLines else { return nil }
    let isFolded = shadows.contains { gutter.lower <= $0.position && $0.position <= gutter.upper }
    let halves = (left: fold, right: page.width - fold)
    guard
      isFolded || follow(left, right, height: page.height)
        || isProse(left, width: halves.left) && isProse(right, width: halves.right)
        || !areAligned(left, right)
    else { return nil }
    return fold
  }

  /// The two pages, each with the number of the sheet.
  ///
  /// Rules go to the half in which most of them lies.
  package static func halves(of page: PageLayout, fold: Double) -> (PageLayout, PageLayout) {
    func half(_ x: Interval) -> PageLayout {
      var result = page
      result.width = x.length
      result.glyphs = []
      result.confidences = []
      for (index, glyph) in page.glyphs.enumerated()
      where (glyph.origin.x < fold) == (x.lower < fold) {
        var moved = glyph
        moved.origin.x -= x.lower
        result.glyphs.append(moved)
        if !page.confidences.isEmpty { result.confidences.append(page.confidences[index]) }
      }
      result.rulings = page.rulings.compactMap { ruling in
        let place = ruling.axis == .vertical ? ruling.position : ruling.extent.middle
        guard (place < fold) == (x.lower < fold) else { return nil }
        var moved = ruling
        if ruling.axis == .vertical {
          moved.position -= x.lower
        } else {
          moved.extent = Interval(ruling.extent.lower - x.lower, ruling.extent.upper - x.lower)
        }
        return moved
      }
      return result
    }
    return (half(Interval(0, fold)), half(Interval(fold, page.width)))
  }

  // MARK: - The fold

  private static func widestGap(in zone: Interval, between taken: [Interval]) -> Interval? {
    var gaps: [Interval] = []
    var start = zone.lower
    for interval in taken.sorted(by: { ($0.lower, $0.upper) < ($1.lower, $1.upper) })
    where interval.upper > zone.lower && interval.lower < zone.upper {
      if interval.lower > start { gaps.append(Interval(start, interval.lower)) }
      start = max(start, interval.upper)
    }
    if zone.upper > start { gaps.append(Interval(start, zone.upper)) }
    return gaps.max { $0.length < $1.length }
  }

  // MARK: - What speaks for two pages

  /// Glyphs on one baseline.
  private struct BaseLine {
    var baseline: Double
    var size: Double
    var width: Double
    var glyphs: [Glyph]
  }

  private static func lines(_ glyphs: [Glyph]) -> [BaseLine] {
    var result: [BaseLine] = []
    for glyph in glyphs.sorted(by: { ($0.origin.y, $0.origin.x) < ($1.origin.y, $1.origin.x) })
    where glyph.scalar != " " {
      if let last = result.last, glyph.origin.y - last.baseline <= sameHeight * last.size {
        result[result.count - 1].width += glyph.advance
        result[result.count - 1].glyphs.append(glyph)
      } else {
        result.append(
          BaseLine(
            baseline: glyph.origin.y, size: glyph.size, width: glyph.advance, glyphs: [glyph]))
      }
    }
    return result
  }

  /// Whether most lines of the half with fewer lines have one at their height in the other half.
  private static func areAligned(_ left: [BaseLine], _ right: [BaseLine]) -> Bool {
    let (few, many) = left.count < right.count ? (left, right) : (right, left)
    let aligned = few.count { line in
      many.contains { abs($0.baseline - line.baseline) <= sameHeight * line.size }
    }
    return Double(aligned) > alignedShare * Double(few.count)
  }

  /// Whether half of the lines are filled with text.
  private static func isProse(_ lines: [BaseLine], width: Double) -> Bool {
    2 * lines.count { $0.width >= proseWidth * width } >= lines.count
  }

  /// Whether both halves have a page number at their head or foot, one more at the right.
  private static func follow(_ left: [BaseLine], _ right: [BaseLine], height: Double) -> Bool {
    func folio(_ line: BaseLine?) -> Int? {
      guard let line,
        line.baseline < folioShare * height || line.baseline > (1 - folioShare) * height
      else { return nil }
      let digits = line.glyphs.sorted { $0.origin.x < $1.origin.x }.filter {
        $0.scalar.properties.numericType == .decimal
      }
      guard (1...4).contains(digits.count), line.glyphs.count - digits.count <= 6 else {
        return nil
      }
      return Int(String(scalars: digits.map(\.scalar)))
    }
    func follows(_ one: BaseLine?, _ two: BaseLine?) -> Bool {
      guard let first = folio(one), let second = folio(two) else { return false }
      return second == first + 1
    }
    return follows(left.last, right.last) || follows(left.first, right.first)
  }
}
