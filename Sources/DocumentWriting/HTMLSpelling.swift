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
    var text = String(text)
    text.withUTF8 { utf8 in
      guard let start = utf8.baseAddress else { return }
      var written = 0
      for index in utf8.indices where Self.needsReference(utf8[index]) {
        append(start + written, count: index - written)
        switch utf8[index] {
        case UInt8(ascii: "&"): append(literal: "&amp;")
        case UInt8(ascii: "<"): append(literal: "&lt;")
        case UInt8(ascii: ">"): append(literal: "&gt;")
        case UInt8(ascii: "\""): append(literal: "&quot;")
        case UInt8(ascii: "\n"): append(literal: lineBreak)
        default: append(literal: "\u{FFFD}")
        }
        written = index + 1
      }
      append(start + written, count: utf8.count - written)
    }
  }

  @inline(__always)
  private static func needsReference(_ byte: UInt8) -> Bool {
    byte < 0x20 && byte != 0x09 || byte == UInt8(ascii: "&") || byte == UInt8(ascii: "<")
      || byte == UInt8(ascii: ">") || byte == UInt8(ascii: "\"")
  }
}
