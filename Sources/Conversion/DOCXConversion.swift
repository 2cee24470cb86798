import DOCXExtraction
import DocumentModel
import LayoutModel

/// The DOCX half of `Converter`: extraction, assembly, and the extractor's errors in the words of
/// the whole conversion.
enum DOCXConversion {
  /// Reads a WordprocessingML package.
  static func layout(
    of bytes: [UInt8], name: String, options: DOCXOptions
  ) throws(ConversionError) -> FlowLayout {
    do throws(DOCXError) {
      return try DOCXExtractor.layout(of: bytes, options: options)
    } catch {
      throw conversionError(error, name: name)
    }
  }

  /// Converts a layout of a WordprocessingML package.
  ///
  /// - Returns: The document without its blocks, which `blockDone` takes.
  static func document(
    _ layout: consuming FlowLayout, source: Source, blockDone: (Block) -> Void
  ) -> Document {
    let metadata = layout.metadata
    let revisions = layout.revisions
    let content = FlowAssembler.assemble(layout, blockDone: blockDone)
    return Document(
      source: source, metadata: metadata, sections: content.sections, comments: content.comments,
      revisions: revisions, notes: content.notes)
  }

  static func conversionError(_ error: DOCXError, name: String) -> ConversionError {
    func wrap(
      _ kind: ConversionError.Kind, _ expected: String, _ found: String
    ) -> ConversionError {
      ConversionError(
        file: name, stage: .extraction, kind: kind, expected: expected, found: found,
        underlying: error)
    }
    return switch error {
    case .notAZIP(let found):
      wrap(.damaged, "a ZIP package with a directory", found ?? "none")
    case .archiveDamaged(let detail): wrap(.damaged, "a sound ZIP package", detail)
    case .entryMissing(let path): wrap(.damaged, "the part \(path)", "no such part")
    case .duplicateEntry(let path): wrap(.damaged, "one entry named \(path)", "two")
    case .sizeMismatch(let path, let declared, let found):
      wrap(.damaged, "\(declared) bytes in \(path), as declared", "\(found)")
    case .checksumMismatch(let path):
      wrap(.damaged, "\(path) with its declared checksum", "another one")
    case .compressionDamaged(let path): wrap(.damaged, "readable data in \(path)", "damaged data")
    case .compressionUnsupported(let path, let method):
      wrap(.damaged, "\(path) stored or deflated", "compression method \(method)")
    case .encrypted: wrap(.encrypted, "a document that is not encrypted", "an encrypted one")
    case .notWordprocessing(let path, let found):
      wrap(.notADocument, "a Word document in \(path)", found)
    case .doctypeRefused(let path):
      wrap(.damaged, "no document type declaration in \(path)", "one")
    case .xmlMalformed(let path, let line, let detail):
      wrap(.damaged, "well-formed XML in \(path)", "line \(line): \(detail)")
    case .limitExceeded(let limit, let path, let value):
      wrap(.limit, "at most \(value) \(limit.unit)", "more, in \(path)")
    case .cancelled: wrap(.limit, "an end", "a request to stop")
    }
  }
}
