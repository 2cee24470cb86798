/// Why a PDF, or a page of one, could not be read.
package enum PDFError: Error, Hashable, Sendable {
  /// No catalogue or page tree could be found or repaired.
  case damaged
  /// A password is needed to open it.
  case encrypted
  /// The page's own objects cannot be read.
  case pageDamaged(pageNumber: Int)
  /// The reader ran out of memory.
  case outOfMemory(pageNumber: Int?)
  /// The reader failed in a way that it has no name for.
  case readerFailed(pageNumber: Int?)
}
