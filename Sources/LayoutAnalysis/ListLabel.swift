import LayoutModel

/// The number or bullet in front of a heading or list item.
package struct ListLabel: Hashable, Sendable {
  /// As printed, without the space after it.
  package var text: String
  /// Depth that the form of the label suggests, from 1; nil for a bullet.
  package var level: Int?
  /// The text after the label.
  package var rest: String

  /// Longer labels do not occur, so no more than this of a text is looked at.
  private static let maximumLength = 16

  /// Splits a label off the start of a text.
  ///
  /// Known forms, from outer to inner: 第一章 · 一、 · （一） · 1. · （1） · ① ; 1.2.3 counts its parts;
  /// bullets. A number without a sign after it is no label.
  package init?(_ text: String) {
    guard let first = text.utf8.first, Self.mayStartLabel(first) else { return nil }
    let scalars = Array(text.unicodeScalars.prefix(Self.maximumLength + 2))
    guard let (length, level) = Self.match(scalars), length < scalars.count else { return nil }
    self.text = String(scalars: Array(scalars[..<length]))
    self.level = level
    let after = text.unicodeScalars.dropFirst(length).drop(while: Script.isSpace)
    guard !after.isEmpty else { return nil }
    rest = String(after)
  }

  /// Whether a label can start with this byte: no label starts with a letter of ASCII.
  private static func mayStartLabel(_ byte: UInt8) -> Bool {
    byte >= 0x80 || (0x30...0x39).contains(byte) || "([-*".utf8.contains(byte)
  }

  private static let chineseDigits = Set("〇零一二三四五六七八九十百".unicodeScalars)
  private static let bullets = Set("•●○■□◆◇▪▫–—-*·➢".unicodeScalars)
  private static let opening = Set("（(〔[".unicodeScalars)
  private static let closing = Set("）)〕]".unicodeScalars)

  private static func match(_ scalars: [Unicode.Scalar]) -> (length: Int, level: Int?)? {
    guard let first = scalars.first else { return nil }
    if first == "第" {
      let digits = run(of: chineseDigits, in: scalars, from: 1)
      let end = 1 + digits
      if digits > 0, end < scalars.count, "章节部分编篇".unicodeScalars.contains(scalars[end]) {
        return (end + 1, scalars[end] == "节" ? 2 : 1)
      }
      return nil
    }
    if opening.contains(first) { return parenthesized(scalars) }
    let chinese = run(of: chineseDigits, in: scalars, from: 0)
    if chinese > 0, chinese <= 3, chinese < scalars.count {
      return scalars[chinese] == "、" || scalars[chinese] == "．" ? (chinese + 1, 1) : nil
    }
    if (0x2460...0x2473).contains(first.value) { return (1, 5) }
    if bullets.contains(first), scalars.count > 1, Script.isSpace(scalars[1]) { return (1, nil) }
    return decimal(scalars)
  }

  private static func run(
    of set: Set<Unicode.Scalar>, in scalars: [Unicode.Scalar], from start: Int
  ) -> Int {
    var index = start
    while index < scalars.count, set.contains(scalars[index]) { index += 1 }
    return index - start
  }

  private static func isDigit(_ scalar: Unicode.Scalar) -> Bool {
    scalar.properties.numericType == .decimal
  }

  private static func parenthesized(_ scalars: [Unicode.Scalar]) -> (Int, Int?)? {
    let chinese = run(of: chineseDigits, in: scalars, from: 1)
    if chinese > 0, 1 + chinese < scalars.count, closing.contains(scalars[1 + chinese]) {
      return (chinese + 2, 2)
    }
    var index = 1
    while index < scalars.count, isDigit(scalars[index]) { index += 1 }
    guard index > 1, index <= 3, index < scalars.count, closing.contains(scalars[index]) else {
      return nil
    }
    return (index + 1, 4)
  }

  /// "1." "1．" "1、" "1)" "1.2" "1.2.3 ": at most two digits a part, so that years and amounts
  /// are not taken for labels.
  private static func decimal(_ scalars: [Unicode.Scalar]) -> (Int, Int?)? {
    var index = 0
    var parts = 0
    while true {
      let start = index
      while index < scalars.count, isDigit(scalars[index]) { index += 1 }
      guard index > start, index - start <= 2 else { return nil }
      parts += 1
      guard index < scalars.count else { return nil }
      let sign = scalars[index]
      if sign == "、" || sign == ")" || sign == "）" || sign == "．" {
        return parts == 1 ? (index + 1, 3) : nil
      }
      guard sign == "." else {
        return parts > 1 && Script.isSpace(sign) ? (index, parts) : nil
      }
      index += 1
      guard index < scalars.count else { return nil }
      if isDigit(scalars[index]) { continue }
      return (index, parts == 1 ? 3 : parts)
    }
  }
}
