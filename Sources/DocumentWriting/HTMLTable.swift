import DocumentModel

/// A table as HTML: `thead` and `tbody`, `th` with `scope`, spans as they are.
///
/// With ids, each data cell also names its headers in `headers`, innermost last, which says for
/// trees of headers what `scope` cannot; and it says its number, its unit or how it is missing.
///
/// HTML cuts a cell at the end of its row group, so a boxhead or a band is a group of its own only
/// where no cell crosses its edge.
struct HTMLTable {
  /// How much is said of each cell.
  enum Detail {
    /// Ids, headers and values: the page that stands for the document.
    case full
    /// Only what makes the grid: a table inside of another form.
    case gridOnly
  }

  let table: Table
  let id: String
  let detail: Detail

  /// Appends the `table` element; there is no empty line in it.
  ///
  /// - Parameters:
  ///   - output: Where it goes.
  ///   - caption: Appends the content of the caption, if there is to be one.
  ///   - content: Appends the blocks of a cell that is more than its text.
  func append(
    to output: inout OutputBytes, caption: ((inout OutputBytes) -> Void)?,
    content: (inout OutputBytes, Cell) -> Void
  ) {
    output.append(literal: "<table>\n")
    if let caption {
      output.append(literal: "<caption>")
      caption(&output)
      output.append(literal: "</caption>\n")
    }
    let groups = rowGroups
    var index = 0
    for (rows, isHead) in groups {
      output.append(literal: isHead ? "<thead>\n" : "<tbody>\n")
      for row in rows {
        output.append(literal: "<tr>")
        while index < table.cells.count, table.cells[index].rows.lowerBound <= row {
          append(cellAt: index, to: &output, content: content)
          index += 1
        }
        output.append(literal: "</tr>\n")
      }
      output.append(literal: isHead ? "</thead>\n" : "</tbody>\n")
    }
    output.append(literal: "</table>\n")
  }

  /// The rows in groups that no cell crosses; only the first can be the head.
  private var rowGroups: [(rows: Range<Int>, isHead: Bool)] {
    guard table.rowCount > 0 else { return [] }
    var edges: Set<Int> = []
    for band in table.bands { edges.insert(band.rows.lowerBound) }
    var headEnd = 0
    if let first = table.bands.first, first.rows.lowerBound == 0, first.headerRowCount > 0 {
      headEnd = first.headerRowCount
      edges.insert(headEnd)
    }
    // How many more cells cross the upper edge of a row than that of the row above.
    var changes = Array(repeating: 0, count: table.rowCount + 1)
    for cell in table.cells where cell.rows.count > 1 {
      changes[cell.rows.lowerBound + 1] += 1
      changes[cell.rows.upperBound] -= 1
    }
    var starts: [Int] = []
    var crossingCount = 0
    for row in 1..<max(table.rowCount, 1) {
      crossingCount += changes[row]
      if crossingCount == 0, edges.contains(row) { starts.append(row) }
    }
    let bounds = [0] + starts + [table.rowCount]
    return zip(bounds, bounds.dropFirst()).map { start, end in
      (start..<end, start == 0 && end == headEnd)
    }
  }

  private func append(
    cellAt index: Int, to output: inout OutputBytes, content: (inout OutputBytes, Cell) -> Void
  ) {
    let cell = table.cells[index]
    let isHeader = cell.role != .data && !(cell.role == .stubHead && cell.text.isEmpty)
    output.append(literal: isHeader ? "<th" : "<td")
    if cell.rows.count > 1 {
      output.append(literal: " rowspan=\"")
      output.append(cell.rows.count)
      output.append(UInt8(ascii: "\""))
    }
    if cell.columns.count > 1 {
      output.append(literal: " colspan=\"")
      output.append(cell.columns.count)
      output.append(UInt8(ascii: "\""))
    }
    if isHeader { output.append(literal: scope(of: cell)) }
    if detail == .full { appendDetail(of: cell, at: index, to: &output) }
    output.append(UInt8(ascii: ">"))
    if cell.blocks.isEmpty {
      output.append(html: cell.text)
    } else {
      content(&output, cell)
    }
    output.append(literal: isHeader ? "</th>" : "</td>")
  }

  private func scope(of cell: Cell) -> StaticString {
    switch cell.role {
    case .columnHeader, .stubHead, .data:
      cell.columns.count > 1 ? #" scope="colgroup""# : #" scope="col""#
    case .rowHeader: cell.rows.count > 1 ? #" scope="rowgroup""# : #" scope="row""#
    case .section: #" scope="rowgroup""#
    }
  }

  private func appendDetail(of cell: Cell, at index: Int, to output: inout OutputBytes) {
    output.append(literal: #" id=""#)
    append(idOfCellAt: index, to: &output)
    output.append(UInt8(ascii: "\""))
    if !cell.columnPath.isEmpty || !cell.rowPath.isEmpty {
      output.append(literal: #" headers=""#)
      var isFirst = true
      for position in [cell.columnPath, cell.rowPath].joined() {
        if !isFirst { output.append(UInt8(ascii: " ")) }
        isFirst = false
        append(idOfCellAt: position, to: &output)
      }
      output.append(UInt8(ascii: "\""))
    }
    if let value = cell.jsonValue {
      output.append(literal: #" data-value=""#)
      _ = output.append(number: value)
      output.append(UInt8(ascii: "\""))
    }
    if let unit = cell.unit {
      output.append(literal: #" data-unit=""#)
      output.append(attribute: unit)
      output.append(UInt8(ascii: "\""))
    }
    if let missing = cell.missing {
      output.append(literal: #" data-missing=""#)
      output.append(attribute: missing.rawValue)
      output.append(UInt8(ascii: "\""))
    }
  }

  private func append(idOfCellAt index: Int, to output: inout OutputBytes) {
    output.append(attribute: id)
    output.append(UInt8(ascii: "c"))
    output.append(index + 1)
  }
}

extension Cell {
  /// The value where it can be said in JSON and in every other form.
  ///
  /// Beyond ±(2^53 - 1) neighbouring integers share a double, so the text is all that can be said.
  var jsonValue: Double? {
    guard let value, value.magnitude <= OutputBytes.largestSafeInteger else { return nil }
    return value
  }
}
