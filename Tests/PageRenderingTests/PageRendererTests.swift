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

  /// A document with this image as its first object.
  private func renderer(_ entries: String, samples: String) throws -> PageRenderer {
    let image = "/Subtype /Image /BitsPerComponent 8 /Filter /ASCIIHexDecode \(entries)"
    let file = PDFWriter([PDFWriter.Page("")], objects: [(image, samples + ">")])
    return try PageRenderer(bytes: file.bytes())
  }

  private let whole = Rect(minX: 0, minY: 0, maxX: 1, maxY: 1)

  @Test("A picture is read from its object, each pixel the mean of its samples")
  func picture() throws {
    let renderer = try renderer(
      "/Width 4 /Height 2 /ColorSpace /DeviceGray", samples: "00 20 FF FF 00 20 80 80")
    let object = PDFWriter.firstObject
    #expect(
      renderer.picture(object: object, part: whole, width: 4, height: 2)?.pixels
        == [0, 0x20, 255, 255, 0, 0x20, 0x80, 0x80])
    #expect(
      renderer.picture(object: object, part: whole, width: 2, height: 1)?.pixels == [0x10, 0xBF])
    let right = Rect(minX: 0.5, minY: 0, maxX: 1, maxY: 1)
    #expect(
      renderer.picture(object: object, part: right, width: 2, height: 2)?.pixels
        == [255, 255, 0x80, 0x80])
  }

  @Test("A picture of colours, of a table of colours or with a colour profile is grey")
  func colours() throws {
    func grey(_ space: String, _ samples: String) throws -> UInt8? {
      try renderer("/Width 1 /Height 1 /ColorSpace \(space)", samples: samples)
        .picture(object: PDFWriter.firstObject, part: whole, width: 1, height: 1)?.pixels.first
    }
    #expect(try grey("/DeviceRGB", "FF FF FF") == 255)
    let red = try #require(try grey("/DeviceRGB", "FF 00 00"))
    #expect((70...80).contains(red))
    #expect(try grey("[/Indexed /DeviceRGB 1 <000000FF0000>]", "01") == red)
    #expect(try grey("/DeviceCMYK", "00 00 00 00") == 255)
    let profiled = PDFWriter(
      [PDFWriter.Page("")],
      objects: [
        (
          "/Subtype /Image /BitsPerComponent 8 /Width 1 /Height 1 /ColorSpace [/ICCBased 11 0 R]",
          "\u{7F}\u{7F}\u{7F}"
        ), ("/N 3", "no profile"),
      ])
    #expect(
      try PageRenderer(bytes: profiled.bytes()).picture(
        object: 10, part: whole, width: 1, height: 1)?.pixels == [0x7F])
  }

  /// Bytes as zlib keeps them without making them shorter, in hexadecimal.
  private func deflated(_ bytes: [UInt8]) -> String {
    var (low, high) = (1, 0)
    for byte in bytes {
      low = (low + Int(byte)) % 65521
      high = (high + low) % 65521
    }
    let length = [UInt8(bytes.count & 0xFF), UInt8(bytes.count >> 8)]
    let sum = [high >> 8, high & 0xFF, low >> 8, low & 0xFF].map { UInt8($0) }
    return ([0x78, 0x01, 0x01] + length + length.map { ~$0 } + bytes + sum).map {
      ($0 < 16 ? "0" : "") + String($0, radix: 16)
    }.joined()
  }

  /// A picture of three by five colours, each of whose rows has another predictor of PNG.
  private func predicted(_ parameters: String) throws -> PageRenderer {
    let rows: [[UInt8]] = [
      [0, 10, 20, 30, 40, 50, 60, 70, 80, 90], [1, 10, 20, 30, 30, 30, 30, 30, 30, 30],
      [2, 1, 1, 1, 1, 1, 1, 1, 1, 1], [3, 7, 12, 17, 16, 16, 16, 16, 16, 16],
      [4, 1, 1, 1, 1, 1, 1, 1, 1, 1],
    ]
    let parts = [
      "/Width 3 /Height 5 /ColorSpace /DeviceRGB /Filter [/ASCIIHexDecode /FlateDecode]",
      "/DecodeParms [null << /Predictor 15 \(parameters) >>]",
    ]
    let entries = "/Subtype /Image /BitsPerComponent 8 " + parts.joined(separator: " ")
    let samples = deflated(rows.flatMap { $0 }) + ">"
    let file = PDFWriter([PDFWriter.Page("")], objects: [(entries, samples)])
    return try PageRenderer(bytes: file.bytes())
  }

  @Test("The predictors of a deflated picture are undone")
  func predictors() throws {
    let pixels = try predicted("/Colors 3 /Columns 3").picture(
      object: PDFWriter.firstObject, part: whole, width: 3, height: 5)?.pixels
    // The greys of (10, 20, 30), (40, 50, 60) and (70, 80, 90); each row adds to the one above.
    let first: [UInt8] = [18, 48, 78]
    #expect(pixels == first + first + [19, 49, 79] + [20, 50, 80] + [21, 51, 81])
    // Of other columns than the picture has, poppler makes what it can.
    #expect(
      try predicted("/Colors 3 /Columns 2").picture(
        object: PDFWriter.firstObject, part: whole, width: 3, height: 5) != nil)
  }

  @Test("What a deflated picture lacks is white")
  func cutOff() throws {
    let entries = "/Subtype /Image /BitsPerComponent 8 /Width 2 /Height 3 /ColorSpace /DeviceGray"
    let whole = deflated([1, 2, 3, 4, 5, 6])
    let filters = "/Filter [/ASCIIHexDecode /FlateDecode]"
    for (end, expected) in [
      (20, [1, 2, 3, 255, 255, 255] as [UInt8]), (6, [255, 255, 255, 255, 255, 255]),
    ] {
      let file = PDFWriter(
        [PDFWriter.Page("")],
        objects: [("\(entries) \(filters)", String(whole.prefix(end)) + ">")])
      #expect(
        try PageRenderer(bytes: file.bytes()).picture(
          object: PDFWriter.firstObject, part: self.whole, width: 2, height: 3)?.pixels == expected)
    }
  }

  @Test("A picture with colours is left to painting where greys alone are wanted")
  func greyOnly() throws {
    func isRead(_ space: String, _ samples: String) throws -> Bool {
      try renderer("/Width 1 /Height 1 /ColorSpace \(space)", samples: samples).picture(
        object: PDFWriter.firstObject, part: whole, width: 1, height: 1, isGreyOnly: true) != nil
    }
    #expect(try isRead("/DeviceGray", "80"))
    #expect(try !isRead("/DeviceRGB", "80 80 80"))
    #expect(try !isRead("[/Indexed /DeviceRGB 1 <000000FF0000>]", "01"))
    #expect(try isRead("[/Indexed /DeviceRGB 1 <000000FFFFFF>]", "01"))
  }

  @Test("What is no picture, has too few samples or is of another kind is left to painting")
  func noPicture() throws {
    let object = PDFWriter.firstObject
    let renderer = try renderer("/Width 2 /Height 1 /ColorSpace /DeviceGray", samples: "00 FF")
    #expect(renderer.picture(object: object, part: whole, width: 3, height: 1) == nil)
    #expect(renderer.picture(object: object, part: whole, width: 0, height: 1) == nil)
    let nothing = Rect(minX: .nan, minY: 0, maxX: 1, maxY: 1)
    #expect(renderer.picture(object: object, part: nothing, width: 1, height: 1) == nil)
    #expect(renderer.picture(object: 1, part: whole, width: 1, height: 1) == nil)
    #expect(renderer.picture(object: 99, part: whole, width: 1, height: 1) == nil)
    let mask = try self.renderer("/Width 1 /Height 1 /ImageMask true", samples: "00")
    #expect(mask.picture(object: object, part: whole, width: 1, height: 1) == nil)
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
