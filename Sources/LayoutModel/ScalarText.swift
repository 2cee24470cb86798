extension String {
  /// The text of scalars.
  ///
  /// One by one: the generic ways of the standard library look types up by their names at run time,
  /// which takes a process the time of half a small page.
  package init(scalars: [Unicode.Scalar]) {
    self = ""
    for scalar in scalars { unicodeScalars.append(scalar) }
  }

  /// Whether there are at most `limit` scalars.
  package func hasAtMost(_ limit: Int) -> Bool {
    // A scalar has one to four bytes, so most texts are told by their length.
    if utf8.count <= limit { return true }
    guard utf8.count <= 4 * limit else { return false }
    var text = self
    return text.withUTF8 { bytes in
      var count = 0
      // A byte that does not continue a scalar starts one.
      for byte in bytes { count &+= byte & 0xC0 == 0x80 ? 0 : 1 }
      return count
    } <= limit
  }

  /// Takes the last scalar off, also where it is part of a longer character.
  package mutating func removeLastScalar() {
    guard !isEmpty else { return }
    removeSubrange(unicodeScalars.index(before: endIndex)..<endIndex)
  }
}
