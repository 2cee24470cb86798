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
/// - A table's fields stand in its block, those of an inline's kind beside its range.
/// - An absent value is left out, and null only in a record, which always has the same members. The empty lists of cells, and a block's list of
///   inlines, are left out too.
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
    var output = OutputBytes(capacity: 64 * 1024)
    output.append(document)
    return output.bytes
  }

  /// Writes a document as one line of newline-delimited JSON.
  ///
  /// - Parameter document: The document; ids must be set.
  /// - Returns: The canonical bytes, which never hold a newline, and a newline.
  public static func line(of document: Document) -> [UInt8] {
    var output = OutputBytes(capacity: 64 * 1024)
    output.append(document)
    output.append(UInt8(ascii: "\n"))
    return output.bytes
  }
}

/// Writes a document as canonical JSON while its blocks are being made.
///
/// The bytes are those of `CanonicalJSONWriter`, which names blocks first; memory does not grow
/// with the number of blocks.
public final class CanonicalJSONStream: DocumentStream {
  /// A buffer this large makes few calls and stays in the processor's cache.
  private static let pieceSize = 256 * 1024

  private var output: OutputBytes
  private var isEmpty = true
  private let endsLine: Bool

  /// Creates a stream.
  ///
  /// - Parameters:
  ///   - endsLine: Whether a newline follows, as between lines of newline-delimited JSON.
  ///   - handOn: Takes the bytes in order, some hundreds of kilobytes at a time.
  public init(endsLine: Bool, handOn: @escaping (Span<UInt8>) -> Void) {
    self.endsLine = endsLine
    output = OutputBytes(capacity: Self.pieceSize, handOn: handOn)
    output.append(literal: #"{"blocks":["#)
  }

  /// Writes the next block; ids must be set.
  public func append(_ block: Block) {
    output.append(block, isFirst: isEmpty)
    isEmpty = false
  }

  /// Writes everything but the blocks of a document, and the end of the line if there is to be one.
  public func finish(_ document: Document) {
    output.append(literal: "]")
    output.appendRest(of: document)
    if endsLine { output.append(UInt8(ascii: "\n")) }
    output.flush()
  }
}

// MARK: Document

extension OutputBytes {
  fileprivate mutating func append(_ document: Document) {
    append(literal: #"{"blocks":"#)
    append(document.blocks)
    appendRest(of: document)
  }

  /// Appends all members behind `blocks`.
  fileprivate mutating func appendRest(of document: Document) {
    append(literal: #","comments":"#)
    append(list: document.comments) { $0.append($1) }
    if document.records.count > 1 {
      append(literal: #","furtherRecords":"#)
      append(list: Array(document.records.dropFirst())) { $0.append($1) }
    }
    append(literal: #","metadata":"#)
    append(document.metadata)
    append(literal: #","notes":"#)
    append(list: document.notes) { $0.append($1) }
    append(literal: #","pages":"#)
    append(list: document.pages) { $0.append($1) }
    if let record = document.records.first {
      append(literal: #","record":"#)
      append(record)
    }
    append(literal: #","revisions":"#)
    append(list: document.revisions) { $0.append($1) }
    append(literal: #","schema":"#)
    append(Document.schemaName)
    append(literal: #","sections":"#)
    append(list: document.sections) { $0.append($1) }
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
    append(UInt8(ascii: "{"))
    var isFirst = true
    append(first: &isFirst, #""author":"#, metadata.author)
    append(first: &isFirst, #""created":"#, metadata.created)
    append(first: &isFirst, #""description":"#, metadata.description)
    append(first: &isFirst, #""keywords":"#, metadata.keywords)
    append(first: &isFirst, #""language":"#, metadata.language)
    append(first: &isFirst, #""modified":"#, metadata.modified)
    append(first: &isFirst, #""producer":"#, metadata.producer)
    append(first: &isFirst, #""subject":"#, metadata.subject)
    append(first: &isFirst, #""title":"#, metadata.title)
    append(UInt8(ascii: "}"))
  }

  private mutating func append(_ note: Note) {
    append(UInt8(ascii: "{"))
    append(leading: #""at":"#, note.at)
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

  private mutating func append(_ comment: Comment) {
    append(UInt8(ascii: "{"))
    append(leading: #""at":"#, comment.at)
    append(leading: #""author":"#, comment.author)
    append(leading: #""date":"#, comment.date)
    append(literal: #""id":"#)
    append(comment.id)
    append(literal: #","provenance":"#)
    append(comment.provenance)
    append(literal: #","subject":"#)
    append(comment.subject)
    append(literal: #","text":"#)
    append(comment.text)
    append(UInt8(ascii: "}"))
  }

  private mutating func append(_ revision: Revision) {
    append(UInt8(ascii: "{"))
    append(leading: #""author":"#, revision.author)
    append(leading: #""date":"#, revision.date)
    append(literal: #""kind":"#)
    append(revision.kind.rawValue)
    append(literal: #","provenance":"#)
    append([revision.provenance])
    append(literal: #","text":"#)
    append(revision.text)
    append(UInt8(ascii: "}"))
  }

  private mutating func append(_ section: Section) {
    append(literal: #"{"columnCount":"#)
    append(section.columnCount)
    append(next: #","lastBlock":"#, section.lastBlock)
    // 0 is the model's way of saying that the original does not say; so is what would be read as 0.
    let isSaid = { (size: Double) in size.magnitude >= 0.005 }
    append(
      next: #","pageHeight":"#, places: isSaid(section.pageHeight) ? section.pageHeight : nil)
    append(next: #","pageWidth":"#, places: isSaid(section.pageWidth) ? section.pageWidth : nil)
    append(literal: #","start":"#)
    append(section.start.rawValue)
    append(UInt8(ascii: "}"))
  }

  private mutating func append(_ provenance: [Provenance]) {
    append(list: provenance) { output, entry in
      switch entry {
      case .page(let number, let box): output.append(box, page: number)
      case .part(let name, let path):
        output.append(literal: #"{"part":"#)
        output.append(name)
        output.append(literal: #","path":"#)
        output.append(path)
        output.append(UInt8(ascii: "}"))
      }
    }
  }

  private mutating func append(_ box: Rect, page: Int) {
    append(literal: #"{"box":"#)
    append(box)
    append(literal: #","page":"#)
    append(page)
    append(UInt8(ascii: "}"))
  }

  private mutating func append(_ origin: CellOrigin, _ places: inout CellPlaces) {
    switch origin {
    case .page(let number, let box):
      append(UInt8(ascii: "["))
      append(box, page: number)
      append(UInt8(ascii: "]"))
    case .places(let places): append(places)
    case .cell(let parent, let position):
      append(finished: places.start(of: parent))
      appendDigits(of: UInt64(position.magnitude))
      append(literal: #"]"}]"#)
    }
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

  /// Appends an array with what `element` writes for each member.
  private mutating func append<Element>(
    list: [Element], element: (inout OutputBytes, Element) -> Void
  ) {
    append(UInt8(ascii: "["))
    for (index, member) in list.enumerated() {
      if index > 0 { append(UInt8(ascii: ",")) }
      element(&self, member)
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

  /// Appends a member that is left out when absent, with a comma behind it.
  private mutating func append(leading name: StaticString, _ value: String?) {
    guard let value else { return }
    append(literal: name)
    append(value)
    append(UInt8(ascii: ","))
  }

  /// Appends a member that is left out when absent, with a comma before it.
  private mutating func append(next name: StaticString, _ value: String?) {
    guard let value else { return }
    append(literal: name)
    append(value)
  }

  private mutating func append(next name: StaticString, count: Int?) {
    guard let count else { return }
    append(literal: name)
    append(count)
  }

  private mutating func append(next name: StaticString, places value: Double?) {
    guard let value else { return }
    append(literal: name)
    append(hundredths: value)
  }
}

// MARK: Records

extension OutputBytes {
  fileprivate mutating func append(_ record: Record) {
    append(literal: #"{"agency":"#)
    append(orNull: record.agency)
    append(literal: #","family":"#)
    append(record.family)
    append(literal: #","generation":"#)
    append(record.generation)
    append(literal: #","identities":"#)
    append(list: record.identities) { $0.append($1) }
    append(literal: #","other":"#)
    append(list: record.other) { $0.append($1) }
    append(literal: #","published":"#)
    append(orNull: record.published)
    append(literal: #","sections":"#)
    append(list: record.sections) { $0.append($1) }
    append(literal: #","tables":"#)
    append(list: record.tables) { $0.append($1) }
    append(literal: #","title":"#)
    append(orNull: record.title)
    append(literal: #","year":"#)
    append(orNull: record.year.map(Double.init))
    append(UInt8(ascii: "}"))
  }

  private mutating func append(_ identity: Record.Identity) {
    append(literal: #"{"holds":"#)
    append(orNull: identity.holds)
    append(literal: #","holdsIfBlankIsZero":"#)
    append(orNull: identity.holdsIfBlankIsZero)
    append(literal: #","id":"#)
    append(identity.id)
    append(literal: #","left":"#)
    append(orNull: identity.left)
    append(literal: #","leftCells":"#)
    append(list: identity.leftCells) { $0.append($1) }
    append(literal: #","right":"#)
    append(orNull: identity.right)
    append(literal: #","rightCells":"#)
    append(list: identity.rightCells) { $0.append($1) }
    append(UInt8(ascii: "}"))
  }

  private mutating func append(_ other: Record.Other) {
    append(literal: #"{"at":"#)
    append(other.at)
    append(literal: #","path":"#)
    append(list: other.path) { $0.append($1) }
    append(literal: #","text":"#)
    append(other.text)
    if let value = other.value, value.magnitude <= Self.largestSafeInteger {
      append(literal: #","value":"#)
      append(orNull: value)
    }
    append(UInt8(ascii: "}"))
  }

  private mutating func append(_ section: Record.Section) {
    append(literal: #"{"blocks":"#)
    append(list: section.blocks) { $0.append($1) }
    append(literal: #","heading":"#)
    append(orNull: section.heading)
    append(literal: #","name":"#)
    append(section.name)
    append(literal: #","text":"#)
    append(orNull: section.text)
    append(UInt8(ascii: "}"))
  }

  private mutating func append(_ table: Record.Table) {
    append(literal: #"{"blocks":"#)
    append(list: table.blocks) { $0.append($1) }
    append(literal: #","cells":"#)
    append(matrix: table) { $0.append(orNull: $1?.cell) }
    append(literal: #","columns":"#)
    append(list: table.columns) { $0.append($1) }
    append(literal: #","labels":"#)
    append(list: table.labels) { $0.append(orNull: $1) }
    append(literal: #","name":"#)
    append(table.name)
    append(literal: #","rows":"#)
    append(list: table.rows) { $0.append($1) }
    append(literal: #","texts":"#)
    append(matrix: table) { $0.append(orNull: $1?.text) }
    if table.entries.contains(where: { $0.contains { $0?.unit != nil } }) {
      append(literal: #","units":"#)
      append(matrix: table) { $0.append(orNull: $1?.unit) }
    }
    append(literal: #","values":"#)
    append(matrix: table) { $0.append(orNull: $1?.value) }
    append(UInt8(ascii: "}"))
  }

  private mutating func append(
    matrix table: Record.Table, entry: (inout OutputBytes, Record.Table.Entry?) -> Void
  ) {
    append(list: table.entries) { output, row in
      output.append(list: row) { entry(&$0, $1) }
    }
  }

  private mutating func append(orNull text: String?) {
    if let text { append(text) } else { append(literal: "null") }
  }

  private mutating func append(orNull flag: Bool?) {
    append(literal: flag.map { $0 ? "true" : "false" } ?? "null")
  }

  private mutating func append(orNull value: Double?) {
    guard let value, value.magnitude <= Self.largestSafeInteger, append(number: value) else {
      append(literal: "null")
      return
    }
  }
}

// MARK: Blocks and tables

extension OutputBytes {
  private mutating func append(_ blocks: [Block]) {
    append(UInt8(ascii: "["))
    for index in blocks.indices { append(blocks[index], isFirst: index == 0) }
    append(UInt8(ascii: "]"))
  }

  fileprivate mutating func append(_ block: Block, isFirst: Bool) {
    append(literal: isFirst ? "{" : ",{")
    if let table = block.table {
      append(table, of: block)
    } else {
      appendText(of: block)
    }
    append(UInt8(ascii: "}"))
  }

  private mutating func appendText(of block: Block) {
    append(leading: #""direction":"#, block.direction?.rawValue)
    appendIdentity(of: block)
    append(next: #","role":"#, block.role?.rawValue)
    append(literal: #","text":"#)
    append(block.text)
  }

  /// The members of a block from `id` to `provenance`, which stand together in every block.
  private mutating func appendIdentity(of block: Block) {
    append(literal: #""id":"#)
    append(block.id)
    if !block.inlines.isEmpty {
      append(literal: #","inlines":"#)
      append(list: block.inlines) { $0.append($1) }
    }
    append(literal: #","kind":"#)
    append(block.kind.rawValue)
    append(next: #","label":"#, block.label)
    append(next: #","level":"#, count: block.level)
    append(literal: #","provenance":"#)
    append(block.provenance)
  }

  private mutating func append(_ table: Table, of block: Block) {
    append(leading: #""alternativeText":"#, table.alternativeText)
    append(literal: #""bands":"#)
    append(list: table.bands) { output, band in
      output.append(literal: #"{"headerRows":"#)
      output.append(band.headerRowCount)
      output.append(literal: #","rows":"#)
      output.append(band.rows)
      output.append(UInt8(ascii: "}"))
    }
    append(next: #","caption":"#, table.caption)
    append(literal: #","cells":["#)
    let ids = CellIDs(blockID: block.id)
    var places = CellPlaces()
    let cells = table.cells.span
    for index in cells.indices {
      append(literal: index > 0 ? ",{" : "{")
      append(cells, at: index, ids: ids, places: &places)
    }
    append(literal: #"],"columnCount":"#)
    append(table.columnCount)
    append(literal: #","confidence":"#)
    append(thousandths: table.confidence)
    append(next: #","direction":"#, block.direction?.rawValue)
    append(literal: #","footnotes":"#)
    append(list: table.footnotes) { $0.append($1) }
    append(literal: #","fragments":"#)
    append(list: table.fragments) { output, fragment in
      output.append(literal: #"{"box":"#)
      output.append(fragment.box)
      output.append(literal: #","page":"#)
      output.append(fragment.page)
      output.append(literal: #","repeatedHeaderRows":"#)
      output.append(fragment.repeatedHeaderRowCount)
      output.append(literal: #","rows":"#)
      output.append(fragment.rows)
      output.append(UInt8(ascii: "}"))
    }
    append(UInt8(ascii: ","))
    appendIdentity(of: block)
    append(next: #","role":"#, block.role?.rawValue)
    append(literal: #","rowCount":"#)
    append(table.rowCount)
    append(literal: #","stubColumns":"#)
    append(table.stubColumnCount)
    append(literal: #","text":"#)
    append(block.text)
    append(next: #","unit":"#, table.unit)
    append(next: #","unitText":"#, table.unitText)
  }

  /// Each member is taken from its place: a cell that is copied as a whole costs as much as to write it.
  private mutating func append(
    _ cells: Span<Cell>, at position: Int, ids: CellIDs, places: inout CellPlaces
  ) {
    if !cells[position].blocks.isEmpty {
      append(literal: #""blocks":"#)
      append(cells[position].blocks)
      append(UInt8(ascii: ","))
    }
    append(literal: #""column":"#)
    append(cells[position].columns.lowerBound)
    if !cells[position].columnPath.isEmpty {
      append(literal: #","columnPath":"#)
      append(path: cells[position].columnPath, ids: ids)
    }
    append(literal: #","columnSpan":"#)
    append(cells[position].columns.count)
    append(literal: #","confidence":"#)
    append(thousandths: cells[position].confidence)
    append(literal: cells[position].evidence.member)
    append(literal: #","id":"#)
    append(cellAt: position, ids: ids)
    append(next: #","missing":"#, cells[position].missing?.rawValue)
    append(literal: #","provenance":"#)
    append(cells[position].origin, &places)
    append(literal: cells[position].role.member)
    append(literal: #","row":"#)
    append(cells[position].rows.lowerBound)
    if !cells[position].rowPath.isEmpty {
      append(literal: #","rowPath":"#)
      append(path: cells[position].rowPath, ids: ids)
    }
    append(literal: #","rowSpan":"#)
    append(cells[position].rows.count)
    append(literal: #","text":"#)
    append(cells[position].text)
    append(next: #","unit":"#, cells[position].unit)
    // Beyond ±(2^53 - 1) neighbouring integers share a double, so the text is all that can be said.
    if let value = cells[position].value, value.magnitude <= Self.largestSafeInteger {
      append(literal: #","value":"#)
      _ = append(number: value)
    }
    append(UInt8(ascii: "}"))
  }

  private mutating func append(path: [Int], ids: CellIDs) {
    append(UInt8(ascii: "["))
    for (index, position) in path.enumerated() {
      if index > 0 { append(UInt8(ascii: ",")) }
      append(cellAt: position, ids: ids)
    }
    append(UInt8(ascii: "]"))
  }

  private mutating func append(cellAt position: Int, ids: CellIDs) {
    append(finished: ids.start)
    appendDigits(of: UInt64(position + 1))
    append(UInt8(ascii: "\""))
  }
}

// MARK: Inlines

extension OutputBytes {
  private mutating func append(_ inline: Inline) {
    append(UInt8(ascii: "{"))
    switch inline.kind {
    case .link(let target):
      append(kind: #""link""#, range: inline.range)
      append(next: #","target":"#, target)
    case .reference(let target):
      append(kind: #""reference""#, range: inline.range)
      append(next: #","to":"#, target)
    case .image(let image):
      append(image, range: inline.range)
    case .equation(let equation):
      append(literal: equation.isDisplayed ? #""isDisplayed":true,"# : #""isDisplayed":false,"#)
      append(literal: #""kind":"equation","mathML":"#)
      append(equation.mathML)
      append(literal: #","range":"#)
      append(inline.range)
      append(next: #","text":"#, equation.text)
    case .ruby(let reading):
      append(kind: #""ruby""#, range: inline.range)
      append(next: #","reading":"#, reading)
    case .control(let control):
      append(control, range: inline.range)
    case .embedding(let embedding):
      append(embedding, range: inline.range)
    case .bookmark(let name):
      append(literal: #""kind":"bookmark","name":"#)
      append(name)
      append(literal: #","range":"#)
      append(inline.range)
    case .superscript: append(kind: #""superscript""#, range: inline.range)
    case .subscript: append(kind: #""subscript""#, range: inline.range)
    case .insertion: append(kind: #""insertion""#, range: inline.range)
    case .deletion: append(kind: #""deletion""#, range: inline.range)
    }
    append(UInt8(ascii: "}"))
  }

  private mutating func append(kind: StaticString, range: Range<Int>) {
    append(literal: #""kind":"#)
    append(literal: kind)
    append(literal: #","range":"#)
    append(range)
  }

  private mutating func append(_ image: Image, range: Range<Int>) {
    append(leading: #""alternativeText":"#, image.alternativeText)
    append(leadingCount: #""bytes":"#, image.byteCount)
    append(leading: #""externalTarget":"#, image.externalTarget)
    if let height = image.height {
      append(literal: #""height":"#)
      append(hundredths: height)
      append(UInt8(ascii: ","))
    }
    append(literal: #""kind":"image""#)
    append(next: #","mediaType":"#, image.mediaType)
    append(next: #","part":"#, image.part)
    append(literal: #","range":"#)
    append(range)
    append(next: #","sha256":"#, image.sha256)
    append(next: #","width":"#, places: image.width)
  }

  private mutating func append(_ control: FormControl, range: Range<Int>) {
    append(literal: #""control":"#)
    append(control.kind.rawValue)
    if let isChecked = control.isChecked {
      append(literal: isChecked ? #","isChecked":true"# : #","isChecked":false"#)
    }
    append(literal: control.isPrompt ? #","isPrompt":true"# : #","isPrompt":false"#)
    append(literal: #","kind":"control""#)
    append(next: #","name":"#, control.name)
    append(literal: #","range":"#)
    append(range)
    append(next: #","tag":"#, control.tag)
  }

  private mutating func append(_ embedding: Embedding, range: Range<Int>) {
    append(leadingCount: #""bytes":"#, embedding.byteCount)
    append(leading: #""externalTarget":"#, embedding.externalTarget)
    append(literal: #""kind":"embedding""#)
    append(next: #","part":"#, embedding.part)
    append(next: #","program":"#, embedding.program)
    append(literal: #","range":"#)
    append(range)
  }

  /// Appends a number that is left out when absent, with a comma behind it.
  private mutating func append(leadingCount name: StaticString, _ count: Int?) {
    guard let count else { return }
    append(literal: name)
    append(count)
    append(UInt8(ascii: ","))
  }
}

/// How the ids of a table's cells start, as JSON with its first quotation mark.
private struct CellIDs {
  let start: [UInt8]

  init(blockID: String) {
    var output = OutputBytes(capacity: 64)
    output.append(UInt8(ascii: "\""))
    output.appendEscaped(blockID)
    output.append(UInt8(ascii: "c"))
    start = output.bytes
  }
}

/// How the places of the cells of one row start, as JSON.
private struct CellPlaces {
  private var parent: CellOrigin.Parent?
  private var start: [UInt8] = []

  mutating func start(of parent: CellOrigin.Parent) -> [UInt8] {
    if self.parent !== parent {
      self.parent = parent
      var output = OutputBytes(capacity: 128)
      output.append(literal: #"[{"part":"#)
      output.append(parent.part)
      output.append(literal: #","path":""#)
      output.appendEscaped(parent.path)
      output.append(literal: "/tc[")
      start = output.bytes
    }
    return start
  }
}

extension Cell.Evidence {
  /// The member of a cell that says it.
  fileprivate var member: StaticString {
    switch self {
    case .ruled: #","evidence":"ruled""#
    case .aligned: #","evidence":"aligned""#
    case .declared: #","evidence":"declared""#
    case .recognized: #","evidence":"recognized""#
    case .implied: #","evidence":"implied""#
    }
  }
}

extension Cell.Role {
  /// The member of a cell that says it.
  fileprivate var member: StaticString {
    switch self {
    case .data: #","role":"data""#
    case .columnHeader: #","role":"columnHeader""#
    case .rowHeader: #","role":"rowHeader""#
    case .stubHead: #","role":"stubHead""#
    case .section: #","role":"section""#
    }
  }
}
