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
/// heads under it starts a new one. A full-width row with data under it is a section row.
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
      if startsBand(at: row) {
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
    while next < view.rowCount, isHeadRow(next) { next += 1 }
    return next < view.rowCount && isValueRow(next)
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

  /// The first row of values; nil if there is none.
  private func firstBodyRow(from start: Int) -> Int? {
    for row in start..<view.rowCount {
      if row > start, view.isFullWidth(row: row) { return row }
      if isValueRow(row), !isHeadOfYears(row, from: start), !isColumnNumberRow(row) {
        return backed(row, to: start)
      }
    }
    return nil
  }

  /// Rows right above the first values that name groups of rows, not columns, are body rows: they
  /// have text in the stub only.
  private func backed(_ row: Int, to start: Int) -> Int {
    var body = row
    while body - 1 > start, isStubOnly(body - 1), !isCutByHeader(body - 1, from: start) {
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

  /// At least half of the filled cells after the first hold numbers or marks for missing ones.
  private func isValueRow(_ row: Int) -> Bool {
    let cells = view.cellIndices(inRow: row)
    let values = cells.filter { view.content[$0] == .number || view.content[$0] == .missing }
    let filled = cells.dropFirst().filter { view.content[$0] != .blank }
    guard !values.isEmpty else { return false }
    let later = values.filter { $0 != cells.first }
    return later.isEmpty ? cells.count == 1 : later.count * 2 >= filled.count
  }

  /// Years as column heads are numbers too: "2022 2023" above values, with the first cell a text
  /// or blank.
  private func isHeadOfYears(_ row: Int, from start: Int) -> Bool {
    guard row + 1 < view.rowCount, row - start < 4 else { return false }
    let cells = view.cellIndices(inRow: row)
    let numbers = cells.filter { view.content[$0] == .number }
    guard numbers.count * 2 >= cells.count - 1, !numbers.isEmpty else { return false }
    let areYears = numbers.allSatisfy { index in
      guard let number = NumberText(view.grid.cells[index].text), number.suffix.isEmpty else {
        return false
      }
      return (1900...2100).contains(number.value) && number.value == number.value.rounded()
        && view.grid.cells[index].text.utf8.count <= 12
    }
    guard areYears else { return false }
    // A column of years as row labels has a year in the first cell, and no other one.
    let onlyFirst = numbers.count == 1 && numbers.first == cells.first
    return !onlyFirst
  }

  /// Whether a row numbers the columns, as 1 2 3 or 甲 乙 1 2 do.
  func isColumnNumberRow(_ row: Int) -> Bool {
    ColumnNumbers.number(view.cellIndices(inRow: row).map { view.grid.cells[$0].text })
  }

  /// Moves the end of the boxhead down until no cell crosses it.
  private func extended(_ end: Int, from start: Int) -> Int {
    var end = min(end, view.rowCount)
    var changed = true
    while changed, end < view.rowCount, end > start {
      changed = false
      for column in 0..<view.columnCount {
        let cell = view.cell(row: end - 1, column: column)
        if cell.rows.upperBound > end {
          end = cell.rows.upperBound
          changed = true
        }
      }
      // A row of column numbers belongs to the heads.
      if end < view.rowCount, isColumnNumberRow(end) {
        end += 1
        changed = true
      }
    }
    return min(end, view.rowCount)
  }
}
