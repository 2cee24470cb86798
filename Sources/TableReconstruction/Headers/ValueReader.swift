import DocumentModel

/// Reads values, units and marks of missing values of a table's data cells.
enum ValueReader {
  /// - Parameters:
  ///   - table: Roles and paths are set; values are filled in.
  ///   - unitColumn: The column that holds the unit of each row, if there is one.
  static func readValues(in table: inout Table, bodyRowsOfUnits unitColumn: Int?) {
    let unitOfRow = unitColumn.map { units(in: $0, of: table) } ?? [:]
    let headerUnits = table.cells.map { cell in
      cell.role == .columnHeader || cell.role == .rowHeader || cell.role == .section
        ? UnitText.unit(ofHeader: cell.text) : nil
    }
    func innermostUnit(_ path: [Int]) -> String? {
      path.last { headerUnits[$0] != nil }.flatMap { headerUnits[$0] } ?? bareUnit(path)
    }
    /// A head under another one that is nothing but a unit.
    func bareUnit(_ path: [Int]) -> String? {
      guard path.count > 1, let last = path.last, table.cells[last].role == .columnHeader,
        UnitText.isUnit(table.cells[last].text),
        !countWords.contains(table.cells[last].text.lowercased())
      else { return nil }
      return table.cells[last].text
    }
    let signs = decimalSigns(of: table)
    let dates = dateColumns(of: table)
    for index in table.cells.indices where table.cells[index].role == .data {
      let cell = table.cells[index]
      if cell.columns.lowerBound == unitColumn { continue }
      if let missing = missing(cell.text) {
        table.cells[index].missing = missing
        continue
      }
      guard
        let number = NumberText(cell.text, decimalSign: signs[cell.columns.lowerBound]),
        !GridView.isYear(number), !dates.contains(cell.columns.lowerBound)
      else { continue }
      table.cells[index].value = number.value
      let own = number.suffix.isEmpty ? nil : number.suffix
      table.cells[index].unit =
        own ?? innermostUnit(cell.columnPath) ?? unitOfRow[cell.rows.lowerBound]
        ?? innermostUnit(cell.rowPath) ?? table.unit
    }
  }

  /// Words of a unit line that say what a column counts where they are its head.
  private static let countWords: Set<String> = ["number", "anzahl", "年", "years", "hours"]

  /// How a value is absent, whether or not a footnote says why.
  private static func missing(_ text: String) -> Cell.Missing? {
    if let missing = MissingMark.kind(of: text) { return missing }
    let (body, mark) = FootnoteMark.split(text)
    return mark.isEmpty ? nil : MissingMark.kind(of: body)
  }

  /// The decimal sign of each column: what its own numbers show, or those of the whole table.
  static func decimalSigns(of table: Table) -> [DecimalSign] {
    var texts = [[String]](repeating: [], count: table.columnCount)
    for cell in table.cells where cell.role == .data && cell.text.utf8.count <= 40 {
      texts[cell.columns.lowerBound].append(cell.text)
    }
    let columns = texts.map { DecimalSign.shown(by: $0) }
    let shown = Set(columns)
    let whole: DecimalSign =
      shown.contains(.point) == shown.contains(.comma)
      ? .unknown : shown.contains(.comma) ? .comma : .point
    return columns.map { $0 == .unknown ? whole : $0 }
  }

  /// Columns whose entries are all months of years, 2023.05: dates, not numbers.
  private static func dateColumns(of table: Table) -> Set<Int> {
    var dates: [Int: Int] = [:]
    var others: Set<Int> = []
    for cell in table.cells where cell.role == .data {
      if isMonth(cell.text) {
        dates[cell.columns.lowerBound, default: 0] += 1
      } else if MissingMark.kind(of: cell.text) == nil {
        others.insert(cell.columns.lowerBound)
      }
    }
    return Set(dates.filter { $0.value > 1 }.keys).subtracting(others)
  }

  private static func isMonth(_ text: String) -> Bool {
    let bytes = Array(text.utf8)
    guard bytes.count == 7, bytes[4] == 0x2E,
      bytes[0] == 0x31 && bytes[1] == 0x39
        || bytes[0] == 0x32 && bytes[1] == 0x30, let month = Int(text.suffix(2)),
      Int(text.prefix(4)) != nil
    else { return false }
    return (1...12).contains(month)
  }

  private static func units(in column: Int, of table: Table) -> [Int: String] {
    var units: [Int: String] = [:]
    for cell in table.cells where cell.columns.lowerBound == column && cell.role == .data {
      guard MissingMark.kind(of: cell.text) == nil else { continue }
      for row in cell.rows { units[row] = cell.text }
    }
    return units
  }
}
