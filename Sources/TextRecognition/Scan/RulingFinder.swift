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
  static let gap = 1.2
  /// Thicker ink is a shadow or a bar, no line.
  ///
  /// Points.
  static let maximumThickness = 5.0
  /// A line ends at another one within this distance.
  ///
  /// Points.
  static let reach = 2.5
  /// Lines this many times thicker than most may be arcs of stamps: their ink must fill their box.
  static let thick = 2.5
  /// The share of its box that the ink of a thick line fills; arcs and wedges fill much less.
  static let filledShare = 0.8
  /// More pieces than this are a picture with texture; the longest are kept.
  static let maximumPieces = 4000

  let picture: ScannedPicture
  /// Pixels a point.
  let scale: Double

  /// A line with the box of its ink.
  struct Line {
    var axis: Ruling.Axis
    var box: PixelBox

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
    let horizontals = solid(pieces(.horizontal, from: Self.sureLength, gap: Self.gap))
    let verticals = solid(pieces(.vertical, from: Self.sureLength, gap: Self.gap))
    var lines = horizontals + verticals
    guard !horizontals.isEmpty, !verticals.isEmpty else { return lines }
    // Strokes of neighbouring letters must not become a line: no gap is closed here.
    let shortHorizontals = pieces(.horizontal, from: Self.shortestLength, gap: 0)
    let shortVerticals = pieces(.vertical, from: Self.shortestLength, gap: 0)
    lines += shortVerticals.filter { meets($0, horizontals) && !isPart($0, of: verticals) }
    lines += shortHorizontals.filter { meets($0, verticals) && !isPart($0, of: horizontals) }
    return lines
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
    let limit = max(3, Self.thick * Double(usual?.thickness ?? 1))
    return lines.filter { Double($0.thickness) <= limit || fill(of: $0) >= Self.filledShare }
  }

  /// The share of a line's box that is ink, its outermost rows left out.
  private func fill(of line: Line) -> Double {
    let profile =
      line.axis == .horizontal
      ? picture.rowProfile(of: line.box) : picture.columnProfile(of: line.box)
    let inner = profile.dropFirst().dropLast()
    guard !inner.isEmpty, line.length > 0 else { return 1 }
    return Double(inner.reduce(0, +)) / Double(inner.count * line.length)
  }

  private func pieces(_ axis: Ruling.Axis, from length: Double, gap: Double) -> [Line] {
    let pixels = max(6, Int((length * scale).rounded()))
    let boxes = picture.lines(
      isVertical: axis == .vertical, minimumLength: pixels,
      gap: max(1, Int((gap * scale).rounded())))
    let lines = boxes.map { Line(axis: axis, box: $0) }.filter {
      Double($0.thickness) <= max(3, Self.maximumThickness * scale) && $0.length >= pixels
        && $0.length >= 4 * $0.thickness
    }
    guard lines.count > Self.maximumPieces else { return lines }
    let limit = lines.map(\.length).sorted(by: >)[Self.maximumPieces - 1]
    return Array(lines.filter { $0.length >= limit }.prefix(Self.maximumPieces))
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
