package import PageGeometry

/// Words that are read together on one baseline, from left to right.
package struct Line: Hashable, Sendable {
  package var words: [Word]
  package var box: Rect
  package var baseline: Double
  /// The font size that most of its glyphs have.
  package var size: Double

  package init(words: [Word], box: Rect, baseline: Double, size: Double) {
    self.words = words
    self.box = box
    self.baseline = baseline
    self.size = size
  }

  /// The printed text with its spaces.
  package var text: String {
    var text = ""
    for (index, word) in words.enumerated() {
      if index > 0, word.followsSpace { text += " " }
      text += word.text
    }
    return text
  }
}
