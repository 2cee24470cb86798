package import DocumentModel
import LayoutAnalysis
package import LayoutModel
import TableReconstruction

/// A flow of paragraphs and tables to the blocks of a document: the counterpart of
/// `PageAssembler` for originals without pages.
///
/// Tables come with declared grids; what stands around them (caption, unit line, notes) is found
/// here and given to `TableInterpreter` together with the grid. Tables that the original stores in
/// two pieces are joined. Paragraphs keep what the markup says they are; only a document without
/// any marked heading is searched for headings by their looks.
package struct FlowAssembler {
  /// The blocks of a document and what refers to them.
  package struct Result: Sendable {
    /// Empty where blocks are handed on one by one.
    package var blocks: [Block] = []
    package var sections: [Section] = []
    package var comments: [Comment] = []
    package var notes: [Note] = []
  }

  /// Type is larger than the body's from this ratio on; a title is at least `titleType` larger.
  static let largerType = 1.08
  static let titleType = 1.25
  /// A heading that is told by its looks has at most this many scalars.
  static let headingLength = 80

  private var result = Result()
  private var queue: BlockQueue
  /// Whether all blocks so far are titles.
  private var hasOnlyTitles = true
  private var bodySize = 0.0
  private var bodyIsBold = false
  private var marksHeadings = false

  /// Puts the document together.
  ///
  /// - Complexity: O(size of the layout).
  package static func assemble(_ layout: consuming FlowLayout) -> Result {
    var blocks: [Block] = []
    var result = assemble(layout) { blocks.append($0) }
    result.blocks = blocks
    return result
  }

  /// Puts the document together and hands on each block when nothing of it is open any more.
  ///
  /// - Parameters:
  ///   - layout: What the extractor made; pieces of it are let go as they become blocks.
  ///   - blockDone: Takes the blocks in order.
  /// - Returns: Everything but the blocks.
  package static func assemble(
    _ layout: consuming FlowLayout, blockDone: (Block) -> Void
  ) -> Result {
    withoutActuallyEscaping(blockDone) { blockDone in
      var assembler = FlowAssembler(queue: BlockQueue(layout: layout, blockDone: blockDone))
      assembler.measure(layout.blocks)
      assembler.result.notes = layout.notes
      let sectionEnds = layout.sections.map(\.end)
      var body = layout.blocks
      layout.blocks = []
      let lastBlocks = assembler.add(&body, sectionEnds: sectionEnds)
      assembler.addFurniture(layout.furniture)
      for (section, last) in zip(layout.sections, lastBlocks) {
        var form = section.form
        form.lastBlock = last
        assembler.result.sections.append(form)
      }
      assembler.queue.finish()
      for (index, entry) in layout.comments.enumerated() {
        var comment = entry.comment
        comment.id = "c\(index + 1)"
        comment.at = assembler.queue.commentPlaces[comment.id]
        assembler.result.comments.append(comment)
      }
      return assembler.result
    }
  }

  private init(queue: BlockQueue) {
    self.queue = queue
  }

  // MARK: - Looks of the body

  /// Finds the type that most running text is set in, and whether the markup marks headings.
  private mutating func measure(_ blocks: [FlowBlock]) {
    var weights: [Int: Int] = [:]
    // Neighbours are mostly set in one size, and their lengths are added up first.
    var run: (size: Int, length: Int)?
    var bold = 0
    var total = 0
    for case .paragraph(let paragraph) in blocks where paragraph.role == nil {
      if paragraph.kind == .heading || paragraph.kind == .title { marksHeadings = true }
      let length = paragraph.text.utf8.count
      let size = Int((paragraph.fontSize * 4).rounded())
      if let last = run, last.size != size {
        weights[last.size, default: 0] += last.length
        run = nil
      }
      run = (size, (run?.length ?? 0) + length)
      total += length
      if paragraph.isBold { bold += length }
    }
    if let run { weights[run.size, default: 0] += run.length }
    let most = weights.max { ($0.value, $1.key) < ($1.value, $0.key) }
    bodySize = Double(most?.key ?? 0) / 4
    bodyIsBold = bold * 2 > total
  }

  // MARK: - Body

  /// Adds the body; returns the id of the last block before each section's end.
  ///
  /// What has been added is taken out of `blocks`, so that a long document is not held twice.
  private mutating func add(_ blocks: inout [FlowBlock], sectionEnds: [Int]) -> [String?] {
    var released = 0
    let empty = FlowBlock.figure(
      FlowFigure(role: .diagram, title: "", grid: nil, provenance: .part(name: "", path: "")))
    var lastBlocks = [String?](repeating: nil, count: sectionEnds.count)
    var nextSection = 0
    var index = 0
    /// Paragraphs not yet added, because a table behind them may claim them.
    var waiting: [FlowParagraph] = []
    func flush(_ assembler: inout FlowAssembler) {
      for paragraph in waiting { assembler.add(paragraph) }
      waiting.removeAll()
    }
    while index < blocks.count {
      while released < index {
        blocks[released] = empty
        released += 1
      }
      switch blocks[index] {
      case .paragraph(let paragraph):
        if waiting.count == 3 { add(waiting.removeFirst()) }
        waiting.append(paragraph)
        index += 1
      case .figure(let figure):
        flush(&self)
        add(figure)
        index += 1
      case .table(var table):
        blocks[index] = empty
        index += 1
        joinFollowing(blocks, &index, to: &table)
        let above = TableSurroundings.above(waiting.reversed().map(line))
        let caption = above.caption.map { waiting[waiting.count - 1 - $0] }
        let unit = above.unit.map { waiting[waiting.count - 1 - $0] }
        let claimed = Set(
          [above.caption, above.unit].compactMap { $0 }.map { waiting.count - 1 - $0 })
        for position in waiting.indices where !claimed.contains(position) { add(waiting[position]) }
        waiting.removeAll()
        var belowCount = 0
        if index < blocks.count, case .paragraph(let next) = blocks[index],
          TableSurroundings.isMarkedNote(next.text)
        {
          belowCount = TableSurroundings.maximumNoteCount
        }
        let below = blocks[index...].prefix(belowCount).prefix { block in
          if case .paragraph = block { return true }
          return false
        }
        let lines = below.map { block -> TableSurroundings.Line in
          guard case .paragraph(let paragraph) = block else {
            return TableSurroundings.Line(
              text: "", alignment: .unknown, fontSize: 0, isFree: false)
          }
          return line(paragraph)
        }
        let noteCount = TableSurroundings.noteCount(below: lines, bodySize: bodySize)
        add(
          table, caption: caption, unit: unit,
          footnotes: lines.prefix(noteCount).map(\.text), allowsTitle: true)
        index += noteCount
      }
      while nextSection < sectionEnds.count, sectionEnds[nextSection] <= index {
        flush(&self)
        lastBlocks[nextSection] = queue.lastID
        nextSection += 1
      }
    }
    flush(&self)
    while nextSection < sectionEnds.count {
      lastBlocks[nextSection] = queue.lastID
      nextSection += 1
    }
    return lastBlocks
  }

  private func line(_ paragraph: FlowParagraph) -> TableSurroundings.Line {
    let isCaption = paragraph.role == .caption
    // What is set in much larger type than the body is a title, even next to a table.
    let isLarge = !isCaption && bodySize > 0 && paragraph.fontSize >= bodySize * Self.titleType
    let isPlain =
      !isLarge && paragraph.kind == .paragraph && (paragraph.role == nil || isCaption)
      && paragraph.label == nil && !paragraph.text.hasLineBreak
    return TableSurroundings.Line(
      text: paragraph.text.trimmedSpaces, alignment: paragraph.alignment,
      fontSize: paragraph.fontSize, isDeclaredCaption: isCaption, isFree: isPlain)
  }

  // MARK: - Joined tables

  /// Joins the tables that go on from this one: those with nothing or a blank paragraph between,
  /// and those behind a line that says so (续表).
  private mutating func joinFollowing(
    _ blocks: [FlowBlock], _ index: inout Int, to table: inout FlowTable
  ) {
    while index < blocks.count {
      let row = table.grid.rowCount
      if case .table(let next) = blocks[index], next.role == table.role {
        let gap: FlowTableJoiner.Gap = next.followsTable ? .nothing : .blank
        guard let joined = FlowTableJoiner.join(table, next, across: gap) else { return }
        table = joined
        note(
          next.followsTable ? "table.joinedAdjacent" : "table.joinedAcrossBlank",
          "two tables of one grid with \(next.followsTable ? "nothing" : "a blank paragraph") "
            + "between them are one; the second starts at row \(row)", next.provenance)
        index += 1
      } else if index + 1 < blocks.count, case .paragraph(let paragraph) = blocks[index],
        case .table(let next) = blocks[index + 1],
        TableSurroundings.isContinuation(paragraph.text),
        let joined = FlowTableJoiner.join(table, next, across: .continuationLine)
      {
        table = joined
        note(
          "table.continuationJoined",
          "the table goes on behind the line “\(paragraph.text)”; both pieces are one",
          paragraph.provenance)
        index += 2
      } else {
        return
      }
    }
  }

  private mutating func note(_ code: String, _ message: String, _ provenance: Provenance) {
    result.notes.append(
      Note(
        code: code, severity: .info, at: nextID(), message: message, provenance: [provenance]))
  }

  // MARK: - Blocks

  private mutating func add(
    _ table: FlowTable, caption: FlowParagraph? = nil, unit: FlowParagraph? = nil,
    footnotes: [String] = [], allowsTitle: Bool = false
  ) {
    let id = nextID()
    var block = self.block(
      table, id: id, caption: caption?.text.trimmedSpaces, unitText: unit?.text.trimmedSpaces,
      footnotes: footnotes)
    block.inlines = caption?.inlines ?? []
    if let note = caption?.noteKey { queue.define(note, as: id) }
    append(block)
  }

  private mutating func block(
    _ table: FlowTable, id: String, caption: String? = nil, unitText: String? = nil,
    footnotes: [String] = []
  ) -> Block {
    var grid = table.grid
    for content in table.contents where grid.cells.indices.contains(content.cell) {
      grid.cells[content.cell].blocks = nested(content.blocks, id: "\(id)c\(content.cell + 1)")
    }
    var (meaning, notes) = TableInterpreter.interpretation(
      of: grid, caption: caption, unitText: unitText, footnotes: footnotes)
    meaning.alternativeText = table.alternativeText
    for index in notes.indices { notes[index].at = id + (notes[index].at ?? "") }
    result.notes += notes
    return Block(
      id: id, kind: .table, table: meaning, role: table.role, provenance: [table.provenance])
  }

  /// The blocks inside a cell, with ids below the cell's.
  private mutating func nested(_ blocks: [FlowBlock], id: String) -> [Block] {
    blocks.enumerated().map { index, block in
      let id = "\(id)b\(index + 1)"
      switch block {
      case .paragraph(let paragraph):
        var result = self.block(paragraph)
        result.id = id
        if let key = paragraph.noteKey { queue.define(key, as: id) }
        return result
      case .table(let table): return self.block(table, id: id)
      case .figure(let figure): return self.block(figure, id: id)
      }
    }
  }

  private mutating func add(_ figure: FlowFigure) {
    append(block(figure, id: nextID()))
  }

  private func block(_ figure: FlowFigure, id: String) -> Block {
    Block(
      id: id, kind: .figure, text: figure.title,
      table: figure.grid.map { TableInterpreter.table(from: $0) }, role: figure.role,
      provenance: [figure.provenance])
  }

  private mutating func addFurniture(_ blocks: [FlowBlock]) {
    for block in blocks {
      switch block {
      case .paragraph(let paragraph): add(paragraph)
      case .table(let table): add(table)
      case .figure(let figure): add(figure)
      }
    }
  }

  private func nextID() -> String { "b\(queue.count + 1)" }

  private mutating func append(_ block: Block) {
    if block.kind != .title { hasOnlyTitles = false }
    queue.append(block)
  }

  private mutating func add(_ paragraph: FlowParagraph) {
    var block = block(paragraph)
    block.id = nextID()
    if let key = paragraph.noteKey {
      queue.define(key, as: block.id)
      block.label = block.label ?? noteLabel(isEndnote: paragraph.role == .endnote)
    }
    if block.kind == .paragraph, block.role == nil, !marksHeadings {
      classifyByLooks(&block, paragraph)
    }
    append(block)
  }

  private func block(_ paragraph: FlowParagraph) -> Block {
    var block = Block(
      kind: paragraph.kind, level: paragraph.level, label: paragraph.label, text: paragraph.text,
      role: paragraph.role, direction: paragraph.direction, inlines: paragraph.inlines,
      provenance: [paragraph.provenance])
    if block.kind == .heading, block.label == nil { splitLabel(of: &block) }
    return block
  }

  /// Takes a typed number off the start of a heading: 一、总体情况.
  private func splitLabel(of block: inout Block) {
    guard let label = ListLabel(block.text) else { return }
    let removed = block.text.unicodeScalars.count - label.rest.unicodeScalars.count
    block.label = label.text
    block.text = label.rest
    block.inlines = block.inlines.map {
      let lower = max(0, $0.range.lowerBound - removed)
      return Inline(range: lower..<max(lower, $0.range.upperBound - removed), kind: $0.kind)
    }
  }

  /// Finds titles and headings of a document that marks none: larger or bold type, or a label of
  /// the first level on a short line of its own.
  private func classifyByLooks(_ block: inout Block, _ paragraph: FlowParagraph) {
    let text = block.text
    guard bodySize > 0, let last = text.unicodeScalars.last else { return }
    let ratio = paragraph.fontSize / bodySize
    if hasOnlyTitles, ratio >= Self.titleType {
      if text.hasAtMost(Self.headingLength) { block.kind = .title }
      return
    }
    guard ratio >= 0.95, block.label == nil, text.hasAtMost(Self.headingLength),
      !"。；，、：;,:.!！".unicodeScalars.contains(last)
    else { return }
    let label = ListLabel(text)
    let isBold = paragraph.isBold && !bodyIsBold && paragraph.alignment != .right
    guard ratio >= Self.largerType || isBold || label?.level == 1 else { return }
    block.kind = .heading
    block.level = label?.level ?? (ratio >= 1.5 ? 1 : ratio >= 1.2 ? 2 : 3)
    splitLabel(of: &block)
  }

  // MARK: - Notes

  private var footnoteCount = 0
  private var endnoteCount = 0

  /// The mark of the next footnote (1, 2 …) or endnote (i, ii …).
  private mutating func noteLabel(isEndnote: Bool) -> String {
    if isEndnote {
      endnoteCount += 1
      return Self.roman(endnoteCount)
    }
    footnoteCount += 1
    return "\(footnoteCount)"
  }

  private static func roman(_ number: Int) -> String {
    let parts: [(Int, String)] = [
      (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"),
      (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
    ]
    var rest = min(number, 9_999)
    var result = ""
    for (value, letters) in parts {
      while rest >= value {
        result += letters
        rest -= value
      }
    }
    return result
  }
}

extension String {
  /// Whether it has a line feed; asked of bytes, because texts are long.
  fileprivate var hasLineBreak: Bool {
    var text = self
    return text.withUTF8 { $0.contains(UInt8(ascii: "\n")) }
  }

  /// Without white space at its ends.
  fileprivate var trimmedSpaces: String {
    guard let first = utf8.first, let last = utf8.last else { return self }
    if first > 0x20, first < 0x80, last > 0x20, last < 0x80 { return self }
    let start = drop { $0.isWhitespace }
    guard let end = start.lastIndex(where: { !$0.isWhitespace }) else { return "" }
    return String(start[...end])
  }
}
