import LayoutModel
import PageGeometry

/// Joins the text rows of a body to rows of the grid.
///
/// Lines and bands of shading between rows decide where they are. Else white space does, where
/// rows stand further apart than the lines of one cell. Else each row of values is a row, and a
/// row that only goes on with the text of a cell belongs to it.
struct BodyRows {
  let rows: [TextRow]
  let columns: LeafColumns
  /// y of lines and edges of bands that run over most of the table's width.
  let separators: [Double]

  /// - Returns: Ranges of text rows, in order, covering all of them.
  func groups() -> [Range<Int>] {
    guard rows.count > 1 else { return rows.isEmpty ? [] : [0..<1] }
    if separatesAll { return cut { between($0, $0 + 1) } }
    if let limit = spacedLimit {
      return cut { between($0, $0 + 1) || step($0) > limit }
    }
    return cut { between($0, $0 + 1) || !continues($0 + 1) }
  }

  private func cut(after isCut: (Int) -> Bool) -> [Range<Int>] {
    var groups: [Range<Int>] = []
    var start = 0
    for index in rows.indices where index + 1 == rows.count || isCut(index) {
      groups.append(start..<index + 1)
      start = index + 1
    }
    return groups
  }

  private func step(_ index: Int) -> Double {
    (rows[index + 1].baseline - rows[index].baseline) / max(rows[index].size, rows[index + 1].size)
  }

  /// Whether a separator lies between two text rows.
  private func between(_ upper: Int, _ lower: Int) -> Bool {
    let range = Interval(
      rows[upper].baseline - 0.3 * rows[upper].size, rows[lower].baseline - 0.3 * rows[lower].size)
    return separators.contains { range.contains($0) }
  }

  /// Whether separators stand between the rows of values everywhere.
  private var separatesAll: Bool {
    let anchors = rows.indices.filter { rows[$0].isValueRow }
    guard anchors.count > 1 else { return separators.count > 1 }
    let pairs = zip(anchors, anchors.dropFirst())
    let separated = pairs.filter { upper, lower in
      (upper..<lower).contains { between($0, $0 + 1) }
    }
    return separated.count * 10 >= (anchors.count - 1) * 9
  }

  /// The step above which a new row starts, in ems, if rows stand clearly further apart than the
  /// lines of a cell.
  private var spacedLimit: Double? {
    let steps = rows.indices.dropLast().map(step).sorted()
    guard let smallest = steps.first, let largest = steps.last, largest > 1.25 * smallest else {
      return nil
    }
    // The widest jump between neighbouring steps, among those up to the usual step of rows.
    let anchors = rows.indices.filter { rows[$0].isValueRow }
    let anchorSteps = zip(anchors, anchors.dropFirst()).filter { $1 == $0 + 1 }.map { step($0.0) }
      .sorted()
    guard !anchorSteps.isEmpty else { return nil }
    let usual = anchorSteps[anchorSteps.count / 4]
    let tight = steps.filter { $0 < 0.85 * usual }
    guard let last = tight.last, last <= 1.6 else { return nil }
    let limit = (last + usual) / 2
    return limit
  }

  /// Whether a row only goes on with the text of the row before it.
  private func continues(_ index: Int) -> Bool {
    let row = rows[index]
    guard step(index - 1) <= TableThresholds.continuationStep, !row.isValueRow else { return false }
    let places = Set(row.chunks.map { columns.index(at: $0.box.midX) })
    let above = Set(rows[index - 1].chunks.map { columns.index(at: $0.box.midX) })
    guard places.isSubset(of: above), places.count < above.count else { return false }
    guard let first = row.words.first?.text.unicodeScalars.first else { return false }
    // The text above must be unfinished: it fills its column, or this one starts in the middle of
    // a sentence.
    if first.properties.isLowercase { return true }
    let column = places.min() ?? 0
    let upper = rows[index - 1].chunks.first { columns.index(at: $0.box.midX) == column }
    let end = columns.contents[column].upper
    return (upper?.box.maxX ?? 0) > end - 2.5 * row.size && row.box.minX >= (upper?.box.minX ?? 0) - 0.5 * row.size
  }
}
