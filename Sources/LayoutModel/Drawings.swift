package import PageGeometry

/// Drawn shapes of a page, sorted into rulings, shadings, diagonal lines and the rest.
///
/// Producers draw a rule as a stroke, as a thin filled rectangle, as both sides of a stroked
/// rectangle, or dash by dash; here each piece becomes a ruling of its own. Joining pieces is the
/// business of table reconstruction. Extractors of all formats with pages fill one of these.
package struct Drawings: Hashable, Sendable {
  /// A filled area or stroke is a rule up to this thickness in points, and shading above it.
  ///
  /// Rules of printed tables are up to 3 points thick; the smallest shaded row is a line of
  /// 5 point type.
  package static let maximumRuleThickness = 4.0
  /// A line that leaves its axis by less than this many points over its whole length is upright.
  package static let uprightTolerance = 0.5

  package private(set) var rulings: [Ruling] = []
  package private(set) var diagonals: [Diagonal] = []
  package private(set) var shadings: [Shading] = []
  package private(set) var freeforms: [Rect] = []

  package init() {}

  /// Adds a stroked straight line.
  package mutating func addSegment(
    from start: Point, to end: Point, width: Double, color: UInt32
  ) {
    let x = Interval(start.x, end.x)
    let y = Interval(start.y, end.y)
    let isHorizontal = y.length <= Self.uprightTolerance
    guard isHorizontal || x.length <= Self.uprightTolerance else {
      diagonals.append(Diagonal(start: start, end: end))
      return
    }
    if width > Self.maximumRuleThickness {
      let half = width / 2
      let box =
        isHorizontal
        ? Rect(x: x, y: Interval(y.middle - half, y.middle + half))
        : Rect(x: Interval(x.middle - half, x.middle + half), y: y)
      shadings.append(Shading(box: box, color: color))
      return
    }
    rulings.append(
      isHorizontal
        ? Ruling(
          axis: .horizontal, position: y.middle, extent: x, thickness: width, color: color)
        : Ruling(axis: .vertical, position: x.middle, extent: y, thickness: width, color: color))
  }

  /// Adds a filled shape by its box, which a rectangle fills and other shapes do not.
  package mutating func addFill(_ box: Rect, isRectangle: Bool, color: UInt32) {
    let x = box.xInterval
    let y = box.yInterval
    let isThinAcross = y.length <= Self.maximumRuleThickness
    let isThinDown = x.length <= Self.maximumRuleThickness
    // A small square may be a dot of a dotted rule or the join of two rules: it counts as both.
    if isThinAcross, x.length >= y.length {
      rulings.append(
        Ruling(
          axis: .horizontal, position: y.middle, extent: x, thickness: y.length, color: color))
    }
    if isThinDown, y.length >= x.length {
      rulings.append(
        Ruling(axis: .vertical, position: x.middle, extent: y, thickness: x.length, color: color))
    }
    guard !isThinAcross, !isThinDown else { return }
    if isRectangle {
      shadings.append(Shading(box: box, color: color))
    } else {
      freeforms.append(box)
    }
  }

  /// Adds the box of what no table is drawn with.
  package mutating func addFreeform(_ box: Rect) {
    freeforms.append(box)
  }
}
