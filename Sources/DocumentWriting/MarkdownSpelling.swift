/// How Markdown (CommonMark with GitHub's tables) spells plain text.
///
/// Every character that could start markup gets a backslash, which CommonMark allows before any
/// ASCII punctuation; at the start of a line also those that only mean something there.
extension OutputBytes {
  /// What a line break inside of a text becomes.
  enum MarkdownBreak {
    /// A hard line break, and spaces that keep the next line in its list item.
    case line(indent: Int)
    /// `<br>`, where a line cannot end: headings and cells.
    case tag
  }

  /// Appends text.
  ///
  /// - Parameters:
  ///   - text: Plain text.
  ///   - atLineStart: Whether a line starts here.
  ///   - lineBreak: What a line break becomes.
  mutating func append(
    markdown text: some StringProtocol, atLineStart: Bool, lineBreak: MarkdownBreak
  ) {
    var isLineStart = atLineStart
    text.withBytes { utf8 in
      // A break at the end of a paragraph would be taken for a backslash.
      let breaks = utf8.reversed().prefix { $0 == UInt8(ascii: "\n") }.count
      let utf8 = UnsafeBufferPointer(rebasing: utf8.dropLast(breaks))
      guard let start = utf8.baseAddress else { return }
      var index = 0
      while index < utf8.count {
        if isLineStart { index = appendLineStart(utf8, from: index) }
        isLineStart = false
        let plain = index
        while index < utf8.count, !Self.isMarkdownSpecial(utf8[index]) { index += 1 }
        append(start + plain, count: index - plain)
        guard index < utf8.count else { return }
        switch utf8[index] {
        case UInt8(ascii: "\n"): isLineStart = append(lineBreak)
        case 0..<0x20 where utf8[index] != 0x09: append(literal: "\u{FFFD}")
        case 0x09: append(UInt8(ascii: " "))
        default:
          append(UInt8(ascii: "\\"))
          append(utf8[index])
        }
        index += 1
      }
    }
  }

  /// Whether a line starts behind the break.
  private mutating func append(_ lineBreak: MarkdownBreak) -> Bool {
    switch lineBreak {
    case .tag:
      append(literal: "<br>")
      return false
    case .line(let indent):
      append(literal: "\\\n")
      for _ in 0..<indent { append(UInt8(ascii: " ")) }
      return true
    }
  }

  /// Appends what means something at the start of a line only, with its backslash: spaces are
  /// passed over, `#`, `+`, `-` and `=`, and the full stop or parenthesis of "1." and "1)".
  private mutating func appendLineStart(_ utf8: UnsafeBufferPointer<UInt8>, from start: Int) -> Int
  {
    var index = start
    while index < utf8.count, utf8[index] == 0x20 || utf8[index] == 0x09 { index += 1 }
    guard index < utf8.count else { return index }
    switch utf8[index] {
    case UInt8(ascii: "#"), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "="):
      append(UInt8(ascii: "\\"))
      append(utf8[index])
      return index + 1
    case 0x30...0x39:
      while index < utf8.count, (0x30...0x39).contains(utf8[index]) {
        append(utf8[index])
        index += 1
      }
      let isMarker =
        index < utf8.count
        && (utf8[index] == UInt8(ascii: ".") || utf8[index] == UInt8(ascii: ")"))
      if isMarker, index + 1 == utf8.count || utf8[index + 1] <= 0x20 {
        append(UInt8(ascii: "\\"))
        append(utf8[index])
        index += 1
      }
      return index
    default: return index
    }
  }

  @inline(__always)
  private static func isMarkdownSpecial(_ byte: UInt8) -> Bool {
    switch byte {
    case 0..<0x20: true
    case UInt8(ascii: "\\"), UInt8(ascii: "`"), UInt8(ascii: "*"), UInt8(ascii: "_"),
      UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: "<"), UInt8(ascii: ">"),
      UInt8(ascii: "&"), UInt8(ascii: "|"), UInt8(ascii: "~"), UInt8(ascii: "$"):
      true
    default: false
    }
  }
}
