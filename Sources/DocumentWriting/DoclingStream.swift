public import DocumentModel
import PageGeometry

/// Writes a document as DoclingDocument JSON, so that what is built on docling reads it.
///
/// Only fields of version 1.0.0 of that schema are written: its readers refuse fields that they do
/// not know, and newer ones read old documents. That form keeps texts, tables and pictures in lists
/// of their own, to which the tree of the document points. Tables, the bulk, are written as they
/// come; texts, pictures and the tree are collected as bytes and follow them.
///
/// Source: docling-core, `docling_core.types.doc`, fields of version 1.0.0.
public final class DoclingStream: DocumentStream {
  private static let pieceSize = 256 * 1024

  private var output: OutputBytes
  private var texts = OutputBytes(capacity: 16 * 1024)
  private var groups = OutputBytes(capacity: 1024)
  private var pictures = OutputBytes(capacity: 1024)
  /// References to the items of the tree.
  private var body = OutputBytes(capacity: 1024)
  private var furniture = OutputBytes(capacity: 1024)
  private var textCount = 0
  private var tableCount = 0
  private var groupCount = 0
  private var pictureCount = 0
  /// References to the items of the list that is open; empty if none is.
  private var list = OutputBytes(capacity: 1024)

  /// An item of the document.
  private enum Item {
    case body, furniture
    case text(Int), table(Int), group(Int), picture(Int)
  }

  /// Creates a stream.
  ///
  /// - Parameters:
  ///   - name: What the document is called: the name of the original without its ending.
  ///   - handOn: Takes the bytes in order.
  public init(name: String, handOn: @escaping (Span<UInt8>) -> Void) {
    output = OutputBytes(capacity: Self.pieceSize, handOn: handOn)
    output.append(literal: #"{"schema_name":"DoclingDocument","version":"1.0.0","name":"#)
    output.append(name)
    output.append(literal: #","tables":["#)
  }

  // MARK: - Blocks

  /// Writes the next block.
  public func append(_ block: Block) {
    if block.kind != .listItem { closeList() }
    if block.table != nil {
      if !block.text.isEmpty { appendText(of: block, label: "text") }
      NestedTables.each(of: block) { append($0, of: $1) }
      return
    }
    switch block.kind {
    case .title: appendText(of: block, label: "title")
    case .heading: appendText(of: block, label: "section_header")
    case .paragraph, .table: appendText(of: block, label: "text")
    case .listItem: appendText(of: block, label: "list_item")
    case .footnote: appendText(of: block, label: "footnote")
    case .pageFurniture:
      appendText(of: block, label: Self.isFoot(block.role) ? "page_footer" : "page_header")
    case .figure:
      if !block.text.isEmpty { appendText(of: block, label: "text") }
      if block.inlines.isEmpty { appendPicture(of: block, text: nil) }
    }
    for inline in block.inlines {
      switch inline.kind {
      case .equation(let equation):
        Self.append(.text(textCount), toList: &body)
        startText(parent: .body, label: "formula", provenance: block.provenance)
        endText(equation.text)
      case .image(let image):
        appendPicture(of: block, text: image.alternativeText)
      default: break
      }
    }
  }

  private static func isFoot(_ role: Block.Role?) -> Bool {
    role == .footer || role == .firstFooter || role == .evenFooter
  }

  private func appendText(of block: Block, label: StaticString) {
    switch block.kind {
    case .listItem:
      Self.append(.text(textCount), toList: &list)
      startText(parent: .group(groupCount), label: label, provenance: block.provenance)
      texts.append(literal: #","enumerated":"#)
      let isNumbered = block.label?.contains(where: \.isNumber) ?? false
      texts.append(literal: isNumbered ? #"true,"marker":"# : #"false,"marker":"#)
      texts.append(block.label ?? "-")
      endText(block.text)
    case .pageFurniture:
      Self.append(.text(textCount), toList: &furniture)
      startText(parent: .furniture, label: label, provenance: block.provenance)
      endText(Self.printed(block))
    default:
      Self.append(.text(textCount), toList: &body)
      startText(parent: .body, label: label, provenance: block.provenance)
      if block.kind == .heading {
        texts.append(literal: #","level":"#)
        texts.append(min(max(block.level ?? 1, 1), 100))
      }
      endText(Self.printed(block))
    }
  }

  /// Label and text as on the page.
  private static func printed(_ block: Block) -> String {
    guard let label = block.label else { return block.text }
    return label + (BlockLabel.needsSpace(label) ? " " : "") + block.text
  }

  private func startText(parent: Item, label: StaticString, provenance: [Provenance]) {
    if textCount > 0 { texts.append(UInt8(ascii: ",")) }
    Self.startItem(.text(textCount), parent: parent, to: &texts)
    Self.endChildren(label: label, to: &texts)
    Self.append(provenance, to: &texts)
    textCount += 1
  }

  private func endText(_ text: String) {
    texts.append(literal: #","orig":"#)
    texts.append(text)
    texts.append(literal: #","text":"#)
    texts.append(text)
    texts.append(UInt8(ascii: "}"))
  }

  private func closeList() {
    guard !list.isEmpty else { return }
    Self.append(.group(groupCount), toList: &body)
    if groupCount > 0 { groups.append(UInt8(ascii: ",")) }
    Self.startItem(.group(groupCount), parent: .body, to: &groups)
    groups.append(contentsOf: list)
    groups.append(literal: #"],"name":"list","label":"list"}"#)
    groupCount += 1
    list.clear()
  }

  private func appendPicture(of block: Block, text: String?) {
    Self.append(.picture(pictureCount), toList: &body)
    if pictureCount > 0 { pictures.append(UInt8(ascii: ",")) }
    var captions = OutputBytes(capacity: 64)
    if let text, !text.isEmpty {
      Self.append(.text(textCount), toList: &captions)
      startText(parent: .picture(pictureCount), label: "caption", provenance: [])
      endText(text)
    }
    Self.startItem(.picture(pictureCount), parent: .body, to: &pictures)
    pictures.append(contentsOf: captions)
    Self.endChildren(label: "picture", to: &pictures)
    Self.append(block.provenance, to: &pictures)
    pictures.append(literal: #","captions":["#)
    pictures.append(contentsOf: captions)
    pictures.append(literal: #"],"references":[],"footnotes":[],"annotations":[]}"#)
    pictureCount += 1
  }

  /// Writes an item up to the references to its children.
  private static func startItem(_ item: Item, parent: Item, to output: inout OutputBytes) {
    output.append(literal: #"{"self_ref":""#)
    append(item, to: &output)
    output.append(literal: #"","parent":{"$ref":""#)
    append(parent, to: &output)
    output.append(literal: #""},"children":["#)
  }

  private static func endChildren(label: StaticString, to output: inout OutputBytes) {
    output.append(literal: #"],"label":""#)
    output.append(literal: label)
    output.append(UInt8(ascii: "\""))
  }

  /// Appends a reference to a list of them.
  private static func append(_ item: Item, toList list: inout OutputBytes) {
    list.append(literal: list.isEmpty ? #"{"$ref":""# : #",{"$ref":""#)
    append(item, to: &list)
    list.append(literal: #""}"#)
  }

  /// Appends the JSON pointer to an item.
  private static func append(_ item: Item, to output: inout OutputBytes) {
    func append(_ list: StaticString, _ position: Int) {
      output.append(literal: list)
      output.append(position)
    }
    switch item {
    case .body: output.append(literal: "#/body")
    case .furniture: output.append(literal: "#/furniture")
    case .text(let position): append("#/texts/", position)
    case .table(let position): append("#/tables/", position)
    case .group(let position): append("#/groups/", position)
    case .picture(let position): append("#/pictures/", position)
    }
  }

  private static func append(_ provenance: [Provenance], to output: inout OutputBytes) {
    output.append(literal: #","prov":["#)
    var isFirst = true
    for case .page(let number, let box) in provenance {
      if !isFirst { output.append(UInt8(ascii: ",")) }
      isFirst = false
      output.append(literal: #"{"page_no":"#)
      output.append(number)
      output.append(literal: #","bbox":"#)
      append(box, to: &output)
      output.append(literal: #","charspan":[0,0]}"#)
    }
    output.append(UInt8(ascii: "]"))
  }

  private static func append(_ box: Rect, to output: inout OutputBytes) {
    output.append(literal: #"{"l":"#)
    output.append(hundredths: box.minX)
    output.append(literal: #","t":"#)
    output.append(hundredths: box.minY)
    output.append(literal: #","r":"#)
    output.append(hundredths: box.maxX)
    output.append(literal: #","b":"#)
    output.append(hundredths: box.maxY)
    output.append(literal: #","coord_origin":"TOPLEFT"}"#)
  }

  // MARK: - Tables

  private func append(_ table: Table, of block: Block) {
    Self.append(.table(tableCount), toList: &body)
    if tableCount > 0 { output.append(UInt8(ascii: ",")) }
    var captions = OutputBytes(capacity: 64)
    var footnotes = OutputBytes(capacity: 64)
    for text in [table.caption, table.unitText] {
      if let text { appendChild(text, label: "caption", to: &captions) }
    }
    for text in table.footnotes { appendChild(text, label: "footnote", to: &footnotes) }
    Self.startItem(.table(tableCount), parent: .body, to: &output)
    output.append(contentsOf: captions)
    if !captions.isEmpty, !footnotes.isEmpty { output.append(UInt8(ascii: ",")) }
    output.append(contentsOf: footnotes)
    Self.endChildren(label: "table", to: &output)
    Self.append(block.provenance, to: &output)
    output.append(literal: #","captions":["#)
    output.append(contentsOf: captions)
    output.append(literal: #"],"references":[],"footnotes":["#)
    output.append(contentsOf: footnotes)
    output.append(literal: #"],"data":{"table_cells":["#)
    for (index, cell) in table.cells.enumerated() {
      if index > 0 { output.append(UInt8(ascii: ",")) }
      self.append(cell)
    }
    output.append(literal: #"],"num_rows":"#)
    output.append(table.rowCount)
    output.append(literal: #","num_cols":"#)
    output.append(table.columnCount)
    output.append(literal: "}}")
    tableCount += 1
  }

  /// Appends a text that belongs to the next table, and to a list of references.
  private func appendChild(_ text: String, label: StaticString, to list: inout OutputBytes) {
    guard !text.isEmpty else { return }
    Self.append(.text(textCount), toList: &list)
    startText(parent: .table(tableCount), label: label, provenance: [])
    endText(text)
  }

  private func append(_ cell: Cell) {
    output.append(UInt8(ascii: "{"))
    if let (_, box) = cell.origin.pagePlace {
      output.append(literal: #""bbox":"#)
      Self.append(box, to: &output)
      output.append(UInt8(ascii: ","))
    }
    output.append(literal: #""row_span":"#)
    output.append(cell.rows.count)
    output.append(literal: #","col_span":"#)
    output.append(cell.columns.count)
    output.append(literal: #","start_row_offset_idx":"#)
    output.append(cell.rows.lowerBound)
    output.append(literal: #","end_row_offset_idx":"#)
    output.append(cell.rows.upperBound)
    output.append(literal: #","start_col_offset_idx":"#)
    output.append(cell.columns.lowerBound)
    output.append(literal: #","end_col_offset_idx":"#)
    output.append(cell.columns.upperBound)
    output.append(literal: #","text":"#)
    output.append(cell.text)
    // What stands above the stub is a header of its column there.
    let isColumnHeader = cell.role == .columnHeader || cell.role == .stubHead
    output.append(literal: isColumnHeader ? #","column_header":true"# : #","column_header":false"#)
    output.append(
      literal: cell.role == .rowHeader ? #","row_header":true"# : #","row_header":false"#)
    output.append(
      literal: cell.role == .section ? #","row_section":true}"# : #","row_section":false}"#)
  }

  // MARK: - The end

  /// Writes texts, pictures, the tree and the pages.
  public func finish(_ document: Document) {
    closeList()
    output.append(literal: #"],"origin":{"mimetype":"#)
    output.append(Self.mediaType(of: document.source))
    output.append(literal: #","binary_hash":"#)
    output.appendDigits(of: UInt64(document.source.sha256.suffix(16), radix: 16) ?? 0)
    output.append(literal: #","filename":"#)
    output.append(document.source.name)
    output.append(UInt8(ascii: "}"))
    output.append(literal: ##","furniture":{"self_ref":"#/furniture","children":["##)
    output.append(contentsOf: furniture)
    output.append(literal: #"],"name":"_root_","label":"unspecified"}"#)
    output.append(literal: ##","body":{"self_ref":"#/body","children":["##)
    output.append(contentsOf: body)
    output.append(literal: #"],"name":"_root_","label":"unspecified"}"#)
    output.append(literal: #","groups":["#)
    output.append(contentsOf: groups)
    output.append(literal: #"],"texts":["#)
    output.append(contentsOf: texts)
    output.append(literal: #"],"pictures":["#)
    output.append(contentsOf: pictures)
    output.append(literal: #"],"key_value_items":[],"pages":{"#)
    for (index, page) in document.pages.enumerated() {
      output.append(literal: index > 0 ? ",\"" : "\"")
      output.append(page.number)
      output.append(literal: #"":{"size":{"width":"#)
      output.append(hundredths: page.width)
      output.append(literal: #","height":"#)
      output.append(hundredths: page.height)
      output.append(literal: #"},"page_no":"#)
      output.append(page.number)
      output.append(UInt8(ascii: "}"))
    }
    output.append(literal: "}}\n")
    output.flush()
  }

  /// Readers refuse media types that they do not know.
  private static func mediaType(of source: Source) -> String {
    let isKnown = [
      "application/pdf", "image/png", "image/jpeg", "image/tiff",
      "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ].contains(source.mediaType)
    return isKnown ? source.mediaType : "application/octet-stream"
  }
}
