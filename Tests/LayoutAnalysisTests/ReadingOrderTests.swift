import LayoutAnalysis
import LayoutModel
import PageGeometry
import TestSupport
import Testing

@Suite struct ReadingOrderTests {
  /// The lines of a page in reading order; "/" where a new region starts.
  func read(_ art: String) -> String {
    read(PageSketch(art).page())
  }

  func read(_ page: PageLayout) -> String {
    let words = WordBuilder(page: page).words(from: Array(page.glyphs.indices))
    let lines = LineBuilder.lines(of: words, splitGap: 1)
    let x = lines.map(\.box.xInterval)
    let area = x.dropFirst().reduce(x[0]) { $0.union($1) }
    let pieces = lines.map { ReadingOrder.Piece(box: $0.box, size: $0.size, lineCount: 1) }
    return ReadingOrder.regions(of: pieces, area: area).map { region in
      region.indices.map { lines[$0].text }.joined(separator: " ")
    }.joined(separator: " / ")
  }

  static let columns = """
    full-width-heading-of-the-page
    left-one        right-one
    left-two        right-two
    left-three      right-three
    left-four       right-four
    full-width-text-after-columns!
    left-five       right-five
    left-six        right-six
    left-seven      right-seven
    """

  @Test("Columns are read one after the other, between the pieces that run across them")
  func columnsBetweenFullWidth() {
    #expect(
      read(Self.columns) == """
        full-width-heading-of-the-page / left-one left-two left-three left-four / \
        right-one right-two right-three right-four / full-width-text-after-columns! / \
        left-five left-six left-seven / right-five right-six right-seven
        """)
  }

  @Test("Fewer than three lines at a side are no columns")
  func twoLines() {
    #expect(
      read(
        """
        left-one        right-one
        left-two        right-two
        """) == "left-one right-one left-two right-two")
  }

  @Test("Page numbers of a table of contents are no column")
  func contents() {
    #expect(
      read(
        """
        Chapter-one-and-its-title     1
        Chapter-two-and-its-title     5
        Chapter-three-and-its-title   9
        Chapter-four-and-its-title   12
        """) == """
          Chapter-one-and-its-title 1 Chapter-two-and-its-title 5 \
          Chapter-three-and-its-title 9 Chapter-four-and-its-title 12
          """)
  }

  @Test("Three columns are read from left to right")
  func threeColumns() {
    #expect(
      read(
        """
        aaaaaaaa   bbbbbbbb   cccccccc
        aaaaaaaa   bbbbbbbb   cccccccc
        aaaaaaaa   bbbbbbbb   cccccccc
        """) == """
          aaaaaaaa aaaaaaaa aaaaaaaa / bbbbbbbb bbbbbbbb bbbbbbbb / cccccccc cccccccc cccccccc
          """)
  }

  @Test("The order of painting does not matter", arguments: 1...6)
  func shuffled(seed: UInt64) {
    #expect(
      read(PageSketch(Self.columns).page().shuffled(seed: seed)) == read(Self.columns),
      "seed \(seed)")
  }

  @Test("Every piece is in exactly one region", arguments: 1...20)
  func completeness(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let pieces = (0..<40).map { _ in
      let x = Double.random(in: 0...400, using: &random)
      let y = Double.random(in: 0...700, using: &random)
      return ReadingOrder.Piece(
        box: Rect(minX: x, minY: y, maxX: x + .random(in: 5...300, using: &random), maxY: y + 10),
        size: 10, lineCount: 1)
    }
    let regions = ReadingOrder.regions(of: pieces, area: Interval(0, 700))
    #expect(regions.flatMap(\.indices).sorted() == Array(0..<40), "seed \(seed)")
  }
}
