import DocumentModel

/// Reads the records of one family from the blocks of a document.
struct FamilyReader {
  private let family: FamilyDescription
  private let blocks: [Block]
  /// Tables with labels of the family: positions in `blocks` and header paths.
  private let lines: [(block: Int, lines: HeaderLines)]
  /// Parts of the document with a title of their own, and the years of these.
  private let ranges: [(blocks: Range<Int>, year: Int?)]
  private var matcher: TableMatcher
  /// By position in `blocks`: cells that are labels and no values.
  private var labelCells: [Int: Set<Int>] = [:]
  private var notes: [Note] = []

  /// A table of the family in a block.
  private struct Piece {
    /// Position in `blocks`.
    var block: Int
    var found: TableMatcher.Found
  }

  /// A table with labels of the family.
  private struct Candidate {
    /// Position in `blocks`.
    var block: Int
    var lines: HeaderLines
    var likenesses: HeaderLikenesses
    /// Texts in front of it, the nearest first.
    var titles: [LabelText]
    var year: Int?
  }

  /// One report of a document.
  private struct Report {
    var blocks: Range<Int>
    var generation: Int
    var pieces: [Piece]
  }

  /// What the word of a generation in the title of a table says, against one of its labels.
  private static let titleWordWeight = 3
  /// A report without tables has so many blocks.
  private static let leastReport = 8
  /// Where less of a table's values is read, its headers are looked for by the places of cells.
  private static let leastRead = 0.4
  /// So many lines in front of a table may hold its title, each of so many bytes.
  private static let titleBlocks = 4
  private static let longestTitle = 200
  /// A part of a table that another part begins must fit this well.
  private static let partScore: Float = 0.85

  /// - Parameters:
  ///   - family: What the engine has to know.
  ///   - blocks: All blocks but furniture.
  ///   - candidates: Positions of tables with labels of the family.
  init(_ family: FamilyDescription, blocks: [Block], candidates: [Int]) {
    self.blocks = blocks
    let stubLabels = Set(family.stubLabels.map { LabelText($0) })
    var lines: [(block: Int, lines: HeaderLines)] = []
    ranges = Self.ranges(of: blocks, family, candidates).map { range in
      let year = ReportFacts(titleOf: Array(blocks[range]), family: family).year
      for position in candidates where range.contains(position) {
        guard let table = blocks[position].table else { continue }
        lines.append((position, HeaderLines(table, year: year, stubLabels: stubLabels)))
      }
      return (range, year)
    }
    self.lines = lines
    var family = family
    if !lines.isEmpty {
      // Labels of a generation that cannot be meant need not be compared with anything.
      family.generations.removeAll { generation in
        let cues = generation.cues.map { LabelText($0) }
        return !cues.isEmpty
          && !lines.contains { $0.1.headers.contains { $0.map(cues.contains) ?? false } }
      }
    }
    self.family = family
    matcher = TableMatcher(family)
  }

  /// - Returns: Nothing if the document is none of the family.
  mutating func read() -> (records: [Record], notes: [Note]) {
    var tables: [Candidate] = []
    for (position, lines) in lines {
      if !lines.labelCells.isEmpty { labelCells[position] = lines.labelCells }
      tables.append(
        Candidate(
          block: position, lines: lines, likenesses: matcher.likenesses(of: lines),
          titles: titles(of: position),
          year: ranges.first { $0.blocks.contains(position) }?.year))
    }
    var records: [Record] = []
    for (range, year) in ranges {
      let own = tables.filter { range.contains($0.block) }
      let generation = self.generation(of: own, year: year)
      let reports = self.reports(of: pieces(of: generation, in: own), generation, in: range)
      for report in reports where isEvident(report) { records.append(record(of: report)) }
    }
    return (records, notes)
  }

  /// Cuts a document where a title names another agency or year than the one before, with tables
  /// behind both: reports of several years may be of several generations.
  private static func ranges(
    of blocks: [Block], _ family: FamilyDescription, _ candidates: [Int]
  ) -> [Range<Int>] {
    guard let last = candidates.last, candidates.count > 1 else { return [0..<blocks.count] }
    var starts = [0]
    var previous: (position: Int, facts: ReportFacts)?
    for position in blocks.indices.prefix(through: last) where blocks[position].table == nil {
      guard let facts = ReportFacts(titleLine: blocks[position], family: family) else { continue }
      defer { previous = (position, facts) }
      guard let previous, facts.isOther(than: previous.facts) else { continue }
      let between = previous.position..<position
      // In a list of contents, titles stand close together.
      if between.count >= leastReport || candidates.contains(where: between.contains) {
        starts.append(position)
      }
    }
    return zip(starts, starts.dropFirst() + [blocks.count]).map { $0..<$1 }
  }

  // MARK: - Tables

  /// A table's caption and the lines in front of it, up to the table before.
  private func titles(of position: Int) -> [LabelText] {
    guard family.generations.contains(where: { $0.tables.contains { !$0.titles.isEmpty } }) else {
      return []
    }
    let before = blocks[..<position].suffix(Self.titleBlocks).reversed().prefix { $0.table == nil }
    let texts = [blocks[position].table?.caption ?? ""] + before.map(\.text)
    return texts.filter { !$0.isEmpty && $0.utf8.count <= Self.longestTitle }.map { LabelText($0) }
  }

  /// The generation whose names are there; the first of equals.
  private func generation(of tables: [Candidate], year: Int?) -> Int {
    let likenesses = tables.map(\.likenesses)
    let titles = tables.map(\.titles)
    let weights = family.generations.indices.map { number in
      let word = LabelText(family.generations[number].titleWord)
      let worded = titles.count { !word.isEmpty && $0.first?.contains(word) ?? false }
      return matcher.weight(of: number, in: likenesses, titles: titles)
        + Self.titleWordWeight * worded
        + (year.flatMap { family.generations[number].years?.contains($0) } == true ? 1 : 0)
    }
    return weights.indices.max { (weights[$0], $1) < (weights[$1], $0) } ?? 0
  }

  private mutating func pieces(of generation: Int, in tables: [Candidate]) -> [Piece] {
    var pieces: [Piece] = []
    for candidate in tables {
      guard let table = blocks[candidate.block].table else { continue }
      var found = matcher.tables(
        of: generation, in: table, titles: candidate.titles, lines: candidate.lines,
        likenesses: candidate.likenesses)
      let count = Set(found.flatMap { $0.cells.values }).count
      if Double(count) < Self.leastRead * Double(candidate.lines.values.count) {
        // Several tables in one grid have headers where one table has values.
        let lines = HeaderLines(cellsOf: table, year: candidate.year)
        let others = matcher.tables(
          of: generation, in: table, titles: candidate.titles, lines: lines,
          likenesses: matcher.likenesses(of: lines))
        if Set(others.flatMap { $0.cells.values }).count > count { found = others }
      }
      pieces += found.map { Piece(block: candidate.block, found: $0) }
    }
    let whole = Set(pieces.filter { isWhole($0.found, generation) }.map(\.found.table))
    return pieces.filter { piece in
      isWhole(piece.found, generation)
        || (whole.contains(piece.found.table)
          && 2 * piece.found.tellingCount >= piece.found.foundCount
          && piece.found.score >= Self.partScore * Float(piece.found.foundCount))
    }
  }

  private func isWhole(_ found: TableMatcher.Found, _ generation: Int) -> Bool {
    Float(found.foundCount) >= family.generations[generation].tables[found.table].leastShare
      * Float(found.wanted)
  }

  // MARK: - Reports

  /// Cuts a document into its reports: one begins with the title in front of a table that was there.
  private func reports(
    of pieces: [Piece], _ generation: Int, in range: Range<Int>
  ) -> [Report] {
    var starts = [range.lowerBound]
    var current: [Piece] = []
    var all: [[Piece]] = []
    for piece in pieces {
      let overlaps = current.contains { other in
        other.found.table == piece.found.table
          && !Set(other.found.cells.keys).isDisjoint(with: piece.found.cells.keys)
      }
      if overlaps {
        let last = current.last?.block ?? 0
        all.append(current)
        current = []
        starts.append(start(after: last, before: piece.block))
      }
      current.append(piece)
    }
    all.append(current)
    let ends = starts.dropFirst() + [range.upperBound]
    return zip(zip(starts, ends), all).map { range, pieces in
      Report(blocks: range.0..<max(range.0, range.1), generation: generation, pieces: pieces)
    }
  }

  /// The block that a report begins with whose first table is known.
  private func start(after last: Int, before table: Int) -> Int {
    guard last + 1 < table else { return table }
    let between = (last + 1)..<table
    guard
      let title = between.last(where: {
        blocks[$0].table == nil && ReportFacts.isTitle(blocks[$0].text, of: family)
      })
    else { return between.first { blocks[$0].kind == .title } ?? table }
    // The name of the agency may stand on a line in front of the title.
    let before = title - 1
    if before > last, blocks[before].kind == .title || blocks[before].kind == .heading {
      return before
    }
    return title
  }

  /// Whether a report has what shows that it is one of the family.
  private func isEvident(_ report: Report) -> Bool {
    let generation = family.generations[report.generation]
    let names = Set(report.pieces.map { generation.tables[$0.found.table].name })
    let evidence = family.evidence
    if names.count >= evidence.tables || evidence.telling.contains(where: names.contains) {
      return true
    }
    let blocks = Array(self.blocks[report.blocks])
    let hasTitle = blocks.contains { block in
      ReportFacts.isTitle(block.table?.caption ?? block.text, of: family)
    }
    guard hasTitle else { return false }
    if names.count >= evidence.tablesWithTitle { return true }
    guard let wanted = evidence.sectionsWithTitle else { return false }
    let sections = SectionReader(generation.sections).sections(of: blocks, signature: [])
    return sections.sections.count { $0.heading != nil } >= wanted
  }

  // MARK: - Record

  private mutating func record(of report: Report) -> Record {
    let generation = family.generations[report.generation]
    let blocks = Array(self.blocks[report.blocks])
    let facts = ReportFacts(blocks, family: family)
    let sections = SectionReader(generation.sections).sections(
      of: blocks, signature: facts.signature)
    var blanks = Set<String>()
    let tables = generation.tables.indices.map { table in
      self.table(
        generation.tables[table], report.pieces.filter { $0.found.table == table }, &blanks)
    }
    let identities = IdentityTest(tables: tables, blanks: blanks).result(of: generation.identities)
    var record = Record(
      family: family.name, generation: generation.name, title: facts.title, agency: facts.agency,
      year: facts.year, published: facts.published, sections: sections.sections, tables: tables,
      identities: identities)
    record.other = other(in: report, tables) + sections.other
    addNotes(on: record, generation, report)
    return record
  }

  private func table(
    _ description: FamilyDescription.Table, _ pieces: [Piece], _ blanks: inout Set<String>
  ) -> Record.Table {
    let names = TableMatcher.Names(description)
    var table = Record.Table(
      name: description.name, rows: names.rows, labels: names.rows.map { _ in nil },
      columns: names.columns,
      entries: names.rows.map { _ in names.columns.map { _ in nil } })
    for piece in pieces {
      let block = blocks[piece.block]
      guard let cells = block.table?.cells else { continue }
      if !table.blocks.contains(block.id) { table.blocks.append(block.id) }
      for row in piece.found.newRows {
        table.rows.append(row.name)
        table.labels.append(row.label)
        table.entries.append(names.columns.map { _ in nil })
      }
      for (place, position) in piece.found.cells where table.entries.indices.contains(place.row) {
        guard table.entries[place.row][place.column] == nil, cells.indices.contains(position)
        else { continue }
        let cell = cells[position]
        var entry = Record.Table.Entry(
          cell: "\(block.id)c\(position + 1)", text: cell.text, value: cell.figure,
          unit: cell.unit ?? block.table?.unit)
        if entry.unit == nil { entry.unit = piece.found.units[place.row] }
        if cell.missing != nil || (cell.text.isEmpty && cell.value == nil) {
          blanks.insert(entry.cell)
        }
        table.entries[place.row][place.column] = entry
      }
      for (row, label) in piece.found.labels where table.labels[row] == nil {
        table.labels[row] = label
      }
    }
    return table
  }

  // MARK: - What is left

  /// Values of the report's tables that are not in its record, and tables without any.
  private func other(in report: Report, _ tables: [Record.Table]) -> [Record.Other] {
    var taken = Set<String>()
    for table in tables {
      for case let entry? in table.entries.joined() { taken.insert(entry.cell) }
    }
    let known = Set(report.pieces.map(\.block))
    var other: [Record.Other] = []
    for position in report.blocks {
      guard let table = blocks[position].table else { continue }
      let id = blocks[position].id
      guard known.contains(position) else {
        other.append(Record.Other(at: id, text: table.caption ?? ""))
        continue
      }
      let units = report.pieces.contains { $0.block == position && !$0.found.units.isEmpty }
      for (index, cell) in table.cells.enumerated() where cell.role == .data {
        let cellID = "\(id)c\(index + 1)"
        guard !taken.contains(cellID), !cell.text.isEmpty,
          labelCells[position]?.contains(index) != true
        else { continue }
        // Units and marks beside them are kept with the values of their rows.
        if units, cell.value == nil { continue }
        let path = (cell.rowPath + cell.columnPath).compactMap { header in
          table.cells.indices.contains(header) ? table.cells[header].text : nil
        }
        other.append(
          Record.Other(at: cellID, path: path, text: cell.text, value: cell.value))
      }
    }
    return other
  }

  private mutating func addNotes(
    on record: Record, _ generation: FamilyDescription.Generation, _ report: Report
  ) {
    func missing(_ what: String) -> Note {
      Note(
        code: "record.missing", severity: .warning,
        at: report.blocks.isEmpty ? nil : blocks[report.blocks.lowerBound].id,
        message: "expected \(what), found none")
    }
    if record.agency == nil { notes.append(missing("the name of the agency")) }
    if record.year == nil { notes.append(missing("the year of the report")) }
    for (section, description) in zip(record.sections, generation.sections)
    where section.heading == nil {
      let label = description.labels.split(separator: "|").first ?? ""
      notes.append(missing("the section \(label)"))
    }
    for (table, description) in zip(record.tables, generation.tables) {
      guard !table.blocks.isEmpty else {
        notes.append(missing("the table \(table.name)"))
        continue
      }
      for group in description.groups {
        for row in group.rows.items where !row.isOptional {
          let lacking = group.columns.items.filter {
            !$0.isOptional && table.entry(row.name, $0.name) == nil
          }
          guard !lacking.isEmpty else { continue }
          let columns =
            lacking.count == group.columns.items.count
            ? "" : " \(lacking.map(\.name).joined(separator: ", "))"
          notes.append(missing("\(table.name) \(row.name)\(columns)"))
        }
      }
    }
    for piece in report.pieces {
      let id = blocks[piece.block].id
      guard let cells = blocks[piece.block].table?.cells else { continue }
      for (header, label) in piece.found.misprints.sorted(by: { $0.key < $1.key }) {
        notes.append(
          Note(
            code: "record.label", severity: .info, at: "\(id)c\(header + 1)",
            message: "\(cells[header].text) was taken for \(label)",
            provenance: cells[header].provenance))
      }
    }
  }
}

extension FamilyDescription {
  /// The families that the program knows.
  package static let builtIn = [annualReport, departmentBudget]
}
