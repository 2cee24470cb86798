/// One document of a batch, and where its results go.
package struct Input: Hashable, Sendable {
  /// The bytes of its path; names of files need not be UTF-8.
  package var path: [UInt8]
  /// Its place below the output folder, without the endings of forms; no two inputs have one.
  ///
  /// It also names the input in the ledger, so that a tree may be read from elsewhere later.
  package var name: String

  /// The path for people.
  package var text: String { String(decoding: path, as: UTF8.self) }
}

/// A part of the inputs: the one with this number of so many, for runs side by side.
package struct Shard: Hashable, Sendable {
  /// From 1.
  package var number: Int
  package var count: Int

  /// Reads `2/8`.
  package init?(_ text: String) {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false).map { Int($0) }
    guard parts.count == 2, let number = parts[0], let count = parts[1],
      (1...100_000).contains(count), (1...count).contains(number)
    else { return nil }
    self.number = number
    self.count = count
  }

  /// Whether an input is of this part; told by its name alone, so that it does not depend on the
  /// other inputs.
  func contains(_ name: String) -> Bool {
    let hash = Fingerprint.sha256(of: Array(name.utf8)).prefix(15)
    return (Int(hash, radix: 16) ?? 0) % count == number - 1
  }
}
