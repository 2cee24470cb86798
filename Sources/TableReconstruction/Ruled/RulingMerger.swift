package import LayoutModel
import PageGeometry

/// Joins pieces of drawn lines into whole lines.
///
///     ── ── ─  ──           ──────────────
///     ═══════════    ▶     ──────────────   (double lines and cell-by-cell borders become one)
///
/// Producers draw a table's line once per cell, twice for neighbouring cells, or dash by dash.
package enum RulingMerger {
  /// - Parameter rulings: Drawn pieces in any order.
  /// - Returns: Lines with pieces of one line joined, horizontal ones first, each axis sorted by
  ///   position and start. Lines drawn in the colour of paper and specks are left out.
  /// - Complexity: O(n log n).
  package static func lines(of rulings: [Ruling]) -> [Ruling] {
    lines(of: rulings, axis: .horizontal) + lines(of: rulings, axis: .vertical)
  }

  private static func lines(of rulings: [Ruling], axis: Ruling.Axis) -> [Ruling] {
    let pieces = rulings.filter { $0.axis == axis && isVisible($0) }.sorted {
      ($0.position, $0.extent.lower, $0.extent.upper)
        < ($1.position, $1.extent.lower, $1.extent.upper)
    }
    let groups = Closeness.clusters(
      of: pieces.map(\.position), tolerance: TableThresholds.sameLine / 2)
    var lines: [Ruling] = []
    for group in groups {
      appendLines(of: pieces[group], to: &lines)
    }
    let long = lines.filter { $0.extent.length >= TableThresholds.minimumLine }
    guard long.count > TableThresholds.maximumLines else { return long }
    // A drawing, not a table: keep the longest lines in their order.
    let limit = long.map(\.extent.length).sorted(by: >)[TableThresholds.maximumLines - 1]
    return Array(long.filter { $0.extent.length >= limit }.prefix(TableThresholds.maximumLines))
  }

  static func isVisible(_ ruling: Ruling) -> Bool {
    let light = TableThresholds.invisibleLight
    let channels = [ruling.color >> 16 & 255, ruling.color >> 8 & 255, ruling.color & 255]
    return channels.contains { $0 < light }
  }

  /// Joins the pieces of one group of positions.
  private static func appendLines(of pieces: ArraySlice<Ruling>, to lines: inout [Ruling]) {
    let sorted = pieces.sorted {
      ($0.extent.lower, $0.extent.upper, $0.position)
        < ($1.extent.lower, $1.extent.upper, $1.position)
    }
    guard var current = sorted.first else { return }
    var weight = max(current.extent.length, 0.01)
    var moment = current.position * weight
    for piece in sorted.dropFirst() {
      if piece.extent.lower <= current.extent.upper + TableThresholds.joinGap {
        let length = max(piece.extent.length, 0.01)
        weight += length
        moment += piece.position * length
        current.extent = current.extent.union(piece.extent)
        current.thickness = max(current.thickness, piece.thickness)
      } else {
        current.position = moment / weight
        lines.append(current)
        current = piece
        weight = max(piece.extent.length, 0.01)
        moment = piece.position * weight
      }
    }
    current.position = moment / weight
    lines.append(current)
  }
}
