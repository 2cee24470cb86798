public import DocumentModel
import PageGeometry

/// Something that a document says and that cannot be.
public struct DocumentProblem: Hashable, Sendable, CustomStringConvertible {
  /// The id of the block or cell.
  public var at: String
  /// What was expected and found.
  public var message: String

  /// Creates a problem.
  public init(at: String, message: String) {
    self.at = at
    self.message = message
  }

  /// One line for people.
  public var description: String { "\(at): \(message)" }
}

/// Checks what the schema cannot say: that the parts of a document agree with each other.
///
/// - Every position of a table's grid belongs to exactly one cell; cells are in row-major order of
///   their top-left corners; bands cover all rows, headers and stub are within.
/// - Header paths lead to headers, never to values.
/// - Places are on pages of the document; text may run off an edge, but not be elsewhere.
/// - Ids occur once, and notes, comments and references name something that is there.
public enum DocumentCheck {
  /// Boxes may lie beside their page by this many points: rounding, and half the width of a line.
  fileprivate static let boxTolerance = 1.0
  /// A grid with more positions is refused; the longest tables of real documents have some millions.
  private static let gridLimit = 1 << 26

  /// All problems of a document, up to a limit.
  public static func problems(of document: Document, limit: Int = 100) -> [DocumentProblem] {
    var check = Check(pages: document.pages, limit: limit)
    check.check(document)
    return check.problems
  }

  /// The first problem of a grid, on which every writer counts.
  static func gridProblem(of document: Document) -> DocumentProblem? {
    firstGridProblem(of: document.blocks)
  }

  private static func firstGridProblem(of blocks: [Block]) -> DocumentProblem? {
    for block in blocks {
      guard let table = block.table else { continue }
      if let problem = gridProblem(of: table, id: block.id) { return problem }
      for cell in table.cells where !cell.blocks.isEmpty {
        if let problem = firstGridProblem(of: cell.blocks) { return problem }
      }
    }
    return nil
  }

  /// What keeps the cells of a table from being its grid, if anything does.
  ///
  /// Cells in row-major order fill the grid if each starts at the first position that is still free
  /// and covers free positions only.
  static func gridProblem(of table: Table, id: String) -> DocumentProblem? {
    let (area, isHuge) = table.rowCount.multipliedReportingOverflow(by: table.columnCount)
    guard !isHuge, area <= gridLimit, table.rowCount <= gridLimit else {
      return DocumentProblem(
        at: id, message: "expected a grid of up to \(gridLimit) positions, found a larger one")
    }
    var ends = Array(repeating: 0, count: table.columnCount)
    var next = 0
    for row in 0..<(table.columnCount > 0 ? table.rowCount : 0) {
      for column in ends.indices where ends[column] <= row {
        guard next < table.cells.count else {
          return DocumentProblem(
            at: id, message: "expected a cell at row \(row), column \(column), found none")
        }
        let cell = table.cells[next]
        let isPlaced =
          cell.rows.lowerBound == row && cell.columns.lowerBound == column
          && cell.rows.upperBound <= table.rowCount && cell.columns.upperBound <= table.columnCount
          && ends[cell.columns].allSatisfy { $0 <= row }
        guard isPlaced else {
          return DocumentProblem(
            at: "\(id)c\(next + 1)",
            message: "expected a cell that starts at row \(row), column \(column) and covers free "
              + "positions of the grid, found rows \(cell.rows), columns \(cell.columns)")
        }
        for covered in cell.columns { ends[covered] = cell.rows.upperBound }
        next += 1
      }
    }
    guard next == table.cells.count else {
      return DocumentProblem(
        at: "\(id)c\(next + 1)", message: "expected no cell beyond the grid, found one")
    }
    var row = 0
    for band in table.bands {
      guard band.rows.lowerBound == row, band.headerRowCount <= band.rows.count else {
        return DocumentProblem(
          at: id, message: "expected a band that starts at row \(row), found rows \(band.rows)")
      }
      row = band.rows.upperBound
    }
    guard row == table.rowCount || table.bands.isEmpty,
      table.stubColumnCount <= table.columnCount
    else {
      return DocumentProblem(at: id, message: "expected bands and a stub within the grid")
    }
    return nil
  }
}

/// One run over a document.
private struct Check {
  var problems: [DocumentProblem] = []
  private let limit: Int
  private var pages: [Int: PageInfo] = [:]
  private var ids: Set<String> = []
  /// Who names an id, in order.
  private var references: [(from: String, to: String)] = []

  init(pages: [PageInfo], limit: Int) {
    self.limit = limit
    for page in pages {
      if self.pages.updateValue(page, forKey: page.number) != nil {
        note("page \(page.number)", "expected one entry for each page, found two")
      }
    }
  }

  mutating func note(_ at: String, _ message: String) {
    if problems.count < limit { problems.append(DocumentProblem(at: at, message: message)) }
  }

  mutating func check(_ document: Document) {
    for block in document.blocks { check(block) }
    for comment in document.comments {
      define(comment.id)
      check(comment.provenance, at: comment.id)
    }
    for comment in document.comments {
      if let at = comment.at { references.append((comment.id, at)) }
    }
    for note in document.notes {
      if let at = note.at { references.append(("note \(note.code)", at)) }
      check(note.provenance, at: "note \(note.code)")
    }
    for section in document.sections {
      if let last = section.lastBlock { references.append(("section", last)) }
    }
    for (from, to) in references where !ids.contains(to) {
      note(from, "expected the id of a block, cell or comment, found \(to)")
    }
  }

  private mutating func define(_ id: String) {
    if !ids.insert(id).inserted { note(id, "expected an id that occurs once, found it twice") }
  }

  private mutating func check(_ block: Block) {
    define(block.id)
    check(block.provenance, at: block.id)
    for inline in block.inlines {
      if case .reference(let target) = inline.kind { references.append((block.id, target)) }
      if inline.range.upperBound > block.text.unicodeScalars.count {
        note(block.id, "expected inlines within the text, found \(inline.range)")
      }
    }
    guard let table = block.table else { return }
    if let problem = DocumentCheck.gridProblem(of: table, id: block.id) {
      note(problem.at, problem.message)
    }
    for fragment in table.fragments {
      check([.page(number: fragment.page, box: fragment.box)], at: block.id)
      if fragment.rows.upperBound > table.rowCount {
        note(block.id, "expected fragments within the grid, found rows \(fragment.rows)")
      }
    }
    for (index, cell) in table.cells.enumerated() {
      let id = "\(block.id)c\(index + 1)"
      define(id)
      check(cell.provenance, at: id)
      check(cell.columnPath, of: table, at: id)
      check(cell.rowPath, of: table, at: id)
      if cell.value != nil, cell.missing != nil {
        note(id, "expected a value or how it is missing, found both")
      }
      for block in cell.blocks { check(block) }
    }
  }

  private mutating func check(_ path: [Int], of table: Table, at id: String) {
    for position in path where table.cells[position].role == .data {
      note(id, "expected headers in its paths, found the value at position \(position + 1)")
    }
  }

  private mutating func check(_ places: [Provenance], at id: String) {
    for case .page(let number, let box) in places {
      guard let page = pages[number] else {
        note(id, "expected a page of the document, found page \(number)")
        continue
      }
      let tolerance = DocumentCheck.boxTolerance
      let isOnPage =
        box.minX <= box.maxX && box.minY <= box.maxY && box.maxX >= -tolerance
        && box.maxY >= -tolerance && box.minX <= page.width + tolerance
        && box.minY <= page.height + tolerance
      if !isOnPage {
        note(
          id,
          "expected a box on page \(number) of \(page.width) × \(page.height), found "
            + "\(box.minX), \(box.minY), \(box.maxX), \(box.maxY)")
      }
    }
  }
}
