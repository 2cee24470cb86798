import LayoutAnalysis
import LayoutModel
import TestSupport
import Testing

@Suite struct RunningMatterTests {
  /// A page of 800 points with texts at heights.
  func page(_ texts: [(String, Double)]) -> RunningMatter.Page {
    RunningMatter.Page(
      height: 800,
      lines: texts.map { LineBuilder.line(of: [Word($0.0, x: 50, baseline: $0.1)]) })
  }

  /// The texts that are running matter, page by page.
  func running(_ pages: [[(String, Double)]]) -> [[String]] {
    zip(pages, RunningMatter.marks(on: pages.map(page))).map { lines, marks in
      zip(lines, marks).filter { $1 }.map(\.0.0)
    }
  }

  @Test("A line at the same height of other pages is running matter, whatever its digits")
  func repeated() {
    #expect(
      running([
        [("Report, page 1 ", 40), ("Introduction", 300), ("text", 400)],
        [("Report, page 12", 41), ("More", 300), ("text", 400)],
      ]) == [["Report, page 1 "], ["Report, page 12"]])
  }

  @Test("The same text at another height, or in the middle of the page, is not")
  func otherHeight() {
    #expect(
      running([
        [("Title", 40), ("text", 400)], [("Title", 80), ("text", 400)],
      ]) == [[], []])
  }

  @Test(
    "A page number alone is running matter even on a single page",
    arguments: ["3", "- 3 -", "— 12 —", "第3页", "第 3 页 共 9 页", "3/9", "Page 3 of 9", "S. 3"])
  func pageNumbers(text: String) {
    #expect(running([[("body", 400), (text, 780)]]) == [[text]])
  }

  @Test("A number with more text beyond it, or with other words, is none")
  func noPageNumbers() {
    #expect(running([[("body", 400), ("12", 740), ("last words", 780)]]) == [[]])
    #expect(running([[("body", 400), ("In 2023", 780)]]) == [[]])
    #expect(running([[("body", 400), ("12", 500)]]) == [[]])
  }

  @Test("What the producer calls an artifact is running matter at the page's edge")
  func artifacts() {
    let head = LineBuilder.line(of: [Word("Head", x: 50, baseline: 40, flags: .artifact)])
    let body = LineBuilder.line(of: [Word("Body", x: 50, baseline: 400, flags: .artifact)])
    #expect(
      RunningMatter.marks(on: [RunningMatter.Page(height: 800, lines: [head, body])])
        == [[true, false]])
  }
}
