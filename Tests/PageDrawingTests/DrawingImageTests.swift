import PageDrawing
import PageGeometry
import PageRendering
import TestSupport
import Testing

@Suite struct DrawingImageTests {
  /// A drawing over a page of stripes and text.
  func drawing(resolution: Double) throws -> Drawing {
    let stripes = (0..<50).map { "\(4 * $0) 0 1 100 re f" }.joined(separator: "\n")
    let page = PDFWriter(stripes + " BT /F1 12 Tf 20 40 Td (Hello) Tj ET")
    let bitmap = try PageRenderer(bytes: page.bytes()).bitmap(ofPageAt: 0, resolution: resolution)
    let picture = Drawing.Picture(
      bitmap: bitmap, png: [], box: Rect(minX: 0, minY: 0, maxX: 200, maxY: 100))
    return Drawing(width: 200, height: 120, title: "", picture: picture)
  }

  @Test("The pixels of the page come through as they are", arguments: [72.0, 100, 144, 192])
  func picture(resolution: Double) throws {
    let drawing = try drawing(resolution: resolution)
    let page = try #require(drawing.picture?.bitmap)
    let image = try DrawingImage.bitmap(of: drawing, resolution: resolution)
    #expect(image.width == page.width && image.height > page.height)
    for y in 0..<page.height {
      for x in 0..<page.width where image.pixel(x: x, y: y) != page.pixel(x: x, y: y) {
        Issue.record("another pixel at \(x) \(y)")
        return
      }
    }
  }

  @Test("Shapes are painted where they are, through their opacity")
  func shapes() throws {
    var drawing = Drawing(width: 100, height: 50, title: "")
    drawing.addBox(
      Rect(minX: 10, minY: 5, maxX: 30, maxY: 15), fill: Fill(color: 0xFF0000, opacity: 1))
    drawing.addBox(
      Rect(minX: 50, minY: 5, maxX: 70, maxY: 15), fill: Fill(color: 0x0000FF, opacity: 0.5))
    drawing.addLabel("(a\\", at: Point(x: 10, y: 30), size: 10, color: 0x008000)
    let image = try DrawingImage.bitmap(of: drawing, resolution: 72)
    #expect(image.width == 100 && image.height == 50)
    #expect(Array(image.pixel(x: 20, y: 10)) == [255, 0, 0])
    #expect(Array(image.pixel(x: 20, y: 16)) == [255, 255, 255])
    let blue = Array(image.pixel(x: 60, y: 10))
    #expect(blue[0] > 120 && blue[0] < 135 && blue[2] == 255)
    // The plate of the label, with something white on it.
    let plate = (10..<30).flatMap { x in (31..<40).map { Array(image.pixel(x: x, y: $0)) } }
    #expect(plate.contains { $0[0] < 60 } && plate.contains { $0[0] > 200 })
  }
}
