package import PageGeometry

/// A line without its words: what is kept of a page until its blocks are made.
///
/// Words are many and large, and only the search for tables needs them. Blocks, running matter and
/// headings ask for text, place and type, and for the first word, which tells whether it would have
/// fitted on the line before.
package struct TextLine: Hashable, Sendable {
  /// The printed text with its spaces.
  package var text: String
  package var box: Rect
  package var baseline: Double
  /// The font size that most of its glyphs have.
  package var size: Double
  package var firstWordWidth: Double
  /// Number of scalars of its first word; 0 for a line without words.
  package var firstWordLength: Int32
  /// Number of scalars in its words, spaces between them not included.
  package var length: Int32
  /// How many of them are bold.
  package var boldLength: Int32
  /// Whether all words are bold; true for a line without words.
  package var isBold: Bool
  /// Whether a word is bold.
  package var hasBold: Bool
  /// Whether a word is marked as an artifact by the producer.
  package var hasArtifact: Bool
  /// The words whose type is larger or smaller than `size`; empty for most lines.
  package var otherSizes: [SizedLength]

  /// How much of a line is set in one type size.
  package struct SizedLength: Hashable, Sendable {
    /// In points.
    package var size: Double
    /// Number of scalars.
    package var length: Int32
  }

  package init(_ line: Line) {
    text = line.text
    box = line.box
    baseline = line.baseline
    size = line.size
    firstWordWidth = line.words.first?.box.width ?? 0
    firstWordLength = 0
    length = 0
    boldLength = 0
    isBold = true
    hasBold = false
    hasArtifact = false
    otherSizes = []
    for index in line.words.indices {
      add(line.words[index], isFirst: index == 0)
    }
  }

  private mutating func add(_ word: Word, isFirst: Bool) {
    let count = Int32(clamping: word.text.unicodeScalars.count)
    if isFirst { firstWordLength = count }
    length += count
    if word.isBold {
      boldLength += count
      hasBold = true
    } else {
      isBold = false
    }
    if word.flags.contains(.artifact) { hasArtifact = true }
    if word.size != size { otherSizes.append(SizedLength(size: word.size, length: count)) }
  }
}
