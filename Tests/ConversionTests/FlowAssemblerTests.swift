import DocumentModel
import LayoutModel
import Testing

@testable import Conversion

@Suite struct FlowAssemblerTests {
  static let place = Provenance.part(name: "word/document.xml", path: "body/p[1]")

  static func paragraph(
    _ text: String, kind: Block.Kind = .paragraph, alignment: TextAlignment = .left,
    size: Double = 12, isBold: Bool = false, role: Block.Role? = nil, inlines: [Inline] = [],
    noteKey: String? = nil
  ) -> FlowBlock {
    .paragraph(
      FlowParagraph(
        kind: kind, text: text, alignment: alignment, isBold: isBold, fontSize: size, role: role,
        inlines: inlines, noteKey: noteKey, provenance: place))
  }

  /// A grid with one text for each cell, rows separated by "/", cells by "|".
  static func table(_ text: String, widths: [Double] = [], follows: Bool = false) -> FlowBlock {
    let rows = text.split(separator: "/").map { $0.split(separator: "|").map(String.init) }
    var cells: [GridCell] = []
    for (row, texts) in rows.enumerated() {
      for (column, text) in texts.enumerated() {
        cells.append(
          GridCell(
            rows: row..<row + 1, columns: column..<column + 1, text: text, evidence: .declared))
      }
    }
    let grid = CellGrid(rowCount: rows.count, columnCount: rows[0].count, cells: cells)
    let widths = widths.isEmpty ? rows[0].map { _ in 100 } : widths
    return .table(
      FlowTable(grid: grid, columnWidths: widths, followsTable: follows, provenance: place))
  }

  func assemble(_ blocks: [FlowBlock]) -> FlowAssembler.Result {
    FlowAssembler.assemble(FlowLayout(blocks: blocks))
  }

  @Test("Caption, unit line and notes around a table become part of it")
  func surroundings() throws {
    let result = assemble([
      Self.paragraph("Text before the table, which is a sentence."),
      Self.paragraph("表3-7 分地区生产总值", alignment: .center),
      Self.paragraph("单位：亿元", alignment: .right, size: 8),
      Self.table("地区|2022|2023/北京|1|2"),
      Self.paragraph("注：1. 本表按当年价格计算。", size: 8),
      Self.paragraph("2. 初步核算数。", size: 8),
      Self.paragraph("Text behind the table."),
    ])
    #expect(result.blocks.map(\.kind) == [.paragraph, .table, .paragraph])
    let table = try #require(result.blocks[1].table)
    #expect(table.caption == "表3-7 分地区生产总值")
    #expect(table.unit == "亿元")
    #expect(table.footnotes == ["注：1. 本表按当年价格计算。", "2. 初步核算数。"])
  }

  @Test("A heading above a table is not its caption")
  func heading() throws {
    let result = assemble([
      Self.paragraph("二、主动公开", kind: .heading), Self.table("a|b/1|2"),
    ])
    #expect(result.blocks.map(\.kind) == [.heading, .table])
    #expect(result.blocks[0].label == "二、" && result.blocks[0].text == "主动公开")
    #expect(result.blocks[1].table?.caption == nil)
  }

  @Test("A title in large type next to a table is not its caption")
  func title() {
    let result = assemble([
      Self.paragraph("年度报告", alignment: .center, size: 22), Self.table("a|b/1|2"),
      Self.paragraph(String(repeating: "正文。", count: 30)),
    ])
    #expect(result.blocks.map(\.kind) == [.title, .table, .paragraph])
  }

  @Test("Adjacent tables of one grid are one; of different grids they are two")
  func adjacent() {
    let first = Self.table("a|b/1|2")
    let joined = assemble([first, Self.table("3|4", follows: true)])
    #expect(joined.blocks.map { $0.table?.rowCount } == [3])
    #expect(joined.notes.map(\.code) == ["table.joinedAdjacent"])
    let apart = assemble([first, Self.table("3|4", widths: [50, 150], follows: true)])
    #expect(apart.blocks.count == 2)
  }

  @Test("A table behind a line that says it goes on loses its repeated head")
  func continuation() {
    let result = assemble([
      Self.table("地区|2022|2023/北京|1|2"), Self.paragraph("续表3-7", alignment: .center),
      Self.table("地区|2022|2023/天津|3|4"),
    ])
    #expect(result.blocks.map { $0.table?.rowCount } == [3])
    #expect(result.notes.map(\.code) == ["table.continuationJoined"])
  }

  @Test("Across a blank paragraph only a piece without a head of its own is joined")
  func blank() {
    let first = Self.table("Region|2022|2023/North|1|2")
    #expect(assemble([first, Self.table("South|3|4/West|5|6")]).blocks.count == 1)
    #expect(assemble([first, Self.table("City|Area|Head/Rome|5|6")]).blocks.count == 2)
  }

  @Test("References name the block or comment that they mean; unknown ones are dropped")
  func references() {
    let marks = [
      Inline(range: 1..<1, kind: .reference(to: "footnote:2")),
      Inline(range: 0..<0, kind: .reference(to: "endnote:9")),
    ]
    let result = assemble([
      Self.paragraph("a", inlines: marks),
      Self.paragraph("note", kind: .footnote, noteKey: "footnote:2"),
    ])
    #expect(
      result.blocks[0].inlines == [Inline(range: 1..<1, kind: .reference(to: "b2"))])
    #expect(result.blocks[1].label == "1")
  }

  @Test("Without marked headings, short bold or labelled lines are headings")
  func looks() {
    let body = Self.paragraph(String(repeating: "Running text. ", count: 20))
    let result = assemble([
      Self.paragraph("Report", alignment: .center, size: 18), Self.paragraph("一、总体情况"), body,
      Self.paragraph("Results", isBold: true), body, Self.paragraph("A sentence.", isBold: true),
    ])
    #expect(
      result.blocks.map(\.kind)
        == [.title, .heading, .paragraph, .heading, .paragraph, .paragraph])
  }

  @Test("Sections end at the block before their end")
  func sections() {
    var layout = FlowLayout(blocks: ["a", "b", "c"].map { Self.paragraph($0) })
    layout.sections = [
      FlowSection(form: Section(columnCount: 2), end: 2), FlowSection(form: Section(), end: 3),
    ]
    let result = FlowAssembler.assemble(layout)
    #expect(result.sections.map(\.lastBlock) == ["b2", "b3"])
  }

  /// A reference at the start of a text.
  static func reference(_ key: String) -> Inline {
    Inline(range: 0..<0, kind: .reference(to: key))
  }

  @Test("Blocks are handed on one by one, those with a note mark when the note has come")
  func handedOn() {
    let blocks = [
      Self.paragraph("One sentence, without a mark."),
      Self.paragraph("Another, with a mark.", inlines: [Self.reference("footnote:2")]),
      Self.paragraph("A third one, behind it."),
      Self.paragraph("The note.", kind: .footnote, noteKey: "footnote:2"),
      Self.paragraph("A mark without a note.", inlines: [Self.reference("footnote:9")]),
    ]
    var done: [Block] = []
    let rest = FlowAssembler.assemble(FlowLayout(blocks: blocks)) { done.append($0) }
    #expect(rest.blocks.isEmpty)
    #expect(done.map(\.id) == ["b1", "b2", "b3", "b4", "b5"])
    #expect(done[1].inlines == [Self.reference("b4")])
    #expect(done[4].inlines.isEmpty)
  }

  @Test("Of two notes with one key the last one is meant")
  func repeatedNote() {
    let note = Self.paragraph("The note.", kind: .footnote, noteKey: "footnote:2")
    let mark = Self.paragraph("A mark.", inlines: [Self.reference("footnote:2")])
    let result = assemble([mark, note, mark, note])
    #expect(result.blocks.map(\.id) == ["b1", "b2", "b3", "b4"])
    #expect(result.blocks[0].inlines == [Self.reference("b4")])
    #expect(result.blocks[2].inlines == [Self.reference("b4")])
  }
}
