import CBoxhead
import Conversion
import DocumentWriting

/// Why a call of the library gives no JSON.
struct LibraryError: Error {
  var status: Int32
  var page: Int32 = 0
  var message: String

  init(status: some BinaryInteger, message: String) {
    self.status = Int32(status)
    self.message = message
  }

  init(_ error: ConversionError) {
    let status =
      switch error.kind {
      case .badRequest: BOXHEAD_BAD_REQUEST
      case .notADocument, .damaged: BOXHEAD_NOT_A_DOCUMENT
      case .recognitionMissing, .libraryMissing: BOXHEAD_MISSING_DEPENDENCY
      case .encrypted: BOXHEAD_ENCRYPTED
      case .limit: BOXHEAD_LIMIT
      case .internalFailure: BOXHEAD_INTERNAL
      }
    self.init(status: status, message: "\(error)")
    page = error.page.flatMap { Int32(exactly: $0) } ?? 0
  }
}

/// What a caller wants, as Swift values.
struct ConversionRequest {
  private var name = "document"
  private var options = Converter.Options()

  /// Copies the options of C.
  init(_ given: UnsafePointer<boxhead_options>?) throws(LibraryError) {
    guard let given = unsafe given else { return }
    guard unsafe given.pointee.size >= MemoryLayout<boxhead_options>.size else {
      throw LibraryError(
        status: BOXHEAD_BAD_REQUEST, message: "expected boxhead_options with its size")
    }
    if let text = unsafe Self.text(given.pointee.name) { name = text }
    if let text = unsafe Self.text(given.pointee.pages) {
      options.pages = try Self.required(PageSelection(text), "page numbers and ranges", text)
    }
    if let text = unsafe Self.text(given.pointee.revisions) {
      options.revisions = try Self.required(
        Converter.Options.Revisions(rawValue: text), "accepted, original or all", text)
    }
    if let text = unsafe Self.text(given.pointee.recognize) {
      options.recognition = try Self.required(
        Converter.Options.Recognition(rawValue: text), "auto, always or never", text)
    }
  }

  private static func text(_ pointer: UnsafePointer<CChar>?) -> String? {
    unsafe pointer.map { unsafe String(cString: $0) }
  }

  private static func required<Value>(
    _ value: Value?, _ expected: String, _ found: String
  ) throws(LibraryError) -> Value {
    guard let value else {
      throw LibraryError(
        status: BOXHEAD_BAD_REQUEST, message: "expected \(expected), found \(found)")
    }
    return value
  }

  /// Converts a document to canonical JSON.
  func convert(_ bytes: [UInt8]) throws(LibraryError) -> [UInt8] {
    do throws(ConversionError) {
      let document =
        StoredDocument.isStored(bytes)
        ? try StoredDocument.read(bytes, name: name)
        : try Converter(options: options).convert(bytes, name: name)
      return CanonicalJSONWriter.bytes(of: document)
    } catch {
      throw LibraryError(error)
    }
  }
}
