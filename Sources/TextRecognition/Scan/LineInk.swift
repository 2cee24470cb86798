import PageGeometry

/// The ink of one line of text: what the characters of a reading are laid on.
///
///     ink       ████ ██ █ ███     ██ █        an engine says about where the middle of each
///     middles     ↑      ↑  ↑      ↑  ↑       character is; the white between two middles says
///     places    ├───┤├───┤├──┤   ├──┤├┤       where one ends and the next begins
///
/// An engine tells places within half a character, which hides gaps between columns of a table and
/// the size of the type. Ink tells both within a pixel.
struct LineInk: Hashable, Sendable {
  /// Pixels of ink in each column.
  let columns: [Int]
  /// The mean width of upright strokes, in pixels; 0 without ink.
  let strokeWidth: Double

  /// White narrower than this says no more by being wider, in ems.
  private static let tellingWhite = 0.3
  /// No figure has as much white in it from left to right, in ems.
  private static let partingWhite = 0.12
  /// Longer runs of ink are strokes along the row, as a share of the line's height.
  private static let longestRun = 0.3

  /// - Parameters:
  ///   - ink: 0 for ink, row by row.
  ///   - width: Of a row, in pixels.
  init(ink: [UInt8], width: Int) {
    var columns = [Int](repeating: 0, count: max(0, width))
    let height = width > 0 ? ink.count / width : 0
    let limit = max(3, Int(Self.longestRun * Double(height)))
    var runs = 0
    var total = 0
    for row in 0..<height {
      var length = 0
      for column in 0...width {
        if column < width, ink[row * width + column] == 0 {
          columns[column] += 1
          length += 1
        } else if length > 0 {
          if length <= limit {
            runs += 1
            total += length
          }
          length = 0
        }
      }
    }
    self.columns = columns
    strokeWidth = runs > 0 ? Double(total) / Double(runs) : 0
  }

  /// Where the ink of each character is.
  ///
  /// - Parameters:
  ///   - middles: Of the characters, from left to right, in pixels.
  ///   - halves: How far each reaches from its middle if it is as wide as its kind, in pixels.
  ///   - em: The size of the type, in pixels.
  /// - Returns: For each character the columns from its first to behind its last ink; nil where there
  ///   is none for it.
  /// - Complexity: O(columns × characters) at worst; O(columns) for middles that are apart.
  func extents(middles: [Double], halves: [Double], em: Double) -> [Interval?] {
    guard !middles.isEmpty else { return [] }
    var cuts = [0]
    for index in middles.indices.dropLast() {
      let cut = cut(
        between: middles[index], and: middles[index + 1],
        Interval(
          min(middles[index] + halves[index], middles[index + 1] - halves[index + 1]),
          max(middles[index] + halves[index], middles[index + 1] - halves[index + 1])), em: em)
      cuts.append(max(cut, cuts[index]))
    }
    cuts.append(columns.count)
    return zip(cuts, cuts.dropFirst()).map { lower, upper in
      let range = lower..<max(lower, upper)
      guard let first = range.first(where: { columns[$0] > 0 }),
        let last = range.last(where: { columns[$0] > 0 })
      else { return nil }
      return Interval(Double(first), Double(last + 1))
    }
  }

  /// The characters of a reading that have more ink to themselves than their kind can have: beside
  /// them something was overlooked.
  ///
  /// - Parameters:
  ///   - characters: Placed along the width of the ink.
  ///   - em: The size of the type, in pixels.
  /// - Returns: Positions in `characters`.
  func overlooked(by characters: [RecognizedCharacter], em: Double) -> [Int] {
    let marks = characters.indices.filter { characters[$0].scalar != " " }
    let found = extents(
      middles: marks.map { characters[$0].extent.middle * Double(columns.count) },
      halves: marks.map { CharacterKind(characters[$0].scalar).half * em }, em: em)
    return zip(marks, found).compactMap { index, extent in
      guard let extent else { return nil }
      let kind = CharacterKind(characters[index].scalar)
      let isParted = kind == .figure && white(in: extent) > Self.partingWhite * em
      return extent.length > kind.widest * em || isParted ? index : nil
    }
  }

  /// The widest white between the first and the last ink of an extent, in pixels.
  private func white(in extent: Interval) -> Double {
    var widest = 0
    var length = 0
    for column in columns[Int(extent.lower)..<Int(extent.upper)] {
      length = column > 0 ? 0 : length + 1
      widest = max(widest, length)
    }
    return Double(widest)
  }

  /// The column where the right one of two neighbours begins: in white that is wide and where the
  /// widths of both let it be, or else where the ink is thinnest.
  private func cut(
    between left: Double, and right: Double, _ expected: Interval, em: Double
  ) -> Int {
    let lower = min(max(0, Int(left)), columns.count)
    let upper = min(max(lower, Int(right.rounded(.up))), columns.count)
    func distance(_ from: Int, _ to: Int) -> Double {
      max(0, max(expected.lower - Double(to), Double(from) - expected.upper))
    }
    var best: (score: Double, cut: Int)?
    var start: Int?
    for column in lower...upper {
      if column < upper, columns[column] == 0 {
        start = start ?? column
      } else if let first = start {
        let length = min(Double(column - first), Self.tellingWhite * em)
        let score = length - 2 * distance(first, column)
        if score > best?.score ?? -em { best = (score, (first + column) / 2) }
        start = nil
      }
    }
    if let best { return best.cut }
    let middle = (expected.lower + expected.upper) / 2
    let thinnest = (lower..<upper).min { one, other in
      let costs = [one, other].map { Double(columns[$0]) + 2 * distance($0, $0) }
      return (costs[0], abs(Double(one) - middle)) < (costs[1], abs(Double(other) - middle))
    }
    return thinnest ?? lower
  }
}
