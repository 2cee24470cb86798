import DOCXExtraction
public import DocumentModel
import LayoutModel
import Records

/// Converts one original: bytes to a `Document`.
///
/// The composition root, read this first: it finds out what the bytes are, runs the extractor for
/// them, then the stages that all kinds of original share. Nothing is read from or written to
/// files here, so that every stage can be run and tested on values.
///
///     bytes ─▶ FormatDetector ─┬─ PDF  ─▶ PDFExtractor  ─▶ PageLayout ─▶ PageAssembler ─┐
///                              ├─ OFD  ─▶ OFDExtractor  ─▶ PageLayout ─▶ PageAssembler ─┤
///                              └─ DOCX ─▶ DOCXExtractor ─▶ FlowLayout ─▶ FlowAssembler ─┴▶ Document
///
/// A document of a known family gets its record at the end (`RecordReader`).
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

    /// Which pages are read from their pictures.
    public enum Recognition: String, Hashable, Sendable, CaseIterable {
      /// Those without a text layer that can be trusted.
      case auto
      /// All.
      case always
      /// None.
      case never
    }

    /// The pages to convert; nil for all.
    public var pages: PageSelection?
    /// The state of tracked changes that is converted.
    public var revisions: Revisions
    /// The pages that are read from their pictures.
    public var recognition: Recognition
    /// How many pages of one document are read from their pictures at one time.
    ///
    /// Each takes memory of its own. What comes out does not depend on it.
    public var jobs: Int

    /// Creates options.
    public init(
      pages: PageSelection? = nil, revisions: Revisions = .accepted,
      recognition: Recognition = .auto, jobs: Int = 1
    ) {
      self.pages = pages
      self.revisions = revisions
      self.recognition = recognition
      self.jobs = jobs
    }
  }

  private static let wordMediaType =
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

  private let options: Options
  private let legacyReader: (any LegacyReader)?

  /// Creates a converter.
  ///
  /// - Parameters:
  ///   - options: What the caller chose.
  ///   - legacyReader: Makes DOCX of legacy formats; without it they are refused.
  public init(options: Options = Options(), legacyReader: (any LegacyReader)? = nil) {
    self.options = options
    self.legacyReader = legacyReader
  }

  /// Converts one original.
  ///
  /// - Parameters:
  ///   - bytes: The whole file.
  ///   - name: The file name without its folder; it is kept in the document and in messages.
  ///   - pageDone: Called after each page with its number, and with 0 after other steps; pages that
  ///     are read from their pictures side by side call it from several threads.
  /// - Returns: The document, with an id for each block.
  /// - Throws: `ConversionError` if nothing can be said about the content; what is doubtful or
  ///   missing in part becomes a note of the document.
  public func convert(
    _ bytes: [UInt8], name: String,
    pageDone: @escaping @Sendable (Int) -> Void = { _ in }
  ) throws(ConversionError) -> Document {
    var blocks: [Block] = []
    var document = try convert(bytes, name: name, pageDone: pageDone) { blocks.append($0) }
    document.blocks = blocks
    return document
  }

  /// Converts one original and hands on its blocks one by one.
  ///
  /// The blocks are let go as they are handed on, so that those of a long document are never in
  /// memory as a whole. Of a document that cannot be converted nothing is handed on, unless it is so
  /// long that blocks had gone before the failure.
  ///
  /// - Parameters:
  ///   - bytes: The whole file.
  ///   - name: The file name without its folder; it is kept in the document and in messages.
  ///   - pageDone: Called after each page with its number, and with 0 after other steps; pages that
  ///     are read from their pictures side by side call it from several threads.
  ///   - blockDone: Takes the blocks in reading order, with their ids.
  /// - Returns: The document without its blocks.
  /// - Throws: `ConversionError`, as `convert(_:name:pageDone:)` does.
  public func convert(
    _ bytes: [UInt8], name: String,
    pageDone: @escaping @Sendable (Int) -> Void = { _ in }, blockDone: (Block) -> Void
  ) throws(ConversionError) -> Document {
    var records = RecordReader()
    var document = try read(bytes, name: name, pageDone: pageDone) { block in
      records.add(block)
      blockDone(block)
    }
    let found = records.finish()
    document.records = found.records
    document.notes += found.notes
    return document
  }

  private func read(
    _ bytes: [UInt8], name: String, pageDone: @escaping @Sendable (Int) -> Void,
    blockDone: (Block) -> Void
  ) throws(ConversionError) -> Document {
    switch FormatDetector.format(of: bytes) {
    case .pdf:
      return try convert(
        PDFPages(
          bytes: bytes, name: name, selection: options.pages, recognition: options.recognition,
          jobs: options.jobs, stepDone: { pageDone(0) }),
        bytes, name: name, mediaType: "application/pdf", pageDone: pageDone, blockDone: blockDone)
    case .image(let format):
      return try convert(
        ImagePages(
          bytes: bytes, format: format, name: name, selection: options.pages,
          recognition: options.recognition, jobs: options.jobs, stepDone: { pageDone(0) }),
        bytes, name: name, mediaType: format.mediaType, pageDone: pageDone, blockDone: blockDone)
    case .wordPackage:
      return try convertDOCX(
        bytes, name: name, stageDone: { pageDone(0) }, blockDone: blockDone)
    case .ofd:
      return try convert(
        OFDPages(bytes: bytes, name: name, selection: options.pages), bytes, name: name,
        mediaType: "application/ofd", pageDone: pageDone, blockDone: blockDone)
    case .legacy(let format):
      return try convertLegacy(
        bytes, format: format, name: name, stageDone: { pageDone(0) }, blockDone: blockDone)
    case .encryptedOffice:
      throw ConversionError(
        file: name, stage: .detection, kind: .encrypted,
        expected: "a document that is not encrypted",
        found: "an Office document encrypted with a password")
    case .unsupported(let found):
      throw unsupported(found, name: name)
    case .unknown(let found):
      throw ConversionError(
        file: name, stage: .detection, kind: .notADocument, expected: "a PDF, DOCX or OFD document",
        found: found)
    }
  }

  private func unsupported(_ found: String, name: String) -> ConversionError {
    ConversionError(
      file: name, stage: .detection, kind: .notADocument, expected: "a PDF, DOCX or OFD document",
      found: "\(found), which is not supported yet")
  }

  private func source(_ bytes: [UInt8], name: String, mediaType: String) -> Source {
    Source(
      name: name, mediaType: mediaType, sha256: Checksum.sha256(of: bytes), byteCount: bytes.count)
  }
}

// MARK: - Legacy formats

extension Converter {
  private func convertLegacy(
    _ bytes: [UInt8], format: LegacyFormat, name: String, stageDone: () -> Void,
    blockDone: (Block) -> Void
  ) throws(ConversionError) -> Document {
    guard let legacyReader else { throw unsupported(format.name, name: name) }
    let docx: [UInt8]
    do throws(LegacyError) {
      docx = try legacyReader.docx(of: bytes, format: format)
    } catch {
      throw conversionError(error, format: format, name: name)
    }
    stageDone()
    var document = try convertDOCX(docx, name: name, stageDone: stageDone, blockDone: blockDone)
    let program = document.metadata.producer ?? "an office program"
    document.source = source(bytes, name: name, mediaType: format.mediaType)
    document.notes.insert(
      Note(
        code: "source.conversion", severity: .info,
        message: "\(format.name), read as the DOCX that \(program) made of it; places are those "
          + "of the DOCX"), at: 0)
    return document
  }

  private func conversionError(
    _ error: LegacyError, format: LegacyFormat, name: String
  ) -> ConversionError {
    let (kind, expected, found): (ConversionError.Kind, String, String) =
      switch error {
      case .missing(let advice):
        (.notADocument, "a PDF, DOCX or OFD document", "\(format.name), \(advice)")
      case .deadline(let seconds):
        (.limit, "\(format.name) that LibreOffice reads within \(Int(seconds)) s", "a longer one")
      case .failed(let reason): (.damaged, "\(format.name) that LibreOffice reads", reason)
      }
    var stage = ConversionError.Stage.extraction
    if case .missing = error { stage = .detection }
    return ConversionError(
      file: name, stage: stage, kind: kind, expected: expected, found: found, underlying: error)
  }
}

// MARK: - DOCX

extension Converter {
  private func convertDOCX(
    _ bytes: [UInt8], name: String, stageDone: () -> Void, blockDone: (Block) -> Void
  ) throws(ConversionError) -> Document {
    guard options.pages == nil else {
      throw ConversionError(
        file: name, stage: .detection, kind: .badRequest,
        expected: "a PDF or OFD to select pages from",
        found: "a Word document, which has no pages")
    }
    var extraction = DOCXOptions(revisions: options.revisions.extractorView)
    if let legacyReader, legacyReader.readsParts {
      extraction.richTextReader = { try? legacyReader.docx(of: $0, format: .richText) }
    }
    let layout = try DOCXConversion.layout(of: bytes, name: name, options: extraction)
    stageDone()
    let source = source(bytes, name: name, mediaType: layout.mediaType ?? Self.wordMediaType)
    return DOCXConversion.document(consume layout, source: source, blockDone: blockDone)
  }
}

// MARK: - Documents of pages

extension Converter {
  private func convert(
    _ selected: some SelectedPages, _ bytes: [UInt8], name: String, mediaType: String,
    pageDone: (Int) -> Void, blockDone: (Block) -> Void
  ) throws(ConversionError) -> Document {
    var reader = selected
    pageDone(0)
    var assembler = PageAssembler()
    var review = ReviewList()
    func handOn(_ block: Block) {
      review.add(block)
      blockDone(block)
    }
    while let page = try reader.next() {
      assembler.add(page)
      for block in assembler.takeBlocks() { handOn(block) }
      pageDone(page.number)
    }
    let (pages, found) = (consume assembler).finish { handOn($0) }
    pageDone(0)
    return Document(
      source: source(bytes, name: name, mediaType: mediaType), pages: pages,
      metadata: reader.metadata, notes: review.attached(reader.notes) + found + review.notes)
  }
}
