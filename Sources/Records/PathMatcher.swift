/// Assigns the header paths of a table to the paths that a description names.
///
///     本年度办理结果 / 不予公开 / 属于国家秘密     ◀─▶  三、… › （三）不予公开 › 1. 属于国家秘密
///     本年度办理结果 / 总计                       ◀─▶  三、… › （七）总计
///
/// The last headers of both must be alike; those before them tell apart what has the same name. Paths
/// are assigned in the order in which both stand, so that a row whose name occurs several times, or is
/// misprinted, is told by its neighbours; then what is left out of order but sure, and what is left
/// alone between two neighbours.
struct PathMatcher {
  /// Last headers less alike than this name different things, unless neighbours say otherwise.
  static let leaf: Float = 0.5
  /// With their neighbours around them, this is enough.
  static let leafBetweenNeighbours: Float = 0.25
  /// Out of order, a path must be this sure.
  static let sure: Float = 0.85
  /// What headers above say where the table has none.
  private static let unknownAbove: Float = 0.6
  /// What each header above costs that the description does not name.
  private static let unexplained: Float = 0.01
  /// The share of the headers above in the score.
  private static let shareAbove: Float = 0.3

  /// By position in `Table.cells`.
  let likenesses: [[Float]?]
  /// By label: whether it is a word that many tables have, such as 小计, and names nothing alone.
  let needsAbove: [Bool]

  struct Match {
    var line: Int
    var expected: Int
    var score: Float
    /// How alike the last headers are.
    var leaf: Float
  }

  /// - Parameters:
  ///   - lines: Paths of a table, in its order.
  ///   - expected: Paths of a description, in numbers of a `LabelBook`, in its order.
  /// - Returns: At most one match for each line and each expected path.
  /// - Complexity: O(lines × expected).
  func matches(of lines: [[Int]], to expected: [[Int]]) -> [Match] {
    guard !lines.isEmpty, !expected.isEmpty else { return [] }
    let leaves = lines.map { line in expected.map { leaf(of: line, to: $0) } }
    let scores = lines.indices.map { line in
      expected.indices.map { score(of: lines[line], to: expected[$0], leaf: leaves[line][$0]) }
    }
    var found = inOrder(scores, leaves)
    var freeLines = Set(lines.indices).subtracting(found.map(\.line))
    var freePaths = Set(expected.indices).subtracting(found.map(\.expected))
    for line in lines.indices where freeLines.contains(line) {
      let best = freePaths.max { (scores[line][$0], $1) < (scores[line][$1], $0) }
      guard let best, scores[line][best] >= Self.sure else { continue }
      found.append(
        Match(line: line, expected: best, score: scores[line][best], leaf: leaves[line][best]))
      freeLines.remove(line)
      freePaths.remove(best)
    }
    found.sort { $0.line < $1.line }
    return found + between(found, leaves, lineCount: lines.count, pathCount: expected.count)
  }

  /// How alike the last headers are.
  private func leaf(of line: [Int], to expected: [Int]) -> Float {
    guard let last = line.last, let label = expected.last, let likeness = likenesses[last] else {
      return 0
    }
    return likeness[label]
  }

  private func score(of line: [Int], to expected: [Int], leaf: Float) -> Float {
    guard leaf >= Self.leaf else { return 0 }
    let above = expected.dropLast()
    guard !above.isEmpty else { return leaf }
    guard line.count > 1 else {
      return leaf * (1 - Self.shareAbove + Self.shareAbove * Self.unknownAbove)
    }
    var sum: Float = 0
    for label in above {
      sum += line.dropLast().reduce(Float(0)) { max($0, likenesses[$1]?[label] ?? 0) }
    }
    if sum < Self.leaf, let last = expected.last, needsAbove[last] { return 0 }
    // Of two paths that fit, the one that leaves fewer headers unexplained is meant; the lower a
    // header stands, the more it says.
    var unexplained: Float = 0
    for (level, header) in line.dropLast().enumerated() {
      let likeness = above.reduce(Float(0)) { max($0, likenesses[header]?[$1] ?? 0) }
      unexplained += (1 - likeness) * Float(level + 1) / Float(line.count)
    }
    let fit = leaf * (1 - Self.shareAbove + Self.shareAbove * sum / Float(above.count))
    return fit - Self.unexplained * min(unexplained, 4)
  }

  /// The matches in the order of both sides whose scores have the greatest sum.
  private func inOrder(_ scores: [[Float]], _ leaves: [[Float]]) -> [Match] {
    let lineCount = scores.count
    let pathCount = scores[0].count
    var best = [[Float]](
      repeating: [Float](repeating: 0, count: pathCount + 1), count: lineCount + 1)
    for line in (0..<lineCount).reversed() {
      for path in (0..<pathCount).reversed() {
        var sum = max(best[line + 1][path], best[line][path + 1])
        let score = scores[line][path]
        if score > 0 { sum = max(sum, score + best[line + 1][path + 1]) }
        best[line][path] = sum
      }
    }
    var found: [Match] = []
    var line = 0
    var path = 0
    while line < lineCount, path < pathCount {
      let score = scores[line][path]
      if score > 0, best[line][path] == score + best[line + 1][path + 1] {
        found.append(
          Match(line: line, expected: path, score: score, leaf: leaves[line][path]))
        line += 1
        path += 1
      } else if best[line][path] == best[line + 1][path] {
        line += 1
      } else {
        path += 1
      }
    }
    return found
  }

  /// Lines that are alone between two matches where one path is alone between them.
  private func between(
    _ found: [Match], _ leaves: [[Float]], lineCount: Int, pathCount: Int
  ) -> [Match] {
    guard zip(found, found.dropFirst()).allSatisfy({ $0.expected < $1.expected }) else { return [] }
    let start = [(-1, -1)] + found.map { ($0.line, $0.expected) }
    let end = found.map { ($0.line, $0.expected) } + [(lineCount, pathCount)]
    return zip(start, end).compactMap { before, after in
      guard after.0 - before.0 == 2, after.1 - before.1 == 2 else { return nil }
      let line = before.0 + 1
      let expected = before.1 + 1
      let leaf = leaves[line][expected]
      guard leaf >= Self.leafBetweenNeighbours else { return nil }
      return Match(line: line, expected: expected, score: leaf, leaf: leaf)
    }
  }
}
