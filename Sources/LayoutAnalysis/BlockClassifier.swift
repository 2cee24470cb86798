package import DocumentModel
package import LayoutModel
import PageGeometry

/// Says which blocks are titles, headings, list items and paragraphs.
///
/// Only what the page shows counts: type size and weight against the body's, place, and the form
/// of a label. The body is the type that most of the text is set in.
package struct BlockClassifier {
  /// Type is larger than the body's from this ratio on.
  static let largerType = 1.08
  /// A title is at least this much larger than the body.
  static let titleType = 1.25
  /// Headings are short: at most this many characters.
  static let maximumHeadingLength = 80

  /// The type size of running text, in points.
  package let bodySize: Double
  private let bodyIsBold: Bool

  package init(body: BodyType) {
    bodySize = body.size
    bodyIsBold = body.isBold
  }

  /// - Parameters:
  ///   - block: The block.
  ///   - isFirst: Whether nothing but titles stands before it.
  /// - Returns: A block without id, with kind, level, label, text and provenance.
  package func block(_ block: TextBlock, isFirst: Bool) -> Block {
    let text = Self.text(of: block)
    let label = ListLabel(text)
    let provenance = block.pieces.map { Provenance.page(number: $0.pageNumber, box: $0.box) }
    func make(_ kind: Block.Kind, level: Int? = nil, label: ListLabel? = nil) -> Block {
      Block(
        kind: kind, level: level, label: label?.text, text: label?.rest ?? text,
        provenance: provenance)
    }
    let ratio = bodySize > 0 ? block.size / bodySize : 1
    if isFirst, isTitle(block, text: text, ratio: ratio) { return make(.title) }
    if isHeading(block, text: text, label: label, ratio: ratio) {
      return make(.heading, level: level(label: label, ratio: ratio), label: label)
    }
    if let label, label.level == nil { return make(.listItem, level: 1, label: label) }
    return make(.paragraph)
  }

  /// The lines joined; white between pieces of one line is a space in any script.
  private static func text(of block: TextBlock) -> String {
    var text = ""
    var last: TextLine?
    for line in block.lines {
      if let last, BlockBuilder.isOnSameBaseline(last, line), line.box.minX > last.box.maxX,
        text.unicodeScalars.last != " "
      {
        text += " "
      }
      TextJoiner.append(line.text, to: &text)
      last = line
    }
    return text
  }

  private func isTitle(_ block: TextBlock, text: String, ratio: Double) -> Bool {
    guard text.hasAtMost(2 * Self.maximumHeadingLength) else { return false }
    if ratio >= Self.titleType { return true }
    let standsOut = ratio >= Self.largerType || block.isBold && !bodyIsBold
    return block.isCentered && standsOut
  }

  private func isHeading(
    _ block: TextBlock, text: String, label: ListLabel?, ratio: Double
  ) -> Bool {
    guard text.hasAtMost(Self.maximumHeadingLength), block.lines.count <= 3,
      let last = text.unicodeScalars.last, text.unicodeScalars.contains(where: isLetter),
      !"。；，、：;,:.!?！？".unicodeScalars.contains(last) || last == "?" || last == "？"
    else { return false }
    if ratio < 0.95 || Self.isContentsEntry(text) { return false }
    if ratio >= Self.largerType { return true }
    if block.isBold, !bodyIsBold, !block.isFlushRight { return true }
    // A first-level label on a line of its own is a heading in any weight.
    return label?.level == 1 && block.lines.count == 1
  }

  /// Whether a text is a line of a table of contents: leaders and a page number behind a heading.
  private static func isContentsEntry(_ text: String) -> Bool {
    let front = text.unicodeScalars.reversed().drop { $0.properties.numericType != nil }
    guard front.count < text.unicodeScalars.count else { return false }
    let leaders = front.drop { $0 == " " }.prefix { Script.isLeader($0) || $0 == " " }
    return leaders.count(where: Script.isLeader) >= 3
  }

  private func isLetter(_ scalar: Unicode.Scalar) -> Bool {
    scalar.properties.isAlphabetic
  }

  private func level(label: ListLabel?, ratio: Double) -> Int {
    if let level = label?.level { return level }
    return ratio >= 1.5 ? 1 : ratio >= 1.2 ? 2 : 3
  }
}
