import LayoutAnalysis
import LayoutModel
import PageGeometry
import TableReconstruction
import TestSupport
import Testing

@Suite struct CellTextTests {
  /// The cell of a drawing whose text stands between x 0 and `width` cells of half an em.
  func cell(_ art: String, width: Int) -> CellText {
    let page = PageSketch(art, left: 0, top: 0).page()
    let words = WordBuilder(page: page).words(from: Array(page.glyphs.indices))
    return CellText(
      words: words, cell: Rect(minX: 0, minY: 0, maxX: 5 * Double(width), maxY: 100),
      page: (page.width, page.height))
  }

  @Test("Lines are joined with spaces, or without between ideographs")
  func lines() {
    #expect(
      cell(
        """
        Total of
        all years
        """, width: 14
      ).text == "Total of all years")
    #expect(
      cell(
        """
        制发件数
        合计
        """, width: 14
      ).text == "制发件数合计")
  }

  @Test("A word or number that its cell broke is put together again")
  func broken() {
    #expect(
      cell(
        """
        recons
        tructi
        on
        """, width: 7
      ).text == "reconstruction")
    #expect(
      cell(
        """
        123,4
        56.78
        """, width: 6
      ).text == "123,456.78")
  }

  @Test("Two short words on two lines stay two words")
  func notBroken() {
    #expect(
      cell(
        """
        men
        only
        """, width: 12
      ).text == "men only")
  }

  @Test("Text that runs up is read upwards, line after line from left to right")
  func rotated() {
    var page = PageLayout(number: 1, width: 100, height: 100)
    for (line, text) in ["第一", "栏"].enumerated() {
      for (place, scalar) in text.unicodeScalars.enumerated() {
        page.glyphs.append(
          Glyph(
            scalar: scalar, origin: Point(x: 20 + 12 * Double(line), y: 80 - 10 * Double(place)),
            advance: 10, size: 10, direction: .up))
      }
    }
    let words = WordBuilder(page: page).words(from: Array(page.glyphs.indices))
    let text = CellText(
      words: words, cell: Rect(minX: 5, minY: 20, maxX: 40, maxY: 90), page: (100, 100))
    #expect(text.text == "第一栏")
    #expect(text.lineCount == 2)
  }

  @Test(
    "Alignment is where the text leaves room",
    arguments: [
      ("abc", TextAlignment.left), ("          abc", .right), ("     abc", .center),
      ("abcdefghijklm", .unknown),
    ])
  func alignment(art: String, expected: TextAlignment) {
    #expect(cell(art, width: 13).alignment == expected)
  }

  @Test("Indent is the distance from the left side in ems")
  func indent() {
    #expect(cell("   abc", width: 20).indent == 1.5)
  }

  @Test("An empty cell has no text, box or size")
  func empty() {
    let text = cell("", width: 10)
    #expect(text.text == "" && text.box == nil && text.fontSize == 0 && text.lineCount == 0)
  }

  @Test("Raised marks are superscript characters; other small or raised type is as printed")
  func raised() {
    func text(_ words: [Word]) -> String {
      CellText(
        words: words, cell: Rect(minX: 0, minY: 0, maxX: 200, maxY: 40), page: (595, 842)
      ).text
    }
    var mark = Word("1", x: 25, baseline: 16, size: 6)
    mark.followsSpace = false
    #expect(text([Word("1,234", x: 0, baseline: 20), mark]) == "1,234¹")
    mark.text = "a"
    #expect(text([Word("Total", x: 0, baseline: 20), mark]) == "Totalᵃ")
    mark.text = "st"
    mark.box = Word("st", x: 10, baseline: 16, size: 6).box
    #expect(text([Word("31", x: 0, baseline: 20), mark]) == "31st")
    mark.text = "2"
    mark.box = Word("2", x: 10, baseline: 21, size: 6).box
    mark.baseline = 21
    #expect(text([Word("CO", x: 0, baseline: 20), mark]) == "CO2")
  }

  @Test("A diagonal line parts the head of a stub in two texts, the upper one first")
  func diagonal() {
    let words = [
      Word("区", x: 4, baseline: 38), Word("地", x: 4, baseline: 24),
      Word("指标", x: 70, baseline: 26), Word("名称", x: 70, baseline: 14),
    ]
    func text(_ diagonals: [Diagonal]) -> String {
      CellText(
        words: words, cell: Rect(minX: 0, minY: 0, maxX: 100, maxY: 42), page: (595, 842),
        diagonals: diagonals
      ).text
    }
    let line = Diagonal(start: Point(x: 0, y: 0), end: Point(x: 100, y: 42))
    #expect(text([line]) == "名称指标\n地区")
    #expect(text([Diagonal(start: line.end, end: line.start)]) == "名称指标\n地区")
    let outside = Diagonal(start: Point(x: 0, y: 0), end: Point(x: 400, y: 300))
    #expect(!text([outside]).contains("\n"))
  }
}
