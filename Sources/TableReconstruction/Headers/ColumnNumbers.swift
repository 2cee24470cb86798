import DocumentModel

/// Recognises the entries of a row that numbers the columns of a table.
///
///     Item │ Budget │ Actual │ Share          栏次 │ 1 │ 2 │ 3
///     甲   │ 1      │ 2      │ 3=2/1          A    │ B │ C │ D
///
/// Forms and statistics refer to columns by such numbers; they belong to the boxhead but head
/// nothing.
enum ColumnNumbers {
  /// Whether texts, from left to right, count columns.
  ///
  /// Numbers go up by one. Columns of the stub may have a letter or a word such as 栏次 instead,
  /// or a dash. A series without numbers has letters only.
  static func isSeries(_ texts: some Collection<String>) -> Bool {
    guard texts.count > 1, let first = texts.first else { return false }
    var numbers: [Int] = []
    var letters: [Int] = []
    var hasWord = false
    for text in texts {
      if let number = number(text) {
        // Most rows that are asked about hold values, and the second one tells.
        if let last = numbers.last, number != last + 1 { return false }
        numbers.append(number)
      } else if let letter = letter(text) {
        letters.append(letter)
      } else if text.utf8.count <= longestWord, words.contains(text.lowercased()) {
        hasWord = true
      } else if MissingMark.kind(of: text) != .dash {
        return false
      }
    }
    guard isRising(letters), letters.first ?? 0 == 0 else { return false }
    if numbers.isEmpty { return letters.count > (isStem(first) || hasWord ? 1 : 2) }
    if hasWord { return numbers.count > 1 || letters.isEmpty && texts.count > 1 }
    return numbers[0] == 1 && texts.count > 2 && numbers.count > 1
  }

  private static func isRising(_ numbers: [Int]) -> Bool {
    zip(numbers, numbers.dropFirst()).allSatisfy { $1 == $0 + 1 }
  }

  /// The number of a column: "3", "(3)", "③", "3=1+2", "(3)=(1)+(2)".
  static func number(_ text: String) -> Int? {
    var (value, digitCount) = (0, 0)
    var rest = text.unicodeScalars.drop { $0 == "(" || $0 == "（" }
    if let first = rest.first, (0x2460...0x2473).contains(first.value) {
      return rest.count == 1 ? Int(first.value) - 0x245F : nil
    }
    while let scalar = rest.first, let digit = decimalDigit(scalar), digitCount < 3 {
      value = 10 * value + digit
      digitCount += 1
      rest = rest.dropFirst()
    }
    if let close = rest.first, close == ")" || close == "）" { rest = rest.dropFirst() }
    guard (1...2).contains(digitCount) else { return nil }
    guard rest.isEmpty || rest.first == "=" || rest.first == "＝" else { return nil }
    return value
  }

  private static func decimalDigit(_ scalar: Unicode.Scalar) -> Int? {
    if scalar.isASCII {
      return (0x30...0x39).contains(scalar.value) ? Int(scalar.value) - 0x30 : nil
    }
    guard scalar.properties.numericType == .decimal else { return nil }
    return scalar.properties.numericValue.map { Int($0) }
  }

  /// The place of a letter in its alphabet, from 0: A, b, (c), 丁.
  private static func letter(_ text: String) -> Int? {
    var inner: Unicode.Scalar?
    for scalar in text.unicodeScalars {
      switch scalar {
      case "(", ")", "（", "）": continue
      default:
        if inner != nil { return nil }
        inner = scalar
      }
    }
    guard let scalar = inner else { return nil }
    if let stem = stems.firstIndex(of: scalar) { return stem }
    switch scalar.value {
    case 0x41...0x5A: return Int(scalar.value) - 0x41
    case 0x61...0x7A: return Int(scalar.value) - 0x61
    default: return nil
    }
  }

  private static func isStem(_ text: String) -> Bool {
    text.unicodeScalars.first.map { stems.contains($0) } ?? false
  }

  /// The ten heavenly stems, which Chinese forms use as letters.
  private static let stems = Array("甲乙丙丁戊己庚辛壬癸".unicodeScalars)
  private static let words: Set<String> = [
    "栏次", "栏目", "列次", "列号", "行次", "序号", "欄次", "column", "columns", "col.", "col", "column no.",
    "spalte", "colonne", "графа", "columna", "coluna", "colonna",
  ]
  /// No word has more bytes.
  private static let longestWord = 16
}
