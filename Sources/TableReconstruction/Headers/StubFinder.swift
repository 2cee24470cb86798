import LayoutModel

/// Finds how many columns at the left are row headers.
///
///     ┌───────────────────┬─────┬─────┐
///     │     Subject       │ a   │ b   │   a head over several columns, one of them of texts,
///     ├─────┬──────┬──────┼─────┼─────┤   makes all of them stub
///     │ 201 │      │ name │  1  │  2  │
///     │     │ 03   │ name │  3  │  4  │
///
/// A stub column holds texts that tell rows apart, or codes and serial numbers in front of such a
/// column. A column of units between stub and values is data.
struct StubFinder {
  let view: GridView
  let bands: [BoxheadFinder.Band]

  func stubColumnCount() -> Int {
    guard view.columnCount > 1 else { return 0 }
    let corner = cornerWidth()
    // Codes stand before names; numbers behind names are values ("收入" over 项目 and 预算数).
    if corner > 1, corner < view.columnCount, isTextual(corner - 1) { return corner }
    var count = 0
    if isTextual(0) {
      count = 1
    } else if isSerial(0), isTextual(1), view.columnCount > 2 {
      count = 2
    } else if isLabelSeries(0) {
      return 1
    } else {
      return 0
    }
    while count < view.columnCount - 1, isTextual(count), isNested(in: count - 1, column: count) {
      count += 1
    }
    return count
  }

  /// Body rows of all bands.
  private var bodyRows: [Int] {
    bands.flatMap { Array($0.rows.dropFirst($0.headerRowCount)) }.filter {
      !view.isFullWidth(row: $0)
    }
  }

  /// The columns under the first head that is not a title row, in the first band.
  private func cornerWidth() -> Int {
    guard let band = bands.first else { return 0 }
    let heads = band.rows.prefix(band.headerRowCount)
    guard let row = heads.first(where: { !view.isFullWidth(row: $0) }) else { return 0 }
    let corner = view.cell(row: row, column: 0)
    // A head over several columns of values has heads of its own under it, all over values.
    return corner.columns.count
  }

  /// Whether most filled body cells that start in a column are texts.
  private func isTextual(_ column: Int) -> Bool {
    var texts = 0
    var others = 0
    for row in bodyRows {
      let index = view.cellIndex(row: row, column: column)
      let cell = view.grid.cells[index]
      guard cell.rows.lowerBound == row || row == bodyRows.first else { continue }
      guard cell.columns.lowerBound == column || cell.columns.contains(column) else { continue }
      switch view.content[index] {
      case .text: texts += 1
      case .number, .missing: others += 1
      case .blank: break
      }
    }
    return texts > others
  }

  /// Serial numbers or codes: whole numbers without a repeated value in neighbouring rows.
  private func isSerial(_ column: Int) -> Bool {
    var values: [String] = []
    var others = 0
    for row in bodyRows {
      let index = view.cellIndex(row: row, column: column)
      guard view.grid.cells[index].columns.lowerBound == column else { continue }
      switch view.content[index] {
      case .number:
        let text = view.grid.cells[index].text
        guard text.unicodeScalars.allSatisfy({ $0.properties.numericType == .decimal }) else {
          return false
        }
        values.append(text)
      // Totals and names of groups stand between codes.
      case .text, .missing: others += 1
      case .blank: break
      }
    }
    return !values.isEmpty && others * 4 <= values.count
  }

  /// Years or other rising whole numbers that label rows, beside at least one column of values.
  private func isLabelSeries(_ column: Int) -> Bool {
    let texts = bodyRows.map { view.cell(row: $0, column: column).text }
    let values = texts.compactMap { NumberText($0)?.value }
    let areYears = values.allSatisfy { (1800...2200).contains($0) }
    // Names of groups may stand between years.
    guard values.count >= 3, areYears || isSerial(column) else { return false }
    let steps = zip(values, values.dropFirst())
    let isRising = steps.allSatisfy { $0 < $1 } || steps.allSatisfy { $0 > $1 }
    let areSerial = values.first == 1 && steps.allSatisfy { $1 == $0 + 1 }
    return isRising && values.count >= 3 && (areYears || areSerial)
  }

  /// Whether cells of one column hold together several rows of the next: a merged stub.
  private func isNested(in outer: Int, column: Int) -> Bool {
    guard outer >= 0 else { return false }
    return bodyRows.contains { row in
      let parent = view.cell(row: row, column: outer)
      let child = view.cell(row: row, column: column)
      return parent.rows.count > 1 && parent.columns.upperBound == column
        && child.rows.count < parent.rows.count && child.columns.lowerBound == column
    }
  }
}
