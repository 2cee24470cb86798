import DocumentModel
import LayoutAnalysis
import LayoutModel
import PageGeometry

/// Works out the headers that address each data cell.
///
/// The column path runs down the boxhead over a cell. The row path runs through the stub from left
/// to right; in a stub column that shows a hierarchy by indentation or by numbering, the rows that
/// a row stands under come before it. A section row comes before all of them.
struct HeaderPathBuilder {
  let view: GridView
  let bands: [BoxheadFinder.Band]
  let stubColumnCount: Int
  let columnNumberRows: Set<Int>

  /// The headers above a cell, outermost first.
  ///
  /// A cell over several columns is headed by the heads that lie over all of them, and by those
  /// over its first column.
  func columnPath(of cell: GridCell, in band: BoxheadFinder.Band) -> [Int] {
    var path: [Int] = []
    for row in band.rows.prefix(band.headerRowCount) where !columnNumberRows.contains(row) {
      let index = view.cellIndex(row: row, column: cell.columns.lowerBound)
      if view.grid.cells[index].text.isEmpty || path.contains(index) { continue }
      path.append(index)
    }
    return path
  }

  /// For each body row, the headers left of its data, outermost first.
  func rowPaths(sections: Set<Int>) -> [[Int]] {
    var paths = [[Int]](repeating: [], count: view.rowCount)
    for band in bands {
      let rows = Array(band.rows.dropFirst(band.headerRowCount))
      let ancestors = (0..<stubColumnCount).map { column in
        StubHierarchy(view: view, rows: rows.filter { !sections.contains($0) }, column: column)
      }
      var section: Int?
      for row in rows {
        if sections.contains(row) {
          section = view.cellIndex(row: row, column: 0)
          continue
        }
        // A grand total stands below the last section, not in it.
        if isGrandTotal(row) { section = nil }
        var path = section.map { [$0] } ?? []
        for column in 0..<stubColumnCount {
          let index = view.cellIndex(row: row, column: column)
          guard !path.contains(index) else { continue }
          path += ancestors[column].ancestors(ofRow: row)
          if !view.grid.cells[index].text.isEmpty { path.append(index) }
        }
        paths[row] = path
      }
    }
    return paths
  }
}

extension HeaderPathBuilder {
  /// Whether the first text of a row is a word for the total of everything, and nothing else.
  private func isGrandTotal(_ row: Int) -> Bool {
    for column in 0..<stubColumnCount {
      let text = view.cell(row: row, column: column).text
      if text.isEmpty { continue }
      // No such word has a digit, and names of rows often do.
      if text.utf8.contains(where: { (0x30...0x39).contains($0) }) { return false }
      return Self.totals.contains(text.filter { !$0.isWhitespace }.lowercased())
    }
    return false
  }

  private static let totals: Set<String> = [
    "合计", "总计", "總計", "合計", "total", "grandtotal", "итого", "всего", "insgesamt", "gesamt",
    "summe", "ensemble", "totalgénéral", "totale", "totaal",
  ]
}

/// The hierarchy that one stub column shows without merged cells.
///
/// Indentation decides where there is any; else the numbering of labels (一、 over （一） over 1.);
/// "of which" rows (其中：) stand under the row before them. A column whose rows are already held
/// together by merged cells at its left, or that merges cells itself, needs none of this.
struct StubHierarchy {
  private var parents: [Int: [Int]] = [:]

  /// Levels of indentation differ by at least this many ems.
  static let indentStep = 0.45
  /// Texts of one level differ by at most this many ems.
  static let sameIndent = 0.15

  func ancestors(ofRow row: Int) -> [Int] {
    parents[row] ?? []
  }

  init(view: GridView, rows: [Int], column: Int) {
    let labelled = rows.filter { row in
      let cell = view.cell(row: row, column: column)
      return cell.columns.lowerBound == column && cell.rows.lowerBound == row && !cell.text.isEmpty
    }
    guard labelled.count > 1 else { return }
    let isMerged = rows.contains { row in
      (0...column).contains { view.cell(row: row, column: $0).rows.count > 1 }
    }
    guard !isMerged else { return }
    let cells = labelled.map { view.cellIndex(row: $0, column: column) }
    guard let levels = Self.levels(of: cells.map { view.grid.cells[$0] }) else { return }
    var stack: [(level: Int, cell: Int)] = []
    for (position, row) in labelled.enumerated() {
      while let last = stack.last, last.level >= levels[position] { stack.removeLast() }
      parents[row] = stack.map(\.cell)
      stack.append((levels[position], cells[position]))
    }
  }

  /// Depths of the labels of a column, from 0; nil if all are equal.
  private static func levels(of cells: [GridCell]) -> [Int]? {
    if let levels = indentLevels(cells) { return levels }
    return numberingLevels(cells)
  }

  /// Depths by the left edges of the texts; nil if these do not stand at a few clear places, as
  /// they do not in a centred column.
  private static func indentLevels(_ cells: [GridCell]) -> [Int]? {
    let sorted = cells.map(\.indent).sorted()
    let groups = Closeness.clusters(of: sorted, tolerance: sameIndent)
    guard groups.count > 1, groups.count <= 6, groups.count * 2 <= cells.count + 2 else {
      return nil
    }
    let areClear = groups.allSatisfy { group in
      sorted[group.upperBound - 1] - sorted[group.lowerBound] <= 2 * sameIndent
    }
    let starts = groups.map { sorted[$0.lowerBound] }
    let areApart = zip(starts, starts.dropFirst()).allSatisfy { $1 - $0 >= indentStep }
    guard areClear, areApart else { return nil }
    return cells.map { cell in starts.lastIndex { $0 <= cell.indent + 0.001 } ?? 0 }
  }

  /// Labels of several forms, outer forms first as they appear; 其中 one deeper than what precedes.
  private static func numberingLevels(_ cells: [GridCell]) -> [Int]? {
    var forms: [Int] = []
    var levels: [Int] = []
    var plainLevel = 0
    let labels = cells.map { ListLabel($0.text)?.level }
    let labelledCount = labels.count { $0 != nil }
    let hasOfWhich = cells.contains { isOfWhich($0.text) }
    guard labelledCount * 2 >= cells.count || hasOfWhich else { return nil }
    for (cell, label) in zip(cells, labels) {
      if isOfWhich(cell.text) {
        levels.append(plainLevel + 1)
        continue
      }
      guard let label, labelledCount * 2 >= cells.count else {
        // Without a label: beside the "of which" row before it, or a row of the outermost level.
        levels.append(labelledCount * 2 >= cells.count ? plainLevel + 1 : 0)
        if labelledCount * 2 < cells.count { plainLevel = 0 }
        continue
      }
      if let known = forms.firstIndex(of: label) {
        forms.removeSubrange((known + 1)...)
      } else {
        while let last = forms.last, last > label { forms.removeLast() }
        forms.append(label)
      }
      plainLevel = forms.count - 1
      levels.append(plainLevel)
    }
    return Set(levels).count > 1 ? levels : nil
  }

  static func isOfWhich(_ text: String) -> Bool {
    let lower = text.lowercased()
    return ["其中", "of which", "including", "davon", "darunter", "dont", "в том числе"].contains {
      lower.hasPrefix($0)
    }
  }
}
