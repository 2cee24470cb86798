import LayoutModel
import PageGeometry
import PopplerCore

/// Sorts drawn shapes into rulings, shadings and diagonal lines.
///
/// Producers draw a rule as a stroke, as a thin filled rectangle, as both sides of a stroked
/// rectangle, or dash by dash; here each piece becomes a ruling of its own. Joining pieces is the
/// business of table reconstruction.
enum RulingReader {
  /// A filled area or stroke is a rule up to this thickness in points, and shading above it.
  ///
  /// Rules of printed tables are up to 3 points thick; the smallest shaded row is a line of
  /// 5 point type.
  static let maximumRuleThickness = 4.0

  struct Drawings {
    var rulings: [Ruling] = []
    var diagonals: [Diagonal] = []
    var shadings: [Shading] = []
    var freeforms: [Rect] = []
  }

  static func drawings(of page: PopplerPage) -> Drawings {
    page.withShapes { shapes in
      var drawings = Drawings()
      for index in shapes.indices {
        let shape = shapes[index]
        let x = Interval(shape.x0, shape.x1)
        let y = Interval(shape.y0, shape.y1)
        switch UInt32(shape.kind) {
        case bhShapeSegment.rawValue: addSegment(shape, x, y, to: &drawings)
        case bhShapeFill.rawValue: addFill(shape, x, y, to: &drawings)
        default: drawings.freeforms.append(Rect(x: x, y: y))
        }
      }
      return drawings
    }
  }

  private static func addSegment(
    _ shape: bhShape, _ x: Interval, _ y: Interval, to drawings: inout Drawings
  ) {
    let isHorizontal = y.length <= 0.5
    guard isHorizontal || x.length <= 0.5 else {
      drawings.diagonals.append(
        Diagonal(start: Point(x: shape.x0, y: shape.y0), end: Point(x: shape.x1, y: shape.y1)))
      return
    }
    if shape.width > maximumRuleThickness {
      let half = shape.width / 2
      let box =
        isHorizontal
        ? Rect(x: x, y: Interval(y.middle - half, y.middle + half))
        : Rect(x: Interval(x.middle - half, x.middle + half), y: y)
      drawings.shadings.append(Shading(box: box, color: shape.color))
      return
    }
    drawings.rulings.append(
      isHorizontal
        ? Ruling(
          axis: .horizontal, position: y.middle, extent: x, thickness: shape.width,
          color: shape.color)
        : Ruling(
          axis: .vertical, position: x.middle, extent: y, thickness: shape.width,
          color: shape.color))
  }

  private static func addFill(
    _ shape: bhShape, _ x: Interval, _ y: Interval, to drawings: inout Drawings
  ) {
    let isThinAcross = y.length <= maximumRuleThickness
    let isThinDown = x.length <= maximumRuleThickness
    // A small square may be a dot of a dotted rule or the join of two rules: it counts as both.
    if isThinAcross, x.length >= y.length {
      drawings.rulings.append(
        Ruling(
          axis: .horizontal, position: y.middle, extent: x, thickness: y.length, color: shape.color)
      )
    }
    if isThinDown, y.length >= x.length {
      drawings.rulings.append(
        Ruling(
          axis: .vertical, position: x.middle, extent: y, thickness: x.length, color: shape.color))
    }
    guard !isThinAcross, !isThinDown else { return }
    if shape.isRectangle != 0 {
      drawings.shadings.append(Shading(box: Rect(x: x, y: y), color: shape.color))
    } else {
      drawings.freeforms.append(Rect(x: x, y: y))
    }
  }
}
