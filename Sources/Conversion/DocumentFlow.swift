import DocumentModel
import LayoutAnalysis
import LayoutModel
import PageGeometry
import TableReconstruction

/// The lines and tables of all pages in reading order, on their way to blocks.
///
/// Pages are added one after another. Lines go to blocks and pieces of tables to tables at once, so
/// that nothing is kept of a page but these. Kinds of blocks, captions and notes depend on the type
/// that most of the document is set in; they are told when blocks are released, from what is known
/// by then.
struct DocumentFlow {
  private enum Entry {
    case text(TextBlock)
    case table(PageGrid)
    case furniture(TextLine, page: Int)
    /// A table while a piece is appended to it, a text while the builder has it.
    case taken
  }

  /// What has not been released.
  private var entries: [Entry] = []
  private var builder = BlockBuilder()
  /// Positions in `entries` of the builder's blocks.
  private var places: [Int] = []
  /// The table that nothing but furniture and lines that say so has followed.
  private var openTable: Int?
  /// Lines that only say that the open table goes on.
  private var bridge: [Bridge] = []
  private var notes: [Note] = []
  /// The last lines before the next table, and those before the open one: printed again, they say
  /// that it goes on.
  private var heading: [String] = []
  private var openHeading: Set<String> = []

  /// The type of what has been released.
  private var body = BodyType()
  private var surroundings = TableNeighbours()
  /// Whether nothing but titles has been released.
  private var isFirst = true
  private var blockCount = 0

  /// A line between two pieces of a table.
  private struct Bridge {
    /// Its position in `entries`.
    var place: Int
    var line: TextLine
    var page: Int
  }

  // MARK: - Pages

  /// Adds a page: its lines and tables in reading order, then what runs sideways, its furniture at
  /// the end.
  mutating func add(
    lines: [TextLine], tables: [PageGrid], furniture: [TextLine], sideways: [TextLine] = [],
    page: Int, area: Interval
  ) {
    let pieces =
      lines.map { ReadingOrder.Piece(box: $0.box, size: $0.size, lineCount: 1) }
      + tables.map {
        ReadingOrder.Piece(box: $0.box, size: $0.fontSize, lineCount: $0.grid.rowCount)
      }
    for region in ReadingOrder.regions(of: pieces, area: area) {
      let column = column(
        of: region.indices.filter { $0 < lines.count }.map { lines[$0] }, in: region)
      for (position, index) in region.indices.enumerated() {
        if index < lines.count {
          add(lines[index], column: column, page: page, startsColumn: position == 0)
        } else {
          add(tables[index - lines.count])
        }
      }
    }
    entries += sideways.map { line in
      .text(
        TextBlock(
          lines: [line], pieces: [.init(pageNumber: page, box: line.box)],
          column: line.box.xInterval))
    }
    entries += furniture.map { .furniture($0, page: page) }
  }

  private mutating func add(
    _ line: TextLine, column: Interval, page: Int, startsColumn: Bool
  ) {
    let saysContinued = openTable != nil && isBridge(line)
    if saysContinued {
      builder.close()
    } else {
      openTable = nil
      if heading.count == TableSurroundings.headingCount { heading.removeFirst() }
      heading.append(line.text)
    }
    builder.add(line, column: column, pageNumber: page, startsColumn: startsColumn)
    if builder.blocks.count > places.count {
      places.append(entries.count)
      entries.append(.taken)
    }
    if saysContinued {
      bridge.append(Bridge(place: entries.count - 1, line: line, page: page))
      builder.close()
    } else {
      bridge = []
    }
  }

  /// Appends a piece to an open table; false if it is a table of its own.
  private mutating func append(_ grid: PageGrid, to open: Int) -> Bool {
    guard case .table(var whole) = entries[open] else { return false }
    // Held once, the table grows in place.
    entries[open] = .taken
    let isOne = TableStitcher.append(
      grid, to: &whole, saysContinued: bridge.contains { saysContinued($0.line.text) })
    entries[open] = .table(whole)
    return isOne
  }

  private mutating func add(_ grid: PageGrid) {
    builder.close()
    if let open = openTable, append(grid, to: open) {
      // Lines between pieces that were joined are page furniture.
      settle()
      for piece in bridge { entries[piece.place] = .furniture(piece.line, page: piece.page) }
    } else {
      noteUnjoined(grid)
      openHeading = Set(heading.map(Self.plain))
      heading = []
      openTable = entries.count
      entries.append(.table(grid))
    }
    bridge = []
  }

  /// Whether a line between two pieces of a table says that it goes on, or repeats its unit.
  private func isBridge(_ line: TextLine) -> Bool {
    saysContinued(line.text) || UnitText.unit(ofLine: line.text) != nil
  }

  /// Whether a line between two pieces of a table says that it goes on, or is its caption again.
  private func saysContinued(_ text: String) -> Bool {
    if TableSurroundings.isContinuation(text) { return true }
    guard text.utf8.count <= 4 * TableSurroundings.maximumCaptionLength else { return false }
    let plain = Self.plain(text)
    return plain.utf8.count > 5 && openHeading.contains(plain)
  }

  private static func plain(_ text: String) -> String {
    text.utf8.count > 4 * TableSurroundings.maximumCaptionLength
      ? "" : text.withoutSpaces
  }

  /// Says that a table stays apart although a line before it says that it goes on.
  private mutating func noteUnjoined(_ grid: PageGrid) {
    guard let line = bridge.last(where: { saysContinued($0.line.text) }) else { return }
    notes.append(
      Note(
        code: "table.continuationNotJoined", severity: .warning,
        message: "page \(PageAssembler.number(grid.pageNumber)): the line “\(line.line.text)” says "
          + "that a table goes on, but rows and columns of the next one do not fit the one before; "
          + "both stay apart",
        provenance: [.page(number: grid.pageNumber, box: grid.box)]))
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

  // MARK: - Blocks

  /// Puts the texts that the builder is done with to their places.
  private mutating func settle() {
    let closed = builder.takeClosed()
    for (place, block) in zip(places, closed) { entries[place] = .text(block) }
    places.removeFirst(closed.count)
  }

  /// Hands on the blocks that no later page can change, with their ids, one by one.
  mutating func release(blockDone: (Block) -> Void) {
    settle()
    let end = min(openTable ?? entries.count, places.first ?? entries.count)
    handOn(end, blockDone)
    openTable = openTable.map { $0 - end }
    for index in places.indices { places[index] -= end }
    for index in bridge.indices { bridge[index].place -= end }
  }

  /// Hands on the remaining blocks.
  ///
  /// - Returns: All notes.
  consuming func finish(blockDone: (Block) -> Void) -> [Note] {
    builder.close()
    settle()
    handOn(entries.count, blockDone)
    surroundings.finish()
    handOnDone(blockDone)
    return notes
  }

  /// Hands on what comes of the first so many entries; they are let go as they become blocks.
  private mutating func handOn(_ count: Int, _ blockDone: (Block) -> Void) {
    for case .text(let text) in entries[..<count] { body.count(text) }
    var known = body
    for case .text(let text) in entries[count...] { known.count(text) }
    let classifier = BlockClassifier(body: known)
    surroundings.bodySize = classifier.bodySize
    var ready = Array(entries.prefix(count).reversed())
    entries.removeFirst(count)
    while let entry = ready.popLast() {
      switch entry {
      case .text(let text):
        let block = classifier.block(text, isFirst: isFirst)
        if block.kind != .title { isFirst = false }
        surroundings.add(block, TableNeighbours.Setting(text))
      case .taken: continue
      case .table(let grid):
        isFirst = false
        surroundings.add(grid)
      case .furniture(let line, let page):
        surroundings.add(
          Block(
            kind: .pageFurniture, text: line.text,
            provenance: [.page(number: page, box: line.box)]), nil)
      }
      handOnDone(blockDone)
    }
  }

  private mutating func handOnDone(_ blockDone: (Block) -> Void) {
    for (block, doubts) in surroundings.takeDone() {
      var block = block
      blockCount += 1
      block.id = "b\(blockCount)"
      notes += doubts.map { doubt in
        var doubt = doubt
        doubt.at = block.id + (doubt.at ?? "")
        return doubt
      }
      blockDone(block)
    }
  }
}
