import LayoutModel
import PageGeometry

/// Finds how far the texts of a stub column reach when rulings do not show it.
///
///     A │ a1      "A" and "B" stand in the middle of the rows that they head. If one cut of the
///       │ a2      rows into blocks puts every text into the middle of its block, that is how
///     B │ b1      far the texts reach.
///       │ b2
///       │ b3
struct MergedStub {
  /// A text of the column: its lines and the middle of their height.
  struct Entry {
    var words: [Word]
    var middle: Double
  }

  /// How far, in ems, a text may stand off the middle of its block.
  static let tolerance = 0.45

  /// - Parameters:
  ///   - entries: The texts of the column from top to bottom.
  ///   - rows: For each row that the column may head, the stretch of its height, from top to
  ///     bottom.
  ///   - size: The type size.
  /// - Returns: For each entry the range of rows that it heads, covering all rows; nil if no cut
  ///   explains all places.
  static func blocks(of entries: [Entry], over rows: [Interval], size: Double) -> [Range<Int>]? {
    guard !entries.isEmpty, entries.count < rows.count else { return nil }
    var blocks: [Range<Int>] = []
    var start = 0
    for (index, entry) in entries.enumerated() {
      let isLast = index + 1 == entries.count
      let remaining = entries.count - index - 1
      let ends = isLast ? rows.count..<rows.count + 1 : start + 1..<rows.count - remaining + 1
      let best = ends.min {
        offset(entry, rows, start..<$0) < offset(entry, rows, start..<$1)
      }
      guard let end = best, offset(entry, rows, start..<end) <= tolerance * size else { return nil }
      blocks.append(start..<end)
      start = end
    }
    return blocks
  }

  private static func offset(_ entry: Entry, _ rows: [Interval], _ block: Range<Int>) -> Double {
    abs(entry.middle - (rows[block.lowerBound].lower + rows[block.upperBound - 1].upper) / 2)
  }
}
