package import LayoutModel
package import PageGeometry

/// Turns a page so that most of its text runs to the right.
///
/// Wide tables are often set sideways on an upright page. The rest of the program sees such a page
/// upright; `turn.inverse` takes its places back to the page of the original.
package struct UprightPage {
  package var layout: PageLayout
  /// What was done to the page; zero quarters for most.
  package var turn: QuarterTurn

  /// Text must outweigh the other directions by this share of the page's glyphs to turn it.
  static let majority = 0.6

  package init(_ page: PageLayout) {
    turn = QuarterTurn(
      quarters: -Self.clearDirection(of: page), width: page.width, height: page.height)
    layout = turn.quarters == 0 ? page : Self.turned(page, by: turn)
  }

  /// The direction that outweighs the others, in quarters; 0 where none does.
  private static func clearDirection(of page: PageLayout) -> Int {
    let tilted = Glyph.Flags.tilted.rawValue
    var total = 0
    var toTheRight = 0
    for glyph in page.glyphs where glyph.flags.rawValue & tilted == 0 {
      total += 1
      if case .right = glyph.direction { toTheRight += 1 }
    }
    // Most pages are upright: the other directions are only counted where they may win.
    guard Double(toTheRight) <= majority * Double(total) else { return 0 }
    var counts = [0, 0, 0, 0]
    for glyph in page.glyphs where glyph.flags.rawValue & tilted == 0 {
      counts[Int(glyph.direction.rawValue)] += 1
    }
    let dominant = counts.indices.max { counts[$0] < counts[$1] } ?? 0
    return Double(counts[dominant]) > majority * Double(total) ? dominant : 0
  }

  /// The page turned as a whole.
  package static func turned(_ page: PageLayout, by turn: QuarterTurn) -> PageLayout {
    var result = page
    result.width = turn.turnedWidth
    result.height = turn.turnedHeight
    result.glyphs = page.glyphs.map { glyph in
      var turned = glyph
      turned.origin = turn.apply(glyph.origin)
      let raw = (Int(glyph.direction.rawValue) + turn.quarters) % 4
      turned.direction = Glyph.Direction(rawValue: UInt8(raw)) ?? .right
      return turned
    }
    result.rulings = page.rulings.map { self.turned($0, by: turn) }
    result.diagonals = page.diagonals.map {
      Diagonal(start: turn.apply($0.start), end: turn.apply($0.end))
    }
    result.shadings = page.shadings.map { Shading(box: turn.apply($0.box), color: $0.color) }
    result.freeforms = page.freeforms.map(turn.apply)
    result.images = page.images.map {
      var turned = $0
      turned.box = turn.apply($0.box)
      return turned
    }
    return result
  }

  private static func turned(_ ruling: Ruling, by turn: QuarterTurn) -> Ruling {
    let across = Interval(ruling.position, ruling.position)
    let box =
      ruling.axis == .horizontal
      ? Rect(x: ruling.extent, y: across) : Rect(x: across, y: ruling.extent)
    let moved = turn.apply(box)
    var result = ruling
    let staysHorizontal = (ruling.axis == .horizontal) == (turn.quarters % 2 == 0)
    result.axis = staysHorizontal ? .horizontal : .vertical
    result.position = staysHorizontal ? moved.midY : moved.midX
    result.extent = staysHorizontal ? moved.xInterval : moved.yInterval
    return result
  }
}
