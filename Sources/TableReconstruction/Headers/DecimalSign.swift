/// Which sign parts the decimals from the whole, as far as printed numbers show it.
///
///     12,5   1.234,50   1.234.567   0,123      a comma
///     12.5   1,234.50   1,234,567   0.123      a point
///     1.234  1,234  42                         nothing
package enum DecimalSign: Sendable {
  case unknown, point, comma

  /// What one text shows.
  static func shown(by text: String) -> DecimalSign {
    let bytes = text.utf8
    guard bytes.contains(where: { $0 == 0x2C || $0 == 0x2E || $0 >= 0x80 }),
      bytes.contains(where: { (0x30...0x39).contains($0) || $0 >= 0x80 })
    else { return .unknown }
    let scalars = NumberText.folded(text)
    guard let start = scalars.firstIndex(where: { ("0"..."9").contains($0) }) else {
      return .unknown
    }
    let (groups, separators, _) = NumberText.groups(scalars, from: start)
    guard let last = separators.last, last == "," || last == "." else { return .unknown }
    let own: DecimalSign = last == "," ? .comma : .point
    let other: DecimalSign = last == "," ? .point : .comma
    if separators.count > 1 {
      if separators.allSatisfy({ $0 == last }) {
        return groups.dropFirst().allSatisfy { $0.count == 3 } ? other : .unknown
      }
      return own
    }
    let isThousand =
      groups[1].count == 3 && (1...3).contains(groups[0].count) && groups[0] != [0x30]
    return isThousand ? .unknown : own
  }

  /// Whether a text is a number with another value under another sign: 1.234, 1,234.
  static func isNeeded(for text: String) -> Bool {
    guard let point = NumberText(text), let comma = NumberText(text, decimalSign: .comma) else {
      return false
    }
    return point.value != comma.value
  }
}
