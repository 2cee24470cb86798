public import DocumentModel
import PageGeometry

/// Writes the values of a document as CSV or TSV in the long form: a line for each value, with its
/// headers and its place.
///
///     document,table,cell,row_path,column_path,text,value,unit,missing,page,box
///     a.pdf,b9,b9c41,合计,供水总量 › 其他,"1,906.0",1906,万立方米,,1,246.62 210.62 274.87 224.12
///
/// The form of tidy data (Wickham, Journal of Statistical Software 59, 2014), which programs for
/// statistics take as it is. `value` is empty where the text says no number, and `missing` then says
/// how it is absent; a blank is never 0. Documents follow each other under one head.
public final class TidyStream: DocumentStream {
  private static let pieceSize = 256 * 1024
  static let columns = [
    "document", "table", "cell", "row_path", "column_path", "text", "value", "unit", "missing",
    "page", "box",
  ]
  /// What stands between the headers of a path.
  static let pathSeparator = " › "

  private var output: OutputBytes
  private let document: String
  private let delimiter: Delimiter

  /// Creates a stream.
  ///
  /// - Parameters:
  ///   - document: What the document is called in each line: the name of the original.
  ///   - delimiter: What stands between fields.
  ///   - hasHead: Whether the names of the columns come first.
  ///   - handOn: Takes the bytes in order.
  public init(
    document: String, delimiter: Delimiter, hasHead: Bool,
    handOn: @escaping (Span<UInt8>) -> Void
  ) {
    self.document = document
    self.delimiter = delimiter
    output = OutputBytes(capacity: Self.pieceSize, handOn: handOn)
    if hasHead { output.append(finished: Self.head(delimiter: delimiter)) }
  }

  /// The first line: the names of the columns.
  public static func head(delimiter: Delimiter) -> [UInt8] {
    Array(columns.joined(separator: delimiter == .tab ? "\t" : ",").utf8) + [0x0D, 0x0A]
  }

  /// Writes the values of the tables of the next block.
  public func append(_ block: Block) {
    NestedTables.each(of: block) { table, block in
      var path = PathText(table: table)
      for (index, cell) in table.cells.enumerated() where cell.role == .data {
        append(cell, at: index, of: block, path: &path)
      }
    }
  }

  /// Hands on the last bytes.
  public func finish(_ document: Document) {
    output.flush()
  }

  private func append(_ cell: Cell, at index: Int, of block: Block, path: inout PathText) {
    appendField(document)
    appendField(block.id)
    appendField("\(block.id)c\(index + 1)")
    appendField(path.text(of: cell.rowPath))
    appendField(path.text(of: cell.columnPath))
    appendField(cell.text)
    if let value = cell.jsonValue { _ = output.append(number: value) }
    output.append(delimiter.byte)
    appendField(cell.unit ?? "")
    appendField(cell.missing?.rawValue ?? "")
    if let (number, box) = cell.origin.pagePlace {
      output.append(number)
      output.append(delimiter.byte)
      for (index, edge) in [box.minX, box.minY, box.maxX, box.maxY].enumerated() {
        if index > 0 { output.append(UInt8(ascii: " ")) }
        output.append(hundredths: edge)
      }
    } else {
      output.append(delimiter.byte)
    }
    output.append(literal: "\r\n")
  }

  private func appendField(_ text: String) {
    output.append(field: text, delimiter: delimiter)
    output.append(delimiter.byte)
  }

  /// Metadata (CSVW) of a file in this form.
  ///
  /// - Parameters:
  ///   - name: The name of the file.
  ///   - delimiter: What stands between fields.
  /// - Returns: JSON with a newline at its end.
  public static func metadata(of name: String, delimiter: Delimiter) -> [UInt8] {
    var output = OutputBytes(capacity: 2048)
    output.append(
      literal:
        #"{"@context":"http://www.w3.org/ns/csvw","dialect":{"commentPrefix":null,"delimiter":"#)
    output.append(delimiter == .tab ? "\t" : ",")
    output.append(literal: #"},"tableSchema":{"columns":["#)
    for (index, column) in columns.enumerated() {
      if index > 0 { output.append(UInt8(ascii: ",")) }
      switch column {
      case "value": output.append(literal: #"{"datatype":"double","name":"#)
      case "page": output.append(literal: #"{"datatype":"integer","name":"#)
      case "row_path", "column_path":
        output.append(literal: #"{"default":"","separator":" › ","name":"#)
      case "box": output.append(literal: #"{"datatype":"double","separator":" ","name":"#)
      default: output.append(literal: #"{"name":"#)
      }
      output.append(column)
      output.append(literal: #","titles":"#)
      output.append(column)
      output.append(UInt8(ascii: "}"))
    }
    output.append(literal: #"]},"url":"#)
    output.append(GridStream.urlSegment(name))
    output.append(literal: "}\n")
    return output.bytes
  }
}

extension CellOrigin {
  /// The page and box where a cell starts; nil in a format without pages, whose paths are not made.
  var pagePlace: (page: Int, box: Rect)? {
    switch self {
    case .page(let number, let box): return (number, box)
    case .places(let places):
      guard case .page(let number, let box)? = places.first else { return nil }
      return (number, box)
    case .cell: return nil
    }
  }
}

/// The texts of the headers of a path; neighbours mostly share theirs.
struct PathText {
  private let table: Table
  private var last: (path: [Int], text: String) = ([], "")

  init(table: Table) {
    self.table = table
  }

  mutating func text(of path: [Int]) -> String {
    if path == last.path { return last.text }
    let text = path.map { table.cells[$0].text }.joined(separator: TidyStream.pathSeparator)
    last = (path, text)
    return text
  }
}
