import PageGeometry
package import PageRendering

/// Reads lines with a fast engine, and those that it is not sure of again with a better one.
///
/// Of the two readings of a line the surer one counts. Most lines of a clean page are read once.
package final class CascadedRecognizer: TextRecognizer {
  /// Lines with a character that is less sure are read again.
  private static let trust = 0.9

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
    for (index, reading) in zip(doubtful, again)
    where reading.confidence > readings[index].confidence
      || (Self.leavesInk(readings[index], of: lines[index])
        && !Self.leavesInk(reading, of: lines[index]))
    {
      readings[index] = reading
    }
    return readings
  }

  /// Ink further than this share of the line's height from the middle of the first or last character
  /// is none of it: no character is that wide.
  private static let reach = 0.75
  /// Darker pixels are ink.
  private static let ink: UInt8 = 128

  /// Whether there is ink before the first or behind the last character that was read.
  private static func leavesInk(_ reading: LineReading, of line: Bitmap) -> Bool {
    guard let first = reading.characters.first, let last = reading.characters.last else {
      return true
    }
    let width = Double(line.width)
    let reach = reach * Double(line.height)
    let left = Int((first.extent.middle * width - reach).rounded(.down))
    let right = Int((last.extent.middle * width + reach).rounded(.up))
    let outside = Array(0..<max(0, left)) + Array(min(max(0, right), line.width)..<line.width)
    return outside.contains { column in
      (0..<line.height).contains { line.pixels[$0 * line.bytesPerRow + column] < ink }
    }
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
