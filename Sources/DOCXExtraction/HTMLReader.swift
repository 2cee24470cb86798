internal import DocumentModel
internal import LayoutModel
internal import XMLCore

/// Reads an HTML part that a document includes: paragraphs, headings, list items and tables.
///
/// libxml2's HTML parser repairs what HTML in the wild gets wrong; nothing outside the part is
/// opened. Scripts, styles and the head are left out.
@safe
final class HTMLReader {
  private var blocks: [FlowBlock] = []
  private var text = ""
  private var kind = Block.Kind.paragraph
  private var level: Int?
  private var skipDepth = 0
  private var tables: [HTMLTable] = []
  private let part: String
  private var paragraphCount = 0

  private struct HTMLTable {
    var cells: [GridCell] = []
    var row = -1
    var column = 0
    /// The row from which each column is free again.
    var freeFrom: [Int] = []
    var span: (rows: Int, columns: Int) = (1, 1)
    var isInCell = false
    var text = ""
  }

  private init(part: String) {
    self.part = part
  }

  static func looksLikeHTML(_ bytes: [UInt8]) -> Bool {
    let start = String(decoding: bytes.prefix(512), as: UTF8.self).lowercased()
    return start.contains("<html") || start.contains("<!doctype html") || start.contains("<body")
      || start.contains("<p>") || start.contains("<table")
  }

  /// Reads a page; `isUTF8` overrules what the page says of its encoding.
  static func blocks(of bytes: [UInt8], part: String, isUTF8: Bool = false) -> [FlowBlock] {
    let reader = HTMLReader(part: part)
    var events = unsafe bhHTMLEvents(start: htmlStart, end: htmlEnd, text: htmlText)
    withExtendedLifetime(reader) {
      let user = unsafe Unmanaged.passUnretained(reader).toOpaque()
      unsafe bytes.withUnsafeBufferPointer {
        unsafe bhHTMLParse($0.baseAddress, CInt($0.count), isUTF8, &events, user)
      }
    }
    reader.flush()
    while !reader.tables.isEmpty { reader.endTable() }
    return reader.blocks
  }

  // MARK: - Events

  fileprivate func start(_ name: String, _ attributes: [String: String]) {
    if skipDepth > 0 || Self.skipped.contains(name) {
      skipDepth += 1
      return
    }
    switch name {
    case "br": append("\n")
    case "table":
      flush()
      if tables.count < 64 { tables.append(HTMLTable()) }
    case "tr":
      guard let last = tables.indices.last else { return }
      endCell()
      tables[last].row += 1
      tables[last].column = 0
    case "td", "th":
      endCell()
      startCell(attributes)
    case "h1", "h2", "h3", "h4", "h5", "h6":
      flush()
      kind = .heading
      level = name.utf8.last.map { Int($0) - 0x30 }
    case "li":
      flush()
      kind = .listItem
      level = 1
    case _ where Self.blockNames.contains(name): flush()
    default: break
    }
  }

  fileprivate func end(_ name: String) {
    if skipDepth > 0 {
      skipDepth -= 1
      return
    }
    switch name {
    case "table": endTable()
    case "td", "th", "tr": endCell()
    case "h1", "h2", "h3", "h4", "h5", "h6", "li": flush()
    case _ where Self.blockNames.contains(name): flush()
    default: break
    }
  }

  fileprivate func append(_ piece: String) {
    guard skipDepth == 0 else { return }
    if let last = tables.indices.last {
      if tables[last].isInCell { tables[last].text += piece }
    } else {
      text += piece
    }
  }

  private static let skipped: Set = ["head", "script", "style", "title", "template"]
  private static let blockNames: Set = [
    "p", "div", "ul", "ol", "body", "html", "section", "article", "header", "footer", "blockquote",
    "pre", "dl", "dt", "dd", "hr", "address", "caption", "form", "fieldset",
  ]

  /// White space in HTML is one space; line breaks of `br` were put in as such.
  private static func collapsed(_ text: String) -> String {
    // Scalars, because a carriage return and a line feed are one character.
    text.unicodeScalars.split(whereSeparator: {
      $0 == " " || $0 == "\t" || $0 == "\n" || $0 == "\r"
    })
    .map { String($0) }.joined(separator: " ")
  }

  private func flush() {
    if let last = tables.indices.last {
      if tables[last].isInCell, !tables[last].text.isEmpty { tables[last].text += " " }
      return
    }
    let line = Self.collapsed(text)
    text = ""
    defer {
      kind = .paragraph
      level = nil
    }
    guard !line.isEmpty else { return }
    paragraphCount += 1
    blocks.append(
      .paragraph(
        FlowParagraph(
          kind: kind, level: level, text: line,
          provenance: .part(name: part, path: "paragraph[\(paragraphCount)]"))))
  }

  // MARK: - Tables

  private func startCell(_ attributes: [String: String]) {
    guard let last = tables.indices.last else { return }
    if tables[last].row < 0 { tables[last].row = 0 }
    func span(_ name: String) -> Int {
      min(max(1, attributes[name].flatMap { Int($0) } ?? 1), 1_000)
    }
    tables[last].span = (span("rowspan"), span("colspan"))
    tables[last].isInCell = true
    tables[last].text = ""
  }

  private func endCell() {
    guard let last = tables.indices.last, tables[last].isInCell else { return }
    var table = tables[last]
    table.isInCell = false
    func isFree(_ column: Int) -> Bool {
      column >= table.freeFrom.count || table.freeFrom[column] <= table.row
    }
    while !isFree(table.column) { table.column += 1 }
    var width = 1
    while width < table.span.columns, isFree(table.column + width) { width += 1 }
    let columns = table.column..<table.column + width
    while table.freeFrom.count < columns.upperBound { table.freeFrom.append(0) }
    let rows = table.row..<table.row + table.span.rows
    for column in columns { table.freeFrom[column] = rows.upperBound }
    table.cells.append(
      GridCell(
        rows: rows, columns: columns, text: Self.collapsed(table.text), evidence: .declared,
        provenance: [.part(name: part, path: "")]))
    table.column = columns.upperBound
    tables[last] = table
  }

  private func endTable() {
    endCell()
    guard var table = tables.popLast() else { return }
    let rowCount = table.row + 1
    let columnCount = table.freeFrom.count
    guard rowCount > 0, columnCount > 0, rowCount <= 1_000_000 / columnCount else { return }
    if !tables.isEmpty {
      append(table.cells.map(\.text).joined(separator: " "))
      return
    }
    var isCovered = [Bool](repeating: false, count: rowCount * columnCount)
    for index in table.cells.indices {
      table.cells[index].rows =
        table.cells[index].rows.lowerBound..<min(table.cells[index].rows.upperBound, rowCount)
      for row in table.cells[index].rows {
        for column in table.cells[index].columns { isCovered[row * columnCount + column] = true }
      }
    }
    for position in isCovered.indices where !isCovered[position] {
      let (row, column) = position.quotientAndRemainder(dividingBy: columnCount)
      table.cells.append(
        GridCell(
          rows: row..<row + 1, columns: column..<column + 1, text: "", evidence: .implied))
    }
    table.cells.sort {
      ($0.rows.lowerBound, $0.columns.lowerBound) < ($1.rows.lowerBound, $1.columns.lowerBound)
    }
    blocks.append(
      .table(
        FlowTable(
          grid: CellGrid(rowCount: rowCount, columnCount: columnCount, cells: table.cells),
          provenance: .part(name: part, path: "table"))))
  }
}

// MARK: - Callbacks

private func reader(_ user: UnsafeMutableRawPointer?) -> HTMLReader? {
  guard let user = unsafe user else { return nil }
  return unsafe Unmanaged<HTMLReader>.fromOpaque(user).takeUnretainedValue()
}

private func htmlStart(
  _ user: UnsafeMutableRawPointer?, _ name: UnsafePointer<UInt8>?,
  _ attributes: UnsafeMutablePointer<UnsafePointer<UInt8>?>?
) {
  guard let reader = unsafe reader(user), let name = unsafe name else { return }
  var values: [String: String] = [:]
  if var pair = unsafe attributes {
    while let key = unsafe pair[0] {
      if let value = unsafe pair[1] {
        unsafe values[String(cString: key)] = unsafe String(cString: value)
      }
      unsafe pair += 2
    }
  }
  unsafe reader.start(String(cString: name), values)
}

private func htmlEnd(_ user: UnsafeMutableRawPointer?, _ name: UnsafePointer<UInt8>?) {
  guard let reader = unsafe reader(user), let name = unsafe name else { return }
  unsafe reader.end(String(cString: name))
}

private func htmlText(
  _ user: UnsafeMutableRawPointer?, _ text: UnsafePointer<UInt8>?, _ count: CInt
) {
  guard let reader = unsafe reader(user), let text = unsafe text else { return }
  unsafe reader.append(
    String(decoding: UnsafeBufferPointer(start: text, count: Int(count)), as: UTF8.self))
}
