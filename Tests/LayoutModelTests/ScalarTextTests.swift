import LayoutModel
import Testing

struct ScalarTextTests {
  @Test func `scalars become a text`() {
    #expect(String(scalars: []) == "")
    #expect(String(scalars: ["e", "\u{301}", "表", "😀"]) == "e\u{301}表😀")
  }

  @Test(arguments: [
    ("", ""), ("a", ""), ("ab-", "ab"), ("word\u{AD}", "word"), ("表格", "表"),
    // A mark is taken from its letter, half of a line end from the other half.
    ("e\u{301}", "e"), ("a\r\n", "a\r"),
  ])
  func `the last scalar is taken off`(text: String, expected: String) {
    var text = text
    text.removeLastScalar()
    #expect(Array(text.unicodeScalars) == Array(expected.unicodeScalars))
  }

  @Test(
    "White space goes, whatever its kind, and nothing else",
    arguments: [
      ("Total", "Total"), ("", ""), (" \t\r\n", ""), ("合 计", "合计"), ("合\u{3000}计\u{A0}", "合计"),
      ("a\u{2009}b\u{202F}c", "abc"), ("a\u{200B}b\u{AD}c", "a\u{200B}b\u{AD}c"),
    ])
  func withoutSpaces(text: String, expected: String) {
    #expect(text.withoutSpaces == expected)
  }

  @Test("White space is what Unicode says it is")
  func allSpaces() {
    let scalars = (0...0x10FFFF).compactMap(Unicode.Scalar.init)
    let spaces = scalars.filter { String($0).withoutSpaces.isEmpty }
    #expect(spaces == scalars.filter(\.properties.isWhitespace))
  }

  @Test(
    "The number of scalars is compared, not that of bytes or characters",
    arguments: [("", 0), ("abc", 3), ("合计数", 3), ("e\u{301}", 2), ("𝟙𝟚", 2), ("a合𝟙", 3)])
  func hasAtMost(text: String, count: Int) {
    #expect(text.hasAtMost(count) && text.hasAtMost(count + 1))
    #expect(count == 0 || !text.hasAtMost(count - 1))
  }
}
