import PageRendering

/// The engines that are installed, each loaded when it is first needed.
///
/// One for each document; it stays inside the task that made it.
package final class RecognitionEngines {
  private let folder: RecognitionFolder?
  private let batchDone: @Sendable () -> Void
  private var orientation: (any PageOrientation)?
  private var recognizer: (any TextRecognizer)?

  /// - Parameters:
  ///   - folder: The folder of the models; nil where none is installed.
  ///   - batchDone: Called after each few lines that were read.
  package init(folder: RecognitionFolder?, batchDone: @escaping @Sendable () -> Void = {}) {
    self.folder = folder
    self.batchDone = batchDone
  }

  /// What to do where no engine is there.
  package static let advice =
    "run tools/setup --with-recognition, set BOXHEAD_RECOGNITION to the folder of the models, or "
    + "install Tesseract (Debian: tesseract-ocr-chi-sim and tesseract-ocr-osd)"

  /// The engine that reads lines.
  ///
  /// - Throws: `engineMissing` or `modelUnusable`.
  package func lineRecognizer() throws(RecognitionError) -> any TextRecognizer {
    if let recognizer { return recognizer }
    guard let folder else {
      let made = try TesseractRecognizer(batchDone: batchDone)
      recognizer = made
      return made
    }
    let tiny = try PaddleRecognizer(folder: folder, size: .tiny, batchDone: batchDone)
    guard folder.has(.small) else {
      recognizer = tiny
      return tiny
    }
    let made = CascadedRecognizer(first: tiny, name: "PP-OCRv6 tiny and small") {
      [batchDone] () throws(RecognitionError) in
      try PaddleRecognizer(folder: folder, size: .small, batchDone: batchDone)
    }
    recognizer = made
    return made
  }

  /// Tells which way up pages lie; nil where nothing can.
  ///
  /// - Throws: `modelUnusable`.
  func pageOrientation() throws(RecognitionError) -> (any PageOrientation)? {
    if let orientation { return orientation }
    orientation =
      if let folder { try NetworkOrientation(folder: folder) } else { TesseractOrientation() }
    return orientation
  }
}
