import DocumentModel

/// The header paths of one table, each with the values that it stands over or beside.
///
/// A path is what addresses values; where one path holds, such as that of a row, is a *line*. Two
/// tables side by side in one grid have two lines in each row.
struct HeaderLines {
  /// One header path.
  struct Line {
    /// Positions in `Table.cells`, without cells that name nothing.
    var path: [Int]
    /// The path in numbers of texts, to tell equal ones.
    var texts: [Int]
    var band: Int
  }

  /// A value with its lines; nil where it has no headers on that side.
  struct Value {
    var cell: Int
    var row: Int?
    var column: Int?
  }

  private(set) var rows: [Line] = []
  private(set) var columns: [Line] = []
  private(set) var values: [Value] = []
  /// By position in `Table.cells`; nil for values and headers that say nothing.
  private(set) var headers: [LabelText?]
  /// Cells in columns of labels that were not told from values: codes under 科目编码.
  private(set) var labelCells: Set<Int> = []
  private var numbers: [LabelText: Int] = [:]

  /// - Parameters:
  ///   - table: A table of the document.
  ///   - year: The year of the report, where it is known.
  ///   - stubLabels: What heads columns of labels.
  init(_ table: Table, year: Int?, stubLabels: Set<LabelText> = []) {
    headers = table.cells.map { cell in
      guard cell.role != .data, !cell.text.isEmpty else { return nil }
      let text = LabelText(cell.text, year: year)
      return text.isEmpty || text.isNumber ? nil : text
    }
    var bands = [Int](repeating: 0, count: table.rowCount)
    for (number, band) in table.bands.enumerated() {
      for row in band.rows.clamped(to: 0..<table.rowCount) { bands[row] = number }
    }
    // Cells come row by row: the line of a row is mostly that of the cell before, and the line of
    // a column that of the cell above.
    var lastRow: (path: [Int], line: Int?)?
    var lastColumns = [(path: [Int], line: Int?)?](repeating: nil, count: table.columnCount)
    if !stubLabels.isEmpty { addLabelCells(table, year: year, stubLabels) }
    var labels: [Int] = []
    var isBehindLabels = true
    var row = -1
    for (index, cell) in table.cells.enumerated() where cell.role == .data {
      if cell.rows.lowerBound != row {
        row = cell.rows.lowerBound
        labels = []
        isBehindLabels = true
      }
      if labelCells.contains(index) {
        if !isBehindLabels { labels = [] }
        labels.append(index)
        isBehindLabels = true
        continue
      }
      isBehindLabels = false
      guard cell.rows.lowerBound < bands.count, cell.columns.lowerBound < lastColumns.count
      else { continue }
      let band = bands[cell.rows.lowerBound]
      let rowPath = labels.isEmpty ? cell.rowPath : labels
      if lastRow?.path != rowPath {
        lastRow = (rowPath, add(rowPath, band: band, to: \.rows))
      }
      let column = cell.columns.lowerBound
      if lastColumns[column]?.path != cell.columnPath {
        lastColumns[column] = (cell.columnPath, add(cell.columnPath, band: band, to: \.columns))
      }
      values.append(Value(cell: index, row: lastRow?.line, column: lastColumns[column]?.line))
    }
  }

  /// Header paths from the places of cells alone, whatever was made of them.
  ///
  /// For a grid that holds several tables one under the other: each begins with rows of texts. The
  /// texts above a value, up to there, are its column path; the texts in front of the first value
  /// of its row are its row path.
  init(cellsOf table: Table, year: Int?) {
    let cells = table.cells
    let isText = cells.map { cell in
      cell.figure == nil && cell.missing == nil && !cell.text.isEmpty
    }
    headers = cells.indices.map { index in
      guard isText[index] else { return nil }
      let text = LabelText(cells[index].text, year: year)
      return text.isEmpty || text.isNumber ? nil : text
    }
    var starting = [[Int]](repeating: [], count: table.rowCount)
    for (index, cell) in cells.enumerated() where starting.indices.contains(cell.rows.lowerBound) {
      starting[cell.rows.lowerBound].append(index)
    }
    var above: [Int] = []
    var reaching: [Int] = []
    var inBody = true
    var band = 0
    var known: [[Int]: Int] = [:]
    for row in starting.indices {
      reaching.removeAll { !cells[$0].rows.contains(row) }
      let own = starting[row]
      let hasValues = own.contains { cells[$0].figure != nil || cells[$0].missing != nil }
      guard hasValues || own.isEmpty else {
        if inBody {
          above = []
          band += 1
          inBody = false
        }
        above += own.filter { headers[$0] != nil }
        reaching += own
        continue
      }
      inBody = true
      let labels = (reaching + own).filter { headers[$0] != nil && !above.contains($0) }
        .sorted { cells[$0].columns.lowerBound < cells[$1].columns.lowerBound }
      reaching += own
      let first = own.first { !isText[$0] && !cells[$0].text.isEmpty } ?? own.first { !isText[$0] }
      let edge = labels.filter { label in
        first.map { cells[label].columns.lowerBound < cells[$0].columns.lowerBound } ?? true
      }
      let beside = add(edge, band: band, to: \.rows)
      let end = edge.map { cells[$0].columns.upperBound }.max() ?? 0
      for index in own where !isText[index] && cells[index].columns.lowerBound >= end {
        let heads = above.filter { cells[$0].columns.overlaps(cells[index].columns) }
        let line = known[heads] ?? add(heads, band: band, to: \.columns)
        known[heads] = line
        values.append(Value(cell: index, row: beside, column: line))
      }
    }
  }

  /// Takes data cells under a head of labels for what they are.
  private mutating func addLabelCells(
    _ table: Table, year: Int?, _ stubLabels: Set<LabelText>
  ) {
    for (index, cell) in table.cells.enumerated() where cell.role == .data {
      guard
        let head = cell.columnPath.last(where: {
          headers.indices.contains($0) && headers[$0] != nil
        }),
        let text = headers[head], stubLabels.contains(text)
      else { continue }
      labelCells.insert(index)
      let label = LabelText(cell.text, year: year)
      if !label.isEmpty, !label.isNumber { headers[index] = label }
    }
  }

  private mutating func add(
    _ path: [Int], band: Int, to side: WritableKeyPath<Self, [Line]>
  ) -> Int? {
    let telling = path.filter { headers.indices.contains($0) && headers[$0] != nil }
    guard !telling.isEmpty else { return nil }
    let texts = telling.map { position -> Int in
      guard let text = headers[position] else { return -1 }
      if let number = numbers[text] { return number }
      numbers[text] = numbers.count
      return numbers.count - 1
    }
    self[keyPath: side].append(Line(path: telling, texts: texts, band: band))
    return self[keyPath: side].count - 1
  }
}

extension Cell {
  /// The value, or the whole number that a cell says which was taken for a header.
  var figure: Double? {
    if let value { return value }
    guard role != .data, 1...9 ~= text.utf8.count, text.utf8.allSatisfy({ 0x30...0x39 ~= $0 })
    else { return nil }
    return Double(text)
  }
}
