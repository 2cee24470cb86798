import PageGeometry

/// Places of a line to characters: connectionist temporal classification.
///
///     places     ─ ─ 1 1 ─ 0 ─ 0 9 9 ─        (─ is the blank class)
///     characters     1     0   0 9
///
/// Neighbouring places of one class are one character, the blank class separates. A character is as
/// sure as its surest place. Graves, Fernández, Gomez and Schmidhuber, "Connectionist temporal
/// classification", ICML 2006.
struct CTCDecoder {
  /// The characters of the classes from 1 on; class 0 is the blank.
  let characters: [Unicode.Scalar]

  /// - Parameters:
  ///   - classes: The likeliest class of each place and its probability.
  ///   - span: Which share of the width that the model saw the picture itself has.
  /// - Returns: From left to right; a reading without characters is empty.
  func decode(_ classes: [(index: Int, probability: Float)], span: Double) -> [RecognizedCharacter]
  {
    var result: [RecognizedCharacter] = []
    var previous = 0
    let step = 1 / (Double(max(classes.count, 1)) * span)
    for (place, entry) in classes.enumerated() {
      defer { previous = entry.index }
      guard entry.index > 0, entry.index <= characters.count else { continue }
      let lower = min(1, Double(place) * step)
      let upper = min(1, Double(place + 1) * step)
      if entry.index == previous, let last = result.indices.last {
        result[last].confidence = max(result[last].confidence, Double(entry.probability))
        result[last].extent = Interval(result[last].extent.lower, upper)
      } else {
        result.append(
          RecognizedCharacter(
            scalar: characters[entry.index - 1], confidence: Double(entry.probability),
            extent: Interval(lower, upper)))
      }
    }
    return result
  }
}
