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
}
