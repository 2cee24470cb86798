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
    guard words.count > 1 else { return words.first?.text ?? "" }
    var utf8: [UInt8] = []
    utf8.reserveCapacity(words.reduce(0) { $0 + $1.text.utf8.count + 1 })
    for index in words.indices {
      if index > 0, words[index].followsSpace { utf8.append(UInt8(ascii: " ")) }
      utf8.append(contentsOf: words[index].text.utf8)
    }
    return String(decoding: utf8, as: UTF8.self)
  }
}
