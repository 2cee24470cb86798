import LayoutModel
import PageGeometry

/// Finds the columns of a stub whose gutters many of its texts run across.
///
///     Total of all                  texts that name rows of their own reach over all columns,
///     Land   Crops     wheat        so that no gutter is free; still, texts end and start at it
///                      rye
///            Meadows and pastures
enum StubColumns {
  /// Texts of one column start at the same place within this distance, in ems.
  private static let sameStart = 0.35
  /// At least this many texts start at a column, and end before it.
  private static let minimumStarts = 3
  private static let minimumEnds = 2
  /// At most this share of the texts at a gutter runs across it.
  private static let crossingShare = 0.45

  /// Splits the columns before the first column of values.
  ///
  /// - Parameters:
  ///   - columns: The columns that gutters show.
  ///   - rows: Body rows.
  /// - Returns: Columns with the gutters of the stub added; the same ones without any.
  static func split(_ columns: LeafColumns, rows: [TextRow]) -> LeafColumns {
    guard let depth = depth(of: columns, rows: rows), depth > 0 else { return columns }
    let end = columns.edges[depth]
    let pieces = rows.flatMap { row in
      TextRow.chunks(
        of: row.words.filter { $0.box.midX < end }, cut: { $0 >= TableThresholds.columnGap * $1 })
    }
    guard pieces.count >= Self.minimumStarts + Self.minimumEnds else { return columns }
    let size = rows[rows.count / 2].size
    let starts = pieces.map(\.box.minX).sorted()
    var gutters: [Double] = []
    for cluster in Closeness.clusters(of: starts, tolerance: Self.sameStart * size)
    where cluster.count >= Self.minimumStarts {
      let start = starts[cluster.lowerBound]
      // What stands in other columns that are known says nothing of this one.
      let column = columns.index(at: start)
      let pieces = pieces.filter {
        $0.box.minX >= columns.edges[column] - size && $0.box.minX < columns.edges[column + 1]
      }
      guard let left = gutter(before: start, pieces: pieces, count: cluster.count, size: size),
        !columns.edges.contains(where: { abs($0 - left.middle) < size || left.contains($0) })
      else { continue }
      gutters.append(left.middle)
    }
    guard !gutters.isEmpty else { return columns }
    let edges = (columns.edges + gutters).sorted()
    return LeafColumns(edges: edges, rows: rows) ?? columns
  }

  /// How many columns at the left are none of values; nil if all are.
  static func depth(of columns: LeafColumns, rows: [TextRow]) -> Int? {
    areOfValues(columns, rows: rows).firstIndex(of: true)
  }

  /// Whether a column at the left names the rows; codes or serial numbers may stand before the names.
  static func haveNames(_ columns: LeafColumns, rows: [TextRow]) -> Bool {
    areOfValues(columns, rows: rows).prefix(2).contains(false)
  }

  /// How many columns at the left name rows, with one of codes or serial numbers before the names.
  static func depthWithNumbers(of columns: LeafColumns, rows: [TextRow]) -> Int {
    let areOfValues = areOfValues(columns, rows: rows)
    guard areOfValues.count > 2, areOfValues[0], !areOfValues[1] else {
      return areOfValues.firstIndex(of: true) ?? 0
    }
    return areOfValues.dropFirst().firstIndex(of: true) ?? 0
  }

  /// For each column whether it has more values than texts.
  private static func areOfValues(_ columns: LeafColumns, rows: [TextRow]) -> [Bool] {
    var values = [Int](repeating: 0, count: columns.count)
    var texts = values
    for row in rows {
      for chunk in row.pieces {
        let column = columns.index(at: chunk.box.midX)
        if chunk.isValue { values[column] += 1 } else { texts[column] += 1 }
      }
    }
    return zip(values, texts).map { $0 > $1 }
  }

  /// The white before a start that texts end at; nil if too many texts run across it.
  private static func gutter(
    before start: Double, pieces: [TextRow.Chunk], count: Int, size: Double
  ) -> Interval? {
    let edge = start - 0.1 * size
    let crossing = pieces.count { $0.box.minX < edge - 0.2 * size && $0.box.maxX > edge }
    let ending = pieces.filter { $0.box.maxX <= edge }
    // Texts of one column that are set to the middle start and end anywhere; those of two columns
    // stand beside each other.
    let beside = ending.count { left in
      pieces.contains { right in
        right.box.minX >= edge && right.box.yInterval.overlap(left.box.yInterval) > 0
      }
    }
    guard beside >= Self.minimumEnds,
      Double(crossing) <= Self.crossingShare * Double(crossing + count),
      let left = ending.map(\.box.maxX).max()
    else { return nil }
    return Interval(left, start)
  }
}
