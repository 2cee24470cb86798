import LayoutModel

/// Finds the rows of a grid that are column headers.
///
///     ┌────────┬───────────────┐  ◀ boxhead, level 0: "2024" is a spanner
///     │        │     2024      │
///     │ Region ├───────┬───────┤  ◀ boxhead, level 1
///     │        │  H1   │  H2   │
///     ├────────┼───────┼───────┤  ◀ body starts at row 2
///
/// A grid may stack several bands, each with its own boxhead: a full-width title row with a row of
/// heads under it starts a new one, and so does a row of heads among values that looks like the
/// first boxhead. A full-width row with data under it is a section row.
///
/// A row of column numbers or letters under the heads belongs to the boxhead and ends it.
///
/// Headers must index their columns uniquely: Embley, Krishnamoorthy, Nagy and Seth, "Converting
/// heterogeneous statistical tables on the web to searchable databases", IJDAR 19 (2016), 119–138.
/// The boxhead therefore goes on while its last row has heads over several columns.
struct BoxheadFinder {
  let view: GridView

  /// A group of rows with its own boxhead.
  struct Band: Equatable {
    var rows: Range<Int>
    var headerRowCount: Int
  }

  /// - Returns: Bands that cover all rows, in order; at least one if the grid has rows.
  func bands() -> [Band] {
    guard view.rowCount > 0 else { return [] }
    var starts = [0]
    var headers = [headerRowCount(from: 0, isFirst: true)]
    var row = headers[0]
    while row < view.rowCount {
      if startsBand(at: row) || isNewBoxhead(row, after: starts.count - 1, starts, headers) {
        let count = headerRowCount(from: row, isFirst: false)
        starts.append(row)
        headers.append(count)
        row += max(count, 1)
      } else {
        row += 1
      }
    }
    let ends = starts.dropFirst() + [view.rowCount]
    return zip(zip(starts, ends), headers).map {
      Band(rows: $0.0..<$0.1, headerRowCount: min($1, $0.1 - $0.0))
    }
  }

  // MARK: - Where a band starts

  /// A full-width title row with a row of heads under it.
  private func startsBand(at row: Int) -> Bool {
    view.isFullWidth(row: row) && row + 2 < view.rowCount && !isSection(row)
  }

  /// Whether a full-width row names the data rows below it, not a new set of columns.
  private func isSection(_ row: Int) -> Bool {
    var next = row + 1
    while next < view.rowCount, view.isFullWidth(row: next) { next += 1 }
    guard next < view.rowCount, next - row == 1 else { return true }
    return !isHeadRow(next) || !hasValues(below: next)
  }

  /// A row of texts, at least one of them not in the first column.
  private func isHeadRow(_ row: Int) -> Bool {
    let cells = view.cellIndices(inRow: row)
    guard cells.count > 1 else { return false }
    let texts = cells.filter { view.content[$0] == .text }
    let values = cells.filter { view.content[$0] == .number || view.content[$0] == .missing }
    return values.isEmpty && texts.contains { view.grid.cells[$0].columns.lowerBound > 0 }
  }

  /// Whether the first row below that is not a head row holds numbers.
  private func hasValues(below row: Int) -> Bool {
    var next = row + 1
    let end = min(view.rowCount, row + Self.maximumDepth)
    while next < end, isHeadRow(next) { next += 1 }
    return next < end && isValueRow(next)
  }

  /// A boxhead has at most this many rows.
  private static let maximumDepth = 8

  /// Whether a row among values heads the columns anew: texts or years above values, in the form
  /// of the boxhead that it replaces.
  ///
  /// A row of texts alone may also be data ("Currency | EUR | USD"). It is a boxhead if it repeats
  /// the stub head or most heads, or leaves the stub blank under a boxhead that does, or starts
  /// with a head over several columns.
  private func isNewBoxhead(
    _ row: Int, after band: Int, _ starts: [Int], _ headers: [Int]
  ) -> Bool {
    let depth = headers[band]
    // Nearly all rows end here.
    guard
      !view.cellIndices(inRow: row).contains(where: { view.content[$0] == .number && !isYear($0) })
    else { return false }
    guard depth > 0, row > starts[band] + depth, row + 1 < view.rowCount,
      !isCutByHeader(row, from: row), !view.isFullWidth(row: row)
    else { return false }
    let areYears = isHeadOfYears(row, from: row)
    guard areYears || isHeadRow(row), hasValues(below: row) else { return false }
    let cells = view.cellIndices(inRow: row).map { view.grid.cells[$0] }
    let heads = cells.dropFirst().filter { !$0.text.isEmpty }
    let isSpanned = heads.contains { $0.columns.count > 1 } && isHeadRow(row + 1)
    guard heads.count > 1 || isSpanned else { return false }
    let first = (starts[band]..<starts[band] + depth).flatMap { view.cellIndices(inRow: $0) }
      .map { view.grid.cells[$0] }
    let corner = view.cell(row: starts[band] + depth - 1, column: 0).text
    let texts = Set(first.map(\.text))
    let repeated = heads.count { texts.contains($0.text) }
    if repeated * 2 > heads.count, !areYears || cells[0].text == corner { return true }
    guard heads.count * 3 >= 2 * (cells.count - 1), Set(heads.map(\.text)).count == heads.count
    else { return false }
    if !corner.isEmpty, cells[0].text == corner { return true }
    if heads.allSatisfy({ UnitText.isUnit($0.text) }) { return false }
    return cells[0].text.isEmpty && (isSpanned || corner.isEmpty || areYears)
  }

  // MARK: - How deep a boxhead is

  private func headerRowCount(from start: Int, isFirst: Bool) -> Int {
    if isFirst, let declared = view.grid.declaredHeaderRowCount, declared > 0,
      declared < view.rowCount
    {
      return extended(start + declared, from: start) - start
    }
    var row = start
    // Title rows of the table or band.
    while row < view.rowCount - 1, view.isFullWidth(row: row) { row += 1 }
    guard let body = firstBodyRow(from: row) else {
      // Nothing but text: one row of heads, as deep as its spans ask for.
      return extended(row + 1, from: start) - start
    }
    if body == start { return 0 }
    return extended(body, from: start) - start
  }

  /// The first row of values, or of light text under bold heads; nil if there is none.
  private func firstBodyRow(from start: Int) -> Int? {
    for row in start..<view.rowCount {
      if row > start, view.isFullWidth(row: row) { return row }
      if isColumnNumberRow(row, from: start) {
        var body = row + 1
        while isColumnNumberRow(body, from: start) { body += 1 }
        return body < view.rowCount ? body : nil
      }
      if isValueRow(row), !isHeadOfYears(row, from: start) {
        let body = backed(row, to: start)
        return boldEnd(from: start, before: body) ?? body
      }
    }
    return boldEnd(from: start, before: view.rowCount)
  }

  /// The end of the bold rows at the top, if all text between them and a row is light but for the
  /// stub: rows of text between bold heads and the first values are body rows.
  private func boldEnd(from start: Int, before row: Int) -> Int? {
    func isBold(_ index: Int) -> Bool { view.grid.cells[index].isBold }
    func filled(_ row: Int) -> [Int] {
      view.cellIndices(inRow: row).filter { view.content[$0] != .blank }
    }
    var end = start
    while end < row, case let cells = filled(end), !cells.isEmpty, cells.allSatisfy(isBold) {
      end += 1
    }
    guard end > start, end < row else { return nil }
    let isLight = (end..<row).allSatisfy { row in
      let cells = filled(row).filter { view.grid.cells[$0].columns.lowerBound > 0 }
      return !cells.isEmpty && !cells.contains(where: isBold)
    }
    return isLight ? end : nil
  }

  /// Rows right above the first values that name groups of rows, not columns, are body rows: they
  /// have text in the stub only, or a remark beside it.
  private func backed(_ row: Int, to start: Int) -> Int {
    var body = row
    while body - 1 > start, isStubOnly(body - 1) || isRemarked(body - 1),
      !isCutByHeader(body - 1, from: start)
    {
      body -= 1
    }
    return body
  }

  /// Whether a cell from an upper row reaches into this one.
  private func isCutByHeader(_ row: Int, from start: Int) -> Bool {
    view.cellIndices(inRow: row).contains { view.grid.cells[$0].rows.lowerBound < row }
  }

  private func isStubOnly(_ row: Int) -> Bool {
    let cells = view.cellIndices(inRow: row)
    guard let first = cells.first, view.content[first] == .text, cells.count > 1 else {
      return false
    }
    return cells.dropFirst().allSatisfy { view.content[$0] == .blank }
  }

  /// Whether a row has a name and leaves most columns blank, under a row that heads each of them.
  private func isRemarked(_ row: Int) -> Bool {
    let cells = view.cellIndices(inRow: row)
    guard let first = cells.first, view.content[first] == .text else { return false }
    let blanks = cells.dropFirst().count { view.content[$0] == .blank }
    return blanks > 0 && blanks * 2 >= cells.count - 1
      && view.cellIndices(inRow: row - 1).dropFirst().allSatisfy {
        view.content[$0] != .blank && view.grid.cells[$0].columns.count == 1
      }
  }

  /// At least half of the filled columns after the first cell hold numbers or marks for missing ones.
  private func isValueRow(_ row: Int) -> Bool {
    let cells = view.cellIndices(inRow: row)
    let values = cells.filter { view.content[$0] == .number || view.content[$0] == .missing }
    let filled = cells.dropFirst().filter { view.content[$0] != .blank }
    guard !values.isEmpty else { return false }
    let later = values.filter { $0 != cells.first }
    if later.isEmpty { return cells.count == 1 }
    if later.count * 2 >= filled.count { return true }
    // A year over several columns is a head.
    guard !later.contains(where: isYear) else { return false }
    func width(_ indices: some Sequence<Int>) -> Int {
      indices.reduce(0) { $0 + view.grid.cells[$1].columns.count }
    }
    return width(later) * 2 >= width(filled)
  }

  /// Years as column heads are numbers too: "2022 2023" above values, with the first cell a text
  /// or blank.
  private func isHeadOfYears(_ row: Int, from start: Int) -> Bool {
    guard row + 1 < view.rowCount, row - start < 4 else { return false }
    let cells = view.cellIndices(inRow: row)
    let numbers = cells.filter { view.content[$0] == .number }
    guard numbers.count * 2 >= cells.count - 1, !numbers.isEmpty else { return false }
    guard numbers.allSatisfy(isYear) else { return false }
    // A column of years as row labels has a year in the first cell, and no other one.
    let onlyFirst = numbers.count == 1 && numbers.first == cells.first
    return !onlyFirst
  }

  /// The rows of a boxhead that number its columns.
  func columnNumberRows(of band: Band) -> [Int] {
    band.rows.prefix(band.headerRowCount).filter {
      isColumnNumberRow($0, from: band.rows.lowerBound)
    }
  }

  private func isYear(_ index: Int) -> Bool {
    let text = view.grid.cells[index].text
    // 2023年预算数 is the budget of a year, not a number of them.
    guard text.utf8.count <= 40, let number = NumberText(text),
      number.suffix.isEmpty ? text.utf8.count <= 12 : number.suffix.first == "年"
    else { return false }
    return (1900...2100).contains(number.value) && number.value == number.value.rounded()
  }

  /// Whether a row numbers the columns, as 1 2 3, 栏次 1 2 or 甲 乙 1 2 do.
  ///
  /// Each number stands under a head of its own: what tells the columns of one spanner apart is a
  /// head, not a column number.
  private func isColumnNumberRow(_ row: Int, from start: Int) -> Bool {
    guard row > start, row < view.rowCount else { return false }
    let indices = view.cellIndices(inRow: row).filter {
      view.grid.cells[$0].rows == row..<row + 1 && !view.grid.cells[$0].text.isEmpty
    }
    guard ColumnNumbers.isSeries(indices.lazy.map { view.grid.cells[$0].text }) else {
      return false
    }
    let cells = indices.map { view.grid.cells[$0] }
    let heads = cells.map { view.cellIndex(row: row - 1, column: $0.columns.lowerBound) }
    let areShared = zip(zip(heads, heads.dropFirst()), cells).contains {
      $0.0 == $0.1 && $1.columns.lowerBound > 0
    }
    guard !areShared else { return false }
    // The first row of a table with serial numbers may look the same: 1 | 2 | 3, then 2 | …
    guard row + 1 < view.rowCount, let serial = ColumnNumbers.number(cells[0].text),
      cells[0].columns.lowerBound == 0
    else { return true }
    return ColumnNumbers.number(view.cell(row: row + 1, column: 0).text) != serial + 1
  }

  /// Moves the end of the boxhead down until no cell crosses it.
  private func extended(_ end: Int, from start: Int) -> Int {
    var end = min(end, view.rowCount)
    var changed = true
    while changed, end < view.rowCount, end > start {
      changed = false
      for column in 0..<view.columnCount {
        let below = view.grid.cells[view.cellIndex(row: end - 1, column: column)].rows.upperBound
        if below > end {
          end = below
          changed = true
        }
      }
      // A row of column numbers belongs to the heads.
      if end < view.rowCount, isColumnNumberRow(end, from: start) {
        end += 1
        changed = true
      }
    }
    return min(end, view.rowCount)
  }
}
