import LayoutModel
import PDFExtraction
import PageGeometry
import TestSupport
import Testing

/// One glyph, one rule and one shaded box on a page of 200 × 100 points.
@Suite struct PlaceTests {
  static let content = """
    0.5 g 100 50 60 20 re f 0 g
    1 w 20 10 m 80 10 l S
    BT /F1 10 Tf 30 60 Td (A) Tj ET
    """

  func dump(_ page: PDFWriter.Page) throws -> String {
    let layout = try PDFExtractor(bytes: PDFWriter([page]).bytes()).page(at: 0)
    return LayoutDump.glyphs(of: layout)
      + LayoutDump.rulings(of: layout).split(separator: "\n").dropFirst().map { $0 + "\n" }.joined()
  }

  @Test("Places are measured from the top-left corner")
  func upright() throws {
    #expect(
      try dump(PDFWriter.Page(Self.content)) == """
        page 1 size 200 × 100 rotation 0
          glyph "A" at 30 40 advance 5 size 10 font Sketch
          horizontal ruling y 90 x 20 to 80 thickness 1
          shading [100 30 160 50] color #808080

        """)
  }

  @Test(
    "Places are those after the declared rotation",
    arguments: [
      (
        90,
        """
        page 1 size 100 × 200 rotation 90
          glyph "A" at 60 30 advance 5 size 10 font Sketch running down
          vertical ruling x 10 y 20 to 80 thickness 1
          shading [50 100 70 160] color #808080

        """
      ),
      (
        180,
        """
        page 1 size 200 × 100 rotation 180
          glyph "A" at 170 60 advance 5 size 10 font Sketch running left
          horizontal ruling y 10 x 120 to 180 thickness 1
          shading [40 50 100 70] color #808080

        """
      ),
      (
        270,
        """
        page 1 size 100 × 200 rotation 270
          glyph "A" at 40 170 advance 5 size 10 font Sketch running up
          vertical ruling x 90 y 120 to 180 thickness 1
          shading [30 40 50 100] color #808080

        """
      ),
    ])
  func rotated(rotation: Int, expected: String) throws {
    #expect(try dump(PDFWriter.Page(Self.content, rotation: rotation)) == expected)
  }

  @Test("A negative rotation counts backwards")
  func negative() throws {
    #expect(
      try dump(PDFWriter.Page(Self.content, rotation: -90))
        == dump(PDFWriter.Page(Self.content, rotation: 270)))
  }

  @Test("The corner is that of the crop box, wherever the media box starts")
  func cropped() throws {
    let moved = "1 0 0 1 -500 300 cm\n" + Self.content
    let page = PDFWriter.Page(
      moved, mediaBox: "-600 200 -200 500", cropBox: "-490 305 -310 395")
    #expect(
      try dump(page) == """
        page 1 size 180 × 90 rotation 0
          glyph "A" at 20 35 advance 5 size 10 font Sketch
          horizontal ruling y 85 x 10 to 70 thickness 1
          shading [90 25 150 45] color #808080

        """)
  }

  @Test("Crop box and rotation work together")
  func croppedAndRotated() throws {
    let page = PDFWriter.Page(Self.content, cropBox: "10 5 190 95", rotation: 90)
    #expect(
      try dump(page) == """
        page 1 size 90 × 180 rotation 90
          glyph "A" at 55 20 advance 5 size 10 font Sketch running down
          vertical ruling x 5 y 10 to 70 thickness 1
          shading [45 90 65 150] color #808080

        """)
  }

  @Test("Size and advance follow the transformation, spacing is not part of a glyph")
  func scaled() throws {
    let content = "2 0 0 2 10 10 cm BT /F1 10 Tf 3 Tc 5 Tw 80 Tz (A B) Tj ET"
    #expect(
      try dump(PDFWriter.Page(content)) == """
        page 1 size 200 × 100 rotation 0
          glyph "A" at 10 90 advance 8 size 20 font Sketch
          glyph " " at 22.8 90 advance 8 size 20 font Sketch
          glyph "B" at 43.6 90 advance 8 size 20 font Sketch

        """)
  }
}
