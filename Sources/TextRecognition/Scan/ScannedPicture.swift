import PageRendering
import ScanCore

/// The picture of a scanned page in the hands of leptonica.
///
/// Safe because the pointer is private, set once, freed in `deinit`, and never leaves this file:
/// pixels and boxes are copied into Swift values. It stays inside the task that made it.
@safe final class ScannedPicture {
  private let handle: OpaquePointer

  /// Takes a picture over; coloured ink is left out.
  ///
  /// - Throws: `libraryMissing` or `outOfMemory`.
  init(_ bitmap: Bitmap, resolution: Double) throws(RecognitionError) {
    guard bhScanIsAvailable() else {
      throw .libraryMissing(advice: Self.advice)
    }
    precondition(bitmap.pixels.count >= bitmap.height * bitmap.bytesPerRow)
    let made = unsafe bhScanCreate(
      bitmap.pixels, Int32(bitmap.width), Int32(bitmap.height), bitmap.bytesPerRow,
      Int32(bitmap.format.bytesPerPixel), resolution)
    guard let made = unsafe made else { throw .outOfMemory }
    unsafe handle = made
  }

  /// What to do where the library is missing.
  static let advice = "install leptonica (Debian: liblept5)"

  deinit { unsafe bhScanFree(handle) }

  /// Pixels in a row.
  var width: Int { Int(unsafe bhScanGetSize(handle).width) }
  /// Number of rows.
  var height: Int { Int(unsafe bhScanGetSize(handle).height) }

  /// The whole picture.
  var frame: PixelBox { PixelBox(x: 0, y: 0, width: width, height: height) }

  /// Turns it by quarters clockwise.
  func turn(quarters: Int) throws(RecognitionError) {
    guard unsafe bhScanTurn(handle, Int32(quarters)) else { throw .outOfMemory }
  }

  /// Makes lines of text horizontal; returns by how many degrees clockwise it was turned.
  func straighten() -> Double { unsafe bhScanStraighten(handle) }

  /// Evens out the light and separates ink from paper; the members below look at the ink.
  func clean() throws(RecognitionError) {
    guard unsafe bhScanClean(handle) else { throw .outOfMemory }
  }

  /// Takes specks out of the ink: pieces smaller than this many pixels both ways.
  func despeckle(size: Int) { _ = unsafe bhScanDespeckle(handle, Int32(size)) }

  /// Boxes of pieces of ink that are larger than this many pixels both ways.
  func large(size: Int) -> [PixelBox] { unsafe Self.taken(bhScanLarge(handle, Int32(size))) }

  /// Boxes of ink that is at least this many pixels thick.
  func thick(_ thickness: Int) -> [PixelBox] {
    unsafe Self.taken(bhScanThick(handle, Int32(thickness)))
  }

  /// Takes strokes of at least this many pixels out of the ink and the grey picture under a box.
  func takeThick(in box: PixelBox, thickness: Int) throws(RecognitionError) {
    guard unsafe bhScanTakeThick(handle, box.raw, Int32(thickness)) else { throw .outOfMemory }
  }

  /// The ink under a box without strokes thinner than this many pixels, black on white; with the thick
  /// strokes that were taken out where `isWhole`.
  func solidInk(_ box: PixelBox, thickness: Int, isWhole: Bool = false) -> Bitmap? {
    var pixels = [UInt8](repeating: 255, count: max(0, box.width * box.height))
    guard unsafe bhScanCopySolid(handle, box.raw, Int32(thickness), isWhole, &pixels) else {
      return nil
    }
    return Bitmap(
      width: box.width, height: box.height, bytesPerRow: box.width, format: .grey, pixels: pixels)
  }

  /// Takes pieces out of the ink that are larger than this many pixels both ways; returns their
  /// boxes.
  func takeLarge(size: Int) -> [PixelBox] {
    unsafe Self.taken(bhScanTakeLarge(handle, Int32(size)))
  }

  /// Boxes of seals and stamps whose coloured ink was left out, in the picture as it came.
  func stamps() -> [PixelBox] { unsafe Self.taken(bhScanStamps(handle)) }

  /// Boxes of drawn lines.
  func lines(isVertical: Bool, minimumLength: Int, gap: Int) -> [PixelBox] {
    unsafe Self.taken(bhScanLines(handle, isVertical, Int32(minimumLength), Int32(gap)))
  }

  /// Boxes of fine lines of which copying has left crumbs; their ends are known within a few points.
  func crumbledLines(isVertical: Bool) -> [PixelBox] {
    unsafe Self.taken(bhScanCrumbledLines(handle, isVertical))
  }

  /// Boxes of connected ink in a part of the picture.
  func pieces(in box: PixelBox) -> [PixelBox] {
    unsafe Self.taken(bhScanPieces(handle, box.raw))
  }

  /// Boxes of ink that is connected once gaps along rows of up to this many pixels are closed.
  func chunks(gap: Int) -> [PixelBox] {
    unsafe Self.taken(bhScanChunks(handle, Int32(gap)))
  }

  /// Takes a rectangle out of the ink.
  func erase(_ box: PixelBox) { unsafe bhScanErase(handle, box.raw) }

  /// How many pixels of ink each row of a box has.
  func rowProfile(of box: PixelBox) -> [Int] { profile(of: box, columns: false) }

  /// How many pixels of ink each column of a box has.
  func columnProfile(of box: PixelBox) -> [Int] { profile(of: box, columns: true) }

  private func profile(of box: PixelBox, columns: Bool) -> [Int] {
    var counts = [UInt32](repeating: 0, count: max(0, columns ? box.width : box.height))
    unsafe bhScanProfile(handle, box.raw, columns, &counts)
    return counts.map(Int.init)
  }

  /// The grey picture under a box; white where the box leaves the picture.
  func grey(_ box: PixelBox) -> Bitmap {
    var pixels = [UInt8](repeating: 255, count: max(0, box.width * box.height))
    unsafe bhScanCopyGrey(handle, box.raw, &pixels)
    return Bitmap(
      width: box.width, height: box.height, bytesPerRow: box.width, format: .grey, pixels: pixels)
  }

  /// The ink under a box.
  func ink(_ box: PixelBox) -> LineInk {
    var pixels = [UInt8](repeating: 255, count: max(0, box.width * box.height))
    unsafe bhScanCopyInk(handle, box.raw, &pixels)
    return LineInk(ink: pixels, width: box.width)
  }

  private static func taken(_ boxes: bhScanBoxes) -> [PixelBox] {
    defer { unsafe bhScanBoxesFree(boxes) }
    return unsafe UnsafeBufferPointer(start: boxes.boxes, count: boxes.count).map {
      PixelBox(x: Int($0.x), y: Int($0.y), width: Int($0.width), height: Int($0.height))
    }
  }
}

/// A rectangle of pixels, from the picture's top-left corner.
struct PixelBox: Hashable, Sendable {
  var x: Int
  var y: Int
  var width: Int
  var height: Int

  var maxX: Int { x + width }
  var maxY: Int { y + height }

  func overlaps(_ other: PixelBox) -> Bool {
    x < other.maxX && other.x < maxX && y < other.maxY && other.y < maxY
  }

  func contains(_ other: PixelBox) -> Bool {
    x <= other.x && other.maxX <= maxX && y <= other.y && other.maxY <= maxY
  }

  func union(_ other: PixelBox) -> PixelBox {
    let left = min(x, other.x)
    let top = min(y, other.y)
    return PixelBox(
      x: left, y: top, width: max(maxX, other.maxX) - left, height: max(maxY, other.maxY) - top)
  }

  func expanded(by margin: Int) -> PixelBox {
    PixelBox(x: x - margin, y: y - margin, width: width + 2 * margin, height: height + 2 * margin)
  }

  fileprivate var raw: bhScanBox {
    bhScanBox(
      x: Int32(clamping: x), y: Int32(clamping: y), width: Int32(clamping: width),
      height: Int32(clamping: height))
  }
}
