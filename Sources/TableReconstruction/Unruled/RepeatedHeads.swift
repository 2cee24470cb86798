import DocumentModel
import LayoutAnalysis
import LayoutModel
import PageGeometry

/// Finds the heads of a table that stand again at the top of the next page.
///
/// With one or two rows below them, heads look like anything; the same words at the same places as on
/// the page before are its heads, in the reading that is known.
struct RepeatedHeads {
  let rows: [TextRow]
  /// The table that may go on.
  let table: PageGrid

  /// Heads found again.
  struct Found {
    /// Positions of their text rows.
    var rows: Range<Int>
    var heads: [HeaderFitter.Placed]
    /// How many rows of the table they take.
    var rowCount: Int
  }

  private static let maximumRows = 12
  /// How far a word may stand off its place on the page before, in points.
  private static let samePlace = 1.0

  /// - Returns: Nil if the first rows are other ones.
  func found() -> Found? {
    let top = table.grid.cells.filter { $0.rows.lowerBound == 0 }.compactMap { box(of: $0)?.minY }
    guard let top = top.min() else { return nil }
    for start in rows.indices.prefix(ContinuedRows.runningHeadCount + 1) {
      if let found = found(from: start, shift: rows[start].box.minY - top) { return found }
    }
    return nil
  }

  private func found(from start: Int, shift: Double) -> Found? {
    var words: [Int: [Word]] = [:]
    var end = start
    while end < min(rows.count, start + Self.maximumRows) {
      let places = rows[end].words.map { cell(at: $0, shift: shift) }
      guard places.allSatisfy({ $0 != nil }) else { break }
      for (place, word) in zip(places, rows[end].words) {
        if let place { words[place, default: []].append(word) }
      }
      end += 1
    }
    let cells = table.grid.cells
    let height = words.keys.map { cells[$0].rows.upperBound }.max() ?? 0
    guard height > 0, height < table.grid.rowCount else { return nil }
    var heads: [HeaderFitter.Placed] = []
    for (index, cell) in cells.enumerated()
    where cell.rows.lowerBound < height && !cell.text.isEmpty {
      guard cell.rows.upperBound <= height, let words = words[index],
        Self.letters(of: words.map(\.text).joined()).count == Self.letters(of: cell.text).count
      else { return nil }
      heads.append(.init(rows: cell.rows, columns: cell.columns, words: words))
    }
    return Found(rows: start..<end, heads: heads, rowCount: height)
  }

  /// The cell that has a word at the same place.
  private func cell(at word: Word, shift: Double) -> Int? {
    let middle = Point(x: word.box.midX, y: word.box.midY - shift)
    let text = Self.letters(of: word.text)
    return table.grid.cells.firstIndex { cell in
      guard let box = box(of: cell), box.contains(middle, tolerance: Self.samePlace) else {
        return false
      }
      return Self.letters(of: cell.text).contains(text)
    }
  }

  /// Where the text of a cell stands.
  private func box(of cell: GridCell) -> Rect? {
    cell.text.isEmpty ? nil : cell.origin.box
  }

  /// The characters that are neither white nor hyphens, which line breaks add.
  private static func letters(of text: String) -> String {
    text.withoutSpaces.filter { $0 != "-" }
  }
}
