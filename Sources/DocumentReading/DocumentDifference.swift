public import DocumentModel
import DocumentWriting

/// What two documents say differently: texts, tables, and values by their headers.
///
/// Places, ids, confidences and breaks of lines are not content, so a report read from a PDF and from
/// a Word document can be compared, or two years of one. Blocks are matched in order, the equal ones
/// first; tables between two matches are taken for each other in turn. A value is found again by its
/// row path and column path; where several have the same paths they are taken in order.
public struct DocumentDifference: Sendable {
  /// One difference.
  public struct Entry: Hashable, Sendable {
    /// What differs.
    public enum Kind: String, Hashable, Sendable, CaseIterable {
      /// A block of text or a table that the other document lacks.
      case block
      /// The caption, unit or notes of a table.
      case caption
      /// A value.
      case value
    }

    /// What differs.
    public var kind: Kind
    /// What the first document has; nil where it has none.
    public var first: Side?
    /// What the second document has; nil where it has none.
    public var second: Side?
    /// The headers left of a value, outermost first.
    public var rowPath: [String] = []
    /// The headers above a value, outermost first.
    public var columnPath: [String] = []
  }

  /// What one document has.
  public struct Side: Hashable, Sendable {
    /// The id of the block or cell.
    public var at: String
    /// What is printed.
    public var text: String
    /// The number, where the text says one.
    public var value: Double?
    /// The unit of the number.
    public var unit: String?
  }

  /// The differences, in the order of the documents.
  public private(set) var entries: [Entry] = []

  /// Compares two documents.
  ///
  /// - Complexity: O(n · d) for n blocks and cells and d differing blocks.
  public init(_ first: Document, _ second: Document) {
    let blocks = [first, second].map { $0.blocks.filter { $0.kind != .pageFurniture } }
    for (one, other) in Self.pairs(blocks[0], blocks[1]) {
      compare(one, other)
    }
  }

  // MARK: - Blocks

  /// The content of a block in a form that is compared: without spaces and breaks.
  private static func fingerprint(of block: Block) -> String {
    guard let table = block.table else {
      return "\(block.kind.rawValue)\u{0}" + folded((block.label ?? "") + block.text)
    }
    return "table\u{0}" + folded(table.caption ?? "")
      + table.cells.map { "\u{0}\($0.rows.lowerBound),\($0.columns.lowerBound) \(folded($0.text))" }
      .joined()
  }

  static func folded(_ text: String) -> String {
    String(text.filter { !$0.isWhitespace })
  }

  /// Blocks that stand for each other; nil where one document has none.
  private static func pairs(_ first: [Block], _ second: [Block]) -> [(Block?, Block?)] {
    // Numbers are compared faster than texts.
    var numbers: [String: Int] = [:]
    func number(_ block: Block) -> Int {
      let text = fingerprint(of: block)
      let number = numbers[text] ?? numbers.count
      numbers[text] = number
      return number
    }
    let marks = (first.map(number), second.map(number))
    var removed: Set<Int> = []
    var inserted: Set<Int> = []
    for change in marks.1.difference(from: marks.0) {
      switch change {
      case .remove(let offset, _, _): removed.insert(offset)
      case .insert(let offset, _, _): inserted.insert(offset)
      }
    }
    var pairs: [(Block?, Block?)] = []
    var one = 0
    var other = 0
    while one < first.count || other < second.count {
      var gap: ([Block], [Block]) = ([], [])
      while removed.contains(one) {
        gap.0.append(first[one])
        one += 1
      }
      while inserted.contains(other) {
        gap.1.append(second[other])
        other += 1
      }
      pairs += Self.pairsWithin(gap.0, gap.1)
      if one < first.count, other < second.count {
        pairs.append((first[one], second[other]))
        one += 1
        other += 1
      }
    }
    return pairs
  }

  /// Pairs blocks of one kind between two matches, in order.
  private static func pairsWithin(_ first: [Block], _ second: [Block]) -> [(Block?, Block?)] {
    func kind(_ block: Block) -> String { block.table == nil ? block.kind.rawValue : "table" }
    var waiting: [String: [Block]] = [:]
    for block in second.reversed() { waiting[kind(block), default: []].append(block) }
    var pairs: [(Block?, Block?)] = first.map { block in
      (block, waiting[kind(block)]?.popLast())
    }
    let left = Set(waiting.values.joined().map(\.id))
    pairs += second.filter { left.contains($0.id) }.map { (nil, $0) }
    return pairs
  }

  // MARK: - Content

  private mutating func compare(_ one: Block?, _ other: Block?) {
    if let first = one?.table, let second = other?.table, let one, let other {
      compare(first, of: one, second, of: other)
      return
    }
    let sides = (one.map(Self.side), other.map(Self.side))
    guard sides.0.map({ Self.folded($0.text) }) != sides.1.map({ Self.folded($0.text) }) else {
      return
    }
    entries.append(Entry(kind: .block, first: sides.0, second: sides.1))
  }

  private static func side(_ block: Block) -> Side {
    if let table = block.table {
      let size = "table of \(table.rowCount) rows and \(table.columnCount) columns"
      return Side(
        at: block.id, text: [table.caption, size].compactMap(\.self).joined(separator: ": "))
    }
    return Side(
      at: block.id, text: [block.label, block.text].compactMap(\.self).joined(separator: " "))
  }

  private mutating func compare(
    _ first: Table, of one: Block, _ second: Table, of other: Block
  ) {
    let captions = [(first, one), (second, other)].map { table, block in
      Side(
        at: block.id,
        text: ([table.caption, table.unitText].compactMap(\.self) + table.footnotes)
          .joined(separator: "\n"))
    }
    if Self.folded(captions[0].text) != Self.folded(captions[1].text) {
      entries.append(Entry(kind: .caption, first: captions[0], second: captions[1]))
    }
    let values = (Self.values(of: first, id: one.id), Self.values(of: second, id: other.id))
    var waiting: [Key: [Int]] = [:]
    for index in values.1.indices.reversed() {
      waiting[values.1[index].key, default: []].append(index)
    }
    var found: Set<Int> = []
    for value in values.0 {
      let match = waiting[value.key]?.popLast()
      if let match { found.insert(match) }
      append(value, match.map { values.1[$0] })
    }
    for index in values.1.indices where !found.contains(index) { append(nil, values.1[index]) }
  }

  private mutating func append(_ one: Value?, _ other: Value?) {
    guard let paths = one ?? other else { return }
    if let one, let other, Self.folded(one.side.text) == Self.folded(other.side.text),
      one.side.value == other.side.value, one.side.unit == other.side.unit
    {
      return
    }
    entries.append(
      Entry(
        kind: .value, first: one?.side, second: other?.side, rowPath: paths.rowPath,
        columnPath: paths.columnPath))
  }

  private struct Key: Hashable {
    var row: [String]
    var column: [String]
  }

  private struct Value {
    var key: Key
    var rowPath: [String]
    var columnPath: [String]
    var side: Side
  }

  private static func values(of table: Table, id: String) -> [Value] {
    let folded = table.cells.map { $0.role == .data ? "" : Self.folded($0.text) }
    return table.cells.enumerated().filter { $0.element.role == .data }.map { index, cell in
      Value(
        key: Key(
          row: cell.rowPath.map { folded[$0] }, column: cell.columnPath.map { folded[$0] }),
        rowPath: cell.rowPath.map { table.cells[$0].text },
        columnPath: cell.columnPath.map { table.cells[$0].text },
        side: Side(at: "\(id)c\(index + 1)", text: cell.text, value: cell.value, unit: cell.unit))
    }
  }
}

// MARK: - Reports

extension DocumentDifference {
  /// The differences for a reader: a line for each side.
  ///
  /// `-` is what the first document has, `+` what the second has; a line in front of the two says
  /// which value it is.
  public var text: String {
    var lines: [String] = []
    for entry in entries {
      if entry.kind == .value {
        let paths = [entry.rowPath, entry.columnPath].map { $0.joined(separator: " › ") }
        lines.append("@ " + paths.filter { !$0.isEmpty }.joined(separator: " / "))
      } else {
        lines.append("@ \(entry.kind.rawValue)")
      }
      for (mark, side) in [("-", entry.first), ("+", entry.second)] {
        guard let side else { continue }
        let unit = side.unit.map { " [\($0)]" } ?? ""
        lines.append("\(mark) \(side.at): \(side.text)\(unit)")
      }
    }
    return lines.map { $0.split(whereSeparator: \.isNewline).joined(separator: " ") + "\n" }
      .joined()
  }

  /// The differences as canonical JSON.
  public var json: [UInt8] {
    let list = { (texts: [String]) in JSONValue.array(texts.map(JSONValue.string)) }
    let side = { (side: Side?) -> JSONValue in
      guard let side else { return .null }
      var members = [
        JSONValue.Member(name: "at", value: .string(side.at)),
        JSONValue.Member(name: "text", value: .string(side.text)),
      ]
      if let value = side.value { members.append(.init(name: "value", value: .number(value))) }
      if let unit = side.unit { members.append(.init(name: "unit", value: .string(unit))) }
      return .object(members)
    }
    let differences = entries.map { entry in
      JSONValue.object([
        .init(name: "kind", value: .string(entry.kind.rawValue)),
        .init(name: "first", value: side(entry.first)),
        .init(name: "second", value: side(entry.second)),
        .init(name: "rowPath", value: list(entry.rowPath)),
        .init(name: "columnPath", value: list(entry.columnPath)),
      ])
    }
    return JSONValue.object([.init(name: "differences", value: .array(differences))]).canonicalBytes
  }
}
