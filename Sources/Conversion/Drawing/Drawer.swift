import DocumentModel
import LayoutAnalysis
import LayoutModel
import PageDrawing
import PageGeometry
import PageRendering

/// Draws what stages of a conversion made of a PDF over pictures of its pages.
///
/// The pictures show the same values that `Inspector` prints, and change nothing of them. The last
/// two stages see the whole document: a selection of pages says which of them are drawn, and ids are
/// those of the JSON of the whole document.
public struct Drawer: Sendable {
  /// What to draw.
  public enum Stage: String, Sendable, CaseIterable {
    /// Painted characters as extracted.
    case glyphs
    /// Words of the page, and lines outside of tables.
    case words
    /// Drawn lines before and after merging, filled areas, pictures.
    case rulings
    /// Grids of cells before they have a meaning.
    case grid
    /// Tables with the meaning of their cells.
    case headers
    /// The blocks of the document in reading order.
    case blocks

    /// Whether it needs all pages of the document.
    var seesDocument: Bool { self == .headers || self == .blocks }
    /// Whether it is a stage of the analysis of a page, which may see it turned.
    var seesAnalysis: Bool { self == .words || self == .rulings || self == .grid }
  }

  /// One stage on one page.
  public struct Picture: Sendable {
    /// What is drawn.
    public var stage: Stage
    /// The page number, from 1.
    public var page: Int
    /// A file that holds the picture of the page and shapes over it; notes on them are shown while
    /// the pointer is there.
    public var svg: [UInt8]
    /// The same as pixels.
    public var png: [UInt8]
  }

  /// Pixels an inch: small type and the labels of cells can be read.
  static let resolution = 192.0

  /// A large page is drawn with fewer pixels an inch, so that it has at most this many.
  static let pixelLimit = 16e6

  /// A page that is larger, in points, is none: a thousand times what readers of PDF take.
  static let pageLimit = 14.4e6

  private let stages: [Stage]
  private let pages: PageSelection?

  /// Creates a drawer for some stages and some or all pages.
  public init(stages: [Stage], pages: PageSelection? = nil) {
    self.stages = stages
    self.pages = pages
  }

  /// Draws one original.
  ///
  /// - Parameters:
  ///   - bytes: The whole file, a PDF.
  ///   - name: The file name, for messages.
  ///   - progress: Called after each step, with the number of a page that is done or 0.
  ///   - emit: Takes the pictures, page by page.
  /// - Throws: `ConversionError`, as `Converter` does, and what `emit` throws.
  public func draw(
    _ bytes: [UInt8], name: String, progress: @escaping @Sendable (Int) -> Void = { _ in },
    emit: (Picture) throws -> Void
  ) throws {
    let found: String? =
      switch FormatDetector.format(of: bytes) {
      case .wordPackage: "a Word document, which has no pages"
      case .ofd: "an OFD document, whose pages are not painted"
      default: nil
      }
    if let found {
      throw ConversionError(
        file: name, stage: .detection, kind: .badRequest, expected: "a PDF, whose pages are drawn",
        found: found)
    }
    if case .image = FormatDetector.format(of: bytes) {
      throw ConversionError(
        file: name, stage: .detection, kind: .badRequest, expected: "a PDF, whose pages are drawn",
        found: "an image")
    }
    let document = try wholeDocument(bytes, name: name, progress: progress)
    var reader = try PDFPages(bytes: bytes, name: name, selection: pages)
    let renderer = try Self.rendering(name: name, page: nil) { () throws(RenderingError) in
      try PageRenderer(bytes: bytes)
    }
    while let page = try reader.next() {
      let canvas = try Canvas(of: page, name: name, renderer: renderer)
      progress(0)
      // The stages of a page are worked out once for all that show them.
      let analysis = stages.contains(where: \.seesAnalysis) ? PageAnalysis(page) : nil
      for stage in stages {
        let sheet = canvas.sheet(
          stage, name: name, turn: stage.seesAnalysis ? analysis?.upright.turn.inverse : nil)
        let drawing = Self.drawing(
          stage, of: page, sheet, analysis: analysis, document: document)
        try emit(canvas.picture(of: drawing, stage: stage, name: name))
        progress(0)
      }
      progress(page.number)
    }
  }

  /// The document that stages draw which see all pages; also the way to the errors of a conversion
  /// for what is no PDF.
  private func wholeDocument(
    _ bytes: [UInt8], name: String, progress: @escaping @Sendable (Int) -> Void
  ) throws(ConversionError) -> DocumentSheets? {
    if case .pdf = FormatDetector.format(of: bytes), !stages.contains(where: \.seesDocument) {
      return nil
    }
    return DocumentSheets(try Converter().convert(bytes, name: name, pageDone: progress))
  }

  private static func drawing(
    _ stage: Stage, of page: PageLayout, _ sheet: Sheet, analysis: PageAnalysis?,
    document: DocumentSheets?
  ) -> Drawing {
    switch (stage, analysis, document) {
    case (.glyphs, _, _): PageSheets.glyphs(on: page, sheet)
    case (.words, let analysis?, _): PageSheets.words(of: analysis, sheet)
    case (.rulings, let analysis?, _): PageSheets.rulings(of: analysis, sheet)
    case (.grid, let analysis?, _): PageSheets.grids(of: analysis, sheet)
    case (.headers, _, let document?): document.headers(on: page.number, sheet)
    case (.blocks, _, let document?): document.blocks(on: page.number, sheet)
    default: sheet.drawing(styles: [])
    }
  }

  /// Runs something that paints, with its errors as those of a conversion.
  fileprivate static func rendering<Result>(
    name: String, page: Int?, _ body: () throws(RenderingError) -> Result
  ) throws(ConversionError) -> Result {
    do throws(RenderingError) {
      return try body()
    } catch {
      let (kind, expected, found): (ConversionError.Kind, String, String) =
        switch error {
        case .encrypted: (.encrypted, "a PDF that opens without a password", "an encrypted one")
        case .damaged: (.damaged, "a PDF with a readable page tree", "none, even after a repair")
        case .pageDamaged, .noSuchPage, .outsidePage:
          (.damaged, "a page that can be painted", "damaged objects")
        case .tooManyPixels, .outOfMemory: (.limit, "a picture that fits in memory", "a larger one")
        case .failed:
          (.internalFailure, "an answer from the PDF renderer", "a failure without name")
        }
      throw ConversionError(
        file: name, stage: .drawing, page: page, kind: kind, expected: expected, found: found,
        underlying: error)
    }
  }
}

/// The picture of one page, on which each stage is drawn anew.
private struct Canvas {
  private let page: PageLayout
  private let resolution: Double
  private let picture: Drawing.Picture

  init(of page: PageLayout, name: String, renderer: PageRenderer) throws(ConversionError) {
    guard max(page.width, page.height) <= Drawer.pageLimit else {
      throw ConversionError(
        file: name, stage: .drawing, page: page.number, kind: .limit,
        expected: "a page of at most \(Int(Drawer.pageLimit)) points", found: "a larger one")
    }
    let fitting = 72 * (Drawer.pixelLimit / max(page.width * page.height, 1)).squareRoot()
    let resolution = min(Drawer.resolution, fitting)
    self.page = page
    self.resolution = resolution
    picture = try Drawer.rendering(name: name, page: page.number) { () throws(RenderingError) in
      let bitmap = try renderer.bitmap(ofPageAt: page.number - 1, resolution: resolution)
      return Drawing.Picture(
        bitmap: bitmap, png: try PNGEncoder.bytes(of: bitmap, resolution: resolution),
        box: Rect(minX: 0, minY: 0, maxX: page.width, maxY: page.height))
    }
  }

  /// An empty sheet; `turn` takes places of stages that see pages upright back to the page.
  func sheet(_ stage: Drawer.Stage, name: String, turn: QuarterTurn?) -> Sheet {
    let none = QuarterTurn(quarters: 0, width: page.width, height: page.height)
    return Sheet(
      page: picture, heading: "page \(page.number), \(stage.rawValue)",
      title: "\(name), page \(page.number), \(stage.rawValue)",
      turn: turn ?? none, fading: 0.35)
  }

  func picture(
    of drawing: Drawing, stage: Drawer.Stage, name: String
  ) throws(ConversionError) -> Drawer.Picture {
    let png = try Drawer.rendering(name: name, page: page.number) { () throws(RenderingError) in
      try PNGEncoder.bytes(
        of: DrawingImage.bitmap(of: drawing, resolution: resolution), resolution: resolution)
    }
    return Drawer.Picture(
      stage: stage, page: page.number, svg: SVGWriter.bytes(of: drawing), png: png)
  }
}
