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
  private var body = Children()
  private var furniture = Children()
  private var textCount = 0
  private var tableCount = 0
  private var groupCount = 0
  private var pictureCount = 0
  /// The items of the list that is open.
  private var list: Children?

  /// References to other items, as JSON.
  private struct Children {
    private(set) var json: [UInt8] = []

    mutating func append(_ list: Item, _ position: Int) {
      if !json.isEmpty { json.append(UInt8(ascii: ",")) }
      json += Array(#"{"$ref":""#.utf8) + Item.pointer(list, position) + Array(#""}"#.utf8)
    }
  }

  private enum Item: String {
    case texts, tables, groups, pictures

    static func pointer(_ list: Item, _ position: Int) -> [UInt8] {
      Array("#/\(list.rawValue)/\(position)".utf8)
    }
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
        body.append(.texts, textCount)
        startText(parent: Array("#/body".utf8), label: "formula", provenance: block.provenance)
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
    let position = textCount
    switch block.kind {
    case .listItem:
      if list == nil { list = Children() }
      list?.append(.texts, position)
      startText(
        parent: Item.pointer(.groups, groupCount), label: label, provenance: block.provenance)
      texts.append(literal: #","enumerated":"#)
      let isNumbered = block.label?.contains(where: \.isNumber) ?? false
      texts.append(literal: isNumbered ? #"true,"marker":"# : #"false,"marker":"#)
      texts.append(block.label ?? "-")
      endText(block.text)
    case .pageFurniture:
      furniture.append(.texts, position)
      startText(parent: Array("#/furniture".utf8), label: label, provenance: block.provenance)
      endText(Self.printed(block))
    default:
      body.append(.texts, position)
      startText(parent: Array("#/body".utf8), label: label, provenance: block.provenance)
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

  private func startText(parent: [UInt8], label: StaticString, provenance: [Provenance]) {
    if textCount > 0 { texts.append(UInt8(ascii: ",")) }
    startItem(.texts, textCount, parent: parent, label: label, to: &texts)
    append(provenance, to: &texts)
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
    guard let items = list else { return }
    list = nil
    body.append(.groups, groupCount)
    if groupCount > 0 { groups.append(UInt8(ascii: ",")) }
    groups.append(literal: #"{"self_ref":"#)
    append(pointer: Item.pointer(.groups, groupCount), to: &groups)
    groups.append(literal: ##","parent":{"$ref":"#/body"},"children":["##)
    groups.append(finished: items.json)
    groups.append(literal: #"],"name":"list","label":"list"}"#)
    groupCount += 1
  }

  private func appendPicture(of block: Block, text: String?) {
    body.append(.pictures, pictureCount)
    if pictureCount > 0 { pictures.append(UInt8(ascii: ",")) }
    let pointer = Item.pointer(.pictures, pictureCount)
    var captions = Children()
    if let text, !text.isEmpty {
      captions.append(.texts, textCount)
      startText(parent: pointer, label: "caption", provenance: [])
      endText(text)
    }
    startItem(
      .pictures, pictureCount, parent: Array("#/body".utf8), label: "picture",
      children: captions, to: &pictures)
    append(block.provenance, to: &pictures)
    pictures.append(literal: #","captions":["#)
    pictures.append(finished: captions.json)
    pictures.append(literal: #"],"references":[],"footnotes":[],"annotations":[]}"#)
    pictureCount += 1
  }

  private func startItem(
    _ list: Item, _ position: Int, parent: [UInt8], label: StaticString,
    children: Children = Children(), to output: inout OutputBytes
  ) {
    output.append(literal: #"{"self_ref":"#)
    append(pointer: Item.pointer(list, position), to: &output)
    output.append(literal: #","parent":{"$ref":"#)
    append(pointer: parent, to: &output)
    output.append(literal: #"},"children":["#)
    output.append(finished: children.json)
    output.append(literal: #"],"label":""#)
    output.append(literal: label)
    output.append(UInt8(ascii: "\""))
  }

  private func append(pointer: [UInt8], to output: inout OutputBytes) {
    output.append(UInt8(ascii: "\""))
    output.append(finished: pointer)
    output.append(UInt8(ascii: "\""))
  }

  private func append(_ provenance: [Provenance], to output: inout OutputBytes) {
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

  private func append(_ box: Rect, to output: inout OutputBytes) {
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
    body.append(.tables, tableCount)
    if tableCount > 0 { output.append(UInt8(ascii: ",")) }
    let pointer = Item.pointer(.tables, tableCount)
    var captions = Children()
    var footnotes = Children()
    var children = Children()
    func append(_ text: String, label: StaticString, to list: inout Children) {
      guard !text.isEmpty else { return }
      list.append(.texts, textCount)
      children.append(.texts, textCount)
      startText(parent: pointer, label: label, provenance: [])
      endText(text)
    }
    append(table.caption ?? "", label: "caption", to: &captions)
    append(table.unitText ?? "", label: "caption", to: &captions)
    for footnote in table.footnotes { append(footnote, label: "footnote", to: &footnotes) }
    startItem(
      .tables, tableCount, parent: Array("#/body".utf8), label: "table", children: children,
      to: &output)
    self.append(block.provenance, to: &output)
    output.append(literal: #","captions":["#)
    output.append(finished: captions.json)
    output.append(literal: #"],"references":[],"footnotes":["#)
    output.append(finished: footnotes.json)
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

  private func append(_ cell: Cell) {
    output.append(UInt8(ascii: "{"))
    if let (_, box) = cell.origin.pagePlace {
      output.append(literal: #""bbox":"#)
      append(box, to: &output)
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
    appendTree("furniture", furniture)
    appendTree("body", body)
    output.append(literal: #","groups":["#)
    output.append(finished: groups.bytes)
    output.append(literal: #"],"texts":["#)
    output.append(finished: texts.bytes)
    output.append(literal: #"],"pictures":["#)
    output.append(finished: pictures.bytes)
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

  private func appendTree(_ name: StaticString, _ children: Children) {
    output.append(literal: #",""#)
    output.append(literal: name)
    output.append(literal: ##"":{"self_ref":"#/"##)
    output.append(literal: name)
    output.append(literal: #"","children":["#)
    output.append(finished: children.json)
    output.append(literal: #"],"name":"_root_","label":"unspecified"}"#)
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
