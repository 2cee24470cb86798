package import PageRendering

/// A drawing as pixels.
package enum DrawingImage {
  /// Paints a drawing.
  ///
  /// - Parameters:
  ///   - drawing: Its picture, if it has one, must have this resolution.
  ///   - resolution: Pixels an inch.
  /// - Returns: The bitmap, in colours.
  /// - Throws: `RenderingError`.
  package static func bitmap(
    of drawing: Drawing, resolution: Double
  ) throws(RenderingError) -> Bitmap {
    try PageRenderer(bytes: DrawingPDF.bytes(of: drawing, resolution: resolution))
      .bitmap(ofPageAt: 0, resolution: resolution)
  }
}
