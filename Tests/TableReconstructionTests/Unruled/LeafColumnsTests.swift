import LayoutAnalysis
import LayoutModel
import PageGeometry
import TestSupport
import Testing

@testable import TableReconstruction

@Suite struct LeafColumnsTests {
  func columns(_ art: String, width: Double = 200) -> LeafColumns? {
    let page = PageSketch(art, left: 0).page()
    let words = WordBuilder(page: page).words(from: Array(page.glyphs.indices))
    return LeafColumns(
      rows: LineBuilder.lines(of: words).map(TextRow.init), extent: Interval(0, width))
  }

  @Test("Edges lie in the middle of the gutters that all rows share, and at the table's ends")
  func edges() {
    let found = columns(
      """
      East     1,009.3     12.5
      West        87.0      3.1
      North      120.5      4.2
      """, width: 125)
    #expect(found?.edges == [0, 35, 92.5, 125])
    #expect(found?.contents == [Interval(0, 25), Interval(45, 80), Interval(105, 125)])
  }

  @Test("Spaces that line up by chance in two rows are no gutter")
  func chance() {
    #expect(columns("one two\none two") == nil)
  }

  @Test("A stretch covers the columns that it overlaps by more than a little")
  func covering() throws {
    let found = try #require(LeafColumns(edges: [0, 50, 100, 150], rows: []))
    #expect(found.count == 3)
    #expect(found.range(covering: Interval(10, 40), size: 10) == 0..<1)
    #expect(found.range(covering: Interval(10, 52), size: 10) == 0..<1)
    #expect(found.range(covering: Interval(60, 140), size: 10) == 1..<3)
    #expect([-5, 20, 60, 400].map { found.index(at: $0) } == [0, 0, 1, 2])
  }

  @Test("One column is none")
  func single() {
    #expect(columns("East\nWest") == nil)
    #expect(LeafColumns(edges: [0, 10], rows: []) == nil)
  }
}
