/// An upright rectangle on a page, in PDF points from the page's top-left corner, y downwards.
public struct Rect: Hashable, Sendable {
  /// The left edge.
  public var minX: Double
  /// The top edge.
  public var minY: Double
  /// The right edge.
  public var maxX: Double
  /// The bottom edge.
  public var maxY: Double

  /// Creates a rectangle from its four edges; the caller keeps min below max.
  public init(minX: Double, minY: Double, maxX: Double, maxY: Double) {
    self.minX = minX
    self.minY = minY
    self.maxX = maxX
    self.maxY = maxY
  }

  /// Creates the rectangle spanned by two intervals.
  public init(x: Interval, y: Interval) {
    self.init(minX: x.lower, minY: y.lower, maxX: x.upper, maxY: y.upper)
  }

  /// The horizontal extent.
  public var width: Double { maxX - minX }
  /// The vertical extent.
  public var height: Double { maxY - minY }
  /// The horizontal centre.
  public var midX: Double { (minX + maxX) / 2 }
  /// The vertical centre.
  public var midY: Double { (minY + maxY) / 2 }
  /// Left and right edge as an interval.
  public var xInterval: Interval { Interval(minX, maxX) }
  /// Top and bottom edge as an interval.
  public var yInterval: Interval { Interval(minY, maxY) }
  /// The surface in square points.
  public var area: Double { width * height }

  /// The smallest rectangle that holds both.
  public func union(_ other: Rect) -> Rect {
    Rect(
      minX: Swift.min(minX, other.minX), minY: Swift.min(minY, other.minY),
      maxX: Swift.max(maxX, other.maxX), maxY: Swift.max(maxY, other.maxY))
  }

  /// The rectangle that both share, or nil where they do not touch.
  public func intersection(_ other: Rect) -> Rect? {
    let x = (Swift.max(minX, other.minX), Swift.min(maxX, other.maxX))
    let y = (Swift.max(minY, other.minY), Swift.min(maxY, other.maxY))
    guard x.0 <= x.1, y.0 <= y.1 else { return nil }
    return Rect(minX: x.0, minY: y.0, maxX: x.1, maxY: y.1)
  }

  /// Whether the point lies inside, or at most `tolerance` outside.
  public func contains(_ point: Point, tolerance: Double = 0) -> Bool {
    point.x >= minX - tolerance && point.x <= maxX + tolerance
      && point.y >= minY - tolerance && point.y <= maxY + tolerance
  }

  /// Whether the other rectangle lies inside, or at most `tolerance` outside.
  public func contains(_ other: Rect, tolerance: Double = 0) -> Bool {
    other.minX >= minX - tolerance && other.maxX <= maxX + tolerance
      && other.minY >= minY - tolerance && other.maxY <= maxY + tolerance
  }

  /// The rectangle moved outwards by `margin` on every side.
  public func expanded(by margin: Double) -> Rect {
    Rect(minX: minX - margin, minY: minY - margin, maxX: maxX + margin, maxY: maxY + margin)
  }
}
