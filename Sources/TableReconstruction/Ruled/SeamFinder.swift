import LayoutModel
import PageGeometry

/// Finds the columns of tables whose horizontal lines are drawn cell by cell.
///
///     ───────┬─────┬──────     Many producers draw the lines of a table in one piece a cell.
///     Region │ Men │ Women     On paper they are whole lines without any line between columns,
///     ───────┼─────┼──────     but where the pieces meet (here: the ticks, which are not drawn)
///     East   │   7 │     9     columns do, exactly.
///     ───────┴─────┴──────
///
/// One line says little: two pieces may be two lines. The same seams in several lines over each
/// other are columns.
struct SeamFinder {
  /// Horizontal lines of one table that share their seams.
  struct Table: Equatable {
    /// x of the column edges, ascending: the ends of the lines and the seams in them.
    var edges: [Double]
    /// y of the lines, ascending.
    var lines: [Double]
    /// Which of the lines have seams; others may be part of something else.
    var seamed: ClosedRange<Int>
  }

  /// A line with its seams.
  private struct Chain {
    var position: Double
    /// x of its two ends and of the seams between them, ascending.
    var edges: [Double]
    var extent: Interval { Interval(edges[0], edges[edges.count - 1]) }
  }

  /// - Parameters:
  ///   - rulings: Drawn pieces, as extracted.
  ///   - shadings: Filled areas; their upper and lower edges are pieces like others, since cells may
  ///     be painted one by one.
  ///   - occupied: Boxes of tables that are already known.
  /// - Returns: Tables by their first line.
  /// - Complexity: O(n log n) in pieces, and O(lines × edges).
  static func tables(
    of rulings: [Ruling], shadings: [Shading], beside occupied: [Rect]
  ) -> [Table] {
    let isFree = { (piece: Ruling) in
      piece.axis == .horizontal && piece.extent.length > 0
        && !occupied.contains {
          $0.contains(
            Point(x: piece.extent.middle, y: piece.position), tolerance: TableThresholds.reach)
        }
    }
    let lines = rulings.filter { RulingMerger.isVisible($0) && isFree($0) }
    let edges = shadings.flatMap(edges).filter(isFree)
    let count = lines.count + edges.count
    guard count >= 4, count <= TableThresholds.maximumPieces else { return [] }
    // The edge of one shaded area is no line; those of several side by side are.
    let tiled = chains(of: edges).filter { $0.edges.count > 2 }
    let chains = (chains(of: lines) + tiled).sorted {
      ($0.position, $0.edges[0]) < ($1.position, $1.edges[0])
    }
    let tables = tables(of: chains).filter { $0.edges.count > 2 }
    return tables.count > TableThresholds.maximumTables ? [] : tables
  }

  // MARK: - Lines

  private static func edges(of shading: Shading) -> [Ruling] {
    [shading.box.minY, shading.box.maxY].map {
      Ruling(axis: .horizontal, position: $0, extent: shading.box.xInterval, thickness: 0)
    }
  }

  /// Pieces at one height that follow each other without a gap.
  private static func chains(of pieces: [Ruling]) -> [Chain] {
    let sorted = pieces.sorted {
      ($0.position, $0.extent.lower, $0.extent.upper)
        < ($1.position, $1.extent.lower, $1.extent.upper)
    }
    let groups = Closeness.clusters(
      of: sorted.map(\.position), tolerance: TableThresholds.seam)
    var chains: [Chain] = []
    for group in groups {
      let line = sorted[group].sorted {
        ($0.extent.lower, $0.extent.upper) < ($1.extent.lower, $1.extent.upper)
      }
      var start = 0
      var end = line[0].extent.upper
      for index in line.indices {
        if index > start, line[index].extent.lower > end + TableThresholds.seam {
          chains.append(chain(of: line[start..<index]))
          start = index
          end = line[index].extent.upper
        }
        end = max(end, line[index].extent.upper)
      }
      chains.append(chain(of: line[start...]))
    }
    return chains
  }

  /// A seam is where one piece ends and another one starts.
  private static func chain(of pieces: ArraySlice<Ruling>) -> Chain {
    let starts = pieces.map(\.extent.lower).sorted()
    let ends = pieces.map(\.extent.upper).sorted()
    var edges = [starts[0]]
    var next = 0
    for end in ends {
      while next < starts.count, starts[next] < end - TableThresholds.seam { next += 1 }
      guard next < starts.count, starts[next] <= end + TableThresholds.seam,
        end - edges[edges.count - 1] > TableThresholds.sameLine
      else { continue }
      edges.append((starts[next] + end) / 2)
    }
    if ends[ends.count - 1] - edges[edges.count - 1] <= TableThresholds.sameLine, edges.count > 1 {
      edges.removeLast()
    }
    edges.append(ends[ends.count - 1])
    let position = pieces.reduce(0) { $0 + $1.position } / Double(pieces.count)
    return Chain(position: position, edges: edges)
  }

  // MARK: - Tables

  private static func tables(of chains: [Chain]) -> [Table] {
    var tables: [Table] = []
    for chain in chains {
      // The nearest of the tables above; a few of them may stand side by side.
      let near = tables.indices.suffix(TableThresholds.maximumAbreast).reversed()
      let joined = near.lazy.compactMap { index in
        Self.joined(tables[index], chain).map { (index, $0) }
      }.first
      if let (index, table) = joined {
        tables[index] = table
        continue
      }
      // Lines under single heads stop short of the edges.
      let isInside = near.contains { index in
        let edges = tables[index].edges
        return chain.edges[0] > edges[0] && chain.extent.upper < edges[edges.count - 1]
      }
      if chain.edges.count > 2 || !isInside {
        tables.append(Table(edges: chain.edges, lines: [chain.position], seamed: 0...0))
      }
    }
    return tables
  }

  /// A table with one more line; nil if the line is part of another table.
  ///
  /// The lines of a table start and end at its edges, at one end at least. Where both have seams in the stretch that they
  /// share, at least half of those of the one that has fewer are in the other.
  private static func joined(_ table: Table, _ chain: Chain) -> Table? {
    let own = [table.edges[0], table.edges[table.edges.count - 1]]
    let ends = [chain.edges[0], chain.edges[chain.edges.count - 1]]
    let common = max(shared(table.edges, ends), shared(chain.edges, own))
    guard common > 0, max(table.edges.count, chain.edges.count) <= TableThresholds.maximumColumns
    else { return nil }
    let lower = max(own[0], ends[0]) + TableThresholds.sameLine
    let upper = min(own[1], ends[1]) - TableThresholds.sameLine
    let seams = table.edges.filter { $0 > lower && $0 < upper }
    let others = chain.edges.filter { $0 > lower && $0 < upper }
    let same = shared(seams, others)
    // A line may start inside a cell of another row if it has enough in common with it.
    guard same * 2 >= min(seams.count, others.count), common == 2 || same >= 2 else { return nil }
    let next = table.lines.count
    let seamed: ClosedRange<Int> =
      switch (table.edges.count > 2, chain.edges.count > 2) {
      case (true, true): table.seamed.lowerBound...next
      case (false, true): next...next
      default: table.seamed
      }
    return Table(
      edges: Closeness.centers(
        of: table.edges + chain.edges, tolerance: TableThresholds.sameLine / 2),
      lines: table.lines + [chain.position], seamed: seamed)
  }

  /// How many places two ascending lists share.
  private static func shared(_ a: [Double], _ b: [Double]) -> Int {
    var count = 0
    var next = 0
    for place in a {
      while next < b.count, b[next] < place - TableThresholds.sameLine / 2 { next += 1 }
      if next < b.count, b[next] <= place + TableThresholds.sameLine / 2 { count += 1 }
    }
    return count
  }
}
