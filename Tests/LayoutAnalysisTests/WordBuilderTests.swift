import LayoutAnalysis
import LayoutModel
import PageGeometry
import TestSupport
import Testing

@Suite struct WordBuilderTests {
  /// The words of a page; ␣ before a word that follows a space.
  func words(_ page: PageLayout) -> [String] {
    WordBuilder(page: page).words(from: Array(page.glyphs.indices))
      .map { ($0.followsSpace ? "␣" : "") + $0.text }
  }

  /// Glyphs on one baseline: scalar, x, advance in a type of 10 points.
  func page(_ glyphs: [(Unicode.Scalar, Double, Double)]) -> PageLayout {
    PageLayout(
      number: 1, width: 300, height: 100,
      glyphs: glyphs.map {
        Glyph(scalar: $0.0, origin: Point(x: $0.1, y: 50), advance: $0.2, size: 10)
      })
  }

  @Test("White space and printed spaces separate words")
  func spaces() {
    #expect(words(PageSketch("one two␣three").page()) == ["one", "␣two", "␣three"])
  }

  @Test("A gap narrower than a space, as kerning leaves, separates nothing")
  func kerning() {
    #expect(words(page([("A", 10, 6), ("V", 17, 6), ("a", 22, 5)])) == ["AVa"])
    #expect(words(page([("A", 10, 6), ("V", 18, 6)])) == ["A", "␣V"])
  }

  @Test("Ideographs and Latin letters are set apart without a space between them")
  func mixedScripts() {
    #expect(
      words(page([("共", 10, 10), ("3", 22.5, 5), ("5", 27.5, 5), ("件", 35, 10)])) == ["共35件"])
  }

  @Test("A wide gap between ideographs cuts, but only a wider one is a space")
  func ideographGaps() {
    #expect(words(page([("目", 10, 10), ("录", 26, 10)])) == ["目", "录"])
    #expect(words(page([("目", 10, 10), ("录", 30, 10)])) == ["目", "␣录"])
  }

  @Test("Text painted twice at one place is taken once")
  func overprint() {
    #expect(
      words(page([("粗", 10, 10), ("粗", 10.4, 10), ("体", 20, 10), ("体", 20.4, 10)])) == ["粗体"])
    #expect(words(page([("1", 10, 5), ("1", 15, 5)])) == ["11"])
  }

  @Test("Latin ligatures are written as the letters that they join")
  func ligatures() {
    #expect(
      words(page([("o", 10, 5), ("\u{FB03}", 15, 8), ("c", 23, 5), ("e", 28, 5)])) == ["office"])
    var joined = page([("x", 10, 5)])
    joined.ligatureScalars = ["f", "l"]
    joined.glyphs[0].ligature = 0..<2
    #expect(words(joined) == ["fl"])
  }

  @Test("A stroke over the fill, or a bold font, makes a bold word")
  func bold() {
    var page = page([("a", 10, 5)])
    page.glyphs[0].flags = .strokedBold
    #expect(WordBuilder(page: page).words(from: [0]).map(\.isBold) == [true])
    let sketch = PageSketch("a\nb", boldRows: [1]).page()
    #expect(WordBuilder(page: sketch).words(from: [0, 1]).map(\.isBold) == [false, true])
  }

  @Test("A superscript is a word of its own")
  func superscript() {
    var page = page([("m", 10, 8), ("2", 18, 3)])
    page.glyphs[1].size = 6
    page.glyphs[1].origin.y = 46
    #expect(Set(words(page)) == ["m", "2"])
  }

  @Test("Text that runs up is read upwards, with a box on the page")
  func upwards() throws {
    var page = page([("a", 0, 5), ("b", 0, 5)])
    for (index, y) in [80.0, 75.0].enumerated() {
      page.glyphs[index].origin = Point(x: 50, y: y)
      page.glyphs[index].direction = .up
    }
    let word = try #require(WordBuilder(page: page).words(from: [0, 1]).first)
    #expect(
      LayoutDump.word(word) == #"word "ab" [41.5 70 51.5 80] baseline 50 size 10 running up"#)
  }

  @Test("Every glyph that is not white space is in exactly one word")
  func completeness() {
    let page = PageSketch(
      """
      Some words in  English, 中文 字符 and 123,456.
          number 7␣of 9
      """
    ).page()
    let text = WordBuilder(page: page).words(from: Array(page.glyphs.indices)).map(\.text).joined()
    #expect(text.unicodeScalars.count == page.glyphs.filter { $0.scalar != " " }.count)
  }

  @Test("The order of painting changes nothing", arguments: 1...8)
  func shuffled(seed: UInt64) {
    let page = PageSketch(
      """
      Some words in  English, 中文 字符 and 123,456.
          number 7␣of 9
      """
    ).page()
    let builder = WordBuilder(page: page)
    let shuffled = page.shuffled(seed: seed)
    #expect(
      WordBuilder(page: shuffled).words(from: Array(shuffled.glyphs.indices))
        == builder.words(from: Array(page.glyphs.indices)), "seed \(seed)")
  }
}
