package import PageRendering
import PageGeometry
import RecognitionCore

/// Reads lines with Tesseract, the engine that Debian carries, where no other is installed.
///
/// Less exact than the default on Chinese tables, so what it says of its own certainty is lowered:
/// numbers under its trust are marked for review. Smith, "An overview of the Tesseract OCR engine",
/// ICDAR 2007.
///
/// Safe because the pointer is private, set once, freed in `deinit`, and never leaves this file. It
/// stays inside the task that made it.
@safe package final class TesseractRecognizer: TextRecognizer {
  /// The languages that are asked for, the first set that is installed.
  private static let languages = ["chi_sim+eng", "chi_sim", "eng"]
  /// White around a line, which the engine needs, as a share of its height.
  private static let margin = 0.4
  /// Its confidence says more about its language model than about the picture.
  private static let worth = 0.95
  /// Lighter pixels are paper.
  private static let paper: UInt8 = 160
  /// Lines are read as if they were scanned at this resolution.
  private static let resolution = 300.0
  /// Rows of a line of 10 point type at that resolution.
  private static let lineHeight = 48
  /// The size in which figures are read again.
  private static let otherHeight = 34
  /// Longer lines are prose.
  private static let longestNumber = 16
  /// Text as short as this may be figures that were taken for letters: there are no letters around it
  /// from which to tell.
  private static let longestGuess = 3
  /// Two readings that differ are at most this sure.
  private static let disagreement = 0.6

  package let name: String
  private let handle: OpaquePointer
  private let batchDone: @Sendable () -> Void

  /// Starts the engine.
  ///
  /// - Parameter batchDone: Called after each line.
  /// - Throws: `engineMissing`.
  package init(batchDone: @escaping @Sendable () -> Void = {}) throws(RecognitionError) {
    self.batchDone = batchDone
    for languages in Self.languages {
      if let opened = unsafe bhTesseractOpen(languages) {
        unsafe handle = opened
        name = "Tesseract (\(languages))"
        return
      }
    }
    throw .engineMissing(advice: RecognitionEngines.advice)
  }

  deinit { unsafe bhTesseractFree(handle) }

  package func read(_ lines: [Bitmap]) throws(RecognitionError) -> [LineReading] {
    var readings: [LineReading] = []
    readings.reserveCapacity(lines.count)
    for line in lines {
      readings.append(try read(line))
      batchDone()
    }
    return readings
  }

  /// Reads a line, and twice what is figures or may be.
  ///
  /// A language model knows no figures, so a wrong one is as sure as a right one. In another size it
  /// is rarely wrong in the same way.
  private func read(_ line: Bitmap) throws(RecognitionError) -> LineReading {
    // The engine finds words in plain paper too.
    guard line.width > 0, line.height > 0, line.pixels.contains(where: { $0 < Self.paper })
    else { return LineReading() }
    var reading = try read(line, height: Self.lineHeight)
    guard Self.mayBeNumber(reading.characters) else { return reading }
    let other = try read(line, height: Self.otherHeight).text
    guard other != reading.text else { return reading }
    reading.other = other
    for index in reading.characters.indices {
      reading.characters[index].confidence = min(
        reading.characters[index].confidence, Self.disagreement)
    }
    return reading
  }

  /// Whether characters are figures, few enough not to be prose, or few enough to be figures unseen.
  static func mayBeNumber(_ characters: [RecognizedCharacter]) -> Bool {
    let hasFigures = characters.contains { $0.scalar.properties.numericType != nil }
    return characters.count <= (hasFigures ? longestNumber : longestGuess)
  }

  private func read(_ line: Bitmap, height lineHeight: Int) throws(RecognitionError) -> LineReading
  {
    let inner = max(1, Int((Double(line.width * lineHeight) / Double(line.height)).rounded()))
    let margin = Int(Self.margin * Double(lineHeight))
    let scaled = PictureScaler.scaled(
      line, width: inner, height: lineHeight, fullWidth: inner, padding: 255)
    let (width, height) = (inner + 2 * margin, lineHeight + 2 * margin)
    var pixels = [UInt8](repeating: 255, count: width * height)
    for row in 0..<lineHeight {
      let start = (row + margin) * width + margin
      pixels.replaceSubrange(
        start..<start + inner, with: scaled[row * inner..<(row + 1) * inner])
    }
    let symbols = unsafe bhTesseractReadLine(
      handle, pixels, Int32(width), Int32(height), Self.resolution)
    guard unsafe !symbols.isFailed else { throw .engineFailed(name: name) }
    defer { unsafe bhSymbolsFree(symbols) }
    var characters: [RecognizedCharacter] = []
    for index in 0..<(unsafe symbols.count) {
      let symbol = unsafe symbols.symbols[index]
      let text = unsafe withUnsafeBytes(of: symbol.text) { bytes in
        unsafe String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      let places = Interval(
        min(max(Double(Int(symbol.left) - margin) / Double(inner), 0), 1),
        min(max(Double(Int(symbol.right) - margin) / Double(inner), 0), 1))
      let confidence = min(max(Double(symbol.confidence), 0), 1) * Self.worth
      // Words of ideographs are a guess of the language model, not white in the picture.
      if symbol.startsWord, let last = characters.last,
        places.lower - last.extent.upper > 0.25 * Double(lineHeight) / Double(inner)
      {
        characters.append(
          RecognizedCharacter(
            scalar: " ", confidence: confidence,
            extent: Interval(last.extent.upper, places.lower)))
      }
      for scalar in text.unicodeScalars {
        characters.append(
          RecognizedCharacter(scalar: scalar, confidence: confidence, extent: places))
      }
    }
    return LineReading(characters: characters)
  }
}
