/// What stands between the fields of a line of text.
public enum Delimiter: Hashable, Sendable {
  /// RFC 4180.
  case comma
  /// The media type `text/tab-separated-values`, with quoting as in CSV.
  case tab

  var byte: UInt8 {
    switch self {
    case .comma: UInt8(ascii: ",")
    case .tab: UInt8(ascii: "\t")
    }
  }
}

/// How CSV and TSV spell a field.
///
/// Text is quoted where it holds the delimiter, a quotation mark or a line break. Control
/// characters, which many readers stop at, become U+FFFD.
///
/// A program for spreadsheets takes a text for a formula by its first character, and a document of
/// a stranger may hold a text like `=HYPERLINK(…)`. Such a text gets an apostrophe in front, as OWASP
/// advises; numbers with their signs, and dashes that stand for a missing value, do not.
extension OutputBytes {
  mutating func append(field text: String, delimiter: Delimiter) {
    var text = text
    let needsGuard = SpreadsheetText.looksLikeFormula(text)
    text.withUTF8 { utf8 in
      guard let start = utf8.baseAddress else { return }
      let needsQuotes = utf8.contains {
        $0 == delimiter.byte || $0 == UInt8(ascii: "\"") || $0 < 0x20
      }
      if needsQuotes { append(UInt8(ascii: "\"")) }
      if needsGuard { append(UInt8(ascii: "'")) }
      var written = 0
      if needsQuotes {
        for index in utf8.indices {
          let byte = utf8[index]
          guard byte == UInt8(ascii: "\"") || byte < 0x20 && byte != 0x09 && byte != 0x0A else {
            continue
          }
          append(start + written, count: index - written)
          append(literal: byte == UInt8(ascii: "\"") ? "\"\"" : "\u{FFFD}")
          written = index + 1
        }
      }
      append(start + written, count: utf8.count - written)
      if needsQuotes { append(UInt8(ascii: "\"")) }
    }
  }
}

/// What programs for spreadsheets take a text for.
enum SpreadsheetText {
  /// Whether a text would be run as a formula.
  ///
  /// Full-width signs count too: they are folded where the computer writes Chinese or Japanese.
  static func looksLikeFormula(_ text: String) -> Bool {
    guard let first = text.unicodeScalars.first else { return false }
    switch first {
    case "=", "@", "＝", "＠", "\t", "\r": return true
    case "+", "-", "＋", "－":
      let rest = text.unicodeScalars.dropFirst()
      return rest.contains { !isOfNumber($0) }
    default: return false
    }
  }

  /// Digits and what stands between and beside them, and dashes.
  private static func isOfNumber(_ scalar: Unicode.Scalar) -> Bool {
    scalar.properties.numericType != nil || " ,.%‰+-－＋—–−".unicodeScalars.contains(scalar)
      || scalar.properties.generalCategory == .currencySymbol
  }
}
