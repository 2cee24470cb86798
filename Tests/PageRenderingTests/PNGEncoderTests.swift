import PageRendering
import TestSupport
import Testing

@Suite struct PNGEncoderTests {
  @Test("A bitmap becomes a PNG of its size and colours", arguments: [Bitmap.Format.grey, .rgb])
  func header(format: Bitmap.Format) throws {
    let bitmap = try PageRenderer(bytes: PDFWriter("0 0 50 50 re f").bytes())
      .bitmap(ofPageAt: 0, resolution: 36, format: format)
    let png = try PNGEncoder.bytes(of: bitmap, resolution: 36)
    #expect(png.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]))
    // The header chunk: width, height, bits, colour type.
    #expect(Array(png[16..<25]) == [0, 0, 0, 100, 0, 0, 0, 50, 8])
    #expect(png[25] == (format == .grey ? 0 : 2))
    #expect(png.suffix(8).starts(with: Array("IEND".utf8)))
  }

  @Test("A bitmap that says more than it holds is an error")
  func short() {
    for bitmap in [
      Bitmap(width: 2, height: 2, bytesPerRow: 6, format: .rgb, pixels: [0, 0, 0]),
      Bitmap(width: 2, height: 1, bytesPerRow: 3, format: .rgb, pixels: [0, 0, 0]),
      Bitmap(width: 0, height: 0, bytesPerRow: 0, format: .grey, pixels: []),
    ] {
      #expect(throws: RenderingError.failed) { try PNGEncoder.bytes(of: bitmap, resolution: 72) }
    }
  }
}
