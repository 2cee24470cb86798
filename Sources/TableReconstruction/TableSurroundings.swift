import LayoutAnalysis
package import LayoutModel

/// Recognises the lines around a table that belong to it: caption, unit line, notes, continuation.
///
///         Table 3. Area by region          ◀ caption
///                        (thousands)       ◀ unit line
///     ┌────────┬────────────────────┐
///     │        │                    │
///     └────────┴────────────────────┘
///     Note: provisional figures.           ◀ notes
///     Source: statistical office.
///
/// It looks at plain lines with alignment and type size, so that flowing documents and pages are
/// judged by the same rules. The form of the words comes first (表3-7, Table 5., 单位：, 注：,
/// Source:); where they say nothing, a caption is a short centred line without a full stop that
/// stands next to its table, and a note is set in smaller type than the body.
package enum TableSurroundings {
  /// A line or paragraph near a table.
  package struct Line: Sendable {
    package var text: String
    package var alignment: TextAlignment
    /// In points; 0 when unknown.
    package var fontSize: Double
    /// Whether the original says that it is a caption.
    package var isDeclaredCaption: Bool
    /// Whether it can belong to a table: plain text, not a title, heading or piece of a table.
    package var isFree: Bool

    package init(
      text: String, alignment: TextAlignment, fontSize: Double, isDeclaredCaption: Bool = false,
      isFree: Bool = true
    ) {
      self.text = text
      self.alignment = alignment
      self.fontSize = fontSize
      self.isDeclaredCaption = isDeclaredCaption
      self.isFree = isFree
    }
  }

  /// What stands above a table, as positions in the lines that were given.
  package struct Above: Hashable, Sendable {
    package var caption: Int?
    package var unit: Int?
  }

  /// Captions are short: at most this many characters.
  package static let maximumCaptionLength = 80
  /// Caption and unit line are among this many lines above a table.
  package static let headingCount = 3
  /// Notes beyond this many lines are text of their own.
  package static let maximumNoteCount = 12

  /// Finds caption and unit line above a table.
  ///
  /// - Parameter lines: The lines before the table, nearest first.
  /// - Returns: The positions of both, where there are any.
  package static func above(_ lines: [Line]) -> Above {
    var result = Above()
    for (index, line) in lines.prefix(headingCount).enumerated() {
      guard line.isFree || line.isDeclaredCaption else { break }
      if result.unit == nil, isUnitLine(line) {
        result.unit = index
      } else if result.caption == nil, isCaption(line) {
        result.caption = index
      } else {
        break
      }
    }
    return result
  }

  /// How many lines below a table are its notes.
  ///
  /// - Parameters:
  ///   - lines: The lines behind the table, in order.
  ///   - bodySize: The type size of running text in points; 0 when unknown.
  /// - Returns: The number of lines, from the first on, that are notes.
  package static func noteCount(below lines: [Line], bodySize: Double) -> Int {
    guard let first = lines.first, first.isFree, isMarkedNote(first.text) else { return 0 }
    let isSmall = first.fontSize > 0 && first.fontSize < bodySize * 0.95
    var count = 1
    var isNumbered = startsNumberedList(first.text)
    for line in lines.dropFirst().prefix(maximumNoteCount - 1) {
      guard line.isFree else { break }
      let sameSize = abs(line.fontSize - first.fontSize) < 0.3
      if isMarkedNote(line.text) {
        isNumbered = startsNumberedList(line.text)
      } else if sameSize, isSmall || (isNumbered && ListLabel(line.text) != nil) {
        isNumbered = isNumbered || ListLabel(line.text) != nil
      } else {
        break
      }
      count += 1
    }
    return count
  }

  /// Whether a line says that the table above it goes on: 续表, 续表3-7, Table 5 (continued).
  package static func isContinuation(_ text: String) -> Bool {
    guard text.utf8.count <= 3 * maximumContinuationLength, mayBeContinuation(text) else {
      return false
    }
    let compact = text.withoutSpaces.lowercased()
    guard compact.count <= maximumContinuationLength else { return false }
    if ["续表", "續表", "（续", "(续", "（續", "(續"].contains(where: compact.hasPrefix) {
      return compact.count <= 40
    }
    if withoutContinuation(text) != text { return true }
    // In brackets at the end of the number of a caption.
    if isNumberedCaption(text), let open = compact.firstIndex(of: "("),
      let close = compact.firstIndex(of: ")"), open < close,
      isContinuationWord(compact[compact.index(after: open)..<close])
    {
      return true
    }
    let inner = compact.drop { "(（".contains($0) }.prefix { !")）".contains($0) }
    return continuationWords.contains { word in
      if inner.hasPrefix(word) {
        let rest = inner.dropFirst(word.count)
        return rest.drop { ".:：".contains($0) }.isEmpty || rest.hasPrefix("from")
          || captionWords.contains { rest.contains($0) } && inner.count <= 40
      }
      guard inner.hasSuffix(word) else { return false }
      // Behind a dash or a caption's number; in prose it is one word of many.
      let head = inner.dropLast(word.count)
      if let last = head.last, "-–—,，:：".contains(last) { return true }
      return captionWords.contains { caption in
        head.hasPrefix(caption) && !head.dropFirst(caption.count).contains(where: \.isLetter)
      }
    }
  }

  /// Whether a text starts or ends with one of the words, or has a bracket; all others, which is
  /// most of prose, go without a look at every character.
  private static func mayBeContinuation(_ text: String) -> Bool {
    let isPlain = { (byte: UInt8) in (0x21..<0x80).contains(byte) }
    guard let first = text.utf8.first, let last = text.utf8.last, isPlain(first), isPlain(last)
    else { return true }
    // A bracket, ASCII or full-width.
    if text.utf8.contains(where: { $0 == 0x28 || $0 == 0x29 || $0 == 0xEF }) { return true }
    if firstBytes.contains(first | 0x20) {
      let start = compact(text.unicodeScalars.prefix(longestWord))
      if continuationWords.contains(where: start.hasPrefix) { return true }
    }
    guard lastBytes.contains(last | 0x20) else { return false }
    let end = compact(text.unicodeScalars.suffix(longestWord))
    return continuationWords.contains(where: end.hasSuffix)
  }

  private static func compact(_ scalars: Substring.UnicodeScalarView) -> String {
    String(scalars).withoutSpaces.lowercased()
  }

  private static let firstBytes = Set(continuationWords.compactMap(\.utf8.first))
  private static let lastBytes = Set(continuationWords.compactMap(\.utf8.last))
  /// No word is longer, with room for a space or two in it.
  private static let longestWord = 16

  private static func isContinuationWord(_ text: some StringProtocol) -> Bool {
    continuationWords.contains(String(text))
      || text.last == "." && continuationWords.contains(String(text.dropLast()))
  }

  /// A text without the remark behind it that it goes on: "Europe (continued)" is "Europe".
  static func withoutContinuation(_ text: String) -> String {
    guard let last = text.last, last == ")" || last == "）",
      let open = text.lastIndex(where: { $0 == "(" || $0 == "（" }), open != text.startIndex
    else { return text }
    let inner = String(text[text.index(after: open)...].dropLast()).withoutSpaces.lowercased()
    return isContinuationWord(inner) ? text[..<open].trimmingSpaces() : text
  }

  /// A caption that is printed again is at most this long.
  private static let maximumContinuationLength = 120
  private static let continuationWords: Set<String> = [
    "continued", "continuation", "cont'd", "cont’d", "contd", "cont", "续", "續", "续表", "suite",
    "fortsetzung", "forts", "continuación", "continuação", "continuazione", "segue", "продолжение",
    "окончание", "vervolg",
  ]

  /// Whether a line says the unit of a table and nothing else.
  package static func isUnitLine(_ line: Line) -> Bool {
    guard line.text.hasAtMost(40) else { return false }
    return UnitText.unit(ofLine: line.text) != nil
  }

  /// Whether a line is the caption of the table next to it.
  package static func isCaption(_ line: Line) -> Bool {
    if line.isDeclaredCaption { return true }
    guard !line.text.isEmpty, line.text.hasAtMost(maximumCaptionLength), line.isFree else {
      return false
    }
    if isNumberedCaption(line.text) { return true }
    guard line.alignment == .center, let last = line.text.unicodeScalars.last else { return false }
    return !"。；，、;,:：.!?！？".unicodeScalars.contains(last)
  }

  /// Whether a line starts as captions do: with a word for "table" and a number.
  package static func isNumberedCaption(_ text: String) -> Bool {
    let trimmed = text.drop { $0.isWhitespace }
    guard let first = trimmed.utf8.first, mayStartCaption(first) else { return false }
    let lowered = trimmed.lowercased()
    for word in captionWords where lowered.hasPrefix(word) {
      let behind = lowered.dropFirst(word.count)
      // "Tables" is another word, "表格" was tried before "表".
      if let next = behind.first, next.isLetter, next.isCased { continue }
      let rest = behind.drop { $0.isWhitespace || $0 == "." }
      guard let next = rest.unicodeScalars.first else { return false }
      if next.properties.numericType != nil { return true }
      if word.unicodeScalars.allSatisfy(\.isASCII) {
        // "Table A", "Table IV." but not "Table of contents".
        let head = rest.prefix { $0.isLetter }
        if head.count == 1 || head.allSatisfy({ "ivxlc".contains($0) }) { return true }
      }
    }
    return false
  }

  /// Whether one of `captionWords` starts with this byte; long texts are then not looked at.
  private static func mayStartCaption(_ byte: UInt8) -> Bool {
    byte >= 0x80 || "eEtTqQcC".utf8.contains(byte)
  }

  private static let captionWords = [
    "exhibit", "附表", "表格", "表", "图表", "図表", "table", "tab", "tableau", "tabelle", "tabla",
    "tabella",
    "tabela", "quadro", "cuadro", "таблица", "табл", "tabel", "tabell", "taulukko", "πίνακας",
  ]

  /// Whether a line below a table starts as notes and sources do.
  package static func isMarkedNote(_ text: String) -> Bool {
    let trimmed = text.drop { $0.isWhitespace }
    guard let first = trimmed.unicodeScalars.first else { return false }
    if "¹²³⁴⁵⁶⁷⁸⁹*†‡§※＊".unicodeScalars.contains(first) { return true }
    // The word, its number and the sign behind it stand at the start of a text.
    let lowered =
      mayStartNote(first) ? String(trimmed.unicodeScalars.prefix(64)).lowercased() : ""
    for word in noteWords where lowered.hasPrefix(word) {
      let rest = lowered.dropFirst(word.count).drop { $0.isWhitespace || $0.isNumber }
      if let sign = rest.first, "：:.．-—–".contains(sign) { return true }
    }
    // (X), (1), a/ and the like explain a mark in the table.
    if first == "(" || first == "（" {
      let inner = trimmed.dropFirst().prefix { $0 != ")" && $0 != "）" }
      return inner.count <= 2 && inner.count > 0 && inner.count < trimmed.count - 2
        && inner.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "*") }
        && inner.contains { $0.isUppercase || $0.isNumber || $0 == "*" || $0.isLowercase }
    }
    return false
  }

  private static let noteWords = [
    "注释", "附注", "备注", "说明", "注", "註", "備考", "資料", "数据来源", "资料来源", "資料來源", "来源",
    "出典", "notes", "note", "sources", "source", "nb", "n.b", "quelle", "quellen", "anmerkung",
    "anmerkungen", "fuente", "fuentes", "nota", "notas", "fonte", "fonti", "источник", "примечание",
    "remarks", "remark", "bron", "källa", "kilde", "lähde",
  ]

  private static let noteStarts = Set(noteWords.compactMap(\.unicodeScalars.first))

  /// Whether one of `noteWords` starts with this character, in either case.
  private static func mayStartNote(_ first: Unicode.Scalar) -> Bool {
    noteStarts.contains(first.properties.lowercaseMapping.unicodeScalars.first ?? first)
  }

  /// Whether a note ends its first words with the start of a list: 注：1. …
  private static func startsNumberedList(_ text: String) -> Bool {
    guard let colon = text.firstIndex(where: { $0 == "：" || $0 == ":" || $0 == "." }) else {
      return false
    }
    let rest = text[text.index(after: colon)...].drop { $0.isWhitespace }
    return ListLabel(String(rest)) != nil || ListLabel(text) != nil
  }
}
