package import LayoutModel
import PageGeometry

/// Finds the columns that a page of running text is set in, before anything is looked for in them.
///
///     ┌───────────────┐ 0       Lines at the right start at one place, and the white before it is
///     ├──────┐ ┌──────┤         free of text: such a gutter may be as narrow as two spaces, which
///     │ 1    │ │ 2    │         no other sign would tell from white inside a line.
///     ├──────┴─┴──────┤ 3
///     └───────────────┘
///
/// It stands between lines and tables: a line over the whole width of the page becomes two where its
/// words belong to two columns, so that a table in one column is not read with the text in the other.
/// What is not running text at both sides is left whole, since the gutters of tables look the same.
package struct TextColumns {
  /// The white in front of a column, in ems of its line: two narrow spaces.
  static let gutter = 0.7
  /// Lines of a column start at one place within this many ems.
  static let sameStart = 0.2
  /// Both sides of a gutter hold at least this many lines.
  static let minimumLines = 6
  /// A line of running text is at least this wide, in ems.
  static let minimumWidth = 11.0
  /// At least this share of the text at a side, by its width, is running text: a column may hold a
  /// table and formulas too.
  static let runningShare = 0.5
  /// A line of running text fills at least this share of its column.
  static let fullShare = 0.8
  /// At most this many columns stand beside each other, as powers of two.
  static let maximumDepth = 2

  /// Lines of the page, whole baselines, from top to bottom.
  private let lines: [Line]
  /// Horizontal rules, from top to bottom.
  private let rules: [Ruling]

  /// - Parameters:
  ///   - lines: Whole baselines, from top to bottom.
  ///   - rules: Horizontal rules outside of tables; what stands between two that cross a gutter is
  ///     no text in columns.
  package init(lines: [Line], rules: [Ruling]) {
    self.lines = lines
    self.rules = rules
  }

  /// The lines in parts that are read one after the other.
  ///
  /// - Returns: All words of the lines, in parts from top to bottom and of columns from left to
  ///   right; one part if the page has no columns.
  /// - Complexity: O(words) on a page without columns.
  package func parts() -> [[Line]] { parts(depth: 0) }

  private func parts(depth: Int) -> [[Line]] {
    guard depth < Self.maximumDepth, let columns = columns() else { return [lines] }
    func side(_ isInside: (Word) -> Bool) -> [Line] {
      lines[columns.run].compactMap { line in
        let words = line.words.filter(isInside)
        if words.isEmpty { return nil }
        return words.count == line.words.count ? line : LineBuilder.line(of: words)
      }
    }
    let left = side { $0.box.midX < columns.start }
    let right = side { $0.box.midX >= columns.start }
    let above = Array(lines[..<columns.run.lowerBound])
    let below = Array(lines[columns.run.upperBound...])
    // What is above holds no columns of this place, since the first run is taken.
    return [above, left, right, below].enumerated().filter { !$1.isEmpty }.flatMap {
      TextColumns(lines: $1, rules: rules).parts(depth: $0 == 3 ? depth : depth + 1)
    }
  }

  /// The first run of lines that leave a gutter free, and where the lines behind it start.
  private func columns() -> (run: Range<Int>, start: Double)? {
    guard lines.count >= Self.minimumLines else { return nil }
    var found: (run: Range<Int>, start: Double)?
    for start in commonStarts() {
      for run in runs(before: start) where areColumns(run, at: start) {
        if run.lowerBound < found?.run.lowerBound ?? .max { found = (run, start) }
        break
      }
    }
    return found
  }

  /// Places where many lines start, or go on behind white that may be a gutter; the left margin is
  /// not among them.
  private func commonStarts() -> [Double] {
    let margin = lines.map(\.box.minX).min() ?? 0
    var starts: [(x: Double, size: Double)] = []
    for line in lines {
      if line.box.minX > margin + Self.minimumWidth * line.size {
        starts.append((line.box.minX, line.size))
      }
      for (before, word) in zip(line.words, line.words.dropFirst())
      where word.box.minX - before.box.maxX >= Self.gutter * word.size
        && word.box.minX > margin + Self.minimumWidth * line.size
      {
        starts.append((word.box.minX, line.size))
      }
    }
    guard starts.count >= Self.minimumLines else { return [] }
    starts.sort { $0.x < $1.x }
    var common: [Double] = []
    var first = 0
    for index in starts.indices {
      let isLast = index + 1 == starts.count
      guard isLast || starts[index + 1].x - starts[first].x > Self.sameStart * starts[first].size
      else { continue }
      if index + 1 - first >= Self.minimumLines { common.append(starts[first].x) }
      first = index + 1
    }
    return common
  }

  /// Runs of lines, long enough for columns, that no word and no rule crosses in front of a place.
  private func runs(before start: Double) -> [Range<Int>] {
    var runs: [Range<Int>] = []
    var first = 0
    func end(_ last: Int) {
      if last - first >= Self.minimumLines { runs.append(first..<last) }
    }
    var bottom = -Double.infinity
    for (index, line) in lines.enumerated() {
      if rules.contains(where: {
        $0.position > bottom && $0.position < line.baseline && $0.extent.contains(start)
          && $0.extent.contains(start - Self.gutter * line.size)
      }) {
        end(index)
        first = index
      }
      let white = Interval(start - Self.gutter * line.size, start - 0.05 * line.size)
      if line.words.contains(where: { $0.box.xInterval.overlap(white) > 0 }) {
        end(index)
        first = index + 1
      }
      bottom = line.baseline
    }
    end(lines.count)
    return runs
  }

  /// Whether the columns at both sides of a place are running text for the better part.
  private func areColumns(_ run: Range<Int>, at start: Double) -> Bool {
    var left: [Piece] = []
    var right: [Piece] = []
    for line in lines[run] {
      let split = line.words.firstIndex { $0.box.midX >= start } ?? line.words.count
      let gaps = line.words.indices.dropFirst().filter {
        line.words[$0].box.minX - line.words[$0 - 1].box.maxX >= Self.gutter * line.size
      }
      if split > 0 {
        let first = gaps.last { $0 < split } ?? 0
        left.append(Piece(line.words[first..<split], size: line.size))
      }
      if split < line.words.count {
        let end = gaps.first { $0 > split } ?? line.words.count
        right.append(Piece(line.words[split..<end], size: line.size))
      }
    }
    return isRunning(left) && isRunning(right)
  }

  /// What stands in one line beside a gutter, up to the next white of its width.
  private struct Piece {
    var width: Double
    var size: Double

    init(_ words: ArraySlice<Word>, size: Double) {
      width = (words.last?.box.maxX ?? 0) - (words.first?.box.minX ?? 0)
      self.size = size
    }
  }

  private func isRunning(_ side: [Piece]) -> Bool {
    let widest = side.map(\.width).max() ?? 0
    let running = side.filter {
      $0.width >= Self.minimumWidth * $0.size && $0.width >= Self.fullShare * widest
    }
    func width(_ pieces: [Piece]) -> Double { pieces.reduce(0) { $0 + $1.width } }
    return running.count >= Self.minimumLines && width(running) >= Self.runningShare * width(side)
  }
}
