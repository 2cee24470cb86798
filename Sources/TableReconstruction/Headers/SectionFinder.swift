import LayoutAnalysis
import LayoutModel

/// Finds the rows that head the rows below them.
///
///     Region │ 2023 │ 2024
///     Urban                   ◀ a cell over the full width, or a row with a label and nothing else
///     East   │   1  │    2
///     Rural                   ◀
///     East   │   3  │    4
///
/// So does a text over all columns of values beside a blank stub, where rows of values follow.
///
/// A row without values may also be a row whose values are all absent. It heads rows only where the
/// table shows it: its label ends with a colon or is set in bold type alone, or the body starts with
/// such a row and all of them have rows of values below; a single one does if no other row leaves a
/// value blank. Where indentation or numbering orders the
/// labels, these say what stands under what.
struct SectionFinder {
  let view: GridView
  let bands: [BoxheadFinder.Band]
  let stubs: [Range<Int>]

  /// The rows, each with the position of the cell that heads the rows below it.
  func sections() -> [Int: Int] {
    var sections: [Int: Int] = [:]
    for band in bands {
      let rows = band.rows.dropFirst(band.headerRowCount)
      for row in rows where view.isFullWidth(row: row) {
        sections[row] = view.cellIndex(row: row, column: 0)
      }
      guard let stub = stubs.first else { continue }
      for row in rows where row + 1 < band.rows.upperBound {
        if let cell = cutIn(row, stub) { sections[row] = cell }
      }
      for row in labelRows(Array(rows), stub) {
        sections[row] = view.cellIndex(row: row, column: stub.lowerBound)
      }
    }
    return sections
  }

  /// The text over all columns of values beside a blank stub.
  private func cutIn(_ row: Int, _ stub: Range<Int>) -> Int? {
    let index = view.cellIndex(row: row, column: stub.upperBound)
    let cell = view.grid.cells[index]
    guard stubs.count == 1, cell.columns == stub.upperBound..<view.columnCount,
      cell.columns.count > 1, cell.rows.count == 1, view.content[index] == .text,
      stub.allSatisfy({
        view.content[view.cellIndex(row: row, column: $0)] == .blank
          && view.cell(row: row, column: $0).rows.count == 1
      })
    else { return nil }
    let below = view.cellIndices(inRow: row + 1)
    return below.contains { view.content[$0] == .number } ? index : nil
  }

  /// Rows with a label in the first column only that head the rows below.
  private func labelRows(_ rows: [Int], _ stub: Range<Int>) -> [Int] {
    let labelOnly = rows.map { hasOnlyLabel($0, stub) }
    guard labelOnly.contains(true), !isMerged(rows, stub) else { return [] }
    let isFollowed = rows.indices.map { index in
      index + 1 < rows.count && !labelOnly[index + 1] && !view.isFullWidth(row: rows[index + 1])
    }
    let candidates = rows.indices.filter { labelOnly[$0] }
    guard candidates.allSatisfy({ !isOrdered(rows[$0], stub) }),
      !StubHierarchy(
        view: view, rows: rows.filter { !view.isFullWidth(row: $0) }, column: stub.lowerBound
      ).isIndented
    else { return [] }
    let isRegular =
      (candidates.count > 1 || !hasBlankValues(rows.filter { !hasOnlyLabel($0, stub) }))
      && candidates.allSatisfy { isFollowed[$0] }
      && (0..<candidates[0]).allSatisfy { isTotal(rows[$0], stub) }
    return candidates.filter { isFollowed[$0] && (isRegular || isMarked(rows, $0, stub)) }
      .map { rows[$0] }
  }

  private func hasOnlyLabel(_ row: Int, _ stub: Range<Int>) -> Bool {
    let first = view.cellIndex(row: row, column: stub.lowerBound)
    guard view.content[first] == .text, !view.isFullWidth(row: row) else { return false }
    return view.cellIndices(inRow: row).allSatisfy {
      $0 == first || view.content[$0] == .blank && view.grid.cells[$0].rows.lowerBound == row
    }
  }

  /// Whether a value of some rows is left blank: where none is, a row without any value has none to
  /// show.
  private func hasBlankValues(_ rows: [Int]) -> Bool {
    rows.contains { row in
      view.cellIndices(inRow: row).dropFirst().contains { view.content[$0] == .blank }
    }
  }

  private func isMerged(_ rows: [Int], _ stub: Range<Int>) -> Bool {
    rows.contains { row in stub.contains { view.cell(row: row, column: $0).rows.count > 1 } }
  }

  /// Whether the label has a number, which says where it stands.
  private func isOrdered(_ row: Int, _ stub: Range<Int>) -> Bool {
    let text = view.cell(row: row, column: stub.lowerBound).text
    return ListLabel(text)?.level != nil || StubHierarchy.isOfWhich(text)
  }

  private func isTotal(_ row: Int, _ stub: Range<Int>) -> Bool {
    HeaderPathBuilder.isGrandTotal(view.cell(row: row, column: stub.lowerBound).text)
  }

  /// Whether the label itself shows that it heads rows.
  private func isMarked(_ rows: [Int], _ index: Int, _ stub: Range<Int>) -> Bool {
    let cell = view.cell(row: rows[index], column: stub.lowerBound)
    if cell.text.hasSuffix(":") || cell.text.hasSuffix("：") { return true }
    let next = view.cell(row: rows[index + 1], column: stub.lowerBound)
    return cell.isBold && !next.isBold
  }
}
