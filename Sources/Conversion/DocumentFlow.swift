import DocumentModel
import LayoutAnalysis
import LayoutModel
import PageGeometry
import TableReconstruction

/// The lines and tables of all pages in reading order, on their way to blocks.
struct DocumentFlow {
  private enum Item {
    case line(TextLine, column: Interval, startsColumn: Bool)
    case table(PageGrid)
    case furniture(TextLine)
  }

  private struct Placed {
    var item: Item
    var page: Int
    var turn: QuarterTurn
  }

  private var items: [Placed] = []
  private(set) var notes: [Note]

  init(notes: [Note]) {
    self.notes = notes
  }

  /// Adds a page: its lines and tables in reading order, its furniture at the end.
  mutating func add(
    lines: [TextLine], tables: [PageGrid], furniture: [TextLine], page: Int, turn: QuarterTurn,
    area: Interval
  ) {
    let pieces =
      lines.map { ReadingOrder.Piece(box: $0.box, size: $0.size, lineCount: 1) }
      + tables.map {
        ReadingOrder.Piece(box: $0.box, size: $0.fontSize, lineCount: $0.grid.rowCount)
      }
    for region in ReadingOrder.regions(of: pieces, area: area) {
      let isLine = { (index: Int) in index < lines.count }
      let column = column(of: region.indices.filter(isLine).map { lines[$0] }, in: region)
      for (position, index) in region.indices.enumerated() {
        let item: Item =
          isLine(index)
          ? .line(lines[index], column: column, startsColumn: position == 0)
          : .table(tables[index - lines.count])
        items.append(Placed(item: item, page: page, turn: turn))
      }
    }
    items += furniture.map { Placed(item: .furniture($0), page: page, turn: turn) }
  }

  /// The width that the lines of a region can use: what they fill, where enough of them end at one
  /// right edge to show it; else the whole region.
  private func column(of lines: [TextLine], in region: ReadingOrder.Region) -> Interval {
    let boxes = lines.map(\.box.xInterval)
    guard let first = boxes.first else { return region.x }
    let filled = boxes.dropFirst().reduce(first) { $0.union($1) }
    let ending = zip(boxes, lines).count { filled.upper - $0.upper <= 0.7 * $1.size }
    let isShown = ending >= max(2, Int((0.3 * Double(lines.count)).rounded(.up)))
    return region.isColumn || isShown ? filled : region.x
  }

  /// Builds the blocks of the document with their ids.
  mutating func blocks() -> [Block] {
    let entries = joined()
    items = []
    let classifier = BlockClassifier(blocks: entries.compactMap(\.text))
    var pieces: [Piece] = []
    var isFirst = true
    for entry in entries {
      switch entry {
      case .text(let text):
        let block = classifier.block(text, isFirst: isFirst)
        if block.kind != .title { isFirst = false }
        pieces.append(.text(block, text))
      case .table(let grid):
        isFirst = false
        pieces.append(.table(grid))
      case .furniture(let line, let page):
        pieces.append(
          .furniture(
            Block(
              kind: .pageFurniture, text: line.text,
              provenance: [.page(number: page, box: line.box)])))
      }
    }
    var result = withSurroundings(pieces, bodySize: classifier.bodySize)
    for index in result.indices { result[index].id = "b\(index + 1)" }
    return result
  }

  // MARK: - Tables and what stands around them

  private enum Piece {
    case text(Block, TextBlock)
    case table(PageGrid)
    /// A table that is among the blocks already; its grid is not needed any more.
    case interpretedTable
    case furniture(Block)
  }

  /// Gives captions, unit lines and notes to their tables.
  private func withSurroundings(_ source: consuming [Piece], bodySize: Double) -> [Block] {
    var pieces = source
    var result: [Block] = []
    var taken = [Bool](repeating: false, count: pieces.count)
    var sources: [Int] = []
    for index in pieces.indices where !taken[index] {
      switch pieces[index] {
      case .text(let block, _), .furniture(let block):
        result.append(block)
        sources.append(index)
      case .interpretedTable: continue
      case .table(let grid):
        pieces[index] = .interpretedTable
        let before = texts(
          of: (0..<index).reversed(), in: pieces, without: taken,
          limit: TableSurroundings.headingCount)
        let above = TableSurroundings.above(before.map(\.line))
        let caption = above.caption.map { before[$0] }
        let unit = above.unit.map { before[$0] }
        let notes = notes(after: index, in: pieces, without: taken, bodySize: bodySize)
        for note in notes { taken[note.index] = true }
        for used in [caption, unit].compactMap({ $0?.index }) {
          guard let place = sources.lastIndex(of: used) else { continue }
          result.remove(at: place)
          sources.remove(at: place)
        }
        let table = TableInterpreter.table(
          from: grid.grid, caption: caption?.line.text, unitText: unit?.line.text,
          footnotes: notes.map(\.line.text))
        result.append(
          Block(
            kind: .table, table: table,
            provenance: grid.grid.fragments.map { .page(number: $0.page, box: $0.box) }))
        sources.append(index)
      }
    }
    return result
  }

  /// A text near a table and its position in the pieces.
  private typealias Neighbour = (index: Int, line: TableSurroundings.Line)

  /// The notes of the table at a position.
  private func notes(
    after index: Int, in pieces: [Piece], without taken: [Bool], bodySize: Double
  ) -> [Neighbour] {
    let following = index + 1..<pieces.count
    // Most tables have none, which the first text behind them tells.
    let first = texts(of: following, in: pieces, without: taken, limit: 1)
    guard TableSurroundings.noteCount(below: first.map(\.line), bodySize: bodySize) > 0 else {
      return []
    }
    let after = texts(
      of: following, in: pieces, without: taken, limit: TableSurroundings.maximumNoteCount)
    let count = TableSurroundings.noteCount(below: after.map(\.line), bodySize: bodySize)
    return Array(after.prefix(count))
  }

  /// The next few texts in the order given, up to the next table; page furniture and what belongs
  /// to a table already are left out.
  private func texts(
    of indices: some Sequence<Int>, in pieces: [Piece], without taken: [Bool], limit: Int
  ) -> [Neighbour] {
    var texts: [Neighbour] = []
    for index in indices {
      guard texts.count < limit else { break }
      if taken[index] { continue }
      switch pieces[index] {
      case .furniture: continue
      case .table, .interpretedTable: return texts
      case .text(let block, let text):
        let words = [block.label, block.text].compactMap { $0 }.joined(separator: " ")
        let isNumbered = TableSurroundings.isNumberedCaption(words)
        texts.append(
          (
            index,
            TableSurroundings.Line(
              text: words, alignment: alignment(of: text), fontSize: text.size,
              isDeclaredCaption: isNumbered && text.lines.count <= 3,
              isFree: block.kind == .paragraph || isNumbered)
          ))
      }
    }
    return texts
  }

  private func alignment(of text: TextBlock) -> TextAlignment {
    text.isCentered ? .center : text.isFlushRight ? .right : .left
  }

  // MARK: - Joining

  private enum Entry {
    case text(TextBlock)
    case table(PageGrid)
    case furniture(TextLine, page: Int)

    var text: TextBlock? {
      if case .text(let block) = self { return block }
      return nil
    }
  }

  /// Lines joined to blocks and pieces of tables joined to tables.
  private func joined() -> [Entry] {
    var entries: [Entry] = []
    var builder = BlockBuilder()
    /// Positions in `entries` of the builder's blocks.
    var places: [Int] = []
    /// The table that nothing but furniture and lines that say so has followed.
    var openTable: Int?
    /// Blocks of the builder that only say that the open table goes on.
    var bridge: [(block: Int, line: TextLine, page: Int)] = []
    var furnitureBlocks: [Int: (line: TextLine, page: Int)] = [:]
    for placed in items {
      switch placed.item {
      case .line(let line, let column, let startsColumn):
        let saysContinued = openTable != nil && isBridge(line)
        if saysContinued { builder.close() } else { openTable = nil }
        builder.add(line, column: column, pageNumber: placed.page, startsColumn: startsColumn)
        if builder.blocks.count > places.count {
          places.append(entries.count)
          entries.append(.furniture(line, page: placed.page))
        }
        if saysContinued {
          bridge.append((places.count - 1, line, placed.page))
          builder.close()
        } else {
          bridge = []
        }
      case .table(let grid):
        builder.close()
        if let open = openTable, case .table(let upper) = entries[open],
          let whole = TableStitcher.join(upper, grid)
        {
          entries[open] = .table(whole)
          for piece in bridge { furnitureBlocks[piece.block] = (piece.line, piece.page) }
        } else {
          openTable = entries.count
          entries.append(.table(grid))
        }
        bridge = []
      case .furniture(let line):
        entries.append(.furniture(line, page: placed.page))
      }
    }
    for (index, place) in places.enumerated() where furnitureBlocks[index] == nil {
      entries[place] = .text(builder.blocks[index])
    }
    return entries
  }

  /// Whether a line between two pieces of a table says that it goes on, or repeats its unit.
  private func isBridge(_ line: TextLine) -> Bool {
    let text = line.text
    return TableSurroundings.isContinuation(text) || UnitText.unit(ofLine: text) != nil
  }
}
