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
      guard let start = utf8.baseAddress else { return }
      guard Self.hasReference(utf8) else {
        append(start, count: utf8.count)
        return
      }
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

  /// Whether a text has a character that needs a reference; all of it is looked at, which is faster
  /// than to stop at the first.
  private static func hasReference(_ utf8: UnsafeBufferPointer<UInt8>) -> Bool {
    var found: UInt8 = 0
    for byte in utf8 { found |= needsReference(byte) ? 1 : 0 }
    return found != 0
  }

  @inline(__always)
  private static func needsReference(_ byte: UInt8) -> Bool {
    byte < 0x20 && byte != 0x09 || byte == UInt8(ascii: "&") || byte == UInt8(ascii: "<")
      || byte == UInt8(ascii: ">") || byte == UInt8(ascii: "\"")
  }
}

extension StringProtocol {
  /// Calls `body` with the bytes of the text, where they are if that can be.
  func withBytes(_ body: (UnsafeBufferPointer<UInt8>) -> Void) {
    if utf8.withContiguousStorageIfAvailable(body) != nil { return }
    var copy = String(self)
    copy.withUTF8(body)
  }
}
