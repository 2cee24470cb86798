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
    /// How many of them were found, and how many of those in rows that no other table has.
    var foundCount = 0
    var tellingCount = 0
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
    /// The item of each path.
    var owners: [Int]
    /// Position of each item among the names of the table.
    var places: [Int]
    /// The item of values whose headers name none.
    var fallback: Int?
  }

  struct Group {
    var rows: Axis
    var columns: Axis
    var kind: FamilyDescription.Axis.Kind
    var side: Int?
    var notSide: Int?

    /// How many values a table of the family has at least.
    var wantedCount: Int {
      rows.items.count { !$0.isOptional } * columns.items.count { !$0.isOptional }
    }
  }

  private struct Prepared {
    var groups: [Group]
    var names: Names
    var titles: [LabelText]
  }

  /// A title that only one generation has says more than a label that both have.
  private static let titleWeight = 4

  private var book: LabelBook
  private let generations: [[Prepared]]
  private let unitLabel: Int

  init(_ family: FamilyDescription) {
    var book = LabelBook()
    func axis(_ axis: FamilyDescription.Axis, names: [String]) -> Axis {
      var paths: [[Int]] = []
      var owners: [Int] = []
      for (number, item) in axis.items.enumerated() {
        for path in LabelBook.split(item.path, at: ";") {
          paths.append(book.path(of: path))
          owners.append(number)
        }
      }
      return Axis(
        items: axis.items, paths: paths, owners: owners,
        places: axis.items.map { names.firstIndex(of: $0.name) ?? 0 },
        fallback: axis.items.firstIndex { $0.name == axis.fallback })
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
        return Prepared(
          groups: groups, names: names,
          titles: LabelBook.split(table.titles, at: "|").map { LabelText($0) })
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
  func weight(
    of generation: Int, in tables: [HeaderLikenesses], titles: [[LabelText]]
  ) -> Int {
    let titled = generations[generation].count { table in
      titles.contains { $0.contains { Self.length(of: table.titles, in: $0) != nil } }
    }
    let labels = generations[generation].flatMap { table in
      table.groups.flatMap { $0.rows.paths + $0.columns.paths }.compactMap(\.last)
    }
    return labels.reduce(Self.titleWeight * titled) { sum, label in
      sum + (tables.contains { $0.best[label] >= LayoutSearch.likeEnough } ? 2 : -1)
    }
  }

  /// Looks for the tables of a generation in a table of a document.
  ///
  /// - Parameters:
  ///   - generation: Position of the generation in the family.
  ///   - table: A table of the document.
  ///   - titles: Texts in front of the table, the nearest first.
  ///   - lines: Its header paths.
  ///   - likenesses: What its headers are like.
  /// - Returns: Those of which something is there, in the order of the generation.
  /// - Complexity: O(lines × labels) for each table of the generation.
  func tables(
    of generation: Int, in table: Table, titles: [LabelText], lines: HeaderLines,
    likenesses: HeaderLikenesses
  ) -> [Found] {
    let longest = titledLength(of: generation, titles)
    let search = LayoutSearch(
      table: table, lines: lines,
      matcher: PathMatcher(likenesses: likenesses.byCell, needsAbove: book.needAbove),
      likenesses: likenesses, unitLabel: unitLabel,
      hasOpenRows: generations[generation].contains { table in
        table.groups.contains { $0.kind != .items }
      })
    return generations[generation].indices.compactMap { number in
      let prepared = generations[generation][number]
      if !prepared.titles.isEmpty {
        guard let longest, Self.length(of: prepared.titles, in: longest.title) == longest.length
        else { return nil }
      }
      var found = Found(table: number)
      for group in prepared.groups {
        search.match(group, into: &found, rowCount: prepared.names.rows.count)
      }
      return found.cells.isEmpty ? nil : found
    }
  }
}

extension TableMatcher {
  /// The nearest title with a phrase of a table, and the length of the longest phrase in it.
  private func titledLength(
    of generation: Int, _ titles: [LabelText]
  ) -> (title: LabelText, length: Int)? {
    for title in titles {
      let lengths = generations[generation].compactMap { Self.length(of: $0.titles, in: title) }
      if let length = lengths.max() { return (title, length) }
    }
    return nil
  }

  /// The length of the longest phrase that a title holds.
  private static func length(of phrases: [LabelText], in title: LabelText) -> Int? {
    phrases.filter { title.contains($0) }.map(\.scalars.count).max()
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
