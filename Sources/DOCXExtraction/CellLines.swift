internal import DocumentModel
internal import LayoutModel

/// The paragraphs of a table cell that are text and nothing else.
///
/// Nearly all cells have one; it is kept without memory of its own. Lines that print nothing are
/// not kept.
struct CellLines {
  struct Line {
    var text: String
    var alignment: TextAlignment
    var indent: Double
    var isBold: Bool
    var fontSize: Double

    /// The line as the paragraph that it is; its place is that of its cell.
    func block(part: String) -> FlowBlock {
      .paragraph(
        FlowParagraph(
          text: text, alignment: alignment, indent: indent, isBold: isBold, fontSize: fontSize,
          provenance: .part(name: part, path: "")))
    }
  }

  private(set) var first: Line?
  private(set) var others: [Line] = []

  var isEmpty: Bool { first == nil }

  mutating func append(_ line: Line) {
    if first == nil {
      first = line
    } else {
      others.append(line)
    }
  }

  func blocks(part: String) -> [FlowBlock] {
    guard let first else { return [] }
    return [first.block(part: part)] + others.map { $0.block(part: part) }
  }
}
