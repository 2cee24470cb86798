import PageRendering
import RecognitionCore

/// Tells which way up a page lies.
protocol PageOrientation {
  /// Looks at a page.
  ///
  /// - Parameters:
  ///   - page: Grey.
  ///   - resolution: Pixels an inch.
  /// - Returns: How many quarters clockwise make it upright; 0 where it cannot be told.
  func quarters(of page: Bitmap, resolution: Double) -> Int
}

/// Which way up a page lies, told from its picture by a small neural network.
///
/// The network looks at the middle of the page, 224 pixels square, and knows four answers. Its input
/// is normalised as in the training of image classifiers (means and deviations of ImageNet).
struct NetworkOrientation: PageOrientation {
  private static let side = 224
  private static let shortSide = 256
  /// Less sure answers leave the page as it is.
  private static let trust: Float = 0.6
  private static let means: [Float] = [0.485, 0.456, 0.406]
  private static let deviations: [Float] = [0.229, 0.224, 0.225]

  private let model: RecognitionModel

  init(folder: RecognitionFolder) throws(RecognitionError) {
    model = try RecognitionModel(runtime: folder.runtime, file: folder.orientation)
  }

  func quarters(of page: Bitmap, resolution: Double) -> Int {
    guard page.width > 0, page.height > 0 else { return 0 }
    let scale = Double(Self.shortSide) / Double(min(page.width, page.height))
    let width = max(Self.side, Int((Double(page.width) * scale).rounded()))
    let height = max(Self.side, Int((Double(page.height) * scale).rounded()))
    let small = PictureScaler.scaled(
      page, width: width, height: height, fullWidth: width, padding: 255)
    let left = (width - Self.side) / 2
    let top = (height - Self.side) / 2
    var input: [Float] = []
    input.reserveCapacity(3 * Self.side * Self.side)
    for channel in 0..<3 {
      for y in 0..<Self.side {
        for x in 0..<Self.side {
          let value = Float(small[(top + y) * width + left + x]) / 255
          input.append((value - Self.means[channel]) / Self.deviations[channel])
        }
      }
    }
    let side = Int64(Self.side)
    guard let output = model.run(input, shape: [1, 3, side, side]), output.count == 4,
      let best = output.indices.max(by: { output[$0] < output[$1] }), output[best] >= Self.trust
    else { return 0 }
    // The answer says how far the page was turned clockwise.
    return (4 - best) % 4
  }
}

/// Which way up a page lies, told by Tesseract from the forms of its characters.
///
/// Safe because the pointer is private, set once, freed in `deinit`, and never leaves this class.
@safe final class TesseractOrientation: PageOrientation {
  /// Less sure answers leave the page as it is.
  private static let trust: Float = 2

  private let handle: OpaquePointer

  /// nil where Tesseract or what it knows of orientation is not installed.
  init?() {
    guard let opened = unsafe bhTesseractOpen("osd") else { return nil }
    unsafe handle = opened
  }

  deinit { unsafe bhTesseractFree(handle) }

  func quarters(of page: Bitmap, resolution: Double) -> Int {
    var confidence: Float = 0
    let degrees = unsafe bhTesseractDegrees(
      handle, page.pixels, Int32(page.width), Int32(page.height), Int32(page.bytesPerRow),
      resolution, &confidence)
    guard degrees >= 0, confidence >= Self.trust else { return 0 }
    return (4 - Int(degrees) / 90) % 4
  }
}
