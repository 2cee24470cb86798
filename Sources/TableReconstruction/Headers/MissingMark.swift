package import DocumentModel

/// Recognises the marks that stand for an absent value.
///
/// None of them is 0.
package enum MissingMark {
  /// The kind of mark, or nil if the text is something else.
  package static func kind(of text: String) -> Cell.Missing? {
    // Most texts are numbers and words; marks are short and start with a sign or a letter.
    if !mayBeMark(text) { return nil }
    let scalars = text.unicodeScalars.filter { !$0.properties.isWhitespace }
    guard let first = scalars.first else { return .blank }
    let all = { (set: String) in scalars.allSatisfy { set.unicodeScalars.contains($0) } }
    if scalars.count <= 6, all("-‐‑‒–—―─－−_") { return .dash }
    if scalars.count == 1, all("/／\\") { return .slash }
    if scalars.count <= 6, all(".…⋯·．") { return .dots }
    if scalars.count == 1, first == ":" || first == "：" { return .colon }
    if scalars.count <= 3, all("*×xX✕＊†#") { return .mark }
    let word = String(String.UnicodeScalarView(scalars)).lowercased()
    return words.contains(word) ? .word : nil
  }

  /// Looks at bytes only: whether a text can be a mark at all.
  private static func mayBeMark(_ text: String) -> Bool {
    guard let first = text.utf8.first else { return true }
    if (0x30...0x39).contains(first) { return false }
    let lower = first | 0x20
    if (0x61...0x7A).contains(lower), !"nkx".utf8.contains(lower) { return false }
    // Scalars that are not white space: those of ASCII, and those of the blocks of ideographs.
    var count = 0
    for byte in text.utf8 {
      if (0x21...0x7E).contains(byte) || (0xE4...0xE9).contains(byte) { count += 1 }
      if count > maximumLength { return false }
    }
    return true
  }

  /// No mark has more scalars.
  private static let maximumLength = 6

  private static let words: Set<String> = [
    "(x)", "(na)", "(d)", "(s)", "(z)", "(b)", "na", "n/a", "n.a.", "n.a", "nil", "none", "无",
    "空", "缺", "不适用", "（x）", "（na）", "n.d.", "k.a.", "н/д",
  ]
}
