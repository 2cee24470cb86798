import LayoutModel
import TestSupport
import Testing

@testable import TableReconstruction

@Suite struct GlyphPartitionTests {
  /// The text inside each cell of each lattice, and the text outside.
  func texts(_ art: String) -> (inside: [[String]], outside: String) {
    let page = PageSketch(art).page()
    let lattices = RulingLattice.lattices(of: RulingMerger.lines(of: page.rulings))
    let partition = GlyphPartition(
      page: page, lattices: lattices, glyphs: Array(page.glyphs.indices))
    func text(_ indices: [Int]) -> String {
      var view = String.UnicodeScalarView()
      for index in indices { view.append(page.glyphs[index].scalar) }
      return String(view)
    }
    return (partition.inside.map { $0.map(text) }, text(partition.outside))
  }

  @Test("A glyph belongs to the cell where its centre is; other glyphs are outside")
  func cells() {
    let found = texts(
      """
      before
      ┌────┬────┐
      │ab  │cd  │
      │  e ├────┤
      │f   │gh  │
      └────┴────┘ x
      after
      """)
    #expect(found.inside == [["abef", "cd", "gh"]])
    #expect(found.outside == "beforexafter")
  }

  @Test("A table inside a frame takes its glyphs, not the frame")
  func nested() {
    let found = texts(
      """
      ┌──────────────┬───┐
      │ o            │ p │
      │  ┌───┬───┐   │   │
      │  │ a │ b │   │   │
      │  └───┴───┘   │   │
      └──────────────┴───┘
      """)
    #expect(found.inside == [["o", "p"], ["a", "b"]])
    #expect(found.outside == "")
  }

  @Test("Without lattices all glyphs are outside")
  func plain() {
    #expect(texts("ab").outside == "ab")
  }
}
