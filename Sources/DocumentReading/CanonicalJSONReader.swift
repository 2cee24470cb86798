public import DocumentModel
import DocumentWriting
import PageGeometry

/// Reads the JSON of `CanonicalJSONWriter` back, so that other forms can be made of it without the
/// original.
///
/// What is read and written again has the same bytes. The JSON may come from anywhere: it is held
/// to the schema member by member, header paths must lead to cells of their table, and `read`
/// refuses a document whose grids do not add up (`DocumentCheck`), since every writer counts on them.
public enum CanonicalJSONReader {
  /// Whether bytes look like JSON at all: an object with a name in it, or an empty one.
  ///
  /// Rich Text starts with a brace too.
  public static func canRead(_ bytes: [UInt8]) -> Bool {
    let start = bytes.lazy.filter { !($0 == 0x20 || (0x09...0x0D).contains($0)) }.prefix(2)
    return start.elementsEqual([UInt8(ascii: "{"), UInt8(ascii: "\"")])
      || start.elementsEqual([UInt8(ascii: "{"), UInt8(ascii: "}")])
  }

  /// Reads a document.
  ///
  /// - Parameter bytes: JSON in UTF-8; white space and the order of names do not matter.
  /// - Returns: The document.
  /// - Throws: `ReadingError` for the first thing that is wrong.
  public static func read(_ bytes: [UInt8]) throws(ReadingError) -> Document {
    let document = try readUnchecked(bytes)
    if let problem = DocumentCheck.gridProblem(of: document) { throw .contradiction(problem) }
    return document
  }

  /// Reads a document that follows the schema; what it says may contradict itself.
  package static func readUnchecked(_ bytes: [UInt8]) throws(ReadingError) -> Document {
    let value: JSONValue
    do throws(JSONParser.ParseError) {
      value = try JSONParser.parse(bytes)
    } catch {
      throw .notJSON(error)
    }
    return try document(value)
  }

  private static func document(_ value: JSONValue) throws(ReadingError) -> Document {
    var object = try JSONObject(value)
    guard let schema = value["schema"]?.text, schema == Document.schemaName else {
      throw .otherSchema(found: value["schema"]?.text ?? "of no name")
    }
    let blocks = try object.list("blocks", block)
    let comments = try object.list("comments", comment)
    let further = try object.optional("furtherRecords") { value throws(ReadingError) in
      try JSONObject.list(value, RecordReading.record)
    }
    let metadata = try object.required("metadata", metadata)
    let notes = try object.list("notes", note)
    let pages = try object.list("pages", page)
    let record = try object.optional("record", RecordReading.record)
    let revisions = try object.list("revisions", revision)
    _ = object.take("schema")
    let sections = try object.list("sections", section)
    let source = try object.required("source", source)
    try object.end()
    guard further == nil || record != nil && further?.isEmpty == false else {
      throw .unexpected(path: "furtherRecords", expected: "records behind a first one")
    }
    return Document(
      source: source, pages: pages, metadata: metadata, blocks: blocks, sections: sections,
      comments: comments, revisions: revisions, notes: notes,
      records: [record].compactMap(\.self) + (further ?? []))
  }

  // MARK: - What stands around the blocks

  private static func source(_ value: JSONValue) throws(ReadingError) -> Source {
    var object = try JSONObject(value)
    let byteCount = try object.required("bytes", JSONObject.count)
    let mediaType = try object.required("mediaType", JSONObject.text)
    let name = try object.required("name", JSONObject.text)
    let sha256 = try object.required("sha256", JSONObject.sha256)
    try object.end()
    return Source(name: name, mediaType: mediaType, sha256: sha256, byteCount: byteCount)
  }

  private static func page(_ value: JSONValue) throws(ReadingError) -> PageInfo {
    var object = try JSONObject(value)
    let height = try object.required("height", JSONObject.number)
    let number = try object.required("number", JSONObject.position)
    let origin: PageInfo.TextOrigin = try object.required("origin", JSONObject.name)
    let rotation = try object.required("rotation", JSONObject.count)
    let width = try object.required("width", JSONObject.number)
    try object.end()
    guard [0, 90, 180, 270].contains(rotation) else {
      throw .unexpected(path: "rotation", expected: "0, 90, 180 or 270")
    }
    return PageInfo(
      number: number, width: width, height: height, rotation: rotation, origin: origin)
  }

  private static func metadata(_ value: JSONValue) throws(ReadingError) -> Metadata {
    var object = try JSONObject(value)
    var metadata = Metadata()
    metadata.author = try object.optional("author", JSONObject.text)
    metadata.created = try object.optional("created", JSONObject.text)
    metadata.description = try object.optional("description", JSONObject.text)
    metadata.keywords = try object.optional("keywords", JSONObject.text)
    metadata.language = try object.optional("language", JSONObject.text)
    metadata.modified = try object.optional("modified", JSONObject.text)
    metadata.producer = try object.optional("producer", JSONObject.text)
    metadata.subject = try object.optional("subject", JSONObject.text)
    metadata.title = try object.optional("title", JSONObject.text)
    try object.end()
    return metadata
  }

  private static func note(_ value: JSONValue) throws(ReadingError) -> Note {
    var object = try JSONObject(value)
    let at = try object.optional("at", JSONObject.text)
    let code = try object.required("code", JSONObject.text)
    let message = try object.required("message", JSONObject.text)
    let provenance = try object.list("provenance", place)
    let severity: Note.Severity = try object.required("severity", JSONObject.name)
    try object.end()
    return Note(code: code, severity: severity, at: at, message: message, provenance: provenance)
  }

  private static func comment(_ value: JSONValue) throws(ReadingError) -> Comment {
    var object = try JSONObject(value)
    let at = try object.optional("at", JSONObject.text)
    let author = try object.optional("author", JSONObject.text)
    let date = try object.optional("date", JSONObject.text)
    let id = try object.required("id", identifier)
    let provenance = try object.list("provenance", place)
    let subject = try object.required("subject", JSONObject.text)
    let text = try object.required("text", JSONObject.text)
    try object.end()
    return Comment(
      id: id, author: author, date: date, text: text, subject: subject, at: at,
      provenance: provenance)
  }

  private static func revision(_ value: JSONValue) throws(ReadingError) -> Revision {
    var object = try JSONObject(value)
    let author = try object.optional("author", JSONObject.text)
    let date = try object.optional("date", JSONObject.text)
    let kind: Revision.Kind = try object.required("kind", JSONObject.name)
    let provenance = try object.list("provenance", place)
    let text = try object.required("text", JSONObject.text)
    try object.end()
    guard let only = provenance.first, provenance.count == 1 else {
      throw .unexpected(path: "provenance", expected: "one place")
    }
    return Revision(kind: kind, author: author, date: date, text: text, provenance: only)
  }

  private static func section(_ value: JSONValue) throws(ReadingError) -> Section {
    var object = try JSONObject(value)
    let columnCount = try object.required("columnCount", JSONObject.count)
    let lastBlock = try object.optional("lastBlock", JSONObject.text)
    let height = try object.optional("pageHeight", JSONObject.number)
    let width = try object.optional("pageWidth", JSONObject.number)
    let start: Section.Start = try object.required("start", JSONObject.name)
    try object.end()
    return Section(
      columnCount: columnCount, pageWidth: width ?? 0, pageHeight: height ?? 0, start: start,
      lastBlock: lastBlock)
  }

  private static func identifier(_ value: JSONValue) throws(ReadingError) -> String {
    let text = try JSONObject.text(value)
    guard !text.isEmpty else { throw JSONObject.unexpected("an id") }
    return text
  }

  private static func place(_ value: JSONValue) throws(ReadingError) -> Provenance {
    var object = try JSONObject(value)
    if let box = try object.optional("box", box) {
      let number = try object.required("page", JSONObject.position)
      try object.end()
      return .page(number: number, box: box)
    }
    let name = try object.required("part", JSONObject.text)
    let path = try object.required("path", JSONObject.text)
    try object.end()
    return .part(name: name, path: path)
  }

  private static func box(_ value: JSONValue) throws(ReadingError) -> Rect {
    let edges = try JSONObject.list(value, JSONObject.number)
    guard edges.count == 4 else { throw JSONObject.unexpected("four edges") }
    return Rect(minX: edges[0], minY: edges[1], maxX: edges[2], maxY: edges[3])
  }

  // MARK: - Blocks and tables

  private static func block(_ value: JSONValue) throws(ReadingError) -> Block {
    var object = try JSONObject(value)
    let id = try ownIdentifier(of: value)
    let table = value["cells"] == nil ? nil : try table(of: &object, blockID: id)
    let direction: Block.Direction? = try object.optional("direction", JSONObject.name)
    _ = object.take("id")
    let inlines = try object.optional("inlines") { value throws(ReadingError) in
      try JSONObject.list(value, inline)
    }
    let kind: Block.Kind = try object.required("kind", JSONObject.name)
    let label = try object.optional("label", JSONObject.text)
    let level = try object.optional("level", JSONObject.position)
    let provenance = try object.list("provenance", place)
    let role: Block.Role? = try object.optional("role", JSONObject.name)
    let text = try object.required("text", JSONObject.text)
    try object.end()
    guard table == nil ? kind != .table : kind == .table || kind == .figure else {
      throw .unexpected(path: "kind", expected: "cells in a table or figure and nowhere else")
    }
    guard inlines?.isEmpty != true else { throw .unexpected(path: "inlines", expected: "some") }
    return Block(
      id: id, kind: kind, level: level, label: label, text: text, table: table, role: role,
      direction: direction, inlines: inlines ?? [], provenance: provenance)
  }

  private static func ownIdentifier(of block: JSONValue) throws(ReadingError) -> String {
    guard let id = block["id"]?.text, !id.isEmpty else {
      throw .unexpected(path: "id", expected: "an id")
    }
    return id
  }

  private static func table(
    of object: inout JSONObject, blockID: String
  ) throws(ReadingError) -> Table {
    let alternativeText = try object.optional("alternativeText", JSONObject.text)
    let bands = try object.list("bands", band)
    let caption = try object.optional("caption", JSONObject.text)
    let cells = try object.required("cells") { value throws(ReadingError) in
      try TableCells(blockID: blockID).cells(value)
    }
    let columnCount = try object.required("columnCount", JSONObject.count)
    let confidence = try object.required("confidence", share)
    let footnotes = try object.list("footnotes", JSONObject.text)
    let fragments = try object.list("fragments", fragment)
    let rowCount = try object.required("rowCount", JSONObject.count)
    let stubColumnCount = try object.required("stubColumns", JSONObject.count)
    let unit = try object.optional("unit", JSONObject.text)
    let unitText = try object.optional("unitText", JSONObject.text)
    return Table(
      caption: caption, unit: unit, unitText: unitText, alternativeText: alternativeText,
      footnotes: footnotes, rowCount: rowCount, columnCount: columnCount, bands: bands,
      stubColumnCount: stubColumnCount, fragments: fragments, cells: cells,
      confidence: confidence)
  }

  private static func band(_ value: JSONValue) throws(ReadingError) -> Table.Band {
    var object = try JSONObject(value)
    let headerRowCount = try object.required("headerRows", JSONObject.count)
    let rows = try object.required("rows", JSONObject.range)
    try object.end()
    return Table.Band(rows: rows, headerRowCount: headerRowCount)
  }

  private static func fragment(_ value: JSONValue) throws(ReadingError) -> Table.Fragment {
    var object = try JSONObject(value)
    let box = try object.required("box", box)
    let page = try object.required("page", JSONObject.position)
    let repeated = try object.required("repeatedHeaderRows", JSONObject.count)
    let rows = try object.required("rows", JSONObject.range)
    try object.end()
    return Table.Fragment(page: page, box: box, rows: rows, repeatedHeaderRowCount: repeated)
  }

  private static func share(_ value: JSONValue) throws(ReadingError) -> Double {
    let number = try JSONObject.number(value)
    guard (0...1).contains(number) else { throw JSONObject.unexpected("a number from 0 to 1") }
    return number
  }

  /// The cells of one table, whose ids say where they stand in it.
  private struct TableCells {
    let idStart: String
    /// A span beyond it cannot be part of a grid, and sums of spans must not overflow.
    private static let spanLimit = 1 << 40

    init(blockID: String) {
      idStart = "\(blockID)c"
    }

    func cells(_ value: JSONValue) throws(ReadingError) -> [Cell] {
      let count = value.elements?.count ?? 0
      var position = 0
      return try JSONObject.list(value) { value throws(ReadingError) in
        defer { position += 1 }
        return try cell(value, at: position, count: count)
      }
    }

    private func cell(
      _ value: JSONValue, at position: Int, count: Int
    ) throws(ReadingError) -> Cell {
      var object = try JSONObject(value)
      let path = { (value: JSONValue) throws(ReadingError) -> [Int] in
        let path = try JSONObject.list(value) { value throws(ReadingError) in
          try self.position(value, count: count)
        }
        guard !path.isEmpty else { throw JSONObject.unexpected("ids") }
        return path
      }
      let blocks = try object.optional("blocks") { value throws(ReadingError) in
        try JSONObject.list(value, CanonicalJSONReader.block)
      }
      let column = try object.required("column", start)
      let columnPath = try object.optional("columnPath", path)
      let columnSpan = try object.required("columnSpan", span)
      let confidence = try object.required("confidence", CanonicalJSONReader.share)
      let evidence: Cell.Evidence = try object.required("evidence", JSONObject.name)
      let own = try object.required("id") { value throws(ReadingError) in
        try self.position(value, count: count)
      }
      let missing: Cell.Missing? = try object.optional("missing", JSONObject.name)
      let provenance = try object.list("provenance", CanonicalJSONReader.place)
      let role: Cell.Role = try object.required("role", JSONObject.name)
      let row = try object.required("row", start)
      let rowPath = try object.optional("rowPath", path)
      let rowSpan = try object.required("rowSpan", span)
      let text = try object.required("text", JSONObject.text)
      let unit = try object.optional("unit", JSONObject.text)
      let number = try object.optional("value", JSONObject.number)
      try object.end()
      guard own == position else {
        throw .unexpected(path: "id", expected: "\(idStart)\(position + 1)")
      }
      guard blocks?.isEmpty != true else { throw .unexpected(path: "blocks", expected: "some") }
      if let number, number.magnitude > 9_007_199_254_740_991 {
        throw .unexpected(path: "value", expected: "a number within ±9007199254740991")
      }
      return Cell(
        rows: row..<row + rowSpan, columns: column..<column + columnSpan, role: role, text: text,
        value: number, unit: unit, missing: missing, columnPath: columnPath ?? [],
        rowPath: rowPath ?? [], evidence: evidence, confidence: confidence, blocks: blocks ?? [],
        provenance: provenance)
    }

    /// The position that a cell's id says: the block's id, "c" and the position from 1.
    private func position(_ value: JSONValue, count: Int) throws(ReadingError) -> Int {
      let text = try JSONObject.text(value)
      let digits = text.utf8.dropFirst(idStart.utf8.count)
      guard text.utf8.starts(with: idStart.utf8), digits.first != UInt8(ascii: "0"),
        !digits.isEmpty, digits.allSatisfy({ (0x30...0x39).contains($0) }),
        let number = Int(String(Substring(digits))), number <= count
      else { throw JSONObject.unexpected("the id of a cell of this table") }
      return number - 1
    }

    private func start(_ value: JSONValue) throws(ReadingError) -> Int {
      try bounded(JSONObject.count(value))
    }

    private func span(_ value: JSONValue) throws(ReadingError) -> Int {
      try bounded(JSONObject.position(value))
    }

    private func bounded(_ number: Int) throws(ReadingError) -> Int {
      guard number <= Self.spanLimit else { throw JSONObject.unexpected("a smaller number") }
      return number
    }
  }

  // MARK: - Inlines

  private static func inline(_ value: JSONValue) throws(ReadingError) -> Inline {
    var object = try JSONObject(value)
    let name = value["kind"]?.text ?? ""
    let kind = try kind(name, of: &object)
    _ = object.take("kind")
    let range = try object.required("range", JSONObject.range)
    try object.end()
    return Inline(range: range, kind: kind)
  }

  private static func kind(
    _ name: String, of object: inout JSONObject
  ) throws(ReadingError) -> Inline.Kind {
    switch name {
    case "link": return .link(target: try object.required("target", JSONObject.text))
    case "reference": return .reference(to: try object.required("to", JSONObject.text))
    case "image": return .image(try image(&object))
    case "equation":
      let isDisplayed = try object.required("isDisplayed", JSONObject.flag)
      let mathML = try object.required("mathML", JSONObject.text)
      let text = try object.required("text", JSONObject.text)
      return .equation(Equation(text: text, mathML: mathML, isDisplayed: isDisplayed))
    case "ruby": return .ruby(reading: try object.required("reading", JSONObject.text))
    case "control":
      let kind: FormControl.Kind = try object.required("control", JSONObject.name)
      let isChecked = try object.optional("isChecked", JSONObject.flag)
      let isPrompt = try object.required("isPrompt", JSONObject.flag)
      let name = try object.optional("name", JSONObject.text)
      let tag = try object.optional("tag", JSONObject.text)
      return .control(
        FormControl(kind: kind, name: name, tag: tag, isChecked: isChecked, isPrompt: isPrompt))
    case "embedding":
      let byteCount = try object.optional("bytes", JSONObject.count)
      let externalTarget = try object.optional("externalTarget", JSONObject.text)
      let part = try object.optional("part", JSONObject.text)
      let program = try object.optional("program", JSONObject.text)
      return .embedding(
        Embedding(
          part: part, externalTarget: externalTarget, program: program, byteCount: byteCount))
    case "bookmark": return .bookmark(name: try object.required("name", JSONObject.text))
    case "superscript": return .superscript
    case "subscript": return .subscript
    case "insertion": return .insertion
    case "deletion": return .deletion
    default: throw .unexpected(path: "kind", expected: "a kind of inline")
    }
  }

  private static func image(_ object: inout JSONObject) throws(ReadingError) -> Image {
    var image = Image()
    image.alternativeText = try object.optional("alternativeText", JSONObject.text)
    image.byteCount = try object.optional("bytes", JSONObject.count)
    image.externalTarget = try object.optional("externalTarget", JSONObject.text)
    image.height = try object.optional("height", JSONObject.number)
    image.mediaType = try object.optional("mediaType", JSONObject.text)
    image.part = try object.optional("part", JSONObject.text)
    image.sha256 = try object.optional("sha256", JSONObject.sha256)
    image.width = try object.optional("width", JSONObject.number)
    return image
  }
}
