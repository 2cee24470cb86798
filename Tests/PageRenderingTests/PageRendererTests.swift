import PageGeometry
import PageRendering
import TestSupport
import Testing

@Suite struct PageRendererTests {
  /// A page of 200 by 100 points with a red rectangle from (20, 10) to (60, 40), seen from the top.
  let red = PDFWriter("1 0 0 rg 20 60 40 30 re f")

  @Test("A page has as many pixels as its size and the resolution say")
  func size() throws {
    let renderer = try PageRenderer(bytes: red.bytes())
    #expect(renderer.pageCount == 1)
    #expect(try renderer.pageSize(at: 0) == (200, 100))
    let bitmap = try renderer.bitmap(ofPageAt: 0, resolution: 144)
    #expect(bitmap.width == 400 && bitmap.height == 200 && bitmap.format == .rgb)
    #expect(bitmap.bytesPerRow >= 1200)
    #expect(bitmap.pixels.count == bitmap.bytesPerRow * 200)
  }

  @Test("What is painted is where it is on the page")
  func places() throws {
    let renderer = try PageRenderer(bytes: red.bytes())
    let bitmap = try renderer.bitmap(ofPageAt: 0, resolution: 72)
    for (x, y) in [(20, 10), (59, 10), (20, 39), (59, 39), (40, 25)] {
      #expect(Array(bitmap.pixel(x: x, y: y)) == [255, 0, 0], "at \(x) \(y)")
    }
    for (x, y) in [(19, 10), (60, 10), (20, 9), (20, 40), (199, 99)] {
      #expect(Array(bitmap.pixel(x: x, y: y)) == [255, 255, 255], "at \(x) \(y)")
    }
  }

  @Test("Grey has one byte for a pixel")
  func grey() throws {
    let bitmap = try PageRenderer(bytes: red.bytes())
      .bitmap(ofPageAt: 0, resolution: 72, format: .grey)
    #expect(bitmap.pixel(x: 0, y: 0).first == 255)
    let dark = try #require(bitmap.pixel(x: 40, y: 25).first)
    #expect(dark > 40 && dark < 110)
  }

  @Test("A part of a page is the same as that part of the whole page")
  func clip() throws {
    let renderer = try PageRenderer(bytes: red.bytes())
    let whole = try renderer.bitmap(ofPageAt: 0, resolution: 144)
    let part = try renderer.bitmap(
      ofPageAt: 0, resolution: 144, clip: Rect(minX: 15.2, minY: 5, maxX: 300, maxY: 50))
    // Grown to whole pixels, cut to the page.
    #expect(part.width == 370 && part.height == 90)
    for y in 0..<part.height {
      for x in 0..<part.width {
        guard part.pixel(x: x, y: y) != whole.pixel(x: x + 30, y: y + 10) else { continue }
        Issue.record("another pixel at \(x) \(y)")
        return
      }
    }
  }

  @Test("Rotation and crop box are those of the page as it is seen")
  func rotated() throws {
    let page = PDFWriter.Page(
      "0 0 1 rg 20 20 10 10 re f", mediaBox: "0 0 200 100", cropBox: "20 20 120 80", rotation: 90)
    let renderer = try PageRenderer(bytes: PDFWriter([page]).bytes())
    #expect(try renderer.pageSize(at: 0) == (60, 100))
    // The lower left corner of the crop box is at the top left after a quarter turn.
    let bitmap = try renderer.bitmap(ofPageAt: 0, resolution: 72)
    #expect(Array(bitmap.pixel(x: 5, y: 5)) == [0, 0, 255])
    #expect(Array(bitmap.pixel(x: 15, y: 5)) == [255, 255, 255])
  }

  @Test("What cannot be painted has an error of its own")
  func errors() throws {
    #expect(throws: RenderingError.damaged) { try PageRenderer(bytes: Array("%PDF-1.4".utf8)) }
    let renderer = try PageRenderer(bytes: red.bytes())
    #expect(throws: RenderingError.noSuchPage(pageNumber: 2)) {
      try renderer.bitmap(ofPageAt: 1, resolution: 72)
    }
    #expect(throws: RenderingError.outsidePage(pageNumber: 1)) {
      try renderer.bitmap(
        ofPageAt: 0, resolution: 72, clip: Rect(minX: 300, minY: 0, maxX: 310, maxY: 10))
    }
    #expect(throws: RenderingError.outsidePage(pageNumber: 1)) {
      try renderer.bitmap(
        ofPageAt: 0, resolution: 72, clip: Rect(minX: .nan, minY: 0, maxX: 310, maxY: 10))
    }
    for resolution in [5_000, 1e12, .infinity] {
      #expect(throws: RenderingError.tooManyPixels(pageNumber: 1)) {
        try renderer.bitmap(ofPageAt: 0, resolution: resolution)
      }
    }
  }

  @Test(
    "A page of any declared size ends in a bitmap or an error",
    arguments: ["0 0 1e9 1e9", "0 0 0 0", "0 0 1e-9 5", "-1e30 -1e30 1e30 1e30", "0 0 14400 0.1"])
  func sizes(mediaBox: String) throws {
    let bytes = PDFWriter([PDFWriter.Page("0 0 10 10 re f", mediaBox: mediaBox)]).bytes()
    let renderer = try PageRenderer(bytes: bytes)
    do throws(RenderingError) {
      let bitmap = try renderer.bitmap(ofPageAt: 0, resolution: 72)
      #expect(bitmap.width >= 1 && bitmap.height >= 1)
    } catch {
      #expect([.tooManyPixels(pageNumber: 1), .outsidePage(pageNumber: 1)].contains(error))
    }
  }
}
