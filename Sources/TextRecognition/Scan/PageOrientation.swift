import PageRendering

/// Which way up a page lies, told from its picture by a small neural network.
///
/// The network looks at the middle of the page, 224 pixels square, and knows four answers. Its input
/// is normalised as in the training of image classifiers (means and deviations of ImageNet).
struct PageOrientation {
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

  /// How many quarters clockwise make the page upright.
  func quarters(of page: Bitmap) -> Int {
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
