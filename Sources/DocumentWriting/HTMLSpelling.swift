/// How HTML spells text.
///
/// Characters with a meaning in markup become references. Control characters, which HTML cannot
/// say, become U+FFFD, so that a reader sees that something stood there.
extension OutputBytes {
  /// Appends text; a line break becomes `<br>`.
  mutating func append(html text: some StringProtocol) {
    append(text, lineBreak: "<br>")
  }

  /// Appends the inside of an attribute's quotation marks.
  mutating func append(attribute text: some StringProtocol) {
    append(text, lineBreak: "&#10;")
  }

  private mutating func append(_ text: some StringProtocol, lineBreak: StaticString) {
    text.withBytes { utf8 in
      append(utf8, escaping: Self.needsReference) { output, byte in
        switch byte {
        case UInt8(ascii: "&"): output.append(literal: "&amp;")
        case UInt8(ascii: "<"): output.append(literal: "&lt;")
        case UInt8(ascii: ">"): output.append(literal: "&gt;")
        case UInt8(ascii: "\""): output.append(literal: "&quot;")
        case UInt8(ascii: "\n"): output.append(literal: lineBreak)
        default: output.append(literal: "\u{FFFD}")
        }
      }
    }
  }

  @inline(__always)
  private static func needsReference(_ byte: UInt8) -> Bool {
    byte < 0x20 && byte != 0x09 || byte == UInt8(ascii: "&") || byte == UInt8(ascii: "<")
      || byte == UInt8(ascii: ">") || byte == UInt8(ascii: "\"")
  }
}
