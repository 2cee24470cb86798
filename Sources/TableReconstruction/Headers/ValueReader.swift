import DocumentModel

/// Reads values, units and marks of missing values of a table's data cells.
enum ValueReader {
  /// - Parameters:
  ///   - table: Roles and paths are set; values are filled in.
  ///   - unitColumn: The column that holds the unit of each row, if there is one.
  ///   - signs: The decimal sign of each column.
  static func readValues(
    in table: inout Table, bodyRowsOfUnits unitColumn: Int?, decimalSigns signs: [DecimalSign]
  ) {
    let unitOfRow = unitColumn.map { units(in: $0, of: table) } ?? [:]
    // The cells of a column share their path, and so do those of a row.
    var columnUnits = [PathUnit](repeating: PathUnit(), count: table.columnCount)
    var rowUnit = PathUnit()
    let dates = dateColumns(of: table)
    for index in table.cells.indices where table.cells[index].role == .data {
      let column = table.cells[index].columns.lowerBound
      if column == unitColumn { continue }
      let text = table.cells[index].text
      if let missing = MissingMark.kind(of: text) {
        table.cells[index].missing = missing
        continue
      }
      guard let number = NumberText(text, decimalSign: signs[column]) else {
        table.cells[index].missing = markedMissing(text)
        continue
      }
      if GridView.isYear(number) || dates.contains(column) { continue }
      table.cells[index].value = number.value
      let own = number.suffix.isEmpty ? nil : number.suffix
      let unit =
        own ?? columnUnits[column].unit(of: table.cells[index].columnPath, in: table)
        ?? unitOfRow[table.cells[index].rows.lowerBound]
        ?? rowUnit.unit(of: table.cells[index].rowPath, in: table) ?? table.unit
      if let unit { table.cells[index].unit = unit }
    }
  }

  /// The unit that the headers of a path say, worked out once for cells with one path in a row.
  private struct PathUnit {
    private var path: [Int] = []
    private var unit: String?

    mutating func unit(of path: [Int], in table: Table) -> String? {
      if path != self.path {
        self.path = path
        unit = Self.innermost(of: path, in: table)
      }
      return unit
    }

    private static func innermost(of path: [Int], in table: Table) -> String? {
      for index in path.reversed()
      where table.cells[index].role != .data && table.cells[index].role != .stubHead {
        if let unit = UnitText.unit(ofHeader: table.cells[index].text) { return unit }
      }
      // A head under another one that is nothing but a unit.
      guard path.count > 1, let last = path.last, table.cells[last].role == .columnHeader,
        UnitText.isUnit(table.cells[last].text),
        !countWords.contains(table.cells[last].text.lowercased())
      else { return nil }
      return table.cells[last].text
    }
  }

  /// Words of a unit line that say what a column counts where they are its head.
  private static let countWords: Set<String> = ["number", "anzahl", "年", "years", "hours"]

  /// How a value is absent where a footnote says why.
  private static func markedMissing(_ text: String) -> Cell.Missing? {
    let (body, mark) = FootnoteMark.split(text)
    return mark.isEmpty ? nil : MissingMark.kind(of: body)
  }

  /// The decimal sign of each column: what its own numbers show, or those of the whole table.
  static func decimalSigns(of table: Table) -> [DecimalSign] {
    var points = [Bool](repeating: false, count: table.columnCount)
    var commas = points
    for index in table.cells.indices
    where table.cells[index].role == .data && table.cells[index].text.utf8.count <= 40 {
      switch DecimalSign.shown(by: table.cells[index].text) {
      case .point: points[table.cells[index].columns.lowerBound] = true
      case .comma: commas[table.cells[index].columns.lowerBound] = true
      case .unknown: break
      }
    }
    func sign(point: Bool, comma: Bool) -> DecimalSign {
      point == comma ? .unknown : point ? .point : .comma
    }
    let whole = sign(point: points.contains(true), comma: commas.contains(true))
    return zip(points, commas).map { point, comma in
      point || comma ? sign(point: point, comma: comma) : whole
    }
  }

  /// Columns whose entries are all months of years, 2023.05: dates, not numbers.
  private static func dateColumns(of table: Table) -> Set<Int> {
    var dates: [Int: Int] = [:]
    var others: Set<Int> = []
    for index in table.cells.indices where table.cells[index].role == .data {
      let column = table.cells[index].columns.lowerBound
      if others.contains(column) { continue }
      if isMonth(table.cells[index].text) {
        dates[column, default: 0] += 1
      } else if MissingMark.kind(of: table.cells[index].text) == nil {
        others.insert(column)
      }
    }
    return Set(dates.filter { $0.value > 1 }.keys).subtracting(others)
  }

  private static func isMonth(_ text: String) -> Bool {
    guard text.utf8.count == 7 else { return false }
    let bytes = Array(text.utf8)
    guard bytes[4] == 0x2E,
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
