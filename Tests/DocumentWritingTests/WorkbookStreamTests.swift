import DocumentModel
import Testing

@testable import DocumentWriting

@Suite struct WorkbookStreamTests {
  private func bytes(
    _ blocks: [Block], rowLimit: Int = 1_048_576, columnLimit: Int = 16_384
  ) throws -> [UInt8] {
    var bytes: [UInt8] = []
    let stream = WorkbookStream(rowLimit: rowLimit, columnLimit: columnLimit) { piece in
      for index in piece.indices { bytes.append(piece[index]) }
    }
    try stream.write(StreamText.document(blocks))
    return bytes
  }

  /// How many sheets the archive holds, by the names in its directory.
  private func sheetCount(_ bytes: [UInt8]) -> Int {
    let text = String(decoding: bytes, as: Unicode.ASCII.self)
    return Set(text.matches(of: /xl\/worksheets\/sheet\d+\.xml/).map { String($0.output) }).count
  }

  @Test("A sheet for each table, and one that lists them")
  func sheets() throws {
    let table = TableSketch.block(TableSketch.table("# a | # b\n@ x | 1", caption: "T"))
    #expect(sheetCount(try bytes([])) == 1)
    #expect(sheetCount(try bytes([table, table])) == 3)
  }

  @Test("The same document gives the same bytes")
  func repeatable() throws {
    let blocks = [TableSketch.block(TableSketch.table("# a | # b\n@ x | 1", caption: "T"))]
    #expect(try bytes(blocks) == bytes(blocks))
  }

  @Test("A table beyond the limits of a sheet goes on on the next")
  func continued() throws {
    let table = TableSketch.table("# a | # b | c\n@ x | 1 | 2\n^ | 3 | 4\n@ y | 5 | 6\n@ z | 7 | 8")
    #expect(sheetCount(try bytes([TableSketch.block(table)], rowLimit: 2)) == 4)
    #expect(sheetCount(try bytes([TableSketch.block(table)], rowLimit: 3, columnLimit: 2)) == 5)
  }

  @Test("A long table is written outside of memory, merged cells included")
  func long() throws {
    var table = TableSketch.table("a | b\nc | d", headerRows: 0)
    table.rowCount = 20_000
    table.cells = (0..<10_000).flatMap { pair in
      let rows = 2 * pair..<2 * pair + 2
      return [
        Cell(rows: rows, columns: 0..<1, role: .rowHeader, text: "x", evidence: .ruled),
        Cell(rows: rows.prefix(1), columns: 1..<2, text: "1", value: 1, evidence: .ruled),
        Cell(rows: rows.suffix(1), columns: 1..<2, text: "—", missing: .dash, evidence: .ruled),
      ]
    }
    #expect(sheetCount(try bytes([TableSketch.block(table)])) == 2)
  }
}

@Suite struct SheetTextTests {
  @Test(
    "A sheet's name says the table and its caption, as far as Excel lets it",
    arguments: [
      ("", "7"), ("表1 供水", "7 表1 供水"), ("a[b]:c*d?e/f\\g", "7 abcdefg"), ("it's '", "7 it's"),
      ("Average yearly spending by type of dwelling", "7 Average yearly spending by ty"),
      ("line\nbreak", "7 line break"), ("😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀", "7 😀😀😀😀😀😀😀😀😀😀😀😀😀😀"),
    ])
  func names(caption: String, expected: String) {
    var taken: Set<String> = []
    let name = SheetText.name(number: 7, caption: caption, taken: &taken)
    #expect(name == expected)
    #expect(name.utf16.count <= 31)
    #expect(SheetText.name(number: 7, caption: caption, taken: &taken) != name)
  }

  @Test("A text is cut at the limit of a cell, never within a character")
  func cut() {
    #expect(SheetText.fitted(String(repeating: "a", count: 32_767)).isCut == false)
    let long = SheetText.fitted(String(repeating: "😀", count: 20_000))
    #expect(long.isCut && long.text.utf16.count <= 32_767 && long.text.hasSuffix("😀…"))
  }

  @Test(
    "What a sheet cannot say is replaced or escaped",
    arguments: [
      ("a\u{0}b\u{1F}", "a\u{FFFD}b\u{FFFD}"), ("a\nb\tc", "a\nb\tc"), ("\u{FFFE}", "\u{FFFD}"),
      ("_x0041_", "_x005F_x0041_"), ("_x004", "_x004"), ("=1+1", "=1+1"),
    ])
  func replaced(text: String, expected: String) {
    #expect(SheetText.fitted(text).text == expected)
  }
}
