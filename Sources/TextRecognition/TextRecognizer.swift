import LayoutModel
package import PageGeometry
package import PageRendering

/// Reads the pictures of single lines of text: what an engine of recognition must promise.
///
/// Everything before it (straight pages, clean ink, where lines are) and behind it (glyphs, tables,
/// doubts) is the same for all engines. An engine gives one reading for each picture, in order, says
/// for each character how sure it is and where it stands, never invents a character that it saw
/// nothing of, and gives the same text for the same picture whatever stands beside it.
package protocol TextRecognizer: AnyObject {
  /// What it is, for notes: name and model.
  var name: String { get }

  /// Reads lines.
  ///
  /// - Parameter lines: Grey pictures, dark on light, cut tightly around the ink of one line each.
  /// - Returns: A reading for each line; empty where nothing could be read.
  /// - Throws: `engineFailed` or `modelUnusable`.
  func read(_ lines: [Bitmap]) throws(RecognitionError) -> [LineReading]
}

/// What an engine made of one line.
package struct LineReading: Hashable, Sendable {
  /// From left to right.
  package var characters: [RecognizedCharacter]
  /// The same line read with the characters of numbers only; nil from an engine that cannot.
  package var numeric: [RecognizedCharacter]?

  /// What another look read instead, where it was not much less sure; nil where looks agree.
  package var other: String?

  package init(
    characters: [RecognizedCharacter] = [], numeric: [RecognizedCharacter]? = nil,
    other: String? = nil
  ) {
    self.characters = characters
    self.numeric = numeric
    self.other = other
  }

  package var text: String { Self.text(of: characters) }

  /// The confidence of the least certain character; 0 for an empty line.
  package var confidence: Double { Self.confidence(of: characters) }

  /// Whether nothing but white was seen.
  var isBlank: Bool { characters.allSatisfy { $0.scalar == " " } }

  /// Whether it says more, and more surely, than another one.
  func isSurer(than other: LineReading) -> Bool {
    !isBlank && (other.isBlank || confidence > other.confidence)
  }

  /// Makes a character at most so sure, in the reading as a number too where that has as many characters.
  mutating func limit(_ confidence: Double, at place: Int) {
    characters[place].confidence = min(characters[place].confidence, confidence)
    guard var numeric, numeric.count == characters.count else { return }
    numeric[place].confidence = min(numeric[place].confidence, confidence)
    self.numeric = numeric
  }

  /// The reading with places along the picture without the margins that were added at its sides.
  ///
  /// - Parameter share: Of the picture's width that each margin takes.
  /// - Returns: The same characters; those in a margin stand at the edge.
  func withoutMargins(_ share: Double) -> LineReading {
    func inner(_ characters: [RecognizedCharacter]) -> [RecognizedCharacter] {
      characters.map { character in
        func place(_ value: Double) -> Double { min(max((value - share) / (1 - 2 * share), 0), 1) }
        var copy = character
        copy.extent = Interval(place(character.extent.lower), place(character.extent.upper))
        return copy
      }
    }
    return LineReading(
      characters: inner(characters), numeric: numeric.map(inner), other: other)
  }

  package static func text(of characters: [RecognizedCharacter]) -> String {
    String(scalars: characters.map(\.scalar))
  }

  package static func confidence(of characters: [RecognizedCharacter]) -> Double {
    characters.lazy.map(\.confidence).min() ?? 0
  }
}

/// A character of a line.
package struct RecognizedCharacter: Hashable, Sendable {
  package var scalar: Unicode.Scalar
  /// How sure the engine is, 0 to 1.
  package var confidence: Double
  /// Where it is seen, as a stretch of the picture's width: 0 at its left, 1 at its right edge.
  package var extent: Interval

  package init(scalar: Unicode.Scalar, confidence: Double, extent: Interval) {
    self.scalar = scalar
    self.confidence = confidence
    self.extent = extent
  }
}

/// Why pictures of text could not be read.
package enum RecognitionError: Error, Hashable, Sendable, CustomStringConvertible {
  /// No engine is installed; the text says how to get one.
  case engineMissing(advice: String)
  /// A file of an engine is there but cannot be used.
  case modelUnusable(file: String, reason: String)
  /// The engine failed on a picture.
  case engineFailed(name: String)
  /// The library that cleans pictures is missing; the text says how to get it.
  case libraryMissing(advice: String)
  /// The page could not be painted.
  case renderingFailed(reason: String)
  /// There is no memory for the picture.
  case outOfMemory

  /// One line for people.
  package var description: String {
    switch self {
    case .engineMissing(let advice): "no engine for recognition is installed; \(advice)"
    case .modelUnusable(let file, let reason): "\(file) cannot be used: \(reason)"
    case .engineFailed(let name): "\(name) failed on a picture"
    case .libraryMissing(let advice): "the library that cleans pictures is missing; \(advice)"
    case .outOfMemory: "no memory for the picture of the page"
    case .renderingFailed(let reason): "the page cannot be painted: \(reason)"
    }
  }
}
