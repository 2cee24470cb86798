import PackageReading

extension ConversionError {
  /// The error of a package of XML parts, DOCX or OFD, in the words of the whole conversion.
  init(_ error: PackageError, file: String) {
    let (kind, expected, found): (Kind, String, String) =
      switch error {
      case .notAZIP(let found): (.damaged, "a ZIP package with a directory", found ?? "none")
      case .archiveDamaged(let detail): (.damaged, "a sound ZIP package", detail)
      case .entryMissing(let path): (.damaged, "the part \(path)", "no such part")
      case .duplicateEntry(let path): (.damaged, "one entry named \(path)", "two")
      case .sizeMismatch(let path, let declared, let found):
        (.damaged, "\(declared) bytes in \(path), as declared", "\(found)")
      case .checksumMismatch(let path):
        (.damaged, "\(path) with its declared checksum", "another one")
      case .compressionDamaged(let path): (.damaged, "readable data in \(path)", "damaged data")
      case .compressionUnsupported(let path, let method):
        (.damaged, "\(path) stored or deflated", "compression method \(method)")
      case .encrypted: (.encrypted, "a document that is not encrypted", "an encrypted one")
      case .unexpectedContent(let path, let expected, let found):
        (.notADocument, "\(expected) in \(path)", found)
      case .doctypeRefused(let path):
        (.damaged, "no document type declaration in \(path)", "one")
      case .xmlMalformed(let path, let line, let detail):
        (.damaged, "well-formed XML in \(path)", "line \(line): \(detail)")
      case .limitExceeded(let limit, let path, let value):
        (.limit, "at most \(value) \(limit.unit)", "more, in \(path)")
      case .cancelled: (.limit, "an end", "a request to stop")
      case .libraryMissing:
        (.libraryMissing, "libxml2 on this system", "none (Debian: apt-get install libxml2)")
      }
    self.init(
      file: file, stage: .extraction, kind: kind, expected: expected, found: found,
      underlying: error)
  }
}
