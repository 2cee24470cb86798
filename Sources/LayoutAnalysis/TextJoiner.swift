import LayoutModel

/// Joins pieces of text that a line break separates.
///
/// Nothing stands between ideographs; a space between words of other scripts; a hyphen that ends a
/// line between two lower-case letters is the break's own and disappears.
package enum TextJoiner {
  package static func join(_ lines: [String]) -> String {
    var text = ""
    for line in lines {
      append(line, to: &text)
    }
    return text
  }

  /// Appends the next line to the text before it.
  package static func append(_ line: String, to text: inout String) {
    guard let last = text.unicodeScalars.last else {
      text = line
      return
    }
    guard let first = line.unicodeScalars.first else { return }
    if isBreakHyphen(last, in: text), first.properties.isLowercase {
      text.removeLastScalar()
      text += line
      return
    }
    if last == "\u{AD}" {
      text.removeLastScalar()
      text += line
      return
    }
    if needsSpace(between: last, and: first) { text += " " }
    text += line
  }

  private static func isBreakHyphen(_ last: Unicode.Scalar, in text: String) -> Bool {
    guard last == "-" || last == "\u{2010}" else { return false }
    guard let before = text.unicodeScalars.dropLast().last else { return false }
    return before.properties.isLowercase
  }

  private static func needsSpace(between last: Unicode.Scalar, and first: Unicode.Scalar) -> Bool {
    if Script.isSpace(last) || Script.isSpace(first) { return false }
    if Script.isIdeographic(last) || Script.isIdeographic(first) { return false }
    // A link or path that is broken after its slash goes on without a space, and so does a word
    // that is broken after a hyphen.
    if last == "/" || last == "-" || last == "\u{2010}" { return false }
    return true
  }
}
