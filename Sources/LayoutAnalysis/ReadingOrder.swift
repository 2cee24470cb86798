package import PageGeometry

/// The order in which the pieces of a page are read: columns from left to right, each from top to
/// bottom, between the pieces that run across them.
///
///     ┌───────────────┐ 0       A strip of white that keeps free of text over several lines, with
///     ├──────┐ ┌──────┤         text at both sides, is a gutter. Lines above and below that run
///     │ 1    │ │ 2    │         across it end the columns.
///     ├──────┴─┴──────┤ 3
///     └───────────────┘
///
/// The order depends on places only, never on the order in which the page was painted. Recursive
/// cutting follows Nagy, Seth and Viswanathan, "A prototype document image analysis system for
/// technical journals", Computer 25 (1992), 10–22; unlike there, strips are grouped by the gutters
/// that they share before they are cut.
package enum ReadingOrder {
  /// A gutter is at least this wide, in ems of the smallest type beside it: a heading in large type
  /// does not close the gutter of its columns.
  static let minimumGutter = 0.7
  /// Both sides of a gutter hold at least this many lines.
  static let minimumLines = 3
  /// Both sides of a gutter are at least this share of the region's width: labels and page numbers
  /// of a table of contents are no columns.
  static let minimumShare = 0.18

  /// One column starts at most this many lines above the other, less one.
  static let maximumLead = 4

  /// A piece of a page to be put in order.
  package struct Piece {
    package var box: Rect
    /// Its type size in points; of a table, that of its text.
    package var size: Double
    /// How many lines of text it stands for.
    package var lineCount: Int

    package init(box: Rect, size: Double, lineCount: Int) {
      self.box = box
      self.size = size
      self.lineCount = lineCount
    }
  }

  /// Pieces that are read one after the other in one column.
  package struct Region {
    /// Positions in the pieces that were given.
    package var indices: [Int]
    /// The width of the column; of a piece that runs across columns, the width of the text area.
    package var x: Interval
    /// Whether it is one of several columns.
    package var isColumn: Bool
  }

  /// - Parameters:
  ///   - pieces: Lines and tables of a page, in any order.
  ///   - area: The width that text can use on this page.
  /// - Returns: Regions in reading order; every piece is in exactly one.
  package static func regions(of pieces: [Piece], area: Interval) -> [Region] {
    var regions: [Region] = []
    append(Array(pieces.indices), of: pieces, area: area, isColumn: false, to: &regions)
    return regions
  }

  private static func append(
    _ indices: [Int], of pieces: [Piece], area: Interval, isColumn: Bool,
    to regions: inout [Region]
  ) {
    let strips = strips(of: indices, in: pieces)
    // Columns show as strips with pieces beside each other; most pages have none.
    // They may start with a few lines at one side only.
    let mayHaveColumns = strips.count { $0.count > 1 } > 1 || strips.contains { $0.count > 5 }
    func mayStartColumns(_ strip: Int) -> Bool {
      strips[strip..<min(strip + maximumLead, strips.count)].contains { $0.count > 1 }
    }
    var plain: [Int] = []
    var next = 0
    while next < strips.count {
      guard mayHaveColumns, mayStartColumns(next),
        let columns = columns(from: next, of: strips, in: pieces, area: area)
      else {
        plain += strips[next]
        next += 1
        continue
      }
      flush(&plain, area: area, isColumn: isColumn, to: &regions)
      let left = Interval(area.lower, columns.gutter.lower)
      let right = Interval(columns.gutter.upper, area.upper)
      append(columns.left, of: pieces, area: left, isColumn: true, to: &regions)
      append(columns.right, of: pieces, area: right, isColumn: true, to: &regions)
      next = columns.end
    }
    flush(&plain, area: area, isColumn: isColumn, to: &regions)
  }

  private static func flush(
    _ indices: inout [Int], area: Interval, isColumn: Bool, to regions: inout [Region]
  ) {
    guard !indices.isEmpty else { return }
    regions.append(Region(indices: indices, x: area, isColumn: isColumn))
    indices = []
  }

  /// Groups pieces that share some height, from top to bottom; each strip from left to right.
  private static func strips(of indices: [Int], in pieces: [Piece]) -> [[Int]] {
    let sorted = indices.sorted {
      let (a, b) = (pieces[$0].box, pieces[$1].box)
      return (a.minY, a.minX, a.maxX) < (b.minY, b.minX, b.maxX)
    }
    var strips: [[Int]] = []
    var bottom = -Double.infinity
    for index in sorted {
      let piece = pieces[index]
      // Em boxes of tight lines overlap by a little.
      if piece.box.minY < bottom - 0.3 * min(piece.size, piece.box.height) {
        strips[strips.count - 1].append(index)
      } else {
        strips.append([index])
      }
      bottom = max(bottom, piece.box.maxY)
    }
    return strips.map { strip in inRows(strip, in: pieces) }
  }

  /// Orders the pieces of a strip by rows, then from left to right.
  private static func inRows(_ strip: [Int], in pieces: [Piece]) -> [Int] {
    guard strip.count > 1 else { return strip }
    var rows: [[Int]] = []
    for index in strip {
      let box = pieces[index].box
      if let first = rows.last?.first, box.midY < pieces[first].box.maxY {
        rows[rows.count - 1].append(index)
      } else {
        rows.append([index])
      }
    }
    return rows.flatMap { row in
      row.sorted { (pieces[$0].box.minX, $0) < (pieces[$1].box.minX, $1) }
    }
  }

  private struct Columns {
    var gutter: Interval
    var left: [Int]
    var right: [Int]
    /// The strip after the last one in columns.
    var end: Int
  }

  /// A gutter on its way down the page.
  private struct Gutter {
    var x: Interval
    /// The type size of the smallest piece beside it.
    var size: Double
  }

  /// The longest run of strips from `start` that share a gutter, if they are columns.
  ///
  /// A gutter lives until a piece covers it; it is judged once, when it ends.
  private static func columns(
    from start: Int, of strips: [[Int]], in pieces: [Piece], area: Interval
  ) -> Columns? {
    var gutters = [Gutter(x: area, size: .infinity)]
    var best: Columns?
    var end = start
    while end < strips.count, !gutters.isEmpty {
      var surviving: [Gutter] = []
      for gutter in gutters {
        let rest = parts(of: gutter, after: strips[end], in: pieces)
        if rest.isEmpty,
          let columns = split(start..<end, at: gutter.x, of: strips, in: pieces, area: area)
        {
          best = columns
        }
        surviving += rest
      }
      gutters = surviving
      end += 1
    }
    for gutter in gutters {
      if let columns = split(start..<end, at: gutter.x, of: strips, in: pieces, area: area) {
        best = columns
        break
      }
    }
    return best.map { trimmed($0, strips: strips, start: start, in: pieces) }
  }

  /// What the pieces of a strip leave of a gutter, in parts that are wide enough.
  private static func parts(of gutter: Gutter, after strip: [Int], in pieces: [Piece]) -> [Gutter] {
    var size = gutter.size
    var rest = [gutter.x]
    for index in strip {
      size = min(size, pieces[index].size)
      let covered = pieces[index].box.xInterval
      guard rest.contains(where: { $0.overlap(covered) > 0 }) else { continue }
      rest = rest.flatMap { interval -> [Interval] in
        guard interval.overlap(covered) > 0 else { return [interval] }
        var kept: [Interval] = []
        if covered.lower > interval.lower {
          kept.append(Interval(interval.lower, covered.lower))
        }
        if covered.upper < interval.upper {
          kept.append(Interval(covered.upper, interval.upper))
        }
        return kept
      }
    }
    return rest.filter { $0.length >= minimumGutter * size }.map { Gutter(x: $0, size: size) }
  }

  private static func split(
    _ run: Range<Int>, at gutter: Interval, of strips: [[Int]], in pieces: [Piece], area: Interval
  ) -> Columns? {
    let members = strips[run].joined()
    let left = members.filter { pieces[$0].box.midX < gutter.middle }
    let right = members.filter { pieces[$0].box.midX >= gutter.middle }
    func lines(_ side: [Int]) -> Int { side.reduce(0) { $0 + pieces[$1].lineCount } }
    guard lines(left) >= minimumLines, lines(right) >= minimumLines else { return nil }
    // The width that half of the text is set in: pieces of formulas don't make a column narrow.
    func width(_ side: [Int]) -> Double {
      let widths = side.map { pieces[$0].box.width }.sorted()
      var rest = widths.reduce(0, +) / 2
      return widths.first { width in
        rest -= width
        return rest <= 0
      } ?? 0
    }
    let share = minimumShare * area.length
    guard width(left) >= share, width(right) >= share else { return nil }
    return Columns(gutter: gutter, left: left, right: right, end: run.upperBound)
  }

  /// Gives strips at the end that have text on the left only, after a gap, back to what follows:
  /// a heading of the next full-width part is no part of the left column.
  private static func trimmed(
    _ columns: Columns, strips: [[Int]], start: Int, in pieces: [Piece]
  ) -> Columns {
    var result = columns
    let right = Set(columns.right)
    while result.end - 1 > start {
      let last = strips[result.end - 1]
      guard last.allSatisfy({ !right.contains($0) }) else { break }
      let top = last.map { pieces[$0].box.minY }.min() ?? 0
      let above = strips[start..<result.end - 1].joined().map { pieces[$0].box.maxY }.max() ?? top
      let size = pieces[last[0]].size
      guard top - above > 0.9 * size else { break }
      result.end -= 1
      result.left.removeAll { last.contains($0) }
    }
    return result
  }
}
