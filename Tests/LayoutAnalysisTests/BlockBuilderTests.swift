import LayoutAnalysis
import LayoutModel
import PageGeometry
import TestSupport
import Testing

@Suite struct BlockBuilderTests {
  /// The blocks of a page whose text area is 30 ems wide; `boldRows` are rows of the drawing.
  func blocks(_ art: String, boldRows: Set<Int> = []) -> [String] {
    let page = PageSketch(art, boldRows: boldRows).page()
    let words = WordBuilder(page: page).words(from: Array(page.glyphs.indices))
    var builder = BlockBuilder()
    for (index, line) in LineBuilder.lines(of: words).enumerated() {
      builder.add(line, column: Interval(40, 190), pageNumber: 1, startsColumn: index == 0)
    }
    return builder.blocks.map { TextJoiner.join($0.lines.map(\.text)) }
  }

  @Test("A full line goes on in the next one, a short one ends its paragraph")
  func fullLines() {
    #expect(
      blocks(
        """
        These words fill up the line,
        and this one ends early.
        Here the next paragraph is on
        its way.
        """) == [
          "These words fill up the line, and this one ends early.",
          "Here the next paragraph is on its way.",
        ])
  }

  @Test("A short line ends its paragraph though the next one starts with a figure or a bracket")
  func figuresFirst() {
    #expect(
      blocks(
        """
        一、总体情况
        2021年编制
        （二）本年度
        """
      ).count == 3)
    // The year would not have fitted.
    #expect(
      blocks(
        """
        甲乙丙丁戊己庚辛壬癸子丑寅
        2021年卯辰
        """
      ).count == 1)
  }

  @Test("A first line that is set in starts a paragraph")
  func firstLineIndent() {
    #expect(
      blocks(
        """
            甲乙丙丁戊己庚辛壬癸子丑寅
        卯辰巳午未申酉戌亥甲乙丙丁戊己
            甲乙丙丁戊己庚辛壬癸子丑寅
        卯辰。
        """) == [
          "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥甲乙丙丁戊己",
          "甲乙丙丁戊己庚辛壬癸子丑寅卯辰。",
        ])
  }

  @Test("Other type size, other weight and more white start a block")
  func changes() {
    #expect(
      blocks(
        """
        A bold line that fills it all
        and plain text under it.
        """, boldRows: [0]) == ["A bold line that fills it all", "and plain text under it."])
    #expect(
      blocks(
        """
        These words fill up the line.


        After some white there is one
        """) == ["These words fill up the line.", "After some white there is one"])
  }

  @Test("A label at the same edge opens a new item, hanging lines belong to it")
  func labels() {
    #expect(
      blocks(
        """
        1. the first item fills a row
           and hangs below it.
        2. the second one fills it up
        3. the third.
        """) == [
          "1. the first item fills a row and hangs below it.", "2. the second one fills it up",
          "3. the third.",
        ])
  }

  @Test("The lines of a centred title belong together")
  func centred() {
    #expect(
      blocks(
        """
              A title that is set
                in the middle
        """) == ["A title that is set in the middle"])
  }

  @Test("A paragraph goes on in the next column or on the next page")
  func acrossPages() {
    func line(_ text: String, _ baseline: Double) -> Line {
      LineBuilder.line(of: [Word(text, x: 40, baseline: baseline)])
    }
    var builder = BlockBuilder()
    let column = Interval(40, 190)
    builder.add(
      line("wordswordswordswordswordswords", 700), column: column, pageNumber: 1,
      startsColumn: true)
    builder.add(line("go on", 60), column: column, pageNumber: 2, startsColumn: true)
    #expect(builder.blocks.count == 1)
    #expect(builder.blocks.first?.pieces.map(\.pageNumber) == [1, 2])
  }

  @Test("Nothing goes on behind a table")
  func close() {
    func line(_ text: String, _ baseline: Double) -> Line {
      LineBuilder.line(of: [Word(text, x: 40, baseline: baseline)])
    }
    var builder = BlockBuilder()
    let column = Interval(40, 190)
    builder.add(
      line("wordswordswordswordswordswords", 50), column: column, pageNumber: 1,
      startsColumn: true)
    builder.close()
    builder.add(line("after", 62), column: column, pageNumber: 1, startsColumn: false)
    #expect(builder.blocks.count == 2)
  }
}
