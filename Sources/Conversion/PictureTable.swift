import DocumentModel
import LayoutModel
import PageGeometry
import TableReconstruction

/// A table that is a picture on a page of text: what was read of it, and how the page takes it in.
///
/// Charts and plans have rules and figures too. So what was read is put through the analysis of pages by
/// itself first, and taken only where nearly all of it is a table; nothing of a picture that is none gets
/// into the document.
struct PictureTable {
  /// Of the picture on the page.
  var box: Rect
  /// What was read, with places from the corner.
  var layout: PageLayout
  /// Where the painted part of the page begins.
  var corner: Point
  /// What is to be said about how it was read.
  var notes: [Note]

  /// Fewer level rules are no table.
  private static let minimumRules = 3
  /// A table has at least this many rows and columns, and cells with text.
  private static let minimumCount = 2
  private static let minimumFilled = 4
  /// Text fills this share of its cells; the squares of a chart are empty.
  private static let filledShare = 1.0 / 3
  /// This share of what was read stands in tables: captions and notes may stand beside them.
  private static let tableShare = 0.6

  /// Whether drawn lines may be those of a table.
  static func mayBeTable(_ rulings: [Ruling]) -> Bool {
    rulings.count { $0.axis == .horizontal } >= minimumRules
  }

  /// Whether a picture is a table and little else.
  static func isTable(_ page: PageLayout) -> Bool {
    let grids = PageAnalysis(page).tables.filter { found in
      let filled = found.grid.cells.count { !$0.text.isEmpty }
      return found.grid.rowCount >= minimumCount && found.grid.columnCount >= minimumCount
        && filled >= minimumFilled
        && Double(filled) >= filledShare * Double(found.grid.cells.count)
    }
    let inside = page.glyphs.count { glyph in
      grids.contains { $0.box.contains(glyph.origin, tolerance: glyph.size / 2) }
    }
    return !page.glyphs.isEmpty && Double(inside) >= tableShare * Double(page.glyphs.count)
  }

  /// The page with what was read in place of the picture, and without the old text layer in it.
  func added(to page: PageLayout) -> PageLayout {
    var result = page
    var kept: [Glyph] = []
    var confidences: [Float] = []
    for (index, glyph) in page.glyphs.enumerated() {
      if glyph.flags.contains(.invisible), box.contains(glyph.origin) { continue }
      kept.append(glyph)
      confidences.append(page.confidences.isEmpty ? 1 : page.confidences[index])
    }
    let font = Int32(page.fonts.count)
    result.fonts += layout.fonts
    result.glyphs =
      kept
      + layout.glyphs.map { glyph in
        var moved = glyph
        moved.origin.x += corner.x
        moved.origin.y += corner.y
        moved.fontIndex += font
        return moved
      }
    result.confidences = confidences + layout.confidences
    result.rulings += layout.rulings.map { ruling in
      var moved = ruling
      let (across, along) =
        ruling.axis == .horizontal ? (corner.y, corner.x) : (corner.x, corner.y)
      moved.position += across
      moved.extent = Interval(ruling.extent.lower + along, ruling.extent.upper + along)
      return moved
    }
    return result
  }
}
