package import DocumentModel

/// Says which identities of a record fail and which of its soft checks do not hold, and which cell
/// is the likely cause.
///
/// A wrong figure mostly breaks two sums at once, one along its row and one along its column. A cell
/// that one other value would set right for most of the failing sums, and that no holding sum has, is
/// named with that value.
package struct RecordCheck {
  private let record: Record
  private let generation: FamilyDescription.Generation?
  private let labels: CellLabels
  private let test: IdentityTest

  /// - Parameters:
  ///   - record: A record of the document.
  ///   - blocks: The blocks of the document.
  ///   - families: The families that may have made it.
  package init(
    _ record: Record, blocks: [Block], families: [FamilyDescription] = FamilyDescription.builtIn
  ) {
    self.record = record
    generation = families.first { $0.name == record.family }?.generations
      .first { $0.name == record.generation }
    labels = CellLabels(blocks)
    test = IdentityTest(tables: record.tables, blanks: [])
  }

  /// Failing identities first, then soft checks, each in the order of the family.
  package func findings() -> [Finding] {
    failures() + (generation?.checks.compactMap(finding) ?? [])
  }

  // MARK: - Identities

  private struct Repair: Hashable {
    var cell: String
    var value: Double
  }

  private func failures() -> [Finding] {
    let failing = record.identities.filter { $0.holds == false }
    let repairs = self.repairs(of: failing)
    var findings = failing.map { identity in
      finding(identity, repairs[identity.id])
    }
    findings += record.identities.filter { $0.holds == nil && $0.holdsIfBlankIsZero == false }.map {
      Finding(
        check: $0.id, severity: .warning,
        message: "cannot be told because of blank cells, and would not hold if they were 0",
        left: $0.left, right: $0.right,
        cells: ($0.leftCells + $0.rightCells).map { labels.place($0) })
    }
    return findings
  }

  private func finding(_ identity: Record.Identity, _ repair: Repair?) -> Finding {
    let left = identity.left.map(plainNumber) ?? "none"
    let right = identity.right.map(plainNumber) ?? "none"
    return Finding(
      check: identity.id, severity: .error,
      message: "expected equal sides, found \(sum(identity.leftCells)) = \(left) and "
        + "\(sum(identity.rightCells)) = \(right)",
      left: identity.left, right: identity.right,
      cells: (identity.leftCells + identity.rightCells).map { cell in
        var place = labels.place(cell)
        if repair?.cell == cell { place.expected = repair?.value }
        return place
      })
  }

  /// The cells of a side as their figures: 70 + 7.
  private func sum(_ cells: [String]) -> String {
    cells.map { labels.place($0).text }.joined(separator: " + ")
  }

  /// For each failing identity, the cell and value that set most of them right, where one does.
  private func repairs(of failing: [Record.Identity]) -> [String: Repair] {
    var mended: [Repair: [String]] = [:]
    for identity in failing {
      guard let left = identity.left, let right = identity.right else { continue }
      for (cells, change) in [
        (identity.leftCells, right - left), (identity.rightCells, left - right),
      ] {
        for cell in cells {
          guard let value = labels.value(cell) else { continue }
          let other = ((value + change) * 1e6).rounded() / 1e6
          guard other >= 0 || value < 0 else { continue }
          mended[Repair(cell: cell, value: other), default: []].append(identity.id)
        }
      }
    }
    var holding: [String: Int] = [:]
    for identity in record.identities where identity.holds == true {
      for cell in identity.leftCells + identity.rightCells { holding[cell, default: 0] += 1 }
    }
    var result: [String: Repair] = [:]
    for identity in failing {
      let own = mended.filter { $0.value.contains(identity.id) }
      let score = { (repair: Repair) in (own[repair]?.count ?? 0) - (holding[repair.cell] ?? 0) }
      guard let most = own.keys.map(score).max(), most > 0 else { continue }
      let best = own.keys.filter { score($0) == most }
      if best.count == 1 { result[identity.id] = best.first }
    }
    return result
  }

  // MARK: - Soft checks

  private func finding(_ check: FamilyDescription.Check) -> Finding? {
    switch check.shape {
    case .prose(let words, let figure, let none): prose(check.id, words, figure, none)
    case .explained(let figure, let section, let words): explained(check.id, figure, section, words)
    case .counts(let table, let columns): counts(check.id, table, columns)
    case .nextYear, .stock: nil
    }
  }

  private func prose(
    _ id: String, _ words: [String], _ figure: String, _ none: [String]
  ) -> Finding? {
    guard let entry = test.entry(figure), let value = entry.value else { return nil }
    for section in record.sections {
      guard let text = section.text.map({ String($0.filter { !$0.isWhitespace }) }) else {
        continue
      }
      var said: Double?
      if none.contains(where: { text.holds($0) }) { said = 0 }
      for word in words where said == nil {
        guard let end = text.place(of: word)?.upperBound else { continue }
        said = Self.count(at: text[end...])
      }
      guard let said, said != value else { continue }
      return Finding(
        check: id, severity: .warning,
        message: "the text says \(plainNumber(said)), the table \(plainNumber(value))",
        left: said, right: value, cells: [labels.place(entry.cell)])
    }
    return nil
  }

  /// A number of items at the start of a text: 88件.
  private static func count(at text: Substring) -> Double? {
    let start = text.drop { "共为数量了：:".contains($0) }
    let digits = start.prefix { $0.isASCII && $0.isNumber || $0 == "," }
    guard let after = start[digits.endIndex...].first, "件条份宗个".contains(after) else { return nil }
    return Double(digits.filter { $0 != "," })
  }

  private func explained(
    _ id: String, _ figure: String, _ section: String, _ words: [String]
  ) -> Finding? {
    guard let entry = test.entry(figure), let value = entry.value, value > 0,
      let text = record.sections.first(where: { $0.name == section })?.text,
      !words.contains(where: { text.holds($0) })
    else { return nil }
    return Finding(
      check: id, severity: .warning,
      message: "\(plainNumber(value)) is not explained in the section \(section)",
      cells: [labels.place(entry.cell)])
  }

  private func counts(_ id: String, _ name: String, _ columns: [String]) -> Finding? {
    guard let table = record.tables.first(where: { $0.name == name }) else { return nil }
    let positions = table.columns.indices.filter {
      columns.isEmpty || columns.contains(table.columns[$0])
    }
    let odd = table.entries.flatMap { row in positions.compactMap { row[$0] } }.filter { entry in
      entry.value.map { $0 < 0 || $0 != $0.rounded() } ?? false
    }
    guard !odd.isEmpty else { return nil }
    return Finding(
      check: id, severity: .warning, message: "expected whole numbers from 0",
      cells: odd.map { labels.place($0.cell) })
  }
}

/// Cells of a document by their ids.
struct CellLabels {
  private let tables: [String: Table]

  init(_ blocks: [Block]) {
    var tables: [String: Table] = [:]
    for block in blocks { if let table = block.table { tables[block.id] = table } }
    self.tables = tables
  }

  private func find(_ id: String) -> (Table, Cell)? {
    guard let mark = id.lastIndex(of: "c"), let table = tables[String(id[..<mark])],
      let number = Int(id[id.index(after: mark)...]), table.cells.indices.contains(number - 1)
    else { return nil }
    return (table, table.cells[number - 1])
  }

  func value(_ id: String) -> Double? { find(id)?.1.value }

  func place(_ id: String) -> Finding.Place {
    guard let (table, cell) = find(id) else { return Finding.Place(cell: id, path: [], text: "") }
    let path = (cell.rowPath + cell.columnPath).compactMap { header in
      table.cells.indices.contains(header) ? table.cells[header].text : nil
    }
    return Finding.Place(cell: id, path: path, text: cell.text)
  }
}
