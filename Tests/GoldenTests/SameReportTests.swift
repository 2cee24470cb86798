import Conversion
import DocumentModel
import Testing

/// One report as PDF, OFD and DOCX: places differ, and what the tables say does not.
@Suite struct SameReportTests {
  /// A cell without its place on the page and its identifier.
  struct Content: Equatable, CustomStringConvertible {
    var place: [Int]
    var role: Cell.Role
    var text: String
    var value: Double?
    var missing: Cell.Missing?
    var columnPath: [String]
    var rowPath: [String]

    var description: String { "\(place) \(role) \(text) \(columnPath) \(rowPath)" }
  }

  func tables(_ slug: String) throws -> [[Content]] {
    let bytes = try SampleTests.bytes(of: slug)
    return try Converter().convert(bytes, name: slug).blocks.compactMap(\.table).map { table in
      // Where a text breaks into lines is the business of a page.
      let texts = table.cells.map { $0.text.filter { !$0.isWhitespace } }
      return zip(table.cells, texts).map { cell, text in
        Content(
          place: [
            cell.rows.lowerBound, cell.rows.upperBound, cell.columns.lowerBound,
            cell.columns.upperBound,
          ], role: cell.role, text: text, value: cell.value, missing: cell.missing,
          columnPath: cell.columnPath.map { texts[$0] },
          rowPath: cell.rowPath.map { texts[$0] })
      }
    }
  }

  @Test(
    "The tables of the report are the same in all formats",
    arguments: ["annual-report-ofd", "annual-report-docx"])
  func same(slug: String) throws {
    let expected = try tables("annual-report-pdf")
    let found = try tables(slug)
    #expect(expected.count == 3)
    #expect(found.count == expected.count)
    for (found, expected) in zip(found, expected) {
      #expect(found.count == expected.count)
      for (found, expected) in zip(found, expected) { #expect(found == expected) }
    }
  }
}
