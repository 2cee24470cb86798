import DOCXExtraction
public import DocumentModel
import PDFExtraction

/// Converts one original: bytes to a `Document`.
///
/// The composition root, read this first: it finds out what the bytes are, runs the extractor for
/// them, then the stages that both kinds of original share. Nothing is read from or written to
/// files here, so that every stage can be run and tested on values.
///
///     bytes ─▶ FormatDetector ─┬─ PDF  ─▶ PDFExtractor  ─▶ PageLayout ─▶ PageAssembler ─┐
///                              └─ DOCX ─▶ DOCXExtractor ─▶ FlowLayout ─▶ FlowAssembler ─┴▶ Document
public struct Converter: Sendable {
  /// The version of the program, for `--version` and for bug reports.
  public static let version = "0.1.0"

  /// What the caller may choose.
  public struct Options: Hashable, Sendable {
    /// Which state of a document with tracked changes is converted.
    public enum Revisions: String, Hashable, Sendable, CaseIterable {
      /// All changes accepted.
      case accepted
      /// All changes rejected.
      case original
      /// Insertions and deletions side by side, marked.
      case all

      var extractorView: DOCXOptions.RevisionView {
        switch self {
        case .accepted: .accepted
        case .original: .original
        case .all: .all
        }
      }
    }

    /// The pages to convert; nil for all.
    public var pages: PageSelection?
    /// The state of tracked changes that is converted.
    public var revisions: Revisions

    /// Creates options.
    public init(pages: PageSelection? = nil, revisions: Revisions = .accepted) {
      self.pages = pages
      self.revisions = revisions
    }
  }

  /// More pages than this that cannot be read end the conversion: a damaged page tree can claim
  /// millions, and each would be a note.
  static let damagedPageLimit = 1_000

  private static let wordMediaType =
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

  private let options: Options

  /// Creates a converter.
  public init(options: Options = Options()) {
    self.options = options
  }

  /// Converts one original.
  ///
  /// - Parameters:
  ///   - bytes: The whole file.
  ///   - name: The file name without its folder; it is kept in the document and in messages.
  ///   - pageDone: Called after each page with its number, and with 0 after other steps.
  /// - Returns: The document, with an id for each block.
  /// - Throws: `ConversionError` if nothing can be said about the content; what is doubtful or
  ///   missing in part becomes a note of the document.
  public func convert(
    _ bytes: [UInt8], name: String, pageDone: (Int) -> Void = { _ in }
  ) throws(ConversionError) -> Document {
    switch FormatDetector.format(of: bytes) {
    case .pdf:
      return try convertPDF(bytes, name: name, pageDone: pageDone)
    case .wordPackage:
      return try DOCXConversion.document(
        bytes, source: source(bytes, name: name, mediaType: Self.wordMediaType), name: name,
        options: DOCXOptions(revisions: options.revisions.extractorView))
    case .encryptedOffice:
      throw ConversionError(
        file: name, stage: .detection, kind: .encrypted,
        expected: "a document that is not encrypted",
        found: "an Office document encrypted with a password")
    case .unsupported(let found):
      throw unsupported(found, name: name)
    case .unknown(let found):
      throw ConversionError(
        file: name, stage: .detection, kind: .notADocument, expected: "a PDF or DOCX document",
        found: found)
    }
  }

  private func unsupported(_ found: String, name: String) -> ConversionError {
    ConversionError(
      file: name, stage: .detection, kind: .notADocument, expected: "a PDF or DOCX document",
      found: "\(found), which is not supported yet")
  }

  private func source(_ bytes: [UInt8], name: String, mediaType: String) -> Source {
    Source(
      name: name, mediaType: mediaType, sha256: Checksum.sha256(of: bytes), byteCount: bytes.count)
  }
}

// MARK: - PDF

extension Converter {
  private func convertPDF(
    _ bytes: [UInt8], name: String, pageDone: (Int) -> Void
  ) throws(ConversionError) -> Document {
    let extractor = try wrapped(name) { () throws(PDFError) in try PDFExtractor(bytes: bytes) }
    pageDone(0)
    let pageCount = extractor.pageCount
    var assembler = PageAssembler()
    var damage: [PDFError] = []
    var readCount = 0
    for index in 0..<pageCount where options.pages?.contains(index + 1) ?? true {
      do throws(PDFError) {
        assembler.add(try extractor.page(at: index))
        readCount += 1
      } catch .pageDamaged(let pageNumber) {
        damage.append(.pageDamaged(pageNumber: pageNumber))
        guard damage.count < Self.damagedPageLimit else {
          throw ConversionError(
            file: name, stage: .extraction, page: pageNumber, kind: .limit,
            expected: "fewer than \(Self.damagedPageLimit) unreadable pages",
            found: "that many", underlying: PDFError.pageDamaged(pageNumber: pageNumber))
        }
      } catch {
        throw conversionError(error, name: name)
      }
      pageDone(index + 1)
    }
    // Without one readable page there is no document.
    if readCount == 0 { throw noPage(of: pageCount, firstDamage: damage.first, name: name) }
    let (blocks, pages, notes) = assembler.finish()
    pageDone(0)
    return Document(
      source: source(bytes, name: name, mediaType: "application/pdf"), pages: pages,
      metadata: extractor.metadata(), blocks: blocks, notes: damage.map(note) + notes)
  }

  private func noPage(
    of pageCount: Int, firstDamage: PDFError?, name: String
  ) -> ConversionError {
    if let firstDamage { return conversionError(firstDamage, name: name) }
    return ConversionError(
      file: name, stage: .extraction, kind: pageCount == 0 ? .damaged : .badRequest,
      expected: pageCount == 0 ? "at least one page" : "a selection of existing pages",
      found: pageCount == 0 ? "none" : "a document of \(pageCount) pages")
  }

  private func note(_ damage: PDFError) -> Note {
    guard case .pageDamaged(let pageNumber) = damage else {
      return Note(code: "page.damaged", severity: .error, message: "\(damage)")
    }
    return Note(
      code: "page.damaged", severity: .error,
      message: "page \(pageNumber): its objects cannot be read; its content is missing")
  }

  private func wrapped<Value>(
    _ name: String, _ body: () throws(PDFError) -> Value
  ) throws(ConversionError) -> Value {
    do throws(PDFError) {
      return try body()
    } catch {
      throw conversionError(error, name: name)
    }
  }

  private func conversionError(_ error: PDFError, name: String) -> ConversionError {
    func wrap(_ kind: ConversionError.Kind, _ page: Int?, _ expected: String, _ found: String)
      -> ConversionError
    {
      ConversionError(
        file: name, stage: .extraction, page: page, kind: kind, expected: expected, found: found,
        underlying: error)
    }
    return switch error {
    case .damaged:
      wrap(.damaged, nil, "a PDF with a readable page tree", "none, even after a repair")
    case .encrypted:
      wrap(.encrypted, nil, "a PDF that opens without a password", "an encrypted one")
    case .pageDamaged(let pageNumber):
      wrap(.damaged, pageNumber, "a readable page", "damaged objects")
    case .outOfMemory(let pageNumber):
      wrap(.limit, pageNumber, "a document that fits in memory", "more")
    case .readerFailed(let pageNumber):
      wrap(.internalFailure, pageNumber, "an answer from the PDF reader", "a failure without name")
    }
  }
}
