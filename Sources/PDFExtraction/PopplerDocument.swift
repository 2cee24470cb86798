import LayoutModel
import PageGeometry
import PopplerCore

/// The one owner of an open poppler document and of the bytes under it.
///
/// Safe because the handle is private, set once, freed in `deinit`, and never leaves this file: every
/// accessor copies what it finds into Swift values. The bytes are not copied; those of an array stay
/// where they are as long as it is held and nobody writes to it, and this class holds it and cannot
/// write to it. It stays inside the task that made it.
@safe final class PopplerDocument {
  private let bytes: [UInt8]
  private let handle: OpaquePointer
  private var knownFonts: [Font] = []

  init(bytes source: [UInt8]) throws(PDFError) {
    bytes = source
    var status = bhStatusOK
    let opened = unsafe bytes.withUnsafeBufferPointer {
      unsafe bhDocumentOpen($0.baseAddress, $0.count, &status)
    }
    guard let opened = unsafe opened else {
      throw PopplerDocument.error(status, pageNumber: nil)
    }
    unsafe handle = opened
  }

  deinit {
    unsafe bhDocumentFree(handle)
  }

  var pageCount: Int { max(0, Int(unsafe bhDocumentPageCount(handle))) }

  /// An entry of the document information dictionary as text; nil if absent or empty.
  func information(_ key: String) -> String? {
    var count = 0
    guard let start = unsafe bhDocumentInfo(handle, key, &count) else { return nil }
    let raw = unsafe UnsafeRawBufferPointer(start: start, count: count)
    let text = PDFTextString.decode(unsafe [UInt8](raw))
    return text.isEmpty ? nil : text
  }

  func readPage(at index: Int) throws(PDFError) -> PopplerPage {
    var pointer: UnsafeMutablePointer<bhPage>?
    let status = unsafe bhPageRead(handle, Int32(clamping: index), &pointer)
    guard let page = unsafe pointer else {
      throw PopplerDocument.error(status, pageNumber: index + 1)
    }
    return unsafe PopplerPage(page)
  }

  /// All fonts seen so far; a glyph's font index points into it.
  func fonts() -> [Font] {
    let count = unsafe bhDocumentFontCount(handle)
    while knownFonts.count < count {
      let font = unsafe bhDocumentFont(handle, knownFonts.count)
      let name = unsafe String(cString: font.name)
      knownFonts.append(
        unsafe Font(
          name: name,
          isBold: font.isBold != 0 || FontName.saysBold(name),
          isItalic: font.isItalic != 0 || FontName.saysItalic(name),
          isFixedPitch: font.isFixedPitch != 0))
    }
    return knownFonts
  }

  private static func error(_ status: bhStatus, pageNumber: Int?) -> PDFError {
    switch status {
    case bhStatusEncrypted: .encrypted
    case bhStatusOutOfMemory: .outOfMemory(pageNumber: pageNumber)
    case bhStatusInternal: .readerFailed(pageNumber: pageNumber)
    default: pageNumber.map { .pageDamaged(pageNumber: $0) } ?? .damaged
    }
  }
}

/// The one owner of the arrays that a pass over a page filled.
///
/// Safe because the pointer is private to this file's readers, which see it only as spans while
/// the page lives.
@safe final class PopplerPage {
  private let pointer: UnsafeMutablePointer<bhPage>

  init(_ pointer: UnsafeMutablePointer<bhPage>) {
    unsafe self.pointer = pointer
  }

  deinit {
    unsafe bhPageFree(pointer)
  }

  var width: Double { unsafe pointer.pointee.width }
  var height: Double { unsafe pointer.pointee.height }
  var rotation: Int { Int(unsafe pointer.pointee.rotation) }
  var hasUnreadImages: Bool { unsafe pointer.pointee.imagesUnread != 0 }
  var isTruncated: Bool { unsafe pointer.pointee.shapesTruncated != 0 }

  func withGlyphs<Result>(_ body: (Span<bhGlyph>, Span<UInt32>) -> Result) -> Result {
    let page = unsafe pointer.pointee
    let glyphs = unsafe UnsafeBufferPointer(start: page.glyphs, count: page.glyphCount)
    let scalars = unsafe UnsafeBufferPointer(start: page.scalars, count: page.scalarCount)
    return unsafe body(glyphs.span, scalars.span)
  }

  func withShapes<Result>(_ body: (Span<bhShape>) -> Result) -> Result {
    let page = unsafe pointer.pointee
    return unsafe body(UnsafeBufferPointer(start: page.shapes, count: page.shapeCount).span)
  }

  var images: [PageImage] {
    let page = unsafe pointer.pointee
    return unsafe UnsafeBufferPointer(start: page.images, count: page.imageCount).map { image in
      let box = Rect(minX: image.minX, minY: image.minY, maxX: image.maxX, maxY: image.maxY)
      return PageImage(
        box: box, pixelWidth: Int(image.pixelWidth), pixelHeight: Int(image.pixelHeight),
        glyphsBelow: Int(image.glyphsBelow), samples: Self.samples(of: image, in: box))
    }
  }

  private static func samples(of image: bhImage, in box: Rect) -> PageImage.Samples? {
    let clip = Rect(
      minX: image.clip.minX, minY: image.clip.minY, maxX: image.clip.maxX, maxY: image.clip.maxY)
    guard image.object > 0, box.area > 0, box.area < .infinity, let shown = box.intersection(clip)
    else { return nil }
    return PageImage.Samples(
      object: Int(image.object),
      part: Rect(
        minX: (shown.minX - box.minX) / box.width, minY: (shown.minY - box.minY) / box.height,
        maxX: (shown.maxX - box.minX) / box.width, maxY: (shown.maxY - box.minY) / box.height))
  }
}
