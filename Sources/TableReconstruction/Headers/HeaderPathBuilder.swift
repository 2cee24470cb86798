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
  /// The columns of each stub, from left to right.
  let stubs: [Range<Int>]
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

  /// The headers that one stub gives to each row, outermost first.
  ///
  /// - Parameters:
  ///   - stub: The columns of the stub.
  ///   - sections: Rows that head the rows below them, with the cell that does so.
  /// - Returns: One path for each row of the grid; those of heads and sections are empty.
  func rowPaths(of stub: Range<Int>, sections: [Int: Int]) -> [[Int]] {
    var paths = [[Int]](repeating: [], count: view.rowCount)
    for band in bands {
      let rows = Array(band.rows.dropFirst(band.headerRowCount))
      let labelled = rows.filter { sections[$0] == nil }
      let ancestors = stub.map { StubHierarchy(view: view, rows: labelled, column: $0) }
      var section: Int?
      /// The last label of each column, for rows that leave it blank because it is the same.
      var labels = [Int?](repeating: nil, count: stub.count)
      for row in rows {
        if let cell = sections[row] {
          section = cell
          labels = labels.map { _ in nil }
          paths[row] = view.isFullWidth(row: row) ? [] : [cell]
          continue
        }
        // A grand total stands below the last section, not in it.
        let isTotal = isGrandTotal(row, stub)
        if isTotal { section = nil }
        var path = section.map { [$0] } ?? []
        let filled = stub.firstIndex { !view.cell(row: row, column: $0).text.isEmpty }
        for (place, column) in stub.enumerated() {
          let index = view.cellIndex(row: row, column: column)
          guard !path.contains(index) else { continue }
          path += ancestors[place].ancestors(ofRow: row)
          if !view.grid.cells[index].text.isEmpty {
            path.append(index)
            labels.replaceSubrange(
              place..., with: [index] + labels[(place + 1)...].map { _ in nil })
          } else if !isTotal, let filled, place < filled - stub.lowerBound,
            let label = labels[place], isGroup(label, overColumn: filled, inRow: row)
          {
            path.append(label)
          }
        }
        paths[row] = path
      }
    }
    return paths
  }

  /// Whether a label goes for rows below it that leave its column blank: names do for all that
  /// stands in inner columns, codes for further parts of the code.
  private func isGroup(_ label: Int, overColumn column: Int, inRow row: Int) -> Bool {
    view.content[label] == .text
      || view.content[view.cellIndex(row: row, column: column)] == .number
  }
}

extension HeaderPathBuilder {
  /// Whether the first text of a row is a word for the total of everything, and nothing else.
  private func isGrandTotal(_ row: Int, _ stub: Range<Int>) -> Bool {
    for column in stub {
      let text = view.cell(row: row, column: column).text
      if text.isEmpty { continue }
      return Self.isGrandTotal(text)
    }
    return false
  }

  static func isGrandTotal(_ text: String) -> Bool {
    // No such word has a digit, and names of rows often do; the longest has 13 characters.
    guard text.utf8.count <= 60, !text.utf8.contains(where: { (0x30...0x39).contains($0) }) else {
      return false
    }
    return totals.contains(
      FootnoteMark.split(text).text.withoutSpaces.lowercased())
  }

  /// Whether a text is a word for a total, or ends with one: 收入合计, Total assets.
  static func isTotal(_ text: String) -> Bool {
    isGrandTotal(text) || ["合计", "总计", "合計", "總計"].contains { text.hasSuffix($0) }
      || text.lowercased().hasPrefix("total ")
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
  /// Whether indentation shows the hierarchy.
  private(set) var isIndented = false

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
    let labels = cells.map { view.grid.cells[$0] }
    let indentLevels = Self.indentLevels(labels)
    isIndented = indentLevels != nil
    guard let levels = indentLevels ?? Self.numberingLevels(labels) else { return }
    var stack: [(level: Int, cell: Int)] = []
    for (position, row) in labelled.enumerated() {
      while let last = stack.last, last.level >= levels[position] { stack.removeLast() }
      parents[row] = stack.map(\.cell)
      stack.append((levels[position], cells[position]))
    }
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
    guard areClear, areApart, !isCentered(cells, beyond: starts[1]) else { return nil }
    return cells.map { cell in starts.lastIndex { $0 <= cell.indent + 0.001 } ?? 0 }
  }

  /// Whether texts start at different places because they are centred.
  private static func isCentered(_ cells: [GridCell], beyond indent: Double) -> Bool {
    let areCentered = cells.allSatisfy {
      $0.alignment == .center || $0.alignment == .unknown && $0.indent < indent - 0.001
    }
    if areCentered { return true }
    // Where no lines bound a cell, its place is that of its text.
    let middles = cells.compactMap { cell -> Double? in
      guard cell.evidence == .aligned, cell.fontSize > 0, cell.provenance.count == 1,
        case .page(_, let box) = cell.provenance[0]
      else { return nil }
      return box.midX / cell.fontSize
    }
    guard middles.count == cells.count, let least = middles.min(), let most = middles.max() else {
      return false
    }
    return most - least <= 2 * sameIndent
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
      if label == nil, HeaderPathBuilder.isTotal(cell.text) {
        forms = []
        plainLevel = 0
        levels.append(0)
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
    return ofWhich.contains { lower.hasPrefix($0) }
  }

  private static let ofWhich = [
    "其中", "of which", "of whom", "thereof", "including", "incl.", "davon", "darunter", "dont",
    "de los cuales",
    "di cui", "в том числе", "из них", "うち", "その内",
  ]
}
