import DocumentModel
import LayoutModel
import PageGeometry
import TestSupport
import Testing

@testable import Conversion

@Suite struct PictureTableTests {
  /// What is read of a picture that shows the art.
  private func read(_ art: String) -> PageLayout {
    var page = PageSketch(art).page()
    for index in page.glyphs.indices { page.glyphs[index].flags.insert(.recognized) }
    page.confidences = page.glyphs.map { _ in 0.8 }
    return page
  }

  private static let table = """
    ┌───────────────┬───────────────┬───────────────┐
    │ Region        │ 2022          │ 2023          │
    ├───────────────┼───────────────┼───────────────┤
    │ East          │ 1,009         │ 12            │
    ├───────────────┼───────────────┼───────────────┤
    │ West          │ 87            │ 3             │
    └───────────────┴───────────────┴───────────────┘
    """

  @Test("A grid filled with text is a table")
  func table() {
    let page = read(Self.table)
    #expect(PictureTable.mayBeTable(page.rulings))
    #expect(PictureTable.isTable(page))
  }

  @Test("The squares of a chart, a framed text and plain lines are none")
  func others() {
    let chart = """
      ┌───────┬───────┬───────┬───────┐
      │       │       │       │       │
      ├───────┼───────┼───────┼───────┤
      │       │       │       │       │
      ├───────┼───────┼───────┼───────┤
      │       │       │       │       │
      └───────┴───────┴───────┴───────┘
      2020    2021    2022    2023
      """
    #expect(!PictureTable.isTable(read(chart)))
    #expect(!PictureTable.isTable(read("Some lines of text\nthat are a paragraph\nand no table")))
    #expect(!PictureTable.isTable(read("")))
    #expect(!PictureTable.mayBeTable([]))
  }

  @Test("A page takes a table in at its place: recognised cells there, its own text around it")
  func added() throws {
    let text = PageSketch(
      "Some text above the picture.\n" + String(repeating: "\n", count: 20)
        + "And some text below it."
    ).page()
    let box = Rect(minX: 40, minY: 80, maxX: 400, maxY: 240)
    let table = PictureTable(
      box: box, layout: read(Self.table), corner: Point(x: 10, y: 60), notes: [])
    let page = table.added(to: text)
    #expect(page.confidences.count == page.glyphs.count)
    var assembler = PageAssembler()
    assembler.add(page)
    let (blocks, pages, _) = assembler.finished()
    #expect(pages.map(\.origin) == [.textLayer])
    #expect(blocks.map(\.kind) == [.paragraph, .table, .paragraph])
    let cells = try #require(blocks[1].table).cells
    #expect(cells.map(\.text).prefix(4) == ["Region", "2022", "2023", "East"])
    #expect(cells.allSatisfy { $0.evidence == .recognized && $0.confidence < 0.9 })
    guard case .page(1, let place)? = cells.first?.provenance.first else {
      Issue.record("no place")
      return
    }
    #expect(abs(place.minY - 106) < 1)
  }

  @Test("An old text layer in the picture gives way")
  func oldLayer() {
    var page = PageSketch("Old text\n\n\n\n\nNew text").page()
    for index in page.glyphs.indices where page.glyphs[index].origin.y < 60 {
      page.glyphs[index].flags.insert(.invisible)
    }
    let count = page.glyphs.count { !$0.flags.contains(.invisible) }
    let table = PictureTable(
      box: Rect(minX: 30, minY: 30, maxX: 300, maxY: 60), layout: read(""),
      corner: Point(x: 0, y: 0), notes: [])
    #expect(table.added(to: page).glyphs.count == count)
  }
}
