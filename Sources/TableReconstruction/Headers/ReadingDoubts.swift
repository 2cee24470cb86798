import DocumentModel
import LayoutModel

/// Says where the reading of a table was close: what another reader might have read otherwise.
///
/// One note for each kind of doubt and table, with the first place and the number of places, so that
/// a long table does not bury the document in notes.
struct ReadingDoubts {
  let view: GridView
  let bands: [BoxheadFinder.Band]
  let stubs: [Range<Int>]
  let sections: [Int: Int]

  /// - Returns: Notes whose `at` is the end of a cell's id (`c12`), or nil for the whole table.
  func notes(on table: Table, decimalSigns: [DecimalSign]) -> [Note] {
    [boxhead(of: table), columns(), rows(), decimals(of: table, decimalSigns), marks(of: table)]
      .compactMap { $0 }
  }

  /// Without values, nothing but place tells heads from body.
  private func boxhead(of table: Table) -> Note? {
    guard view.grid.declaredHeaderRowCount == nil, table.columnCount > 1, table.rowCount > 1,
      !view.content.contains(where: { $0 == .number || $0 == .missing }),
      let depth = bands.first?.headerRowCount
    else { return nil }
    return note(
      "table.boxheadUncertain", at: nil,
      "the table has texts only, so nothing tells heads from body; its first \(depth) rows are taken "
        + "as heads")
  }

  /// Texts between columns of values may label the rows of what stands right of them.
  private func columns() -> Note? {
    guard let stub = stubs.first else { return nil }
    let finder = StubFinder(view: view, bands: bands)
    let doubtful = (stub.upperBound..<view.columnCount).filter { column in
      column > stub.upperBound && column + 1 < view.columnCount
        && !stubs.contains { $0.contains(column) } && finder.isTextBetweenValues(column)
    }
    guard let first = doubtful.first, let row = bands.first?.rows.lowerBound else { return nil }
    return note(
      "table.stubUncertain", at: view.cellIndex(row: row, column: first),
      "\(doubtful.count) columns hold texts between columns of values; they are taken as data, not "
        + "as row headers")
  }

  /// Rows with a label and nothing else that are not taken as heads of the rows below.
  private func rows() -> Note? {
    guard let stub = stubs.first else { return nil }
    let doubtful = bands.flatMap { Array($0.rows.dropFirst($0.headerRowCount)) }.filter { row in
      sections[row] == nil
        && view.content[view.cellIndex(row: row, column: stub.lowerBound)] == .text
        && view.cellIndices(inRow: row).dropFirst().allSatisfy { view.content[$0] == .blank }
        && view.cellIndices(inRow: row).count > 1
    }
    guard let first = doubtful.first else { return nil }
    return note(
      "table.sectionUncertain", at: view.cellIndex(row: first, column: stub.lowerBound),
      "\(doubtful.count) rows have a label and no values; their values are taken as absent, not the "
        + "labels as heads of the rows below")
  }

  /// 1.234 where no other number shows whether the point parts thousands.
  private func decimals(of table: Table, _ signs: [DecimalSign]) -> Note? {
    guard signs.contains(.unknown) else { return nil }
    let doubtful = table.cells.indices.filter { index in
      table.cells[index].value != nil
        && signs[table.cells[index].columns.lowerBound] == .unknown
        && table.cells[index].text.utf8.contains(0x2E)
        && DecimalSign.isNeeded(for: table.cells[index].text)
    }
    guard let first = doubtful.first else { return nil }
    return note(
      "table.decimalSignUncertain", at: first,
      "\(doubtful.count) numbers such as “\(table.cells[first].text)” may have a decimal point or a "
        + "separator of thousands; it is read as a decimal point")
  }

  /// A letter or bracket behind a number may be a unit that is not known.
  private func marks(of table: Table) -> Note? {
    let doubtful = table.cells.indices.filter { index in
      guard table.cells[index].value != nil, let last = table.cells[index].text.utf8.last,
        last < 0x80, !(0x30...0x39).contains(last),
        let mark = NumberText(table.cells[index].text)?.mark
      else { return false }
      return mark.utf8.contains { $0 < 0x80 && $0 != UInt8(ascii: "*") }
    }
    guard let first = doubtful.first else { return nil }
    return note(
      "table.footnoteMarkSplit", at: first,
      "\(doubtful.count) numbers such as “\(table.cells[first].text)” have a mark behind them that is "
        + "taken as a footnote mark, not as a unit")
  }

  private func note(_ code: String, at cell: Int?, _ message: String) -> Note {
    Note(code: code, severity: .info, at: cell.map { "c\($0 + 1)" }, message: message)
  }
}
