internal import DocumentModel
internal import LayoutModel
internal import PackageReading

/// A table while it is being read, and how its rows become a grid.
///
///     gridBefore  span 2     span 1  gridAfter
///     ├─────────┼──────────┼───────┼─────────┤   boundaries are counted in grid columns;
///     │  (gap)  │          │       │  (gap)  │   the last cell of a row may claim more than there is
///
/// Word declares cells row by row, each with a number of grid columns; vertical merges are marks on
/// cells of the same columns. The declared numbers are claims: the number of columns follows from
/// where cells start, so that a span of two billion costs nothing. Columns too narrow for any text
/// that only serve to shift edges (slivers, from ragged edges and converters) are taken out before
/// vertical merges are matched.
///
/// Source: ISO/IEC 29500-1, 17.4.
final class TableBuilder {
  enum VerticalMerge {
    case none, restart, continued
  }

  struct RawCell {
    var span = 1
    var vertical = VerticalMerge.none
    var continuesHorizontally = false
    var isRemoved = false
    var text = ""
    var blocks: [FlowBlock] = []
    var alignment = TextAlignment.left
    var isBold = false
    var fontSize = 0.0
    var indent = 0.0
    /// Where it stands; nil in a row that is left out.
    var parent: CellOrigin.Parent?
    var position: Int32 = 0
    /// Boundaries in grid columns.
    var start = 0
    var end = 0

    var origin: CellOrigin {
      parent.map { .cell(of: $0, position: position) } ?? .places([])
    }

    /// Where it stands, in full.
    var place: Provenance? { origin.provenance.first }

    /// Takes over the paragraphs of a cell that holds nothing else.
    mutating func fill(with lines: CellLines) {
      guard let first = lines.first else { return }
      let start = CellText.trimmed(first.text)
      alignment = first.alignment
      fontSize = first.fontSize
      indent = first.alignment == .center ? 0 : first.indent + start.indent
      isBold = first.isBold
      text = start.text
      for line in lines.others {
        text += "\n" + CellText.trimmed(line.text).text
        isBold = isBold && line.isBold
      }
    }
  }

  struct RawRow {
    var cells: Range<Int>
    var before = 0
    var after = 0
    var isHeader = false
  }

  /// Twentieths of a point.
  var gridColumns: [Int] = []
  var style: String?
  var isFloating = false
  var title: String?
  var summary: String?
  var followsTable = false
  var path = ""

  var row = RawRow(cells: 0..<0)
  var isRowRemoved = false
  var isRowHidden = false
  private var rowStart = 0
  private(set) var rows: [RawRow] = []
  var cells: [RawCell] = []
  /// Characters of text in cells that a merge hides.
  private(set) var coveredCharacters = 0

  /// Forgets the table but keeps its memory.
  func reset() {
    gridColumns.removeAll(keepingCapacity: true)
    style = nil
    isFloating = false
    title = nil
    summary = nil
    followsTable = false
    path = ""
    rows.removeAll(keepingCapacity: true)
    cells.removeAll(keepingCapacity: true)
    coveredCharacters = 0
    beginRow()
  }

  func beginCell(_ parent: CellOrigin.Parent?, position: Int) {
    cells.append(RawCell(parent: parent, position: Int32(clamping: position)))
  }

  func beginRow() {
    row = RawRow(cells: 0..<0)
    isRowRemoved = false
    isRowHidden = false
    rowStart = cells.count
  }

  func endRow() {
    if isRowRemoved || isRowHidden || cells.count == rowStart {
      cells.removeSubrange(rowStart...)
      return
    }
    row.cells = rowStart..<cells.count
    rows.append(row)
  }

  /// A column narrower than this (6 pt) cannot hold a character between its margins.
  private static let sliverWidth = 120
  /// A column narrower than this (1.5 pt, a pixel or two) is no column even with an empty cell in it.
  private static let hairWidth = 30

  /// The table, or nil when no row is left.
  func finish(part: String, limits: PackageLimits) throws(PackageError) -> FlowTable? {
    guard !rows.isEmpty else { return nil }
    placeCells()
    var columnCount = countColumns()
    compressColumns(&columnCount)
    let widths = removeSlivers(&columnCount)
    guard rows.count <= limits.gridPositions / max(columnCount, 1) else {
      throw .limitExceeded(.gridPositions, path: part, limit: limits.gridPositions)
    }
    let lastRows = mergeVertically()
    var contents: [FlowTable.CellContent] = []
    let gridCells = gridCells(
      columnCount: columnCount, lastRows: lastRows, part: part, contents: &contents)
    let headerRows = rows.prefix { $0.isHeader }.count
    let alternative = [title, summary].compactMap { $0 }.filter { !$0.isEmpty }
    return FlowTable(
      grid: CellGrid(
        rowCount: rows.count, columnCount: columnCount, cells: gridCells,
        declaredHeaderRowCount: headerRows > 0 ? headerRows : nil),
      contents: contents, columnWidths: widths, style: style, isFloating: isFloating,
      followsTable: followsTable,
      alternativeText: alternative.isEmpty ? nil : alternative.joined(separator: "\n"),
      provenance: .part(name: part, path: path))
  }

  /// Gives each cell its boundaries; a horizontally merged cell is added to the one before it.
  private func placeCells() {
    for rowIndex in rows.indices {
      var position = rows[rowIndex].before
      var previous: Int?
      for index in rows[rowIndex].cells {
        cells[index].start = position
        position += max(1, cells[index].span)
        cells[index].end = position
        if cells[index].continuesHorizontally, let previous {
          cells[previous].end = position
          cover(index)
        } else if !cells[index].isRemoved {
          previous = index
        }
      }
    }
  }

  /// Takes out a cell that a merge hides; its text, if any, is counted.
  private func cover(_ index: Int) {
    coveredCharacters += cells[index].text.unicodeScalars.count { !$0.properties.isWhitespace }
    cells[index].isRemoved = true
  }

  /// As many columns as cells start in, or as the declared grid and the rows both have.
  private func countColumns() -> Int {
    var lastStart = 0
    var lastEnd = 1
    for row in rows {
      var end = row.before
      for index in row.cells where !cells[index].isRemoved {
        lastStart = max(lastStart, cells[index].start)
        end = cells[index].end
      }
      lastEnd = max(lastEnd, end + row.after)
    }
    return max(lastStart + 1, min(gridColumns.count, lastEnd))
  }

  /// Cuts spans at the last column; where cells start far outside the declared grid, only
  /// boundaries that some cell uses stay.
  private func compressColumns(_ columnCount: inout Int) {
    if columnCount > max(gridColumns.count, 63) {
      var boundaries: Set<Int> = [0]
      for cell in cells where !cell.isRemoved { boundaries.insert(cell.start) }
      let sorted = boundaries.sorted()
      var rank: [Int: Int] = [:]
      for (index, boundary) in sorted.enumerated() { rank[boundary] = index }
      for index in cells.indices {
        let end = cells[index].end
        cells[index].start = rank[cells[index].start] ?? 0
        cells[index].end = rank[end] ?? Self.firstIndex(in: sorted, above: end)
      }
      columnCount = sorted.count
      gridColumns = []
    }
    for index in cells.indices {
      cells[index].end = max(min(cells[index].end, columnCount), cells[index].start + 1)
    }
  }

  private static func firstIndex(in sorted: [Int], above value: Int) -> Int {
    var range = 0..<sorted.count
    while !range.isEmpty {
      let middle = (range.lowerBound + range.upperBound) / 2
      range = sorted[middle] > value ? range.lowerBound..<middle : middle + 1..<range.upperBound
    }
    return range.lowerBound
  }

  /// Takes out sliver columns; returns the widths of the others in points.
  private func removeSlivers(_ columnCount: inout Int) -> [Double] {
    guard gridColumns.count >= columnCount else { return [] }
    var widths = Array(gridColumns.prefix(columnCount))
    let median = widths.sorted()[columnCount / 2]
    let candidates = (0..<columnCount).filter {
      widths[$0] <= Self.sliverWidth && widths[$0] * 4 < median
    }
    guard !candidates.isEmpty, candidates.count < columnCount else {
      return widths.map { Double($0) / 20 }
    }
    var isOccupied = [Bool](repeating: false, count: columnCount)
    for cell in cells where !cell.isRemoved && cell.end - cell.start == 1 {
      let isHair = widths[cell.start] <= Self.hairWidth && cell.text.isEmpty && cell.blocks.isEmpty
      if !isHair { isOccupied[cell.start] = true }
    }
    var map = [Int](repeating: 0, count: columnCount + 1)
    var removed = 0
    for column in 0..<columnCount {
      map[column] = column - removed
      if candidates.contains(column), !isOccupied[column] { removed += 1 }
    }
    map[columnCount] = columnCount - removed
    guard removed > 0 else { return widths.map { Double($0) / 20 } }
    for index in cells.indices {
      cells[index].start = map[min(cells[index].start, columnCount)]
      cells[index].end = map[min(cells[index].end, columnCount)]
      if cells[index].end == cells[index].start { cells[index].isRemoved = true }
    }
    for column in (0..<columnCount).reversed()
    where map[column + 1] == map[column] { widths.remove(at: column) }
    columnCount -= removed
    return widths.map { Double($0) / 20 }
  }

  /// The row behind the last one of each cell; continuing cells are taken out.
  private func mergeVertically() -> [Int] {
    var lastRows = [Int](repeating: 0, count: cells.count)
    // The merge that is open above each start column.
    var open: [Int: Int] = [:]
    for rowIndex in rows.indices {
      var stillOpen: [Int: Int] = [:]
      for index in rows[rowIndex].cells where !cells[index].isRemoved {
        lastRows[index] = rowIndex + 1
        switch cells[index].vertical {
        case .none: break
        case .restart: stillOpen[cells[index].start] = index
        case .continued:
          if let above = open[cells[index].start], cells[above].end == cells[index].end {
            lastRows[above] = rowIndex + 1
            stillOpen[cells[index].start] = above
            cover(index)
          } else {
            stillOpen[cells[index].start] = index
          }
        }
      }
      open = stillOpen
    }
    return lastRows
  }

  private func gridCells(
    columnCount: Int, lastRows: [Int], part: String, contents: inout [FlowTable.CellContent]
  ) -> [GridCell] {
    var result: [GridCell] = []
    result.reserveCapacity(cells.count)
    // The row from which a column is free again.
    var freeFrom = [Int](repeating: 0, count: columnCount)
    for rowIndex in rows.indices {
      var column = 0
      func fill(to end: Int) {
        while column < end {
          if freeFrom[column] <= rowIndex {
            result.append(
              GridCell(
                rows: rowIndex..<rowIndex + 1, columns: column..<column + 1, text: "",
                evidence: .implied))
          }
          column += 1
        }
      }
      for index in rows[rowIndex].cells where !cells[index].isRemoved {
        let columns = cells[index].start..<cells[index].end
        fill(to: columns.lowerBound)
        if !cells[index].blocks.isEmpty {
          contents.append(FlowTable.CellContent(cell: result.count, blocks: cells[index].blocks))
        }
        result.append(
          GridCell(
            rows: rowIndex..<lastRows[index], columns: columns, text: cells[index].text,
            indent: cells[index].indent, isBold: cells[index].isBold,
            alignment: cells[index].alignment, fontSize: cells[index].fontSize,
            evidence: .declared, confidence: 1, blocks: [], origin: cells[index].origin))
        for covered in columns { freeFrom[covered] = lastRows[index] }
        column = columns.upperBound
      }
      fill(to: columnCount)
    }
    return result
  }
}
