import LayoutAnalysis
import Testing

@Suite struct TextJoinerTests {
  @Test(
    "Nothing stands between ideographs, a space between other words",
    arguments: [
      (["北京", "市"], "北京市"), (["new", "line"], "new line"), (["第", "3"], "第3"),
      (["PDF", "文件"], "PDF文件"), (["한국", "사람"], "한국 사람"), (["a ", "b"], "a b"),
      (["。", "A"], "。A"),
    ])
  func spaces(lines: [String], expected: String) {
    #expect(TextJoiner.join(lines) == expected)
  }

  @Test(
    "A hyphen between lower-case letters is the break's own; others stay",
    arguments: [
      (["recon-", "struction"], "reconstruction"),
      (["recon\u{2010}", "struction"], "reconstruction"),
      (["soft\u{AD}", "Ware"], "softWare"), (["pre-", "Roman"], "pre-Roman"),
      (["1990-", "2000"], "1990-2000"), (["X-", "ray"], "X-ray"), (["a/", "b"], "a/b"),
    ])
  func hyphens(lines: [String], expected: String) {
    #expect(TextJoiner.join(lines) == expected)
  }

  @Test("Empty pieces change nothing")
  func empty() {
    #expect(TextJoiner.join([]) == "")
    #expect(TextJoiner.join(["", "a", "", "b"]) == "a b")
  }
}
