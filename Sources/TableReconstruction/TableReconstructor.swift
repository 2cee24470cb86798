import DocumentModel
import LayoutAnalysis
package import LayoutModel
package import PageGeometry

/// Finds the tables of a page: the stages in order.
///
/// Read this first. Rulings come before everything else, because they say exactly where cells are;
/// what they do not enclose is left to the analysis of text.
package enum TableReconstructor {
  /// The tables of a page and the glyphs outside them.
  package struct Result: Sendable {
    package var tables: [PageGrid]
    /// Positions in the page's glyphs, ascending.
    package var remainingGlyphs: [Int]
    /// Boxes of charts, maps and diagrams: no tables are to be looked for in them.
    package var drawings: [Rect]

    /// Sorts the words that run to the right into labels of drawings and all others.
    package func labels(among words: [Word]) -> (inDrawings: [Word], others: [Word]) {
      let upright = words.filter { $0.direction == .right }
      guard !drawings.isEmpty else { return ([], upright) }
      let isLabel = upright.map { word in
        drawings.contains {
          $0.contains(
            Point(x: word.box.midX, y: word.box.midY),
            tolerance: TableThresholds.labelDistance * word.size)
        }
      }
      return (
        zip(upright, isLabel).filter(\.1).map(\.0), zip(upright, isLabel).filter { !$1 }.map(\.0)
      )
    }
  }

  /// The ruled tables of a page.
  ///
  /// - Parameters:
  ///   - page: A page turned upright.
  ///   - visibleGlyphs: Positions of the glyphs that a reader sees, ascending.
  ///   - previous: The table at the end of the page before, if one stands there.
  /// - Returns: The tables and what is outside of them.
  package static func tables(
    on page: PageLayout, visibleGlyphs: [Int], after previous: PageGrid? = nil
  ) -> Result {
    let lines = RulingMerger.lines(of: page.rulings)
    let found = RulingLattice.lattices(of: lines) {
      isTitleRow($0, after: previous, on: page, glyphs: visibleGlyphs)
    }
    let lattices = found.filter { $0.cells.count > 1 }
    let partition = GlyphPartition(page: page, lattices: lattices, glyphs: visibleGlyphs)
    let drawings = DrawingFinder(
      page: page, lattices: lattices, inside: partition.inside,
      frames: found.filter { $0.cells.count == 1 }.map(\.box)
    ).find()
    let words = WordBuilder(page: page)
    var tables: [PageGrid] = []
    var remaining = partition.outside
    for (index, lattice) in lattices.enumerated() {
      guard !drawings.isDrawing[index], lattice.xs.count > 2 else {
        remaining += partition.inside[index].joined()
        continue
      }
      let refined = LatticeRefiner(
        lattice: lattice, words: partition.inside[index].map { words.words(from: $0) })
      guard !refined.holdsTables,
        let table = CellGridBuilder.grid(of: refined.lattice, words: refined.words, page: page)
      else {
        remaining += partition.inside[index].joined()
        continue
      }
      tables.append(FramedText.removed(from: table))
    }
    return Result(tables: tables, remainingGlyphs: remaining.sorted(), drawings: drawings.areas)
  }

  /// Boxes of the cells that rulings enclose, before anything is known of their content.
  ///
  /// For recognition, which reads each of them by itself. A cell around other tables is left out.
  ///
  /// - Parameter rulings: Drawn pieces in any order, upright.
  /// - Returns: Boxes that do not overlap, table by table, row by row.
  package static func cellBoxes(of rulings: [Ruling]) -> [Rect] {
    let lattices = RulingLattice.lattices(of: RulingMerger.lines(of: rulings))
    let boxes = lattices.map(\.box)
    return lattices.indices.flatMap { index in
      lattices[index].cells.map(lattices[index].box).filter { cell in
        !boxes.indices.contains {
          $0 != index && cell.contains(boxes[$0], tolerance: TableThresholds.sameLine)
        }
      }
    }
  }

  /// The tables among the words that no lattice encloses.
  ///
  /// - Parameters:
  ///   - lines: Lines outside of ruled tables, whole baselines.
  ///   - page: The page that they are on.
  ///   - ruled: The ruled tables of the page.
  ///   - previous: The table without full rulings at the end of the page before.
  ///   - edges: The column edges that the last table has on the next page.
  /// - Returns: Tables from top to bottom, and the lines that are not in any of them; lines of two
  ///   columns of text are two.
  package static func unruledTables(
    in lines: [Line], on page: PageLayout, beside ruled: [PageGrid],
    after previous: PageGrid? = nil,
    goingOnWith edges: [Double]? = nil
  ) -> (tables: [PageGrid], lines: [Line]) {
    guard lines.contains(where: hasGap) else { return ([], lines) }
    let rules = RulingMerger.lines(of: page.rulings).filter { line in
      line.axis == .horizontal
        && !ruled.contains {
          $0.box.expanded(by: 2).contains(Point(x: line.extent.middle, y: line.position))
        }
    }
    let seamed = SeamedTables(
      page: page, rules: rules,
      seams: SeamFinder.tables(of: page.rulings, shadings: page.shadings, beside: ruled.map(\.box)),
      previous: previous
    ).tables(in: lines)
    let parts = TextColumns(lines: seamed.lines, rules: rules).parts()
    let occupied = (ruled + seamed.tables).map(\.box)
    var tables = seamed.tables
    var left: [Line] = []
    let segments = parts.flatMap { part in
      SideBySide(rows: part.map(TextRow.init), rules: rules, shadings: page.shadings).segments()
    }
    for (index, segment) in segments.enumerated() {
      let finder = TableRegionFinder(
        rows: segment, rules: rules, occupied: occupied,
        bands: ShadedBands(shadings: page.shadings, rows: segment))
      var taken = [Bool](repeating: false, count: segment.count)
      var limit = 0
      func add(
        _ region: TableRegionFinder.Region, _ known: UnruledTableBuilder.Known? = nil,
        goingOnWith edges: [Double]? = nil
      ) {
        let builder = UnruledTableBuilder(
          page: page, rows: segment, region: region, limit: limit, rules: rules,
          shadings: page.shadings)
        guard var table = builder.table(known) else { return }
        if let edges, edges.count == table.grid.columnEdges.count { table.grid.columnEdges = edges }
        tables.append(table.grid)
        for row in table.rows { taken[row] = true }
        limit = table.rows.upperBound
      }
      if index == 0, let previous {
        let continued = ContinuedRows(
          rows: segment, table: previous,
          limit: occupied.map(\.minY).min() ?? .infinity)
        if let heads = RepeatedHeads(rows: segment, table: previous).found(),
          let end = finder.regions(from: heads.rows.lowerBound).first(where: {
            $0.rows.contains(heads.rows.upperBound)
          })?.rows.upperBound ?? continued.end(below: heads.rows)
        {
          add(
            .init(rows: heads.rows.lowerBound..<end, top: nil, bottom: nil),
            .repeating(previous.columnEdges, heads))
        } else if let range = continued.range() {
          add(
            .init(rows: range, top: nil, bottom: nil),
            .before(continued.edges(of: range), repeatingHeads: false),
            goingOnWith: previous.columnEdges)
        }
      }
      let regions = finder.regions(from: limit)
      for (place, region) in regions.enumerated() {
        let isFirst = index == 0 && place == 0
        let isLast = index + 1 == segments.count && place + 1 == regions.count
        if isLast, let edges {
          add(region, .behind(edges))
        } else if isFirst, let previous, repeatsHead(segment[region.rows.lowerBound], of: previous)
        {
          add(region, .before(previous.columnEdges, repeatingHeads: true))
        } else {
          add(region)
        }
      }
      left += zip(segment, taken).filter { !$1 }.map { LineBuilder.line(of: $0.0.words) }
    }
    guard !tables.isEmpty else { return ([], parts.flatMap(\.self)) }
    return (tables, left)
  }

  /// Whether the first row of a region says the same as that of a table on the page before.
  private static func repeatsHead(_ row: TextRow, of table: PageGrid) -> Bool {
    let head = table.grid.cells.filter { $0.rows.contains(0) && !$0.text.isEmpty }
    let texts = head.map(\.text.withoutSpaces)
    return !texts.isEmpty
      && row.chunks.allSatisfy { chunk in
        let line = chunk.words.map(\.text).joined().withoutSpaces
        return texts.contains { $0.hasPrefix(line) }
      }
  }

  /// Whether a line has white in it that may be a gutter.
  private static func hasGap(_ line: Line) -> Bool {
    let words = line.words
    return words.indices.dropFirst().contains { index in
      let white = words[index].box.minX - words[index - 1].box.maxX
      return white >= TableThresholds.chunkGap * words[index].size
    }
  }

  /// Whether the text between two lines is one line of type in the middle of a row.
  ///
  /// A heading between two tables stands at the left with room around it; a row of the table stands
  /// in the middle of its width, or fits as tightly as the other rows do. Under a line that stands alone
  /// such a fit says something only where a table of this width goes on from the page before.
  private static func isTitleRow(
    _ row: RulingLattice.OpenRow, after previous: PageGrid?, on page: PageLayout, glyphs: [Int]
  ) -> Bool {
    let box = row.box
    let inside = glyphs.lazy.map { page.glyphs[$0] }.filter {
      $0.direction == .right && box.contains($0.origin)
    }
    guard let first = inside.first else { return false }
    let left = inside.map(\.origin.x).min() ?? box.minX
    let right = inside.map { $0.origin.x + $0.advance }.max() ?? box.maxX
    let isCentered = abs(left - box.minX - (box.maxX - right)) <= 0.1 * box.width
    let goesOn =
      if let previous {
        abs(previous.box.minX - box.minX) <= TableThresholds.reach
          && abs(previous.box.maxX - box.maxX) <= TableThresholds.reach
      } else { false }
    guard isCentered || row.isTight && (goesOn || !row.isTopmost) else { return false }
    let middle = first.origin.y - 0.35 * first.size
    return box.height <= TableThresholds.titleRowHeight * first.size
      && abs(middle - box.midY) <= 0.35 * first.size + 0.1 * box.height
      && inside.allSatisfy { abs($0.origin.y - first.origin.y) <= 0.2 * first.size }
  }
}
