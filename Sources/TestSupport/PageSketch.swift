package import LayoutModel
import PageGeometry

/// A page drawn with characters, so that a test shows the page that it is about.
///
///     ┌────────┬───────┐      Each character stands in a cell of half an em by one leading; wide
///     │ Region │ 2024  │      ones (ideographs, full-width forms) take two cells, as in an editor.
///     ├────────┼───────┤
///     │ East   │ 1,009 │      Box-drawing characters are rulings through the middles of their
///     └────────┴───────┘      cells, ═ is a double line, ░ shades its row from the first to the
///                             last ░, ␣ is a printed space, and a blank is white paper.
package struct PageSketch {
  /// The lines of the drawing.
  package var art: String
  /// Font size in points.
  package var size: Double
  /// Height of a line of the drawing in points.
  package var leading: Double
  /// Left edge of the drawing on the page.
  package var left: Double
  /// Top edge of the drawing on the page.
  package var top: Double
  package var pageNumber: Int
  package var width: Double
  package var height: Double
  /// Lines of the drawing, from 0, that are set in bold type.
  package var boldRows: Set<Int>

  package init(
    _ art: String, size: Double = 10, leading: Double? = nil, left: Double = 40, top: Double = 40,
    pageNumber: Int = 1, width: Double = 595, height: Double = 842, boldRows: Set<Int> = []
  ) {
    self.art = art
    self.size = size
    self.leading = leading ?? 1.2 * size
    self.left = left
    self.top = top
    self.pageNumber = pageNumber
    self.width = width
    self.height = height
    self.boldRows = boldRows
  }

  /// The page that the drawing shows; rulings are one piece each, from end to end.
  package func page() -> PageLayout {
    var page = PageLayout(
      number: pageNumber, width: width, height: height,
      fonts: [Font(name: "Sketch"), Font(name: "Sketch-Bold", isBold: true)])
    let rows = art.split(separator: "\n", omittingEmptySubsequences: false).map(Self.cells)
    for (row, cells) in rows.enumerated() {
      addGlyphs(of: cells, row: row, to: &page)
      addHorizontals(of: cells, row: row, to: &page)
      addShading(of: cells, row: row, to: &page)
    }
    for column in 0..<(rows.map(\.count).max() ?? 0) {
      addVerticals(of: rows.map { column < $0.count ? $0[column] : nil }, column, to: &page)
    }
    return page
  }

  /// The width of a character in cells.
  package static func cellCount(_ scalar: Unicode.Scalar) -> Int {
    switch scalar.value {
    case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0x4DBF, 0x4E00...0xA4CF, 0xAC00...0xD7A3,
      0xF900...0xFAFF, 0xFE30...0xFE4F, 0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x20000...0x3FFFD:
      2
    default: 1
    }
  }

  // MARK: - Cells

  /// One entry a cell; nil for blank paper and for the second half of a wide character.
  private static func cells(of line: Substring) -> [Unicode.Scalar?] {
    var cells: [Unicode.Scalar?] = []
    for scalar in line.unicodeScalars {
      cells.append(scalar == " " ? nil : scalar)
      if cellCount(scalar) == 2 { cells.append(nil) }
    }
    return cells
  }

  private func x(_ column: Double) -> Double { left + column * size / 2 }
  private func y(_ row: Double) -> Double { top + row * leading }

  /// The arms of a box-drawing character: left, right, up, down; nil for any other character.
  private static func arms(
    _ scalar: Unicode.Scalar
  ) -> (left: Bool, right: Bool, up: Bool, down: Bool)? {
    switch scalar {
    case "─", "═": (true, true, false, false)
    case "│": (false, false, true, true)
    case "┌": (false, true, false, true)
    case "┐": (true, false, false, true)
    case "└": (false, true, true, false)
    case "┘": (true, false, true, false)
    case "├", "╞": (false, true, true, true)
    case "┤", "╡": (true, false, true, true)
    case "┬": (true, true, false, true)
    case "┴": (true, true, true, false)
    case "┼", "╪": (true, true, true, true)
    default: nil
    }
  }

  // MARK: - Drawn things

  private func addGlyphs(of cells: [Unicode.Scalar?], row: Int, to page: inout PageLayout) {
    for (column, cell) in cells.enumerated() {
      guard let scalar = cell, Self.arms(scalar) == nil, scalar != "░" else { continue }
      page.glyphs.append(
        Glyph(
          scalar: scalar == "␣" ? " " : scalar,
          origin: Point(
            x: x(Double(column)), y: y(Double(row)) + (leading - size) / 2 + 0.85 * size),
          advance: Double(Self.cellCount(scalar)) * size / 2, size: size,
          fontIndex: boldRows.contains(row) ? 1 : 0))
    }
  }

  private func addHorizontals(of cells: [Unicode.Scalar?], row: Int, to page: inout PageLayout) {
    var start: Double?
    var isDouble = false
    for (column, cell) in (cells + [nil]).enumerated() {
      let arms = cell.flatMap(Self.arms)
      if start == nil, let arms, arms.right || arms.left {
        start = Double(column) + (arms.left ? 0 : 0.5)
        isDouble = false
      }
      if let cell, "═╞╪╡".unicodeScalars.contains(cell) { isDouble = true }
      guard let from = start, arms?.right != true else { continue }
      let end = Double(column) + (arms?.left == true ? 0.5 : 0)
      for offset in isDouble ? [-0.75, 0.75] : [0] {
        page.rulings.append(
          Ruling(
            axis: .horizontal, position: y(Double(row) + 0.5) + offset,
            extent: Interval(x(from), x(end)), thickness: 0.5))
      }
      start = nil
    }
  }

  private func addVerticals(
    of cells: [Unicode.Scalar?], _ column: Int, to page: inout PageLayout
  ) {
    var start: Double?
    for (row, cell) in (cells + [nil]).enumerated() {
      let arms = cell.flatMap(Self.arms)
      if start == nil, let arms, arms.up || arms.down {
        start = Double(row) + (arms.up ? 0 : 0.5)
      }
      guard let from = start, arms?.down != true else { continue }
      let end = Double(row) + (arms?.up == true ? 0.5 : 0)
      page.rulings.append(
        Ruling(
          axis: .vertical, position: x(Double(column) + 0.5),
          extent: Interval(y(from), y(end)), thickness: 0.5))
      start = nil
    }
  }

  private func addShading(of cells: [Unicode.Scalar?], row: Int, to page: inout PageLayout) {
    guard let first = cells.firstIndex(of: "░"), let last = cells.lastIndex(of: "░") else { return }
    page.shadings.append(
      Shading(
        box: Rect(
          minX: x(Double(first)), minY: y(Double(row)), maxX: x(Double(last + 1)),
          maxY: y(Double(row + 1))), color: 0xDDDDDD))
  }
}
