import LayoutModel
import PageGeometry
import PopplerCore

/// Turns poppler's shape records into rulings, shadings and diagonal lines.
enum RulingReader {
  static func drawings(of page: PopplerPage) -> Drawings {
    page.withShapes { shapes in
      var drawings = Drawings()
      for index in shapes.indices {
        let shape = shapes[index]
        let box = Rect(x: Interval(shape.x0, shape.x1), y: Interval(shape.y0, shape.y1))
        switch UInt32(shape.kind) {
        case bhShapeSegment.rawValue:
          drawings.addSegment(
            from: Point(x: shape.x0, y: shape.y0), to: Point(x: shape.x1, y: shape.y1),
            width: shape.width, color: shape.color)
        case bhShapeFill.rawValue:
          drawings.addFill(box, isRectangle: shape.isRectangle != 0, color: shape.color)
        default: drawings.addFreeform(box)
        }
      }
      return drawings
    }
  }
}
