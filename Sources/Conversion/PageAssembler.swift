package import DocumentModel
import LayoutAnalysis
package import LayoutModel
import PageGeometry
import TableReconstruction

/// Pages to the blocks of a document: wires layout analysis and table reconstruction.
///
/// `add` analyses one page and keeps lines and grids only. What needs other pages waits for them:
/// running matter, reading order, tables and paragraphs that go on, headings. Most documents are put
/// together when all pages are there; of a very long one, pages far behind are let go, so that
/// memory does not grow with their number.
package struct PageAssembler {
  /// What is kept of a page.
  private struct Content {
    var info: PageInfo
    var turn: QuarterTurn
    var skew: PageSkew?
    var half: PageHalf?
    /// Size of the page as analysed.
    var width: Double
    var height: Double
    var lines: [TextLine]
    /// Text that does not run to the right.
    var sideways: [TextLine]
    var tables: [PageGrid]
  }

  private let horizon: Int
  /// Of the pages whose blocks are not made.
  private var contents: [Content] = []
  /// The margins of the pages before them, as far as the horizon.
  private var margins: [RunningMatter.Page] = []
  /// All pages.
  private var pages: [PageInfo] = []
  /// For each page width, the stretch from the leftmost to the rightmost line of text.
  private var areas: [Double: Interval] = [:]
  /// Where pages that were turned or cut for analysis are in the original.
  private var places: [Int: Displayed] = [:]
  private var flow = DocumentFlow()
  /// Blocks that were made and not taken.
  private var done: [Block] = []
  private var notes: [Note] = []
  /// The table at the end of the page before, which may go on.
  private var lastTable: PageGrid?
  /// That page, and the table at the end of the one before it.
  private var lastPage: (PageLayout, PageGrid?)?

  /// - Parameter horizon: So many pages at least are known before and behind one whose blocks are made.
  package init(horizon: Int = 256) {
    self.horizon = horizon
  }

  /// What is added to the number of the second page of a double one until all pages are there, since
  /// a table goes on from the first to the second as from page to page.
  private static let secondHalf = 1 << 32

  /// The number of the page in the original, for what carries that of the assembler.
  static func number(_ number: Int) -> Int { number % secondHalf }

  /// Analyses one page; pages are added in order, the second of a double page behind the first.
  package mutating func add(_ added: PageLayout) {
    var page = added
    if page.half?.isSecond == true { page.number += Self.secondHalf }
    let analysis = PageAnalysis(page, after: lastTable)
    note(hiddenGlyphs: page.glyphs.count - analysis.visibleGlyphs.count, on: page)
    if let edges = finerEdges(of: analysis), let (last, before) = lastPage {
      contents[contents.count - 1] = content(
        of: PageAnalysis(last, after: before, goingOnWith: edges), last)
    }
    contents.append(content(of: analysis, page))
    // Only a page whose table may have columns that do not show is looked at again.
    let last = analysis.lastTable
    lastPage = last.map(\.isRuled) == false ? (page, lastTable) : nil
    lastTable = last
    if contents.count == 2 * horizon { releaseBlocks() }
  }

  /// The next blocks of a long document that no later page can change.
  package mutating func takeBlocks() -> [Block] {
    defer { done = [] }
    return done
  }

  private mutating func releaseBlocks() {
    makeBlocks(of: horizon)
    var flow = flow
    self.flow = DocumentFlow()
    flow.release { done.append(turnedBack($0)) }
    self.flow = flow
  }

  private func content(of analysis: PageAnalysis, _ page: PageLayout) -> Content {
    let layout = analysis.upright.layout
    let isOfTextLayer = page.glyphs.contains { !$0.flags.contains(.recognized) }
    return Content(
      info: PageInfo(
        number: page.number, width: page.half?.sheetWidth ?? page.width,
        height: page.half?.sheetHeight ?? page.height, rotation: page.rotation,
        origin: page.glyphs.isEmpty ? .none : isOfTextLayer ? .textLayer : .recognized),
      turn: analysis.upright.turn, skew: page.skew, half: page.half, width: layout.width,
      height: layout.height,
      lines: analysis.lines.map(TextLine.init), sideways: analysis.sideways.map(TextLine.init),
      tables: analysis.tables)
  }

  /// The column edges of a table at the head of a page, where they are finer than those of the table
  /// at the end of the page before: what few rows or heads alone did not show there.
  private func finerEdges(of analysis: PageAnalysis) -> [Double]? {
    guard let first = analysis.firstTable, let last = lastTable, !last.isRuled,
      first.columnEdges.count > last.columnEdges.count,
      abs(first.fontSize - last.fontSize) <= 0.1 * last.fontSize,
      abs(first.columnEdges[0] - last.columnEdges[0]) <= 2.5 * last.fontSize,
      let right = first.columnEdges.last, let lastRight = last.columnEdges.last,
      abs(right - lastRight) <= 2.5 * last.fontSize
    else { return nil }
    return first.columnEdges
  }

  private mutating func note(hiddenGlyphs count: Int, on page: PageLayout) {
    guard count > 0 else { return }
    notes.append(
      Note(
        code: "text.notShown", severity: .info,
        message:
          "page \(Self.number(page.number)): \(count) glyphs outside the page or tilted were left out"
      ))
  }

  /// Puts the document together and hands on its blocks one by one, but for those already taken.
  package consuming func finish(
    blockDone: (Block) -> Void
  ) -> (pages: [PageInfo], notes: [Note]) {
    for block in takeBlocks() { blockDone(block) }
    makeBlocks(of: contents.count)
    let flow = flow
    self.flow = DocumentFlow()
    var notes = notes + (consume flow).finish { blockDone(turnedBack($0)) }
    for index in notes.indices {
      notes[index].provenance = notes[index].provenance.map(turnedBack)
    }
    return (pages, notes)
  }

  /// Gives the first so many pages to the flow.
  private mutating func makeBlocks(of count: Int) {
    let near = contents.map { RunningMatter.Page(height: $0.height, lines: $0.lines) }
    let marks = RunningMatter.marks(on: margins + near).dropFirst(margins.count)
    widenAreas(marks)
    margins = count < contents.count ? near.prefix(count).map(\.margins) : []
    for (index, mark) in marks.prefix(count).enumerated() {
      let content = contents[index]
      // What the flow does not keep of a page is free from here on.
      contents[index].lines = []
      contents[index].tables = []
      flow.add(
        lines: zip(content.lines, mark).filter { !$1 }.map(\.0), tables: content.tables,
        furniture: zip(content.lines, mark).filter { $1 }.map(\.0), sideways: content.sideways,
        page: content.info.number,
        area: areas[content.width] ?? Interval(0, content.width))
      if content.half?.isSecond != true { pages.append(content.info) }
      if content.turn.quarters != 0 || content.skew != nil || content.half != nil {
        places[content.info.number] = Displayed(
          turn: content.turn.inverse, half: content.half, skew: content.skew)
      }
    }
    contents.removeFirst(count)
  }

  /// Takes a place of a page as analysed to the page of the original.
  private struct Displayed {
    var turn: QuarterTurn
    var half: PageHalf?
    var skew: PageSkew?

    func apply(_ box: Rect) -> Rect {
      var turned = turn.apply(box)
      if let corner = half?.corner {
        turned = Rect(
          minX: turned.minX + corner.x, minY: turned.minY + corner.y, maxX: turned.maxX + corner.x,
          maxY: turned.maxY + corner.y)
      }
      return skew?.displayed(turned) ?? turned
    }
  }

  /// Takes the places of pages that were turned for analysis back to the pages of the original.
  private func turnedBack(_ block: consuming Block) -> Block {
    guard !places.isEmpty else { return block }
    block.provenance = block.provenance.map(turnedBack)
    guard var table = block.table else { return block }
    block.table = nil
    for index in table.fragments.indices {
      guard let place = places[table.fragments[index].page] else { continue }
      table.fragments[index].box = place.apply(table.fragments[index].box)
      table.fragments[index].page = Self.number(table.fragments[index].page)
    }
    for index in table.cells.indices {
      table.cells[index].provenance = table.cells[index].provenance.map(turnedBack)
    }
    block.table = table
    return block
  }

  private func turnedBack(_ provenance: Provenance) -> Provenance {
    guard case .page(let number, let box) = provenance, let place = places[number] else {
      return provenance
    }
    return .page(number: Self.number(number), box: place.apply(box))
  }

  private mutating func widenAreas(_ marks: ArraySlice<[Bool]>) {
    for (content, mark) in zip(contents, marks) {
      for (line, isFurniture) in zip(content.lines, mark) where !isFurniture {
        let x = line.box.xInterval
        areas[content.width] = areas[content.width].map { $0.union(x) } ?? x
      }
    }
  }
}
