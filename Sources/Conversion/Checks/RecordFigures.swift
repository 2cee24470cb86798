public import DocumentModel
public import DocumentWriting

/// The figures of records as JSON, on their way from the process that read a document to the one
/// that compares several.
public enum RecordFigures {
  /// Who reports on which year, and the tables; what else is in a record is left out.
  public static func json(of records: [Record]) -> JSONValue {
    .array(
      records.map { record in
        CheckReport.object([
          ("agency", record.agency.map { .string($0) } ?? .null),
          ("family", .string(record.family)), ("generation", .string(record.generation)),
          ("tables", .array(record.tables.map(json))),
          ("year", record.year.map { .number(Double($0)) } ?? .null),
        ])
      })
  }

  private static func json(of table: Record.Table) -> JSONValue {
    func matrix(_ value: (Record.Table.Entry) -> JSONValue) -> JSONValue {
      .array(table.entries.map { row in .array(row.map { $0.map(value) ?? .null }) })
    }
    return CheckReport.object([
      ("cells", matrix { .string($0.cell) }),
      ("columns", .array(table.columns.map { .string($0) })),
      ("name", .string(table.name)), ("rows", .array(table.rows.map { .string($0) })),
      ("texts", matrix { .string($0.text) }),
      ("values", matrix { $0.value.map { .number($0) } ?? .null }),
    ])
  }

  /// The records again, with their figures only.
  public static func records(from json: JSONValue) -> [Record] {
    (json.elements ?? []).map { record in
      Record(
        family: record["family"]?.text ?? "", generation: record["generation"]?.text ?? "",
        agency: record["agency"]?.text, year: record["year"]?.number.map { Int($0) },
        tables: (record["tables"]?.elements ?? []).map(table))
    }
  }

  private static func table(from json: JSONValue) -> Record.Table {
    func list(_ name: String) -> [JSONValue] { json[name]?.elements ?? [] }
    let cells = list("cells")
    let texts = list("texts")
    let values = list("values")
    return Record.Table(
      name: json["name"]?.text ?? "", rows: list("rows").compactMap(\.text),
      labels: list("rows").map { _ in nil }, columns: list("columns").compactMap(\.text),
      entries: cells.indices.map { row in
        let ids = cells[row].elements ?? []
        return ids.indices.map { column in
          guard let id = ids[column].text, texts.indices.contains(row), values.indices.contains(row)
          else { return nil }
          return Record.Table.Entry(
            cell: id, text: texts[row].elements?[column].text ?? "",
            value: values[row].elements?[column].number)
        }
      })
  }
}
