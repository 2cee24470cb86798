/// A format of a word processor that is not read itself but through the DOCX that an office program
/// makes of it.
public enum LegacyFormat: String, Hashable, Sendable, CaseIterable {
  /// The binary format of Word 97 to 2003, which WPS Writer writes too.
  case word97 = "doc"
  /// Microsoft Works.
  case works = "wps"
  /// Rich Text.
  case richText = "rtf"
  /// OpenDocument text.
  case openDocumentText = "odt"

  /// The usual ending of a file's name, without the dot.
  public var fileEnding: String { rawValue }

  /// The registered media type.
  public var mediaType: String {
    switch self {
    case .word97: "application/msword"
    case .works: "application/vnd.ms-works"
    case .richText: "application/rtf"
    case .openDocumentText: "application/vnd.oasis.opendocument.text"
    }
  }

  /// What it is, for people.
  public var name: String {
    switch self {
    case .word97: "a Word 97-2003 document (.doc)"
    case .works: "a Works document (.wps)"
    case .richText: "a Rich Text document (.rtf)"
    case .openDocumentText: "an OpenDocument text (.odt)"
    }
  }
}

/// Makes DOCX of documents in legacy formats.
///
/// The only stage that is not of this package; `Converter` calls it where it has one.
public protocol LegacyReader: Sendable {
  /// Whether parts of Word documents are read too.
  ///
  /// Where it is not, a Word document gives the same bytes on every machine.
  var readsParts: Bool { get }

  /// The bytes of a DOCX with the content of a document.
  func docx(of bytes: [UInt8], format: LegacyFormat) throws(LegacyError) -> [UInt8]
}

/// Why an office program made no DOCX of a document.
public enum LegacyError: Error, Hashable, Sendable {
  /// There is no such program; the text says what to do about it.
  case missing(advice: String)
  /// It was not done in time.
  case deadline(seconds: Double)
  /// It made nothing; the text says what happened.
  case failed(String)
}
