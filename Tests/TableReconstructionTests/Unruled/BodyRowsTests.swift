import LayoutAnalysis
import LayoutModel
import PageGeometry
import TestSupport
import Testing

@testable import TableReconstruction

@Suite struct BodyRowsTests {
  /// For each row of the grid, the positions of its text rows.
  ///
  /// Lines of the drawing separate rows.
  func groups(_ art: String) -> [[Int]] {
    let page = PageSketch(art, left: 0).page()
    let words = WordBuilder(page: page).words(from: Array(page.glyphs.indices))
    let rows = LineBuilder.lines(of: words).map(TextRow.init)
    guard let columns = LeafColumns(edges: [0, 75, 112, 150], rows: rows) else { return [] }
    return BodyRows(
      rows: rows, columns: columns,
      separators: page.rulings.filter { $0.axis == .horizontal }.map(\.position)
    ).groups()
  }

  @Test("Rows of values are the rows of the grid")
  func values() {
    #expect(
      groups(
        """
        Tea               12.4
        Coffee             3.1
        """) == [[0], [1]])
  }

  @Test("The lines of a text are shared out to their value: it stands at the top")
  func atTop() {
    #expect(
      groups(
        """
        Tea (including    12.4
        iced tea)
        Coffee             3.1
        Milk (without      7.1
        powder)
        """) == [[0, 1], [2], [3, 4]])
  }

  @Test("At the bottom")
  func atBottom() {
    #expect(
      groups(
        """
        Tea (including
        iced tea)         12.4
        Coffee             3.1
        Milk (without
        powder)            7.1
        """) == [[0, 1], [2], [3, 4]])
  }

  @Test("In the middle")
  func inMiddle() {
    #expect(
      groups(
        """
        Tea (including
                          12.4   1.0
        iced tea)
        Coffee             3.1   2.0
        """) == [[0, 1, 2], [3]])
  }

  @Test("A line that belongs to no row of values is a row of its own")
  func ownRow() {
    #expect(
      groups(
        """
        Hot
        Tea               12.4
        Coffee             3.1
        """) == [[0], [1], [2]])
  }

  @Test("In rows set solid, lines that stand as rows do are rows if the body starts with one")
  func labels() {
    #expect(
      groups(
        """
        城市道路
        人行道养护     12     1
        道路机械化清扫  3     2
        供水排水
        供水管网        7     3
        """) == [[0], [1], [2], [3], [4]])
    #expect(
      groups(
        """
        人行道养护     12     1
        道路机械化清扫  3     2
        供水排水
        供水管网        7     3
        """) == [[0], [1, 2], [3]])
  }

  @Test("Lines between rows decide before anything else")
  func separators() {
    #expect(
      groups(
        """
        Tea               12.4
        Green
        ──────────────────────
        Coffee             3.1
        Black
        ──────────────────────
        Milk               7.1
        """) == [[0, 1], [2, 3], [4]])
  }

  @Test("White space decides where rows stand further apart than the lines of one cell")
  func whiteSpace() {
    #expect(
      groups(
        """
        Tea               12.4
        Green

        Coffee             3.1

        Milk               7.1
        Black
        """) == [[0, 1], [2], [3, 4]])
  }

  @Test("Two values in one column are two rows, whatever the white space")
  func twoValues() {
    #expect(
      groups(
        """
        Tea               12.4
        Coffee             3.1

        Milk               7.1
        """) == [[0], [1], [2]])
  }

  @Test(
    "A value alone on its baseline is a row's value too")
  func valueAlone() {
    #expect(
      groups(
        """
        Tea (including
                          12.4
        iced tea)
        Coffee             3.1
        """) == [[0, 1, 2], [3]])
  }

  @Test("Values over each other are two rows, where most rows have lines between them")
  func bandOverTwo() {
    #expect(
      groups(
        """
        Item A            1.4
        ───────────────────────
        Item B            2.4
        ───────────────────────
        Item C            3.4
        ───────────────────────
        Item D            4.4
        ───────────────────────
        Item E            5.4
        ───────────────────────
        Item F            6.4
        ───────────────────────
        Item G            7.4
        ───────────────────────
        Item H            8.4
        ───────────────────────
        Item I            9.4
        ───────────────────────
        Item J            10.4
        ───────────────────────
        Item K            11.4
        Item L            12.4
        ───────────────────────
        Item M            13.4
        """
      ).suffix(3) == [[10], [11], [12]])
  }
}
