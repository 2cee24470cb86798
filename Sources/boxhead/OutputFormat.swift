import DocumentWriting

/// The forms in which documents are written.
enum OutputFormat: String, CaseIterable {
  /// Canonical JSON (RFC 8785): one object, no newline at the end.
  case json
  /// The same object on a line of its own.
  case ndjson
  /// Markdown with GitHub's tables.
  case markdown
  /// One page that needs no other file.
  case html
  /// Comma-separated values: a file for each table, or a line for each value.
  case csv
  /// The same with tabs.
  case tsv
  /// An Excel workbook with a sheet for each table.
  case xlsx
  /// DoclingDocument 1.0.0.
  case docling

  /// The end of the names of its files.
  var ending: String {
    switch self {
    case .markdown: "md"
    case .docling: "docling.json"
    case .json, .ndjson, .html, .csv, .tsv, .xlsx: rawValue
    }
  }

  /// What stands between fields, for the forms made of fields.
  var delimiter: Delimiter? {
    switch self {
    case .csv: .comma
    case .tsv: .tab
    case .json, .ndjson, .markdown, .html, .xlsx, .docling: nil
    }
  }
}

/// The forms that one run writes, and what was chosen about them.
struct OutputForms: Equatable {
  var formats: [OutputFormat] = [.json]
  /// Whether CSV and TSV have a line for each value and not a file for each table.
  var isLong = false

  /// Whether documents can follow each other in one file or stream.
  var isCollectable: Bool {
    guard formats.count == 1, let format = formats.first else { return false }
    return format == .ndjson || format.delimiter != nil && isLong
  }

  /// Whether a document can become several files.
  var needsFolder: Bool {
    formats.count > 1 || formats.contains { isGrid($0) }
  }

  /// Whether a form has a file for each table.
  func isGrid(_ format: OutputFormat) -> Bool { format.delimiter != nil && !isLong }

  /// The names that the files of a document can have, by how they start.
  ///
  /// Those of grids and of their metadata are made of the name that is given here.
  func names(stem: String) -> [String] {
    formats.map { isGrid($0) ? "\(stem).\($0.ending)-metadata.json" : "\(stem).\($0.ending)" }
  }
}
