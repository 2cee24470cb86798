/// The printed number or bullet in front of a text.
enum BlockLabel {
  /// Whether a space stands between a label and the text.
  ///
  /// There is one in "1. First", none in "一、总体情况".
  static func needsSpace(_ label: String) -> Bool {
    // East Asian scripts and their punctuation start here.
    label.unicodeScalars.last.map { $0.value <= 0x2E7F } ?? false
  }
}
