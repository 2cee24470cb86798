/// What a font's name says about its style.
///
/// The descriptor's flags are often not set (LiberationSerif-Bold has none), the name is.
enum FontName {
  static func saysBold(_ name: String) -> Bool {
    contains(name, ["bold", "black", "heavy", "demi", "simhei", "-medium"])
  }

  static func saysItalic(_ name: String) -> Bool {
    contains(name, ["italic", "oblique"])
  }

  private static func contains(_ name: String, _ parts: [String]) -> Bool {
    let lower = name.lowercased()
    return parts.contains { lower.contains($0) }
  }
}
