import DocumentModel
import LayoutModel
import PageGeometry
import TestSupport
import Testing

@testable import Conversion

/// What becomes of the two halves of a double page.
@Suite struct DoublePageConversionTests {
  private func half(_ art: String, from x: Double, isSecond: Bool) -> PageLayout {
    var page = PageSketch(art, width: 421, height: 595).page()
    for index in page.glyphs.indices { page.glyphs[index].flags.insert(.recognized) }
    page.confidences = page.glyphs.map { _ in 1 }
    page.skew = PageSkew(degrees: 0, width: 842, height: 595)
    page.half = PageHalf(
      corner: Point(x: x, y: 0), sheetWidth: 842, sheetHeight: 595, isSecond: isSecond)
    return page
  }

  private static let head = "┌───────┬───────┐\n│ Place │ Count │\n├───────┼───────┤\n"
  private static let left =
    head + "│ East  │ 1     │\n├───────┼───────┤\n│ North │ 2     │\n└───────┴───────┘"
  private static let right =
    head + "│ South │ 3     │\n├───────┼───────┤\n│ West  │ 4     │\n└───────┴───────┘"

  private func document(_ pages: [PageLayout]) -> (blocks: [Block], pages: [PageInfo]) {
    var assembler = PageAssembler()
    for page in pages { assembler.add(page) }
    let (blocks, infos, _) = assembler.finished()
    return (blocks, infos)
  }

  @Test("Two halves are one page of the document, read left before right, with places on the sheet")
  func order() throws {
    let (blocks, pages) = document([
      half("The text of the left page.", from: 0, isSecond: false),
      half("The text of the right page.", from: 421, isSecond: true),
    ])
    #expect(pages.map(\.number) == [1])
    #expect(pages.first?.width == 842)
    #expect(pages.first?.origin == .recognized)
    #expect(blocks.map(\.text) == ["The text of the left page.", "The text of the right page."])
    guard case .page(1, let box)? = blocks.last?.provenance.first else {
      Issue.record("no place on page 1")
      return
    }
    #expect(abs(box.minX - 461) < 0.01)
  }

  @Test("A table goes on from the left to the right page")
  func joined() throws {
    let (blocks, _) = document([
      half(Self.left, from: 0, isSecond: false), half(Self.right, from: 421, isSecond: true),
    ])
    #expect(blocks.count == 1)
    let table = try #require(blocks.first?.table)
    #expect(table.rowCount == 5)
    #expect(table.fragments.map(\.page) == [1, 1])
    let last = try #require(table.cells.last)
    #expect(last.text == "4")
    guard case .page(1, let box)? = last.provenance.first else {
      Issue.record("no place on page 1")
      return
    }
    #expect(box.minX > 421)
  }
}
