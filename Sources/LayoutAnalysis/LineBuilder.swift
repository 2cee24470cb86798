package import LayoutModel
import PageGeometry

/// Words to lines: the second step of layout analysis.
///
/// Words on one baseline form a line; raised and lowered words of smaller type (note marks,
/// exponents) are put back into the line that they stand beside.
package enum LineBuilder {
  /// Words are on one line if their baselines differ by less than this share of the type size.
  static let baselineTolerance = 0.22
  /// Type below this share of its neighbour's size may be a superscript or subscript: the next
  /// smaller size of 10 points is 9.
  package static let scriptSize = 0.92
  /// A superscript's baseline is at most this much above its line's, in ems of the line.
  static let maximumRaise = 0.65
  /// A subscript's baseline is at most this much below its line's, in ems of the line.
  static let maximumDrop = 0.3
  /// A mark stands at most this far from the word that it belongs to, in ems.
  static let scriptDistance = 0.35

  /// Builds lines from words of one direction that run to the right in their frame.
  ///
  /// - Parameters:
  ///   - words: Words whose text runs to the right, in any order.
  ///   - splitGap: A gap of more than this many ems starts a new line; nil keeps a baseline
  ///     together.
  /// - Returns: Lines from top to bottom, then from left to right.
  package static func lines(of words: [Word], splitGap: Double? = nil) -> [Line] {
    var rows = rows(of: words)
    attachScripts(in: &rows)
    var lines: [Line] = []
    for row in rows where !row.isEmpty {
      appendLines(of: row, splitGap: splitGap, to: &lines)
    }
    return lines
  }

  /// Cuts lines wherever a gap of more than `gap` ems stands between two words.
  package static func split(_ lines: [Line], gap: Double) -> [Line] {
    var result: [Line] = []
    result.reserveCapacity(lines.count)
    for line in lines {
      if isWhole(line.words, gap: gap) {
        result.append(line)
      } else {
        appendLines(of: line.words, splitGap: gap, to: &result)
      }
    }
    return result
  }

  private static func isWhole(_ words: [Word], gap: Double) -> Bool {
    for index in words.indices.dropFirst() {
      let white = words[index].box.minX - words[index - 1].box.maxX
      if white > gap * max(words[index - 1].size, words[index].size) { return false }
    }
    return true
  }

  private static func rows(of words: [Word]) -> [[Word]] {
    let sorted = isSorted(words[...], by: isAbove) ? words : words.sorted(by: isAbove)
    var rows: [[Word]] = []
    var start = 0
    for index in sorted.indices {
      let next = index + 1
      if next < sorted.count {
        let step = sorted[next].baseline - sorted[index].baseline
        let size = min(sorted[next].size, sorted[index].size)
        if step <= size * baselineTolerance { continue }
      }
      let row = sorted[start..<next]
      rows.append(isSorted(row, by: isLeft) ? Array(row) : row.sorted(by: isLeft))
      start = next
    }
    return rows
  }

  @inline(__always)
  private static func isAbove(_ a: Word, _ b: Word) -> Bool {
    (a.baseline, a.box.minX) < (b.baseline, b.box.minX)
  }

  @inline(__always)
  private static func isLeft(_ a: Word, _ b: Word) -> Bool {
    (a.box.minX, a.baseline) < (b.box.minX, b.baseline)
  }

  /// Words mostly come in order: looking is cheaper than sorting.
  @inline(__always)
  private static func isSorted(
    _ words: ArraySlice<Word>, by precedes: (Word, Word) -> Bool
  ) -> Bool {
    for index in words.indices.dropFirst() where precedes(words[index], words[index - 1]) {
      return false
    }
    return true
  }

  /// Moves raised and lowered small words into the row of the word that they touch.
  private static func attachScripts(in rows: inout [[Word]]) {
    guard rows.count > 1 else { return }
    // A script moves to larger type, so that rows never come to hold larger type than now.
    let largest = rows.map { row in row.lazy.map(\.size).max() ?? 0 }
    for index in rows.indices {
      let above = index > 0 ? largest[index - 1] : 0
      let below = index + 1 < rows.count ? largest[index + 1] : 0
      let limit = scriptSize * max(above, below)
      guard rows[index].contains(where: { $0.size < limit }) else { continue }
      var kept: [Word] = []
      for word in rows[index] {
        guard let target = hostRow(of: word, at: index, in: rows) else {
          kept.append(word)
          continue
        }
        let place = rows[target].firstIndex { $0.box.minX > word.box.minX } ?? rows[target].count
        rows[target].insert(word, at: place)
      }
      rows[index] = kept
    }
  }

  private static func hostRow(of word: Word, at index: Int, in rows: [[Word]]) -> Int? {
    for candidate in [index + 1, index - 1] where rows.indices.contains(candidate) {
      let isHost = rows[candidate].contains { host in
        guard word.size < scriptSize * host.size else { return false }
        let raise = (host.baseline - word.baseline) / host.size
        guard raise <= maximumRaise, raise >= -maximumDrop else { return false }
        let after = abs(word.box.minX - host.box.maxX) / host.size
        let before = abs(host.box.minX - word.box.maxX) / host.size
        return min(after, before) <= scriptDistance
      }
      if isHost { return candidate }
    }
    return nil
  }

  private static func appendLines(of row: [Word], splitGap: Double?, to lines: inout [Line]) {
    var start = 0
    for index in row.indices {
      let isLast = index + 1 == row.count
      if !isLast {
        guard let splitGap else { continue }
        let gap = row[index + 1].box.minX - row[index].box.maxX
        if gap <= splitGap * max(row[index].size, row[index + 1].size) { continue }
      }
      lines.append(line(of: start == 0 && isLast ? row : Array(row[start...index])))
      start = index + 1
    }
  }

  /// One line of words that are in order.
  package static func line(of words: [Word]) -> Line {
    var box = words[0].box
    var longest = 0
    for index in words.indices.dropFirst() {
      box = box.union(words[index].box)
      // The type that most of the line is set in decides, not a single large or small mark.
      if words[index].text.utf8.count > words[longest].text.utf8.count { longest = index }
    }
    return Line(
      words: words, box: box, baseline: words[longest].baseline, size: words[longest].size)
  }
}
