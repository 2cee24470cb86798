import DocumentModel

/// Finds where the rows and columns of a record stand in one table, and its values with them.
///
///     rows beside, columns above      columns beside, rows above      both above
///             │ 自然人 │ 总计                 │ 合计 │ 接待              行政复议    │ 行政诉讼
///     ────────┼───────┼─────         ────────┼─────┼─────           维持 │ 总计 │ 维持 │ 总计
///     本年新收 │   3   │   4           决算数  │  9  │  2                3  │   4 │   0 │   1
///
/// Each way is tried, unless the first fits, and the one that finds most is taken.
struct LayoutSearch {
  private typealias Line = HeaderLines.Line
  private typealias Value = HeaderLines.Value

  let table: Table
  let lines: HeaderLines
  let matcher: PathMatcher
  let likenesses: HeaderLikenesses
  /// The label of a column of units.
  let unitLabel: Int

  /// A header this much like a label stands for it without a remark.
  static let likeEnough: Float = 0.85
  /// Where fewer of the names of a side than this share are among the headers, it is not searched for.
  private static let leastNames = 0.25

  /// A value and the items of its row and column.
  private struct Hit {
    var value: Int
    var row: Int
    var column: Int
    var score: Float
  }

  /// By grid row: header cells that cover it, and columns with values.
  private let rowHeaders: [Int: [Cell]]
  private let dataColumns: [Int: [Int]]

  init(
    table: Table, lines: HeaderLines, matcher: PathMatcher, likenesses: HeaderLikenesses,
    unitLabel: Int, hasOpenRows: Bool
  ) {
    self.table = table
    self.lines = lines
    self.matcher = matcher
    self.likenesses = likenesses
    self.unitLabel = unitLabel
    var headers: [Int: [Cell]] = [:]
    var columns: [Int: [Int]] = [:]
    if hasOpenRows {
      for (index, cell) in table.cells.enumerated() {
        if cell.role == .rowHeader || lines.labelCells.contains(index) {
          for row in cell.rows { headers[row, default: []].append(cell) }
        } else if cell.role == .data {
          columns[cell.rows.lowerBound, default: []].append(cell.columns.lowerBound)
        }
      }
      for row in headers.keys {
        headers[row]?.sort { $0.columns.lowerBound < $1.columns.lowerBound }
      }
    }
    rowHeaders = headers
    dataColumns = columns
  }

  private struct Way {
    var hits: [Hit] = []
    /// Line and item of rows that stand beside or above.
    var rowLines: KeyPath<HeaderLines, [HeaderLines.Line]>?
    /// Position of the last header to the label that it was taken for.
    var misprints: [Int: String] = [:]
    /// Item of each line of the columns' side, where rows are open.
    var columns: [Int: PathMatcher.Match] = [:]
    var weight: Float { hits.reduce(0) { $0 + $1.score } }
  }

  /// Adds the values of a group to what was found.
  ///
  /// - Parameters:
  ///   - group: Rows and columns that cross.
  ///   - found: What other groups of the table have found.
  ///   - rowCount: How many rows the description names, in all groups.
  func match(_ group: TableMatcher.Group, into found: inout TableMatcher.Found, rowCount: Int) {
    let wanted = group.rows.items.count * group.columns.items.count
    let values = lines.values.indices.filter { isOnSide(lines.values[$0], of: group) }
    found.wanted += group.kind == .items ? group.wantedCount : 1
    guard !values.isEmpty, group.kind != .items || mayHave(group.rows), mayHave(group.columns)
    else { return }
    let way = bestWay(group, values, wanted: wanted)
    for hit in way.hits {
      let place = TableMatcher.Place(
        row: group.rows.places[hit.row], column: group.columns.places[hit.column])
      guard found.cells[place] == nil else { continue }
      found.cells[place] = lines.values[hit.value].cell
      found.score += hit.score
      found.foundCount += 1
      if group.isTelling(hit.row, matcher) { found.tellingCount += 1 }
      if found.labels[place.row] == nil { found.labels[place.row] = label(of: hit, way) }
    }
    for (header, label) in way.misprints { found.misprints[header] = label }
    if group.kind != .items, let columns = Optional(way.columns), !columns.isEmpty {
      addOpenRows(group, values, columns, taken: Set(way.hits.map(\.value)), to: &found, rowCount)
    }
    addUnits(of: group, way.hits, to: &found)
  }

  /// Whether enough of the names of a side are among the headers.
  private func mayHave(_ axis: TableMatcher.Axis) -> Bool {
    guard axis.fallback == nil else { return true }
    var found = Set<Int>()
    for (path, owner) in zip(axis.paths, axis.owners) {
      if let leaf = path.last, likenesses.best[leaf] >= PathMatcher.leaf { found.insert(owner) }
    }
    let wanted = axis.items.count { !$0.isOptional }
    return !found.isEmpty && Double(found.count) >= Self.leastNames * Double(wanted)
  }

  private func bestWay(_ group: TableMatcher.Group, _ values: [Int], wanted: Int) -> Way {
    var best = crossed(
      group.rows, group.columns, values, isTurned: false, isOpen: group.kind != .items)
    guard group.kind == .items, best.hits.count * 2 < wanted else { return best }
    func take(_ way: Way) { if way.weight > best.weight { best = way } }
    take(crossed(group.columns, group.rows, values, isTurned: true, isOpen: false))
    // Both on one side need headers of two levels there.
    let sides: [(KeyPath<Value, Int?>, KeyPath<HeaderLines, [Line]>)] = [
      (\.column, \.columns), (\.row, \.rows),
    ]
    for (line, side) in sides where best.hits.count * 2 < wanted {
      guard lines[keyPath: side].count(where: { $0.path.count > 1 }) * 2 >= wanted else { continue }
      take(joined(group, values, line: line, in: side, rowsAreOuter: true))
      if best.hits.count * 2 < wanted {
        take(joined(group, values, line: line, in: side, rowsAreOuter: false))
      }
    }
    if let fallback = group.columns.fallback {
      for (line, side) in sides {
        take(single(group.rows, fallback, values, line: line, in: side))
      }
    }
    return best
  }

  /// The text of the header that names the row of a value.
  private func label(of hit: Hit, _ way: Way) -> String? {
    guard let side = way.rowLines else { return nil }
    let value = lines.values[hit.value]
    let line = side == \HeaderLines.rows ? value.row : value.column
    guard let line, let header = lines[keyPath: side][line].path.last else { return nil }
    return table.cells[header].text
  }

  private func isOnSide(_ value: HeaderLines.Value, of group: TableMatcher.Group) -> Bool {
    guard group.side != nil || group.notSide != nil else { return true }
    let above = value.column.map { lines.columns[$0].path } ?? []
    func has(_ label: Int) -> Bool {
      above.contains { (matcher.likenesses[$0]?[label] ?? 0) >= Self.likeEnough }
    }
    return (group.side.map(has) ?? true) && !(group.notSide.map(has) ?? false)
  }

  // MARK: - Ways

  /// Items of one axis beside, those of the other above.
  ///
  /// `isTurned` says that the items beside are the columns of the record.
  private func crossed(
    _ beside: TableMatcher.Axis, _ above: TableMatcher.Axis, _ values: [Int], isTurned: Bool,
    isOpen: Bool
  ) -> Way {
    var way = Way(rowLines: isTurned ? \.columns : \.rows)
    let rowLines = distinct(values.compactMap { lines.values[$0].row })
    var rows = matches(rowLines, of: lines.rows, to: beside.paths, acrossBands: false)
    // Where other rows are to be expected, what is merely like a name is one of them.
    if isOpen { rows = rows.filter { $0.value.leaf >= Self.likeEnough } }
    // Only columns over those rows: other groups may have columns of the same name.
    let crossing =
      rows.isEmpty || isOpen
      ? values : values.filter { lines.values[$0].row.map { rows[$0] != nil } ?? false }
    let columnLines = distinct(crossing.compactMap { lines.values[$0].column })
    let columns = matches(
      columnLines, of: lines.columns, to: above.paths, acrossBands: true, alsoInBand: isOpen)
    way.columns = columns
    for index in crossing {
      let value = lines.values[index]
      guard let row = value.row.flatMap({ rows[$0] }),
        let column = value.column.flatMap({ columns[$0] })
      else { continue }
      let hit = Hit(
        value: index, row: isTurned ? above.owners[column.expected] : beside.owners[row.expected],
        column: isTurned ? beside.owners[row.expected] : above.owners[column.expected],
        score: row.score * column.score)
      way.hits.append(hit)
    }
    note(rows, of: lines.rows, beside, in: &way)
    note(columns, of: lines.columns, above, in: &way)
    return way
  }

  /// Items of both axes on one side, one under the other.
  private func joined(
    _ group: TableMatcher.Group, _ values: [Int],
    line: KeyPath<HeaderLines.Value, Int?>, in side: KeyPath<HeaderLines, [HeaderLines.Line]>,
    rowsAreOuter: Bool
  ) -> Way {
    var way = Way()
    let outer = rowsAreOuter ? group.rows.paths : group.columns.paths
    let inner = rowsAreOuter ? group.columns.paths : group.rows.paths
    let paths = outer.flatMap { first in inner.map { first + $0 } }
    let used = distinct(values.compactMap { lines.values[$0][keyPath: line] })
    let found = matches(used, of: lines[keyPath: side], to: paths, acrossBands: false)
    var taken = Set<Int>()
    for index in values {
      guard let match = lines.values[index][keyPath: line].flatMap({ found[$0] }) else { continue }
      // A second row of values is something else.
      guard taken.insert(match.expected).inserted else { continue }
      let (first, second) = match.expected.quotientAndRemainder(dividingBy: inner.count)
      way.hits.append(
        Hit(
          value: index, row: group.rows.owners[rowsAreOuter ? first : second],
          column: group.columns.owners[rowsAreOuter ? second : first], score: match.score))
    }
    let axis = rowsAreOuter ? group.columns : group.rows
    for (line, match) in found where match.leaf < Self.likeEnough {
      guard let header = lines[keyPath: side][line].path.last else { continue }
      way.misprints[header] = Self.label(of: axis.items[axis.owners[match.expected % inner.count]])
    }
    return way
  }

  /// Items of the rows on one side, and nothing that names a column.
  private func single(
    _ axis: TableMatcher.Axis, _ column: Int, _ values: [Int],
    line: KeyPath<HeaderLines.Value, Int?>, in side: KeyPath<HeaderLines, [HeaderLines.Line]>
  ) -> Way {
    var way = Way(rowLines: side)
    let used = distinct(values.compactMap { lines.values[$0][keyPath: line] })
    let found = matches(used, of: lines[keyPath: side], to: axis.paths, acrossBands: false)
    var taken = Set<Int>()
    for index in values {
      guard let match = lines.values[index][keyPath: line].flatMap({ found[$0] }),
        taken.insert(match.expected).inserted
      else { continue }
      way.hits.append(
        Hit(value: index, row: axis.owners[match.expected], column: column, score: match.score))
    }
    note(found, of: lines[keyPath: side], axis, in: &way)
    return way
  }

  private func distinct(_ lines: [Int]) -> [Int] {
    var seen = Set<Int>()
    return lines.filter { seen.insert($0).inserted }.sorted()
  }

  /// Matches by line; lines of other bands with the same texts may go with the first, and lines of
  /// its own band where a table has its rows in two columns side by side.
  private func matches(
    _ used: [Int], of all: [HeaderLines.Line], to paths: [[Int]], acrossBands: Bool,
    alsoInBand: Bool = false
  ) -> [Int: PathMatcher.Match] {
    var first: [[Int]: Int] = [:]
    var copies: [(line: Int, of: Int)] = []
    var own: [Int] = []
    for line in used {
      if acrossBands, let other = first[all[line].texts],
        alsoInBand || all[other].band != all[line].band
      {
        copies.append((line, other))
      } else {
        if first[all[line].texts] == nil { first[all[line].texts] = line }
        own.append(line)
      }
    }
    var found: [Int: PathMatcher.Match] = [:]
    for match in matcher.matches(of: own.map { all[$0].path }, to: paths) {
      found[own[match.line]] = match
    }
    for copy in copies { found[copy.line] = found[copy.of] }
    if alsoInBand {
      // 人员经费 › 决算数 and 公用经费 › 决算数 are one column of the record.
      for line in own where found[line] == nil {
        let same = own.first { other in
          found[other] != nil && all[other].texts.last == all[line].texts.last
        }
        if let same { found[line] = found[same] }
      }
    }
    return found
  }

  private func note(
    _ found: [Int: PathMatcher.Match], of all: [HeaderLines.Line], _ axis: TableMatcher.Axis,
    in way: inout Way
  ) {
    for (line, match) in found where match.leaf < Self.likeEnough {
      guard let header = all[line].path.last else { continue }
      way.misprints[header] = Self.label(of: axis.items[axis.owners[match.expected]])
    }
  }

  /// The first printing of the last label of an item.
  private static func label(of item: FamilyDescription.Item) -> String {
    let last = item.path.split(separator: "/").last ?? ""
    return String(last.split(separator: "|").first ?? "")
  }

  // MARK: - Rows without a name in the description

  private func addOpenRows(
    _ group: TableMatcher.Group, _ values: [Int], _ columns: [Int: PathMatcher.Match],
    taken: Set<Int>, to found: inout TableMatcher.Found, _ rowCount: Int
  ) {
    for index in values where !taken.contains(index) {
      let value = lines.values[index]
      guard let match = value.column.flatMap({ columns[$0] }),
        let row = name(of: value, isCode: group.kind == .codes)
      else { continue }
      let number: Int
      if let known = found.newRows.firstIndex(where: { $0.name == row.name }) {
        number = known
      } else {
        number = found.newRows.count
        found.newRows.append(row)
      }
      let place = TableMatcher.Place(
        row: rowCount + number, column: group.columns.places[group.columns.owners[match.expected]])
      guard found.cells[place] == nil else { continue }
      found.cells[place] = value.cell
      found.score += match.score
      found.foundCount += 1
      found.tellingCount += 1
    }
  }

  /// The name and label of a row that the description does not name.
  private func name(of value: HeaderLines.Value, isCode: Bool) -> TableMatcher.NewRow? {
    let headers = self.headers(beside: table.cells[value.cell])
    guard let label = headers.last(where: { !LabelText($0).isEmpty && !LabelText($0).isNumber })
    else { return nil }
    let printed = label.filter { !$0.isNewline }
    guard isCode else { return TableMatcher.NewRow(name: Self.plainName(printed), label: printed) }
    var code = ""
    for header in headers {
      let digits = header.filter { $0.isASCII && $0.isNumber }
      guard !digits.isEmpty, LabelText(header).isNumber else { continue }
      // 201 | 20103 | 2010301 says the whole code in each column, 201 | 03 | 01 a part.
      code = digits.hasPrefix(code) && digits.count > code.count ? digits : code + digits
    }
    // A code and its name may share a cell: 301 工资福利支出.
    if code.isEmpty { code = String(printed.prefix { $0.isASCII && $0.isNumber }) }
    guard code.count >= 3 else { return nil }
    return TableMatcher.NewRow(name: code, label: printed)
  }

  /// The texts of the header cells at the left of a value that stand together, in their order.
  private func headers(beside cell: Cell) -> [String] {
    let row = cell.rows.lowerBound
    var found: [Cell] = []
    for other in rowHeaders[row] ?? [] where other.columns.upperBound <= cell.columns.lowerBound {
      found.append(other)
    }
    // In front of the last value at the left, other headers stand for other values.
    let edge = dataColumns[row]?.last { column in
      column < cell.columns.lowerBound
        && found.contains { $0.columns.lowerBound > column }
    }
    return found.filter { $0.columns.lowerBound > (edge ?? -1) }.map(\.text)
  }

  /// A label without its number, brackets and all else kept: 一、一般公共服务支出.
  private static func plainName(_ label: String) -> String {
    var name = Substring(label.filter { !$0.isWhitespace })
    if let mark = name.firstIndex(where: { "、.．".contains($0) }),
      name[..<mark].allSatisfy({ $0.isNumber || "一二三四五六七八九十（）()".contains($0) })
    {
      name = name[name.index(after: mark)...]
    }
    if name.first == "（" || name.first == "(",
      let end = name.firstIndex(where: { "）)".contains($0) }),
      name[..<end].dropFirst().allSatisfy({ $0.isNumber || "一二三四五六七八九十".contains($0) })
    {
      name = name[name.index(after: end)...]
    }
    return name.isEmpty ? label : String(name)
  }

  // MARK: - Units

  /// Units of rows from a column of units.
  private func addUnits(
    of group: TableMatcher.Group, _ hits: [Hit], to found: inout TableMatcher.Found
  ) {
    let unitLines = lines.columns.indices.filter { line in
      lines.columns[line].path.last.flatMap { matcher.likenesses[$0]?[unitLabel] } == 1
    }
    guard !unitLines.isEmpty else { return }
    var units: [Int: String] = [:]
    for value in lines.values where value.column.map(unitLines.contains) ?? false {
      guard let row = value.row, table.cells[value.cell].missing == nil else { continue }
      units[row] = table.cells[value.cell].text
    }
    for hit in hits {
      guard let row = lines.values[hit.value].row, let unit = units[row] else { continue }
      found.units[group.rows.places[hit.row]] = unit
    }
  }
}

extension TableMatcher.Group {
  /// Whether the name of a row is more than a word that many tables have.
  fileprivate func isTelling(_ row: Int, _ matcher: PathMatcher) -> Bool {
    zip(rows.paths, rows.owners).contains { path, owner in
      owner == row && (path.last.map { !matcher.needsAbove[$0] } ?? false)
    }
  }
}
