import DocumentModel
import DocumentWriting

/// Reads records back; they are the one part of a document that has nulls.
enum RecordReading {
  static func record(_ value: JSONValue) throws(ReadingError) -> Record {
    var object = try JSONObject(value)
    let agency = try object.required("agency", text)
    let family = try object.required("family", JSONObject.text)
    let generation = try object.required("generation", JSONObject.text)
    let identities = try object.list("identities", identity)
    let other = try object.list("other", other)
    let published = try object.required("published", text)
    let sections = try object.list("sections", section)
    let tables = try object.list("tables", table)
    let title = try object.required("title", text)
    let year = try object.required("year", number)
    try object.end()
    guard year.map({ Int(exactly: $0) != nil }) ?? true else {
      throw .unexpected(path: "year", expected: "a whole number")
    }
    return Record(
      family: family, generation: generation, title: title, agency: agency,
      year: year.flatMap { Int(exactly: $0) }, published: published, sections: sections,
      tables: tables, identities: identities, other: other)
  }

  private static func identity(_ value: JSONValue) throws(ReadingError) -> Record.Identity {
    var object = try JSONObject(value)
    let holds = try object.required("holds", flag)
    let holdsIfBlankIsZero = try object.required("holdsIfBlankIsZero", flag)
    let id = try object.required("id", JSONObject.text)
    let left = try object.required("left", number)
    let leftCells = try object.list("leftCells", JSONObject.text)
    let right = try object.required("right", number)
    let rightCells = try object.list("rightCells", JSONObject.text)
    try object.end()
    return Record.Identity(
      id: id, left: left, right: right, holds: holds, holdsIfBlankIsZero: holdsIfBlankIsZero,
      leftCells: leftCells, rightCells: rightCells)
  }

  private static func other(_ value: JSONValue) throws(ReadingError) -> Record.Other {
    var object = try JSONObject(value)
    let at = try object.required("at", JSONObject.text)
    let path = try object.list("path", JSONObject.text)
    let text = try object.required("text", JSONObject.text)
    let value = try object.optional("value", JSONObject.number)
    try object.end()
    return Record.Other(at: at, path: path, text: text, value: value)
  }

  private static func section(_ value: JSONValue) throws(ReadingError) -> Record.Section {
    var object = try JSONObject(value)
    let blocks = try object.list("blocks", JSONObject.text)
    let heading = try object.required("heading", text)
    let name = try object.required("name", JSONObject.text)
    let text = try object.required("text", text)
    try object.end()
    return Record.Section(name: name, heading: heading, text: text, blocks: blocks)
  }

  private static func table(_ value: JSONValue) throws(ReadingError) -> Record.Table {
    var object = try JSONObject(value)
    let blocks = try object.list("blocks", JSONObject.text)
    let cells = try object.list("cells", row(of: text))
    let columns = try object.list("columns", JSONObject.text)
    let labels = try object.list("labels", text)
    let name = try object.required("name", JSONObject.text)
    let rows = try object.list("rows", JSONObject.text)
    let texts = try object.list("texts", row(of: text))
    let units = try object.optional("units") { value throws(ReadingError) in
      try JSONObject.list(value, row(of: text))
    }
    let values = try object.list("values", row(of: number))
    try object.end()
    let hasShape = { (counts: [Int]) in
      counts.count == rows.count && counts.allSatisfy { $0 == columns.count }
    }
    guard labels.count == rows.count, hasShape(cells.map(\.count)), hasShape(texts.map(\.count)),
      hasShape(values.map(\.count)), units.map({ hasShape($0.map(\.count)) }) ?? true
    else { throw JSONObject.unexpected("a list for each row with an element for each column") }
    let entries = rows.indices.map { row in
      columns.indices.map { column -> Record.Table.Entry? in
        guard let cell = cells[row][column], let text = texts[row][column] else { return nil }
        return Record.Table.Entry(
          cell: cell, text: text, value: values[row][column], unit: units?[row][column])
      }
    }
    return Record.Table(
      name: name, blocks: blocks, rows: rows, labels: labels, columns: columns, entries: entries)
  }

  // MARK: - Values or null

  private static func row<Value>(
    of read: @escaping (JSONValue) throws(ReadingError) -> Value
  ) -> (JSONValue) throws(ReadingError) -> [Value] {
    { value throws(ReadingError) in try JSONObject.list(value, read) }
  }

  private static func text(_ value: JSONValue) throws(ReadingError) -> String? {
    if case .null = value { return nil }
    return try JSONObject.text(value)
  }

  private static func number(_ value: JSONValue) throws(ReadingError) -> Double? {
    if case .null = value { return nil }
    return try JSONObject.number(value)
  }

  private static func flag(_ value: JSONValue) throws(ReadingError) -> Bool? {
    if case .null = value { return nil }
    return try JSONObject.flag(value)
  }
}
