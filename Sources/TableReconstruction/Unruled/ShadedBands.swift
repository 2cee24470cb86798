import LayoutModel
import PageGeometry

/// Stacks of shaded rows: what shading says of where a table without rulings is.
///
///     ▒▒Region▒▒▒2022▒▒▒2023▒▒    bands with common ends
///       East     12.4   13.0      a row between two bands is as high as its lines need,
///     ▒▒West▒▒▒▒▒▒3.1▒▒▒▒3.3▒▒    so it belongs to the table whatever stands in it
///
/// A band may start further right than the others, beside a cell that reaches over several rows.
struct ShadedBands {
  /// Bands over each other.
  struct Stack: Equatable {
    var x: Interval
    /// The height of each band, from top to bottom.
    var bands: [Interval]
    var y: Interval { Interval(bands[0].lower, bands.map(\.upper).max() ?? bands[0].upper) }
  }

  let stacks: [Stack]

  /// What a row needs above its smallest height, for each line after the first and in all, in ems.
  private static let line = 1.45
  private static let slack = 0.3

  /// - Parameters:
  ///   - shadings: Filled areas, in any order.
  ///   - rows: Text rows, from top to bottom.
  init(shadings: [Shading], rows: [TextRow]) {
    guard !shadings.isEmpty, shadings.count <= TableThresholds.maximumPieces else {
      stacks = []
      return
    }
    var stacks: [(stack: Stack, least: Double)] = []
    for band in Self.bands(of: shadings) {
      let inside = Self.rows(rows, in: band.y, x: band.x)
      guard !inside.isEmpty else { continue }
      let least = band.y.length - Self.room(for: inside)
      let place = stacks.indices.suffix(TableThresholds.maximumAbreast).last { index in
        let (stack, height) = stacks[index]
        guard Self.shareEnds(stack.x, band.x) else { return false }
        let gap = Interval(stack.y.upper, max(stack.y.upper, band.y.lower))
        let between = Self.rows(rows, in: gap, x: stack.x.union(band.x))
        let size = between.first?.size ?? band.y.length
        // Paragraphs stand further apart than the lines of a row.
        let isOneRow = zip(between, between.dropFirst()).allSatisfy {
          $1.baseline - $0.baseline <= TableThresholds.looseStep * max($0.size, $1.size)
        }
        return isOneRow
          && gap.length <= min(least, height) + Self.room(for: between) + Self.slack * size
      }
      if let place {
        stacks[place].stack.x = stacks[place].stack.x.union(band.x)
        stacks[place].stack.bands.append(band.y)
        stacks[place].least = min(stacks[place].least, least)
      } else {
        stacks.append((Stack(x: band.x, bands: [band.y]), least))
      }
    }
    self.stacks = stacks.map(\.stack)
  }

  /// Whether two rows stand in one stack.
  func hold(_ upper: TextRow, _ lower: TextRow) -> Bool {
    stacks.contains { stack in
      [upper, lower].allSatisfy { row in
        stack.y.contains(row.box.midY) && stack.x.contains(row.box.xInterval, tolerance: row.size)
      }
    }
  }

  /// The stack that reaches into some rows, if any.
  func stack(over rows: ArraySlice<TextRow>) -> Stack? {
    stacks.first { stack in
      rows.contains { row in
        stack.bands.contains { $0.contains(row.box.midY) }
          && stack.x.contains(row.box.xInterval, tolerance: row.size)
      }
    }
  }

  // MARK: - Bands

  /// Shaded areas of one height side by side are one band.
  private static func bands(of shadings: [Shading]) -> [(x: Interval, y: Interval)] {
    let sorted = shadings.map(\.box).sorted {
      ($0.minY, $0.maxY, $0.minX) < ($1.minY, $1.maxY, $1.minX)
    }
    var bands: [(x: Interval, y: Interval)] = []
    for box in sorted {
      if let last = bands.last, abs(last.y.lower - box.minY) <= TableThresholds.seam,
        abs(last.y.upper - box.maxY) <= TableThresholds.seam,
        box.minX <= last.x.upper + TableThresholds.sameLine
      {
        bands[bands.count - 1].x = last.x.union(box.xInterval)
      } else {
        bands.append((box.xInterval, box.yInterval))
      }
    }
    return bands
  }

  private static func shareEnds(_ stack: Interval, _ band: Interval) -> Bool {
    abs(stack.upper - band.upper) <= TableThresholds.sameLine
      && (abs(stack.lower - band.lower) <= TableThresholds.sameLine
        || stack.overlap(band) >= TableThresholds.drawnShare * max(stack.length, band.length))
  }

  private static func rows(_ rows: [TextRow], in y: Interval, x: Interval) -> ArraySlice<TextRow> {
    let first = rows.partitioningIndex { $0.box.midY >= y.lower }
    let inside = rows[first...].prefix { $0.box.midY < y.upper }
    return inside.contains { $0.box.xInterval.overlap(x) > 0 } ? inside : []
  }

  /// The height that lines after the first one add to a row.
  private static func room(for rows: ArraySlice<TextRow>) -> Double {
    rows.dropFirst().reduce(0) { $0 + line * $1.size }
  }
}
