import DocumentModel

/// Finds the tables of a family in the tables of a document, by header paths.
///
/// A table of a family is one or more groups of rows with their own columns; `LayoutSearch` finds
/// where the names of a group stand.
struct TableMatcher {
  /// A table of the family as it was found in one table of the document.
  struct Found {
    /// Position in the generation's tables.
    var table: Int
    /// Position in `Table.cells` of the value at each place of the record.
    var cells: [Place: Int] = [:]
    /// Rows behind those that the description names.
    var newRows: [NewRow] = []
    /// What is printed for a row of the record.
    var labels: [Int: String] = [:]
    /// Headers that were taken for labels that they are not equal to, by position in `Table.cells`.
    var misprints: [Int: String] = [:]
    /// The unit of a row, where a column says it.
    var units: [Int: String] = [:]
    /// Sum of the scores of values, each at most 1.
    var score: Float = 0
    /// How many values the description names.
    var wanted = 0
    /// How many of them were found.
    var foundCount = 0
  }

  /// A place in the matrix of a record.
  struct Place: Hashable {
    var row: Int
    var column: Int
  }

  /// A row of a record whose name is not the description's.
  struct NewRow: Hashable {
    var name: String
    var label: String
  }

  /// Names of a table in the order of the record.
  struct Names {
    var rows: [String] = []
    var columns: [String] = []

    init(_ table: FamilyDescription.Table) {
      for group in table.groups {
        for item in group.rows.items where !rows.contains(item.name) { rows.append(item.name) }
        for item in group.columns.items where !columns.contains(item.name) {
          columns.append(item.name)
        }
      }
    }
  }

  /// The names along one side of a group.
  struct Axis {
    var items: [FamilyDescription.Item]
    var paths: [[Int]]
    /// Position of each item among the names of the table.
    var places: [Int]
  }

  struct Group {
    var rows: Axis
    var columns: Axis
    var kind: FamilyDescription.Axis.Kind
    var side: Int?
    var notSide: Int?
  }

  private struct Prepared {
    var groups: [Group]
    var names: Names
  }

  private var book: LabelBook
  private let generations: [[Prepared]]
  private let unitLabel: Int

  init(_ family: FamilyDescription) {
    var book = LabelBook()
    func axis(_ axis: FamilyDescription.Axis, names: [String]) -> Axis {
      Axis(
        items: axis.items, paths: axis.items.map { book.path(of: $0.path) },
        places: axis.items.map { names.firstIndex(of: $0.name) ?? 0 })
    }
    generations = family.generations.map { generation in
      generation.tables.map { table in
        let names = Names(table)
        let groups = table.groups.map { group in
          Group(
            rows: axis(group.rows, names: names.rows),
            columns: axis(group.columns, names: names.columns), kind: group.rows.kind,
            side: group.side.isEmpty ? nil : book.number(of: group.side),
            notSide: group.notSide.isEmpty ? nil : book.number(of: group.notSide))
        }
        return Prepared(groups: groups, names: names)
      }
    }
    unitLabel = book.number(of: "单位|计量单位")
    self.book = book
  }

  /// What the headers of a table are like: the labels of the family that stand in it.
  mutating func likenesses(of lines: HeaderLines) -> HeaderLikenesses {
    HeaderLikenesses(
      byCell: lines.headers.map { header in header.map { book.likenesses(of: $0) } },
      labelCount: book.count)
  }

  /// How well the names of a generation are those of some tables: names there less names not there.
  ///
  /// Tells generations apart without a search for where the names stand.
  func weight(of generation: Int, in tables: [HeaderLikenesses]) -> Int {
    let labels = generations[generation].flatMap { table in
      table.groups.flatMap { $0.rows.paths + $0.columns.paths }.compactMap(\.last)
    }
    return labels.reduce(0) { sum, label in
      sum + (tables.contains { $0.best[label] >= LayoutSearch.likeEnough } ? 2 : -1)
    }
  }

  /// Looks for the tables of a generation in a table of a document.
  ///
  /// - Returns: Those of which something is there, in the order of the generation.
  /// - Complexity: O(lines × labels) for each table of the generation.
  func tables(
    of generation: Int, in table: Table, lines: HeaderLines, likenesses: HeaderLikenesses
  ) -> [Found] {
    let search = LayoutSearch(
      table: table, lines: lines, matcher: PathMatcher(likenesses: likenesses.byCell),
      likenesses: likenesses, unitLabel: unitLabel)
    return generations[generation].indices.compactMap { number in
      let prepared = generations[generation][number]
      var found = Found(table: number)
      for group in prepared.groups {
        search.match(group, into: &found, rowCount: prepared.names.rows.count)
      }
      return found.cells.isEmpty ? nil : found
    }
  }
}

/// The headers of one table compared with the labels of a family.
struct HeaderLikenesses {
  /// By position in `Table.cells`: how alike it is to each label; nil for what names nothing.
  let byCell: [[Float]?]
  /// How alike the header that is most like a label is to it, by label.
  let best: [Float]

  init(byCell: [[Float]?], labelCount: Int) {
    self.byCell = byCell
    var best = [Float](repeating: 0, count: labelCount)
    for case let likenesses? in byCell {
      for label in best.indices where likenesses[label] > best[label] {
        best[label] = likenesses[label]
      }
    }
    self.best = best
  }
}
