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
/// and drawn lines of its own, so that nothing behind it knows of scans. Nothing is loaded before a
/// page needs it.
final class PageRecognition {
  /// A page, and what is to be said about how it was read.
  struct Outcome {
    var page: PageLayout
    var notes: [Note] = []
    /// Why a page that should have been read was not.
    var error: RecognitionError?
  }

  /// The PDF; empty where pages come as pictures.
  private let bytes: [UInt8]
  private let choice: Converter.Options.Recognition
  private var renderer: PageRenderer?
  private var engines: RecognitionEngines?

  init(bytes: [UInt8], choice: Converter.Options.Recognition) {
    self.bytes = bytes
    self.choice = choice
  }

  /// The page, read from its picture if need be.
  func read(_ page: PageLayout) -> Outcome {
    guard let reason = reason(toRead: page) else { return Outcome(page: page) }
    do throws(RecognitionError) {
      return try recognized(page, because: reason)
    } catch {
      return Outcome(page: page, error: error)
    }
  }

  /// A page that is a picture.
  func read(_ picture: ImageFile.Picture, number: Int) -> Outcome {
    let points = 72 / picture.resolution
    let page = PageLayout(
      number: number, width: Double(picture.bitmap.width) * points,
      height: Double(picture.bitmap.height) * points)
    guard choice != .never else { return Outcome(page: page) }
    do throws(RecognitionError) {
      return try recognized(
        page, from: picture.bitmap, resolution: picture.resolution, because: "it is one")
    } catch {
      return Outcome(page: page, error: error)
    }
  }

  /// Why a page is to be read from its picture; nil if it is not.
  private func reason(toRead page: PageLayout) -> String? {
    switch choice {
    case .never: return nil
    case .always: return "asked for"
    case .auto:
      switch ScannedPageTest.verdict(on: page) {
      case .sound, .empty: return nil
      case .missing: return "it has no text layer"
      case .untrusted(let reason): return reason
      }
    }
  }

  private func recognized(
    _ page: PageLayout, because reason: String
  ) throws(RecognitionError) -> Outcome {
    let resolution = ScannedPageTest.resolution(of: page)
    // Without an engine nothing needs painting.
    _ = try loadedEngines().lineRecognizer()
    return try recognized(
      page, from: try bitmap(of: page, resolution: resolution), resolution: resolution,
      because: reason)
  }

  private func loadedEngines() -> RecognitionEngines {
    let loaded = engines ?? RecognitionEngines(folder: RecognitionFolder.installed())
    engines = loaded
    return loaded
  }

  private func recognized(
    _ page: PageLayout, from bitmap: Bitmap, resolution: Double, because reason: String
  ) throws(RecognitionError) -> Outcome {
    let engines = loadedEngines()
    let recognizer = try engines.lineRecognizer()
    let reader = try ScanReader(
      bitmap, resolution: resolution, pageWidth: page.width, pageHeight: page.height,
      engines: engines)
    let read = try reader.layout(
      number: page.number, cells: TableReconstructor.cellBoxes(of: reader.rulings),
      recognizer: recognizer)
    var result = UprightPage.turned(read.page, by: reader.turn.inverse)
    result.rotation = page.rotation
    result.images = page.images
    result.skew = PageSkew(degrees: reader.skew.degrees, width: page.width, height: page.height)
    let note = Note(
      code: "page.recognized", severity: .info,
      message: "page \(page.number) was read from its picture by \(recognizer.name): \(reason)")
    func place(_ box: Rect) -> [Provenance] {
      [.page(number: page.number, box: reader.turn.inverse.apply(reader.skew.displayed(box)))]
    }
    let choices = read.choices.map { choice in
      Note(
        code: ReviewList.reading, severity: .warning,
        message: "read as \(choice.free) among numbers; taken for \(choice.taken)",
        provenance: place(choice.box))
    }
    let disagreements = read.disagreements.map { doubt in
      Note(
        code: ReviewList.disagreement, severity: .warning,
        message: "\(doubt.taken) was also read as \(doubt.other)", provenance: place(doubt.box))
    }
    let stamps = reader.stamps.map { stamp in
      Note(
        code: ReviewList.stamp, severity: .warning, message: "under a seal, stamp or drawing",
        provenance: place(stamp))
    }
    return Outcome(page: result, notes: [note] + choices + disagreements + stamps)
  }

  private func bitmap(
    of page: PageLayout, resolution: Double
  ) throws(RecognitionError) -> Bitmap {
    do throws(RenderingError) {
      let renderer: PageRenderer
      if let opened = self.renderer {
        renderer = opened
      } else {
        renderer = try PageRenderer(bytes: bytes)
      }
      self.renderer = renderer
      return try renderer.bitmap(ofPageAt: page.number - 1, resolution: resolution, format: .rgb)
    } catch .outOfMemory {
      throw .outOfMemory
    } catch {
      throw .renderingFailed(reason: "\(error)")
    }
  }
}
