package import PageRendering
import ScanCore

/// The pictures of an image file, one after another: what a scanner leaves without a PDF around it.
///
/// PNG and JPEG files have one picture, TIFF files any number. Orientation marks of cameras are not
/// read, since recognition finds out which way up a page is.
package struct ImageFile {
  /// A picture and its resolution in pixels an inch.
  package struct Picture: Hashable, Sendable {
    package var bitmap: Bitmap
    package var resolution: Double
  }

  /// The long side of a sheet of A4, in inches: what a file without a sensible resolution shows.
  private static let sheet = 11.69
  /// Resolutions that scanners have.
  private static let resolutions = 50.0...1200.0

  private let bytes: [UInt8]
  private let isTIFF: Bool
  private var offset = 0
  private var isAtEnd = false

  package init(bytes: [UInt8], isTIFF: Bool) throws(RecognitionError) {
    guard bhScanIsAvailable() else { throw .libraryMissing(advice: ScannedPicture.advice) }
    self.bytes = bytes
    self.isTIFF = isTIFF
  }

  /// The next picture; nil behind the last one, and where a picture cannot be read.
  package mutating func next() -> Picture? {
    guard !isAtEnd else { return nil }
    var place = offset
    let read = unsafe bhImageRead(bytes, bytes.count, isTIFF, &place, PageRenderer.pixelLimit)
    // Places in a file only grow: one that points back would never end.
    isAtEnd = !isTIFF || place <= offset
    offset = place
    guard let pixels = unsafe read.pixels else {
      isAtEnd = true
      return nil
    }
    defer { unsafe bhImageFree(read) }
    let (width, height) = unsafe (Int(read.width), Int(read.height))
    let said = unsafe Double(read.resolution)
    return unsafe Picture(
      bitmap: Bitmap(
        width: width, height: height, bytesPerRow: 3 * width, format: .rgb,
        pixels: Array(UnsafeBufferPointer(start: pixels, count: 3 * width * height))),
      resolution: Self.resolutions.contains(said) ? said : Double(max(width, height)) / Self.sheet)
  }
}
