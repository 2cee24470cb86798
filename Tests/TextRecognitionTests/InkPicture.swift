import PageRendering

extension Bitmap {
  /// A grey picture of white paper, black where `isInk` says so.
  init(width: Int, height: Int, isInk: (_ x: Int, _ y: Int) -> Bool) {
    var pixels = [UInt8](repeating: 255, count: width * height)
    for y in 0..<height {
      for x in 0..<width where isInk(x, y) { pixels[y * width + x] = 0 }
    }
    self.init(width: width, height: height, bytesPerRow: width, format: .grey, pixels: pixels)
  }
}
