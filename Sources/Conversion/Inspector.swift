import DOCXExtraction
import DocumentModel
import LayoutAnalysis
import LayoutModel
import PageGeometry
import TableReconstruction

/// Runs a conversion up to one stage and dumps what that stage made, page after page.
///
/// The stages are those of `PageAssembler`, called in the same order with the same parameters, so
/// that a dump shows what the next stage sees.
public struct Inspector: Sendable {
  /// What to look at.
  public enum Stage: String, Sendable, CaseIterable {
    /// Painted characters as extracted, in the order in which they were painted.
    case glyphs
    /// Words of the page, tables included, turned upright.
    case words
    /// Lines outside ruled tables, turned upright.
    case lines
    /// Drawn lines, filled areas and pictures as extracted, then lines as merged.
    case rulings
    /// Grids of cells before they have a meaning.
    case grid
    /// The blocks of the document.
    case blocks
  }

  private let stage: Stage
  private let pages: PageSelection?

  /// Creates an inspector for one stage and some or all pages.
  public init(stage: Stage, pages: PageSelection? = nil) {
    self.stage = stage
    self.pages = pages
  }

  /// Dumps a stage of one original.
  ///
  /// - Parameters:
  ///   - bytes: The whole file.
  ///   - name: The file name, for messages.
  ///   - pageDone: Called after each page with its number.
  ///   - emit: Takes the dump piece by piece, in order.
  /// - Throws: `ConversionError`, as `Converter` does, and what `emit` throws.
  public func dump(
    _ bytes: [UInt8], name: String, pageDone: @escaping @Sendable (Int) -> Void = { _ in },
    emit: (String) throws -> Void
  ) throws {
    switch (stage, FormatDetector.format(of: bytes)) {
    case (.blocks, _), (_, .encryptedOffice), (_, .unsupported), (_, .unknown):
      // What is not a document fails here, with the words of the conversion.
      let converter = Converter(options: Converter.Options(pages: pages))
      let document = try converter.convert(bytes, name: name, pageDone: pageDone)
      try emit(LayoutDump.blocks(document.blocks))
      try emit(LayoutDump.notes(document.notes))
    case (.grid, .wordPackage):
      let layout = try DOCXConversion.layout(of: bytes, name: name, options: DOCXOptions())
      for case .table(let table) in layout.blocks { try emit(LayoutDump.grid(table.grid)) }
    case (_, .wordPackage), (_, .legacy):
      throw ConversionError(
        file: name, stage: .detection, kind: .badRequest, expected: "a PDF or OFD for this stage",
        found: "a Word document, which has no pages")
    case (_, .pdf):
      try dump(PDFPages(bytes: bytes, name: name, selection: pages), emit, pageDone)
    case (_, .ofd):
      try dump(OFDPages(bytes: bytes, name: name, selection: pages), emit, pageDone)
    case (_, .image(let format)):
      try dump(
        ImagePages(
          bytes: bytes, format: format, name: name, selection: pages, recognition: .auto),
        emit, pageDone)
    }
  }

  private func dump(
    _ selected: some SelectedPages, _ emit: (String) throws -> Void, _ pageDone: (Int) -> Void
  ) throws {
    var reader = selected
    while let page = try reader.next() {
      try emit(dump(of: page))
      pageDone(page.number)
    }
  }

  private func dump(of page: PageLayout) -> String {
    let upright = UprightPage(page)
    let layout = upright.layout
    let turn = upright.turn.quarters == 0 ? "" : "  turned by \(90 * upright.turn.quarters)°\n"
    switch stage {
    case .glyphs:
      return LayoutDump.glyphs(of: page)
    case .rulings:
      return LayoutDump.rulings(of: page) + "  merged\n" + turn
        + RulingMerger.lines(of: layout.rulings).map {
          LayoutDump.indented(LayoutDump.ruling($0), 2)
        }.joined()
    case .words:
      return LayoutDump.header(of: page) + turn
        + WordBuilder(page: layout).words(from: PageAnalysis.visibleGlyphs(of: layout)).map {
          LayoutDump.indented(LayoutDump.word($0), 1)
        }.joined()
    case .lines:
      let analysis = PageAnalysis(page)
      return LayoutDump.header(of: page) + turn
        + (analysis.lines + analysis.sideways).map {
          LayoutDump.indented(LayoutDump.line($0), 1)
        }.joined()
    case .grid, .blocks:
      return LayoutDump.header(of: page) + turn
        + PageAnalysis(page).tables.map { LayoutDump.grid($0.grid, indent: 1) }.joined()
    }
  }
}
