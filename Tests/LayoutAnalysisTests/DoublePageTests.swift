import LayoutModel
import PageGeometry
import TestSupport
import Testing

@testable import LayoutAnalysis

@Suite struct DoublePageTests {
  /// A sheet of two halves, each drawn by itself; every page of a sketch begins 40 points from its edge.
  private func sheet(_ left: String, _ right: String, shift: Double = 0) -> PageLayout {
    var page = PageSketch(left, width: 842, height: 595).page()
    let other = PageSketch(right, left: 461, top: 40 + shift, width: 842, height: 595).page()
    page.glyphs += other.glyphs
    page.rulings += other.rulings
    return page
  }

  private func isDouble(_ page: PageLayout) -> Bool { DoublePage.fold(of: page) != nil }

  private static let prose = """
    The first of some lines of running text that fill the page
    and the next of them which goes on to the edge of the page
    and so on until the paragraph is at its end here and there
    """

  private static let table = """
    Region     2022     2023
    East        109       12
    West         87        3
    """

  @Test("Running text in both halves is two pages")
  func prosePages() throws {
    let fold = try #require(DoublePage.fold(of: sheet(Self.prose, Self.prose)))
    #expect(abs(fold - 421) < 20)
  }

  @Test("Lines at other heights are two pages, rows that go on at the right are one")
  func tables() {
    #expect(isDouble(sheet(Self.table, Self.table, shift: 7)))
    #expect(!isDouble(sheet(Self.table, Self.table)))
  }

  @Test("Page numbers that follow each other speak for two pages")
  func folios() {
    let foot = String(repeating: "\n", count: 42)
    #expect(isDouble(sheet(Self.table + foot + "12", Self.table + foot + "13")))
    #expect(!isDouble(sheet(Self.table + foot + "12", Self.table + foot + "30")))
  }

  @Test("The shadow of the fold speaks for two pages and is no line of theirs")
  func shadow() {
    var page = sheet(Self.table, Self.table)
    page.rulings.append(
      Ruling(axis: .vertical, position: 421, extent: Interval(10, 590), thickness: 3))
    #expect(isDouble(page))
  }

  @Test("What a rule or a line of text crosses is one page")
  func crossed() {
    var page = sheet(Self.prose, Self.prose)
    page.rulings.append(
      Ruling(axis: .horizontal, position: 200, extent: Interval(60, 780), thickness: 0.5))
    #expect(!isDouble(page))
    let title = PageSketch("A title over both of the columns", left: 340, top: 10).page()
    var titled = sheet(Self.prose, Self.prose)
    titled.glyphs += title.glyphs
    #expect(!isDouble(titled))
  }

  @Test("An upright page is one, whatever is on it, and so is a page with one half empty")
  func single() {
    var upright = sheet(Self.prose, Self.prose)
    upright.height = 1191
    #expect(!isDouble(upright))
    #expect(!isDouble(sheet(Self.prose, "")))
  }

  @Test("Each half keeps its glyphs with their confidences and its rules, from its own edge")
  func halves() {
    var page = sheet(Self.prose, Self.table)
    page.rulings = [
      Ruling(axis: .horizontal, position: 90, extent: Interval(470, 700), thickness: 0.5),
      Ruling(axis: .vertical, position: 500, extent: Interval(40, 90), thickness: 0.5),
    ]
    page.confidences = page.glyphs.map { $0.origin.x < 421 ? 0.5 : 0.75 }
    let (left, right) = DoublePage.halves(of: page, fold: 421)
    #expect(left.glyphs.count + right.glyphs.count == page.glyphs.count)
    #expect(left.confidences.allSatisfy { $0 == 0.5 })
    #expect(right.confidences.allSatisfy { $0 == 0.75 })
    #expect(right.glyphs.first?.origin.x == 40)
    #expect(left.rulings.isEmpty)
    #expect(right.rulings.map(\.axis) == [.horizontal, .vertical])
    #expect(right.rulings.first?.extent == Interval(49, 279))
    #expect(right.rulings.last?.position == 79)
    #expect(left.width + right.width == page.width)
  }
}
