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
  /// What is to be said about the pages up to here.
  private(set) var notes: [Note] = []

  private let recognition: Converter.Options.Recognition
  private let workers: PageWorkers
  /// What is ready behind the page that was given out last, in order.
  private var ready: [Entry] = []
  /// Pages that were wanted from their pictures but could not be read.
  private var unrecognized: [(page: Int, error: RecognitionError)] = []

  /// What comes of pages of the PDF, one after another.
  private enum Entry {
    case page(PageLayout)
    case outcome(PageRecognition.Outcome)
    case damaged(page: Int, PDFError)
  }

  /// Pages that are read from their pictures at one time, for each worker: the last of them are not
  /// waited for by all.
  private static let pagesPerWorker = 2

  init(
    bytes: [UInt8], name: String, selection: PageSelection?,
    recognition: Converter.Options.Recognition = .auto, jobs: Int = 1,
    stepDone: @escaping @Sendable () -> Void = {}
  ) throws(ConversionError) {
    self.name = name
    self.selection = selection
    self.recognition = recognition
    workers = PageWorkers(count: jobs) { PageRecognition(bytes: bytes, stepDone: stepDone) }
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
    while true {
      if ready.isEmpty { try readOn() }
      guard !ready.isEmpty else { break }
      switch ready.removeFirst() {
      case .page(let page): return page
      case .damaged(let page, let damage): try note(damage, page: page)
      case .outcome(let outcome):
        notes += outcome.notes
        if let error = outcome.error { note(error, on: outcome.pages) }
        ready.insert(contentsOf: outcome.pages.map(Entry.page), at: 0)
      }
    }
    guard readCount > 0 else { throw noPage }
    if unrecognized.count == readCount, let first = unrecognized.first {
      throw ConversionError(first.error, page: first.page, file: name)
    }
    return nil
  }

  /// Reads the next page; where it is a picture, also those behind it that are read at the same time.
  private mutating func readOn() throws(ConversionError) {
    var pages: [(page: PageLayout, task: PageRecognition.Task)] = []
    let limit = workers.count == 1 ? 1 : Self.pagesPerWorker * workers.count
    var damaged: [(place: Int, page: Int, damage: PDFError)] = []
    reading: while pages.count < limit, index < extractor.pageCount {
      index += 1
      guard selection?.contains(index) ?? true else { continue }
      do throws(PDFError) {
        let page = try extractor.page(at: index - 1)
        readCount += 1
        let task = PageRecognition.task(on: page, choice: recognition)
        pages.append((page, task))
        // Pages of text go on at once.
        if case .nothing = task { break reading }
      } catch .pageDamaged {
        damaged.append((pages.count, index, .pageDamaged(pageNumber: index)))
        if pages.isEmpty { break reading }
      } catch {
        throw Self.conversionError(error, name: name)
      }
    }
    let work = pages.filter { if case .nothing = $0.task { false } else { true } }
    var outcomes = workers.read(work) { $0.read($1.page, $1.task) }[...]
    for place in 0...pages.count {
      for entry in damaged where entry.place == place {
        ready.append(.damaged(page: entry.page, entry.damage))
      }
      guard place < pages.count else { break }
      if case .nothing = pages[place].task {
        ready.append(.page(pages[place].page))
      } else if let outcome = outcomes.popFirst() {
        ready.append(.outcome(outcome))
      }
    }
  }

  /// Says that a page was not read from its picture.
  private mutating func note(_ error: RecognitionError, on pages: [PageLayout]) {
    guard let page = pages.first else { return }
    notes.append(
      Note(
        code: "page.notRecognized", severity: .error,
        message: "page \(page.number) is a picture that was not read: \(error)"))
    // Whatever text the page has is better than none.
    if page.glyphs.isEmpty { unrecognized.append((page.number, error)) }
  }

  private mutating func note(_ damage: PDFError, page: Int) throws(ConversionError) {
    firstDamage = firstDamage ?? damage
    notes.append(
      Note(
        code: "page.damaged", severity: .error,
        message: "page \(page): its objects cannot be read; its content is missing"))
    guard notes.count < Self.damageLimit else {
      throw ConversionError(
        file: name, stage: .extraction, page: page, kind: .limit,
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
