import LayoutModel
import PageGeometry

/// Finds the charts, maps and diagrams of a page, whose lines and labels look like a table's.
///
///     │  ┌─┐                 The area around bars of different heights is no rectangle, and the
///     │  │ │  ┌─┐            cells of a table all are. Lines behind a curve have one column or
///     │  │ │  │ │            next to no text between them. Curves and slanted lines run across
///     └──┴─┴──┴─┴──          the cells that a table would have, or through one without text
///                            that is most of it.
///
/// A drawing takes in the frame or ground around it, where there is one. Its texts stay what they
/// are, texts; they only are no rows of a table.
struct DrawingFinder {
  let page: PageLayout
  /// Lattices of more than one cell.
  let lattices: [RulingLattice]
  /// For each lattice, for each of its cells, positions in the page's glyphs.
  let inside: [[[Int]]]
  /// Boxes of one cell: frames around anything.
  let frames: [Rect]

  /// What was found on a page.
  struct Result {
    /// For each lattice, whether it is a drawing.
    var isDrawing: [Bool]
    /// The boxes of drawings, from top to bottom.
    var areas: [Rect]
  }

  func find() -> Result {
    let marks = page.freeforms.filter { min($0.width, $0.height) >= TableThresholds.drawnMark }
      .sorted { ($0.area, $0.minY, $0.minX) > ($1.area, $1.minY, $1.minX) }
      .prefix(TableThresholds.maximumLines)
    let isDrawing = lattices.indices.map { isChart(lattices[$0], inside[$0], marks: marks) }
    let areas = zip(lattices, isDrawing).filter(\.1).map(\.0.box) + plots(of: marks)
    return Result(isDrawing: isDrawing, areas: Self.joined(areas.map(withFrame)))
  }

  /// Boxes that touch, as one, from top to bottom.
  private static func joined(_ boxes: [Rect]) -> [Rect] {
    var result: [Rect] = []
    for box in boxes.sorted(by: { ($0.minY, $0.minX) < ($1.minY, $1.minX) }) {
      if let index = result.firstIndex(where: { $0.intersection(box) != nil }) {
        result[index] = result[index].union(box)
      } else {
        result.append(box)
      }
    }
    return result
  }

  // MARK: - Lattices

  private func isChart(_ lattice: RulingLattice, _ inside: [[Int]], marks: ArraySlice<Rect>) -> Bool
  {
    if lattice.undrawnShare > TableThresholds.undrawnWalls { return true }
    let isFilled = inside.map { cell in
      cell.contains { !page.glyphs[$0].scalar.properties.isWhitespace }
    }
    if hasPlot(lattice, isFilled, marks: marks) { return true }
    let filled = isFilled.count(where: { $0 })
    let count = lattice.cells.count
    if lattice.xs.count == 2 || lattice.ys.count == 2 {
      return count >= 3 && filled * 2 < count && crossings(lattice, marks: marks) > 0
        || count >= 5 && filled * 3 <= count
    }
    guard filled * 2 < count else { return false }
    if crossings(lattice, marks: marks) > 0 { return true }
    // A form to be filled in has its heads; lines behind a chart have a legend at most.
    let heads = lattice.cells.indices.filter { lattice.cells[$0].rows.lowerBound == 0 }
    let hasHeads = heads.count { isFilled[$0] } * 3 >= heads.count * 2
    return !hasHeads && count > 24 && filled * 6 < count
  }

  /// Whether a cell without text takes up most of a lattice, and curves or a plotted line run over
  /// most of the cell's width.
  private func hasPlot(
    _ lattice: RulingLattice, _ isFilled: [Bool], marks: ArraySlice<Rect>
  ) -> Bool {
    let blank = lattice.cells.indices.first {
      !isFilled[$0] && lattice.box(of: lattice.cells[$0]).area > 0.5 * lattice.box.area
    }
    guard let box = blank.map({ lattice.box(of: lattice.cells[$0]) }) else { return false }
    let curves = curves(in: box, marks: marks)
    let slanted = page.diagonals.filter { box.contains($0.start) && box.contains($0.end) }
    var drawn = curves.map(\.xInterval)
    if slanted.count >= TableThresholds.plottedSegments {
      drawn += slanted.map { Interval($0.start.x, $0.end.x) }
    }
    return LineSet.merged(drawn).reduce(0) { $0 + $1.length } > 0.5 * box.width
  }

  /// How many curves, plotted lines and bundles of slanted lines run across cells.
  private func crossings(_ lattice: RulingLattice, marks: ArraySlice<Rect>) -> Int {
    let curves = curves(in: lattice.box, marks: marks).count {
      Self.isCrossed(lattice.xs, by: $0.xInterval) || Self.isCrossed(lattice.ys, by: $0.yInterval)
    }
    let slanted = page.diagonals.count { line in
      guard lattice.box.contains(line.start), lattice.box.contains(line.end) else { return false }
      return Self.isCrossed(lattice.xs, by: Interval(line.start.x, line.end.x))
        || Self.isCrossed(lattice.ys, by: Interval(line.start.y, line.end.y))
    }
    return curves + slanted / TableThresholds.plottedSegments
  }

  /// The curves that lie in a box, without those around it.
  private func curves(in box: Rect, marks: ArraySlice<Rect>) -> [Rect] {
    marks.filter {
      box.contains(Point(x: $0.midX, y: $0.midY))
        && !$0.contains(box, tolerance: TableThresholds.reach)
    }
  }

  private static func isCrossed(_ edges: [Double], by interval: Interval) -> Bool {
    edges.dropFirst().dropLast().contains {
      $0 > interval.lower + TableThresholds.reach && $0 < interval.upper - TableThresholds.reach
    }
  }

  // MARK: - Curves without lattices

  /// Areas of large curves with few texts between them.
  private func plots(of marks: ArraySlice<Rect>) -> [Rect] {
    let large = marks.filter {
      min($0.width, $0.height) >= TableThresholds.plotSide && !isGround($0)
    }
    guard !large.isEmpty, large.count <= TableThresholds.maximumPlots else { return [] }
    let margin = TableThresholds.openSide / 2
    let areas = Self.joined(large.map { $0.expanded(by: margin) }).map { $0.expanded(by: -margin) }
    return areas.filter { !isGround($0) && textShare(of: $0) < TableThresholds.labelledShare }
  }

  /// A shape behind a page or most of it is its ground.
  private func isGround(_ box: Rect) -> Bool {
    box.area > 0.4 * page.width * page.height
  }

  /// The share of an area that letters take up.
  private func textShare(of area: Rect) -> Double {
    let inked = page.glyphs.reduce(0.0) { sum, glyph in
      guard area.contains(glyph.origin), !glyph.scalar.properties.isWhitespace else { return sum }
      return sum + glyph.advance * glyph.size
    }
    return inked / max(area.area, 1)
  }

  // MARK: - Frames

  /// The largest frame or ground around a drawing that is not much larger; else the drawing.
  private func withFrame(_ area: Rect) -> Rect {
    let around = (frames + page.shadings.map(\.box)).filter {
      $0.contains(area, tolerance: TableThresholds.reach) && !isGround($0)
        && $0.area <= TableThresholds.frameArea * area.area
    }
    return around.max { $0.area < $1.area } ?? area
  }
}
