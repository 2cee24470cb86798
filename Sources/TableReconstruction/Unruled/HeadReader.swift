import LayoutAnalysis
import LayoutModel
import PageGeometry

/// Decides which text rows of an unruled table are its heads, and reads them.
///
/// Where the heads end shows in lines and in the first values. Where they start is a question of
/// what fits: rows above the table are heads as long as they make a better reading of the columns
/// than without them; a caption or a unit line makes it worse.
struct HeadReader {
  let rows: [TextRow]
  let region: TableRegionFinder.Region
  /// The first row that belongs to no table above.
  let limit: Int
  let rules: [Ruling]

  /// The heads of a table, its columns, and the lines on it.
  struct Reading {
    /// The first head row and the first body row.
    var start: Int
    var end: Int
    var columns: LeafColumns
    var heads: HeaderFitter.Fit
    var rules: [Ruling]
  }

  /// What leaving rows out costs, in the currency of `HeaderFitter.Fit.cost`.
  private enum RowCost {
    /// A line of one piece right above the heads.
    static let single = 1.0
    /// A line with pieces over several columns.
    static let several = 2.5
  }

  /// More lines of text than this are no heads.
  private static let maximumRows = 12

  /// - Returns: Nil if the rows make no columns.
  func read() -> Reading? {
    let inside = Array(rows[region.rows])
    guard let first = inside.first else { return nil }
    let box = inside.dropFirst().reduce(first.box) { $0.union($1.box) }
    let near = rules.filter { $0.extent.overlap(box.xInterval) > 0 }
    let inner = near.filter {
      $0.position > box.minY - first.size && $0.position < box.maxY + first.size
    }
    let end = region.rows.lowerBound + headRowCount(inside, rules: inner, width: box.width)
    let body = Array(rows[end..<region.rows.upperBound])
    guard !body.isEmpty,
      let columns = LeafColumns(edges: region.edges, rows: body)
        ?? LeafColumns(rows: columnEvidence(body, all: inside), extent: extent(box, inner))
    else { return nil }
    let top = firstCandidate(above: end, columns: columns)
    let candidates = Array(rows[top..<end])
    let highest = candidates.first?.box.minY ?? box.minY
    let fitter = HeaderFitter(
      columns: columns, rows: candidates,
      rules: near.filter { $0.position > highest - first.size && $0.position < box.maxY },
      leading: leading(candidates + body))
    let starts = Array(0...candidates.count).filter {
      region.top == nil || top + $0 <= region.rows.lowerBound
    }
    let fits = fitter.fits(from: starts)
    let costs = zip(starts, fits).map { start, fit in
      fit.cost + candidates[..<start].reduce(0) { $0 + leavingOut($1) }
    }
    guard let best = costs.indices.min(by: { costs[$0] < costs[$1] }) else { return nil }
    #if DBG
      fitter.dump(starts[best])
      print("leading", fitter.leading, "costs", costs, "starts", starts)
      for c in columns.contents { print("col", c.lower, c.upper) }
    #endif
    return Reading(
      start: top + starts[best], end: end, columns: columns, heads: fits[best], rules: inner)
  }

  private func extent(_ box: Rect, _ rules: [Ruling]) -> Interval {
    rules.reduce(box.xInterval) { $1.extent.length <= 1.6 * box.width ? $0.union($1.extent) : $0 }
  }

  /// Rows of several pieces; all rows if the body has few of them.
  private func columnEvidence(_ body: [TextRow], all: [TextRow]) -> [TextRow] {
    let tabular = body.filter { $0.chunks.count > 1 }
    return tabular.count >= 2 ? tabular : all.filter { $0.chunks.count > 1 }
  }

  // MARK: - Start of the heads

  private func leavingOut(_ row: TextRow) -> Double {
    row.chunks.count > 1 ? RowCost.several : RowCost.single
  }

  /// The highest row that may be a head: rows of the same type that follow each other closely and
  /// stand over the columns.
  private func firstCandidate(above end: Int, columns: LeafColumns) -> Int {
    let x = Interval(columns.edges[0], columns.edges[columns.count])
    var start = end
    while start > limit, end - start < Self.maximumRows {
      let row = rows[start - 1]
      if start <= region.rows.lowerBound {
        if region.top != nil { break }
        if start < rows.count {
          let next = rows[start]
          guard next.baseline - row.baseline <= 2.2 * max(row.size, next.size),
            abs(row.size - next.size) <= 0.2 * next.size
          else { break }
        }
        guard x.contains(row.box.xInterval, tolerance: 1.5 * row.size), !isOutside(row, of: x)
        else { break }
      }
      start -= 1
    }
    return start
  }

  /// Whether the form of a line says that it stands above a table.
  private func isOutside(_ row: TextRow, of x: Interval) -> Bool {
    guard row.chunks.count == 1 else { return false }
    let text = LineBuilder.line(of: row.words).text
    if UnitText.unit(ofLine: text) != nil || TableSurroundings.isNumberedCaption(text) {
      return true
    }
    let endsSentence =
      text.unicodeScalars.last.map { "。.：:；;".unicodeScalars.contains($0) } ?? false
    return endsSentence && row.box.width > 0.4 * x.length
  }

  /// The distance of the lines of one text: the smallest between texts over each other.
  private func leading(_ rows: [TextRow]) -> HeaderFitter.Leading {
    var distances: [Double] = []
    for (index, upper) in rows.enumerated() {
      for chunk in upper.chunks {
        let below = rows[(index + 1)...].prefix(3).first { row in
          row.chunks.contains { $0.box.xInterval.overlap(chunk.box.xInterval) > 0 }
        }
        guard let below else { continue }
        let distance = (below.baseline - upper.baseline) / max(upper.size, below.size)
        if distance > 0.9 { distances.append(distance) }
      }
    }
    distances.sort()
    guard let smallest = distances.first else { return .init(ems: 1.3, isTelling: false) }
    let usual = distances[distances.count / 2]
    let isTelling = smallest <= 1.75 && smallest < 0.87 * usual
    return .init(ems: min(smallest, 1.75), isTelling: isTelling)
  }

  // MARK: - End of the heads

  /// How many text rows at the top are heads.
  ///
  /// The last long line above the first values ends them; without one, the first row of values
  /// does.
  private func headRowCount(_ rows: [TextRow], rules: [Ruling], width: Double) -> Int {
    let values = rows.firstIndex { $0.isValueRow && !isYears($0) }
    let long = rules.filter { $0.extent.length >= 0.85 * width }.map(\.position)
    if let end = headEnd(rows, lines: long) { return end }
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
    guard values.count > 1 || row.chunks.count == 1 else { return false }
    return values.allSatisfy { chunk in
      let text = chunk.words.map(\.text).joined()
      guard let number = NumberText(text), number.suffix.isEmpty || number.suffix == "年" else {
        return false
      }
      return (1900...2100).contains(number.value) && number.value == number.value.rounded()
        && !text.contains(",") && !text.contains(".")
    }
  }
}
