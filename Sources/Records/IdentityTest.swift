import DocumentModel

/// Tests the identities of a description on the values of a record.
struct IdentityTest {
  /// A sum on its way: its value, what it would be if blanks were 0, and its cells.
  fileprivate struct Side {
    var sum: Double? = 0
    var sumOfBlanks: Double? = 0
    var cells: [String] = []
    var decimals = 0
    var count = 0

    mutating func add(_ entry: Record.Table.Entry?, isBlank: Bool) {
      count += 1
      guard let entry else {
        sum = nil
        sumOfBlanks = nil
        return
      }
      cells.append(entry.cell)
      decimals = max(decimals, IdentityTest.decimals(of: entry.text))
      if let value = entry.value {
        sum = sum.map { $0 + value }
        sumOfBlanks = sumOfBlanks.map { $0 + value }
      } else {
        sum = nil
        if !isBlank { sumOfBlanks = nil }
      }
    }
  }

  let tables: [Record.Table]
  /// Ids of cells where nothing, or a mark for nothing, is printed.
  let blanks: Set<String>

  func result(of identities: [FamilyDescription.Identity]) -> [Record.Identity] {
    identities.flatMap(results)
  }

  private func results(_ identity: FamilyDescription.Identity) -> [Record.Identity] {
    let table = tables.first { $0.name == identity.table }
    switch identity.shape {
    case .columns(let names):
      guard let table else { return [] }
      let columns = names.isEmpty ? table.columns : names
      return columns.map { column in
        identity.result(
          suffix: names.count == 1 ? nil : column,
          left: side(identity.left.map { table.entry($0, column) }),
          right: side(identity.right.map { table.entry($0, column) }))
      }
    case .rows(let names):
      guard let table else { return [] }
      return (names.isEmpty ? table.rows : names).map { row in
        identity.result(
          suffix: names.count == 1 ? nil : row,
          left: side(identity.left.map { table.entry(row, $0) }),
          right: side(identity.right.map { table.entry(row, $0) }))
      }
    case .codes:
      guard let table else { return [] }
      let codes = Codes(table.rows)
      return codes.parents.flatMap { parent, children in
        table.columns.compactMap { column in
          // A column without the figure of the whole says nothing of its parts.
          guard table.entry(parent, column)?.value != nil else { return nil }
          return identity.result(
            suffix: "\(parent).\(column)", left: side([table.entry(parent, column)]),
            right: side(children.map { table.entry($0, column) }))
        }
      }
    case .topCodes:
      guard let table, let total = identity.left.first else { return [] }
      let top = Codes(table.rows).top
      guard !top.isEmpty else { return [] }
      return table.columns.compactMap { column in
        guard table.entry(total, column)?.value != nil else { return nil }
        return identity.result(
          suffix: column, left: side([table.entry(total, column)]),
          right: side(top.map { table.entry($0, column) }))
      }
    case .entries:
      return [
        identity.result(
          suffix: nil, left: side(identity.left.map(entry)), right: side(identity.right.map(entry)))
      ]
    }
  }

  /// The entry of `table.row.column`; names of rows may have dots.
  func entry(_ path: String) -> Record.Table.Entry? {
    let parts = path.split(separator: ".").map(String.init)
    guard parts.count >= 3, let first = parts.first, let last = parts.last else { return nil }
    let row = parts.dropFirst().dropLast().joined(separator: ".")
    return tables.first { $0.name == first }?.entry(row, last)
  }

  private func side(_ entries: [Record.Table.Entry?]) -> Side {
    var side = Side()
    for entry in entries {
      side.add(entry, isBlank: entry.map { blanks.contains($0.cell) } ?? false)
    }
    return side
  }

  /// Codes of a classification in which a code begins with the code above it: 208, 20805, 2080501.
  private struct Codes {
    /// Codes of the highest level.
    var top: [String] = []
    /// Codes with those one level below them, in the order of the table.
    var parents: [(String, [String])] = []

    init(_ rows: [String]) {
      let codes = rows.filter { $0.utf8.allSatisfy { 0x30...0x39 ~= $0 } }
      let known = Set(codes)
      var children: [String: [String]] = [:]
      for code in codes {
        let parent = code.indices.dropFirst().reversed().lazy.map { String(code[..<$0]) }
          .first(where: known.contains)
        if let parent { children[parent, default: []].append(code) } else { top.append(code) }
      }
      parents = codes.compactMap { code in children[code].map { (code, $0) } }
    }
  }

  /// How many digits are printed behind the decimal point.
  static func decimals(of text: String) -> Int {
    guard let point = text.utf8.firstIndex(where: { $0 == UInt8(ascii: ".") }) else { return 0 }
    return text.utf8[text.utf8.index(after: point)...].prefix { 0x30...0x39 ~= $0 }.count
  }
}

extension FamilyDescription.Identity {
  fileprivate func result(
    suffix: String?, left: IdentityTest.Side, right: IdentityTest.Side
  ) -> Record.Identity {
    let digits = max(left.decimals, right.decimals)
    let unit = (0..<digits).reduce(1.0) { unit, _ in unit / 10 }
    // Half a unit of the last digit is noise of binary fractions; more where figures are rounded.
    let slack = max(digits > 0 ? 0.5 : 0, rounding * Double(left.count + right.count))
    let tolerance = unit * slack
    func equal(_ a: Double?, _ b: Double?) -> Bool? {
      guard let a, let b else { return nil }
      return a == b || (a - b).magnitude < tolerance
    }
    return Record.Identity(
      id: suffix.map { "\(id).\($0)" } ?? id, left: left.sum.map { $0.rounded(to: digits) },
      right: right.sum.map { $0.rounded(to: digits) }, holds: equal(left.sum, right.sum),
      holdsIfBlankIsZero: equal(left.sumOfBlanks, right.sumOfBlanks), leftCells: left.cells,
      rightCells: right.cells)
  }
}

extension Double {
  /// Rounded to so many digits behind the point, as a sum of figures with that many is.
  fileprivate func rounded(to digits: Int) -> Double {
    let scale = (0..<digits).reduce(1.0) { scale, _ in scale * 10 }
    let scaled = (self * scale).rounded()
    return scaled.magnitude < 9e15 ? scaled / scale : self
  }
}
