import LayoutModel
import PageGeometry
import TableReconstruction
import TestSupport
import Testing

@Suite struct RulingMergerTests {
  func horizontal(_ y: Double, _ from: Double, _ to: Double, color: UInt32 = 0) -> Ruling {
    Ruling(axis: .horizontal, position: y, extent: Interval(from, to), thickness: 0.5, color: color)
  }

  func merged(_ rulings: [Ruling]) -> [String] {
    RulingMerger.lines(of: rulings).map(LayoutDump.ruling)
  }

  @Test("Pieces of one line, dash by dash or cell by cell, become one line")
  func pieces() {
    #expect(
      merged([horizontal(10, 50, 90), horizontal(10, 10, 48), horizontal(10, 92, 120)])
        == ["horizontal ruling y 10 x 10 to 120 thickness 0.5"])
  }

  @Test("Lines with a gap between them stay apart, as under neighbouring spanners")
  func gap() {
    #expect(
      merged([horizontal(10, 10, 50), horizontal(10, 56, 90)]) == [
        "horizontal ruling y 10 x 10 to 50 thickness 0.5",
        "horizontal ruling y 10 x 56 to 90 thickness 0.5",
      ])
  }

  @Test("The borders of two neighbouring cells at one place are one line between them")
  func doubled() {
    #expect(
      merged([horizontal(10, 10, 90), horizontal(11, 10, 90)])
        == ["horizontal ruling y 10.5 x 10 to 90 thickness 0.5"])
  }

  @Test("Specks and lines in the colour of paper are left out")
  func invisible() {
    #expect(
      merged([horizontal(10, 10, 13), horizontal(20, 10, 90, color: 0xFFFFFF)]).isEmpty)
    #expect(merged([horizontal(20, 10, 90, color: 0xF0F0F0)]).count == 1)
  }

  @Test("Horizontal lines come first, each axis by place; the order of drawing does not matter")
  func order() {
    let page = PageSketch(
      """
      ┌──┬──┐
      │  │  │
      ├──┴──┤
      │     │
      └─────┘
      """, left: 0, top: 0
    ).page()
    let expected = [
      "horizontal ruling y 6 x 2.5 to 32.5 thickness 0.5",
      "horizontal ruling y 30 x 2.5 to 32.5 thickness 0.5",
      "horizontal ruling y 54 x 2.5 to 32.5 thickness 0.5",
      "vertical ruling x 2.5 y 6 to 54 thickness 0.5",
      "vertical ruling x 17.5 y 6 to 30 thickness 0.5",
      "vertical ruling x 32.5 y 6 to 54 thickness 0.5",
    ]
    #expect(merged(page.rulings) == expected)
    #expect(merged(page.rulings.reversed()) == expected)
  }
}
