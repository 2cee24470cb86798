import DocumentModel
import LayoutModel
import TextRecognition

/// The selected pictures of an image file as pages, one after another, with errors as
/// `ConversionError`.
struct ImagePages: SelectedPages {
  private let name: String
  private let selection: PageSelection?
  private let recognition: PageRecognition
  private var file: ImageFile
  private var number = 0
  private var readCount = 0
  /// What is to be said about how pages were read.
  private(set) var notes: [Note] = []

  init(
    bytes: [UInt8], format: ImageFormat, name: String, selection: PageSelection?,
    recognition: Converter.Options.Recognition
  ) throws(ConversionError) {
    self.name = name
    self.selection = selection
    self.recognition = PageRecognition(bytes: [], choice: recognition)
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
    while let picture = file.next() {
      number += 1
      guard selection?.contains(number) ?? true else { continue }
      readCount += 1
      let outcome = recognition.read(picture, number: number)
      if let error = outcome.error { throw ConversionError(error, page: number, file: name) }
      notes += outcome.notes
      return outcome.page
    }
    guard readCount > 0 else {
      throw ConversionError(
        file: name, stage: .extraction, kind: number == 0 ? .damaged : .badRequest,
        expected: number == 0 ? "an image that can be read" : "a selection of existing pages",
        found: number == 0 ? "a damaged or too large one" : "a document of \(number) pages")
    }
    return nil
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
