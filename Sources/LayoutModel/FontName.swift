/// What a font's name says about its style.
///
/// The descriptor's flags are often not set (LiberationSerif-Bold has none), the name is.
package enum FontName {
  package static func saysBold(_ name: String) -> Bool {
    contains(name, ["bold", "black", "heavy", "demi", "simhei", "黑体", "-medium"])
  }

  package static func saysItalic(_ name: String) -> Bool {
    contains(name, ["italic", "oblique"])
  }

  /// Whether a name contains one of some parts, given in lower-case ASCII.
  ///
  /// Compares bytes: the search of the standard library builds tables for a few letters.
  private static func contains(_ name: String, _ parts: [StaticString]) -> Bool {
    let bytes = name.utf8.map { $0 >= 0x41 && $0 <= 0x5A ? $0 | 0x20 : $0 }
    return parts.contains { part in
      let count = part.utf8CodeUnitCount
      guard count <= bytes.count else { return false }
      return part.withUTF8Buffer { letters in
        (0...(bytes.count - count)).contains { start in
          (0..<count).allSatisfy { bytes[start + $0] == letters[$0] }
        }
      }
    }
  }
}
