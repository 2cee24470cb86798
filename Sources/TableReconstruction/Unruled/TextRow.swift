import LayoutAnalysis
import LayoutModel
import PageGeometry

/// The words on one baseline of a page, from left to right, in the pieces that white space leaves.
struct TextRow {
  /// Words with nothing wider than a few spaces between them.
  struct Chunk {
    var words: [Word]
    var box: Rect
    /// Known where it stands beside others, as there it is asked for many times.
    fileprivate var isKnownValue: Bool?

    fileprivate init(words: [Word]) {
      self.words = words
      box = words.dropFirst().reduce(words[0].box) { $0.union($1.box) }
    }

    /// Numbers, and marks for missing ones.
    var isValue: Bool {
      if let isKnownValue { return isKnownValue }
      let text = words.count == 1 ? words[0].text : words.map(\.text).joined()
      return GridView.content(of: text) != .text
    }
  }

  var words: [Word]
  var box: Rect
  var baseline: Double
  var size: Double
  /// Pieces with gaps of at least `TableThresholds.chunkGap` ems between them.
  let chunks: [Chunk]
  /// Pieces with gaps of at least `TableThresholds.columnGap` ems between them, and numbers that a
  /// mere space divides.
  let pieces: [Chunk]
  /// Whether at least half of the chunks after the first are values, and there is one.
  let isValueRow: Bool

  init(line: Line) {
    words = line.words
    box = line.box
    baseline = line.baseline
    size = line.size
    let starts =
      Self.isJustified(line)
      ? [] : Self.starts(in: words) { _, word, gap in gap >= TableThresholds.chunkGap * word.size }
    let pieceStarts = Self.starts(in: words) { before, word, gap in
      gap >= TableThresholds.columnGap * word.size
        || gap >= TableThresholds.numberGap * word.size && Self.areTwoNumbers(before, word)
    }
    chunks = Self.withValues(Self.pieces(of: words, cutAt: starts))
    // Most rows have no gap that divides columns alone.
    pieces =
      pieceStarts == starts
      ? chunks : Self.withValues(Self.pieces(of: words, cutAt: pieceStarts))
    let later = chunks.dropFirst()
    let values = later.count { $0.isValue }
    isValueRow = values > 0 && values * 2 >= later.count
  }

  /// Chunks that know whether they are values, unless there is only one.
  private static func withValues(_ chunks: [Chunk]) -> [Chunk] {
    guard chunks.count > 1 else { return chunks }
    var result = chunks
    for index in result.indices { result[index].isKnownValue = result[index].isValue }
    return result
  }

  /// Whether a line is running text with stretched spaces: all of them are as wide as each other,
  /// while its words are not.
  private static func isJustified(_ line: Line) -> Bool {
    guard line.words.count > minimumSpaces, let first = line.words.first else { return false }
    let space = line.words[1].box.minX - first.box.maxX
    guard space >= TableThresholds.chunkGap * line.size else { return false }
    var narrowest = first.box.width
    var widest = narrowest
    for (left, right) in zip(line.words, line.words.dropFirst()) {
      guard abs(right.box.minX - left.box.maxX - space) <= sameSpace * line.size else {
        return false
      }
      narrowest = min(narrowest, right.box.width)
      widest = max(widest, right.box.width)
    }
    return widest - narrowest > line.size
  }

  /// Fewer spaces may be equal by chance.
  private static let minimumSpaces = 4
  /// Spaces of one line differ by less than this, in ems.
  private static let sameSpace = 0.05

  /// Cuts words wherever the gap before a word asks for it.
  static func chunks(
    of words: [Word], cut: (_ gap: Double, _ size: Double) -> Bool
  ) -> [Chunk] {
    pieces(of: words, cutAt: starts(in: words) { _, word, gap in cut(gap, word.size) })
  }

  /// Puts signs that stand apart to their numbers: currencies in front, which many reports set at the
  /// left edge of the column, and brackets and percent signs behind.
  private static func withSigns(_ chunks: [Chunk]) -> [Chunk] {
    guard chunks.count > 2, chunks.contains(where: { sign(of: $0) != nil }) else { return chunks }
    var result: [Chunk] = []
    for chunk in chunks {
      guard let last = result.last, let size = chunk.words.first?.size else {
        result.append(chunk)
        continue
      }
      let gap = chunk.box.minX - last.box.maxX
      let isFront =
        sign(of: last) == .front && gap <= TableThresholds.currencyGap * size && chunk.isValue
      let isBehind =
        sign(of: chunk) == .behind && gap <= TableThresholds.closingGap * size
        && last.words.last.map { $0.text.utf8.contains { (0x30...0x39).contains($0) } } == true
      if isFront || isBehind {
        result[result.count - 1].words += chunk.words
        result[result.count - 1].box = last.box.union(chunk.box)
      } else {
        result.append(chunk)
      }
    }
    return result
  }

  private enum Sign {
    case front, behind
  }

  private static func sign(of chunk: Chunk) -> Sign? {
    guard chunk.words.count == 1, let text = chunk.words.first?.text, text.utf8.count <= 6 else {
      return nil
    }
    switch text {
    case ")", "%", ")%", "）", "％": return .behind
    default: break
    }
    // Most pieces are numbers and words; of ASCII the dollar alone is a currency.
    guard text.utf8.contains(where: { $0 == UInt8(ascii: "$") || $0 >= 0x80 }) else { return nil }
    let scalars = text.unicodeScalars
    guard scalars.contains(where: { $0.properties.generalCategory == .currencySymbol }) else {
      return nil
    }
    // US$, R$ and a bracket that is closed behind the number are signs too.
    let isSign = scalars.allSatisfy {
      $0.properties.generalCategory == .currencySymbol || ("A"..."Z").contains($0) || $0 == "("
    }
    return isSign ? .front : nil
  }

  /// The indices of words that begin pieces, but the first: told from the word before each, from itself,
  /// and from the gap between it and the piece before.
  private static func starts(
    in words: [Word], begins: (_ before: Word, _ word: Word, _ gap: Double) -> Bool
  ) -> [Int] {
    var starts: [Int] = []
    var end = words.first?.box.maxX ?? 0
    for index in words.indices.dropFirst() {
      if begins(words[index - 1], words[index], words[index].box.minX - end) {
        starts.append(index)
        end = words[index].box.maxX
      } else {
        end = max(end, words[index].box.maxX)
      }
    }
    return starts
  }

  /// Cuts words in front of those that begin pieces.
  private static func pieces(of words: [Word], cutAt starts: [Int]) -> [Chunk] {
    guard !words.isEmpty else { return [] }
    guard !starts.isEmpty else { return [Chunk(words: words)] }
    let bounds = [0] + starts + [words.count]
    return withSigns(
      zip(bounds, bounds.dropFirst()).map { Chunk(words: Array(words[$0..<$1])) })
  }

  /// Whether two words are numbers, not the groups of digits of one.
  private static func areTwoNumbers(_ left: Word, _ right: Word) -> Bool {
    func isNumber(_ text: String) -> Bool {
      text.unicodeScalars.contains { ("0"..."9").contains($0) } && NumberText(text) != nil
    }
    guard isNumber(left.text), isNumber(right.text) else { return false }
    let digits = right.text.unicodeScalars.prefix { ("0"..."9").contains($0) }
    let isGroup = digits.count == 3 && !left.text.contains(",") && !left.text.contains(".")
    return !isGroup
  }

  /// Whether it numbers the columns of a table.
  var numbersColumns: Bool {
    ColumnNumbers.isSeries(chunks.lazy.map { LineBuilder.line(of: $0.words).text })
  }
}
