package import LayoutModel
import PageGeometry

/// Words to lines: the second step of layout analysis.
///
/// Words on one baseline form a line; raised and lowered words of smaller type (note marks,
/// exponents) are put back into the line that they stand beside.
package enum LineBuilder {
  /// Words are on one line if their baselines differ by less than this share of the type size.
  static let baselineTolerance = 0.22
  /// Type below this share of its neighbour's size may be a superscript or subscript.
  static let scriptSize = 0.85
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
      let isWhole = zip(line.words, line.words.dropFirst()).allSatisfy {
        $1.box.minX - $0.box.maxX <= gap * max($0.size, $1.size)
      }
      if isWhole {
        result.append(line)
      } else {
        appendLines(of: line.words, splitGap: gap, to: &result)
      }
    }
    return result
  }

  private static func rows(of words: [Word]) -> [[Word]] {
    let sorted = words.sorted { ($0.baseline, $0.box.minX) < ($1.baseline, $1.box.minX) }
    var rows: [[Word]] = []
    for word in sorted {
      if let last = rows.last?.last,
        word.baseline - last.baseline <= min(word.size, last.size) * baselineTolerance
      {
        rows[rows.count - 1].append(word)
      } else {
        rows.append([word])
      }
    }
    return rows.map { row in
      row.count < 2
        ? row : row.sorted { ($0.box.minX, $0.baseline) < ($1.box.minX, $1.baseline) }
    }
  }

  /// Moves raised and lowered small words into the row of the word that they touch.
  private static func attachScripts(in rows: inout [[Word]]) {
    guard rows.count > 1 else { return }
    for index in rows.indices {
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
      lines.append(line(of: Array(row[start...index])))
      start = index + 1
    }
  }

  /// One line of words that are in order.
  package static func line(of words: [Word]) -> Line {
    var box = words[0].box
    var largest = words[0]
    for word in words.dropFirst() {
      box = box.union(word.box)
      // The type that most of the line is set in decides, not a single large or small mark.
      if word.text.utf8.count > largest.text.utf8.count { largest = word }
    }
    return Line(words: words, box: box, baseline: largest.baseline, size: largest.size)
  }
}
