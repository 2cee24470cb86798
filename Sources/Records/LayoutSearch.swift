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
    found.wanted += group.kind == .items ? wanted : group.columns.items.count
    guard !values.isEmpty, mayHave(group.rows), mayHave(group.columns) else { return }
    let way = bestWay(group, values, wanted: wanted)
    for hit in way.hits {
      let place = TableMatcher.Place(
        row: group.rows.places[hit.row], column: group.columns.places[hit.column])
      guard found.cells[place] == nil else { continue }
      found.cells[place] = lines.values[hit.value].cell
      found.score += hit.score
      found.foundCount += 1
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
    let count = axis.paths.count { path in
      path.last.map { likenesses.best[$0] >= PathMatcher.leaf } ?? false
    }
    return count > 0 && Double(count) >= Self.leastNames * Double(axis.paths.count)
  }

  private func bestWay(_ group: TableMatcher.Group, _ values: [Int], wanted: Int) -> Way {
    var best = crossed(group.rows, group.columns, values, isTurned: false)
    guard group.kind == .items, best.hits.count * 2 < wanted else { return best }
    func take(_ way: Way) { if way.weight > best.weight { best = way } }
    take(crossed(group.columns, group.rows, values, isTurned: true))
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
    _ beside: TableMatcher.Axis, _ above: TableMatcher.Axis, _ values: [Int], isTurned: Bool
  ) -> Way {
    var way = Way(rowLines: isTurned ? \.columns : \.rows)
    let rowLines = distinct(values.compactMap { lines.values[$0].row })
    let rows = matches(rowLines, of: lines.rows, to: beside.paths, acrossBands: false)
    // Only columns over those rows: other groups may have columns of the same name.
    let crossing =
      rows.isEmpty
      ? values : values.filter { lines.values[$0].row.map { rows[$0] != nil } ?? false }
    let columnLines = distinct(crossing.compactMap { lines.values[$0].column })
    let columns = matches(columnLines, of: lines.columns, to: above.paths, acrossBands: true)
    way.columns = columns
    for index in crossing {
      let value = lines.values[index]
      guard let row = value.row.flatMap({ rows[$0] }),
        let column = value.column.flatMap({ columns[$0] })
      else { continue }
      let hit = Hit(
        value: index, row: isTurned ? column.expected : row.expected,
        column: isTurned ? row.expected : column.expected, score: row.score * column.score)
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
          value: index, row: rowsAreOuter ? first : second, column: rowsAreOuter ? second : first,
          score: match.score))
    }
    let axis = rowsAreOuter ? group.columns : group.rows
    for (line, match) in found where match.leaf < Self.likeEnough {
      guard let header = lines[keyPath: side][line].path.last else { continue }
      way.misprints[header] = Self.label(of: axis.items[match.expected % inner.count])
    }
    return way
  }

  private func distinct(_ lines: [Int]) -> [Int] {
    var seen = Set<Int>()
    return lines.filter { seen.insert($0).inserted }.sorted()
  }

  /// Matches by line; `acrossBands` lets lines of other bands with the same texts go with the first.
  private func matches(
    _ used: [Int], of all: [HeaderLines.Line], to paths: [[Int]], acrossBands: Bool
  ) -> [Int: PathMatcher.Match] {
    var first: [[Int]: Int] = [:]
    var copies: [(line: Int, of: Int)] = []
    var own: [Int] = []
    for line in used {
      if acrossBands, let other = first[all[line].texts], all[other].band != all[line].band {
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
    return found
  }

  private func note(
    _ found: [Int: PathMatcher.Match], of all: [HeaderLines.Line], _ axis: TableMatcher.Axis,
    in way: inout Way
  ) {
    for (line, match) in found where match.leaf < Self.likeEnough {
      guard let header = all[line].path.last else { continue }
      way.misprints[header] = Self.label(of: axis.items[match.expected])
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
