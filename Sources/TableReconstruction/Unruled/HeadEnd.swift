import LayoutModel
import PageGeometry

/// Finds where the heads of an unruled table end.
///
/// Shading of their own and lines say it outright, bold type as a rule; else the first row of values
/// ends the heads.
struct HeadEnd {
  /// The text rows of the table.
  let rows: [TextRow]
  let rules: [Ruling]
  let shadings: [Shading]
  /// The width of the table.
  let x: Interval

  /// - Returns: How many rows at the top are heads.
  func count() -> Int {
    let values = rows.firstIndex {
      $0.isValueRow && !isYears($0) && !$0.numbersColumns
    }
    // A line that leaves out the head of the stub stands under spanners.
    let long = rules.filter {
      $0.extent.length >= 0.85 * x.length && $0.extent.lower <= x.lower + 2 * rows[0].size
    }.map(\.position)
    if let shaded = shadedCount() { return shaded }
    if let end = headEnd(rows, lines: long) { return end }
    if let bold = boldCount(values: values ?? rows.count) { return bold }
    if let values {
      let limit = rows[values].baseline - 0.3 * rows[values].size
      let line = long.last { $0 < limit && $0 > rows[0].baseline }
      if let line { return rows.firstIndex { $0.baseline > line } ?? values }
      return backed(values, in: rows)
    }
    if let line = long.first(where: { $0 > rows[0].baseline && $0 < rows[rows.count - 1].baseline })
    {
      return rows.firstIndex { $0.baseline > line } ?? 1
    }
    return rows[0].chunks.count > 1 ? 1 : 0
  }

  /// The first long line, if it is the only one that has a row of numbers above it and rows of
  /// values below: numbers can be heads too (grades 1 to 6, years).
  private func headEnd(_ rows: [TextRow], lines: [Double]) -> Int? {
    guard let line = lines.first(where: { $0 > rows[0].baseline }),
      let end = rows.firstIndex(where: { $0.baseline > line }), end <= 8
    else { return nil }
    let valuesAbove = rows[..<end].count { $0.isValueRow }
    let valuesBelow = rows[end...].count { $0.isValueRow }
    let next = lines.first { $0 > line + 0.5 * rows[end].size }
    let isRowLine = next.map { $0 < rows[min(end + 1, rows.count - 1)].baseline } ?? false
    return valuesAbove <= 1 && valuesBelow >= 2 && !isRowLine ? end : nil
  }

  /// Rows of the first column alone, right above the first values, name rows, not columns.
  private func backed(_ values: Int, in rows: [TextRow]) -> Int {
    var count = values
    while count > 1, rows[count - 1].chunks.count == 1,
      abs(rows[count - 1].box.minX - rows[values].box.minX) < 1.5 * rows[values].size,
      rows[..<(count - 1)].contains(where: {
        $0.box.minX < rows[values].box.minX + 3 * rows[values].size
      })
    {
      count -= 1
    }
    return count
  }

  private func isYears(_ row: TextRow) -> Bool {
    let values = row.chunks.filter(\.isValue)
    // Beside a name, one year is a value.
    let hasName = row.box.minX < x.lower + 2 * row.size && row.chunks.count > 1
    return (values.count > 1 || !hasName) && Self.areYears(values)
  }

  static func areYears(_ values: [TextRow.Chunk]) -> Bool {
    values.allSatisfy { chunk in
      let text = chunk.words.map(\.text).joined()
      guard let number = NumberText(text), number.suffix.isEmpty || number.suffix == "年" else {
        return false
      }
      return (1900...2100).contains(number.value) && number.value == number.value.rounded()
        && !text.contains(",") && !text.contains(".")
    }
  }

  // MARK: - Shading and type

  /// The rows at the top that stand on a ground of their own, or on that of bands below without
  /// values on it.
  private func shadedCount() -> Int? {
    guard !shadings.isEmpty, let color = ground(of: rows[0]) else { return nil }
    let count = rows.firstIndex { ground(of: $0) != color } ?? rows.count
    guard count < rows.count, count <= Self.maximumCount,
      !rows[count...].contains(where: { ground(of: $0) == color })
        || rows[..<count].allSatisfy({ !$0.isValueRow || isYears($0) || $0.numbersColumns })
    else { return nil }
    return count
  }

  /// The colour that all pieces of a row stand on.
  private func ground(of row: TextRow) -> UInt32? {
    var color: UInt32?
    for chunk in row.chunks {
      let middle = Point(x: chunk.box.midX, y: row.baseline - 0.35 * row.size)
      guard let under = shadings.last(where: { $0.box.contains(middle) })?.color,
        color == nil || color == under
      else { return nil }
      color = under
    }
    return color
  }

  /// The rows at the top in bold type, where what follows is not.
  private func boldCount(values: Int) -> Int? {
    let isBold = rows.map { $0.words.allSatisfy(\.isBold) }
    guard let count = isBold.firstIndex(of: false), count > 0, count <= Self.maximumCount,
      count <= values, isBold[count...].count(where: { $0 }) * 3 <= rows.count - count
    else { return nil }
    return count
  }

  private static let maximumCount = 10
}
