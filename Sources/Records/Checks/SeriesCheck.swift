package import DocumentModel

/// Checks across the records of several documents: one year against the next, and a government
/// against the units whose reports add up to its own.
package struct SeriesCheck {
  /// A record and the document that it came from.
  package struct Member: Hashable, Sendable {
    package var file: String
    package var record: Record

    package init(file: String, record: Record) {
      self.file = file
      self.record = record
    }
  }

  private let members: [Member]
  private let families: [FamilyDescription]

  package init(_ members: [Member], families: [FamilyDescription] = FamilyDescription.builtIn) {
    self.members = members
    self.families = families
  }

  /// Findings and how many comparisons were made.
  package func findings() -> (findings: [Finding], comparisonCount: Int) {
    var findings: [Finding] = []
    var count = 0
    for pair in consecutive() {
      for finding in comparisons(of: pair.0, with: pair.1) {
        count += 1
        if let finding { findings.append(finding) }
      }
    }
    for whole in members {
      guard let result = sums(of: whole) else { continue }
      count += result.comparisonCount
      findings += result.findings
    }
    return (findings, count)
  }

  // MARK: - Years

  /// Records of one agency in years that follow each other.
  private func consecutive() -> [(Member, Member)] {
    members.flatMap { first in
      members.compactMap { second -> (Member, Member)? in
        guard let agency = first.record.agency, agency == second.record.agency,
          let year = first.record.year, second.record.year == year + 1,
          first.record.family == second.record.family
        else { return nil }
        return (first, second)
      }
    }
  }

  /// One element for each comparison; nil where it holds.
  private func comparisons(of first: Member, with second: Member) -> [Finding?] {
    let generation = families.first { $0.name == second.record.family }?.generations
      .first { $0.name == second.record.generation }
    return (generation?.checks ?? []).flatMap { check -> [Finding?] in
      switch check.shape {
      case .nextYear(let table, let row, let nextRow):
        guard let old = first.table(table), let new = second.table(table) else { return [] }
        return new.columns.compactMap { column in
          guard let before = old.entry(row, column)?.value, let after = new.entry(nextRow, column),
            let value = after.value
          else { return nil }
          return .some(
            compare(
              "\(check.id).\(column)", before, value, after, first, second,
              "\(row) of \(first.year)", "\(nextRow) of \(second.year)"))
        }
      case .stock(let table, let rows, let stock, let added, let removed):
        guard let old = first.table(table), let new = second.table(table) else { return [] }
        return rows.compactMap { row in
          guard let before = old.entry(row, stock)?.value, let came = new.entry(row, added)?.value,
            let went = new.entry(row, removed)?.value, let after = new.entry(row, stock),
            let value = after.value
          else { return nil }
          return .some(
            compare(
              "\(check.id).\(row)", before + came - went, value, after, first, second,
              "\(stock) of \(first.year) + \(added) - \(removed)", "\(stock) of \(second.year)"))
        }
      case .prose, .explained, .counts: return []
      }
    }
  }

  private func compare(
    _ id: String, _ left: Double, _ right: Double, _ entry: Record.Table.Entry, _ first: Member,
    _ second: Member, _ leftName: String, _ rightName: String
  ) -> Finding? {
    guard left != right else { return nil }
    return Finding(
      check: id, severity: .warning,
      message:
        "\(second.record.agency ?? ""): \(leftName) (\(first.file)) is \(plainNumber(left)), "
        + "\(rightName) (\(second.file)) is \(plainNumber(right))",
      left: left, right: right,
      cells: [Finding.Place(cell: entry.cell, path: [second.file], text: entry.text)])
  }

  // MARK: - Units

  /// A government's record against the sum of those of its units.
  ///
  /// Its units are those whose names begin with its place: 云溪市财政局 of 云溪市人民政府.
  private func sums(of whole: Member) -> (findings: [Finding], comparisonCount: Int)? {
    guard let place = Self.place(of: whole.record.agency) else { return nil }
    let units = members.filter { other in
      other.record.family == whole.record.family
        && other.record.generation == whole.record.generation
        && other.record.year == whole.record.year && other.record.agency != whole.record.agency
        && (other.record.agency?.hasPrefix(place) ?? false)
    }
    guard units.count > 1 else { return nil }
    var findings: [Finding] = []
    var count = 0
    for table in whole.record.tables {
      for (row, name) in table.rows.enumerated() {
        for (column, columnName) in table.columns.enumerated() {
          guard let entry = table.entries[row][column], let value = entry.value else { continue }
          let parts = units.map { $0.table(table.name)?.entry(name, columnName)?.value }
          let known = parts.compactMap { $0 }
          guard known.count == parts.count else { continue }
          count += 1
          let sum = known.reduce(0, +)
          guard (sum - value).magnitude > 1e-6 else { continue }
          findings.append(
            Finding(
              check: "units.\(table.name).\(name).\(columnName)", severity: .warning,
              message: "\(whole.record.agency ?? "") \(whole.year) says \(plainNumber(value)), its "
                + "\(units.count) units add up to \(plainNumber((sum * 1e6).rounded() / 1e6))",
              left: value, right: sum,
              cells: [Finding.Place(cell: entry.cell, path: [whole.file], text: entry.text)]))
        }
      }
    }
    return (findings, count)
  }

  /// 云溪市 of 云溪市人民政府; nil for an agency that is no government.
  private static func place(of agency: String?) -> String? {
    guard let agency else { return nil }
    for ending in ["人民政府办公室", "人民政府", "政府"] where agency.hasSuffix(ending) {
      let place = String(agency.dropLast(ending.count))
      return place.count >= 2 ? place : nil
    }
    return nil
  }
}

extension SeriesCheck.Member {
  fileprivate var year: String { record.year.map { "\($0)" } ?? "" }

  fileprivate func table(_ name: String) -> Record.Table? {
    record.tables.first { $0.name == name }
  }
}
