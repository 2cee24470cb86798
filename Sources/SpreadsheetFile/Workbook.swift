import SpreadsheetCore

/// An Excel workbook that is being written, sheet after sheet.
///
/// The one owner of a workbook of libxlsxwriter. It is kept in a file without a name until it is
/// complete; long sheets are kept there row by row, so that their rows must come in order. Rows
/// and columns count from 0.
@safe
package final class Workbook {
  /// Why there is no workbook.
  package enum Failure: Error, Hashable {
    /// libxlsxwriter is not installed.
    case libraryMissing
    /// What the library said.
    case failed(String)
  }

  /// How a cell looks.
  package struct Format: Hashable {
    package var number: String?
    package var isHeader: Bool
    package var wraps: Bool

    package init(number: String? = nil, isHeader: Bool = false, wraps: Bool = false) {
      self.number = number
      self.isHeader = isHeader
      self.wraps = wraps
    }
  }

  /// The rows of a sheet in Excel.
  package static let rowLimit = 1_048_576
  /// The columns of a sheet in Excel.
  package static let columnLimit = 16_384
  /// The UTF-16 code units of a text in Excel.
  package static let textLimit = 32_767
  /// The UTF-16 code units of a sheet's name in Excel.
  package static let nameLimit = 31

  private let workbook: OpaquePointer
  private var sheetCount: Int32 = 0
  private var formats: [Format: Int32] = [:]
  /// The first failure; nothing is written after it.
  private var failure: Failure?

  package init() throws(Failure) {
    guard bhWorkbookIsAvailable() else { throw .libraryMissing }
    guard let workbook = unsafe bhWorkbookCreate() else {
      throw .failed("no room for a temporary file")
    }
    unsafe self.workbook = workbook
  }

  deinit {
    unsafe bhWorkbookFree(workbook)
  }

  /// Adds a sheet.
  ///
  /// - Parameters:
  ///   - name: A name that Excel takes and no other sheet has.
  ///   - isLong: Whether its rows are written in order and kept outside of memory.
  /// - Returns: Its number.
  package func addSheet(named name: String, isLong: Bool) -> Int32 {
    note(unsafe bhWorkbookAddSheet(workbook, name, isLong))
    defer { sheetCount += 1 }
    return sheetCount
  }

  /// Writes a text; it must fit `textLimit`.
  package func write(_ text: String, sheet: Int32, row: Int, column: Int, format: Format?) {
    let number = number(of: format)
    guard failure == nil else { return }
    note(
      unsafe bhWorkbookWriteText(workbook, sheet, UInt32(row), UInt16(column), text, number))
  }

  /// Writes a number.
  package func write(_ value: Double, sheet: Int32, row: Int, column: Int, format: Format?) {
    let number = number(of: format)
    guard failure == nil else { return }
    note(
      unsafe bhWorkbookWriteNumber(workbook, sheet, UInt32(row), UInt16(column), value, number))
  }

  /// Merges two or more cells.
  package func merge(sheet: Int32, rows: Range<Int>, columns: Range<Int>) {
    guard failure == nil else { return }
    note(
      unsafe bhWorkbookMerge(
        workbook, sheet, UInt32(rows.lowerBound), UInt16(columns.lowerBound),
        UInt32(rows.upperBound - 1), UInt16(columns.upperBound - 1)))
  }

  /// Keeps the first rows and columns in view.
  package func freeze(sheet: Int32, rows: Int, columns: Int) {
    guard failure == nil else { return }
    unsafe bhWorkbookFreeze(workbook, sheet, UInt32(rows), UInt16(columns))
  }

  /// Sets the width of a column in characters.
  package func setWidth(_ width: Double, ofColumn column: Int, sheet: Int32) {
    guard failure == nil else { return }
    unsafe bhWorkbookSetWidth(workbook, sheet, UInt16(column), width)
  }

  /// Completes the workbook and hands on its bytes.
  package func finish(handOn: (Span<UInt8>) -> Void) throws(Failure) {
    if failure == nil { note(unsafe bhWorkbookFinish(workbook)) }
    if let failure { throw failure }
    var piece = [UInt8](repeating: 0, count: 256 * 1024)
    var offset: Int64 = 0
    while true {
      let count = unsafe piece.withUnsafeMutableBytes { buffer in
        unsafe bhWorkbookRead(workbook, buffer.baseAddress, buffer.count, offset)
      }
      guard count >= 0 else { throw .failed("a temporary file that cannot be read") }
      guard count > 0 else { return }
      handOn(piece.span.extracting(first: Int(count)))
      offset += count
    }
  }

  private func number(of format: Format?) -> Int32 {
    guard let format else { return -1 }
    if let number = formats[format] { return number }
    let number = Int32(formats.count)
    let status =
      if let text = format.number {
        unsafe text.withCString { pointer in
          unsafe bhWorkbookAddFormat(
            workbook,
            bhCellFormat(numberFormat: pointer, isHeader: format.isHeader, wraps: format.wraps))
        }
      } else {
        unsafe bhWorkbookAddFormat(
          workbook, bhCellFormat(numberFormat: nil, isHeader: format.isHeader, wraps: format.wraps))
      }
    note(status)
    formats[format] = number
    return number
  }

  private func note(_ status: Int32) {
    guard status != 0, failure == nil else { return }
    let message = unsafe bhWorkbookMessage(status).map { unsafe String(cString: $0) }
    failure = .failed(message ?? "status \(status)")
  }
}
