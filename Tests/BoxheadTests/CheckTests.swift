import DocumentModel
import DocumentWriting
import Foundation
import TestSupport
import Testing

@testable import boxhead

/// `boxhead check`, run as a user runs it on the sample report.
@Suite struct CheckTests {
  let boxhead = BuiltProgram("boxhead")
  let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
  }

  static let sample = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "samples/annual-report-docx/original.docx").path(percentEncoded: false)

  @Test("A report that adds up has status 0 and a summary")
  func sound() throws {
    let result = try boxhead.run(["check", Self.sample])
    #expect(result.status == 0)
    #expect(result.text.contains("identities: 42, hold 42, fail 0"))
    #expect(result.errors == "")
  }

  /// A stored document of two figures that should be equal.
  func broken() throws -> String {
    let table = Table(
      rowCount: 1, columnCount: 2, bands: [Table.Band(rows: 0..<1, headerRowCount: 0)],
      cells: [
        Cell(rows: 0..<1, columns: 0..<1, text: "3", value: 3, evidence: .ruled),
        Cell(rows: 0..<1, columns: 1..<2, text: "4", value: 4, evidence: .ruled),
      ])
    let document = Document(
      source: Source(
        name: "a.docx", mediaType: "application/pdf", sha256: String(repeating: "0", count: 64),
        byteCount: 1),
      blocks: [Block(id: "b1", kind: .table, table: table)],
      records: [
        Record(
          family: "f", generation: "1", agency: "甲",
          identities: [
            Record.Identity(
              id: "a.b", left: 3, right: 4, holds: false, holdsIfBlankIsZero: false,
              leftCells: ["b1c1"], rightCells: ["b1c2"])
          ])
      ])
    let path = folder.path("broken.json")
    try Data(CanonicalJSONWriter.bytes(of: document)).write(to: URL(filePath: path))
    return path
  }

  @Test("A failing identity has status 4, says so, and is no failure of others")
  func failing() throws {
    let path = try broken()
    let alone = try boxhead.run(["check", path])
    #expect(alone.status == 4)
    #expect(alone.text.contains("FAILS a.b: expected equal sides, found 3 = 3 and 4 = 4"))
    #expect(alone.errors == "")
    let both = try boxhead.run(["check", path, Self.sample])
    #expect(both.status == 4)
    #expect(both.text.contains("hold 42"))
  }

  @Test("As JSON there is one line for each document")
  func json() throws {
    let result = try boxhead.run(["check", "--to", "json", Self.sample, Self.sample])
    #expect(result.status == 0)
    let lines = result.text.split(separator: "\n")
    #expect(lines.count >= 2)
    let report = try JSONParser.parse(Array(lines[0].utf8))
    #expect(report["records"]?.elements?.first?["identities"]?["hold"]?.number == 42)
    #expect(report.canonicalBytes == Array(lines[0].utf8))
  }

  @Test("What cannot be read has its own status, and the others are checked")
  func unreadable() throws {
    let result = try boxhead.run(["check", folder.path("none.pdf"), Self.sample])
    #expect(result.status == 3)
    #expect(result.text.contains("hold 42"))
    #expect(result.errors.contains("none.pdf"))
  }
}
