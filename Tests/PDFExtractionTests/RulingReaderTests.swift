import LayoutModel
import PDFExtraction
import TestSupport
import Testing

@Suite struct RulingReaderTests {
  func drawings(_ content: String) throws -> String {
    let layout = try PDFExtractor(bytes: PDFWriter(content).bytes()).page(at: 0)
    return LayoutDump.rulings(of: layout).split(separator: "\n").dropFirst()
      .map { $0.dropFirst(2) + "\n" }.joined()
  }

  @Test("A thin filled rectangle is a ruling along its middle")
  func thinRectangles() throws {
    #expect(
      try drawings("20 10 100 1 re 20 10 1 60 re f") == """
        horizontal ruling y 89.5 x 20 to 120 thickness 1
        vertical ruling x 20.5 y 30 to 90 thickness 1

        """)
  }

  @Test("A stroked rectangle has four sides, and none of them is shading")
  func strokedRectangle() throws {
    #expect(
      try drawings("1 w 20 10 100 60 re S").split(separator: "\n").sorted() == [
        "horizontal ruling y 30 x 20 to 120 thickness 1",
        "horizontal ruling y 90 x 20 to 120 thickness 1",
        "vertical ruling x 120 y 30 to 90 thickness 1",
        "vertical ruling x 20 y 30 to 90 thickness 1",
      ])
  }

  @Test("A thick stroke and a filled box are shading")
  func shading() throws {
    #expect(
      try drawings("10 w 20 50 m 120 50 l S 0 0 1 rg 20 10 100 20 re f") == """
        shading [20 45 120 55] color #000000
        shading [20 70 120 90] color #0000ff

        """)
  }

  @Test("Colours are those of the device where a profile says more, on each page and each time")
  func colorProfiles() throws {
    let page = PDFWriter.Page(
      """
      /C1 cs 1 0 0 sc 20 10 100 20 re f /C2 cs 1 sc 20 40 100 20 re f
      /C3 cs 0 sc 20 70 100 20 re f
      """,
      resources: """
        /ColorSpace << /C1 10 0 R /C2 [/Separation /Spot 10 0 R 12 0 R] \
        /C3 [/ICCBased 13 0 R] >>
        """)
    let writer = PDFWriter(
      [page, page],
      objects: [
        ("[/ICCBased 11 0 R]", nil), ("/N 3", "no profile"),
        ("/FunctionType 2 /Domain [0 1] /N 1 /C0 [1 1 1] /C1 [0 0 1]", nil),
        ("/N 1", "no profile"),
      ])
    let extractor = try PDFExtractor(bytes: writer.bytes())
    for index in [0, 1, 0] {
      let colors = LayoutDump.rulings(of: try extractor.page(at: index)).split(separator: "\n")
        .compactMap { $0.split(separator: "color ").last }.filter { $0.hasPrefix("#") }
      #expect(colors == ["#ff0000", "#0000ff", "#000000"])
    }
  }

  @Test("A line drawn dash by dash is one ruling for each piece; a dash pattern is one line")
  func dashes() throws {
    #expect(
      try drawings("1 w 10 50 m 15 50 l 18 50 m 23 50 l S [3 2] 0 d 10 20 m 100 20 l S") == """
        horizontal ruling y 50 x 10 to 15 thickness 1
        horizontal ruling y 50 x 18 to 23 thickness 1
        horizontal ruling y 80 x 10 to 100 thickness 1

        """)
  }

  @Test("Lines are cut to the clip and to the page; what lies outside is left out")
  func clipped() throws {
    #expect(
      try drawings(
        "1 w q 0 0 60 100 re W n 20 50 m 120 50 l S 70 20 m 90 20 l S Q 150 30 m 300 30 l S")
          == """
          horizontal ruling y 50 x 20 to 60 thickness 1
          horizontal ruling y 70 x 150 to 200 thickness 1

          """)
  }

  @Test("A slanted line is a diagonal; a curve is a freeform with its box")
  func diagonals() throws {
    #expect(
      try drawings("1 w 20 80 m 60 50 l S 20 20 m 30 40 50 40 60 20 c S") == """
        diagonal 20 20 60 50
        freeform [20 60 60 80]

        """)
  }

  @Test("A plotted line is one freeform, its level bits included")
  func plottedLine() throws {
    #expect(
      try drawings("1 w 10 10 m 20 30 l 30 30 l 40 50 l 50 20 l 60 60 l 70 10 l S") == """
        freeform [10 40 70 90]

        """)
  }

  @Test("The straight sides of a box with round corners are rules")
  func roundedBox() throws {
    let box = "20 10 m 80 10 l 90 10 90 20 90 20 c 90 80 l 90 90 80 90 80 90 c 20 90 l "
    let end = "10 90 10 80 10 80 c 10 20 l 10 10 20 10 20 10 c S"
    #expect(
      try drawings("1 w \(box)\(end)").split(separator: "\n").map { $0.split(separator: " ")[0] }
        == ["horizontal", "vertical", "horizontal", "vertical", "freeform"])
  }

  @Test("An inline image has a box and its pixels; what follows it is still read")
  func inlineImage() throws {
    let image = "q 40 0 0 20 10 30 cm BI /W 2 /H 1 /BPC 8 /CS /G ID ab EI Q"
    #expect(
      try drawings("\(image) 1 w 20 10 m 80 10 l S") == """
        horizontal ruling y 90 x 20 to 80 thickness 1
        image [10 50 50 70] pixels 2 × 1

        """)
  }
}
