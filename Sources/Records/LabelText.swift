/// The text of a header in the form in which two printings of one label are equal.
///
/// Width, case, quotation marks, punctuation and white space are evened out; the number in front
/// (一、 （二） 3.), 其中：, years and what stands in brackets is left out:
///
///     １． 属于国家秘密                    ▶ 属于国家秘密
///     本年（2023）处理决定数量              ▶ 本年处理决定数量
///     规章（设区的市应提供相关数据）          ▶ 规章
///     因公出国（境）费                     ▶ 因公出国费
struct LabelText: Hashable, Sendable {
  /// What is compared; empty where nothing but numbers, brackets and punctuation is printed.
  let scalars: [UInt32]

  /// - Parameters:
  ///   - text: What is printed.
  ///   - year: The year of the report: with it, its year and the one before are called 本年 and 上年.
  init(_ text: some StringProtocol, year: Int? = nil) {
    var folded: [UInt32] = []
    folded.reserveCapacity(text.utf8.count / 2)
    for scalar in text.unicodeScalars {
      if let value = Self.folded(scalar.value) { folded.append(value) }
    }
    let start = Self.numberEnd(of: folded[...])
    var kept: [UInt32] = []
    kept.reserveCapacity(folded.count - start)
    var depth = 0
    for value in folded[start...] {
      switch value {
      case Self.opening: depth += 1
      case Self.closing: depth = max(0, depth - 1)
      case _ where depth > 0 || Self.isSeparator(value): break
      default: kept.append(value)
      }
    }
    scalars = Self.withoutYears(kept, year: year)
  }

  func hash(into hasher: inout Hasher) {
    // The bytes at once: one call for each character costs more than all else that is done with it.
    scalars.withUnsafeBytes { hasher.combine(bytes: $0) }
  }

  var isEmpty: Bool { scalars.isEmpty }

  /// Whether it is digits only, as a column number or a code is.
  var isNumber: Bool { scalars.allSatisfy(Self.isDigit) }

  // MARK: - Characters

  private static let opening: UInt32 = 0x28
  private static let closing: UInt32 = 0x29
  /// Stands for all separators between the parts of a label.
  private static let separator: UInt32 = 0x2C
  private static let stop: UInt32 = 0x2E
  private static let colon: UInt32 = 0x3A

  static func isDigit(_ value: UInt32) -> Bool { 0x30...0x39 ~= value }

  private static func isSeparator(_ value: UInt32) -> Bool {
    value == separator || value == stop || value == colon
  }

  /// The character that stands for all of its printings; nil for one that says nothing.
  private static func folded(_ value: UInt32) -> UInt32? {
    switch value {
    case 0x4E00...0x9FFF: return value
    case 0x30...0x39, 0x61...0x7A: return value
    case 0x41...0x5A: return value + 0x20
    case 0xFF01...0xFF5E: return folded(value - 0xFEE0)
    case 0x28, 0x5B, 0x3010, 0x3014, 0xFE35: return opening
    case 0x29, 0x5D, 0x3011, 0x3015, 0xFE36: return closing
    case 0x2C, 0x3B, 0x3001, 0x3002: return separator
    case 0x2E: return stop
    case 0x3A: return colon
    case 0x80...0x2DFF where value != 0x25CB, 0x3000...0x303F where value != 0x3007: return nil
    case 0...0x7F: return nil
    default: return value
    }
  }

  /// 一二三四五六七八九十百〇○.
  static func isChineseDigit(_ value: UInt32) -> Bool {
    switch value {
    case 0x4E00, 0x4E8C, 0x4E09, 0x56DB, 0x4E94, 0x516D, 0x4E03, 0x516B, 0x4E5D, 0x5341, 0x767E,
      0x3007, 0x25CB:
      true
    default: false
    }
  }

  private static let qi: UInt32 = 0x5176  // 其
  private static let zhong: UInt32 = 0x4E2D  // 中
  private static let year: UInt32 = 0x5E74  // 年
  private static let degree: UInt32 = 0x5EA6  // 度

  // MARK: - What is left out

  /// Where the number in front of a label, and 其中： behind it, end.
  private static func numberEnd(of text: ArraySlice<UInt32>) -> Int {
    var start = text.startIndex
    // Two of them, as in 一、（一）, are one too many for a label but happen.
    for _ in 0..<3 {
      let rest = text[start...]
      guard let first = rest.first else { break }
      if first == opening, let end = rest.firstIndex(of: closing), end - start <= 4,
        end > start + 1,
        rest[(start + 1)..<end].allSatisfy({ isDigit($0) || isChineseDigit($0) })
      {
        start = end + 1
        continue
      }
      if first == qi, rest.count > 2, rest[start + 1] == zhong, isSeparator(rest[start + 2]) {
        start += 3
        continue
      }
      let end = rest.firstIndex { !isChineseDigit($0) && !isDigit($0) } ?? rest.endIndex
      guard end > start, end - start <= 3, end < rest.endIndex else { break }
      // 三类内部事务 is no number, 3属于国家秘密 has lost its dot, 2023年 is a year.
      if isSeparator(rest[end]) || (isDigit(first) && rest[end] > 0x2E80 && end - start <= 2) {
        start = isSeparator(rest[end]) ? end + 1 : end
      } else {
        break
      }
    }
    return start
  }

  /// Without 2023年, or with 本年 for it, and without the 度 of 本年度.
  private static func withoutYears(_ text: [UInt32], year report: Int?) -> [UInt32] {
    guard text.contains(year) else { return text }
    var kept: [UInt32] = []
    kept.reserveCapacity(text.count)
    for value in text {
      if value == year, kept.count >= 4, kept.suffix(4).allSatisfy(isDigit) {
        let printed = kept.suffix(4).reduce(0) { 10 * $0 + Int($1 - 0x30) }
        kept.removeLast(4)
        if printed == report { kept += [0x672C, year] }  // 本年
        if let report, printed == report - 1 { kept += [0x4E0A, year] }  // 上年
      } else if value == degree,
        kept.last == year || (kept.isEmpty && text.first.map(isDigit) == true)
      {
        continue
      } else {
        kept.append(value)
      }
    }
    return kept
  }
}

// MARK: - Likeness

extension LabelText {
  /// How alike a printed label and the label of a description are, 0 to 1.
  ///
  /// 1 for equal ones. One that holds the other, as a label with more words than the usual ones
  /// does, comes next; then misprints, by the share of characters that would have to change.
  ///
  /// - Complexity: O(product of the lengths).
  func likeness(to label: LabelText) -> Double {
    if scalars == label.scalars { return 1 }
    let (short, long) =
      scalars.count < label.scalars.count ? (scalars, label.scalars) : (label.scalars, scalars)
    guard !short.isEmpty else { return 0 }
    var best = 0.0
    if short.count >= 3, Self.contains(long, short) {
      best = 0.6 + 0.38 * Double(short.count) / Double(long.count)
    }
    // Most of the characters would have to change.
    guard 2 * (long.count - short.count) < long.count else { return best }
    let changes = Self.changes(from: short, to: long)
    return max(best, 1 - Double(changes) / Double(long.count))
  }

  func contains(_ other: LabelText) -> Bool { Self.contains(scalars, other.scalars) }

  private static func contains(_ text: [UInt32], _ part: [UInt32]) -> Bool {
    guard let first = part.first, part.count <= text.count else { return false }
    for start in 0...(text.count - part.count)
    where text[start] == first && text[start..<(start + part.count)].elementsEqual(part) {
      return true
    }
    return false
  }

  /// The number of characters to insert, delete or replace.
  private static func changes(from a: [UInt32], to b: [UInt32]) -> Int {
    var row = Array(0...b.count)
    for i in a.indices {
      var diagonal = row[0]
      row[0] = i + 1
      for j in b.indices {
        let replaced = diagonal + (a[i] == b[j] ? 0 : 1)
        diagonal = row[j + 1]
        row[j + 1] = min(replaced, row[j] + 1, diagonal + 1)
      }
    }
    return row[b.count]
  }
}
