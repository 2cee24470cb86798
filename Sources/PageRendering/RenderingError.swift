/// Why a page could not be painted.
package enum RenderingError: Error, Hashable, Sendable {
  /// No catalogue or page tree could be found or repaired.
  case damaged
  /// A password is needed to open it.
  case encrypted
  /// The page's own objects cannot be read.
  case pageDamaged(pageNumber: Int)
  /// There is no such page.
  case noSuchPage(pageNumber: Int)
  /// The part that was asked for has no pixel of the page in it.
  case outsidePage(pageNumber: Int)
  /// The bitmap would have more pixels than `PageRenderer.pixelLimit`.
  case tooManyPixels(pageNumber: Int)
  /// There is no memory for the bitmap.
  case outOfMemory
  /// The library failed in a way that it has no name for.
  case failed
}
