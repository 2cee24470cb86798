import LayoutAnalysis
import LayoutModel
import PageGeometry

/// Works out where the edges of the cells of an unruled table lie.
///
///     │      Item │    2022   │  2023  │     heads stand in the middle between two edges,
///     │ East      │   1,009.3 │   12.5 │     numbers end at the padding before an edge,
///     │ West      │      87.0 │    3.1 │     names start at the padding behind one
///
/// The padding is the same in all cells, and the heads of columns whose two edges are known but for
/// it tell it. Texts over several columns then show, to a fraction of a point, which columns they
/// stand over the middle of.
enum CellEdges {
  /// Texts that are set flush end at one place within this distance, in ems.
  private static let flush = 0.12
  /// This share of a column's texts is set flush; marks for missing values may stand elsewhere.
  private static let flushShare = 0.6
  /// On the other side, at most this share of those ends at one place.
  private static let oneSidedShare = 0.8
  /// This share of the heads tells the same padding.
  private static let agreeingShare = 0.6
  private static let minimumAgreeing = 2
  /// No cell has more padding, in ems.
  private static let maximumPadding = 4.0
  /// More rows tell nothing new.
  private static let maximumRows = 60

  /// How the texts of a column stand.
  private enum Flush {
    case left(Double), right(Double)
  }

  /// - Parameters:
  ///   - columns: The columns.
  ///   - body: Body rows.
  ///   - heads: For each column, the stretch of a line of text that stands over it alone.
  ///   - lines: The stretches of the lines over the whole table.
  /// - Returns: x of the edges, one more than there are columns, nil for what nothing tells; nil if
  ///   nothing tells the padding.
  static func edges(
    columns: LeafColumns, body: [TextRow], heads: [Interval?], lines: [Interval]
  ) -> [Double?]? {
    guard let size = body.first?.size else { return nil }
    let flushes = flushes(of: columns, body: body, size: size)
    // Each edge as a place and how often the padding is to be added to it.
    let places = (0...columns.count).map { edge -> (x: Double, sign: Double)? in
      if edge > 0, case .right(let x) = flushes[edge - 1] { return (x, 1) }
      if edge < columns.count, case .left(let x) = flushes[edge] { return (x, -1) }
      return nil
    }
    var paddings: [Double] = []
    for (index, head) in heads.enumerated() {
      guard let head, let left = places[index], let right = places[index + 1],
        left.sign == right.sign
      else { continue }
      paddings.append(left.sign * (head.middle - (left.x + right.x) / 2))
    }
    // Outer cells may have less padding than inner ones: lines alone tell none.
    let fromLines = lines.flatMap { line in
      [places[0].map { $0.x - line.lower }, places[columns.count].map { line.upper - $0.x }]
    }.compactMap(\.self)
    let all = (paddings + fromLines).sorted()
    let clusters = Closeness.clusters(of: all, tolerance: flush * size)
    guard let cluster = clusters.max(by: { $0.count < $1.count }), cluster.count >= minimumAgreeing
    else { return nil }
    let agreeing = paddings.count {
      (all[cluster.lowerBound]...all[cluster.upperBound - 1]).contains($0)
    }
    guard agreeing > 0, Double(agreeing) >= agreeingShare * Double(paddings.count) else {
      return nil
    }
    let value = all[cluster.lowerBound + cluster.count / 2]
    guard value > -flush * size, value < maximumPadding * size else { return nil }
    var edges = places.map { $0.map { $0.x + $0.sign * value } }
    if let line = lines.first {
      edges[0] = line.lower
      edges[columns.count] = line.upper
    }
    // Numbers that stand under each other's decimal signs are not flush: then heads are wider than cells.
    let areWide = heads.enumerated().contains { index, head in
      guard let head, let left = edges[index], let right = edges[index + 1] else { return false }
      return head.lower < left - flush * size || head.upper > right + flush * size
    }
    if areWide { return nil }
    // A head in the middle of a column with one known edge tells the other one.
    for index in heads.indices.reversed() {
      guard edges[index] == nil, let head = heads[index], let right = edges[index + 1] else {
        continue
      }
      edges[index] = inGutter(2 * head.middle - right, before: index, columns: columns, size: size)
    }
    for index in heads.indices {
      guard edges[index + 1] == nil, let head = heads[index], let left = edges[index] else {
        continue
      }
      edges[index + 1] = inGutter(
        2 * head.middle - left, before: index + 1, columns: columns, size: size)
    }
    return edges
  }

  /// An edge if it lies between the texts of the columns beside it.
  private static func inGutter(
    _ x: Double, before column: Int, columns: LeafColumns, size: Double
  ) -> Double? {
    let lower = column > 0 ? columns.contents[column - 1].upper : -.infinity
    let upper = column < columns.count ? columns.contents[column].lower : .infinity
    return x > lower - flush * size && x < upper + flush * size ? x : nil
  }

  private static func flushes(
    of columns: LeafColumns, body: [TextRow], size: Double
  ) -> [Flush?] {
    var stretches = [[Interval]](repeating: [], count: columns.count)
    for row in body.prefix(maximumRows) {
      for chunk in row.pieces {
        let column = columns.index(at: chunk.box.midX)
        guard chunk.box.minX >= columns.edges[column], chunk.box.maxX <= columns.edges[column + 1]
        else { continue }
        stretches[column].append(chunk.box.xInterval)
      }
    }
    return stretches.map { stretches in
      guard stretches.count > 1 else { return nil }
      let left = common(stretches.map(\.lower), size: size)
      let right = common(stretches.map(\.upper), size: size)
      let (most, other) = (max(left.count, right.count), min(left.count, right.count))
      // Texts of one width are flush on both sides.
      guard Double(most) >= flushShare * Double(stretches.count),
        Double(other) <= oneSidedShare * Double(most)
      else { return nil }
      let isLeft = left.count > right.count
      return isLeft ? .left(left.x) : .right(right.x)
    }
  }

  /// The place that most of some places are at.
  private static func common(_ places: [Double], size: Double) -> (x: Double, count: Int) {
    let places = places.sorted()
    let cluster = Closeness.clusters(of: places, tolerance: flush * size)
      .max { $0.count < $1.count }
    guard let cluster else { return (0, 0) }
    return (places[cluster.lowerBound + cluster.count / 2], cluster.count)
  }
}
