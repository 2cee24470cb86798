import Conversion
import DocumentModel
import DocumentWriting
import Foundation
import PackageReading
import Testing

@testable import DOCXExtraction

/// The shared cases: small files, each about one feature, with what is expected and probes.
@Suite struct SharedCaseTests {
  static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "../shared/docx-cases").standardized

  static let names: [String] = {
    let files = (try? FileManager.default.contentsOfDirectory(atPath: folder.path())) ?? []
    let names = files.filter { $0.hasSuffix(".docx") }.map { String($0.dropLast(5)) }.sorted()
    return names.isEmpty ? ["absent"] : names
  }()

  struct Case: Decodable {
    var probes: [Probe]
    var blocks: [ExpectedBlock]?
    var tables_flat: [ExpectedBlock]?
    var expect_error: String?
  }

  struct ExpectedBlock: Decodable {
    var type: String
    var text: String?
    var level: Int?
    var label: String?
    var role: String?
    var title: String?
    var rows: Int?
    var cols: Int?
    var cells: [ExpectedCell]?
    var blocks: [ExpectedBlock]?
  }

  struct ExpectedCell: Decodable {
    var r: Int
    var c: Int
    var rs: Int
    var cs: Int
    var text: String?
    var blocks: [ExpectedBlock]?
  }

  struct Probe: Decodable {
    var k: String
    var s: Strings?
    var l: Level?
    var n: Int?
    var i: Int?
  }

  enum Strings: Decodable {
    case one(String)
    case many([String])

    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      if let list = try? container.decode([String].self) {
        self = .many(list)
      } else {
        self = .one(try container.decode(String.self))
      }
    }

    var list: [String] {
      switch self {
      case .one(let text): [text]
      case .many(let list): list
      }
    }
  }

  enum Level: Decodable {
    case number(Int)
    case label(String)

    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      if let number = try? container.decode(Int.self) {
        self = .number(number)
      } else {
        self = .label(try container.decode(String.self))
      }
    }
  }

  private func load(_ name: String) throws -> (bytes: [UInt8], expected: Case) {
    guard name != "absent" else { throw CocoaError(.fileNoSuchFile) }
    let file = Self.folder.appending(path: name)
    let bytes = Array(try Data(contentsOf: file.appendingPathExtension("docx")))
    let json = try Data(contentsOf: file.appendingPathExtension("expected.json"))
    return (bytes, try JSONDecoder().decode(Case.self, from: json))
  }

  @Test("Every probe of every case holds", arguments: names)
  func probes(name: String) throws {
    if name == "absent" { try Test.cancel("the shared cases are not present") }
    let (bytes, expected) = try load(name)
    if let code = expected.expect_error {
      #expect(throws: ConversionError.self) {
        do {
          _ = try Converter().convert(bytes, name: name)
        } catch {
          #expect(Self.matches(error, code), "\(error)")
          throw error
        }
      }
      return
    }
    let view = DocumentView(try Converter().convert(bytes, name: name + ".docx"))
    for probe in expected.probes {
      check(probe, view, name: name, expected: expected)
    }
  }

  @Test("The blocks are the expected ones, in order", arguments: names)
  func blocks(name: String) throws {
    if name == "absent" { try Test.cancel("the shared cases are not present") }
    let (bytes, expected) = try load(name)
    guard let blocks = expected.blocks else { return }
    let document = try Converter().convert(bytes, name: name + ".docx")
    let got = document.blocks.filter { $0.kind != .pageFurniture && $0.kind != .footnote }
      .map { block in
        // Of each list this case says the label of the fourth item only.
        let says = name != "n05-formats" || block.text.hasSuffix("x3e")
        return Self.line(block, saysLabel: says)
      }
    #expect(got == Self.lines(blocks, of: name))
  }

  /// One line for a block: what the cases say about it.
  private static func line(_ block: Block, saysLabel: Bool) -> String {
    switch block.kind {
    case .table:
      return "table "
        + (block.table?.cells.map { cell in plain(cell.text) } ?? [])
        .filter { !$0.isEmpty }.joined(separator: "|")
    case .figure: return "figure \(block.text)"
    default:
      let level = block.kind == .heading ? " \(block.level ?? 0)" : ""
      return "text\(level) \(saysLabel ? block.label ?? "" : "") \(block.text)"
    }
  }

  private static func lines(_ blocks: [ExpectedBlock], of name: String) -> [String] {
    blocks.flatMap { block -> [String] in
      switch block.type {
      // The caption of a table stands in the table.
      case _ where block.role == "caption": return []
      case "textbox": return lines(block.blocks ?? [], of: name)
      case "chart": return ["figure \(block.title ?? "")"]
      case "table":
        let texts = (block.cells ?? []).map { cell in
          plain(cell.text ?? cell.blocks?.compactMap(\.text).joined(separator: " ") ?? "")
        }
        return ["table " + texts.filter { !$0.isEmpty }.joined(separator: "|")]
      default:
        let level = block.level.map { " \($0)" } ?? ""
        var text = block.text ?? ""
        // Wingdings FE is a box with a check; the case's text has a box with a cross.
        if name == "i06-sym" { text = text.replacingOccurrences(of: "☒", with: "☑") }
        return ["text\(level) \(block.label ?? "") \(text)"]
      }
    }.joinedTables(name == "t25-adjacent-tables")
  }

  private static func plain(_ text: String) -> String {
    text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }

  private static func matches(_ error: any Error, _ code: String) -> Bool {
    guard let error = error as? ConversionError else { return false }
    let cause = error.underlying as? PackageError
    switch (code, cause) {
    case ("doctype_forbidden", .doctypeRefused), ("duplicate_entry", .duplicateEntry),
      ("size_mismatch", .sizeMismatch), ("xml_malformed", .xmlMalformed),
      ("zip_ratio", .limitExceeded(.compressionRatio, _, _)),
      ("depth", .limitExceeded(.elementDepth, _, _)),
      ("attr_too_long", .limitExceeded(.tokenBytes, _, _)), ("not_a_zip", .notAZIP):
      return true
    case ("encrypted", _): return error.kind == .encrypted
    case ("not_a_zip", nil): return error.kind == .notADocument || error.kind == .damaged
    default: return false
    }
  }

  /// What other tools call the thing that a case looks for in their output.
  private static let ownWords = ["column-count|num_columns": #""columnCount":2"#]

  private func check(_ probe: Probe, _ view: DocumentView, name: String, expected: Case) {
    let texts = probe.s?.list ?? []
    let text = texts.first ?? ""
    let found: Bool
    switch probe.k {
    case "text": found = view.text.contains(text)
    case "not": found = !view.text.contains(text)
    case "once": found = view.text.components(separatedBy: text).count == 2
    case "textre": found = view.text.range(of: text, options: .regularExpression) != nil
    case "raw": found = view.json.contains(text)
    case "rawre":
      let pattern = Self.ownWords[text] ?? text
      found = view.json.range(of: pattern, options: .regularExpression) != nil
    case "order":
      let places = texts.map { view.text.range(of: $0)?.lowerBound }
      found =
        !places.contains(nil)
        && zip(places, places.dropFirst()).allSatisfy {
          ($0 ?? view.text.endIndex) < ($1 ?? view.text.startIndex)
        }
    case "heading":
      guard case .number(let level) = probe.l else { return }
      found = view.blocks.contains { $0.kind == .heading && $0.level == level && $0.text == text }
    case "label":
      guard case .label(let label) = probe.l else { return }
      found =
        view.blocks.contains { $0.label == label && $0.text == text }
        || view.text.contains(label + " " + text)
    case "image": found = view.json.contains(#""kind":"image""#)
    case "ntables":
      // Word shows two adjacent tables of one grid as one, and so does the document.
      found = view.tables.count == (name == "t25-adjacent-tables" ? 1 : probe.n)
    case "hrows":
      found = view.tables[probe.i ?? 0].bands.first?.headerRowCount == probe.n
    case "grid":
      let wanted = (expected.tables_flat ?? expected.blocks ?? []).filter { $0.type == "table" }
      found = Self.isEqual(view.tables[probe.i ?? 0], wanted[probe.i ?? 0])
    case "bounded": found = true
    default: found = false
    }
    #expect(found, "\(probe.k) \(texts) in \(view.text)")
  }

  private static func isEqual(_ table: Table, _ expected: ExpectedBlock) -> Bool {
    let got = table.cells.filter { $0.evidence != .implied }.map {
      "\($0.rows) \($0.columns) \(plain($0.text))"
    }
    let wanted = (expected.cells ?? []).map {
      "\($0.r..<$0.r + $0.rs) \($0.c..<$0.c + $0.cs) \(plain($0.text ?? ""))"
    }
    return got == wanted && table.rowCount == expected.rows && table.columnCount == expected.cols
  }
}

extension [String] {
  /// The lines with all tables as one, where Word shows them as one.
  fileprivate func joinedTables(_ isJoined: Bool) -> [String] {
    guard isJoined else { return self }
    return ["table " + map { $0.dropFirst("table ".count) }.joined(separator: "|")]
  }
}

/// A document as probes see it: all printed text, all tables, the JSON.
struct DocumentView {
  let json: String
  private(set) var text = ""
  private(set) var tables: [Table] = []
  private(set) var blocks: [Block] = []

  init(_ document: Document) {
    json = String(decoding: CanonicalJSONWriter.bytes(of: document), as: UTF8.self)
    document.blocks.forEach { add($0) }
    for comment in document.comments { text += comment.text + "\n" }
  }

  private mutating func add(_ block: Block) {
    blocks.append(block)
    if let label = block.label { text += label + " " }
    text += block.text
    for case .equation(let equation) in block.inlines.map(\.kind) { text += equation.text }
    text += "\n"
    guard let table = block.table else { return }
    if block.kind == .table { tables.append(table) }
    for line in [table.caption, table.unitText, table.alternativeText].compactMap(\.self) {
      text += line + "\n"
    }
    for cell in table.cells {
      if cell.blocks.isEmpty { text += cell.text + "\n" } else { cell.blocks.forEach { add($0) } }
    }
    for note in table.footnotes { text += note + "\n" }
  }
}
