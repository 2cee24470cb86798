import DocumentModel
import LayoutModel

/// The selected pages of a document, one after another, with its errors as `ConversionError`.
protocol SelectedPages {
  /// What the document says about itself.
  var metadata: Metadata { get }
  /// What was left out or doubtful on the pages read up to here.
  var notes: [Note] { get }

  /// Reads the next selected page; nil behind the last one.
  ///
  /// - Throws: `ConversionError` when the document cannot be read on, or has no readable page.
  mutating func next() throws(ConversionError) -> PageLayout?
}

extension SelectedPages {
  /// The error of a document that has none of the selected pages.
  static func noPage(of count: Int, file: String) -> ConversionError {
    ConversionError(
      file: file, stage: .extraction, kind: count == 0 ? .damaged : .badRequest,
      expected: count == 0 ? "at least one page" : "a selection of existing pages",
      found: count == 0 ? "none" : "a document of \(count) pages")
  }
}
