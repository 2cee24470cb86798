package import DocumentModel

/// Reads the records of a document: finds out whether it belongs to a known family and, if so, which
/// value stands where in the record.
///
/// Last stage before a document is written. Blocks are added one by one, as they are made. Tables
/// are looked at for labels that a family is known by; as long as there are none, next to nothing
/// is kept and nothing is computed, so that other documents pay nothing.
///
///     blocks ─▶ tables with labels of a family ─▶ generation that fits best ─▶ reports ─▶ records
///
/// All that is particular to a family is in its `FamilyDescription`.
package struct RecordReader {
  /// So many headers of a table are looked at for labels of a family.
  private static let cueHeaders = 60
  /// Of a document without a table of a family, so many blocks are kept: a report may begin that
  /// far in front of its first table.
  private static let keptBlocks = 600

  /// Made when a text or header may be one of a family's.
  private lazy var families = given ?? FamilyDescription.builtIn
  private let given: [FamilyDescription]?
  /// Labels that families are known by, with those families; made when a table may have one.
  private var cues: [LabelText: Set<Int>]?
  private var blocks: [Block] = []
  /// Positions in `blocks` of tables with labels of a family, by family.
  private var candidates: [Int: Set<Int>] = [:]

  /// - Parameter families: The families to look for; nil for those that the program knows.
  package init(families: [FamilyDescription]? = nil) {
    given = families
  }

  /// Adds the next block of the document.
  package mutating func add(_ block: Block) {
    guard block.kind != .pageFurniture else { return }
    var kept = block
    if let table = block.table {
      let found = cuedFamilies(of: table)
      for number in found { candidates[number, default: []].insert(blocks.count) }
      if found.isEmpty {
        // Of other tables, only the place is told.
        kept.table = Table(caption: table.caption, rowCount: 0, columnCount: 0)
      }
    }
    blocks.append(kept)
    if blocks.count >= 2 * Self.keptBlocks, candidates.isEmpty {
      blocks.removeFirst(Self.keptBlocks)
    }
  }

  /// The families of which a label stands among the first headers of a table.
  private mutating func cuedFamilies(of table: Table) -> Set<Int> {
    var found: Set<Int> = []
    var count = 0
    for index in table.cells.indices where table.cells[index].role != .data {
      // A label of a family has two characters at least, and none of ASCII in front.
      let text = table.cells[index].text
      guard text.utf8.count >= 6, text.utf8.contains(where: { $0 >= 0xE3 }) else { continue }
      if let numbers = knownCues()[LabelText(text)] { found.formUnion(numbers) }
      count += 1
      if count == Self.cueHeaders || found.count == families.count { break }
    }
    return found
  }

  private mutating func knownCues() -> [LabelText: Set<Int>] {
    if let cues { return cues }
    var made: [LabelText: Set<Int>] = [:]
    for (number, family) in families.enumerated() {
      for cue in family.cues { made[LabelText(cue), default: []].insert(number) }
    }
    cues = made
    return made
  }

  /// Reads what was added.
  ///
  /// - Returns: A record for each report in the document, and notes on what they lack.
  package consuming func finish() -> (records: [Record], notes: [Note]) {
    let heads = blocks.prefix(Self.titleBlocks).filter { block in
      block.table == nil && block.text.utf8.contains { $0 >= 0xE3 }
    }
    guard !candidates.isEmpty || !heads.isEmpty else { return ([], []) }
    for (number, family) in families.enumerated() {
      guard candidates[number] != nil || Self.isTitled(heads, family) else { continue }
      var reader = FamilyReader(
        family, blocks: blocks, candidates: candidates[number]?.sorted() ?? [])
      let result = reader.read()
      if !result.records.isEmpty { return result }
    }
    return ([], [])
  }

  /// Whether a document without tables may be one of a family, by its first texts.
  private static func isTitled(_ heads: [Block], _ family: FamilyDescription) -> Bool {
    family.evidence.sectionsWithTitle != nil
      && heads.contains { ReportFacts.isTitle($0.text, of: family) }
  }

  /// A report without tables says what it is near its beginning.
  private static let titleBlocks = 12
}
