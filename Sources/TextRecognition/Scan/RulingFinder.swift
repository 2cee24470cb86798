import LayoutModel
import PageGeometry

/// Drawn lines from the ink of a picture.
///
///     ink       ██ ████ 文 ████        runs longer than any stroke of a letter are lines;
///     lines     ──────── ─────        shorter ones only where both ends meet lines of the other axis
///
/// Long lines are sure by themselves. A line between two cells of one row may be no longer than a
/// letter is high, but it runs from line to line, which strokes of letters do not.
struct RulingFinder {
  /// Longer than strokes of body type and of headings up to 22 points.
  ///
  /// Points.
  static let sureLength = 24.0
  /// The shortest line between two lines: a row of the smallest legible type.
  ///
  /// Points.
  static let shortestLength = 7.0
  /// Breaks of faint lines up to this are closed.
  ///
  /// Points.
  static let gap = 0.6
  /// Thicker ink is a shadow or a bar, no line.
  ///
  /// Points.
  static let maximumThickness = 5.0
  /// A line ends at another one within this distance.
  ///
  /// Points.
  static let reach = 2.0
  /// Lines this many times thicker than most may be arcs of stamps: their ink must fill their box.
  static let thick = 1.6
  /// Longer lines are no arcs, and their box may be empty in part because they are not quite straight.
  ///
  /// Points.
  static let arcLength = 90.0
  /// A row of a thick piece belongs to a line where this share of it is ink.
  static let lineShare = 0.7
  /// The share of its box that the ink of a thick line fills; arcs and wedges fill much less.
  static let filledShare = 0.8
  /// More pieces than this are a picture with texture; the longest are kept.
  static let maximumPieces = 4000

  /// Pieces on both sides of a break under a stamp are one line where their places differ by less.
  ///
  /// Points.
  static let sameLine = 0.7
  /// Breaks under stamps up to this are closed: no part of a seal is wider that is not its star.
  ///
  /// Points.
  static let widestBreak = 24.0
  /// The share of a break under a stamp that must still have ink.
  static let bridgeShare = 0.3

  /// How far the end of a crumbled line may be from where it seems to be: as far as most of its gaps
  /// are wide.
  ///
  /// Points.
  static let uncertainty = 8.0

  let picture: ScannedPicture
  /// Pixels a point.
  let scale: Double
  /// Where stamps were taken out by their colour, which weakens the lines under them.
  var stamps: [PixelBox] = []

  /// A line with the box of its ink.
  struct Line {
    var axis: Ruling.Axis
    var box: PixelBox
    /// Whether copying has left crumbs of it only.
    var isCrumbled = false

    var length: Int { axis == .horizontal ? box.width : box.height }
    var thickness: Int { axis == .horizontal ? box.height : box.width }
    var position: Double {
      axis == .horizontal
        ? Double(box.y) + Double(box.height) / 2 : Double(box.x) + Double(box.width) / 2
    }
    var start: Int { axis == .horizontal ? box.x : box.y }
    var end: Int { axis == .horizontal ? box.maxX : box.maxY }
  }

  /// The lines of the picture, sure ones first.
  func lines() -> [Line] {
    var horizontals = bridged(solid(pieces(.horizontal, from: Self.sureLength, gap: Self.gap)))
    var verticals = bridged(solid(pieces(.vertical, from: Self.sureLength, gap: Self.gap)))
    let crumbledHorizontals = crumbled(.horizontal, besides: horizontals)
    let crumbledVerticals = crumbled(.vertical, besides: verticals)
    (horizontals, verticals) = (
      horizontals + ended(crumbledHorizontals, at: verticals + crumbledVerticals),
      verticals + ended(crumbledVerticals, at: horizontals + crumbledHorizontals)
    )
    var lines = horizontals + verticals
    guard !horizontals.isEmpty, !verticals.isEmpty else { return lines }
    // Strokes of neighbouring letters must not become a line: no gap is closed here.
    let shortHorizontals = pieces(.horizontal, from: Self.shortestLength, gap: 0)
    let shortVerticals = pieces(.vertical, from: Self.shortestLength, gap: 0)
    lines += shortVerticals.filter { meets($0, horizontals) && !isPart($0, of: verticals) }
    lines += shortHorizontals.filter { meets($0, verticals) && !isPart($0, of: horizontals) }
    return withoutStrays(lines)
  }

  /// Lines of which copying has left crumbs, but for those that are known; none where no long one is
  /// among them, since strokes of letters may look like a short one.
  private func crumbled(_ axis: Ruling.Axis, besides known: [Line]) -> [Line] {
    let lines = picture.crumbledLines(isVertical: axis == .vertical).map {
      Line(axis: axis, box: $0, isCrumbled: true)
    }.filter { line in
      let covered = known.filter { abs($0.position - line.position) <= Self.reach * scale }
        .reduce(0) { $0 + max(0, min($1.end, line.end) - max($1.start, line.start)) }
      return 2 * covered < line.length
    }.sorted { ($0.length, $1.start) > ($1.length, $0.start) }
    guard let longest = lines.first, Double(longest.length) >= Self.arcLength * scale else {
      return []
    }
    return Array(lines.prefix(Self.maximumPieces))
  }

  /// Crumbled lines with their ends on the lines that are near; short ones that end in the open are none.
  private func ended(_ lines: [Line], at others: [Line]) -> [Line] {
    let reach = Self.uncertainty * scale
    func open(_ place: Int, of line: Line) -> Int? {
      Double(line.length) >= Self.arcLength * scale ? place : nil
    }
    func end(_ place: Int, of line: Line) -> Int? {
      let near = others.filter { other in
        abs(other.position - Double(place)) <= reach
          && Double(other.start) - reach <= line.position
          && Double(other.end) + reach >= line.position
      }
      return near.map { Int($0.position) }.min { abs($0 - place) < abs($1 - place) }
    }
    return lines.compactMap { line in
      var result = line
      let (start, stop) = (end(line.start, of: line), end(line.end, of: line))
      guard let start = start ?? open(line.start, of: line),
        let stop = stop ?? open(line.end, of: line), stop > start
      else { return nil }
      if line.axis == .horizontal {
        (result.box.x, result.box.width) = (start, stop - start)
      } else {
        (result.box.y, result.box.height) = (start, stop - start)
      }
      return result
    }
  }

  /// The lines without short ones that touch others but end in the open, as arcs of stamps do.
  ///
  /// Lines that touch none may be rules of a table without sides.
  private func withoutStrays(_ lines: [Line]) -> [Line] {
    var lines = lines
    while true {
      let horizontals = lines.filter { $0.axis == .horizontal }
      let verticals = lines.filter { $0.axis == .vertical }
      let kept = lines.filter { line in
        let others = line.axis == .horizontal ? verticals : horizontals
        return Double(line.length) > Self.arcLength * scale || meets(line, others)
          || !touches(line, others)
      }
      guard kept.count < lines.count else { return lines }
      lines = kept
    }
  }

  /// The lines of one axis with pieces joined that a stamp has parted, where a trace of the line is
  /// left between them.
  private func bridged(_ lines: [Line]) -> [Line] {
    guard !stamps.isEmpty else { return lines }
    var result: [Line] = []
    for line in lines.sorted(by: { ($0.start, $0.position) < ($1.start, $1.position) }) {
      if let place = result.lastIndex(where: { isParted($0, line) }) {
        result[place].box = result[place].box.union(line.box)
      } else {
        result.append(line)
      }
    }
    return result
  }

  /// Whether one line goes on as another behind a break under a stamp.
  private func isParted(_ line: Line, _ next: Line) -> Bool {
    let gap = next.start - line.end
    guard gap > 0, Double(gap) <= Self.widestBreak * scale,
      abs(line.position - next.position) <= max(1.5, Self.sameLine * scale)
    else { return false }
    var between = line.box.union(next.box)
    if line.axis == .horizontal {
      (between.x, between.width) = (line.end, gap)
    } else {
      (between.y, between.height) = (line.end, gap)
    }
    guard
      stamps.contains(where: {
        $0.x <= between.x && $0.maxX >= between.maxX && $0.y <= between.y
          && $0.maxY >= between.maxY
      })
    else { return false }
    let profile =
      line.axis == .horizontal
      ? picture.columnProfile(of: between) : picture.rowProfile(of: between)
    return Double(profile.count { $0 > 0 }) >= Self.bridgeShare * Double(gap)
  }

  /// Whether a line of the other axis crosses a line or ends at it.
  private func touches(_ line: Line, _ others: [Line]) -> Bool {
    let reach = Int((Self.reach * scale).rounded(.up))
    return others.contains { other in
      Int(other.position) >= line.start - reach && Int(other.position) <= line.end + reach
        && other.start - reach <= Int(line.position) && other.end + reach >= Int(line.position)
    }
  }

  /// The lines as values of the page, in points.
  func rulings(of lines: [Line]) -> [Ruling] {
    lines.map { line in
      Ruling(
        axis: line.axis, position: line.position / scale,
        extent: Interval(Double(line.start) / scale, Double(line.end) / scale),
        thickness: Double(line.thickness) / scale)
    }
  }

  /// The lines without the thick ones that are no straight bars.
  private func solid(_ lines: [Line]) -> [Line] {
    let total = lines.reduce(0) { $0 + $1.length }
    var covered = 0
    // Most of the length has this thickness or less.
    let usual = lines.sorted { $0.thickness < $1.thickness }.first {
      covered += $0.length
      return 2 * covered >= total
    }
    let limit = Self.thick * Double(usual?.thickness ?? 1) + 1
    return lines.filter {
      Double($0.thickness) <= limit || Double($0.length) > Self.arcLength * scale
        || fill(of: $0) >= Self.filledShare
    }
  }

  /// The lines in a piece that is thicker than a line: a line with a stamp over it, or a double one.
  private func lines(in piece: Line) -> [Line] {
    let profile = profile(of: piece)
    let needed = Int(Self.lineShare * Double(piece.length))
    var result: [Line] = []
    var start: Int?
    for (index, count) in (profile + [0]).enumerated() {
      if count >= max(1, needed) {
        start = start ?? index
      } else if let first = start {
        var box = piece.box
        if piece.axis == .horizontal {
          box.y += first
          box.height = index - first
        } else {
          box.x += first
          box.width = index - first
        }
        result.append(Line(axis: piece.axis, box: box))
        start = nil
      }
    }
    return result
  }

  /// How much ink each row (column, for vertical ones) of a line's box has.
  private func profile(of line: Line) -> [Int] {
    line.axis == .horizontal
      ? picture.rowProfile(of: line.box) : picture.columnProfile(of: line.box)
  }

  /// The share of a line's box that is ink, its outermost rows left out.
  private func fill(of line: Line) -> Double {
    let inner = profile(of: line).dropFirst().dropLast()
    guard !inner.isEmpty, line.length > 0 else { return 1 }
    return Double(inner.reduce(0, +)) / Double(inner.count * line.length)
  }

  private func pieces(_ axis: Ruling.Axis, from length: Double, gap: Double) -> [Line] {
    let pixels = max(6, Int((length * scale).rounded()))
    let boxes = picture.lines(
      isVertical: axis == .vertical, minimumLength: pixels,
      gap: max(1, Int((gap * scale).rounded())))
    let limit = max(3, Self.maximumThickness * scale)
    var found: [Line] = []
    for box in boxes {
      let piece = Line(axis: axis, box: box)
      found += Double(piece.thickness) <= limit ? [piece] : lines(in: piece)
    }
    let lines = found.filter { line in
      Double(line.thickness) <= limit && line.length >= pixels && line.length >= 4 * line.thickness
    }
    guard lines.count > Self.maximumPieces else { return lines }
    let shortest = lines.map(\.length).sorted(by: >)[Self.maximumPieces - 1]
    return Array(lines.filter { $0.length >= shortest }.prefix(Self.maximumPieces))
  }

  /// Whether both ends of a line stand on lines of the other axis.
  private func meets(_ line: Line, _ others: [Line]) -> Bool {
    let reach = Int((Self.reach * scale).rounded(.up))
    func isLine(at end: Int) -> Bool {
      others.contains { other in
        abs(other.position - Double(end)) <= Double(reach)
          && other.start - reach <= Int(line.position) && other.end + reach >= Int(line.position)
      }
    }
    return isLine(at: line.start) && isLine(at: line.end)
  }

  /// Whether a line is a part of one that is known.
  private func isPart(_ line: Line, of others: [Line]) -> Bool {
    others.contains { other in
      abs(other.position - line.position) <= 2 * scale && other.start <= line.start + 2
        && other.end >= line.end - 2
    }
  }
}
