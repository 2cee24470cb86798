package import DocumentModel
package import PageGeometry

/// The indented text form of layouts and blocks, for `boxhead inspect`, tests and bug reports.
///
/// One value a line, its parts below it and indented by two spaces. Places are rounded to
/// hundredths of a point; boxes are minX, minY, maxX, maxY. Texts are quoted, so that spaces and
/// control characters can be seen. A dump is for eyes: no program should read it.
package enum LayoutDump {
  // MARK: - Pages

  /// The glyphs of a page in the order in which they were painted.
  package static func glyphs(of page: PageLayout) -> String {
    header(of: page) + page.glyphs.map { "  \(glyph($0, on: page))\n" }.joined()
  }

  /// Drawn lines, filled areas and pictures of a page, as extracted.
  package static func rulings(of page: PageLayout) -> String {
    header(of: page) + page.rulings.map { "  \(ruling($0))\n" }.joined()
      + page.diagonals.map {
        "  diagonal \(place($0.start)) \(place($0.end))\n"
      }.joined()
      + page.shadings.map { "  shading \(box($0.box)) color \(color($0.color))\n" }.joined()
      + page.freeforms.map { "  freeform \(box($0))\n" }.joined()
      + page.images.map {
        "  image \(box($0.box)) pixels \($0.pixelWidth) × \($0.pixelHeight)\n"
      }.joined()
  }

  /// The first line of a page's dump.
  package static func header(of page: PageLayout) -> String {
    "page \(page.number) size \(number(page.width)) × \(number(page.height)) "
      + "rotation \(page.rotation)\n"
  }

  package static func glyph(_ glyph: Glyph, on page: PageLayout) -> String {
    var text = String(glyph.scalar)
    for index in glyph.ligature.dropFirst() where page.ligatureScalars.indices ~= Int(index) {
      text.unicodeScalars.append(page.ligatureScalars[Int(index)])
    }
    let index = Int(glyph.fontIndex)
    let font = page.fonts.indices.contains(index) ? page.fonts[index].name : "none"
    return "glyph \(text.debugDescription) at \(place(glyph.origin)) "
      + "advance \(number(glyph.advance)) size \(number(glyph.size)) font \(font)"
      + (glyph.direction == .right ? "" : " running \(glyph.direction)")
      + (glyph.color == 0 ? "" : " color \(color(glyph.color))") + flags(glyph.flags)
  }

  package static func word(_ word: Word) -> String {
    "word \(word.text.debugDescription) \(box(word.box)) baseline \(number(word.baseline)) "
      + "size \(number(word.size))" + (word.direction == .right ? "" : " running \(word.direction)")
      + (word.isBold ? " bold" : "") + (word.followsSpace ? " after-space" : "")
      + (word.color == 0 ? "" : " color \(color(word.color))") + flags(word.flags)
  }

  package static func line(_ line: Line) -> String {
    "line \(line.text.debugDescription) \(box(line.box)) baseline \(number(line.baseline)) "
      + "size \(number(line.size))"
  }

  package static func ruling(_ ruling: Ruling) -> String {
    let (axis, across) = ruling.axis == .horizontal ? ("x", "y") : ("y", "x")
    return "\(ruling.axis) ruling \(across) \(number(ruling.position)) "
      + "\(axis) \(number(ruling.extent.lower)) to \(number(ruling.extent.upper)) "
      + "thickness \(number(ruling.thickness))"
      + (ruling.color == 0 ? "" : " color \(color(ruling.color))")
  }

  // MARK: - Grids

  /// A grid and its cells.
  package static func grid(_ grid: CellGrid, indent: Int = 0) -> String {
    let declared = grid.declaredHeaderRowCount.map { " declared-header-rows \($0)" } ?? ""
    let head = "grid \(grid.rowCount) rows × \(grid.columnCount) columns\(declared)"
    return indented(head, indent)
      + grid.fragments.map { indented(fragment($0), indent + 1) }.joined()
      + grid.cells.map {
        indented(cell($0), indent + 1) + blocks($0.blocks, indent: indent + 2)
      }.joined()
  }

  /// A cell of a grid.
  package static func cell(_ cell: GridCell) -> String {
    "cell \(span(cell.rows, cell.columns)) \(cell.text.debugDescription) \(cell.evidence)"
      + (cell.confidence == 1 ? "" : " confidence \(number(cell.confidence))")
      + (cell.isBold ? " bold" : "")
      + (cell.alignment == .unknown ? "" : " \(cell.alignment)")
      + (cell.indent == 0 ? "" : " indent \(number(cell.indent))")
  }

  // MARK: - Blocks

  /// The blocks of a document with their tables.
  package static func blocks(_ blocks: [Block], indent: Int = 0) -> String {
    blocks.map { block in
      let head =
        "\(block.id) \(block.kind)" + (block.level.map { " level \($0)" } ?? "")
        + (block.label.map { " label \($0.debugDescription)" } ?? "")
        + (block.table == nil || !block.text.isEmpty ? " \(block.text.debugDescription)" : "")
        + block.provenance.map { " \(provenance($0))" }.joined()
      return indented(head, indent) + (block.table.map { table($0, indent: indent + 1) } ?? "")
    }.joined()
  }

  /// Notes, one a line.
  package static func notes(_ notes: [Note]) -> String {
    notes.map { note in
      "\(note.severity) \(note.code)" + (note.at.map { " at \($0)" } ?? "")
        + " \(note.message.debugDescription)\n"
    }.joined()
  }

  private static func table(_ table: Table, indent: Int) -> String {
    var text = indented(
      "table \(table.rowCount) rows × \(table.columnCount) columns "
        + "stub-columns \(table.stubColumnCount)"
        + (table.confidence == 1 ? "" : " confidence \(number(table.confidence))"), indent)
    let lines = [("caption", table.caption), ("unit", table.unit), ("unit-text", table.unitText)]
    for case (let name, .some(let value)) in lines {
      text += indented("\(name) \(value.debugDescription)", indent + 1)
    }
    for note in table.footnotes {
      text += indented("footnote \(note.debugDescription)", indent + 1)
    }
    for band in table.bands {
      text += indented(
        "band rows \(range(band.rows)) header-rows \(band.headerRowCount)", indent + 1)
    }
    for piece in table.fragments { text += indented(fragment(piece), indent + 1) }
    for (index, cell) in table.cells.enumerated() {
      text += indented("c\(index + 1) \(self.cell(cell))", indent + 1)
      text += blocks(cell.blocks, indent: indent + 2)
    }
    return text
  }

  /// A cell of a table, its place in the grid first.
  package static func cell(_ cell: Cell) -> String {
    func path(_ name: String, _ positions: [Int]) -> String {
      positions.isEmpty ? "" : " \(name) " + positions.map { "c\($0 + 1)" }.joined(separator: ">")
    }
    return "\(span(cell.rows, cell.columns)) \(cell.role) \(cell.text.debugDescription)"
      + (cell.value.map { " value \($0)" } ?? "") + (cell.unit.map { " unit \($0)" } ?? "")
      + (cell.missing.map { " missing \($0)" } ?? "") + path("columns", cell.columnPath)
      + path("rows", cell.rowPath)
      + (cell.confidence == 1 ? "" : " confidence \(number(cell.confidence))")
  }

  private static func fragment(_ fragment: Table.Fragment) -> String {
    "fragment page \(fragment.page) rows \(range(fragment.rows)) \(box(fragment.box))"
      + (fragment.repeatedHeaderRowCount == 0
        ? "" : " repeated-header-rows \(fragment.repeatedHeaderRowCount)")
  }

  private static func provenance(_ provenance: Provenance) -> String {
    switch provenance {
    case .page(let number, let place): "page \(number) \(box(place))"
    case .part(let name, let path): "\(name)#\(path)"
    }
  }

  // MARK: - Parts of a line

  package static func indented(_ text: String, _ depth: Int) -> String {
    String(repeating: "  ", count: depth) + text + "\n"
  }

  /// A number rounded to hundredths, without zeros at the end.
  package static func number(_ value: Double) -> String {
    guard value.isFinite, value.magnitude < 1e12 else { return "\(value)" }
    let hundredths = Int(value.magnitude * 100 + 0.5)
    let sign = value < 0 && hundredths > 0 ? "-" : ""
    let (whole, rest) = hundredths.quotientAndRemainder(dividingBy: 100)
    if rest == 0 { return "\(sign)\(whole)" }
    if rest % 10 == 0 { return "\(sign)\(whole).\(rest / 10)" }
    return "\(sign)\(whole).\(rest < 10 ? "0" : "")\(rest)"
  }

  package static func box(_ box: Rect) -> String {
    "[\(number(box.minX)) \(number(box.minY)) \(number(box.maxX)) \(number(box.maxY))]"
  }

  private static func place(_ point: Point) -> String { "\(number(point.x)) \(number(point.y))" }

  private static func range(_ range: Range<Int>) -> String {
    "\(range.lowerBound)..<\(range.upperBound)"
  }

  private static func span(_ rows: Range<Int>, _ columns: Range<Int>) -> String {
    "r\(range(rows)) c\(range(columns))"
  }

  private static func color(_ color: UInt32) -> String {
    let digits = String(color, radix: 16)
    return "#" + String(repeating: "0", count: max(0, 6 - digits.count)) + digits
  }

  private static func flags(_ flags: Glyph.Flags) -> String {
    let names: [(Glyph.Flags, String)] = [
      (.invisible, "invisible"), (.noUnicode, "no-unicode"), (.actualText, "actual-text"),
      (.clipped, "clipped"), (.strokedBold, "stroked-bold"), (.artifact, "artifact"),
      (.verticalWriting, "vertical-writing"), (.tilted, "tilted"),
    ]
    return names.filter { flags.contains($0.0) }.map { " \($0.1)" }.joined()
  }
}
