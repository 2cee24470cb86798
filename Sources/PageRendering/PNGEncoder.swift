import PopplerCore

/// Bitmaps as PNG files, compressed by libpng.
package enum PNGEncoder {
  /// Encodes a bitmap.
  ///
  /// - Parameters:
  ///   - bitmap: Its array must hold all of its rows.
  ///   - resolution: Pixels an inch, written into the file for programs that print it.
  /// - Returns: The whole file.
  /// - Throws: `outOfMemory` or `failed`.
  package static func bytes(
    of bitmap: Bitmap, resolution: Double
  ) throws(RenderingError) -> [UInt8] {
    guard bitmap.width > 0, bitmap.height > 0, bitmap.width < 1 << 24, bitmap.height < 1 << 24,
      bitmap.bytesPerRow >= bitmap.width * bitmap.format.bytesPerPixel,
      bitmap.pixels.count / bitmap.height >= bitmap.bytesPerRow
    else { throw .failed }
    var bytes: UnsafeMutablePointer<UInt8>?
    var count = 0
    let status = unsafe bitmap.pixels.withUnsafeBufferPointer { pixels in
      var source = unsafe bhBitmap(
        width: Int32(bitmap.width), height: Int32(bitmap.height), bytesPerRow: bitmap.bytesPerRow,
        pixels: pixels.baseAddress)
      return unsafe bhPNGEncode(
        &source, bitmap.format == .grey ? bhPixelGrey : bhPixelRGB, resolution, &bytes, &count)
    }
    guard status != bhStatusOutOfMemory else { throw .outOfMemory }
    guard let start = unsafe bytes else { throw .failed }
    defer { unsafe bhBytesFree(start) }
    return unsafe Array(UnsafeBufferPointer(start: start, count: count))
  }
}
