/// Search for a text in a text by bytes, for texts in which no character is written in two ways.
extension StringProtocol {
  /// The first place of a text that is not empty.
  ///
  /// The standard library's search compares characters by canonical equivalence, which costs
  /// some twenty times as much.
  func place(of part: String) -> Range<Index>? {
    let pattern = Array(part.utf8)
    let bytes = self.utf8
    guard let first = pattern.first else { return nil }
    var start = bytes.startIndex
    while let found = bytes[start...].firstIndex(of: first) {
      if bytes[found...].starts(with: pattern) {
        return found..<bytes.index(found, offsetBy: pattern.count)
      }
      start = bytes.index(after: found)
    }
    return nil
  }

  func holds(_ part: String) -> Bool { place(of: part) != nil }
}
