import LayoutModel
import PDFExtraction
import TestSupport
import Testing

@Suite struct GlyphReaderTests {
  func glyphs(
    _ content: String, resources: String = "", objects: [(entries: String, stream: String?)] = []
  ) throws -> String {
    let page = PDFWriter.Page(content, resources: resources)
    let layout = try PDFExtractor(bytes: PDFWriter([page], objects: objects).bytes()).page(at: 0)
    return LayoutDump.glyphs(of: layout).split(separator: "\n").dropFirst()
      .map { $0.dropFirst(2) + "\n" }.joined()
  }

  @Test("Text that is not painted is invisible, text filled and stroked is bold")
  func renderModes() throws {
    #expect(
      try glyphs("BT /F1 10 Tf 10 50 Td 3 Tr (a) Tj 2 Tr (b) Tj 0 Tr 1 0 0 rg (c) Tj ET") == """
        glyph "a" at 10 50 advance 5 size 10 font Sketch invisible
        glyph "b" at 15 50 advance 5 size 10 font Sketch stroked-bold
        glyph "c" at 20 50 advance 5 size 10 font Sketch color #ff0000

        """)
  }

  @Test("ActualText of the same length replaces glyph by glyph")
  func actualTextByGlyph() throws {
    let content = "/Span << /ActualText (xy) >> BDC BT /F1 10 Tf 10 50 Td (ab) Tj ET EMC"
    #expect(
      try glyphs(content) == """
        glyph "x" at 10 50 advance 5 size 10 font Sketch actual-text
        glyph "y" at 15 50 advance 5 size 10 font Sketch actual-text

        """)
  }

  @Test("ActualText of another length takes the place of all glyphs")
  func actualTextMerged() throws {
    let content = "/Span << /ActualText (xyz) >> BDC BT /F1 10 Tf 10 50 Td (ab) Tj ET EMC"
    #expect(
      try glyphs(content) == """
        glyph "xyz" at 10 50 advance 10 size 10 font Sketch actual-text

        """)
  }

  @Test("Marked content that is called an artifact is marked, also inside other marks")
  func artifacts() throws {
    let content = """
      BT /F1 10 Tf 10 50 Td
      /Artifact << /Type /Pagination >> BDC (a) Tj /Span BMC (b) Tj EMC (c) Tj EMC (d) Tj ET
      """
    #expect(
      try glyphs(content) == """
        glyph "a" at 10 50 advance 5 size 10 font Sketch artifact
        glyph "b" at 15 50 advance 5 size 10 font Sketch artifact
        glyph "c" at 20 50 advance 5 size 10 font Sketch artifact
        glyph "d" at 25 50 advance 5 size 10 font Sketch

        """)
  }

  @Test("Glyphs outside the page or the clip are marked")
  func clipped() throws {
    let content = """
      q 0 0 50 100 re W n BT /F1 10 Tf 10 50 Td (a) Tj 100 0 Td (b) Tj ET Q
      BT /F1 10 Tf 10 200 Td (c) Tj ET
      """
    #expect(
      try glyphs(content) == """
        glyph "a" at 10 50 advance 5 size 10 font Sketch
        glyph "b" at 110 50 advance 5 size 10 font Sketch clipped
        glyph "c" at 10 -100 advance 5 size 10 font Sketch clipped

        """)
  }

  @Test("A baseline that follows no axis is tilted; a slight lean is not")
  func tilted() throws {
    let content = """
      BT /F1 10 Tf 0.7071 0.7071 -0.7071 0.7071 50 50 Tm (a) Tj
      0.9994 0.0349 -0.0349 0.9994 20 50 Tm (b) Tj ET
      """
    let layout = try PDFExtractor(bytes: PDFWriter(content).bytes()).page(at: 0)
    #expect(layout.glyphs.map { $0.flags.contains(.tilted) } == [true, false])
    #expect(layout.glyphs.last?.direction == .right)
  }

  @Test("A code without a Unicode value says so")
  func withoutUnicode() throws {
    let page = PDFWriter.Page("BT /F2 10 Tf 10 50 Td <0041> Tj ET", fonts: "/F2 10 0 R")
    let map = """
      /CMapName /None def 1 begincodespacerange <0000> <FFFF> endcodespacerange
      1 beginbfchar <0042> <0062> endbfchar
      """
    let writer = PDFWriter(
      [page],
      objects: [
        (
          "/Type /Font /Subtype /Type0 /BaseFont /Custom /Encoding /Identity-H "
            + "/DescendantFonts [11 0 R] /ToUnicode 12 0 R", nil
        ),
        (
          "/Type /Font /Subtype /CIDFontType2 /BaseFont /Custom /DW 1000 "
            + "/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >>", nil
        ),
        ("", map),
      ])
    let layout = try PDFExtractor(bytes: writer.bytes()).page(at: 0)
    let glyph = try #require(layout.glyphs.first)
    #expect(glyph.scalar == "\u{FFFD}")
    #expect(glyph.flags.contains(.noUnicode))
  }

  @Test("A form is read where it is painted; a soft mask is no content")
  func forms() throws {
    let form =
      "/Type /XObject /Subtype /Form /BBox [0 0 200 100] /Resources << /Font << /F1 3 0 R >> >>"
    let group = "/Group << /S /Transparency /CS /DeviceGray >>"
    #expect(
      try glyphs(
        "q /G1 gs BT /F1 10 Tf 10 50 Td (a) Tj ET Q q 1 0 0 1 50 0 cm /X1 Do Q",
        resources: "/XObject << /X1 10 0 R >> /ExtGState << /G1 12 0 R >>",
        objects: [
          (form, "BT /F1 10 Tf 10 50 Td (b) Tj ET"),
          ("\(form) \(group)", "BT /F1 10 Tf 10 50 Td (hidden) Tj ET"),
          ("/SMask << /S /Luminosity /G 11 0 R >>", nil),
        ]) == """
          glyph "a" at 10 50 advance 5 size 10 font Sketch
          glyph "b" at 60 50 advance 5 size 10 font Sketch

          """)
  }
}
