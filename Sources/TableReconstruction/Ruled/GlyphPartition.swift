import LayoutModel
import PageGeometry

/// Which glyphs of a page stand in which cell of which lattice.
///
/// A glyph belongs where its centre is. Glyphs, not words, are sorted into cells: the text of
/// neighbouring cells may touch, and words are only built afterwards.
struct GlyphPartition {
  /// For each lattice, for each of its cells, positions in the page's glyphs.
  private(set) var inside: [[[Int]]]
  /// Positions of all other glyphs.
  private(set) var outside: [Int] = []

  init(page: PageLayout, lattices: [RulingLattice], glyphs: [Int]) {
    inside = lattices.map { lattice in lattice.cells.map { _ in [] } }
    guard !lattices.isEmpty else {
      outside = glyphs
      return
    }
    let boxes = lattices.map(\.box)
    let owners = lattices.map(Self.owners)
    outside.reserveCapacity(glyphs.count)
    for index in glyphs {
      let center = Self.center(of: page.glyphs[index])
      guard let lattice = Self.smallest(of: boxes, around: center) else {
        outside.append(index)
        continue
      }
      let row = Self.unit(at: center.y, between: lattices[lattice].ys)
      let column = Self.unit(at: center.x, between: lattices[lattice].xs)
      let cell = owners[lattice][row * (lattices[lattice].xs.count - 1) + column]
      inside[lattice][cell].append(index)
    }
  }

  /// The smallest box wins: a table inside a frame is not part of the frame's grid.
  private static func smallest(of boxes: [Rect], around point: Point) -> Int? {
    var smallest: Int?
    for index in boxes.indices where boxes[index].contains(point) {
      if let found = smallest, boxes[found].area <= boxes[index].area { continue }
      smallest = index
    }
    return smallest
  }

  /// The row or column between ascending edges that a place is in.
  private static func unit(at place: Double, between edges: [Double]) -> Int {
    max(0, min(edges.partitioningIndex { $0 > place } - 1, edges.count - 2))
  }

  private static func owners(of lattice: RulingLattice) -> [Int] {
    let columnCount = lattice.xs.count - 1
    var owners = [Int](repeating: 0, count: columnCount * (lattice.ys.count - 1))
    for (index, cell) in lattice.cells.enumerated() {
      for row in cell.rows {
        for column in cell.columns { owners[row * columnCount + column] = index }
      }
    }
    return owners
  }

  /// The middle of a glyph's advance, 0.35 em above its baseline.
  private static func center(of glyph: Glyph) -> Point {
    let along = glyph.advance / 2
    let up = 0.35 * glyph.size
    return switch glyph.direction {
    case .right: Point(x: glyph.origin.x + along, y: glyph.origin.y - up)
    case .down: Point(x: glyph.origin.x + up, y: glyph.origin.y + along)
    case .left: Point(x: glyph.origin.x - along, y: glyph.origin.y + up)
    case .up: Point(x: glyph.origin.x - up, y: glyph.origin.y - along)
    }
  }
}
