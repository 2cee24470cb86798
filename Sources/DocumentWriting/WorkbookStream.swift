public import DocumentModel
import SpreadsheetFile

/// Writes the tables of a document as an Excel workbook: a sheet for each table, and one in front
/// that lists them.
///
/// The grid of a table starts at A1, with its merged cells. A number is a number that is printed as
/// it was (`PrintedNumber`); marks of missing values stay text and a blank stays blank. Texts are
/// never formulas. A table that is longer or wider than a sheet goes on on the next one; a text that
/// is longer than a cell is cut there, which the list of tables says.
public final class WorkbookStream: DocumentStream {
  /// From here on a table is kept outside of memory while it is written.
  private static let longTableCellCount = 20_000
  /// Each long sheet has an open file; a process may have some hundreds.
  private static let longSheetLimit = 100
  /// Excel takes some two hundred number formats of a workbook.
  private static let numberFormatLimit = 180
  private static let listHead = ["Sheet", "Table", "Caption", "Unit", "Pages", "Notes"]

  private let handOn: (Span<UInt8>) -> Void
  private let rowLimit: Int
  private let columnLimit: Int
  private var book: Workbook?
  private var failure: WritingError?
  private var names: Set<String> = []
  private var numberFormats: Set<String> = []
  private var tableCount = 0
  private var listRow = 0
  private var longSheetCount = 0

  /// Creates a stream.
  ///
  /// - Parameter handOn: Takes the bytes in order, all of them at the end.
  public convenience init(handOn: @escaping (Span<UInt8>) -> Void) {
    self.init(
      rowLimit: Workbook.rowLimit, columnLimit: Workbook.columnLimit, handOn: handOn)
  }

  /// Creates a stream with other limits of a sheet than Excel's, which take long to reach.
  init(rowLimit: Int, columnLimit: Int, handOn: @escaping (Span<UInt8>) -> Void) {
    self.rowLimit = rowLimit
    self.columnLimit = columnLimit
    self.handOn = handOn
    do throws(Workbook.Failure) {
      let book = try Workbook()
      self.book = book
      _ = book.addSheet(named: "Tables", isLong: false)
      names.insert("tables")
      appendToList(Self.listHead, format: Workbook.Format(isHeader: true))
      for (column, width) in [32.0, 8, 60, 20, 8, 60].enumerated() {
        book.setWidth(width, ofColumn: column, sheet: 0)
      }
      book.freeze(sheet: 0, rows: 1, columns: 0)
    } catch {
      failure = Self.writingError(error)
    }
  }

  /// Writes the tables of the next block.
  public func append(_ block: Block) {
    guard book != nil else { return }
    NestedTables.each(of: block) { append($0, of: $1) }
  }

  /// Completes the workbook and hands on its bytes.
  public func finish(_ document: Document) throws(WritingError) {
    if let failure { throw failure }
    do throws(Workbook.Failure) {
      try book?.finish(handOn: handOn)
    } catch {
      throw Self.writingError(error)
    }
  }

  private static func writingError(_ failure: Workbook.Failure) -> WritingError {
    switch failure {
    case .libraryMissing: .workbookLibraryMissing
    case .failed(let reason): .workbook(reason)
    }
  }

  // MARK: - The list of tables

  private func appendToList(_ texts: [String], format: Workbook.Format? = nil) {
    guard listRow < rowLimit else { return }
    for (column, text) in texts.enumerated() where !text.isEmpty {
      book?.write(
        SheetText.fitted(text).text, sheet: 0, row: listRow, column: column, format: format)
    }
    listRow += 1
  }

  private func appendToList(_ table: Table, of block: Block, sheet: String) {
    var pages: [Int] = []
    for case .page(let number, _) in block.provenance where pages.last != number {
      pages.append(number)
    }
    appendToList(
      [
        sheet, block.id, table.caption ?? "", table.unitText ?? table.unit ?? "",
        pages.map(String.init).joined(separator: ", "), table.footnotes.joined(separator: "\n"),
      ], format: Workbook.Format(wraps: true))
  }

  // MARK: - Tables

  /// A piece of a table on one sheet.
  private struct Piece: Hashable {
    /// How many sheets of rows and of columns come before.
    var row: Int
    var column: Int
  }

  private func append(_ table: Table, of block: Block) {
    tableCount += 1
    var sheets: [Piece: (number: Int32, name: String)] = [:]
    func sheet(_ piece: Piece) -> (number: Int32, name: String) {
      if let sheet = sheets[piece] { return sheet }
      let sheet = addSheet(for: table, of: block, isFirst: sheets.isEmpty)
      if piece == Piece(row: 0, column: 0) { lay(out: table, sheet: sheet.number) }
      sheets[piece] = sheet
      return sheet
    }
    _ = sheet(Piece(row: 0, column: 0))
    for cell in table.cells {
      let row = cell.rows.lowerBound
      let column = cell.columns.lowerBound
      let piece = Piece(row: row / rowLimit, column: column / columnLimit)
      let target = sheet(piece)
      let start = (row % rowLimit, column % columnLimit)
      write(cell, sheet: target, row: start.0, column: start.1)
      // What reaches beyond the sheet is cut at its edge.
      let rows = start.0..<min(start.0 + cell.rows.count, rowLimit)
      let columns = start.1..<min(start.1 + cell.columns.count, columnLimit)
      if rows.count > 1 || columns.count > 1 {
        book?.merge(sheet: target.number, rows: rows, columns: columns)
      }
    }
  }

  private func addSheet(
    for table: Table, of block: Block, isFirst: Bool
  ) -> (number: Int32, name: String) {
    let name = SheetText.name(number: tableCount, caption: table.caption ?? "", taken: &names)
    let isLong =
      table.cells.count >= Self.longTableCellCount && longSheetCount < Self.longSheetLimit
    if isLong { longSheetCount += 1 }
    if isFirst {
      appendToList(table, of: block, sheet: name)
    } else {
      appendToList([name, block.id, "continued"])
    }
    return (book?.addSheet(named: name, isLong: isLong) ?? 0, name)
  }

  /// Keeps headers in view and makes columns as wide as most of what is in them.
  private func lay(out table: Table, sheet: Int32) {
    if table.bands.count == 1, let band = table.bands.first, band.headerRowCount < table.rowCount,
      band.headerRowCount < 100, table.stubColumnCount < min(table.columnCount, 100),
      band.headerRowCount + table.stubColumnCount > 0
    {
      book?.freeze(sheet: sheet, rows: band.headerRowCount, columns: table.stubColumnCount)
    }
    var widths = Array(repeating: 8, count: min(table.columnCount, columnLimit))
    for cell in table.cells where cell.columns.count == 1 {
      let column = cell.columns.lowerBound
      guard widths.indices.contains(column), widths[column] < 40 else { continue }
      // A Chinese character has three bytes and is two digits wide.
      widths[column] = min(40, max(widths[column], cell.text.utf8.count * 3 / 4 + 2))
    }
    for (column, width) in widths.enumerated() where width > 8 {
      book?.setWidth(Double(width), ofColumn: column, sheet: sheet)
    }
  }

  private func write(
    _ cell: Cell, sheet: (number: Int32, name: String), row: Int, column: Int
  ) {
    if cell.role == .data, let value = cell.jsonValue {
      let printed = PrintedNumber(value, text: cell.text)
      book?.write(
        printed.value, sheet: sheet.number, row: row, column: column,
        format: format(ofNumber: printed.format))
      return
    }
    guard !cell.text.isEmpty else { return }
    let (text, isCut) = SheetText.fitted(cell.text)
    let isHeader = cell.role != .data && cell.role != .rowHeader
    let wraps = isHeader || text.utf8.count > 40 || text.utf8.contains(UInt8(ascii: "\n"))
    book?.write(
      text, sheet: sheet.number, row: row, column: column,
      format: isHeader || wraps ? Workbook.Format(isHeader: isHeader, wraps: wraps) : nil)
    if isCut {
      appendToList([
        sheet.name, "", "", "", "",
        "row \(row + 1), column \(column + 1): a text of \(cell.text.utf16.count) characters, cut "
          + "at the limit of Excel",
      ])
    }
  }

  private func format(ofNumber format: String?) -> Workbook.Format? {
    guard let format else { return nil }
    if !numberFormats.contains(format) {
      guard numberFormats.count < Self.numberFormatLimit else { return nil }
      numberFormats.insert(format)
    }
    return Workbook.Format(number: format)
  }
}

/// Texts as a sheet takes them.
enum SheetText {
  /// A text without what a sheet cannot say, cut at the limit of a cell.
  ///
  /// Control characters and the two that XML cannot say become U+FFFD. What looks like the escape
  /// of a character in the form of the file (`_x0041_`) is escaped itself.
  static func fitted(_ text: String) -> (text: String, isCut: Bool) {
    if text.utf8.count <= Workbook.textLimit, !text.utf8.contains(where: isDoubtful) {
      return (text, false)
    }
    var result = text
    if text.unicodeScalars.contains(where: isForbidden) {
      result = ""
      for scalar in text.unicodeScalars {
        result.unicodeScalars.append(isForbidden(scalar) ? "\u{FFFD}" : scalar)
      }
    }
    if result.contains("_x") {
      result = result.replacing(/_(?=x[0-9A-Fa-f]{4}_)/, with: "_x005F_")
    }
    guard result.utf16.count > Workbook.textLimit else { return (result, false) }
    var cut = ""
    var count = 1
    for character in result {
      count += character.utf16.count
      if count > Workbook.textLimit { break }
      cut.append(character)
    }
    return (cut + "…", true)
  }

  /// Whether a byte may be one of a forbidden character or of an escape; most texts have none.
  private static func isDoubtful(_ byte: UInt8) -> Bool {
    byte < 0x20 || byte == UInt8(ascii: "_") || byte == 0xEF
  }

  private static func isForbidden(_ scalar: Unicode.Scalar) -> Bool {
    scalar.value < 0x20 && scalar != "\n" && scalar != "\t" || scalar.value == 0xFFFE
      || scalar.value == 0xFFFF
  }

  /// A name for a sheet: the number of the table and as much of its caption as fits.
  ///
  /// - Parameters:
  ///   - number: The table, from 1.
  ///   - caption: Its caption.
  ///   - taken: The names that are given, in small letters.
  /// - Returns: At most 31 UTF-16 code units, none of `[]:*?/\`, no apostrophe at the end, and no
  ///   other sheet's name.
  static func name(number: Int, caption: String, taken: inout Set<String>) -> String {
    let allowed = caption.filter { character in
      !"[]:*?/\\".contains(character) && character.unicodeScalars.allSatisfy { !isForbidden($0) }
    }
    let words = allowed.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    var attempt = 1
    while true {
      let end = attempt > 1 ? " (\(attempt))" : ""
      var name = "\(number)"
      var count = name.utf16.count + end.utf16.count + 1
      if !words.isEmpty { name += " " }
      for character in words {
        count += character.utf16.count
        if count > Workbook.nameLimit { break }
        name.append(character)
      }
      while name.last == "'" || name.last == " " { name.removeLast() }
      name += end
      if taken.insert(name.lowercased()).inserted { return name }
      attempt += 1
    }
  }
}
