package import LayoutModel
import PageGeometry

/// Lines of text that runs up, down or upside down beside the text of a page: labels of axes, notes
/// in the margin, stamps.
///
/// Such text is no part of paragraphs or columns; each line stands for itself.
package enum SidewaysText {
  /// Builds lines of words that do not run to the right.
  ///
  /// - Parameters:
  ///   - words: Words of any direction; those that run to the right are left out.
  ///   - page: The page that they are on.
  /// - Returns: Lines by direction, each with its box on the page and its words in the order in
  ///   which they are read.
  package static func lines(of words: [Word], on page: PageLayout) -> [Line] {
    var lines: [Line] = []
    for quarter in 1...3 {
      let turn = QuarterTurn(quarters: -quarter, width: page.width, height: page.height)
      let turned = words.filter { Int($0.direction.rawValue) == quarter }.map { word in
        var word = word
        word.box = turn.apply(word.box)
        word.baseline = word.box.maxY - 0.15 * word.size
        return word
      }
      guard !turned.isEmpty else { continue }
      for line in LineBuilder.lines(of: turned, splitGap: maximumGap) {
        var line = line
        line.box = turn.inverse.apply(line.box)
        lines.append(line)
      }
    }
    return lines
  }

  /// Words further apart than this many ems are not one line.
  private static let maximumGap = 1.5
}
