/// Why a package of XML parts cannot be read: a case for each cause, with the evidence.
///
/// Doubtful content never throws; it becomes a note of the document.
package enum PackageError: Error, Hashable, Sendable {
  /// There is no directory of ZIP entries; `found` names what the bytes are, when known.
  case notAZIP(found: String?)
  /// The directory of ZIP entries, or a header it points to, contradicts itself.
  case archiveDamaged(detail: String)
  /// A part that the document needs is not there.
  case entryMissing(path: String)
  /// Two entries have one name; readers would disagree on which one counts.
  case duplicateEntry(path: String)
  /// An entry is not as long as the directory says.
  case sizeMismatch(path: String, declared: Int, found: Int)
  /// The checksum of an entry is not the one in the directory.
  case checksumMismatch(path: String)
  /// The compressed bytes of an entry are not valid.
  case compressionDamaged(path: String)
  /// An entry is compressed in a way that is not read.
  case compressionUnsupported(path: String, method: Int)
  /// The document is encrypted.
  case encrypted
  /// A part holds something other than the document that is expected in it.
  case unexpectedContent(path: String, expected: String, found: String)
  /// A part declares a document type; such a part is never read, so that no entity is expanded.
  case doctypeRefused(path: String)
  /// A part is not well-formed XML.
  case xmlMalformed(path: String, line: Int, detail: String)
  /// A limit was hit.
  case limitExceeded(PackageLimits.Kind, path: String, limit: Int)
  /// The caller asked to stop.
  case cancelled
  /// libxml2 cannot be loaded.
  case libraryMissing
}

extension PackageError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .notAZIP(let found):
      let suffix = found.map { ", found \($0)" } ?? ""
      return "expected a ZIP package\(suffix)"
    case .archiveDamaged(let detail):
      return "damaged ZIP package: \(detail)"
    case .entryMissing(let path):
      return "\(path): expected this part, found none"
    case .duplicateEntry(let path):
      return "\(path): expected one entry of this name, found two"
    case .sizeMismatch(let path, let declared, let found):
      return "\(path): expected \(declared) bytes as declared, found \(found)"
    case .checksumMismatch(let path):
      return "\(path): the checksum is not the declared one"
    case .compressionDamaged(let path):
      return "\(path): the compressed data is damaged"
    case .compressionUnsupported(let path, let method):
      return "\(path): expected compression method 0 or 8, found \(method)"
    case .encrypted:
      return "the document is encrypted"
    case .unexpectedContent(let path, let expected, let found):
      return "\(path): expected \(expected), found \(found)"
    case .doctypeRefused(let path):
      return "\(path): expected no document type declaration, found one"
    case .xmlMalformed(let path, let line, let detail):
      return "\(path): line \(line): \(detail)"
    case .limitExceeded(let kind, let path, let limit):
      return "\(path): more than \(limit) \(kind.unit)"
    case .cancelled:
      return "stopped on request"
    case .libraryMissing:
      return "expected libxml2 on this system, found none (Debian: apt-get install libxml2)"
    }
  }
}
