internal import PageGeometry

/// Text, a path, a picture or a composite as a page declares it, in its own coordinates.
///
/// An object has a space of its own, in millimetres: `matrix` (CTM) takes it to the space whose origin
/// is the top left corner of `boundary`, which is given in the space of the page or composite.
struct DrawnObject {
  enum Content {
    case text(TextContent)
    case path(PathContent)
    /// A picture by the id of its resource.
    case image
    /// A composite by the id of its resource.
    case composite(String)
  }

  var boundary: Box?
  var matrix: Matrix
  var drawParam: String?
  var lineWidth: Double?
  /// Of the whole object, from 0 to 1.
  var alpha: Double
  var fill: Paint?
  var stroke: Paint?
  /// Whether `Fill` and `Stroke` ask for it; nil for what the kind of object does by default.
  var isFilled: Bool?
  var isStroked: Bool?
  var content: Content

  init(_ element: OFDElement) {
    boundary = element.box(.boundary)
    matrix = element.attribute(.ctm).flatMap(Matrix.init) ?? .identity
    drawParam = element.attribute(.drawParam)
    lineWidth = element.number(.lineWidth)
    alpha = (element.number(.alpha) ?? 255) / 255
    fill = element.child(.fillColor).map(Paint.init)
    stroke = element.child(.strokeColor).map(Paint.init)
    isFilled = element.flag(.fill)
    isStroked = element.flag(.stroke)
    switch element.name {
    case .textObject: content = .text(TextContent(element))
    case .pathObject:
      content = .path(PathContent(element.child(.abbreviatedData)?.text ?? ""))
    case .compositeObject: content = .composite(element.attribute(.resourceID) ?? "")
    default:
      // A picture fills the unit square of its space; without a matrix it fills its boundary.
      if element.attribute(.ctm) == nil, let boundary {
        (matrix.a, matrix.d) = (boundary.width, boundary.height)
      }
      content = .image
    }
  }

  /// From the space of the object to that around it.
  var placement: Matrix {
    guard let boundary else { return matrix }
    return matrix.then(Matrix(x: boundary.x, y: boundary.y))
  }
}

/// The colour of a fill or stroke.
struct Paint {
  /// 0xRRGGBB.
  var color: UInt32
  var isTransparent: Bool

  /// Reads a colour: one channel is grey, three are RGB, four CMYK.
  ///
  /// Values run from 0 to 255, or are hexadecimal behind a `#`. Patterns, shadings and entries of
  /// palettes count as black.
  init(_ element: OFDElement) {
    let channels = (element.attribute(.value) ?? "").split { $0 == " " || $0 == "," }.prefix(4).map
    {
      let value =
        $0.hasPrefix("#")
        ? Int($0.dropFirst(), radix: 16).map(Double.init)
        : NumberScanner.numbers(in: String($0), atMost: 1).first
      return min(max(value ?? 0, 0), 255)
    }
    func rgb(_ red: Double, _ green: Double, _ blue: Double) -> UInt32 {
      UInt32(red.rounded()) << 16 | UInt32(green.rounded()) << 8 | UInt32(blue.rounded())
    }
    color =
      switch channels.count {
      case 1: rgb(channels[0], channels[0], channels[0])
      case 3: rgb(channels[0], channels[1], channels[2])
      case 4:
        rgb(
          (255 - channels[0]) * (255 - channels[3]) / 255,
          (255 - channels[1]) * (255 - channels[3]) / 255,
          (255 - channels[2]) * (255 - channels[3]) / 255)
      default: 0
      }
    isTransparent = element.number(.alpha) == 0
  }
}

/// What a text object says.
struct TextContent {
  /// Characters with the place of the first one and the distances between them.
  struct Code {
    /// Nil for that of the code before.
    var x: Double?
    var y: Double?
    var scalars: [Unicode.Scalar]
    var deltaX: DeltaList
    var deltaY: DeltaList
  }

  /// The id of its font.
  var font: String
  /// Font size in millimetres.
  var size: Double
  /// The width of a character relative to that in the font.
  var widthScale: Double
  /// Degrees clockwise from the right, in which characters follow each other.
  var readDirection: Double
  /// Degrees clockwise by which each character is turned.
  var characterDirection: Double
  var isBold: Bool
  var codes: [Code]

  init(_ element: OFDElement) {
    font = element.attribute(.font) ?? ""
    size = element.number(.size) ?? 0
    let scale = element.number(.hScale) ?? 1
    widthScale = scale > 0 ? min(scale, 100) : 1
    readDirection = element.number(.readDirection) ?? 0
    characterDirection = element.number(.charDirection) ?? 0
    isBold = (element.number(.weight) ?? 400) >= 600
    codes = element.children(.textCode).map { code in
      let scalars = Self.scalars(of: code.text)
      let count = max(scalars.count - 1, 0)
      return Code(
        x: code.number(.x), y: code.number(.y), scalars: scalars,
        deltaX: DeltaList(code.attribute(.deltaX) ?? "", atMost: count),
        deltaY: DeltaList(code.attribute(.deltaY) ?? "", atMost: count))
    }
  }

  /// The text as it reads, for notes.
  var plainText: String {
    codes.map { String(String.UnicodeScalarView($0.scalars)) }.joined()
  }

  /// The characters that are painted: without control characters, and without the line breaks and
  /// indentation that XML writers set around a text.
  private static func scalars(of text: String) -> [Unicode.Scalar] {
    var scalars = Array(text.unicodeScalars)
    let isBlank = { (scalar: Unicode.Scalar) in scalar == " " || scalar.value < 0x20 }
    if let end = scalars.lastIndex(where: { !isBlank($0) }),
      scalars[end...].contains("\n")
    {
      scalars.removeLast(scalars.count - end - 1)
    }
    if let start = scalars.firstIndex(where: { !isBlank($0) }),
      scalars[..<start].contains("\n")
    {
      scalars.removeFirst(start)
    }
    return scalars.filter { $0.value >= 0x20 }
  }
}

/// What a path object draws.
struct PathContent {
  /// Points that are joined, as in PDF: a curve has control points between its ends.
  struct Subpath {
    var points: [Point] = []
    /// For each point, whether it is a control point.
    var isControl: [Bool] = []

    mutating func add(_ point: Point, isControl control: Bool = false) {
      points.append(point)
      isControl.append(control)
    }
  }

  var subpaths: [Subpath] = []

  /// Reads the commands of `AbbreviatedData`: S and M start, L draws a line, Q and B are quadratic and
  /// cubic Bézier curves, A an arc of an ellipse, C closes. (GB/T 33190-2016, 9.2)
  ///
  /// For an arc, the corners of a box that holds it stand as control points: where it bulges
  /// matters to nobody.
  init(_ data: String) {
    var scanner = NumberScanner(data)
    var current = Subpath()
    func point() -> Point? {
      guard let x = scanner.nextNumber(), let y = scanner.nextNumber() else { return nil }
      return Point(x: x, y: y)
    }
    func finish() {
      if current.points.count > 1 { subpaths.append(current) }
      current = Subpath()
    }
    while let token = scanner.next() {
      guard case .letter(let command) = token else { continue }
      switch command {
      case UInt8(ascii: "M"), UInt8(ascii: "S"):
        finish()
        if let start = point() { current.add(start) }
      case UInt8(ascii: "L"):
        if let end = point() { current.add(end) }
      case UInt8(ascii: "Q"), UInt8(ascii: "B"):
        for _ in 0..<(command == UInt8(ascii: "Q") ? 1 : 2) {
          if let control = point() { current.add(control, isControl: true) }
        }
        if let end = point() { current.add(end) }
      case UInt8(ascii: "A"):
        guard let radii = point(), scanner.nextNumber() != nil, point() != nil, let end = point(),
          let start = current.points.last
        else { continue }
        let reachX = max(radii.x, abs(end.x - start.x) / 2)
        let reachY = max(radii.y, abs(end.y - start.y) / 2)
        let (midX, midY) = ((start.x + end.x) / 2, (start.y + end.y) / 2)
        current.add(Point(x: midX - reachX, y: midY - reachY), isControl: true)
        current.add(Point(x: midX + reachX, y: midY + reachY), isControl: true)
        current.add(end)
      case UInt8(ascii: "C"):
        guard let start = current.points.first else { continue }
        if current.points.last != start { current.add(start) }
        finish()
        current.add(start)
      default: continue
      }
    }
    finish()
  }

  var pointCount: Int { subpaths.reduce(0) { $0 + $1.points.count } }
}
