import Conversion
import DocumentModel
import LayoutModel
import PageGeometry
import TestSupport
import Testing

/// Whole pages to blocks: `PageAssembler` and `DocumentFlow`.
@Suite struct PageAssemblerTests {
  func blocks(_ pages: [PageLayout]) -> [Block] {
    var assembler = PageAssembler()
    for page in pages { assembler.add(page) }
    return assembler.finished().blocks
  }

  /// The blocks as "kind text", tables with caption, unit, notes and grid size.
  func outline(_ pages: [PageLayout]) -> [String] {
    blocks(pages).map { block in
      guard let table = block.table else { return "\(block.kind) \(block.text)" }
      return "table \(table.rowCount)×\(table.columnCount)"
        + (table.caption.map { " caption [\($0)]" } ?? "")
        + (table.unitText.map { " unit [\($0)]" } ?? "")
        + table.footnotes.map { " note [\($0)]" }.joined()
    }
  }

  static let page = """
    The first lines of running text fill the column,
    and then the paragraph ends here.

                   表1 各地区面积
                                            单位：公顷
    ┌───────────────┬───────────────┬───────────────┐
    │ Region        │ 2022          │ 2023          │
    ├───────────────┼───────────────┼───────────────┤
    │ East          │ 1,009         │ 12            │
    ├───────────────┼───────────────┼───────────────┤
    │ West          │ 87            │ 3             │
    └───────────────┴───────────────┴───────────────┘
    注：含农村。

    The text goes on behind the table until the end,
    which is here.
    """

  static let pageOutline = [
    "paragraph The first lines of running text fill the column, and then the paragraph ends here.",
    "table 3×3 caption [表1 各地区面积] unit [单位：公顷] note [注：含农村。]",
    "paragraph The text goes on behind the table until the end, which is here.",
  ]

  @Test("A page becomes paragraphs and tables in reading order; what belongs to a table joins it")
  func wholePage() {
    #expect(outline([PageSketch(Self.page).page()]) == Self.pageOutline)
  }

  @Test("Shuffling what is painted changes nothing", arguments: 1...5)
  func shuffled(seed: UInt64) {
    let page = PageSketch(Self.page).page()
    #expect(
      LayoutDump.blocks(blocks([page.shuffled(seed: seed)])) == LayoutDump.blocks(blocks([page])),
      "seed \(seed)")
  }

  @Test("Moving or scaling a page changes no structure", arguments: [(1, 20), (0.85, 0), (1.6, 7)])
  func scaled(factor: Double, offset: Double) {
    let page = PageSketch(Self.page).page()
    #expect(
      Structure.text(of: blocks([page.scaled(by: factor, movedBy: offset)]))
        == Structure.text(of: blocks([page])))
  }

  @Test("A page whose text is set sideways is read like an upright one", arguments: 1...3)
  func sideways(quarters: Int) {
    let page = PageSketch(Self.page).page()
    let turned = page.turned(by: quarters)
    #expect(Structure.text(of: blocks([turned])) == Structure.text(of: blocks([page])))
  }

  @Test("A paragraph that a page break cuts is one block with two places")
  func paragraphAcrossPages() throws {
    let first = PageSketch(
      """
      Some lines of running text that fill the column
      and run on to the end of the first page where a
      """)
    let second = PageSketch(
      """
      page break cuts them in two and they then go on
      before they end.
      """, pageNumber: 2)
    let blocks = blocks([first.page(), second.page()])
    #expect(
      blocks.map(\.text) == [
        "Some lines of running text that fill the column and run on to the end of the first page "
          + "where a page break cuts them in two and they then go on before they end."
      ])
    let pages = blocks.first?.provenance.map { provenance in
      if case .page(let number, _) = provenance { number } else { 0 }
    }
    #expect(pages == [1, 2])
  }

  static func table(_ rows: String) -> String {
    """
    ┌───────────────┬───────────────┐
    \(rows)
    └───────────────┴───────────────┘
    """
  }

  @Test("A table that a page break cuts is one table; its repeated header is dropped")
  func tableAcrossPages() throws {
    let head = """
      │ Region        │ Sum           │
      ├───────────────┼───────────────┤
      """
    let pages = [
      PageSketch(Self.table(head + "\n│ East          │ 1             │")).page(),
      PageSketch(Self.table(head + "\n│ West          │ 2             │"), pageNumber: 2).page(),
    ]
    let blocks = blocks(pages)
    let table = try #require(blocks.first?.table)
    #expect(blocks.count == 1)
    #expect(
      Structure.addresses(of: table) == """
        East | Sum = 1
        West | Sum = 2

        """)
    #expect(table.fragments.map(\.page) == [1, 2])
    #expect(table.fragments.map(\.repeatedHeaderRowCount) == [0, 1])
  }

  @Test("A line that only says that the table goes on does not part it; other text does")
  func bridge() {
    let rows = "│ East          │ 1             │"
    let first = PageSketch(
      Self.table("│ Region        │ Sum           │\n├───────────────┼───────────────┤\n" + rows)
    ).page()
    let continued = PageSketch("续表\n" + Self.table(rows), pageNumber: 2).page()
    #expect(outline([first, continued]).filter { $0.hasPrefix("table") }.count == 1)
    let other = PageSketch("Some other text.\n" + Self.table(rows), pageNumber: 2).page()
    #expect(outline([first, other]).filter { $0.hasPrefix("table") }.count == 2)
  }

  @Test("The caption printed again parts no table, another caption does")
  func repeatedCaption() {
    let rows = "│ East          │ 1             │"
    let head = "│ Region        │ Sum           │\n├───────────────┼───────────────┤\n"
    let first = PageSketch("Table 3. Sums by region\n" + Self.table(head + rows)).page()
    func count(_ caption: String) -> Int {
      let next = PageSketch(caption + "\n" + Self.table(head + rows), pageNumber: 2).page()
      return outline([first, next]).filter { $0.hasPrefix("table") }.count
    }
    #expect(count("Table 3. Sums by region") == 1)
    #expect(count("Table 3. Sums by region (continued)") == 1)
    #expect(count("Table 4. Staff of all the towns") == 2)
  }

  @Test("A table that says it goes on but does not fit stays apart, with a note")
  func unjoined() {
    let first = PageSketch(
      Self.table(
        "│ Region        │ Sum           │\n├───────────────┼───────────────┤\n│ East          │ 1             │"
      )
    ).page()
    let next = PageSketch(
      "Table 1 (continued)\n┌───────┬───────┬──────┐\n│ Tea   │ 1     │ 2    │\n└───────┴───────┴──────┘",
      pageNumber: 2
    ).page()
    var assembler = PageAssembler()
    for page in [first, next] { assembler.add(page) }
    let result = assembler.finished()
    #expect(result.blocks.count { $0.kind == .table } == 2)
    #expect(result.notes.map(\.code) == ["table.continuationNotJoined"])
  }

  @Test("Running heads and page numbers are furniture, and no part of a paragraph")
  func furniture() {
    func page(_ number: Int) -> PageLayout {
      var page = PageSketch("Annual report \(number)", top: 20, pageNumber: number).page()
      page.glyphs += PageSketch("The text of page number \(number).", top: 300).page().glyphs
      page.glyphs += PageSketch("- \(number) -", left: 280, top: 810).page().glyphs
      return page
    }
    #expect(
      outline([page(1), page(2)]) == [
        "paragraph The text of page number 1.", "pageFurniture Annual report 1",
        "pageFurniture - 1 -", "paragraph The text of page number 2.",
        "pageFurniture Annual report 2", "pageFurniture - 2 -",
      ])
  }

  /// A page of a long report: a running head, text that goes on, a table over every fourth page break.
  static func pageOfReport(_ number: Int) -> PageLayout {
    let table = """
      ┌───────────────┬───────────────┬───────────────┐
      │ Region        │ 2022          │ 2023          │
      ├───────────────┼───────────────┼───────────────┤
      │ East          │ 1,00\(number)         │ 12            │
      └───────────────┴───────────────┴───────────────┘
      """
    let text = """
      of the paragraph before, which ends on this page.
      A paragraph of page \(number) fills its column up to
      the edge and the next page begins with the rest
      """
    let goesOn = number % 4
    var page = PageSketch("Annual report \(number)", top: 20, pageNumber: number).page()
    let body = PageSketch(
      (goesOn == 0 ? [table, "", text] : goesOn == 3 ? [text, "", table] : [text])
        .joined(separator: "\n"), top: 150, pageNumber: number
    ).page()
    page.glyphs += body.glyphs
    page.rulings += body.rulings
    return page
  }

  @Test(
    "Blocks of pages far behind are let go, and are what they are when all pages are known",
    arguments: 1...5)
  func longDocument(horizon: Int) {
    let pages = (1...23).map(Self.pageOfReport)
    var whole = PageAssembler()
    var assembler = PageAssembler(horizon: horizon)
    var taken: [Block] = []
    for page in pages {
      whole.add(page)
      assembler.add(page)
      taken += assembler.takeBlocks()
    }
    #expect(taken.count > 20)
    let rest = assembler.finished()
    let expected = whole.finished()
    #expect(taken + rest.blocks == expected.blocks)
    #expect(rest.pages == expected.pages)
    #expect(rest.notes == expected.notes)
    #expect(expected.blocks.count { $0.kind == .pageFurniture } == 23)
    #expect(expected.blocks.compactMap(\.table).count { $0.fragments.count == 2 } == 5)
    #expect(expected.blocks.count { $0.kind == .paragraph && $0.provenance.count == 2 } > 5)
  }

  @Test("Glyphs that no reader sees are left out, and a note says so")
  func hidden() {
    var page = PageSketch("Seen and hidden").page()
    for index in page.glyphs.indices where index >= 7 { page.glyphs[index].flags = .clipped }
    var assembler = PageAssembler()
    assembler.add(page)
    let result = assembler.finished()
    #expect(result.blocks.map(\.text) == ["Seen and"])
    #expect(
      LayoutDump.notes(result.notes) == """
        info text.notShown "page 1: 6 glyphs outside the page or tilted were left out"

        """)
  }

  @Test(
    "Whatever is on a page, it is read, and each grid position belongs to one cell",
    arguments: 1...25)
  func anything(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let scalars = Array("甲乙,.-1234567890ab ()表注：".unicodeScalars)
    var page = PageLayout(number: 1, width: 300, height: 300)
    for _ in 0..<400 {
      page.glyphs.append(
        Glyph(
          scalar: scalars.randomElement(using: &random) ?? "x",
          origin: Point(
            x: Double(Int.random(in: -4...64, using: &random)) * 5,
            y: Double(Int.random(in: -2...27, using: &random)) * 12),
          advance: .random(in: 0...10, using: &random), size: .random(in: 0...12, using: &random),
          direction: Glyph.Direction(
            rawValue: seed % 5 == 0 ? .random(in: 0...3, using: &random) : 0)
            ?? .right))
    }
    for _ in 0..<30 {
      let from = Double(Int.random(in: 0...20, using: &random)) * 12
      page.rulings.append(
        Ruling(
          axis: Bool.random(using: &random) ? .horizontal : .vertical,
          position: Double(Int.random(in: 0...25, using: &random)) * 12,
          extent: Interval(from, from + .random(in: 0...200, using: &random)), thickness: 1))
    }
    for table in blocks([page, page]).compactMap(\.table) {
      let grid = CellGrid(
        rowCount: table.rowCount, columnCount: table.columnCount,
        cells: table.cells.map {
          GridCell(rows: $0.rows, columns: $0.columns, text: $0.text, evidence: $0.evidence)
        })
      #expect(grid.isConsistent, "seed \(seed)")
    }
  }

  @Test("A page without glyphs has no text layer and no blocks")
  func blank() {
    var assembler = PageAssembler()
    assembler.add(PageLayout(number: 1, width: 100, height: 200))
    let result = assembler.finished()
    #expect(result.blocks.isEmpty)
    #expect(
      result.pages == [PageInfo(number: 1, width: 100, height: 200, rotation: 0, origin: .none)])
  }

  @Test("Ids count the blocks in order")
  func ids() {
    #expect(blocks([PageSketch(Self.page).page()]).map(\.id) == ["b1", "b2", "b3"])
  }

  @Test("A section across an open table may be the first row of the next page")
  func sectionAtTheHeadOfAPage() {
    let first = """
      Some lines of running text above.

      ────────────────┬───────────────┬────────────────
        Region        │ 2022          │ 2023
      ────────────────┼───────────────┼────────────────
        East          │ 1,009         │ 12
      ────────────────┼───────────────┼────────────────
        West          │ 87            │ 3
      ────────────────┴───────────────┴────────────────
      """
    let second = """
      ─────────────────────────────────────────────────
        Islands
      ────────────────┬───────────────┬────────────────
        North         │ 21            │ 4
      ────────────────┼───────────────┼────────────────
        South         │ 7             │ 1
      ────────────────┴───────────────┴────────────────
      """
    let pages = [first, second].enumerated().map { PageSketch($1, pageNumber: $0 + 1).page() }
    #expect(outline(pages) == ["paragraph Some lines of running text above.", "table 6×3"])
    #expect(outline([pages[1]]) == ["paragraph Islands", "table 2×3"])
  }
}
