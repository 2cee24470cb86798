/// A rectangle of pixels: a page, or a part of one, painted at some resolution.
package struct Bitmap: Hashable, Sendable {
  /// What a pixel is.
  package enum Format: Hashable, Sendable {
    /// One byte from black to white.
    case grey
    /// Three bytes: red, green and blue.
    case rgb

    /// How many bytes a pixel takes.
    package var bytesPerPixel: Int { self == .grey ? 1 : 3 }
  }

  /// Pixels in a row.
  package var width: Int
  /// Number of rows.
  package var height: Int
  /// The distance from one row to the next.
  package var bytesPerRow: Int
  package var format: Format
  /// Row by row from the top; at least `height` times `bytesPerRow` of them.
  package var pixels: [UInt8]

  package init(width: Int, height: Int, bytesPerRow: Int, format: Format, pixels: [UInt8]) {
    self.width = width
    self.height = height
    self.bytesPerRow = bytesPerRow
    self.format = format
    self.pixels = pixels
  }

  /// The bytes of one pixel: one for grey, three for colour.
  package func pixel(x: Int, y: Int) -> ArraySlice<UInt8> {
    let start = y * bytesPerRow + x * format.bytesPerPixel
    return pixels[start..<start + format.bytesPerPixel]
  }
}
