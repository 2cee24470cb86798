/// What a scalar's script means for spaces and line breaks.
package enum Script {
  /// Whether a scalar is written without spaces around it: ideographs, kana, hangul excluded
  /// (Korean separates words), full-width forms and ideographic punctuation.
  package static func isIdeographic(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x2E80...0x2FDF, 0x3001...0x30FF, 0x3105...0x312F, 0x3190...0x31FF, 0x3200...0x4DBF,
      0x4E00...0x9FFF, 0xF900...0xFAFF, 0xFE30...0xFE4F, 0xFF01...0xFF60, 0xFFE0...0xFFE6,
      0x20000...0x3FFFF:
      true
    default:
      false
    }
  }

  /// Whether a scalar is white space of any width.
  package static func isSpace(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x09...0x0D, 0x20, 0xA0, 0x1680, 0x2000...0x200B, 0x2028, 0x2029, 0x202F, 0x205F, 0x3000,
      0xFEFF:
      true
    default:
      false
    }
  }

  /// Whether a scalar is a dot of leaders, as between a heading and its page number.
  package static func isLeader(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case ".", "…", "·", "‥", "．": true
    default: false
    }
  }
}
