public import DocumentModel

/// Writes each table of a document as CSV or TSV of its grid, and metadata for all of them.
///
///     report.table-1.csv  report.table-2.csv  …  report.csv-metadata.json
///
/// A field is the printed text. A header is repeated over all positions that it covers, so that
/// each column and row can be found by its headers; a value stands once, where it starts, so that
/// nothing is counted twice. The metadata is CSVW (W3C, Metadata Vocabulary for Tabular Data): how
/// many rows are headers, and what type the values of each column are.
public final class GridStream: DocumentStream {
  private static let pieceSize = 64 * 1024

  private let stem: String
  private let delimiter: Delimiter
  private let ending: String
  private let handOn: (String, Span<UInt8>) -> Void
  private var count = 0
  private var metadata = OutputBytes(capacity: 4096)

  /// Creates a stream.
  ///
  /// - Parameters:
  ///   - stem: How the names of the files start.
  ///   - delimiter: What stands between fields.
  ///   - handOn: Takes bytes and the name of the file that they belong to; those of one file come
  ///     in order, and one file after another.
  public init(
    stem: String, delimiter: Delimiter, handOn: @escaping (String, Span<UInt8>) -> Void
  ) {
    self.stem = stem
    self.delimiter = delimiter
    self.handOn = handOn
    ending = delimiter == .tab ? "tsv" : "csv"
  }

  /// Writes the tables of the next block.
  public func append(_ block: Block) {
    NestedTables.each(of: block) { table, block in
      count += 1
      let name = "\(stem).table-\(count).\(ending)"
      let columns = append(table, named: name)
      if count > 1 { metadata.append(UInt8(ascii: ",")) }
      appendMetadata(of: table, id: block.id, name: name, columns: columns)
    }
  }

  /// Writes the metadata; without a table there is none.
  public func finish(_ document: Document) {
    guard count > 0 else { return }
    let name = "\(stem).\(ending)-metadata.json"
    var output = OutputBytes(capacity: 4096) { [handOn] in handOn(name, $0) }
    output.append(literal: #"{"@context":"http://www.w3.org/ns/csvw","dc:source":"#)
    output.append(document.source.name)
    if let title = document.metadata.title {
      output.append(literal: #","dc:title":"#)
      output.append(title)
    }
    output.append(literal: #","tables":["#)
    output.append(contentsOf: metadata)
    output.append(literal: "]}\n")
    output.flush()
  }

  // MARK: - Rows

  /// Writes the rows of a table and returns what its columns hold.
  private func append(_ table: Table, named name: String) -> [ColumnContent] {
    var output = OutputBytes(capacity: Self.pieceSize) { [handOn] in handOn(name, $0) }
    let columnCount = table.columnCount
    var columns = Array(repeating: ColumnContent(), count: columnCount)
    let headerRowCount = Self.headerRowCount(of: table)
    let cells = table.cells.span
    // The cell above each column, and the row where it ends; the dense grid is never there.
    var covering = Array(repeating: (cell: 0, end: 0), count: columnCount)
    var next = 0
    for row in 0..<table.rowCount {
      let first = next
      while next < cells.count, cells[next].rows.lowerBound <= row {
        let end = cells[next].rows.upperBound
        for column in cells[next].columns { covering[column] = (next, end) }
        next += 1
      }
      for column in 0..<columnCount {
        if column > 0 { output.append(delimiter.byte) }
        let (index, end) = covering[column]
        guard end > row else { continue }
        let isStart = index >= first && cells[index].columns.lowerBound == column
        guard isStart || cells[index].role != .data else { continue }
        output.append(field: cells[index].text, delimiter: delimiter)
        if row < headerRowCount {
          columns[column].addTitle(cells[index].text)
        } else {
          columns[column].add(cells[index])
        }
        // A line of one empty field would be no line at all.
        if columnCount == 1, cells[index].text.isEmpty { output.append(literal: "\"\"") }
      }
      output.append(literal: "\r\n")
    }
    output.flush()
    return columns
  }

  /// The rows of the boxhead at the top; those of other bands are rows like any other.
  private static func headerRowCount(of table: Table) -> Int {
    guard let band = table.bands.first, band.rows.lowerBound == 0 else { return 0 }
    return band.headerRowCount
  }

  // MARK: - Metadata

  private func appendMetadata(
    of table: Table, id: String, name: String, columns: [ColumnContent]
  ) {
    metadata.append(literal: #"{"dc:identifier":"#)
    metadata.append(id)
    if let caption = table.caption {
      metadata.append(literal: #","dc:title":"#)
      metadata.append(caption)
    }
    let remarks = [table.unitText].compactMap(\.self) + table.footnotes
    if !remarks.isEmpty {
      metadata.append(literal: #","dc:description":["#)
      for (index, remark) in remarks.enumerated() {
        if index > 0 { metadata.append(UInt8(ascii: ",")) }
        metadata.append(remark)
      }
      metadata.append(UInt8(ascii: "]"))
    }
    let headerRowCount = Self.headerRowCount(of: table)
    // A line that starts with a number sign is not a comment.
    metadata.append(literal: #","dialect":{"commentPrefix":null,"delimiter":"#)
    metadata.append(delimiter == .tab ? "\t" : ",")
    // Few readers know `headerRowCount`; all skip rows, and the titles below say the headers.
    metadata.append(literal: #","header":false,"skipRows":"#)
    metadata.append(headerRowCount)
    metadata.append(literal: #"},"tableSchema":{"columns":["#)
    for (index, column) in columns.enumerated() {
      if index > 0 { metadata.append(UInt8(ascii: ",")) }
      column.append(to: &metadata, name: "column_\(index + 1)")
    }
    metadata.append(literal: #"]},"url":"#)
    // A file name is a path of one segment; what means something in a URL is escaped.
    metadata.append(Self.urlSegment(name))
    metadata.append(UInt8(ascii: "}"))
  }

  static func urlSegment(_ name: String) -> String {
    var text = ""
    for byte in name.utf8 {
      switch byte {
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "-"), UInt8(ascii: "."),
        UInt8(ascii: "_"), UInt8(ascii: "~"):
        text.unicodeScalars.append(Unicode.Scalar(byte))
      default:
        let digits = String(byte, radix: 16, uppercase: true)
        text += digits.utf8.count < 2 ? "%0\(digits)" : "%\(digits)"
      }
    }
    return text
  }
}

/// What a column of a grid holds.
struct ColumnContent {
  /// A column with more ways to say that a value is absent is text.
  private static let missingLimit = 50

  /// The headers above it, outermost first; one that covers several rows stands once.
  private var titles: [String] = []
  /// Whether each value so far is a plain number, and whether there is one.
  private var isNumeric = true
  private var hasNumber = false
  private var hasGroups = false
  /// The texts that say that a value is absent, in the order of the column.
  private var missing: [String] = []

  mutating func addTitle(_ title: String) {
    if !title.isEmpty, titles.last != title { titles.append(title) }
  }

  mutating func add(_ cell: Cell) {
    guard cell.role == .data else {
      isNumeric = false
      return
    }
    if cell.missing != nil {
      if missing.count > Self.missingLimit {
        isNumeric = false
      } else if !missing.contains(cell.text) {
        missing.append(cell.text)
      }
    } else if cell.value != nil, Self.isPlain(cell.text) {
      hasNumber = true
      if cell.text.utf8.contains(UInt8(ascii: ",")) { hasGroups = true }
    } else {
      isNumeric = false
    }
  }

  /// Digits with a decimal point and commas, as the default number format of CSVW reads them.
  private static func isPlain(_ text: String) -> Bool {
    text.utf8.allSatisfy {
      (0x30...0x39).contains($0) || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: ",")
        || $0 == UInt8(ascii: "-")
    }
  }

  /// Appends the description of the column.
  func append(to output: inout OutputBytes, name: String) {
    output.append(literal: "{")
    if isNumeric, hasNumber {
      output.append(literal: #""datatype":{"base":"decimal""#)
      if hasGroups { output.append(literal: #","format":{"groupChar":","}"#) }
      output.append(literal: "},")
    }
    output.append(literal: #""name":"#)
    output.append(name)
    if !missing.isEmpty, isNumeric, hasNumber {
      output.append(literal: #","null":["#)
      for (index, text) in missing.enumerated() {
        if index > 0 { output.append(UInt8(ascii: ",")) }
        output.append(text)
      }
      output.append(UInt8(ascii: "]"))
    }
    if !titles.isEmpty {
      output.append(literal: #","titles":["#)
      for (index, title) in titles.enumerated() {
        if index > 0 { output.append(UInt8(ascii: ",")) }
        output.append(title)
      }
      output.append(UInt8(ascii: "]"))
    }
    output.append(literal: "}")
  }
}
