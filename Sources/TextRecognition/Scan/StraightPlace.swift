import Glibc
package import PageGeometry

/// Places of the upright, straightened page and of the page as it is displayed.
package struct StraightPlace: Hashable, Sendable {
  /// Makes the displayed page upright.
  package let turn: QuarterTurn
  /// By how many degrees clockwise the upright page was then turned around its middle.
  package let degrees: Double

  package init(turn: QuarterTurn, degrees: Double) {
    self.turn = turn
    self.degrees = degrees
  }

  /// Where a box of the displayed page is on the straight one; its size is kept.
  func upright(_ box: Rect) -> Rect { rotated(turn.apply(box), by: degrees) }

  /// Where a box of the straight page is on the displayed one; its size is kept.
  package func displayed(_ box: Rect) -> Rect { turn.inverse.apply(rotated(box, by: -degrees)) }

  private func rotated(_ box: Rect, by degrees: Double) -> Rect {
    guard degrees != 0 else { return box }
    let angle = degrees * Double.pi / 180
    let x = box.midX - turn.turnedWidth / 2
    let y = box.midY - turn.turnedHeight / 2
    // y points downwards, so clockwise is the positive sense.
    let dx = x * cos(angle) - y * sin(angle) - x
    let dy = x * sin(angle) + y * cos(angle) - y
    return Rect(minX: box.minX + dx, minY: box.minY + dy, maxX: box.maxX + dx, maxY: box.maxY + dy)
  }
}
