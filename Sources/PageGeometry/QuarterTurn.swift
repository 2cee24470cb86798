/// A turn of a page by 0, 90, 180 or 270 degrees clockwise, and back.
///
/// `apply` takes places on a page of the given size to places on the turned page; both have their
/// origin at their own top-left corner.
public struct QuarterTurn: Hashable, Sendable {
  /// How many quarters clockwise: 0 to 3.
  public let quarters: Int
  /// Width of the page before the turn, in points.
  public let width: Double
  /// Height of the page before the turn, in points.
  public let height: Double

  /// Creates a turn of a page; any number of quarters is taken modulo four.
  public init(quarters: Int, width: Double, height: Double) {
    self.quarters = ((quarters % 4) + 4) % 4
    self.width = width
    self.height = height
  }

  /// Width of the turned page.
  public var turnedWidth: Double { quarters % 2 == 0 ? width : height }
  /// Height of the turned page.
  public var turnedHeight: Double { quarters % 2 == 0 ? height : width }

  /// The turn that undoes this one.
  public var inverse: QuarterTurn {
    QuarterTurn(quarters: -quarters, width: turnedWidth, height: turnedHeight)
  }

  /// Where a place of the page is after the turn.
  public func apply(_ point: Point) -> Point {
    switch quarters {
    case 1: Point(x: height - point.y, y: point.x)
    case 2: Point(x: width - point.x, y: height - point.y)
    case 3: Point(x: point.y, y: width - point.x)
    default: point
    }
  }

  /// Where a rectangle of the page is after the turn.
  public func apply(_ rect: Rect) -> Rect {
    guard quarters != 0 else { return rect }
    let a = apply(Point(x: rect.minX, y: rect.minY))
    let b = apply(Point(x: rect.maxX, y: rect.maxY))
    return Rect(x: Interval(a.x, b.x), y: Interval(a.y, b.y))
  }
}
