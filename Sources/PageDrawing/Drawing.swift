package import PageGeometry
package import PageRendering

/// Shapes over the picture of a page: what a stage saw, before it is written as SVG or PNG.
///
/// All places are in points from the top-left corner, as on the page. Shapes are painted in order.
/// A shape with a place that is not finite is left out, and places far outside are moved near: what
/// a hostile page says must not break a file that people open.
package struct Drawing: Sendable {
  /// A picture and where it stands.
  package struct Picture: Sendable {
    package var bitmap: Bitmap
    /// The same pixels as a PNG file.
    package var png: [UInt8]
    package var box: Rect

    package init(bitmap: Bitmap, png: [UInt8], box: Rect) {
      self.bitmap = bitmap
      self.png = png
      self.box = box
    }
  }

  package var width: Double
  package var height: Double
  /// What the drawing is of, for the window of a viewer.
  package var title: String
  /// Under all shapes.
  package var picture: Picture?
  package private(set) var shapes: [Shape] = []

  package init(width: Double, height: Double, title: String, picture: Picture? = nil) {
    self.width = width
    self.height = height
    self.title = title
    self.picture = picture
  }

  /// Adds a shape above all others.
  package mutating func add(_ shape: Shape) {
    guard let tamed = shape.tamed(within: 2 * max(width, height) + 1000) else { return }
    shapes.append(tamed)
  }

  /// Adds a rectangle.
  package mutating func addBox(
    _ box: Rect, fill: Fill? = nil, stroke: Stroke? = nil, note: String? = nil
  ) {
    add(Shape(form: .box(box), fill: fill, stroke: stroke, note: note))
  }

  /// Adds a line through points.
  package mutating func addPath(_ points: [Point], stroke: Stroke, note: String? = nil) {
    add(Shape(form: .path(points), stroke: stroke, note: note))
  }

  /// Adds a short text on a plate of its own, so that it can be read on any ground.
  ///
  /// - Parameters:
  ///   - text: Printable ASCII; other characters become question marks.
  ///   - corner: The top-left corner of the plate.
  ///   - size: The type size.
  ///   - color: Of the plate; the text is white on a dark one and black on a light one.
  ///   - note: What it stands for, at length.
  package mutating func addLabel(
    _ text: String, at corner: Point, size: Double, color: UInt32, note: String? = nil
  ) {
    let plate = Label.plate(text, size: size)
    addBox(
      Rect(
        minX: corner.x, minY: corner.y, maxX: corner.x + plate.width,
        maxY: corner.y + plate.height),
      fill: Fill(color: color, opacity: 0.85), note: note)
    addText(
      text, at: Point(x: corner.x + Label.padding(size), y: corner.y + Label.baseline(size)),
      size: size, color: Label.isLight(color) ? 0 : 0xFFFFFF)
  }

  /// Adds a text that starts at a point of its baseline.
  package mutating func addText(_ text: String, at start: Point, size: Double, color: UInt32) {
    add(
      Shape(
        form: .text(Label.ascii(text), start: start, size: size),
        fill: Fill(color: color, opacity: 1)))
  }
}

/// One shape of a drawing.
package struct Shape: Hashable, Sendable {
  package enum Form: Hashable, Sendable {
    case box(Rect)
    case path([Point])
    case text(String, start: Point, size: Double)
  }

  package var form: Form
  package var fill: Fill?
  package var stroke: Stroke?
  /// What it stands for: shown by viewers while the pointer is over it.
  package var note: String?

  package init(form: Form, fill: Fill? = nil, stroke: Stroke? = nil, note: String? = nil) {
    self.form = form
    self.fill = fill
    self.stroke = stroke
    self.note = note
  }

  /// The shape with all places within bounds; nil if one is not a number.
  func tamed(within bound: Double) -> Shape? {
    func tamed(_ point: Point) -> Point? {
      guard point.x.isFinite, point.y.isFinite else { return nil }
      return Point(x: min(max(point.x, -bound), bound), y: min(max(point.y, -bound), bound))
    }
    var result = self
    switch form {
    case .box(let box):
      guard let start = tamed(Point(x: box.minX, y: box.minY)),
        let end = tamed(Point(x: box.maxX, y: box.maxY))
      else { return nil }
      result.form = .box(Rect(x: Interval(start.x, end.x), y: Interval(start.y, end.y)))
    case .path(let points):
      let places = points.compactMap(tamed)
      guard places.count == points.count else { return nil }
      result.form = .path(places)
    case .text(let text, let start, let size):
      guard let start = tamed(start), size > 0, size < bound else { return nil }
      result.form = .text(text, start: start, size: size)
    }
    return result
  }
}

/// The inside of a shape.
package struct Fill: Hashable, Sendable {
  /// 0xRRGGBB.
  package var color: UInt32
  /// 0 to 1.
  package var opacity: Double

  package init(color: UInt32, opacity: Double) {
    self.color = color
    self.opacity = opacity
  }
}

/// The line around or along a shape.
package struct Stroke: Hashable, Sendable {
  /// 0xRRGGBB.
  package var color: UInt32
  /// In points.
  package var width: Double
  /// Length of dashes and of the gaps between them; 0 for none.
  package var dash: Double
  /// 0 to 1.
  package var opacity: Double

  package init(color: UInt32, width: Double, dash: Double = 0, opacity: Double = 1) {
    self.color = color
    self.width = width
    self.dash = dash
    self.opacity = opacity
  }
}
