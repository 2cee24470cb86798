import LayoutModel

/// Splits a footnote mark off the end of a text.
///
///     1,234¹   12.3*   Total (a)   12.3 r   合计①   –[2]
///
/// Raised digits and letters come as superscript characters. Behind a word, a letter or number
/// counts as a mark only in brackets, because it may be part of the name; behind a number also a
/// single small letter that is no unit.
enum FootnoteMark {
  /// - Parameters:
  ///   - text: A label, head or value.
  ///   - behindNumber: Whether it may be a number: digits in brackets behind one are then as likely
  ///     another number, as in 45 (12).
  /// - Returns: The text without the mark and the space before it, and the mark; the mark is empty
  ///   if there is none, and so it is for a text that is nothing but a mark.
  static func split(_ text: String, behindNumber: Bool = false) -> (text: String, mark: String) {
    guard let last = text.unicodeScalars.last, mayEndMark(last) else { return (text, "") }
    var scalars = Array(text.unicodeScalars)
    var mark: [Unicode.Scalar] = []
    while let end = markStart(scalars[...], behindNumber), end > 0 {
      mark = scalars[end...] + mark
      scalars.removeSubrange(end...)
      while let space = scalars.last, space.properties.isWhitespace {
        scalars.removeLast()
      }
    }
    guard !scalars.isEmpty, !mark.isEmpty else { return (text, "") }
    return (String(scalars: scalars), String(scalars: mark))
  }

  /// Where the last mark of a text starts; nil if it does not end with one.
  private static func markStart(
    _ scalars: ArraySlice<Unicode.Scalar>, _ behindNumber: Bool
  ) -> Int? {
    guard let last = scalars.last else { return nil }
    if isSign(last) { return scalars.endIndex - 1 }
    if isSuperscript(last) {
      var start = scalars.endIndex - 1
      while start > 0, isSuperscript(scalars[start - 1]) || scalars[start - 1] == "," { start -= 1 }
      // m², km³: an exponent of a unit.
      if start > 0, start == scalars.endIndex - 1, last == "²" || last == "³",
        scalars[start - 1] == "m"
      {
        return nil
      }
      return start
    }
    return bracketStart(scalars, last, behindNumber)
  }

  /// (a), [1], (12): a letter or at most two digits in brackets.
  private static func bracketStart(
    _ scalars: ArraySlice<Unicode.Scalar>, _ last: Unicode.Scalar, _ behindNumber: Bool
  ) -> Int? {
    let opening: Unicode.Scalar
    switch last {
    case ")": opening = "("
    case "）": opening = "（"
    case "]": opening = "["
    case "］": opening = "［"
    default: return nil
    }
    for length in 1...2 {
      let start = scalars.endIndex - length - 2
      guard start >= 0 else { return nil }
      guard scalars[start] == opening else { continue }
      let inner = scalars[(start + 1)..<(scalars.endIndex - 1)]
      let areDigits = inner.allSatisfy { ("0"..."9").contains($0) }
      let isLetter = inner.count == 1 && inner.allSatisfy { ("a"..."z").contains($0) }
      guard areDigits || isLetter else { return nil }
      if areDigits, behindNumber,
        opening == "(" || opening == "（" || start > 0 && scalars[start - 1] == " "
      {
        return nil
      }
      return UnitText.isUnit(String(scalars: Array(inner))) ? nil : start
    }
    return nil
  }

  /// Signs that are nothing but marks.
  private static func isSign(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x2460...0x2473, 0x24D0...0x24E9, 0x2776...0x277F: true
    default: "*†‡§¶＊#".unicodeScalars.contains(scalar)
    }
  }

  private static func isSuperscript(_ scalar: Unicode.Scalar) -> Bool {
    Superscript.plain(scalar) != nil
  }

  private static func mayEndMark(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    // Most texts end with a letter, a digit or an ideograph.
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x4E00...0x9FFF: return false
    default: break
    }
    return isSign(scalar) || isSuperscript(scalar) || ")）]］".unicodeScalars.contains(scalar)
  }
}
