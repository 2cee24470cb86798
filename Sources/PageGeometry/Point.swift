/// A place on a page, in PDF points (1/72 inch) from the page's top-left corner, y downwards.
public struct Point: Hashable, Sendable {
  /// Distance from the left edge of the page.
  public var x: Double
  /// Distance from the top edge of the page.
  public var y: Double

  /// Creates a point from its two coordinates.
  public init(x: Double, y: Double) {
    self.x = x
    self.y = y
  }
}
