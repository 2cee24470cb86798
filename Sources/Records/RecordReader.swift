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

  private let families: [(description: FamilyDescription, cues: Set<LabelText>)]
  private var blocks: [Block] = []
  /// Positions in `blocks` of tables with labels of a family, by family.
  private var candidates: [Set<Int>]

  package init(families: [FamilyDescription] = FamilyDescription.builtIn) {
    self.families = families.map { ($0, Set($0.cues.map { LabelText($0) })) }
    candidates = families.map { _ in [] }
  }

  /// Adds the next block of the document.
  package mutating func add(_ block: Block) {
    guard block.kind != .pageFurniture else { return }
    var kept = block
    if let table = block.table {
      var isCandidate = false
      for (number, family) in families.enumerated() where Self.has(table, family.cues) {
        candidates[number].insert(blocks.count)
        isCandidate = true
      }
      if !isCandidate {
        // Of other tables, only the place is told.
        kept.table = Table(caption: table.caption, rowCount: 0, columnCount: 0)
      }
    }
    blocks.append(kept)
    if blocks.count >= 2 * Self.keptBlocks, candidates.allSatisfy(\.isEmpty) {
      blocks.removeFirst(Self.keptBlocks)
    }
  }

  /// Whether a label of a family stands among the first headers of a table.
  private static func has(_ table: Table, _ cues: Set<LabelText>) -> Bool {
    var count = 0
    for cell in table.cells where cell.role != .data {
      // A label of a family has two characters at least; one of them is no ASCII.
      guard cell.text.utf8.count >= 6, cell.text.utf8.contains(where: { $0 >= 0x80 }) else {
        continue
      }
      if cues.contains(LabelText(cell.text)) { return true }
      count += 1
      if count == cueHeaders { return false }
    }
    return false
  }

  /// Reads what was added.
  ///
  /// - Returns: A record for each report in the document, and notes on what they lack.
  package consuming func finish() -> (records: [Record], notes: [Note]) {
    for (number, family) in families.enumerated() {
      let hasTitle = blocks.prefix(Self.titleBlocks).contains {
        $0.table == nil && ReportFacts.isTitle($0.text, of: family.description)
      }
      guard hasTitle || !candidates[number].isEmpty else { continue }
      var reader = FamilyReader(
        family.description, blocks: blocks, candidates: candidates[number].sorted())
      let result = reader.read()
      if !result.records.isEmpty { return result }
    }
    return ([], [])
  }

  /// A report without tables says what it is near its beginning.
  private static let titleBlocks = 12
}
