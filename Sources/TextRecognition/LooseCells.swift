/// Lines outside of drawn cells that stand in rows and columns of a table without lines.
///
///     Region      2023    2024        lines on one row share its height; short ones that stand under
///     North         21       8        each other share a column: what a cell says of its neighbours
///     South         30       l        can be said of them too
///
/// Nothing is decided about tables here. It only tells which readings may be compared.
struct LooseCells {
  /// For lines that have neighbours, the position of their cell in `boxes`.
  private(set) var owners: [Int: Int] = [:]
  /// As wide as the column and as high as the row that a line stands in.
  private(set) var boxes: [PixelBox] = []

  /// Longer lines are prose or labels, in heights of a character.
  private static let maximumLength = 6.0
  /// Lines whose middles are closer than this share of a character's height are on one row or in
  /// one column.
  private static let sameMiddle = 0.6

  /// - Parameters:
  ///   - lines: Positions and boxes of lines outside of cells.
  ///   - characterHeight: In pixels.
  init(lines: [(index: Int, box: PixelBox)], characterHeight: Double) {
    let short = lines.filter { Double($0.box.width) <= Self.maximumLength * characterHeight }
    let reach = Self.sameMiddle * characterHeight
    let rows = Self.groups(short.map { 2 * $0.box.y + $0.box.height }, reach: reach)
    let columns = Self.groups(short.map { 2 * $0.box.x + $0.box.width }, reach: reach)
    let counts = rows.reduce(into: [Int: Int]()) { $0[$1, default: 0] += 1 }
    for (place, line) in short.enumerated() where counts[rows[place], default: 0] > 1 {
      owners[line.index] = boxes.count
      // Only equality counts: a row is told by its number, and so is a column.
      boxes.append(PixelBox(x: columns[place], y: rows[place], width: 1, height: 1))
    }
  }

  /// Numbers the groups of values that lie close together; values are doubled middles.
  private static func groups(_ values: [Int], reach: Double) -> [Int] {
    var result = [Int](repeating: 0, count: values.count)
    var group = 0
    var last: Int?
    for place in values.indices.sorted(by: { (values[$0], $0) < (values[$1], $1) }) {
      if let last, Double(values[place] - last) > 2 * reach { group += 1 }
      result[place] = group
      last = values[place]
    }
    return result
  }
}
