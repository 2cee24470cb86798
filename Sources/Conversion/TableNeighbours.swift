import DocumentModel
import LayoutModel
import TableReconstruction

/// The last step from pages to blocks: gives captions, unit lines and notes to their tables.
///
///     text, table, text … ─▶ a few texts before and behind a table ─▶ blocks in order
///
/// A table takes from the last texts before it and the first ones behind it, up to the next table.
/// So only these wait; all else goes on at once, and a long document is never here as a whole.
struct TableNeighbours {
  /// How a block of text is set, as far as tables ask.
  struct Setting {
    var alignment: TextAlignment
    var size: Double
    var lineCount: Int

    init(_ text: TextBlock) {
      alignment = text.isCentered ? .center : text.isFlushRight ? .right : .left
      size = text.size
      lineCount = text.lines.count
    }
  }

  private struct Entry {
    var block: Block
    /// Nil for page furniture, which no table takes.
    var setting: Setting?

    /// The text as tables see it.
    var line: TableSurroundings.Line? {
      guard let setting else { return nil }
      let words = [block.label, block.text].compactMap { $0 }.joined(separator: " ")
      let isNumbered = TableSurroundings.isNumberedCaption(words)
      return TableSurroundings.Line(
        text: words, alignment: setting.alignment, fontSize: setting.size,
        isDeclaredCaption: isNumbered && setting.lineCount <= 3,
        isFree: block.kind == .paragraph || isNumbered)
    }
  }

  /// The type size of running text, in points, as far as known.
  var bodySize: Double
  /// What the table that is open, or else the next one, may take from, as far as it has not gone on.
  private var before: [Entry] = []
  /// A table whose notes may still come, and what has come behind it.
  private var open: PageGrid?
  private var behind: [Entry] = []
  private var done: [(block: Block, doubts: [Note])] = []

  init(bodySize: Double = 0) {
    self.bodySize = bodySize
  }

  /// The next blocks without ids, each with what is doubtful about it.
  mutating func takeDone() -> [(block: Block, doubts: [Note])] {
    defer { done = [] }
    return done
  }

  /// Adds a block of text, or with no setting of page furniture.
  mutating func add(_ block: Block, _ setting: Setting?) {
    let entry = Entry(block: block, setting: setting)
    guard open != nil else {
      before.append(entry)
      release()
      return
    }
    behind.append(entry)
    if setting != nil, hasAllNotes { closeTable() }
  }

  mutating func add(_ table: PageGrid) {
    closeTable()
    open = table
  }

  mutating func finish() {
    closeTable()
    done += before.map { ($0.block, []) }
    before = []
  }

  /// Lets go what no table will take.
  private mutating func release() {
    let texts = before.indices.filter { before[$0].setting != nil }
    guard texts.count > TableSurroundings.headingCount else { return }
    let first = texts[texts.count - TableSurroundings.headingCount]
    done += before[..<first].map { ($0.block, []) }
    before.removeFirst(first)
  }

  /// Whether the notes of the open table are known: most have none, which the first text tells.
  private var hasAllNotes: Bool {
    let texts = behind.filter { $0.setting != nil }
    return texts.count >= TableSurroundings.maximumNoteCount
      || texts.count == 1 && noteCount(texts.compactMap(\.line)) == 0
  }

  private func noteCount(_ lines: [TableSurroundings.Line]) -> Int {
    TableSurroundings.noteCount(below: lines, bodySize: bodySize)
  }

  /// Makes a block of the open table and of what belongs to it.
  private mutating func closeTable() {
    guard let grid = open else { return }
    open = nil
    let above = before.enumerated().reversed().compactMap { index, entry in
      entry.line.map { (index: index, line: $0) }
    }.prefix(TableSurroundings.headingCount)
    let found = TableSurroundings.above(above.map(\.line))
    let caption = grid.caption == nil ? found.caption.map { above[$0] } : nil
    let unit = found.unit.map { above[$0] }
    let notes = notesBehind()
    let (table, doubts) = TableInterpreter.interpretation(
      of: grid.grid, caption: grid.caption ?? caption?.line.text, unitText: unit?.line.text,
      footnotes: grid.notes + notes.map(\.line.text))
    for (index, entry) in before.enumerated() where index != caption?.index && index != unit?.index
    {
      done.append((entry.block, []))
    }
    done.append(
      (
        Block(
          kind: .table, table: table,
          provenance: grid.grid.fragments.map { .page(number: $0.page, box: $0.box) }),
        doubts
      ))
    let taken = Set(notes.map(\.index))
    before = behind.enumerated().filter { !taken.contains($0.offset) }.map(\.element)
    behind = []
    release()
  }

  /// The notes of the open table and their positions behind it.
  private func notesBehind() -> [(index: Int, line: TableSurroundings.Line)] {
    let texts = behind.enumerated().compactMap { index, entry in
      entry.line.map { (index: index, line: $0) }
    }.prefix(TableSurroundings.maximumNoteCount)
    guard noteCount(texts.prefix(1).map(\.line)) > 0 else { return [] }
    return Array(texts.prefix(noteCount(texts.map(\.line))))
  }
}
