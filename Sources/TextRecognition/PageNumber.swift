/// Dashes around a page number that were read as the ideographs that look like them.
///
///     一 2 一   ▶   — 2 —
///
/// A stroke alone does not say whether it is a dash or a figure one. On both sides of a number of few
/// figures, with nothing else on its row of the page, it is a dash.
struct PageNumber {
  /// What a dash may be read as; two strokes where dirt lies near it.
  private static let dashes: Set<Unicode.Scalar> = [
    "一", "二", "—", "–", "-", "_", "ー", "―", "－", "=", "~",
  ]
  private static let dash: Unicode.Scalar = "—"
  /// Page numbers have at most this many figures.
  private static let figureCount = 4

  /// Lines outside of cells: their boxes and readings.
  let lines: [(index: Int, box: PixelBox)]

  /// Writes dashes where they stand around a number.
  ///
  /// - Parameter readings: Of all lines of the page, `lines` among them.
  /// - Returns: The lines that changed, by position in `readings`.
  func dashed(_ readings: [LineReading]) -> [Int: LineReading] {
    var changed: [Int: LineReading] = [:]
    for line in lines where isNumberWithDashes(readings[line.index]) {
      let row = lines.filter { $0.box.y < line.box.maxY && line.box.y < $0.box.maxY }
        .sorted { $0.box.x < $1.box.x }
      let marks = row.flatMap { readings[$0.index].characters }.filter { $0.scalar != " " }
      guard let first = marks.first, let last = marks.last,
        Self.dashes.contains(first.scalar), Self.dashes.contains(last.scalar)
      else { continue }
      let inner = marks.drop { Self.dashes.contains($0.scalar) }
      let figures = inner.prefix { Self.isFigure($0.scalar) }
      let rest = inner.dropFirst(figures.count)
      guard (1...Self.figureCount).contains(figures.count),
        rest.allSatisfy({ Self.dashes.contains($0.scalar) })
      else { continue }
      for entry in row {
        var reading = readings[entry.index]
        for place in reading.characters.indices
        where Self.dashes.contains(reading.characters[place].scalar) {
          reading.characters[place].scalar = Self.dash
        }
        changed[entry.index] = reading
      }
    }
    return changed
  }

  private func isNumberWithDashes(_ reading: LineReading) -> Bool {
    reading.characters.contains { Self.isFigure($0.scalar) }
      && reading.characters.allSatisfy {
        Self.isFigure($0.scalar) || Self.dashes.contains($0.scalar) || $0.scalar == " "
      }
  }

  private static func isFigure(_ scalar: Unicode.Scalar) -> Bool { ("0"..."9").contains(scalar) }
}
