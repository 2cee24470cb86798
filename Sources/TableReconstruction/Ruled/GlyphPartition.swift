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
    for index in glyphs {
      let center = Self.center(of: page.glyphs[index])
      // The smallest lattice wins: a table inside a frame is not part of the frame's grid.
      let candidates = boxes.indices.filter { boxes[$0].contains(center) }
      guard let lattice = candidates.min(by: { boxes[$0].area < boxes[$1].area }) else {
        outside.append(index)
        continue
      }
      let grid = lattices[lattice]
      let row = min(grid.ys.partitioningIndex { $0 > center.y } - 1, grid.ys.count - 2)
      let column = min(grid.xs.partitioningIndex { $0 > center.x } - 1, grid.xs.count - 2)
      let cell = owners[lattice][max(0, row) * (grid.xs.count - 1) + max(0, column)]
      inside[lattice][cell].append(index)
    }
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
