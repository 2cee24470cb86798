import DocumentModel
import DocumentWriting

/// What streams write, as text.
enum StreamText {
  static func markdown(_ blocks: [Block]) throws -> String {
    try markdown(document(blocks))
  }

  static func markdown(_ document: Document) throws -> String {
    try text(document) { MarkdownStream(handOn: $0) }
  }

  static func html(_ document: Document) throws -> String {
    try text(document) { HTMLStream(title: "", handOn: $0) }
  }

  /// A record with a sum that holds, one that fails and one that cannot be told.
  static let record = Record(
    family: "f", generation: "1", agency: "A & B",
    identities: [(5, 5, true), (5, 6.5, false), (nil, 1, nil)].map {
      (left: Double?, right: Double?, holds: Bool?) in
      Record.Identity(
        id: "total", left: left, right: right, holds: holds, holdsIfBlankIsZero: holds,
        leftCells: ["b1c2"], rightCells: ["b1c3"])
    })

  static func html(_ blocks: [Block], title: String = "a.pdf") throws -> String {
    try text(document(blocks)) { HTMLStream(title: title, handOn: $0) }
  }

  static func tidy(_ blocks: [Block]) throws -> String {
    try text(document(blocks)) {
      TidyStream(document: "a.pdf", delimiter: .comma, hasHead: true, handOn: $0)
    }
  }

  /// The files of a grid stream: their names in order, and what is in them.
  static func grids(
    _ blocks: [Block], delimiter: Delimiter = .comma
  ) throws -> [(name: String, text: String)] {
    var files: [(name: String, bytes: [UInt8])] = []
    let stream = GridStream(stem: "a", delimiter: delimiter) { name, bytes in
      if files.last?.name != name { files.append((name, [])) }
      for index in bytes.indices { files[files.count - 1].bytes.append(bytes[index]) }
    }
    try stream.write(document(blocks))
    return files.map { ($0.name, String(decoding: $0.bytes, as: UTF8.self)) }
  }

  static func document(_ blocks: [Block]) -> Document {
    var document = SampleDocuments.smallest
    document.source.name = "a.pdf"
    document.blocks = blocks
    return document
  }

  private static func text(
    _ document: Document, stream: (@escaping (Span<UInt8>) -> Void) -> any DocumentStream
  ) throws -> String {
    let bytes = ByteBox()
    try stream { piece in
      for index in piece.indices { bytes.bytes.append(piece[index]) }
    }.write(document)
    return String(decoding: bytes.bytes, as: UTF8.self)
  }

  private final class ByteBox {
    var bytes: [UInt8] = []
  }
}

/// Tables for tests, drawn: a row a line, cells between bars.
///
///     # | # 2024 | <     a column header over two columns
///     ^ | # H1   | # H2  the cell above goes on
///     @ a | 1,009 | —    a row header, a number, a dash
///
/// `#` starts a column header, `@` a row header, `=` a section; `<` and `^` continue the cell at the
/// left or above. Numbers have their value, a lone dash or nothing is missing.
enum TableSketch {
  static func table(
    _ sketch: String, headerRows: Int = 1, caption: String? = nil, unitText: String? = nil,
    footnotes: [String] = []
  ) -> Table {
    let rows = sketch.split(separator: "\n").map { line in
      line.split(separator: "|", omittingEmptySubsequences: false).map {
        $0.trimmingPrefix(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed()
      }.map { String($0) }
    }
    let columnCount = rows.map(\.count).max() ?? 0
    var cells: [Cell] = []
    for (row, texts) in rows.enumerated() {
      for (column, text) in texts.enumerated() where text != "<" && text != "^" {
        var width = 1
        while column + width < columnCount, texts[column + width] == "<" { width += 1 }
        var height = 1
        while row + height < rows.count, rows[row + height][column] == "^" { height += 1 }
        cells.append(cell(text, rows: row..<row + height, columns: column..<column + width))
      }
    }
    for index in cells.indices where cells[index].role == .data {
      let cell = cells[index]
      cells[index].columnPath = cells.indices.filter {
        cells[$0].role == .columnHeader && cells[$0].columns.overlaps(cell.columns)
      }
      cells[index].rowPath = cells.indices.filter {
        cells[$0].role == .rowHeader && cells[$0].rows.overlaps(cell.rows)
      }
    }
    return Table(
      caption: caption, unitText: unitText, footnotes: footnotes, rowCount: rows.count,
      columnCount: columnCount,
      bands: [Table.Band(rows: 0..<rows.count, headerRowCount: headerRows)], cells: cells)
  }

  static func block(_ table: Table, id: String = "b1") -> Block {
    Block(id: id, kind: .table, table: table)
  }

  private static func cell(_ text: String, rows: Range<Int>, columns: Range<Int>) -> Cell {
    let roles: [(Character, Cell.Role)] = [
      ("#", .columnHeader), ("@", .rowHeader), ("=", .section),
    ]
    for (mark, role) in roles where text.first == mark {
      let rest = text.dropFirst()
      return Cell(
        rows: rows, columns: columns, role: role,
        text: String(rest.first == " " ? rest.dropFirst() : rest), evidence: .ruled)
    }
    var cell = Cell(rows: rows, columns: columns, text: text, evidence: .ruled)
    cell.value = Double(text.replacing(",", with: ""))
    if text.isEmpty { cell.missing = .blank }
    if text == "—" { cell.missing = .dash }
    return cell
  }
}
