import DocumentModel
import LayoutModel
import PageDrawing
import PageGeometry

/// Draws what the whole document makes of a page: tables with the meaning of their cells, blocks in
/// reading order.
///
/// Ids are those of the JSON, boxes its provenance.
struct DocumentSheets {
  /// What of a table stands on one page.
  private struct Piece {
    /// Position in `blocks`.
    var block: Int
    var fragment: Table.Fragment
  }

  /// The cells of a block's table that have a place on a page.
  private struct CellKey: Hashable {
    var block: Int
    var page: Int
  }

  private let blocks: [Block]
  /// By page, so that a page of a long document costs what is on it.
  private var blocksOnPage: [Int: [Int]] = [:]
  private var piecesOnPage: [Int: [Piece]] = [:]
  private var cellsOnPage: [CellKey: [Int]] = [:]
  private var levels: [Int: HeaderLevels] = [:]

  init(_ document: Document) {
    blocks = document.blocks
    for (index, block) in blocks.enumerated() {
      for page in Self.pages(block.provenance) { blocksOnPage[page, default: []].append(index) }
      guard let table = block.table else { continue }
      levels[index] = HeaderLevels(table)
      for fragment in table.fragments {
        piecesOnPage[fragment.page, default: []].append(Piece(block: index, fragment: fragment))
      }
      for (position, cell) in table.cells.enumerated() {
        for page in Self.pages(cell.provenance) {
          cellsOnPage[CellKey(block: index, page: page), default: []].append(position)
        }
      }
    }
  }

  /// The pages of some places, each once.
  private static func pages(_ provenance: [Provenance]) -> Set<Int> {
    Set(
      provenance.compactMap { entry in
        guard case .page(let number, _) = entry else { return nil }
        return number
      })
  }

  /// The boxes on a page, in order.
  private static func boxes(_ provenance: [Provenance], on page: Int) -> [Rect] {
    provenance.compactMap { entry in
      guard case .page(page, let box) = entry else { return nil }
      return box
    }
  }

  // MARK: - Headers

  private enum HeaderStyle {
    static let boxhead = zip(1..., [0x0B4A8F, 0x2F80D0, 0x63AEE8, 0x9CD0F5]).map {
      Style("boxhead level \($0)", $1, fill: 0.35, width: 0.7)
    }
    static let stub = zip(1..., [0x1F6B2E, 0x4CA25A, 0x86C98F, 0xB5E0BB]).map {
      Style("stub level \($0)", $1, fill: 0.35, width: 0.7)
    }
    static let stubHead = Style("stub head", 0x7A1FA2, fill: 0.25, width: 0.7)
    static let section = Style("section row", 0xD07000, fill: 0.35, width: 0.7)
    static let value = Style("value", 0x555555, fill: 0.04, width: 0.5)
    static let missing = Style("no value", 0x999999, fill: 0.15, width: 0.5)
    static let repeated = Style("repeated boxhead", 0x2F80D0, width: 0.7, dash: 1.5)
    static let band = Style("band", 0xC2185B, width: 1.4)
    static let table = Style("table", 0x222222, width: 0.9)
    static let all =
      [table, band] + boxhead + [repeated, stubHead] + stub
      + [section, value, missing, Confidence.fair, Confidence.low]
  }

  /// Cells by what they mean: levels of the boxhead and of the stub, section rows, values.
  func headers(on page: Int, _ sheet: consuming Sheet) -> Drawing {
    let pieces = piecesOnPage[page] ?? []
    let boxes = pieces.map(\.fragment.box)
    for piece in pieces { add(piece, besides: boxes, to: &sheet) }
    return sheet.drawing(styles: HeaderStyle.all)
  }

  private func add(_ piece: Piece, besides others: [Rect], to sheet: inout Sheet) {
    let (id, fragment) = (blocks[piece.block].id, piece.fragment)
    guard let table = blocks[piece.block].table, let levels = levels[piece.block] else { return }
    let shown = (cellsOnPage[CellKey(block: piece.block, page: fragment.page)] ?? []).filter {
      table.cells[$0].rows.overlaps(fragment.rows)
    }
    sheet.add(fragment.box.expanded(by: 1.5), HeaderStyle.table)
    var lastBox: Rect?
    var bandBoxes = [Rect?](repeating: nil, count: table.bands.count)
    for index in shown {
      let cell = table.cells[index]
      let style = style(of: cell, level: levels.level(of: index))
      let note = note(of: index, in: table, id: id)
      for box in Self.boxes(cell.provenance, on: fragment.page) {
        sheet.add(box, style, note: note)
        if let grade = Confidence.style(of: cell.confidence) { sheet.add(box, grade, note: note) }
        let doubt = cell.confidence < 0.9 ? " \(LayoutDump.number(cell.confidence))" : ""
        let label = "c\(index + 1)\(doubt)"
        // The box of an aligned cell is that of its text, which a label must not cover.
        let isTight = cell.evidence == .aligned && !cell.text.isEmpty
        let hasRoom = sheet.hasRoom(for: label, beside: box, behind: lastBox, size: 4)
        sheet.label(
          label, at: box, isTight && hasRoom ? .beside : .edge, size: 4, color: style.color,
          note: note)
        lastBox = box
        let band = levels.bandOfRow[cell.rows.lowerBound]
        bandBoxes[band] = bandBoxes[band]?.union(box) ?? box
      }
    }
    addRepeatedHead(fragment, cells: shown.map { table.cells[$0] }, to: &sheet)
    if table.bands.count > 1 {
      for (index, box) in bandBoxes.enumerated() {
        guard let box else { continue }
        let x = fragment.box.minX - 4
        sheet.add([Point(x: x, y: box.minY), Point(x: x, y: box.maxY)], HeaderStyle.band)
        sheet.label(
          "band \(index + 1)",
          at: Rect(minX: x, minY: box.minY, maxX: x, maxY: box.maxY), .beside, size: 5,
          color: HeaderStyle.band.color)
      }
    }
    let rows =
      table.fragments.count > 1
      ? ["rows \(fragment.rows.lowerBound)-\(fragment.rows.upperBound - 1)"] : []
    sheet.caption(
      ["table \(id)", "\(table.rowCount)x\(table.columnCount)"] + rows
        + ["conf. \(LayoutDump.number(table.confidence))"],
      of: fragment.box, besides: others, color: HeaderStyle.table.color)
  }

  /// The rows at the top of a later piece that say the boxhead again; they are no cells.
  private func addRepeatedHead(
    _ fragment: Table.Fragment, cells: [Cell], to sheet: inout Sheet
  ) {
    guard fragment.repeatedHeaderRowCount > 0 else { return }
    let top = cells.lazy.filter { fragment.rows.contains($0.rows.lowerBound) }
      .flatMap { Self.boxes($0.provenance, on: fragment.page) }.map(\.minY).min()
    guard let top, top > fragment.box.minY else { return }
    let box = Rect(x: fragment.box.xInterval, y: Interval(fragment.box.minY, top))
    sheet.add(box, HeaderStyle.repeated)
    sheet.label(
      "repeated boxhead, \(fragment.repeatedHeaderRowCount) rows", at: box, .edge, size: 4,
      color: HeaderStyle.repeated.color)
  }

  private func style(of cell: Cell, level: Int) -> Style {
    switch cell.role {
    case .columnHeader: HeaderStyle.boxhead[min(level, HeaderStyle.boxhead.count - 1)]
    case .rowHeader: HeaderStyle.stub[min(level, HeaderStyle.stub.count - 1)]
    case .stubHead: HeaderStyle.stubHead
    case .section: HeaderStyle.section
    case .data: cell.missing == nil ? HeaderStyle.value : HeaderStyle.missing
    }
  }

  /// A header is repeated at each of its values: no more of it than this many characters.
  private static let noteLength = 80

  /// The dump of a cell, its headers in words below it.
  private func note(of index: Int, in table: Table, id: String) -> String {
    let cell = table.cells[index]
    func words(_ path: [Int]) -> String {
      path.map { String(table.cells[$0].text.prefix(Self.noteLength)) }.joined(separator: " › ")
    }
    return "\(id)c\(index + 1) \(LayoutDump.cell(cell))"
      + (cell.columnPath.isEmpty ? "" : "\ncolumns: \(words(cell.columnPath))")
      + (cell.rowPath.isEmpty ? "" : "\nrows: \(words(cell.rowPath))")
  }

  // MARK: - Blocks

  private enum BlockStyle {
    static let order = Style("reading order", 0x222222, width: 0.8, opacity: 0.5)
    private static let colors: [(Block.Kind, String, UInt32)] = [
      (.title, "title", 0xB00020), (.heading, "heading", 0xD9480F),
      (.paragraph, "paragraph", 0x1C6DD0), (.listItem, "list item", 0x0B8A6A),
      (.table, "table", 0x7A1FA2), (.figure, "figure", 0x7A4A2A),
      (.footnote, "footnote", 0x8A6D00), (.pageFurniture, "page furniture", 0x777777),
    ]
    static let kinds = Dictionary(
      uniqueKeysWithValues: colors.map { ($0, Style($1, $2, fill: 0.12, width: 0.6)) })
    static let all = colors.compactMap { kinds[$0.0] } + [order]
  }

  /// Blocks by their kind, joined by a line in reading order.
  func blocks(on page: Int, _ sheet: consuming Sheet) -> Drawing {
    var places: [Point] = []
    for block in (blocksOnPage[page] ?? []).map({ blocks[$0] }) {
      guard let style = BlockStyle.kinds[block.kind] else { continue }
      for box in Self.boxes(block.provenance, on: page) {
        let note = LayoutDump.blocks([summary(of: block)])
        sheet.add(box, style, note: note)
        let level = block.level.map { " \($0)" } ?? ""
        sheet.label(
          "\(block.id)\(level)", at: box, .left, size: 5, color: style.color, note: note)
        // Along the left edge of a block, then to the top of the next one.
        if block.kind != .pageFurniture {
          places += [Point(x: box.minX, y: box.minY), Point(x: box.minX, y: box.maxY)]
        }
      }
    }
    if places.count > 2 { sheet.add(places, BlockStyle.order) }
    return sheet.drawing(styles: BlockStyle.all)
  }

  /// The block without the cells of its table.
  private func summary(of block: Block) -> Block {
    var block = block
    block.table?.cells = []
    return block
  }
}

/// How deep each header of a table stands: its position in the paths of the values that it heads.
private struct HeaderLevels {
  private var levels: [Int?]
  /// The band of each row.
  let bandOfRow: [Int]
  private let table: Table

  init(_ table: Table) {
    self.table = table
    bandOfRow = table.bands.enumerated().flatMap { index, band in band.rows.map { _ in index } }
    levels = [Int?](repeating: nil, count: table.cells.count)
    for cell in table.cells {
      for path in [cell.columnPath, cell.rowPath] {
        for (level, header) in path.enumerated() {
          levels[header] = min(levels[header] ?? level, level)
        }
      }
    }
  }

  /// From 0; a header that heads no value has the level of its row or column.
  func level(of index: Int) -> Int {
    if let level = levels[index] { return level }
    let cell = table.cells[index]
    guard cell.role == .columnHeader else { return cell.columns.lowerBound }
    let band = table.bands[bandOfRow[cell.rows.lowerBound]]
    return cell.rows.lowerBound - band.rows.lowerBound
  }
}
