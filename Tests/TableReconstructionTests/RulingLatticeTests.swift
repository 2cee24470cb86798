import LayoutModel
import PageGeometry
import TableReconstruction
import TestSupport
import Testing

@Suite struct RulingLatticeTests {
  /// The cells of each lattice as "r0..<1 c0..<2" in order.
  func lattices(_ art: String, isTitleRow: Bool = false) -> [[String]] {
    let lines = RulingMerger.lines(of: PageSketch(art).page().rulings)
    return RulingLattice.lattices(of: lines, isTitleRow: { _ in isTitleRow }).map { lattice in
      lattice.cells.map { cell in
        "r\(cell.rows.lowerBound)..<\(cell.rows.upperBound) "
          + "c\(cell.columns.lowerBound)..<\(cell.columns.upperBound)"
      }
    }
  }

  @Test("Where a line is missing between two units they are one cell")
  func spans() {
    #expect(
      lattices(
        """
        ┌───┬───────┐
        │   │       │
        │   ├───┬───┤
        │   │   │   │
        ├───┴───┼───┤
        │       │   │
        └───────┴───┘
        """) == [
          [
            "r0..<2 c0..<1", "r0..<1 c1..<3", "r1..<2 c1..<2", "r1..<2 c2..<3", "r2..<3 c0..<2",
            "r2..<3 c2..<3",
          ]
        ])
  }

  @Test("Open sides are closed where the lines of the other axis end")
  func openSides() {
    #expect(
      lattices(
        """
        ─────┬─────
             │
        ─────┼─────
             │
        ─────┴─────
        """) == [["r0..<1 c0..<1", "r0..<1 c1..<2", "r1..<2 c0..<1", "r1..<2 c1..<2"]])
  }

  @Test("An open bottom is closed as well")
  func openBottom() {
    #expect(
      lattices(
        """
        ┌────┬────┐
        │    │    │
        ├────┼────┤
        │    │    │
        """) == [["r0..<1 c0..<1", "r0..<1 c1..<2", "r1..<2 c0..<1", "r1..<2 c1..<2"]])
  }

  @Test("A double line is one edge")
  func doubleLine() {
    #expect(
      lattices(
        """
        ┌────┬────┐
        │    │    │
        ╞════╪════╡
        │    │    │
        └────┴────┘
        """) == [["r0..<1 c0..<1", "r0..<1 c1..<2", "r1..<2 c0..<1", "r1..<2 c1..<2"]])
  }

  @Test("Lines that do not touch are two lattices, from top to bottom")
  func apart() {
    #expect(
      lattices(
        """
        ┌────┬────┐
        │    │    │
        └────┴────┘


        ┌────┐
        │    │
        ├────┤
        │    │
        └────┘
        """) == [
          ["r0..<1 c0..<1", "r0..<1 c1..<2"], ["r0..<1 c0..<1", "r1..<2 c0..<1"],
        ])
  }

  @Test("A frame around text is a lattice of one cell")
  func frame() {
    #expect(
      lattices(
        """
        ┌────┐
        │    │
        └────┘
        """
      ) == [["r0..<1 c0..<1"]])
  }

  @Test("A title row without sides joins the lines above it with those below")
  func titleRow() {
    let art = """
      ┌────┬────┐
      │    │    │
      └────┴────┘

      ┌────┬────┐
      │    │    │
      └────┴────┘
      """
    #expect(lattices(art).count == 2)
    #expect(
      lattices(art, isTitleRow: true) == [
        [
          "r0..<1 c0..<1", "r0..<1 c1..<2", "r1..<2 c0..<2", "r2..<3 c0..<1", "r2..<3 c1..<2",
        ]
      ])
  }

  @Test("Another table beside it does not keep a title row from joining lines")
  func titleRowBeside() {
    let art = """
      ┌────┬────┐
      │    │    │  ┌────┬────┐
      └────┴────┘  │    │    │
                   │    │    │
      ┌────┬────┐  │    │    │
      │    │    │  └────┴────┘
      └────┴────┘
      """
    #expect(lattices(art, isTitleRow: true).map(\.count) == [5, 2])
  }

  @Test("Lines that stop a little short of those they meet still meet them")
  func shortLines() {
    var rulings = PageSketch(
      """
      ┌────┬────┐
      │    │    │
      └────┴────┘
      """
    ).page().rulings
    for index in rulings.indices where rulings[index].axis == .vertical {
      let extent = rulings[index].extent
      rulings[index].extent = Interval(extent.lower + 2, extent.upper - 2)
    }
    #expect(
      RulingLattice.lattices(of: RulingMerger.lines(of: rulings)).map(\.cells.count) == [2])
  }

  @Test("Edges at which no cell starts or ends, such as ticks, are left out")
  func ticks() {
    #expect(
      lattices(
        """
        ┌───────────┬───┐
        │           │   │
        │           │   │
        ├───────────┼───┤
        │           │   │
        │  │  │  │  │   │
        └──┴──┴──┴──┴───┘
        """) == [["r0..<1 c0..<1", "r0..<1 c1..<2", "r1..<2 c0..<1", "r1..<2 c1..<2"]])
  }

  @Test("Where areas between lines are no rectangles, walls are not drawn")
  func undrawnWalls() {
    func share(_ art: String) -> Double {
      let lines = RulingMerger.lines(of: PageSketch(art).page().rulings)
      return RulingLattice.lattices(of: lines)[0].undrawnShare
    }
    #expect(
      share(
        """
        ┌───┬───────┐
        │   │       │
        │   ├───┬───┤
        │   │   │   │
        └───┴───┴───┘
        """) == 0)
    #expect(
      share(
        """
        │       ┌───┐
        │ ┌───┐ │   │
        │ │   │ │   │
        └─┴───┴─┴───┴
        """) > 0.2)
  }
}
