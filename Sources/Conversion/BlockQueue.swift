import DocumentModel
import LayoutModel

/// The blocks of a flow on their way out, in order: each leaves when all that it refers to has an
/// id.
///
/// Notes follow the text that refers to them, so that a block with a note mark waits for a few
/// others. Where two notes have one key the last of them counts; so a reference is open until all
/// notes of its key have come.
struct BlockQueue {
  /// How many blocks have come.
  private(set) var count = 0
  /// The id of the last block.
  private(set) var lastID: String?
  /// The block that each comment is attached to.
  private(set) var commentPlaces: [String: String] = [:]

  private let blockDone: (Block) -> Void
  /// The id of the block that a key in a reference names.
  private var targets: [String: String] = [:]
  /// How many blocks with a key are still to come.
  private var expected: [String: Int] = [:]
  /// Blocks from the first one with an open reference on, those that have left as blanks.
  private var waiting: [Block] = []
  private var firstWaiting = 0
  /// What the first waiting block refers to and is still to come.
  private var openKeys: [String] = []

  init(layout: borrowing FlowLayout, blockDone: @escaping (Block) -> Void) {
    self.blockDone = blockDone
    for (index, comment) in layout.comments.enumerated() {
      targets[comment.key] = "c\(index + 1)"
    }
    expectNotes(in: layout.blocks)
    expectNotes(in: layout.furniture)
  }

  private mutating func expectNotes(in blocks: [FlowBlock]) {
    for block in blocks {
      switch block {
      case .paragraph(let paragraph):
        if let key = paragraph.noteKey { expected[key, default: 0] += 1 }
      case .table(let table):
        for content in table.contents { expectNotes(in: content.blocks) }
      case .figure: break
      }
    }
  }

  /// Gives a key an id.
  mutating func define(_ key: String, as id: String) {
    targets[key] = id
    expected[key]? -= 1
  }

  mutating func append(_ block: Block) {
    count += 1
    lastID = block.id
    if waiting.isEmpty, refersToNothing(block) {
      blockDone(block)
      return
    }
    waiting.append(block)
    if waiting.count == 1 { openKeys = keys(of: block) }
    release()
  }

  /// Lets all blocks go; what has no id by now will never have one.
  mutating func finish() {
    expected = [:]
    release()
  }

  private mutating func release() {
    while firstWaiting < waiting.count {
      while let key = openKeys.last, expected[key, default: 0] <= 0 { openKeys.removeLast() }
      guard openKeys.isEmpty else { return }
      var block = Block(kind: .paragraph)
      swap(&block, &waiting[firstWaiting])
      link(&block)
      blockDone(block)
      firstWaiting += 1
      if firstWaiting < waiting.count { openKeys = keys(of: waiting[firstWaiting]) }
    }
    waiting = []
    firstWaiting = 0
  }

  // MARK: - References

  private func refersToNothing(_ block: Block) -> Bool {
    guard block.inlines.isEmpty else { return false }
    guard let table = block.table else { return true }
    return !table.cells.contains { !$0.blocks.isEmpty }
  }

  /// The keys in a block's references, nested ones included.
  private func keys(of block: Block) -> [String] {
    var keys: [String] = []
    for inline in block.inlines {
      if case .reference(let key) = inline.kind { keys.append(key) }
    }
    for cell in block.table?.cells ?? [] {
      for inner in cell.blocks { keys += self.keys(of: inner) }
    }
    return keys
  }

  /// Replaces the keys of references by the ids of what they refer to.
  private mutating func link(_ block: inout Block) {
    if !block.inlines.isEmpty {
      var linked: [Inline] = []
      linked.reserveCapacity(block.inlines.count)
      for inline in block.inlines {
        guard case .reference(let key) = inline.kind else {
          linked.append(inline)
          continue
        }
        guard let target = targets[key] else { continue }
        if target.hasPrefix("c"), commentPlaces[target] == nil { commentPlaces[target] = block.id }
        linked.append(Inline(range: inline.range, kind: .reference(to: target)))
      }
      // Inlines end in the order in which they were closed; the result is in the order of the text.
      block.inlines = linked.enumerated().sorted {
        ($0.element.range.lowerBound, -$0.element.range.upperBound, $0.offset)
          < ($1.element.range.lowerBound, -$1.element.range.upperBound, $1.offset)
      }.map(\.element)
    }
    guard block.table != nil else { return }
    let count = block.table?.cells.count ?? 0
    for index in 0..<count where block.table?.cells[index].blocks.isEmpty == false {
      var inner = block.table?.cells[index].blocks ?? []
      for position in inner.indices { link(&inner[position]) }
      block.table?.cells[index].blocks = inner
    }
  }
}
