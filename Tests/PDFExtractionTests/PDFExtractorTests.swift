import DocumentModel
import Foundation
import LayoutModel
import PDFExtraction
import PageGeometry
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

  @Test(
    "Codes that stand for nothing but the glyphs of a font are marked; a map to Unicode says more")
  func glyphCodes() throws {
    func flags(_ more: String) throws -> [Bool] {
      let font =
        "/Type /Font /Subtype /Type0 /BaseFont /AAAAAA+Sketch /Encoding /Identity-H "
        + "/DescendantFonts [11 0 R] \(more)"
      let descendant =
        "/Type /Font /Subtype /CIDFontType2 /BaseFont /AAAAAA+Sketch /CIDToGIDMap /Identity "
        + "/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> "
        + "/FontDescriptor 12 0 R"
      let descriptor =
        "/Type /FontDescriptor /FontName /AAAAAA+Sketch /Flags 4 /FontBBox [0 0 1000 1000] "
        + "/ItalicAngle 0 /Ascent 800 /Descent -200 /CapHeight 700 /StemV 80"
      let map =
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n"
        + "1 begincodespacerange <0000> <FFFF> endcodespacerange\n"
        + "1 beginbfrange <0000> <00FF> <0041> endbfrange\nendcmap end end"
      let page = PDFWriter.Page("BT /F2 10 Tf 10 50 Td <00240025> Tj ET", fonts: "/F2 10 0 R")
      let writer = PDFWriter(
        [page], objects: [(font, nil), (descendant, nil), (descriptor, nil), ("", map)])
      return try PDFExtractor(bytes: writer.bytes()).page(at: 0).glyphs.map {
        $0.flags.contains(.noUnicode)
      }
    }
    #expect(try flags("") == [true, true])
    #expect(try flags("/ToUnicode 13 0 R") == [false, false])
  }

  @Test("An opaque picture knows the glyphs below it")
  func glyphsBelow() throws {
    let text = "BT /F1 10 Tf 10 50 Td (abc) Tj ET"
    let image =
      "/Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray "
      + "/BitsPerComponent 8"
    let mask = "/Type /XObject /Subtype /Image /Width 1 /Height 1 /ImageMask true"
    func below(_ content: String, _ entries: String) throws -> [Int] {
      let page = PDFWriter.Page(content, resources: "/XObject << /X1 10 0 R >>")
      let writer = PDFWriter([page], objects: [(entries, "z")])
      return try PDFExtractor(bytes: writer.bytes()).page(at: 0).images.map(\.glyphsBelow)
    }
    let paint = "q 100 0 0 50 0 0 cm /X1 Do Q"
    #expect(try below("\(text) \(paint)", image) == [3])
    #expect(try below("\(paint) \(text)", image) == [0])
    #expect(try below("\(text) \(paint)", mask) == [0])
  }

  @Test("Samples of an upright picture say how it shows, and how much of it a clip leaves")
  func samples() throws {
    func samples(_ content: String) throws -> [PageImage.Samples?] {
      let page = PDFWriter.Page(content, resources: "/XObject << /I 10 0 R >>")
      let image =
        "/Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray "
        + "/BitsPerComponent 8"
      let bytes = PDFWriter([page], objects: [(image, "x")]).bytes()
      return try PDFExtractor(bytes: bytes).page(at: 0).images.map(\.samples)
    }
    let whole = Rect(minX: 0, minY: 0, maxX: 1, maxY: 1)
    #expect(
      try samples("q 100 0 0 50 20 20 cm /I Do Q")
        == [PageImage.Samples(object: 10, part: whole)])
    let right = Rect(minX: 0.5, minY: 0, maxX: 1, maxY: 1)
    #expect(
      try samples("q 70 0 130 100 re W n 100 0 0 50 20 20 cm /I Do Q")
        == [PageImage.Samples(object: 10, part: right)])
    #expect(try samples("q 150 0 50 100 re W n 100 0 0 50 20 20 cm /I Do Q") == [nil])
    #expect(try samples("q 0 50 -100 0 120 20 cm /I Do Q") == [nil])
    #expect(try samples("q 100 0 0 -50 20 70 cm /I Do Q") == [nil])
  }
}
