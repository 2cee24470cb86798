import PageGeometry
import Testing

@testable import LayoutModel

@Suite struct PageSkewTests {
  @Test("A box comes back from the straight page, and keeps its size")
  func inverse() {
    let skew = PageSkew(degrees: 3, width: 600, height: 800)
    let box = Rect(minX: 500, minY: 100, maxX: 540, maxY: 112)
    let straight = skew.straight(box)
    let back = skew.displayed(straight)
    #expect(abs(straight.width - 40) < 1e-9)
    #expect(abs(back.minX - box.minX) < 1e-9 && abs(back.minY - box.minY) < 1e-9)
  }

  @Test("Clockwise moves the right side of a page down")
  func sense() {
    let skew = PageSkew(degrees: 1, width: 600, height: 800)
    let right = Rect(minX: 590, minY: 399, maxX: 592, maxY: 401)
    #expect(skew.straight(right).midY > right.midY)
  }
}
