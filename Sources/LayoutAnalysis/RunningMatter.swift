package import LayoutModel
import PageGeometry

/// Running heads, running feet and page numbers: text that belongs to the page, not the document.
///
/// A line in the outer part of a page is running matter if it stands at the same height on
/// other pages with the same text but for its digits, or if it is a page number and nothing else.
package struct RunningMatter {
  /// The share of the page height, at the top and at the bottom, in which it is looked for.
  static let zone = 0.12
  /// Heights agree if they differ by at most this many points.
  static let sameHeight = 6.0

  /// The lines of one page.
  package struct Page {
    package var height: Double
    package var lines: [TextLine]

    package init(height: Double, lines: [TextLine]) {
      self.height = height
      self.lines = lines
    }

    package init(height: Double, lines: [Line]) {
      self.init(height: height, lines: lines.map(TextLine.init))
    }

    /// The page with the lines alone that running matter of other pages is told by.
    package var margins: Page {
      Page(
        height: height, lines: lines.filter { RunningMatter.edgeDistance(of: $0, on: self) != nil })
    }
  }

  /// Finds running matter over all pages of a document, or over those near each other.
  ///
  /// - Returns: For each page, for each of its lines, whether it is running matter.
  /// - Complexity: O(lines in the zones), by one dictionary of their texts.
  package static func marks(on pages: [Page]) -> [[Bool]] {
    var candidates: [String: [Candidate]] = [:]
    var marks = pages.map { page in [Bool](repeating: false, count: page.lines.count) }
    for (pageIndex, page) in pages.enumerated() {
      for (lineIndex, line) in page.lines.enumerated() {
        guard let edge = edgeDistance(of: line, on: page) else { continue }
        let text = line.text
        if line.hasArtifact || isPageNumber(text), isOutermost(line, on: page) {
          marks[pageIndex][lineIndex] = true
          continue
        }
        candidates[pattern(of: text), default: []].append(
          Candidate(page: pageIndex, line: lineIndex, edge: edge))
      }
    }
    for group in candidates.values {
      for candidate in group {
        let isRepeated = group.contains {
          $0.page != candidate.page && abs($0.edge - candidate.edge) <= sameHeight
        }
        if isRepeated { marks[candidate.page][candidate.line] = true }
      }
    }
    return marks
  }

  private struct Candidate {
    var page: Int
    var line: Int
    /// Distance from the nearer edge: positive from the top, negative from the bottom.
    var edge: Double
  }

  private static func edgeDistance(of line: TextLine, on page: Page) -> Double? {
    if line.box.maxY < zone * page.height { return line.box.minY + 1 }
    if line.box.minY > (1 - zone) * page.height { return line.box.maxY - page.height - 1 }
    return nil
  }

  /// Whether nothing stands between the line and the edge of the page.
  private static func isOutermost(_ line: TextLine, on page: Page) -> Bool {
    let isTop = line.box.midY < page.height / 2
    return !page.lines.contains {
      isTop ? $0.box.maxY < line.box.minY : $0.box.minY > line.box.maxY
    }
  }

  /// Digits do not count: "第 3 页" and "第 12 页" are one pattern.
  private static func pattern(of text: String) -> String {
    if let pattern = asciiPattern(of: text) { return pattern }
    var pattern = ""
    var wasDigit = false
    for scalar in text.unicodeScalars where !Script.isSpace(scalar) {
      let isDigit = isDigit(scalar)
      if isDigit {
        if !wasDigit { pattern += "#" }
      } else {
        pattern.unicodeScalars.append(scalar)
      }
      wasDigit = isDigit
    }
    return pattern
  }

  /// The pattern of a text of ASCII, byte by byte; nil for any other.
  private static func asciiPattern(of text: String) -> String? {
    var pattern: [UInt8] = []
    pattern.reserveCapacity(text.utf8.count)
    var wasDigit = false
    for byte in text.utf8 {
      switch byte {
      case 0x80...: return nil
      case 0x09...0x0D, 0x20: continue
      case 0x30...0x39:
        if !wasDigit { pattern.append(UInt8(ascii: "#")) }
        wasDigit = true
      default:
        pattern.append(byte)
        wasDigit = false
      }
    }
    return String(decoding: pattern, as: UTF8.self)
  }

  /// Whether a text is a page number and nothing else.
  ///
  /// Known forms: "3", "- 3 -", "— 12 —", "第3页", "第 3 页 共 9 页", "3/9", "Page 3 of 9", "S. 3".
  private static func isPageNumber(_ text: String) -> Bool {
    guard text.utf8.count <= 40, text.unicodeScalars.contains(where: isDigit) else { return false }
    let pattern = pattern(of: text).lowercased()
    guard pattern.utf8.count <= 24 else { return false }
    var rest = pattern[...]
    var numbers = 0
    while let first = rest.first {
      if first == "#" { numbers += 1 }
      if signs.contains(first) {
        rest = rest.dropFirst()
      } else if let word = words.first(where: { rest.hasPrefix($0) }) {
        rest = rest.dropFirst(word.count)
      } else {
        return false
      }
    }
    return (1...2).contains(numbers)
  }

  private static func isDigit(_ scalar: Unicode.Scalar) -> Bool {
    scalar.properties.numericType == .decimal
  }

  private static let signs = "-—–－·•|~#，,/"
  private static let words = [
    "page", "seite", "pág.", "pag.", "p.", "s.", "стр.", "第", "页", "頁", "共", "of", "von", "sur",
    "из",
  ]
}
