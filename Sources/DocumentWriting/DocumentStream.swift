public import DocumentModel

/// A form in which a document is written block by block, while it is still being made.
///
/// Each writer of this target is one: blocks come in reading order, then the rest of the document.
/// A stream hands its bytes on piece by piece and keeps nothing of a block that it has written, so
/// memory does not grow with the number of blocks.
public protocol DocumentStream: AnyObject {
  /// Writes the next block; ids must be set.
  func append(_ block: Block)

  /// Writes what stands behind the blocks and hands on the last bytes.
  ///
  /// - Parameter document: The document; its blocks are not looked at.
  /// - Throws: `WritingError` if the form cannot be made; what was handed on is then of no use.
  func finish(_ document: Document) throws(WritingError)
}

extension DocumentStream {
  /// Writes a document that is there as a whole.
  public func write(_ document: Document) throws(WritingError) {
    for block in document.blocks { append(block) }
    try finish(document)
  }
}

/// Why a form of a document cannot be made.
public enum WritingError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What makes Excel workbooks is not installed.
  case workbookLibraryMissing
  /// The library of Excel workbooks gave up, in its words.
  case workbook(String)

  /// The cause for people.
  public var description: String {
    switch self {
    case .workbookLibraryMissing:
      "expected libxlsxwriter, which writes Excel workbooks, found none: install libxlsxwriter4"
    case .workbook(let reason): "expected an Excel workbook, found \(reason)"
    }
  }
}
