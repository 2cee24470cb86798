/// Groups coordinates that mean the same line.
///
/// Tolerant comparison is not transitive and must never be used for sorting. Coordinates are
/// sorted exactly first and then cut into groups wherever the step to the next one is larger than
/// the tolerance.
public enum Closeness {
  /// Cuts sorted values into groups whose neighbouring members differ by at most `tolerance`.
  ///
  /// - Parameters:
  ///   - sorted: Values in ascending order.
  ///   - tolerance: The largest step inside a group.
  /// - Returns: Half-open index ranges into `sorted`, in order, covering all of it.
  public static func clusters(of sorted: [Double], tolerance: Double) -> [Range<Int>] {
    var ranges: [Range<Int>] = []
    var start = 0
    for index in sorted.indices {
      let isLast = index + 1 == sorted.count
      guard isLast || sorted[index + 1] - sorted[index] > tolerance else { continue }
      ranges.append(start..<index + 1)
      start = index + 1
    }
    return ranges
  }

  /// The mean of each group of `clusters(of:tolerance:)` over values in any order.
  ///
  /// - Parameters:
  ///   - values: Coordinates in any order.
  ///   - tolerance: The largest step inside a group.
  /// - Returns: One coordinate for each group, ascending.
  public static func centers(of values: [Double], tolerance: Double) -> [Double] {
    let sorted = values.sorted()
    return clusters(of: sorted, tolerance: tolerance).map { range in
      sorted[range].reduce(0, +) / Double(range.count)
    }
  }
}
