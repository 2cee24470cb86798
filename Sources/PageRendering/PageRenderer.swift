package import PageGeometry
import PopplerCore

/// Paints pages of a PDF: bytes to bitmaps.
///
/// The rasterizer is poppler's own (Splash). It comes with the library that reads the text, so a
/// program that paints nothing loads nothing more for it, and both agree on where things are: a
/// place in points from the top-left corner of the page as it is seen, times `resolution` / 72, is
/// its place in pixels.
///
/// Not painted: what needs interaction (JavaScript, media). Fonts that are not embedded are
/// replaced by fonts of the machine, so such pages look different from machine to machine.
///
/// Safe because the handle is private, set once, freed in `deinit`, and never leaves this file: pixels
/// are copied into a Swift value. The bytes stay where they are, as those of a `PopplerDocument` do.
/// It stays inside the task that made it.
@safe package final class PageRenderer {
  /// No bitmap has more pixels than this; A3 at 500 pixels an inch has fewer.
  package static let pixelLimit = 1 << 26

  private let bytes: [UInt8]
  private let handle: OpaquePointer

  /// Opens a document.
  ///
  /// - Throws: `damaged`, `encrypted`, `outOfMemory` or `failed`.
  package init(bytes source: [UInt8]) throws(RenderingError) {
    bytes = source
    var status = bhStatusOK
    let opened = unsafe bytes.withUnsafeBufferPointer {
      unsafe bhDocumentOpen($0.baseAddress, $0.count, &status)
    }
    guard let opened = unsafe opened else {
      throw PageRenderer.error(status, pageNumber: nil)
    }
    unsafe handle = opened
  }

  deinit {
    unsafe bhDocumentFree(handle)
  }

  package var pageCount: Int { max(0, Int(unsafe bhDocumentPageCount(handle))) }

  /// The size of a page in points as it is seen: of its crop box, after rotation.
  ///
  /// - Parameter index: From 0.
  /// - Returns: Width and height.
  /// - Throws: `noSuchPage`, `pageDamaged`, `outOfMemory` or `failed`.
  package func pageSize(at index: Int) throws(RenderingError) -> (width: Double, height: Double) {
    var width = 0.0
    var height = 0.0
    let status = unsafe bhPageSize(handle, Int32(clamping: index), &width, &height)
    guard status == bhStatusOK else {
      throw PageRenderer.error(status, pageNumber: index + 1)
    }
    return (width, height)
  }

  /// Paints a page, or a part of it, on white.
  ///
  /// - Parameters:
  ///   - index: From 0.
  ///   - resolution: Pixels an inch.
  ///   - clip: The part to paint, in points; grown to whole pixels and cut to the page. Nil for the
  ///     whole page.
  ///   - format: What the pixels are to be.
  /// - Returns: The bitmap; its first pixel is at the top-left corner of the part.
  /// - Throws: `RenderingError`; other pages may still be sound.
  /// - Complexity: What the page asks for; run it under limits.
  package func bitmap(
    ofPageAt index: Int, resolution: Double, clip: Rect? = nil, format: Bitmap.Format = .rgb
  ) throws(RenderingError) -> Bitmap {
    let box = try pixelBox(ofPageAt: index, resolution: resolution, clip: clip)
    return try unsafe bitmap(ofPageAt: index, format: format) {
      unsafe bhPageRender(
        handle, Int32(clamping: index), resolution, box,
        format == .grey ? bhPixelGrey : bhPixelRGB, $0)
    }
  }

  /// Paints the pictures and drawings of a part of a page in grey, without its text: a small share of
  /// the work where fonts are many.
  ///
  /// Parameters and errors are those of `bitmap`.
  package func pictures(
    ofPageAt index: Int, resolution: Double, clip: Rect
  ) throws(RenderingError) -> Bitmap {
    let box = try pixelBox(ofPageAt: index, resolution: resolution, clip: clip)
    return try unsafe bitmap(ofPageAt: index, format: .grey) {
      unsafe bhPageRenderPictures(handle, Int32(clamping: index), resolution, box, $0)
    }
  }

  /// Reads one picture in grey from its object, which costs far less than painting its page.
  ///
  /// - Parameters:
  ///   - object: The number of its object.
  ///   - part: What of it, in shares of its width and height.
  ///   - width: Pixels across; the part has at least as many samples.
  ///   - height: The same down.
  ///   - isGreyOnly: Whether a picture with colours is left to painting.
  /// - Returns: The bitmap; nil for what only painting shows.
  /// - Complexity: O(samples of the picture).
  package func picture(
    object: Int, part: Rect, width: Int, height: Int, isGreyOnly: Bool = false
  ) -> Bitmap? {
    guard width > 0, height > 0, width <= Self.pixelLimit / height else { return nil }
    var status = bhStatusOK
    let pixels = unsafe [UInt8](unsafeUninitializedCapacity: width * height) { buffer, count in
      unsafe status = bhImageSamples(
        handle, Int32(clamping: object),
        bhBox(minX: part.minX, minY: part.minY, maxX: part.maxX, maxY: part.maxY), Int32(width),
        Int32(height), isGreyOnly, buffer.baseAddress)
      count = status == bhStatusOK ? width * height : 0
    }
    guard status == bhStatusOK else { return nil }
    return Bitmap(
      width: width, height: height, bytesPerRow: width, format: .grey, pixels: pixels)
  }

  private func bitmap(
    ofPageAt index: Int, format: Bitmap.Format,
    paint: (UnsafeMutablePointer<UnsafeMutablePointer<bhBitmap>?>) -> bhStatus
  ) throws(RenderingError) -> Bitmap {
    var pointer: UnsafeMutablePointer<bhBitmap>?
    let status = unsafe paint(&pointer)
    guard let painted = unsafe pointer else {
      throw PageRenderer.error(status, pageNumber: index + 1)
    }
    defer { unsafe bhBitmapFree(painted) }
    let bitmap = unsafe painted.pointee
    let pixels = unsafe UnsafeBufferPointer(
      start: bitmap.pixels, count: Int(bitmap.height) * bitmap.bytesPerRow)
    return unsafe Bitmap(
      width: Int(bitmap.width), height: Int(bitmap.height), bytesPerRow: bitmap.bytesPerRow,
      format: format, pixels: Array(pixels))
  }

  /// The pixels that a part of a page covers.
  private func pixelBox(
    ofPageAt index: Int, resolution: Double, clip: Rect?
  ) throws(RenderingError) -> bhPixelBox {
    let size = try pageSize(at: index)
    let scale = resolution / 72
    let page = Rect(minX: 0, minY: 0, maxX: size.width, maxY: size.height)
    guard let part = (clip ?? page).intersection(page) else {
      throw .outsidePage(pageNumber: index + 1)
    }
    let minX = (part.minX * scale).rounded(.down)
    let minY = (part.minY * scale).rounded(.down)
    let maxX = (part.maxX * scale).rounded(.up)
    let maxY = (part.maxY * scale).rounded(.up)
    let (width, height) = (maxX - minX, maxY - minY)
    // The second bound keeps places in range where a small part of a huge page is painted.
    guard width * height <= Double(PageRenderer.pixelLimit), max(maxX, maxY) <= 1e6 else {
      throw .tooManyPixels(pageNumber: index + 1)
    }
    guard width >= 1, height >= 1 else { throw .outsidePage(pageNumber: index + 1) }
    return bhPixelBox(
      x: Int32(minX), y: Int32(minY), width: Int32(width), height: Int32(height))
  }

  private static func error(_ status: bhStatus, pageNumber: Int?) -> RenderingError {
    switch status {
    case bhStatusEncrypted: .encrypted
    case bhStatusOutOfMemory: .outOfMemory
    case bhStatusInternal: .failed
    case bhStatusNoSuchPage: .noSuchPage(pageNumber: pageNumber ?? 0)
    default: pageNumber.map { .pageDamaged(pageNumber: $0) } ?? .damaged
    }
  }
}
