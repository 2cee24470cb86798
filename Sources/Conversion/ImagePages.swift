import DocumentModel
import LayoutModel
import TextRecognition

/// The selected pictures of an image file as pages, one after another, with errors as
/// `ConversionError`.
struct ImagePages: SelectedPages {
  private let name: String
  private let selection: PageSelection?
  private let recognition: Converter.Options.Recognition
  private let workers: PageWorkers
  /// Pictures that were read and not given out yet.
  private var ready: [(number: Int, outcome: PageRecognition.Outcome)] = []
  private var file: ImageFile
  private var number = 0
  private var readCount = 0
  /// What is to be said about how pages were read.
  private(set) var notes: [Note] = []

  init(
    bytes: [UInt8], format: ImageFormat, name: String, selection: PageSelection?,
    recognition: Converter.Options.Recognition, jobs: Int = 1,
    stepDone: @escaping @Sendable () -> Void = {}
  ) throws(ConversionError) {
    self.name = name
    self.selection = selection
    self.recognition = recognition
    workers = PageWorkers(count: jobs) { PageRecognition(bytes: [], stepDone: stepDone) }
    do throws(RecognitionError) {
      file = try ImageFile(bytes: bytes, isTIFF: format == .tiff)
    } catch {
      throw ConversionError(error, page: 1, file: name)
    }
  }

  /// A picture says nothing about itself.
  var metadata: Metadata { Metadata() }

  /// Reads the next selected picture; nil behind the last one.
  ///
  /// - Throws: `ConversionError` for the first page that cannot be read.
  mutating func next() throws(ConversionError) -> PageLayout? {
    if ready.isEmpty { readOn() }
    if !ready.isEmpty {
      var (number, outcome) = ready.removeFirst()
      if let error = outcome.error { throw ConversionError(error, page: number, file: name) }
      notes += outcome.notes
      let page = outcome.pages.removeFirst()
      if !outcome.pages.isEmpty {
        outcome.notes = []
        ready.insert((number, outcome), at: 0)
      }
      return page
    }
    guard readCount > 0 else {
      throw ConversionError(
        file: name, stage: .extraction, kind: number == 0 ? .damaged : .badRequest,
        expected: number == 0 ? "an image that can be read" : "a selection of existing pages",
        found: number == 0 ? "a damaged or too large one" : "a document of \(number) pages")
    }
    return nil
  }

  /// Reads as many pictures as are read at one time: more would be in memory for nothing.
  private mutating func readOn() {
    var pictures: [(number: Int, picture: ImageFile.Picture)] = []
    while pictures.count < workers.count, let picture = file.next() {
      number += 1
      guard selection?.contains(number) ?? true else { continue }
      pictures.append((number, picture))
    }
    readCount += pictures.count
    let outcomes = workers.read(pictures) { [recognition] worker, item in
      recognition == .never
        ? PageRecognition.Outcome(pages: [
          PageRecognition.page(of: item.picture, number: item.number)
        ])
        : worker.read(item.picture, number: item.number)
    }
    ready += zip(pictures, outcomes).map { ($0.number, $1) }
  }
}

extension ConversionError {
  /// An error of recognition on a page.
  init(_ error: RecognitionError, page: Int, file: String) {
    let kind: Kind =
      switch error {
      case .engineMissing, .libraryMissing: .recognitionMissing
      case .modelUnusable, .engineFailed, .renderingFailed: .internalFailure
      case .outOfMemory: .limit
      }
    self.init(
      file: file, stage: .recognition, page: page, kind: kind,
      expected: "an engine that reads the pictures of pages", found: error.description,
      underlying: error)
  }
}
