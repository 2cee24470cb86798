import LayoutAnalysis
import LayoutModel
import PageDrawing
import PageGeometry
import TableReconstruction

/// Draws what the stages make of one page by itself: glyphs, words and lines, drawn shapes, grids.
///
/// The stages are called as `PageAssembler` calls them; the notes of shapes are the lines of
/// `LayoutDump`.
enum PageSheets {
  // MARK: - Glyphs

  private enum GlyphStyle {
    static let shown = Style("glyph", 0x1C6DD0, fill: 0.12, width: 0.25)
    static let artifact = Style("artifact", 0x777777, fill: 0.2, width: 0.25)
    static let invisible = Style("invisible", 0x7A1FA2, fill: 0.2, width: 0.25)
    static let unknown = Style("no Unicode", 0xC2185B, fill: 0.35, width: 0.4)
    static let left = Style("left out: clipped or tilted", 0xD9480F, fill: 0.2, width: 0.4)
    static let all = [shown, artifact, invisible, unknown, left]
  }

  /// The em box of each painted character.
  static func glyphs(on page: PageLayout, _ sheet: consuming Sheet) -> Drawing {
    for glyph in page.glyphs {
      let style =
        !glyph.isShown
        ? GlyphStyle.left
        : glyph.flags.contains(.noUnicode)
          ? GlyphStyle.unknown
          : glyph.flags.contains(.invisible)
            ? GlyphStyle.invisible
            : glyph.flags.contains(.artifact) ? GlyphStyle.artifact : GlyphStyle.shown
      sheet.add(box(of: glyph), style, note: LayoutDump.glyph(glyph, on: page))
    }
    return sheet.drawing(styles: GlyphStyle.all)
  }

  /// From 0.85 of the size above the baseline to 0.15 below it, as boxes of words.
  private static func box(of glyph: Glyph) -> Rect {
    let quarters = Int(glyph.direction.rawValue)
    // Around its own origin first, then turned to where it runs.
    let turn = QuarterTurn(quarters: quarters, width: 0, height: 0)
    let box = turn.apply(
      Rect(minX: 0, minY: -0.85 * glyph.size, maxX: glyph.advance, maxY: 0.15 * glyph.size))
    return Rect(
      minX: glyph.origin.x + box.minX, minY: glyph.origin.y + box.minY,
      maxX: glyph.origin.x + box.maxX, maxY: glyph.origin.y + box.maxY)
  }

  // MARK: - Words

  private enum WordStyle {
    static let word = Style("word", 0x1C6DD0, fill: 0.14, width: 0.3)
    static let bold = Style("bold word", 0x0B3D91, fill: 0.3, width: 0.3)
    static let sideways = Style("word running another way", 0xE08A00, fill: 0.25, width: 0.3)
    static let line = Style("line outside of tables", 0xC2185B, width: 0.6)
    static let all = [word, bold, sideways, line]
  }

  /// All words, and the lines that are left outside of tables.
  static func words(of analysis: PageAnalysis, _ sheet: consuming Sheet) -> Drawing {
    let layout = analysis.upright.layout
    for word in WordBuilder(page: layout).words(from: analysis.visibleGlyphs) {
      let style =
        word.direction != .right
        ? WordStyle.sideways : word.isBold ? WordStyle.bold : WordStyle.word
      sheet.add(word.box, style, note: LayoutDump.word(word))
    }
    for line in analysis.lines + analysis.sideways {
      sheet.add(line.box.expanded(by: 1), WordStyle.line, note: LayoutDump.line(line))
    }
    return sheet.drawing(styles: WordStyle.all)
  }

  // MARK: - Rulings

  private enum RulingStyle {
    static let shading = Style("shading", 0x2E9E5B, fill: 0.3, width: 0.4)
    static let image = Style("image", 0x7A4A2A, fill: 0.08, width: 0.8, dash: 3)
    static let drawn = Style("ruling as drawn", 0xF0A000, width: 3, opacity: 0.5)
    static let merged = Style("ruling as merged", 0x0B3D91, width: 0.6)
    static let diagonal = Style("diagonal", 0x7A1FA2, width: 1)
    static let all = [drawn, merged, diagonal, shading, image]
  }

  /// Drawn lines, filled areas and pictures; on top of them the lines after merging.
  static func rulings(of analysis: PageAnalysis, _ sheet: consuming Sheet) -> Drawing {
    let layout = analysis.upright.layout
    for shading in layout.shadings {
      sheet.add(shading.box, RulingStyle.shading, note: "shading \(LayoutDump.box(shading.box))")
    }
    for image in layout.images {
      sheet.add(
        image.box, RulingStyle.image,
        note: "image \(LayoutDump.box(image.box)) pixels \(image.pixelWidth) × \(image.pixelHeight)"
      )
    }
    for diagonal in layout.diagonals {
      sheet.add([diagonal.start, diagonal.end], RulingStyle.diagonal)
    }
    for (rulings, style) in [
      (layout.rulings, RulingStyle.drawn),
      (RulingMerger.lines(of: layout.rulings), RulingStyle.merged),
    ] {
      for ruling in rulings {
        sheet.add(ends(of: ruling), style, note: LayoutDump.ruling(ruling))
      }
    }
    return sheet.drawing(styles: RulingStyle.all)
  }

  private static func ends(of ruling: Ruling) -> [Point] {
    [ruling.extent.lower, ruling.extent.upper].map { place in
      ruling.axis == .horizontal
        ? Point(x: place, y: ruling.position) : Point(x: ruling.position, y: place)
    }
  }

  // MARK: - Grids

  private enum GridStyle {
    static let edge = Style("column or row edge", 0x777777, width: 0.3, dash: 1.5)
    static let cell = Style("cell", 0x1C6DD0, fill: 0.06, width: 0.8)
    static let span = Style("cell with a span", 0x7A1FA2, fill: 0.2, width: 0.8)
    static let all = [edge, cell, span, Confidence.fair, Confidence.low]
  }

  /// Cells before they have a meaning, each with its row and column.
  static func grids(of analysis: PageAnalysis, _ sheet: consuming Sheet) -> Drawing {
    let boxes = analysis.tables.map(\.box)
    for table in analysis.tables { add(table, besides: boxes, to: &sheet) }
    return sheet.drawing(styles: GridStyle.all)
  }

  private static func add(
    _ table: PageGrid, besides others: [Rect], to sheet: inout Sheet
  ) {
    let (xs, ys) = (table.columnEdges, table.rowEdges)
    guard xs.count == table.grid.columnCount + 1, ys.count == table.grid.rowCount + 1,
      let left = xs.first, let right = xs.last, let top = ys.first, let bottom = ys.last
    else { return }
    for x in xs { sheet.add([Point(x: x, y: top), Point(x: x, y: bottom)], GridStyle.edge) }
    for y in ys { sheet.add([Point(x: left, y: y), Point(x: right, y: y)], GridStyle.edge) }
    let boxes = table.grid.cells.map { cell in
      // A little inside of its edges, so that neighbours can be told apart.
      Rect(
        minX: xs[cell.columns.lowerBound], minY: ys[cell.rows.lowerBound],
        maxX: xs[cell.columns.upperBound], maxY: ys[cell.rows.upperBound]
      ).expanded(by: -0.8)
    }
    for (cell, box) in zip(table.grid.cells, boxes) {
      let isSpan = cell.rows.count > 1 || cell.columns.count > 1
      let note = LayoutDump.cell(cell)
      sheet.add(box, isSpan ? GridStyle.span : GridStyle.cell, note: note)
      if let grade = Confidence.style(of: cell.confidence) { sheet.add(box, grade, note: note) }
      let span = isSpan ? " \(cell.rows.count)x\(cell.columns.count)" : ""
      sheet.label(
        "\(cell.rows.lowerBound),\(cell.columns.lowerBound)\(span)", at: box, .edge, size: 4,
        color: (isSpan ? GridStyle.span : GridStyle.cell).color, note: note)
    }
    sheet.caption(
      [table.isRuled ? "ruled" : "aligned", "\(table.grid.rowCount)x\(table.grid.columnCount)"],
      of: table.box, besides: others, color: 0x333333)
  }
}

/// How doubt about a cell is shown.
enum Confidence {
  static let fair = Style("confidence under 0.9", 0xE08A00, width: 1.1, dash: 2)
  static let low = Style("confidence under 0.7", 0xD00000, width: 1.4, dash: 2)

  /// Nil for a cell without more doubt than alignment always leaves.
  static func style(of confidence: Double) -> Style? {
    confidence < 0.7 ? low : confidence < 0.9 ? fair : nil
  }
}
