import PageGeometry
package import PageRendering

/// Reads lines with a fast engine, and those that it is not sure of again with a better one.
///
/// Of the two readings of a line the surer one counts. Most lines of a clean page are read once.
package final class CascadedRecognizer: TextRecognizer {
  /// Lines with a character that is less sure are read again.
  private static let trust = 0.9
  /// A reading that is less sure contradicts no other.
  private static let contradiction = 0.5

  package let name: String
  private let first: any TextRecognizer
  private let makeSecond: () throws(RecognitionError) -> any TextRecognizer
  private var second: (any TextRecognizer)?

  /// - Parameters:
  ///   - first: Reads all lines.
  ///   - name: Of both engines, for notes.
  ///   - second: Makes the better engine when it is first needed.
  init(
    first: any TextRecognizer, name: String,
    second: @escaping () throws(RecognitionError) -> any TextRecognizer
  ) {
    self.first = first
    self.name = name
    makeSecond = second
  }

  package func read(_ lines: [Bitmap]) throws(RecognitionError) -> [LineReading] {
    var readings = try first.read(lines)
    let doubtful = lines.indices.filter {
      Self.isDoubtful(readings[$0]) || Self.leavesInk(readings[$0], of: lines[$0])
    }
    guard !doubtful.isEmpty else { return readings }
    let engine: any TextRecognizer
    if let second { engine = second } else { engine = try makeSecond() }
    second = engine
    let again = try engine.read(doubtful.map { lines[$0] })
    for (index, reading) in zip(doubtful, again) {
      let first = readings[index]
      let isBetter =
        reading.confidence > first.confidence
        || (Self.leavesInk(first, of: lines[index]) && !Self.leavesInk(reading, of: lines[index]))
      let (taken, left) = isBetter ? (reading, first) : (first, reading)
      readings[index] = taken
      if taken.text != left.text, left.confidence >= Self.contradiction {
        readings[index].other = left.text
      }
    }
    return readings
  }

  /// Darker pixels are ink.
  private static let ink: UInt8 = 128
  /// The share of a line's height that its type fills.
  private static let type = 0.95

  /// Whether there is ink that no character which was read can have.
  private static func leavesInk(_ reading: LineReading, of line: Bitmap) -> Bool {
    guard !reading.isBlank else { return true }
    var pixels: [UInt8] = []
    pixels.reserveCapacity(line.width * line.height)
    for row in 0..<line.height {
      let start = row * line.bytesPerRow
      pixels += line.pixels[start..<start + line.width].map { $0 < ink ? 0 : 255 }
    }
    let found = LineInk(ink: pixels, width: line.width)
    return !found.overlooked(by: reading.characters, em: type * Double(line.height)).isEmpty
  }

  /// Marks of punctuation are often in doubt between forms that mean the same.
  private static func isDoubtful(_ reading: LineReading) -> Bool {
    let letters = reading.characters.filter {
      $0.scalar.properties.isAlphabetic || $0.scalar.properties.numericType != nil
    }
    // A figure that is sure among figures is sure.
    if let numeric = reading.numeric, !numeric.isEmpty,
      LineReading.text(of: numeric) == reading.text
    {
      return LineReading.confidence(of: numeric) < trust
    }
    return letters.isEmpty || letters.contains { $0.confidence < trust }
  }
}
