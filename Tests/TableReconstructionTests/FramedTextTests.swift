import LayoutModel
import TestSupport
import Testing

@testable import TableReconstruction

@Suite struct FramedTextTests {
  func tables(_ art: String) -> [PageGrid] {
    let page = PageSketch(art).page()
    return TableReconstructor.tables(on: page, visibleGlyphs: Array(page.glyphs.indices)).tables
  }

  @Test("A caption and a source in rows of their own are no rows of the table")
  func captionAndSource() {
    let found = tables(
      """
      ┌──────────────────┐
      │ Table 3. Schools │
      ├─────────┬────────┤
      │ Kind    │ Number │
      ├─────────┼────────┤
      │ Public  │ 12     │
      ├─────────┼────────┤
      │ Private │ 7      │
      ├─────────┴────────┤
      │ Source: survey   │
      └──────────────────┘
      """)
    #expect(found.map(\.grid.rowCount) == [3])
    #expect(found.map(\.caption) == ["Table 3. Schools"])
    #expect(found.map(\.notes) == [["Source: survey"]])
    #expect(found.allSatisfy { $0.grid.isConsistent })
  }

  @Test("A full-width title row without a number stays in the table")
  func titleRow() {
    let found = tables(
      """
      ┌──────────────────┐
      │     Schools      │
      ├─────────┬────────┤
      │ Kind    │ Number │
      ├─────────┼────────┤
      │ Public  │ 12     │
      ├─────────┼────────┤
      │ Private │ 7      │
      └─────────┴────────┘
      """)
    #expect(found.map(\.grid.rowCount) == [4])
    #expect(found.map(\.caption) == [nil])
  }
}
