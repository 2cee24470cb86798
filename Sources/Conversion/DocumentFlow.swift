import DocumentModel
import LayoutAnalysis
import LayoutModel
import PageGeometry
import TableReconstruction

/// The lines and tables of all pages in reading order, on their way to blocks.
struct DocumentFlow {
  private enum Item {
    case line(Line, column: Interval, startsColumn: Bool)
    case table(PageGrid)
    case furniture(Line)
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
    lines: [Line], tables: [PageGrid], furniture: [Line], page: Int, turn: QuarterTurn,
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
  private func column(of lines: [Line], in region: ReadingOrder.Region) -> Interval {
    let boxes = lines.map(\.box.xInterval)
    guard let first = boxes.first else { return region.x }
    let filled = boxes.dropFirst().reduce(first) { $0.union($1) }
    let ending = zip(boxes, lines).count { filled.upper - $0.upper <= 0.7 * $1.size }
    let isShown = ending >= max(2, Int((0.3 * Double(lines.count)).rounded(.up)))
    return region.isColumn || isShown ? filled : region.x
  }

  /// Builds the blocks of the document with their ids.
  mutating func blocks() -> [Block] {
    let order = joined()
    let classifier = BlockClassifier(blocks: order.compactMap(\.text))
    var result: [Block] = []
    var isFirst = true
    for entry in order {
      switch entry {
      case .text(let text):
        let block = classifier.block(text, isFirst: isFirst)
        if block.kind != .title { isFirst = false }
        result.append(block)
      case .table(let grid):
        isFirst = false
        result.append(
          Block(
            kind: .table, table: TableInterpreter.table(from: grid.grid),
            provenance: grid.grid.fragments.map { .page(number: $0.page, box: $0.box) }))
      case .furniture(let line, let page):
        result.append(
          Block(
            kind: .pageFurniture, text: line.text,
            provenance: [.page(number: page, box: line.box)]))
      }
    }
    for index in result.indices { result[index].id = "b\(index + 1)" }
    return result
  }

  private enum Entry {
    case text(TextBlock)
    case table(PageGrid)
    case furniture(Line, page: Int)

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
    /// The table that nothing but furniture has followed so far.
    var openTable: Int?
    for placed in items {
      switch placed.item {
      case .line(let line, let column, let startsColumn):
        openTable = nil
        builder.add(line, column: column, pageNumber: placed.page, startsColumn: startsColumn)
        if builder.blocks.count > places.count {
          places.append(entries.count)
          entries.append(.furniture(line, page: placed.page))
        }
      case .table(let grid):
        builder.close()
        if let open = openTable, case .table(let upper) = entries[open],
          let whole = TableStitcher.join(upper, grid)
        {
          entries[open] = .table(whole)
        } else {
          openTable = entries.count
          entries.append(.table(grid))
        }
      case .furniture(let line):
        entries.append(.furniture(line, page: placed.page))
      }
    }
    for (place, block) in zip(places, builder.blocks) { entries[place] = .text(block) }
    return entries
  }
}
