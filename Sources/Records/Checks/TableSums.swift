package import DocumentModel

/// Tests what a table calls its totals: rows and columns named 合计, 总计, 小计, Total and the like.
///
///     │ 合计   │ 30 │  ◀ a total may stand above its parts or below them,
///     │ 甲     │ 10 │
///     │ 其中：乙│  4 │  ◀ and 其中 names a part of the line above, never more than that
///     │ 丙     │ 20 │
///
/// A total does not say what it is the total of. The lines that it may sum up (those up to the total
/// before it, those behind it, those of the highest level, the subtotals) are tried; what holds in
/// most places is taken as meant, and where it does not hold is reported. Shares, rates and means
/// are no sums and are left out.
package struct TableSums {
  /// What became of the totals of one table.
  package struct Result: Hashable, Sendable {
    /// The id of the table's block.
    package var block: String
    /// Sums that were tested, and those that hold.
    package var testedCount: Int
    package var heldCount: Int
    package var findings: [Finding]

    /// The share of the tested sums that hold.
    package var share: Double { testedCount == 0 ? 1 : Double(heldCount) / Double(testedCount) }
  }

  /// A relation is what is meant if it holds in this share of its places, and in so many.
  private static let leastShare = 0.6
  private static let leastHeld = 2
  /// Longer tables are not tested.
  private static let mostCells = 200_000

  private let block: Block
  private let table: Table
  private let grid: [[Int?]]
  private let labels: CellLabels

  /// Nil for a block without a table, and for a table without numbers.
  package init?(_ block: Block) {
    guard let table = block.table, table.rowCount > 0, table.columnCount > 0,
      table.rowCount <= Self.mostCells / table.columnCount,
      table.cells.contains(where: { $0.role == .data && $0.value != nil })
    else { return nil }
    self.block = block
    self.table = table
    labels = CellLabels([block])
    var grid = [[Int?]](
      repeating: [Int?](repeating: nil, count: table.columnCount), count: table.rowCount)
    for (index, cell) in table.cells.enumerated() where cell.role == .data {
      guard grid.indices.contains(cell.rows.lowerBound),
        cell.columns.lowerBound < table.columnCount
      else { continue }
      grid[cell.rows.lowerBound][cell.columns.lowerBound] = index
    }
    self.grid = grid
  }

  /// Nil where the table names no totals.
  package func result() -> Result? {
    var result = Result(block: block.id, testedCount: 0, heldCount: 0, findings: [])
    let rows = lines(isRow: true)
    let columns = lines(isRow: false)
    test(rows, across: columns, isRow: true, into: &result)
    test(columns, across: rows, isRow: false, into: &result)
    return result.testedCount == 0 ? nil : result
  }

  // MARK: - Lines

  /// A row or column of values.
  private struct Line {
    /// Its row or column in the grid.
    var position: Int
    /// Its headers, outermost first: positions in `Table.cells`.
    var path: [Int]
    var word: TotalWord?
    /// Whether its values may be added at all.
    var isAdditive: Bool
    var band: Int
  }

  private func lines(isRow: Bool) -> [Line] {
    let count = isRow ? table.rowCount : table.columnCount
    return (0..<count).compactMap { position in
      let cells = (isRow ? grid[position] : grid.map { $0[position] }).compactMap { $0 }
      guard let first = cells.first else { return nil }
      let path = isRow ? table.cells[first].rowPath : table.cells[first].columnPath
      let texts = path.filter(table.cells.indices.contains).map { table.cells[$0].text }
      let band =
        isRow ? table.bands.firstIndex { $0.rows.contains(position) } ?? 0 : 0
      return Line(
        position: position, path: path, word: texts.last.flatMap { TotalWord($0) },
        isAdditive: !texts.contains(where: TotalWord.isShare)
          && !cells.contains { table.cells[$0].unit == "%" || table.cells[$0].unit == "‰" },
        band: band)
    }
  }

  private func value(_ line: Line, _ other: Line, isRow: Bool) -> (index: Int, value: Double)? {
    let index =
      isRow ? grid[line.position][other.position] : grid[other.position][line.position]
    guard let index, let value = table.cells[index].value else { return nil }
    return (index, value)
  }

  // MARK: - Totals

  private func test(
    _ lines: [Line], across others: [Line], isRow: Bool, into result: inout Result
  ) {
    for (number, line) in lines.enumerated() {
      switch line.word {
      case .total, .subtotal:
        guard line.isAdditive else { continue }
        let outcomes = candidates(for: number, in: lines).map { terms in
          outcome(of: line, terms, across: others, isRow: isRow)
        }
        guard
          let best = outcomes.max(by: { ($0.share, $0.held) < ($1.share, $1.held) }),
          best.tested > 0
        else { continue }
        result.testedCount += best.tested
        result.heldCount += best.held
        // Where nothing holds, the sum is not known rather than wrong.
        if best.share >= Self.leastShare, best.held >= Self.leastHeld {
          result.findings += best.findings
        }
      case .part:
        guard let whole = wholeLine(of: number, in: lines) else { continue }
        let outcome = partOutcome(line, of: whole, across: others, isRow: isRow)
        result.testedCount += outcome.tested
        result.heldCount += outcome.held
        result.findings += outcome.findings
      case nil: break
      }
    }
  }

  private struct Outcome {
    var tested = 0
    var held = 0
    var findings: [Finding] = []
    var share: Double { tested == 0 ? 0 : Double(held) / Double(tested) }
  }

  /// Sets of lines that a total may be the sum of.
  private func candidates(for number: Int, in lines: [Line]) -> [[Line]] {
    let total = lines[number]
    let near = lines.indices.filter {
      lines[$0].band == total.band && $0 != number && lines[$0].word != .part
    }
    let depth = total.path.count
    let parent = total.path.dropLast()
    func plain(_ set: [Int]) -> [Line] { set.filter { lines[$0].word == nil }.map { lines[$0] } }
    let before = near.filter { $0 < number }
    let after = near.filter { $0 > number }
    var sets: [[Line]] = []
    // Up to the next total on either side.
    let above = before.reversed().prefix { lines[$0].word == nil }
    let below = after.prefix { lines[$0].word == nil }
    sets.append(plain(above.reversed()))
    sets.append(plain(Array(below)))
    // Lines under the same header, and lines under the total itself.
    if !parent.isEmpty {
      sets.append(plain(near.filter { lines[$0].path.starts(with: parent) }))
      sets.append(
        plain(near.filter { lines[$0].path.count == depth && lines[$0].path.starts(with: parent) }))
    }
    if let own = total.path.last {
      sets.append(plain(near.filter { lines[$0].path.dropLast().last == own }))
    }
    // The highest level, with subtotals in place of what they sum up.
    for side in [before, after] {
      let least = side.filter { lines[$0].word != .total }.map { lines[$0].path.count }.min() ?? 0
      sets.append(plain(side.filter { lines[$0].path.count == least }))
      if total.word == .total {
        sets.append(side.filter { lines[$0].word == .subtotal }.map { lines[$0] })
        // A total of totals: 支出合计 and 结余 under 总计.
        let totals = side.filter { lines[$0].word == .total }
        if let last = totals.last, side.contains(where: { $0 > last }) {
          sets.append([lines[last]] + plain(side.filter { $0 > last }))
        }
        if totals.count > 1 { sets.append(totals.map { lines[$0] }) }
      }
    }
    // Under different headers, each group may have a total of its own.
    let groups = near.filter { lines[$0].word != nil && lines[$0].path.count > depth }
    if groups.count > 1 {
      let heads = Set(groups.compactMap { lines[$0].path.first })
      let alone = near.filter {
        lines[$0].word == nil && !(lines[$0].path.first.map(heads.contains) ?? false)
      }
      sets.append((groups + alone).sorted().map { lines[$0] })
    }
    var seen: Set<[Int]> = []
    return sets.filter { $0.count > 1 && seen.insert($0.map(\.position)).inserted }
  }

  private func outcome(
    of total: Line, _ terms: [Line], across others: [Line], isRow: Bool
  ) -> Outcome {
    var outcome = Outcome()
    for other in others where other.isAdditive {
      guard let whole = value(total, other, isRow: isRow) else { continue }
      let parts = terms.compactMap { value($0, other, isRow: isRow) }
      // A sum of nothing but blanks says nothing.
      guard parts.count > 1 else { continue }
      let sum = parts.reduce(0) { $0 + $1.value }
      let digits =
        (parts.map(\.index) + [whole.index]).map {
          IdentityTest.decimals(of: table.cells[$0].text)
        }.max() ?? 0
      let unit = (0..<digits).reduce(1.0) { unit, _ in unit / 10 }
      outcome.tested += 1
      // Printed figures are rounded, each by up to half a unit of its last digit.
      let slack = digits == 0 ? 0.5 : unit * 0.5 * Double(parts.count + 1)
      guard (sum - whole.value).magnitude >= slack else {
        outcome.held += 1
        continue
      }
      let rounded = (sum / unit).rounded() * unit
      let text = plainNumber((rounded * 1e6).rounded() / 1e6)
      var place = labels.place(id(whole.index))
      place.expected = (rounded * 1e6).rounded() / 1e6
      outcome.findings.append(
        Finding(
          check: isRow ? "sums.row" : "sums.column", severity: .warning,
          message: "the \(parts.count) parts of \(plainNumber(whole.value)) add up to \(text)",
          left: whole.value, right: place.expected,
          cells: [place] + parts.map { labels.place(id($0.index)) }))
    }
    return outcome
  }

  // MARK: - Parts

  /// The line that 其中 is a part of: the nearest before it that is none itself.
  private func wholeLine(of number: Int, in lines: [Line]) -> Line? {
    let part = lines[number]
    if let header = part.path.dropLast().last,
      let whole = lines[..<number].last(where: { $0.path.last == header && $0.band == part.band })
    {
      return whole
    }
    return lines[..<number].last { $0.word != .part && $0.band == part.band }
  }

  private func partOutcome(
    _ part: Line, of whole: Line, across others: [Line], isRow: Bool
  ) -> Outcome {
    var outcome = Outcome()
    for other in others where other.isAdditive && part.isAdditive {
      guard let piece = value(part, other, isRow: isRow),
        let all = value(whole, other, isRow: isRow), piece.value >= 0, all.value >= 0
      else { continue }
      outcome.tested += 1
      if piece.value <= all.value {
        outcome.held += 1
      } else {
        outcome.findings.append(
          Finding(
            check: "sums.part", severity: .warning,
            message:
              "\(plainNumber(piece.value)) is a part of \(plainNumber(all.value)), and more than that",
            left: piece.value, right: all.value,
            cells: [labels.place(id(piece.index)), labels.place(id(all.index))]))
      }
    }
    return outcome
  }

  private func id(_ index: Int) -> String { "\(block.id)c\(index + 1)" }
}

/// What a header calls a line.
enum TotalWord {
  case total
  case subtotal
  /// 其中 and of which: a part of the line before.
  case part

  private static let totals: Set<String> = [
    "合计", "总计", "共计", "总数", "总额", "合計", "總計", "計", "计", "全部", "total", "totals", "grandtotal",
    "sum", "overall",
    "insgesamt", "gesamt", "summe", "zusammen", "ensemble", "totalgénéral", "totalgeneral",
    "totale", "итого", "всего",
    "razem", "ogółem", "celkem", "totaal", "yhteensä", "totalt", "合 计",
  ]
  private static let subtotals: Set<String> = [
    "小计", "小計", "subtotal", "sub-total", "zwischensumme", "soustotal", "sous-total", "subtotale",
    "подытог",
  ]
  private static let parts = [
    "其中", "#其中", "of which", "darunter", "davon", "dont", "de los cuales", "di cui", "в том числе",
    "из них", "waarvan",
  ]
  private static let shares = [
    "率", "比重", "占比", "比例", "同比", "均", "指数", "percent", "per cent", "%", "％", "rate", "share",
    "average", "mean", "median",
    "index", "ratio", "anteil", "durchschnitt", "taux", "moyenne", "удельный",
  ]

  init?(_ text: String) {
    let lowered = text.lowercased()
    let trimmed = lowered.drop { $0.isWhitespace }
    if Self.parts.contains(where: { trimmed.hasPrefix($0) }) {
      self = .part
      return
    }
    // 一、合计 （七）总计 Total¹: the word alone, with a number or a mark around it.
    var word = lowered.filter { !$0.isWhitespace && !"：:".contains($0) }
    if let dot = word.firstIndex(where: { "、.．）)".contains($0) }),
      word[..<dot].allSatisfy({ $0.isNumber || "一二三四五六七八九十（(".contains($0) })
    {
      word = String(word[word.index(after: dot)...])
    }
    while let last = word.last, last.isNumber || "*†）)".contains(last) { word.removeLast() }
    if Self.totals.contains(word) {
      self = .total
    } else if Self.subtotals.contains(word) {
      self = .subtotal
    } else if word.hasSuffix("合计") || word.hasSuffix("总计"), word.count <= 8 {
      self = .total
    } else if word.hasSuffix("小计"), word.count <= 8 {
      self = .subtotal
    } else if word.hasPrefix("total") && word.count <= 24 {
      self = .total
    } else {
      return nil
    }
  }

  /// Whether a header is that of a share, rate or mean, which are no sums.
  static func isShare(_ text: String) -> Bool {
    let lowered = text.lowercased()
    return shares.contains { lowered.holds($0) }
  }
}
