import DocumentModel

/// Reads values, units and marks of missing values of a table's data cells.
enum ValueReader {
  /// - Parameters:
  ///   - table: Roles and paths are set; values are filled in.
  ///   - unitColumn: The column that holds the unit of each row, if there is one.
  static func readValues(in table: inout Table, bodyRowsOfUnits unitColumn: Int?) {
    let unitOfRow = unitColumn.map { units(in: $0, of: table) } ?? [:]
    let headerUnits = table.cells.indices.map { index -> String? in
      switch table.cells[index].role {
      case .columnHeader, .rowHeader, .section: UnitText.unit(ofHeader: table.cells[index].text)
      case .data, .stubHead: nil
      }
    }
    func innermostUnit(_ path: [Int]) -> String? {
      path.last { headerUnits[$0] != nil }.flatMap { headerUnits[$0] }
    }
    for index in table.cells.indices where table.cells[index].role == .data {
      if table.cells[index].columns.lowerBound == unitColumn { continue }
      let text = table.cells[index].text
      if let missing = MissingMark.kind(of: text) {
        table.cells[index].missing = missing
        continue
      }
      guard let number = NumberText(text) else { continue }
      table.cells[index].value = number.value
      let own = number.suffix.isEmpty || number.suffix == "*" ? nil : number.suffix
      let unit =
        own ?? innermostUnit(table.cells[index].columnPath)
        ?? unitOfRow[table.cells[index].rows.lowerBound]
        ?? innermostUnit(table.cells[index].rowPath) ?? table.unit
      if let unit { table.cells[index].unit = unit }
    }
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
