import DocumentModel
import LayoutAnalysis
import LayoutModel
import PageGeometry
import PageRendering
import TableReconstruction
import TextRecognition

/// Reads pages from their pictures where their text layer does not say what they show.
///
/// Between extraction and analysis: a page comes in as extracted and leaves as if it had a text layer
/// and drawn lines of its own, so that nothing behind it knows of scans. Two pages on one picture leave as
/// two. On a page whose text layer is sound, tables that are pictures are read too. Nothing is loaded
/// before a page needs it.
final class PageRecognition {
  /// What became of a page, and what is to be said about how it was read.
  struct Outcome: Sendable {
    /// One page, or the two of a double page.
    var pages: [PageLayout]
    var notes: [Note] = []
    /// Why a page that should have been read was not.
    var error: RecognitionError?
  }

  /// The PDF; empty where pages come as pictures.
  private let bytes: [UInt8]
  private let stepDone: @Sendable () -> Void
  private var renderer: PageRenderer?
  private var engines: RecognitionEngines?

  /// - Parameters:
  ///   - bytes: The PDF; empty where pages come as pictures.
  ///   - stepDone: Called now and then while a page is read, which may take long.
  init(bytes: [UInt8], stepDone: @escaping @Sendable () -> Void = {}) {
    self.bytes = bytes
    self.stepDone = stepDone
  }

  /// What there is to do on a page.
  enum Task: Sendable {
    /// Its text layer is all there is.
    case nothing
    /// It is read from its picture, for a reason.
    case wholePage(reason: String)
    /// Pictures on it may hold tables.
    case pictures([PagePictures.Candidate])
  }

  /// What there is to do on a page, told from its layout alone.
  static func task(
    on page: PageLayout, choice: Converter.Options.Recognition
  ) -> Task {
    switch choice {
    case .never: return .nothing
    case .always: return .wholePage(reason: "asked for")
    case .auto:
      switch ScannedPageTest.verdict(on: page) {
      case .sound:
        let pictures = PagePictures.candidates(on: page)
        return pictures.isEmpty ? .nothing : .pictures(pictures)
      case .empty: return .nothing
      case .missing: return .wholePage(reason: "it has no text layer")
      case .untrusted(let reason): return .wholePage(reason: reason)
      }
    }
  }

  /// Does what there is to do on a page.
  func read(_ page: PageLayout, _ task: Task) -> Outcome {
    switch task {
    case .nothing: return Outcome(pages: [page])
    case .pictures(let pictures): return withTables(of: pictures, on: page)
    case .wholePage(let reason):
      do throws(RecognitionError) {
        return try recognized(page, because: reason)
      } catch {
        return Outcome(pages: [page], error: error)
      }
    }
  }

  /// The page that a picture is, with nothing read of it.
  static func page(of picture: ImageFile.Picture, number: Int) -> PageLayout {
    let points = 72 / picture.resolution
    return PageLayout(
      number: number, width: Double(picture.bitmap.width) * points,
      height: Double(picture.bitmap.height) * points)
  }

  /// Reads a page that is a picture.
  func read(_ picture: ImageFile.Picture, number: Int) -> Outcome {
    let page = Self.page(of: picture, number: number)
    do throws(RecognitionError) {
      return try recognized(
        page, from: picture.bitmap, resolution: picture.resolution, because: "it is one")
    } catch {
      return Outcome(pages: [page], error: error)
    }
  }

  // MARK: - Whole pages

  private func recognized(
    _ page: PageLayout, because reason: String
  ) throws(RecognitionError) -> Outcome {
    // Without an engine nothing needs painting.
    _ = try loadedEngines().lineRecognizer()
    if let picture = ScannedPageTest.wholePicture(of: page), let samples = picture.samples,
      let bitmap = try opened().picture(
        object: samples.object, part: samples.part, width: picture.pixelWidth,
        height: picture.pixelHeight, isGreyOnly: true)
    {
      return try recognized(
        page, from: bitmap, resolution: 72 * Double(picture.pixelWidth) / page.width,
        because: reason)
    }
    let resolution = ScannedPageTest.resolution(of: page)
    return try recognized(
      page, from: try bitmap(of: page, resolution: resolution), resolution: resolution,
      because: reason)
  }

  private func loadedEngines() -> RecognitionEngines {
    let loaded =
      engines
      ?? RecognitionEngines(folder: RecognitionFolder.installed(), batchDone: stepDone)
    engines = loaded
    return loaded
  }

  private func recognized(
    _ page: PageLayout, from bitmap: Bitmap, resolution: Double, because reason: String
  ) throws(RecognitionError) -> Outcome {
    let engines = loadedEngines()
    let recognizer = try engines.lineRecognizer()
    stepDone()
    let reader = try ScanReader(
      bitmap, resolution: resolution, pageWidth: page.width, pageHeight: page.height,
      engines: engines)
    stepDone()
    let read = try reader.layout(
      number: page.number, cells: TableReconstructor.cellBoxes(of: reader.rulings),
      recognizer: recognizer)
    let note = Note(
      code: "page.recognized", severity: .info,
      message: "page \(page.number) was read from its picture by \(recognizer.name): \(reason)")
    let lost =
      read.lostLines == 0
      ? []
      : [
        Note(
          code: "page.crowded", severity: .warning,
          message: "page \(page.number): \(read.lostLines) small pieces of ink were not read: "
            + "no page has so many lines")
      ]
    let unturned =
      reader.isOrientationTold
      ? []
      : [
        Note(
          code: "page.orientationUnknown", severity: .warning,
          message: "page \(page.number) was taken as upright, which nothing could tell; "
            + RecognitionEngines.advice)
      ]
    let remarks = Self.remarks(on: read, stamps: reader.stamps, page: page.number) {
      reader.turn.inverse.apply(reader.skew.displayed($0))
    }
    return Outcome(
      pages: Self.pages(of: read.page, on: page, reader), notes: [note] + unturned + lost + remarks)
  }

  /// The page as displayed, or the two pages of a double one in the order in which they are read.
  private static func pages(
    of upright: PageLayout, on page: PageLayout, _ reader: ScanReader
  ) -> [PageLayout] {
    let back = reader.turn.inverse
    func displayed(_ upright: PageLayout) -> PageLayout {
      let turn = QuarterTurn(
        quarters: back.quarters, width: upright.width, height: upright.height)
      var result = UprightPage.turned(upright, by: turn)
      result.rotation = page.rotation
      result.images = page.images
      result.skew = PageSkew(
        degrees: reader.skew.degrees, width: page.width, height: page.height)
      return result
    }
    guard let fold = DoublePage.fold(of: upright) else { return [displayed(upright)] }
    let (left, right) = DoublePage.halves(of: upright, fold: fold)
    return [(left, 0), (right, fold)].map { half, start in
      let box = back.apply(
        Rect(minX: start, minY: 0, maxX: start + half.width, maxY: half.height))
      var result = displayed(half)
      result.half = PageHalf(
        corner: Point(x: box.minX, y: box.minY), sheetWidth: page.width, sheetHeight: page.height,
        isSecond: start > 0)
      return result
    }
  }

  /// Notes on what a careful reader should compare with the picture; `place` takes a box of it to one of
  /// the page of the original.
  private static func remarks(
    on read: ScanReader.Result, stamps: [Rect], page: Int, place: (Rect) -> Rect
  ) -> [Note] {
    read.choices.map { choice in
      Note(
        code: ReviewList.reading, severity: .warning,
        message: "read as \(choice.free) among numbers; taken for \(choice.taken)",
        provenance: [.page(number: page, box: place(choice.box))])
    }
      + read.disagreements.map { doubt in
        Note(
          code: ReviewList.disagreement, severity: .warning,
          message: "\(doubt.taken) was also read as \(doubt.other)",
          provenance: [.page(number: page, box: place(doubt.box))])
      }
      + read.unread.map { cell in
        Note(
          code: ReviewList.unread, severity: .warning,
          message: "there is ink here of which nothing was read",
          provenance: [.page(number: page, box: place(cell))])
      }
      + stamps.map { stamp in
        Note(
          code: ReviewList.stamp, severity: .warning, message: "under a seal, stamp or drawing",
          provenance: [.page(number: page, box: place(stamp))])
      }
  }

  // MARK: - Tables that are pictures on pages of text

  /// A page of text with the tables of its pictures.
  private func withTables(
    of pictures: [PagePictures.Candidate], on page: PageLayout
  ) -> Outcome {
    var outcome = Outcome(pages: [page])
    for picture in pictures {
      do throws(RecognitionError) {
        if let copy = try copy(of: picture), !PagePictures.hasRules(copy) { continue }
        let copy = try painted { renderer throws(RenderingError) in
          try renderer.pictures(
            ofPageAt: page.number - 1, resolution: PagePictures.lookResolution, clip: picture.box)
        }
        guard PagePictures.hasRules(copy), let table = try table(in: picture, on: page) else {
          continue
        }
        outcome.pages = outcome.pages.map { table.added(to: $0) }
        outcome.notes += table.notes
      } catch {
        outcome.notes.append(
          Note(
            code: "picture.notRecognized", severity: .warning,
            message: "page \(page.number): a picture that may be a table was not read: \(error)",
            provenance: [.page(number: page.number, box: picture.box)]))
      }
    }
    return outcome
  }

  /// A small copy of a picture that is read from its object alone; nil where it has to be painted.
  ///
  /// Most pictures are told from tables by it, and never painted.
  private func copy(of picture: PagePictures.Candidate) throws(RecognitionError) -> Bitmap? {
    guard let image = picture.image, let samples = image.samples else { return nil }
    func pixels(_ length: Double, _ samples: Int, _ part: Interval) -> Int {
      let points = (length * part.length * PagePictures.lookResolution / 72).rounded(.up)
      return Int(min(points, (Double(samples) * part.length).rounded(.down)))
    }
    return try opened().picture(
      object: samples.object, part: samples.part,
      width: pixels(image.box.width, image.pixelWidth, samples.part.xInterval),
      height: pixels(image.box.height, image.pixelHeight, samples.part.yInterval))
  }

  /// What was read of a picture; nil where it is no table.
  private func table(
    in picture: PagePictures.Candidate, on page: PageLayout
  ) throws(RecognitionError) -> PictureTable? {
    let recognizer = try loadedEngines().lineRecognizer()
    let painted = try bitmap(of: page, resolution: picture.resolution, clip: picture.box)
    let points = 72 / picture.resolution
    // Pictures on a page of text stand upright.
    let reader = try ScanReader(
      painted, resolution: picture.resolution, pageWidth: Double(painted.width) * points,
      pageHeight: Double(painted.height) * points, engines: nil)
    guard PictureTable.mayBeTable(reader.rulings) else { return nil }
    let read = try reader.layout(
      number: page.number, cells: TableReconstructor.cellBoxes(of: reader.rulings),
      recognizer: recognizer)
    guard PictureTable.isTable(read.page) else { return nil }
    // Painting begins at a whole pixel.
    let corner = Point(
      x: (picture.box.minX / points).rounded(.down) * points,
      y: (picture.box.minY / points).rounded(.down) * points)
    func place(_ box: Rect) -> Rect {
      let box = reader.skew.displayed(box)
      return Rect(
        minX: box.minX + corner.x, minY: box.minY + corner.y, maxX: box.maxX + corner.x,
        maxY: box.maxY + corner.y)
    }
    let note = Note(
      code: "picture.recognized", severity: .info,
      message: "page \(page.number): a table was read from a picture by \(recognizer.name)",
      provenance: [.page(number: page.number, box: picture.box)])
    return PictureTable(
      box: picture.box, layout: read.page, corner: corner,
      notes: [note]
        + Self.remarks(on: read, stamps: reader.stamps, page: page.number, place: place))
  }

  private func bitmap(
    of page: PageLayout, resolution: Double, clip: Rect? = nil
  ) throws(RecognitionError) -> Bitmap {
    try painted { renderer throws(RenderingError) in
      try renderer.bitmap(ofPageAt: page.number - 1, resolution: resolution, clip: clip)
    }
  }

  private func painted(
    _ paint: (PageRenderer) throws(RenderingError) -> Bitmap
  ) throws(RecognitionError) -> Bitmap {
    let renderer = try opened()
    do throws(RenderingError) {
      return try paint(renderer)
    } catch {
      throw Self.recognitionError(error)
    }
  }

  /// The renderer of the document, which is opened when it is first needed.
  private func opened() throws(RecognitionError) -> PageRenderer {
    if let renderer { return renderer }
    do throws(RenderingError) {
      let opened = try PageRenderer(bytes: bytes)
      renderer = opened
      return opened
    } catch {
      throw Self.recognitionError(error)
    }
  }

  private static func recognitionError(_ error: RenderingError) -> RecognitionError {
    error == .outOfMemory ? .outOfMemory : .renderingFailed(reason: "\(error)")
  }
}
