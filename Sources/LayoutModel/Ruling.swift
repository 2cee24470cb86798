package import PageGeometry

/// A drawn horizontal or vertical rule; thin filled rectangles and the sides of stroked ones
/// included.
package struct Ruling: Hashable, Sendable {
  package enum Axis: UInt8, Hashable, Sendable {
    case horizontal, vertical
  }

  package var axis: Axis
  /// y of a horizontal rule, x of a vertical one: the middle of its thickness.
  package var position: Double
  /// The stretch that it covers along its axis.
  package var extent: Interval
  package var thickness: Double
  /// 0xRRGGBB.
  package var color: UInt32

  package init(
    axis: Axis, position: Double, extent: Interval, thickness: Double, color: UInt32 = 0
  ) {
    self.axis = axis
    self.position = position
    self.extent = extent
    self.thickness = thickness
    self.color = color
  }
}

/// A line that is neither horizontal nor vertical, as in a diagonal stub head.
package struct Diagonal: Hashable, Sendable {
  package var start: Point
  package var end: Point

  package init(start: Point, end: Point) {
    self.start = start
    self.end = end
  }
}

/// A filled area: the shading of a row or cell.
package struct Shading: Hashable, Sendable {
  package var box: Rect
  /// 0xRRGGBB.
  package var color: UInt32

  package init(box: Rect, color: UInt32) {
    self.box = box
    self.color = color
  }
}

/// A picture on a page.
package struct PageImage: Hashable, Sendable {
  package var box: Rect
  package var pixelWidth: Int
  package var pixelHeight: Int
  /// How many glyphs of the page were painted before it, which it covers where it lies over them; 0 for
  /// a picture that lets through what is below.
  package var glyphsBelow: Int
  /// Where its samples are, if they alone say how it shows: opaque and upright.
  package var samples: Samples?

  /// The samples of a picture in a PDF.
  package struct Samples: Hashable, Sendable {
    /// The number of its object.
    package var object: Int
    /// The part of it that shows, in shares of its width and height.
    package var part: Rect

    package init(object: Int, part: Rect) {
      self.object = object
      self.part = part
    }
  }

  package init(
    box: Rect, pixelWidth: Int, pixelHeight: Int, glyphsBelow: Int = 0, samples: Samples? = nil
  ) {
    self.box = box
    self.pixelWidth = pixelWidth
    self.pixelHeight = pixelHeight
    self.glyphsBelow = glyphsBelow
    self.samples = samples
  }
}
