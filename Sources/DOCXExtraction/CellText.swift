internal import DocumentModel
internal import LayoutModel

/// The text of a cell's paragraph: raised marks told from digits, no white space around it.
enum CellText {
  /// The text of a paragraph with raised digits and letters as superscript characters.
  static func withRaised(_ paragraph: FlowParagraph) -> String {
    let raised = paragraph.inlines.filter { $0.kind == .superscript && !$0.range.isEmpty }
    guard !raised.isEmpty else { return paragraph.text }
    var scalars = Array(paragraph.text.unicodeScalars)
    for inline in raised where inline.range.upperBound <= scalars.count {
      guard let text = Superscript.text(of: String(scalars: Array(scalars[inline.range]))),
        text.unicodeScalars.count == inline.range.count
      else { continue }
      scalars.replaceSubrange(inline.range, with: text.unicodeScalars)
    }
    return String(scalars: scalars)
  }

  /// Whether nothing of a text is printed.
  static func isBlank(_ text: String) -> Bool {
    if let first = text.utf8.first, first > 0x20, first < 0x80 { return false }
    return text.unicodeScalars.allSatisfy(\.properties.isWhitespace)
  }

  /// The text without white space at its ends, and how far the text in front pushes it right, in
  /// ems: an ideographic space counts 1, an ASCII or no-break space ½, a tab 2.
  static func trimmed(_ text: String) -> (text: String, indent: Double) {
    let utf8 = text.utf8
    guard let first = utf8.first, let last = utf8.last else { return ("", 0) }
    // Nearly all texts start and end with something printed.
    let isPlainStart = first > 0x20 && first != 0xC2 && first != 0xE3 && first != 0xE2
    if isPlainStart, last > 0x20, last < 0x80 { return (text, 0) }
    var indent = 0.0
    var start = text.unicodeScalars.startIndex
    let end = text.unicodeScalars.endIndex
    while start < end, text.unicodeScalars[start].properties.isWhitespace {
      switch text.unicodeScalars[start] {
      case "\u{3000}": indent += 1
      case "\t": indent += 2
      case "\n", "\r", "\u{C}": indent = 0
      default: indent += 0.5
      }
      start = text.unicodeScalars.index(after: start)
    }
    var stop = end
    while stop > start {
      let previous = text.unicodeScalars.index(before: stop)
      guard text.unicodeScalars[previous].properties.isWhitespace else { break }
      stop = previous
    }
    if start == text.unicodeScalars.startIndex, stop == end { return (text, 0) }
    return (String(text.unicodeScalars[start..<stop]), indent)
  }
}
