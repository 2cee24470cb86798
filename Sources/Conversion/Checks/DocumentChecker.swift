import DocumentModel

/// Converts a document and checks what it says: the identities and soft checks of its records, and
/// the totals of all its tables.
public struct DocumentChecker: Sendable {
  private let converter: Converter

  /// Creates a checker.
  public init(converter: Converter) {
    self.converter = converter
  }

  /// Converts and checks one original, or checks one that was converted before.
  ///
  /// - Parameters:
  ///   - bytes: The whole file; canonical JSON is read as the document that it holds.
  ///   - name: The file name without its folder.
  ///   - pageDone: Called after each page with its number, and with 0 after other steps.
  /// - Returns: What was found.
  /// - Throws: `ConversionError` if nothing can be said about the content.
  public func check(
    _ bytes: [UInt8], name: String,
    pageDone: @escaping @Sendable (Int) -> Void = { _ in }
  ) throws(ConversionError) -> CheckReport {
    let document =
      StoredDocument.isStored(bytes)
      ? try StoredDocument.read(bytes, name: name)
      : try converter.convert(bytes, name: name, pageDone: pageDone)
    return CheckReport(file: name, document: document)
  }
}
