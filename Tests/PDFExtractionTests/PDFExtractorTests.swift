import DocumentModel
import Foundation
import LayoutModel
import PDFExtraction
import TestSupport
import Testing

@Suite struct PDFExtractorTests {
  @Test("Metadata are those of the information dictionary, dates as ISO 8601")
  func metadata() throws {
    let writer = PDFWriter(
      [PDFWriter.Page("")],
      information:
        "/Title <FEFF5E74520A> /Author (A. Writer ) /CreationDate (D:20240115103000+08'00')")
    let extractor = try PDFExtractor(bytes: writer.bytes())
    #expect(
      extractor.metadata()
        == Metadata(title: "年刊", author: "A. Writer", created: "2024-01-15T10:30:00+08:00"))
    #expect(extractor.pageCount == 1)
  }

  @Test("Bytes that are no PDF are damaged", arguments: ["", "hello", "%PDF-1.7\n"])
  func damaged(text: String) {
    #expect(throws: PDFError.damaged) { try PDFExtractor(bytes: Array(text.utf8)) }
  }

  @Test("A document with a damaged cross-reference table opens")
  func rebuilt() throws {
    let text = String(
      decoding: PDFWriter("BT /F1 10 Tf 10 50 Td (a) Tj ET").bytes(), as: UTF8.self)
    let damaged = text.replacingOccurrences(of: "xref\n0 ", with: "xrxf\n0 ")
    #expect(try PDFExtractor(bytes: Array(damaged.utf8)).page(at: 0).glyphs.count == 1)
  }

  @Test("A page that does not exist is damaged, the others are sound")
  func missingPage() throws {
    let extractor = try PDFExtractor(bytes: PDFWriter("").bytes())
    #expect(throws: PDFError.pageDamaged(pageNumber: 2)) { try extractor.page(at: 1) }
    #expect(throws: PDFError.pageDamaged(pageNumber: 0)) { try extractor.page(at: -1) }
    #expect(try extractor.page(at: 0).glyphs.isEmpty)
  }

  @Test("A page reads the same each time")
  func repeatable() throws {
    let bytes = PDFWriter(PlaceTests.content).bytes()
    let extractor = try PDFExtractor(bytes: bytes)
    #expect(try extractor.page(at: 0) == extractor.page(at: 0))
    #expect(try extractor.page(at: 0) == PDFExtractor(bytes: bytes).page(at: 0))
  }
}
