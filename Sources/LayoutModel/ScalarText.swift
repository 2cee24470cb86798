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

  /// The text without its white space.
  package var withoutSpaces: String {
    guard unicodeScalars.contains(where: \.isSpace) else { return self }
    var text = ""
    text.reserveCapacity(utf8.count)
    for scalar in unicodeScalars where !scalar.isSpace { text.unicodeScalars.append(scalar) }
    return text
  }

  /// Takes the last scalar off, also where it is part of a longer character.
  package mutating func removeLastScalar() {
    guard !isEmpty else { return }
    removeSubrange(unicodeScalars.index(before: endIndex)..<endIndex)
  }
}

extension Unicode.Scalar {
  /// Whether it has the property White_Space, without a look into tables.
  fileprivate var isSpace: Bool {
    switch value {
    case 0x09...0x0D, 0x20, 0x85, 0xA0, 0x1680, 0x2000...0x200A, 0x2028, 0x2029, 0x202F, 0x205F,
      0x3000:
      true
    default: false
    }
  }
}
