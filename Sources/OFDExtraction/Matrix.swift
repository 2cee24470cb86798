internal import PageGeometry

/// An affine transformation: `x' = a·x + c·y + e`, `y' = b·x + d·y + f`.
struct Matrix {
  var a = 1.0
  var b = 0.0
  var c = 0.0
  var d = 1.0
  var e = 0.0
  var f = 0.0

  static let identity = Matrix()

  /// The six numbers of an attribute; nil with fewer of them.
  init?(_ text: String) {
    let values = NumberScanner.numbers(in: text, atMost: 6)
    guard values.count == 6 else { return nil }
    (a, b, c, d, e, f) = (values[0], values[1], values[2], values[3], values[4], values[5])
  }

  init(scale: Double) {
    (a, d) = (scale, scale)
  }

  init(x: Double, y: Double) {
    (e, f) = (x, y)
  }

  private init() {}

  /// This transformation, and then another one.
  func then(_ next: Matrix) -> Matrix {
    var result = Matrix()
    result.a = a * next.a + b * next.c
    result.b = a * next.b + b * next.d
    result.c = c * next.a + d * next.c
    result.d = c * next.b + d * next.d
    result.e = e * next.a + f * next.c + next.e
    result.f = e * next.b + f * next.d + next.f
    return result
  }

  func apply(_ point: Point) -> Point {
    Point(x: a * point.x + c * point.y + e, y: b * point.x + d * point.y + f)
  }

  /// A direction or distance, which moving does not change.
  func applyToVector(_ vector: Point) -> Point {
    Point(x: a * vector.x + c * vector.y, y: b * vector.x + d * vector.y)
  }

  /// By how much lengths grow, on average over all directions.
  var scale: Double { abs(a * d - b * c).squareRoot() }
}

/// A place and size as OFD gives them: `x y width height`.
struct Box {
  var x: Double
  var y: Double
  var width: Double
  var height: Double

  init?(_ text: String) {
    let values = NumberScanner.numbers(in: text, atMost: 4)
    guard values.count == 4 else { return nil }
    (x, y, width, height) = (values[0], values[1], values[2], values[3])
  }
}
