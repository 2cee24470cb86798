/// Recognises rows that number the columns of a table: 1 2 3, (1) (2) (3), 甲 乙 1 2, A B 1 2.
///
/// The first columns may have stems instead of numbers, and columns may have sums: 3=1+2.
enum ColumnNumbers {
  private static let stems = ["甲", "乙", "丙", "丁", "A", "B", "C", "D"]

  /// - Parameter texts: The texts of a row from left to right, those of empty cells included.
  /// - Returns: Whether they count from 1 on, at least to 2.
  static func number(_ texts: [String]) -> Bool {
    let texts = texts.filter { !$0.isEmpty }
    guard texts.count >= 3 else { return false }
    var expected: Int?
    for text in texts {
      if let stem = stems.firstIndex(of: text), expected == nil, stem < texts.count { continue }
      guard let number = number(text) else {
        if text == "栏次" || text == "行次" { continue }
        return false
      }
      if let expected, number != expected { return false }
      if expected == nil, number != 1 { return false }
      expected = number + 1
    }
    return (expected ?? 0) > 2
  }

  /// "3", "(3)", "3=1+2".
  private static func number(_ text: String) -> Int? {
    let digits = text.unicodeScalars.drop { $0 == "(" || $0 == "（" }.prefix {
      ("0"..."9").contains($0)
    }
    guard !digits.isEmpty, digits.count <= 2 else { return nil }
    let rest = text.unicodeScalars.drop { $0 == "(" || $0 == "（" }.dropFirst(digits.count)
    guard rest.isEmpty || rest.first == ")" || rest.first == "）" || rest.first == "=" else {
      return nil
    }
    return Int(String(String.UnicodeScalarView(digits)))
  }
}
