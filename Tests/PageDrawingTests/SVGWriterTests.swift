import Foundation
import FoundationXML
import PageDrawing
import PageGeometry
import PageRendering
import TestSupport
import Testing

@Suite struct SVGWriterTests {
  func text(_ drawing: Drawing) -> String {
    String(decoding: SVGWriter.bytes(of: drawing), as: UTF8.self)
  }

  func isWellFormed(_ drawing: Drawing) -> Bool {
    XMLParser(data: Data(SVGWriter.bytes(of: drawing))).parse()
  }

  @Test("Each shape is an element with its place, colours and note")
  func shapes() {
    var drawing = Drawing(width: 100, height: 50, title: "a & b")
    drawing.addBox(
      Rect(minX: 1, minY: 2, maxX: 11.5, maxY: 22), fill: Fill(color: 0xFF8000, opacity: 0.25),
      stroke: Stroke(color: 0x1, width: 0.5, dash: 2), note: "x < y")
    drawing.addPath(
      [Point(x: 0, y: 0), Point(x: 5, y: 5)], stroke: Stroke(color: 0, width: 1, opacity: 0.5))
    drawing.addText("(a)", at: Point(x: 3, y: 4), size: 10, color: 0)
    let lines = text(drawing).split(separator: "\n")
    #expect(lines.contains("<title>a &amp; b</title>"))
    #expect(
      lines.contains(
        ##"<rect x="1" y="2" width="10.5" height="20" fill="#ff8000" fill-opacity="0.25" "##
          + ##"stroke="#000001" stroke-width="0.5" stroke-dasharray="2"><title>x &lt; y</title></rect>"##
      ))
    #expect(
      lines.contains(
        ##"<polyline points="0,0 5,5" fill="none" stroke="#000000" stroke-width="1" "##
          + #"stroke-opacity="0.5"/>"#))
    #expect(
      lines.contains(
        #"<text x="3" y="4" font-size="10" textLength="18" lengthAdjust="spacingAndGlyphs" "#
          + ##"xml:space="preserve" fill="#000000">(a)</text>"##))
    #expect(isWellFormed(drawing))
  }

  @Test("The picture is part of the file")
  func picture() throws {
    let bitmap = Bitmap(width: 1, height: 1, bytesPerRow: 3, format: .rgb, pixels: [1, 2, 3])
    let bytes = Array("picture".utf8)
    let drawing = Drawing(
      width: 100, height: 50, title: "",
      picture: .init(
        bitmap: bitmap, png: bytes, box: Rect(minX: 0, minY: 0, maxX: 100, maxY: 50)))
    let encoded = Data(bytes).base64EncodedString()
    #expect(text(drawing).contains("xlink:href=\"data:image/png;base64,\(encoded)\""))
    #expect(isWellFormed(drawing))
  }

  @Test("No text and no place of a page can break the file")
  func hostile() {
    var drawing = Drawing(width: 100, height: 50, title: "]]>\u{0}\u{FFFE}</svg>")
    drawing.addText("a\u{1}\u{FFFF}<g>", at: Point(x: 0, y: 0), size: 5, color: 0)
    drawing.addBox(
      Rect(minX: 0, minY: 0, maxX: 1, maxY: 1), note: "\"'&\u{8}\u{FFFF}\u{1F600}")
    drawing.addBox(Rect(minX: .nan, minY: 0, maxX: 1, maxY: 1))
    drawing.addBox(Rect(minX: -.infinity, minY: 0, maxX: 1, maxY: 1))
    drawing.addBox(Rect(minX: 5, minY: -1e300, maxX: 2, maxY: 1e300))
    #expect(isWellFormed(drawing))
    #expect(drawing.shapes.count == 3)
    let svg = text(drawing)
    #expect(!svg.contains("nan") && !svg.contains("inf") && !svg.contains("e+"))
    #expect(svg.contains(#"x="2" y="-1200" width="3" height="2400""#))
  }
}
