/// Finds isolated dots: dirt and toner on paper, thousands of them on a bad copy.
///
///     ·      report      a dot that is far smaller than a part of a character is a mark only beside
///         ·        .     one, or among others: decimal points, dots of i and leaders stay, and so does
///       ·    ..........  print that has crumbled
///
/// Each dot would be a line of text to read. It runs between ink and lines of text, on boxes alone.
struct SpeckFinder {
  /// Marks stand at most this many characters' heights from a character.
  static let reach = TextLineFinder.speckReach
  /// So many other dots within reach are crumbled print.
  static let crumbs = 3
  /// Dots of a leader stand at most this many characters' heights apart, and their feet differ by less
  /// than the other.
  static let leaderGap = 1.2
  static let leaderSlope = 0.1

  private let boxes: [PixelBox]
  private let height: Double
  /// Positions of boxes that may be text by the squares that they touch, which are as large as the
  /// reach.
  private var squares: [Square: [Int]] = [:]

  private struct Square: Hashable {
    var row: Int
    var column: Int
  }

  /// - Parameters:
  ///   - pieces: Boxes of connected ink.
  ///   - characterHeight: Of the page, in pixels.
  init(pieces: [PixelBox], characterHeight: Double) {
    boxes = pieces
    height = characterHeight
    let largest = TextLineFinder.maximumHeight * characterHeight
    for (index, box) in pieces.enumerated() where Double(box.height) <= largest {
      for square in squares(of: box) { squares[square, default: []].append(index) }
    }
  }

  /// The boxes of isolated dots, in the order in which they came.
  func specks() -> [PixelBox] {
    boxes.indices.filter { isSmall($0) && !isMark($0) }.map { boxes[$0] }
  }

  private func isSmall(_ index: Int) -> Bool {
    Double(max(boxes[index].width, boxes[index].height)) < TextLineFinder.part * height
  }

  /// Whether a dot belongs to a character, to crumbled print or to a leader.
  private func isMark(_ index: Int) -> Bool {
    let box = boxes[index]
    let reach = Int(Self.reach * height)
    // Its last dot has both neighbours on one side.
    let row = Int(2 * Self.leaderGap * height)
    let slope = Int(Self.leaderSlope * height)
    var near: Set<Int> = []
    var beside: Set<Int> = []
    var wide = box
    wide.x -= row
    wide.width += 2 * row
    for square in squares(of: box.expanded(by: reach)) + squares(of: wide) {
      for other in squares[square] ?? [] where other != index {
        if boxes[other].overlaps(box.expanded(by: reach)) {
          guard isSmall(other) else { return true }
          near.insert(other)
        }
        if abs(boxes[other].maxY - box.maxY) <= slope, boxes[other].overlaps(wide) {
          beside.insert(other)
        }
      }
    }
    return near.count >= Self.crumbs || beside.count >= 2
  }

  private func squares(of box: PixelBox) -> [Square] {
    let size = max(1, Int(Self.reach * height))
    func places(_ lower: Int, _ upper: Int) -> ClosedRange<Int> {
      let first = Int((Double(lower) / Double(size)).rounded(.down))
      return first...max(first, Int((Double(upper) / Double(size)).rounded(.down)))
    }
    return places(box.y, box.maxY).flatMap { row in
      places(box.x, box.maxX).map { Square(row: row, column: $0) }
    }
  }
}
