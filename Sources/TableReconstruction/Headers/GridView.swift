import DocumentModel
import LayoutModel

/// A grid with what header analysis asks of it again and again.
struct GridView {
  /// What kind of text a cell holds.
  enum Content: UInt8 {
    case blank, number, missing, text
  }

  let grid: CellGrid
  /// For each position, row by row, the cell that covers it.
  let owner: [Int]
  /// For each cell.
  let content: [Content]

  init(_ grid: CellGrid) {
    self.grid = grid
    owner = grid.occupancy()
    content = grid.cells.indices.map { Self.content(of: grid.cells[$0].text) }
  }

  var rowCount: Int { grid.rowCount }
  var columnCount: Int { grid.columnCount }

  func cellIndex(row: Int, column: Int) -> Int {
    owner[row * columnCount + column]
  }

  func cell(row: Int, column: Int) -> GridCell {
    grid.cells[cellIndex(row: row, column: column)]
  }

  /// The cells that cover a row, from left to right, each once.
  func cellIndices(inRow row: Int) -> ArraySlice<Int> {
    let owners = owner[row * columnCount..<(row + 1) * columnCount]
    // Most rows have a cell in each column.
    guard zip(owners, owners.dropFirst()).contains(where: ==) else { return owners }
    var indices: [Int] = []
    for index in owners where indices.last != index { indices.append(index) }
    return indices[...]
  }

  /// Whether one cell with text covers the whole row and no other row.
  func isFullWidth(row: Int) -> Bool {
    let index = cellIndex(row: row, column: 0)
    return columnCount > 1 && grid.cells[index].columns.count == columnCount
      && grid.cells[index].rows.count == 1 && !grid.cells[index].text.isEmpty
  }

  static func content(of text: String) -> Content {
    if text.isEmpty { return .blank }
    switch MissingMark.kind(of: text) {
    case .blank: return .blank
    case .some: return .missing
    case nil:
      if let number = NumberText(text) { return isYear(number) ? .text : .number }
      let (body, mark) = FootnoteMark.split(text)
      return !mark.isEmpty && MissingMark.kind(of: body) != nil ? .missing : .text
    }
  }

  /// Whether a number names a year in words: 2023年, 2023 г.
  ///
  /// A bare 2023 may be a value as well.
  static func isYear(_ number: NumberText) -> Bool {
    (1800...2200).contains(number.value) && yearWords.contains(number.suffix)
  }

  private static let yearWords: Set<String> = ["年", "年度", "г.", "г", "гг.", "год"]
}
