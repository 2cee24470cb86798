/// Tells commas in numbers from points by their ink.
///
///     2.736 ──▶ 2 7 3 6       a comma reaches below the line that figures stand on, a point does not;
///     2,736      ,            where print is blurred or faint, an engine takes one for the other
///
/// A point read where ink reaches below is a comma. The other way round nothing is said: the tail
/// of a comma may be lost. Where the ink of marks cannot be told from that of figures, neither is.
struct NumberMarks {
  /// Ink of at least this share of the highest piece is a figure.
  private static let figureShare = 0.8
  /// Ink of marks is at most this high, in heights of a figure.
  private static let markShare = 0.5
  /// A comma reaches at least this far below figures, in heights of one and in pixels.
  private static let descent = 0.1
  private static let leastDescent = 2

  /// Where figures stand, and their height.
  private let baseline: Int
  private let height: Int
  /// Ink of marks on the line that figures stand on, from left to right.
  private let marks: [PixelBox]

  /// - Parameter pieces: Boxes of the connected ink of one number; nil where figures do not stand on
  ///   one line.
  init?(pieces: [PixelBox]) {
    let highest = pieces.map(\.height).max() ?? 0
    let figures = pieces.filter { Double($0.height) >= Self.figureShare * Double(highest) }
    let feet = figures.map(\.maxY).sorted()
    guard let lowest = feet.first, let deepest = feet.last,
      deepest - lowest < max(Self.leastDescent, Int(Self.descent * Double(highest)))
    else { return nil }
    baseline = feet[feet.count / 2]
    height = highest
    let top = baseline - Int(Self.markShare * Double(highest))
    marks = pieces.filter { $0.y >= top }.sorted { ($0.x, $0.y) < ($1.x, $1.y) }
  }

  /// The characters of a number with commas for points whose ink reaches below figures.
  ///
  /// - Returns: Nil where nothing changes.
  func corrected(_ characters: [RecognizedCharacter]) -> [RecognizedCharacter]? {
    let places = characters.indices.filter { [".", ","].contains(characters[$0].scalar) }
    guard places.count == marks.count else { return nil }
    var result = characters
    for (place, mark) in zip(places, marks) where characters[place].scalar == "." {
      let depth = mark.maxY - baseline
      if depth >= Self.leastDescent, Double(depth) >= Self.descent * Double(height) {
        result[place].scalar = ","
      }
    }
    return result == characters ? nil : result
  }
}
