import LayoutAnalysis
import LayoutModel
import PageGeometry
import TestSupport
import Testing

@testable import TableReconstruction

@Suite struct ShadedBandsTests {
  /// Stacks on a page whose lines of a drawing are shaded, as the numbers of bands in them.
  func counts(_ art: String, shaded: [Int], from start: Int = 0) -> [Int] {
    let page = PageSketch(art).page()
    let words = WordBuilder(page: page).words(from: Array(page.glyphs.indices))
    let shadings = shaded.enumerated().map { index, line in
      Shading(
        box: Rect(
          minX: index == 1 ? 40 + 5 * Double(start) : 40, minY: 40 + 12 * Double(line), maxX: 160,
          maxY: 52 + 12 * Double(line)), color: 0xDDE6F0)
    }
    return ShadedBands(
      shadings: shadings, rows: LineBuilder.lines(of: words).map(TextRow.init)
    ).stacks.map(\.bands.count)
  }

  static let rows = """
    East     10     4
    West     20     9
    North    30    14
    South     7     3
    Centre    5     1
    """

  @Test("Rows between bands with common ends belong to one stack")
  func stack() {
    #expect(counts(Self.rows, shaded: [0, 2, 4]) == [3])
  }

  @Test("A band may start beside a cell that reaches over several rows")
  func shorterBand() {
    #expect(counts(Self.rows, shaded: [0, 2, 4], from: 6) == [3])
  }

  @Test("Room for more than the lines between two bands divides them")
  func apart() {
    let art = """
      East     10     4

      Table 2

      West     20     9
      """
    #expect(counts(art, shaded: [0, 4]) == [1, 1])
  }
}
