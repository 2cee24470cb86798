/// Which pages of a document to convert, as people write it: `3`, `2-5`, `7-`, `-4`, `1,3-4`.
public struct PageSelection: Hashable, Sendable {
  private let ranges: [ClosedRange<Int>]

  /// Reads a selection; nil if it is not written as one or a range runs backwards.
  ///
  /// - Parameter text: Numbers from 1 and ranges, separated by commas; a range may lack one end.
  public init?(_ text: String) {
    var ranges: [ClosedRange<Int>] = []
    for part in text.split(separator: ",", omittingEmptySubsequences: false) {
      let ends = part.split(separator: "-", omittingEmptySubsequences: false)
      guard ends.count <= 2, let first = ends.first, let last = ends.last,
        !(first.isEmpty && last.isEmpty),
        let lower = first.isEmpty ? 1 : Self.number(first),
        let upper = last.isEmpty ? Int.max : Self.number(last), lower <= upper
      else { return nil }
      ranges.append(lower...upper)
    }
    self.ranges = ranges
  }

  /// Whether the page with this number, from 1, is wanted.
  public func contains(_ pageNumber: Int) -> Bool {
    ranges.contains { $0.contains(pageNumber) }
  }

  private static func number(_ text: Substring) -> Int? {
    guard text.utf8.allSatisfy({ $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") }),
      let number = Int(text), number > 0
    else { return nil }
    return number
  }
}
