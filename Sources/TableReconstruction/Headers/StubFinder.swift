import LayoutModel

/// Finds the columns of row headers.
///
///     ┌───────────────────┬─────┬─────┐
///     │     Subject       │ a   │ b   │   a head over several columns, one of them of texts,
///     ├─────┬──────┬──────┼─────┼─────┤   makes all of them stub
///     │ 201 │      │ name │  1  │  2  │
///     │     │ 03   │ name │  3  │  4  │
///
///     ┌────────┬──────┬────────┬──────┐
///     │ Assets │ 2023 │ Debts  │ 2023 │   heads that come again after a column of texts: the
///     ├────────┼──────┼────────┼──────┤   values right of it belong to that second stub
///     │ Cash   │  1   │ Loans  │  2   │
///
/// A stub column holds texts that tell rows apart, or codes and serial numbers in front of such a
/// column, or line numbers behind it. A column of units between stub and values is data.
struct StubFinder {
  let view: GridView
  let bands: [BoxheadFinder.Band]
  /// Body rows of all bands without rows over the full width.
  private let bodyRows: [Int]

  init(view: GridView, bands: [BoxheadFinder.Band]) {
    self.view = view
    self.bands = bands
    bodyRows = bands.flatMap { Array($0.rows.dropFirst($0.headerRowCount)) }.filter {
      !view.isFullWidth(row: $0)
    }
  }

  /// The stubs from left to right; the first starts at the first column, further ones have values
  /// on both sides.
  func stubs() -> [Range<Int>] {
    let count = stubColumnCount()
    guard count > 0 else { return [] }
    var stubs = [0..<count]
    guard let band = bands.first, band.headerRowCount > 0, view.columnCount > count + 2 else {
      return stubs
    }
    let heads = headTexts(of: band)
    let named = heads.filter { !$0.isEmpty }
    // Most tables have heads that are all different, and no spanner over their stub.
    guard Set(named).count < named.count || startsSpanner(at: 0..<count, in: band) else {
      return stubs
    }
    var column = count + 1
    while column < view.columnCount - 1 {
      let width = furtherStubWidth(
        at: column, after: stubs[stubs.count - 1], heads: heads, in: band)
      if width > 0 { stubs.append(column..<column + width) }
      column += width + 1
    }
    return stubs
  }

  /// How many columns at the left are row headers.
  func stubColumnCount() -> Int {
    guard view.columnCount > 1 else { return 0 }
    let corner = cornerWidth()
    // Codes stand before names; numbers behind names are values ("收入" over 项目 and 预算数).
    if corner > 1, corner < view.columnCount, isTextual(corner - 1) { return corner }
    let count = labelWidth(from: 0)
    return count == 0 && isLabelSeries(0) ? 1 : count
  }

  /// How many columns from one on are labels of rows: names with the codes in front of them and
  /// what is merged into groups.
  private func labelWidth(from start: Int) -> Int {
    var names = start
    while names < view.columnCount - 1, isSerial(names) { names += 1 }
    // One column may hold serial numbers; several are parts of a code.
    if names - start > 1, !(start..<names).allSatisfy(isCode) { return 0 }
    let needed = names > start ? names + 2 : names + 1
    guard needed <= view.columnCount, isTextual(names) else { return 0 }
    var end = names + 1
    while end < view.columnCount - 1 {
      let isInner =
        isTextual(end)
        && (isNested(in: end - 1, column: end) || isGrouped(by: end - 1, column: end))
      guard isInner || isLineNumber(end) else { break }
      end += 1
    }
    return end - start
  }

  // MARK: - Further stubs

  /// How many columns a second stub has that starts at a column, or 0.
  ///
  /// Texts among values may be data. They are a stub where the heads show that columns start
  /// anew: heads that are the same as those of the columns before, or a spanner over the texts and
  /// their values as there is one over the first stub and its values.
  private func furtherStubWidth(
    at column: Int, after stub: Range<Int>, heads: [[String]], in band: BoxheadFinder.Band
  ) -> Int {
    let sameStubHead = !heads[column].isEmpty && heads[column] == heads[stub.lowerBound]
    // Numbers in front of texts are values of the block before, unless the heads say otherwise.
    guard sameStubHead || isTextual(column) else { return 0 }
    let width = labelWidth(from: column)
    let isSeries = width == 0 && sameStubHead && isLabelSeries(column)
    guard column + max(width, 1) < view.columnCount, width > 0 || isSeries else { return 0 }
    if isSeries { return 1 }
    if sameStubHead, width == stub.count { return width }
    guard isTextual(column) else { return 0 }
    let before = Set((stub.upperBound..<column).map { heads[$0] })
    let after = column + width
    if !heads[after].isEmpty, before.contains(heads[after]) { return width }
    return startsSpanner(at: stub, in: band) && startsSpanner(at: column..<after, in: band)
      ? width : 0
  }

  /// The texts over each column from the top, without title rows and column numbers.
  private func headTexts(of band: BoxheadFinder.Band) -> [[String]] {
    let numbers = BoxheadFinder(view: view).columnNumberRows(of: band)
    var texts = [[String]](repeating: [], count: view.columnCount)
    for row in band.rows.prefix(band.headerRowCount)
    where !view.isFullWidth(row: row) && !numbers.contains(row) {
      for column in 0..<view.columnCount {
        let cell = view.cell(row: row, column: column)
        guard cell.rows.lowerBound == row, !cell.text.isEmpty else { continue }
        texts[column].append(cell.text.withoutSpaces)
      }
    }
    return texts
  }

  /// Whether a head lies over a stub from its first column on and over values beside it.
  private func startsSpanner(at stub: Range<Int>, in band: BoxheadFinder.Band) -> Bool {
    band.rows.prefix(band.headerRowCount).contains { row in
      let cell = view.cell(row: row, column: stub.lowerBound)
      return cell.columns.lowerBound == stub.lowerBound && cell.columns.upperBound > stub.upperBound
        && !cell.text.isEmpty && cell.columns.count < view.columnCount
    }
  }

  /// Whether a column of texts that tell most rows apart has values on both sides.
  func isTextBetweenValues(_ column: Int) -> Bool {
    isTextual(column) && !isTextual(column - 1) && !isTextual(column + 1)
      && Set(
        bodyRows.map { view.cellIndex(row: $0, column: column) }.map { view.grid.cells[$0].text }
      )
      .count * 4 >= bodyRows.count * 3
  }

  // MARK: - Kinds of columns

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
      guard view.grid.cells[index].rows.lowerBound == row || row == bodyRows.first else { continue }
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
    var values = 0
    var others = 0
    for row in bodyRows {
      let index = view.cellIndex(row: row, column: column)
      guard view.grid.cells[index].columns.lowerBound == column else { continue }
      switch view.content[index] {
      case .number:
        let text = view.grid.cells[index].text
        guard Self.isDigits(text) else { return false }
        values += 1
      case .text where HeaderPathBuilder.isGrandTotal(view.grid.cells[index].text): break
      // Names of groups stand between codes.
      case .text, .missing: others += 1
      case .blank: break
      }
    }
    return values > 0 && others * 4 <= values
  }

  /// Whether a text is nothing but decimal digits of any script.
  private static func isDigits(_ text: String) -> Bool {
    text.unicodeScalars.allSatisfy { scalar in
      scalar.isASCII
        ? (0x30...0x39).contains(scalar.value) : scalar.properties.numericType == .decimal
    }
  }

  /// Whether the numbers of a column are parts of codes: of one length, or with a zero in front.
  private func isCode(_ column: Int) -> Bool {
    let texts = bodyRows.map { view.cellIndex(row: $0, column: column) }.filter {
      view.content[$0] == .number && view.grid.cells[$0].columns.lowerBound == column
    }.map { view.grid.cells[$0].text.unicodeScalars }
    guard let first = texts.first else { return false }
    return texts.contains { $0.count > 1 && $0.first == "0" }
      || texts.allSatisfy { $0.count == first.count }
  }

  /// Whether a column numbers the rows: a whole number in each row, one more than in the row before.
  private func isLineNumber(_ column: Int) -> Bool {
    var previous: Double?
    var count = 0
    for row in bodyRows {
      let cell = view.cell(row: row, column: column)
      guard cell.columns == column..<column + 1, cell.rows.count == 1, Self.isDigits(cell.text),
        let value = NumberText(cell.text)?.value, previous.map({ value == $0 + 1 }) ?? true
      else { return false }
      previous = value
      count += 1
    }
    return count > 2
  }

  /// Years or other rising whole numbers that label rows, beside at least one column of values.
  private func isLabelSeries(_ column: Int) -> Bool {
    // Names of groups may stand between years, and names below days: as many as may be.
    let numbers = bodyRows.compactMap { row in
      let text = view.cell(row: row, column: column).text
      return NumberText(text).map { (value: $0.value, isWhole: Self.isDigits(text)) }
    }
    let values = numbers.map(\.value)
    let areYears = values.allSatisfy { (1800...2200).contains($0) }
    let areWhole = numbers.allSatisfy(\.isWhole)
    guard values.count >= 3, areYears || areWhole else { return false }
    let steps = values.indices.dropFirst().map { values[$0] - values[$0 - 1] }
    let isRising = steps.allSatisfy { $0 > 0 } || steps.allSatisfy { $0 < 0 }
    let areSerial = steps.allSatisfy { $0 == 1 } && (values.first == 1 || column > 0)
    return isRising && (areYears || areSerial)
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

  /// Whether a column names groups of rows, once or in each row, that only the next tells apart.
  private func isGrouped(by outer: Int, column: Int) -> Bool {
    guard let first = bodyRows.first, !view.cell(row: first, column: outer).text.isEmpty,
      view.columnCount > column + 1
    else { return false }
    var seen: Set<[String]> = []
    var groups = 0
    var single = 0
    var group = ""
    for row in bodyRows {
      let inner = view.cell(row: row, column: column).text
      let name = view.cell(row: row, column: outer).text
      if inner.isEmpty {
        if !HeaderPathBuilder.isGrandTotal(name) { single += 1 }
        continue
      }
      if name.isEmpty || name == group { groups += 1 }
      if !name.isEmpty { group = name }
      guard seen.insert([group, inner]).inserted else { return false }
    }
    guard groups > 0, groups * 4 >= seen.count, single * 3 <= seen.count else { return false }
    let units = bodyRows.count { UnitText.isUnit(view.cell(row: $0, column: column).text) }
    return units * 2 < seen.count
  }
}
