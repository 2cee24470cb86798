import Glibc
package import PageGeometry

/// How a scanned page lies askew: places of the page as displayed and of the page made straight.
///
/// The straight page is the displayed one turned around its middle by a few degrees. Boxes keep their
/// size and follow their middle, since a box that holds its turned corners says less.
package struct PageSkew: Hashable, Sendable {
  /// What makes the page straight, in degrees clockwise.
  package let degrees: Double
  /// Of the page, in points.
  package let width: Double
  /// Of the page, in points.
  package let height: Double

  package init(degrees: Double, width: Double, height: Double) {
    self.degrees = degrees
    self.width = width
    self.height = height
  }

  /// Where a box of the displayed page is on the straight one.
  package func straight(_ box: Rect) -> Rect { turned(box, by: degrees) }

  /// Where a box of the straight page is on the displayed one.
  package func displayed(_ box: Rect) -> Rect { turned(box, by: -degrees) }

  private func turned(_ box: Rect, by degrees: Double) -> Rect {
    guard degrees != 0 else { return box }
    let angle = degrees * Double.pi / 180
    let x = box.midX - width / 2
    let y = box.midY - height / 2
    // y points downwards, so clockwise is the positive sense.
    let dx = x * cos(angle) - y * sin(angle) - x
    let dy = x * sin(angle) + y * cos(angle) - y
    return Rect(minX: box.minX + dx, minY: box.minY + dy, maxX: box.maxX + dx, maxY: box.maxY + dy)
  }
}
