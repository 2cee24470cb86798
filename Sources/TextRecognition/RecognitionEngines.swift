import PageRendering

/// The engines that are installed, each loaded when it is first needed.
///
/// One for each document; it stays inside the task that made it.
package final class RecognitionEngines {
  private let folder: RecognitionFolder?
  private let batchDone: @Sendable () -> Void
  private var orientation: PageOrientation?
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
    + "install Tesseract (Debian: tesseract-ocr-chi-sim)"

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

  /// How many quarters clockwise make a page upright; 0 where nothing can tell.
  func quarters(of page: Bitmap) throws(RecognitionError) -> Int {
    guard let folder else { return 0 }
    if let orientation { return orientation.quarters(of: page) }
    let model = try PageOrientation(folder: folder)
    orientation = model
    return model.quarters(of: page)
  }
}
