import DocumentModel
import LayoutModel
import PDFExtraction
import TextRecognition

/// The selected pages of a PDF, one after another, with its errors as `ConversionError`.
///
/// A page that cannot be read becomes a note; only a document without one readable page is an
/// error.
struct PDFPages: SelectedPages {
  /// More pages than this that cannot be read end the conversion: a damaged page tree can claim
  /// millions, and each would be a note.
  private static let damageLimit = 1_000

  private let extractor: PDFExtractor
  private let name: String
  private let selection: PageSelection?
  private var index = 0
  private var readCount = 0
  private var firstDamage: PDFError?
  /// One for each page that could not be read up to here.
  private(set) var notes: [Note] = []

  private let recognition: PageRecognition
  /// Pages that were wanted from their pictures but could not be read.
  private var unrecognized: [(page: Int, error: RecognitionError)] = []

  init(
    bytes: [UInt8], name: String, selection: PageSelection?,
    recognition: Converter.Options.Recognition = .auto
  ) throws(ConversionError) {
    self.name = name
    self.selection = selection
    self.recognition = PageRecognition(bytes: bytes, choice: recognition)
    do throws(PDFError) {
      extractor = try PDFExtractor(bytes: bytes)
    } catch {
      throw Self.conversionError(error, name: name)
    }
  }

  /// What the document says about itself.
  var metadata: Metadata { extractor.metadata() }

  /// Reads the next selected page; nil behind the last one.
  mutating func next() throws(ConversionError) -> PageLayout? {
    while index < extractor.pageCount {
      index += 1
      guard selection?.contains(index) ?? true else { continue }
      do throws(PDFError) {
        let page = try extractor.page(at: index - 1)
        readCount += 1
        return recognized(page)
      } catch .pageDamaged {
        try note(.pageDamaged(pageNumber: index))
      } catch {
        throw Self.conversionError(error, name: name)
      }
    }
    guard readCount > 0 else { throw noPage }
    if unrecognized.count == readCount, let first = unrecognized.first {
      throw ConversionError(first.error, page: first.page, file: name)
    }
    return nil
  }

  /// The page with what recognition adds to it.
  private mutating func recognized(_ page: PageLayout) -> PageLayout {
    let outcome = recognition.read(page)
    notes += outcome.notes
    if let error = outcome.error {
      notes.append(
        Note(
          code: "page.notRecognized", severity: .error,
          message: "page \(page.number) is a picture that was not read: \(error)"))
      // Whatever text the page has is better than none.
      if page.glyphs.isEmpty { unrecognized.append((page.number, error)) }
    }
    return outcome.page
  }

  private mutating func note(_ damage: PDFError) throws(ConversionError) {
    firstDamage = firstDamage ?? damage
    notes.append(
      Note(
        code: "page.damaged", severity: .error,
        message: "page \(index): its objects cannot be read; its content is missing"))
    guard notes.count < Self.damageLimit else {
      throw ConversionError(
        file: name, stage: .extraction, page: index, kind: .limit,
        expected: "fewer than \(Self.damageLimit) unreadable pages", found: "that many",
        underlying: damage)
    }
  }

  private var noPage: ConversionError {
    if let firstDamage { return Self.conversionError(firstDamage, name: name) }
    return Self.noPage(of: extractor.pageCount, file: name)
  }

  private static func conversionError(_ error: PDFError, name: String) -> ConversionError {
    func wrap(
      _ kind: ConversionError.Kind, _ page: Int?, _ expected: String, _ found: String
    ) -> ConversionError {
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
