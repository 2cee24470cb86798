package import DocumentModel

/// Recognises the marks that stand for an absent value.
///
/// None of them is 0.
package enum MissingMark {
  /// The kind of mark, or nil if the text is something else.
  package static func kind(of text: String) -> Cell.Missing? {
    // Most texts are numbers and words; marks are short and start with a sign or a letter.
    if let first = text.utf8.first {
      if (0x30...0x39).contains(first) { return nil }
      // Of the words, only those with n, k and x start with a Latin letter.
      let letter = first | 0x20
      if (0x61...0x7A).contains(letter), letter != 0x6E, letter != 0x6B, letter != 0x78 {
        return nil
      }
    }
    var scalars: [Unicode.Scalar] = []
    for scalar in text.unicodeScalars where !isSpace(scalar) {
      if scalars.isEmpty, !firstScalars.contains(scalar) { return nil }
      // The longest marks have six characters.
      guard scalars.count < 6 else { return nil }
      scalars.append(scalar)
    }
    if scalars.isEmpty { return .blank }
    let all = { (set: String) in scalars.allSatisfy { set.unicodeScalars.contains($0) } }
    if all(dashes) { return .dash }
    if scalars.count == 1, all(slashes) { return .slash }
    if all(dots) { return .dots }
    if scalars.count == 1, all(colons) { return .colon }
    if scalars.count <= 3, all(marks) { return .mark }
    var word = ""
    for scalar in scalars { word.unicodeScalars.append(scalar) }
    return words.contains(word.lowercased()) ? .word : nil
  }

  private static func isSpace(_ scalar: Unicode.Scalar) -> Bool {
    guard scalar.isASCII else { return scalar.properties.isWhitespace }
    return scalar.value == 0x20 || (0x09...0x0D).contains(scalar.value)
  }

  private static let dashes = "-‐‑‒–—―─－−_"
  private static let slashes = "/／\\"
  private static let dots = ".…⋯·．"
  private static let colons = ":："
  private static let marks = "*×xX✕＊†#"
  private static let firstScalars: Set<Unicode.Scalar> = {
    let signs = Set((dashes + slashes + dots + colons + marks).unicodeScalars)
    return words.reduce(into: signs) { all, word in
      all.formUnion(word.unicodeScalars.prefix(1))
      all.formUnion(word.uppercased().unicodeScalars.prefix(1))
    }
  }()

  private static let words: Set<String> = [
    "(x)", "(na)", "(d)", "(s)", "(z)", "(b)", "na", "n/a", "n.a.", "n.a", "nil", "none", "无",
    "空", "缺", "不适用", "（x）", "（na）", "n.d.", "k.a.", "н/д", "空白", "暂无", "（d）", "(c)", "n.r.", "s.o.",
  ]
}
