extension String {
  /// The text of scalars.
  ///
  /// One by one: the generic ways of the standard library look types up by their names at run time,
  /// which takes a process the time of half a small page.
  package init(scalars: [Unicode.Scalar]) {
    self = ""
    for scalar in scalars { unicodeScalars.append(scalar) }
  }

  /// Takes the last scalar off, also where it is part of a longer character.
  package mutating func removeLastScalar() {
    guard !isEmpty else { return }
    removeSubrange(unicodeScalars.index(before: endIndex)..<endIndex)
  }
}
