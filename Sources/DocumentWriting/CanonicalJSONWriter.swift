public import DocumentModel
import PageGeometry

/// Writes a document as canonical JSON: one object, RFC 8785 bytes.
///
/// Last stage of the pipeline. The document is written straight into one buffer of bytes, with
/// no tree in between; the code below lists every object's names in the order of their UTF-16
/// code units, which is the order that RFC 8785 asks for. The shape is that of `DocumentSchema`:
///
/// - Names follow the model, with three exceptions that read better in JSON: `bytes` for
///   `byteCount`, `headerRows` and `repeatedHeaderRows` for counts of rows, `stubColumns` for the
///   count of stub columns.
/// - A table's fields stand in its block.
/// - An absent value is left out, never null. A cell's empty lists are left out too.
/// - A cell's id is its block's id, "c" and its position from 1; header paths are lists of ids.
/// - Half-open ranges are written as `[start, end]`; a cell's as start and span.
/// - Places are rounded to hundredths of a point, confidences to thousandths.
///
/// Same document in, same bytes out, on every machine.
public enum CanonicalJSONWriter {
  /// Writes a document.
  ///
  /// - Parameter document: The document; ids must be set.
  /// - Returns: UTF-8 without a newline at the end; its SHA-256 identifies the content.
  /// - Complexity: O(size of the output).
  public static func bytes(of document: Document) -> [UInt8] {
    var output = JSONBytes(capacity: 64 * 1024)
    output.append(document)
    return output.bytes
  }

  /// Writes a document as one line of newline-delimited JSON.
  ///
  /// - Parameter document: The document; ids must be set.
  /// - Returns: The canonical bytes, which never hold a newline, and a newline.
  public static func line(of document: Document) -> [UInt8] {
    var output = JSONBytes(capacity: 64 * 1024)
    output.append(document)
    output.append(UInt8(ascii: "\n"))
    return output.bytes
  }
}

// MARK: Document

extension JSONBytes {
  fileprivate mutating func append(_ document: Document) {
    append(literal: #"{"blocks":"#)
    append(document.blocks)
    append(literal: #","metadata":"#)
    append(document.metadata)
    append(literal: #","notes":["#)
    for (index, note) in document.notes.enumerated() {
      if index > 0 { append(UInt8(ascii: ",")) }
      append(note)
    }
    append(literal: #"],"pages":["#)
    for (index, page) in document.pages.enumerated() {
      if index > 0 { append(UInt8(ascii: ",")) }
      append(page)
    }
    append(literal: #"],"schema":"#)
    append(Document.schemaName)
    append(literal: #","source":"#)
    append(document.source)
    append(literal: "}")
  }

  private mutating func append(_ source: Source) {
    append(literal: #"{"bytes":"#)
    append(source.byteCount)
    append(literal: #","mediaType":"#)
    append(source.mediaType)
    append(literal: #","name":"#)
    append(source.name)
    append(literal: #","sha256":"#)
    append(source.sha256)
    append(literal: "}")
  }

  private mutating func append(_ page: PageInfo) {
    append(literal: #"{"height":"#)
    append(hundredths: page.height)
    append(literal: #","number":"#)
    append(page.number)
    append(literal: #","origin":"#)
    append(page.origin.rawValue)
    append(literal: #","rotation":"#)
    append(page.rotation)
    append(literal: #","width":"#)
    append(hundredths: page.width)
    append(literal: "}")
  }

  private mutating func append(_ metadata: Metadata) {
    append(literal: "{")
    var isFirst = true
    append(first: &isFirst, #""author":"#, metadata.author)
    append(first: &isFirst, #""created":"#, metadata.created)
    append(first: &isFirst, #""language":"#, metadata.language)
    append(first: &isFirst, #""modified":"#, metadata.modified)
    append(first: &isFirst, #""producer":"#, metadata.producer)
    append(first: &isFirst, #""title":"#, metadata.title)
    append(literal: "}")
  }

  private mutating func append(_ note: Note) {
    append(literal: "{")
    if let place = note.at {
      append(literal: #""at":"#)
      append(place)
      append(UInt8(ascii: ","))
    }
    append(literal: #""code":"#)
    append(note.code)
    append(literal: #","message":"#)
    append(note.message)
    append(literal: #","provenance":"#)
    append(note.provenance)
    append(literal: #","severity":"#)
    append(note.severity.rawValue)
    append(literal: "}")
  }

  private mutating func append(_ provenance: [Provenance]) {
    append(UInt8(ascii: "["))
    for (index, entry) in provenance.enumerated() {
      if index > 0 { append(UInt8(ascii: ",")) }
      switch entry {
      case .page(let number, let box):
        append(literal: #"{"box":"#)
        append(box)
        append(literal: #","page":"#)
        append(number)
      case .part(let name, let path):
        append(literal: #"{"part":"#)
        append(name)
        append(literal: #","path":"#)
        append(path)
      }
      append(UInt8(ascii: "}"))
    }
    append(UInt8(ascii: "]"))
  }

  private mutating func append(_ box: Rect) {
    append(UInt8(ascii: "["))
    append(hundredths: box.minX)
    append(UInt8(ascii: ","))
    append(hundredths: box.minY)
    append(UInt8(ascii: ","))
    append(hundredths: box.maxX)
    append(UInt8(ascii: ","))
    append(hundredths: box.maxY)
    append(UInt8(ascii: "]"))
  }

  private mutating func append(_ range: Range<Int>) {
    append(UInt8(ascii: "["))
    append(range.lowerBound)
    append(UInt8(ascii: ","))
    append(range.upperBound)
    append(UInt8(ascii: "]"))
  }

  private mutating func append(_ texts: [String]) {
    append(UInt8(ascii: "["))
    for (index, text) in texts.enumerated() {
      if index > 0 { append(UInt8(ascii: ",")) }
      append(text)
    }
    append(UInt8(ascii: "]"))
  }

  /// Appends a member that is left out when absent, with a comma unless it is the first.
  private mutating func append(first isFirst: inout Bool, _ name: StaticString, _ value: String?) {
    guard let value else { return }
    if !isFirst { append(UInt8(ascii: ",")) }
    isFirst = false
    append(literal: name)
    append(value)
  }

  /// Appends a member that is left out when absent, with a comma before it.
  private mutating func append(next name: StaticString, _ value: String?) {
    guard let value else { return }
    append(literal: name)
    append(value)
  }
}

// MARK: Blocks and tables

extension JSONBytes {
  private mutating func append(_ blocks: [Block]) {
    append(UInt8(ascii: "["))
    for (index, block) in blocks.enumerated() {
      if index > 0 { append(UInt8(ascii: ",")) }
      append(UInt8(ascii: "{"))
      if let table = block.table {
        append(table, of: block)
      } else {
        appendText(of: block)
      }
      append(UInt8(ascii: "}"))
    }
    append(UInt8(ascii: "]"))
  }

  private mutating func appendText(of block: Block) {
    append(literal: #""id":"#)
    append(block.id)
    append(literal: #","kind":"#)
    append(block.kind.rawValue)
    append(next: #","label":"#, block.label)
    if let level = block.level {
      append(literal: #","level":"#)
      append(level)
    }
    append(literal: #","provenance":"#)
    append(block.provenance)
    append(literal: #","text":"#)
    append(block.text)
  }

  private mutating func append(_ table: Table, of block: Block) {
    append(literal: #""bands":["#)
    for (index, band) in table.bands.enumerated() {
      if index > 0 { append(UInt8(ascii: ",")) }
      append(literal: #"{"headerRows":"#)
      append(band.headerRowCount)
      append(literal: #","rows":"#)
      append(band.rows)
      append(UInt8(ascii: "}"))
    }
    append(UInt8(ascii: "]"))
    append(next: #","caption":"#, table.caption)
    append(literal: #","cells":["#)
    for (index, cell) in table.cells.enumerated() {
      if index > 0 { append(UInt8(ascii: ",")) }
      append(cell, position: index, blockID: block.id)
    }
    append(literal: #"],"columnCount":"#)
    append(table.columnCount)
    append(literal: #","confidence":"#)
    append(thousandths: table.confidence)
    append(literal: #","footnotes":"#)
    append(table.footnotes)
    append(literal: #","fragments":["#)
    for (index, fragment) in table.fragments.enumerated() {
      if index > 0 { append(UInt8(ascii: ",")) }
      append(literal: #"{"box":"#)
      append(fragment.box)
      append(literal: #","page":"#)
      append(fragment.page)
      append(literal: #","repeatedHeaderRows":"#)
      append(fragment.repeatedHeaderRowCount)
      append(literal: #","rows":"#)
      append(fragment.rows)
      append(UInt8(ascii: "}"))
    }
    append(literal: #"],"id":"#)
    append(block.id)
    append(literal: #","kind":"#)
    append(block.kind.rawValue)
    append(next: #","label":"#, block.label)
    if let level = block.level {
      append(literal: #","level":"#)
      append(level)
    }
    append(literal: #","provenance":"#)
    append(block.provenance)
    append(literal: #","rowCount":"#)
    append(table.rowCount)
    append(literal: #","stubColumns":"#)
    append(table.stubColumnCount)
    append(literal: #","text":"#)
    append(block.text)
    append(next: #","unit":"#, table.unit)
    append(next: #","unitText":"#, table.unitText)
  }

  private mutating func append(_ cell: Cell, position: Int, blockID: String) {
    append(UInt8(ascii: "{"))
    if !cell.blocks.isEmpty {
      append(literal: #""blocks":"#)
      append(cell.blocks)
      append(UInt8(ascii: ","))
    }
    append(literal: #""column":"#)
    append(cell.columns.lowerBound)
    if !cell.columnPath.isEmpty {
      append(literal: #","columnPath":"#)
      append(path: cell.columnPath, blockID: blockID)
    }
    append(literal: #","columnSpan":"#)
    append(cell.columns.count)
    append(literal: #","confidence":"#)
    append(thousandths: cell.confidence)
    append(literal: #","evidence":"#)
    append(cell.evidence.rawValue)
    append(literal: #","id":"#)
    append(cellAt: position, blockID: blockID)
    append(next: #","missing":"#, cell.missing?.rawValue)
    append(literal: #","provenance":"#)
    append(cell.provenance)
    append(literal: #","role":"#)
    append(cell.role.rawValue)
    append(literal: #","row":"#)
    append(cell.rows.lowerBound)
    if !cell.rowPath.isEmpty {
      append(literal: #","rowPath":"#)
      append(path: cell.rowPath, blockID: blockID)
    }
    append(literal: #","rowSpan":"#)
    append(cell.rows.count)
    append(literal: #","text":"#)
    append(cell.text)
    append(next: #","unit":"#, cell.unit)
    // Beyond ±(2^53 - 1) neighbouring integers share a double, so the text is all that can be said.
    if let value = cell.value, value.magnitude <= Self.largestSafeInteger {
      append(literal: #","value":"#)
      _ = append(number: value)
    }
    append(UInt8(ascii: "}"))
  }

  private mutating func append(path: [Int], blockID: String) {
    append(UInt8(ascii: "["))
    for (index, position) in path.enumerated() {
      if index > 0 { append(UInt8(ascii: ",")) }
      append(cellAt: position, blockID: blockID)
    }
    append(UInt8(ascii: "]"))
  }

  private mutating func append(cellAt position: Int, blockID: String) {
    append(UInt8(ascii: "\""))
    appendEscaped(blockID)
    append(UInt8(ascii: "c"))
    append(position + 1)
    append(UInt8(ascii: "\""))
  }
}
