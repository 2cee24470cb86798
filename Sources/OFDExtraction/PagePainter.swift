internal import Glibc
internal import LayoutModel
internal import PackageReading
internal import PageGeometry

/// Puts drawn objects on a page: objects in millimetres to glyphs, rulings and pictures in points.
///
/// Widths of glyphs are not known, since fonts are not opened: the distance to the next character
/// stands for them, as far as a character can be that wide.
///
/// Not done: objects are not cut at their boundary or clips, dashes are drawn through.
struct PagePainter {
  private let resources: OFDResources
  private let limits: PackageLimits
  private let part: String
  private let width: Double
  private let height: Double
  private(set) var glyphs: [Glyph] = []
  private(set) var drawings = Drawings()
  private(set) var images: [PageImage] = []
  /// Objects, characters and points of paths that were painted.
  private(set) var objectCount = 0
  /// Composites whose resource is not declared.
  private(set) var missingCount = 0
  /// The last glyph, while its width is a guess, and how it was set.
  private var guessed: (glyph: Int, style: GlyphStyle)?

  /// Composites inside composites inside composites are no sound page.
  private static let compositeDepth = 16
  /// The line width where none is given, in millimetres. (GB/T 33190-2016, 8.2)
  private static let lineWidth = 0.353

  /// An empty page of a size in points; `part` is the page's part, for messages.
  init(
    width: Double, height: Double, resources: OFDResources, limits: PackageLimits, part: String
  ) {
    self.width = width
    self.height = height
    self.resources = resources
    self.limits = limits
    self.part = part
  }

  /// Paints objects; `placement` leads from their space to points on the page, `layer` is the id of the
  /// drawing parameters of their layer.
  mutating func paint(
    _ objects: [DrawnObject], placement: Matrix, layer: String? = nil, depth: Int = 0
  ) throws(PackageError) {
    for object in objects {
      try count(1)
      let matrix = object.placement.then(placement)
      switch object.content {
      case .text(let text):
        try paint(
          text, of: object, matrix, param: resources.drawParam(object.drawParam, layer: layer))
      case .path(let path):
        try paint(
          path, of: object, matrix, param: resources.drawParam(object.drawParam, layer: layer))
      case .image:
        if object.alpha > 0 { paintImage(matrix) }
      case .composite(let id):
        guard let content = resources.composite(id) else {
          missingCount += 1
          continue
        }
        guard depth < Self.compositeDepth else {
          throw .limitExceeded(.elementDepth, path: part, limit: Self.compositeDepth)
        }
        try paint(
          content, placement: matrix, layer: object.drawParam ?? layer, depth: depth + 1)
      }
    }
  }

  private mutating func count(_ more: Int) throws(PackageError) {
    objectCount += more
    guard objectCount <= limits.drawnObjects else {
      throw .limitExceeded(.drawnObjects, path: part, limit: limits.drawnObjects)
    }
  }

  // MARK: - Text

  private mutating func paint(
    _ text: TextContent, of object: DrawnObject, _ matrix: Matrix, param: OFDResources.DrawParam
  ) throws(PackageError) {
    let style = GlyphStyle(
      text, of: object, matrix, param: param, fontIndex: resources.fontIndex(text.font))
    guard style.size.isFinite, style.size > 0 else { return }
    var start = Point(x: 0, y: 0)
    for code in text.codes {
      try count(code.scalars.count)
      start = Point(x: code.x ?? start.x, y: code.y ?? start.y)
      let steps = Self.steps(of: code, in: text)
      var place = start
      for (index, scalar) in code.scalars.enumerated() {
        let step = index < steps.count ? steps[index] : nil
        paint(scalar, at: place, step: step, style, matrix)
        if let step { place = Point(x: place.x + step.x, y: place.y + step.y) }
      }
    }
  }

  /// The way from each character to the next one.
  private static func steps(of code: TextContent.Code, in text: TextContent) -> [Point] {
    let count = max(code.scalars.count - 1, 0)
    var steps: [Point] = []
    steps.reserveCapacity(count)
    guard code.deltaX.isEmpty, code.deltaY.isEmpty else {
      code.deltaX.forEach(count: count) { steps.append(Point(x: $0, y: 0)) }
      var index = 0
      code.deltaY.forEach(count: count) {
        steps[index].y = $0
        index += 1
      }
      return steps
    }
    // Characters without distances would lie on each other; their usual widths are a better guess.
    let along = Direction(degrees: text.readDirection)
    let isUprightColumn = along.isAcross(Direction(degrees: text.characterDirection))
    for scalar in code.scalars.prefix(count) {
      let width =
        isUprightColumn ? 1 : CharacterWidth.of(scalar).usual * text.widthScale
      steps.append(Point(x: along.x * width * text.size, y: along.y * width * text.size))
    }
    return steps
  }

  private mutating func paint(
    _ scalar: Unicode.Scalar, at place: Point, step: Point?, _ style: GlyphStyle, _ matrix: Matrix
  ) {
    let origin = matrix.apply(place)
    guard origin.x.isFinite, origin.y.isFinite else { return }
    var flags = style.flags
    if scalar == "\u{FFFD}" { flags.insert(.noUnicode) }
    if origin.x < -1 || origin.y < -1 || origin.x > width + 1 || origin.y > height + 1 {
      flags.insert(.clipped)
    }
    measureGuessed(by: origin, style)
    guessed = step == nil ? (glyphs.count, style) : nil
    glyphs.append(
      Glyph(
        scalar: scalar, origin: origin, advance: style.advance(of: scalar, step: step),
        size: style.size, fontIndex: style.fontIndex, direction: style.direction, flags: flags,
        color: style.color))
  }

  /// Takes the way to a further character for the width of the last one of the object before, where
  /// the two may stand side by side: some producers make an object of each character.
  private mutating func measureGuessed(by next: Point, _ style: GlyphStyle) {
    guard let (index, last) = guessed, last.size == style.size,
      last.direction == style.direction, last.fontIndex == style.fontIndex
    else { return }
    let way = Point(x: next.x - glyphs[index].origin.x, y: next.y - glyphs[index].origin.y)
    let (along, across) =
      switch style.direction {
      case .right: (way.x, way.y)
      case .down: (way.y, way.x)
      case .left: (-way.x, way.y)
      case .up: (-way.y, way.x)
      }
    guard abs(across) < 0.02 * style.size, style.fits(along, glyphs[index].scalar) else { return }
    glyphs[index].advance = along
  }

  // MARK: - Paths

  private mutating func paint(
    _ path: PathContent, of object: DrawnObject, _ matrix: Matrix, param: OFDResources.DrawParam
  ) throws(PackageError) {
    let pointCount = path.pointCount
    try count(pointCount)
    guard object.alpha > 0 else { return }
    let fill = object.fill ?? param.fill
    let stroke = object.stroke ?? param.stroke
    let isFilled = (object.isFilled ?? false) && fill?.isTransparent != true
    let isStroked = (object.isStroked ?? true) && stroke?.isTransparent != true
    let lineWidth = (object.lineWidth ?? param.lineWidth ?? Self.lineWidth) * matrix.scale
    for subpath in path.subpaths {
      let form = SubpathForm(subpath, matrix, page: pageBox)
      guard form.isOnPage else { continue }
      if isFilled {
        drawings.addFill(
          form.shownBox, isRectangle: form.isRectangle, color: fill?.color ?? 0)
      }
      if isStroked {
        addStroke(form, isLone: pointCount <= 5, width: lineWidth, color: stroke?.color ?? 0)
      }
    }
  }

  private mutating func addStroke(
    _ form: SubpathForm, isLone: Bool, width: Double, color: UInt32
  ) {
    if form.curveCount > 0 || (form.slantedCount > 0 && !isLone) {
      drawings.addFreeform(form.shownBox)
    }
    // The level bits of a plotted line are no rules; the straight sides of a rounded box are.
    guard isLone || form.slantedCount <= form.uprightCount else { return }
    for segment in form.segments where isLone || segment.isUpright {
      guard let shown = segment.shown(on: pageBox) else { continue }
      drawings.addSegment(from: shown.start, to: shown.end, width: width, color: color)
    }
  }

  private var pageBox: Rect { Rect(minX: 0, minY: 0, maxX: width, maxY: height) }

  // MARK: - Pictures

  private mutating func paintImage(_ matrix: Matrix) {
    let corners = [(0.0, 0.0), (1, 0), (0, 1), (1, 1)].map {
      matrix.apply(Point(x: $0.0, y: $0.1))
    }
    guard let box = Rect(around: corners)?.intersection(pageBox) else { return }
    images.append(PageImage(box: box, pixelWidth: 0, pixelHeight: 0))
  }
}

/// What the characters of a text object have in common on the page.
private struct GlyphStyle {
  var size: Double
  var fontIndex: Int32
  var direction: Glyph.Direction
  var flags: Glyph.Flags = []
  var color: UInt32
  /// The direction of a character's baseline in the space of the object.
  private let baseline: Direction
  /// Points on the page for a millimetre along the baseline.
  private let scale: Double
  /// Points on the page that one em is wide.
  private let em: Double

  init(
    _ text: TextContent, of object: DrawnObject, _ matrix: Matrix, param: OFDResources.DrawParam,
    fontIndex: Int32
  ) {
    baseline = Direction(degrees: text.characterDirection)
    let along = matrix.applyToVector(Point(x: baseline.x, y: baseline.y))
    let upward = matrix.applyToVector(Point(x: baseline.y, y: -baseline.x))
    scale = along.length
    size = text.size * upward.length
    em = text.size * text.widthScale * scale
    self.fontIndex = fontIndex
    let (direction, isOnAxis) = Glyph.Direction.nearest(toAngle: along.angle)
    self.direction = direction
    let fill = object.fill ?? param.fill
    let stroke = object.stroke ?? param.stroke
    let isFilled = (object.isFilled ?? true) && fill?.isTransparent != true
    let isStroked = (object.isStroked ?? false) && stroke?.isTransparent != true
    color = (isFilled ? fill : stroke)?.color ?? 0
    if !isOnAxis { flags.insert(.tilted) }
    if !isFilled && !isStroked || object.alpha <= 0 { flags.insert(.invisible) }
    if text.isBold || isFilled && isStroked { flags.insert(.strokedBold) }
    if Direction(degrees: text.readDirection).isAcross(baseline) { flags.insert(.verticalWriting) }
  }

  /// The width of a character: the way to the next one, if it can be that wide, else the usual one.
  func advance(of scalar: Unicode.Scalar, step: Point?) -> Double {
    let width = CharacterWidth.of(scalar)
    guard let step else { return width.usual * em }
    let distance = (step.x * baseline.x + step.y * baseline.y) * scale
    return fits(distance, scalar) ? distance : width.usual * em
  }

  /// Whether a character may be that wide, in points on the page.
  func fits(_ distance: Double, _ scalar: Unicode.Scalar) -> Bool {
    distance > 0 && distance <= CharacterWidth.of(scalar).largest * em
  }
}

/// How wide characters are, in ems, where no font says so.
///
/// The usual width is that of common text fonts; up to the largest one, fixed-pitch fonts and spaced
/// letters included, the next character follows without a gap.
private struct CharacterWidth {
  var usual: Double
  var largest: Double

  private static let narrow = CharacterWidth(usual: 0.3, largest: 0.62)
  private static let regular = CharacterWidth(usual: 0.53, largest: 0.7)
  private static let capital = CharacterWidth(usual: 0.68, largest: 0.9)
  private static let wide = CharacterWidth(usual: 0.85, largest: 1.15)
  private static let ideograph = CharacterWidth(usual: 1, largest: 1)
  private static let blank = CharacterWidth(usual: 0.25, largest: .infinity)

  static func of(_ scalar: Unicode.Scalar) -> CharacterWidth {
    switch scalar.value {
    case 0x20, 0xA0, 0x3000: blank
    case 0x21, 0x27...0x29, 0x2C...0x2F, 0x3A, 0x3B, 0x49, 0x4A, 0x5B...0x5D, 0x60, 0x66, 0x69,
      0x6A, 0x6C, 0x72, 0x74, 0x7B...0x7D:
      narrow
    case 0x25, 0x26, 0x40, 0x4D, 0x57, 0x6D, 0x77, 0x416, 0x41C, 0x424, 0x428, 0x429, 0x42E, 0x436,
      0x43C, 0x444, 0x448, 0x449, 0x44E:
      wide
    case 0x41...0x5A, 0xC0...0xDE, 0x391...0x3A9, 0x400...0x42F: capital
    case 0x2E80...0xA4CF, 0xAC00...0xD7FF, 0xF900...0xFAFF, 0xFE30...0xFE4F, 0xFF00...0xFF60,
      0xFFE0...0xFFE6, 0x2_0000...0x3_FFFF, 0x2014...0x2015, 0x2018...0x201F, 0x2026,
      0x2460...0x25FF:
      ideograph
    default: regular
    }
  }
}

/// A direction as a vector of length 1; quarters are exact.
private struct Direction {
  var x: Double
  var y: Double

  init(degrees: Double) {
    let turn = degrees.truncatingRemainder(dividingBy: 360)
    switch turn < 0 ? turn + 360 : turn {
    case 45..<135: (x, y) = (0, 1)
    case 135..<225: (x, y) = (-1, 0)
    case 225..<315: (x, y) = (0, -1)
    default: (x, y) = (1, 0)
    }
  }

  /// Whether it is at a right angle to another one.
  func isAcross(_ other: Direction) -> Bool { x * other.x + y * other.y == 0 }
}

/// A straight piece of a path on the page.
private struct Segment {
  var start: Point
  var end: Point

  var isUpright: Bool {
    abs(end.x - start.x) <= Drawings.uprightTolerance
      || abs(end.y - start.y) <= Drawings.uprightTolerance
  }

  /// The part of it that lies on the page; a slanted one is kept as a whole.
  func shown(on page: Rect) -> Segment? {
    guard let box = Rect(around: [start, end]), page.intersection(box.expanded(by: 0.5)) != nil
    else { return nil }
    guard isUpright else { return self }
    func clamped(_ point: Point) -> Point {
      Point(
        x: min(max(point.x, page.minX), page.maxX), y: min(max(point.y, page.minY), page.maxY))
    }
    return Segment(start: clamped(start), end: clamped(end))
  }
}

/// A subpath on the page, and what it is made of.
private struct SubpathForm {
  private(set) var segments: [Segment] = []
  private(set) var curveCount = 0
  private(set) var slantedCount = 0
  private(set) var uprightCount = 0
  /// Its box as far as it lies on the page.
  private(set) var shownBox = Rect(minX: 0, minY: 0, maxX: 0, maxY: 0)
  private(set) var isOnPage = false
  private let pointCount: Int

  init(_ subpath: PathContent.Subpath, _ matrix: Matrix, page: Rect) {
    let points = subpath.points.map(matrix.apply)
    pointCount = points.count
    guard let box = Rect(around: points) else { return }
    // A straight line has a box without area.
    guard page.intersection(box.expanded(by: 0.5)) != nil else { return }
    shownBox = Rect(
      minX: min(max(box.minX, page.minX), page.maxX),
      minY: min(max(box.minY, page.minY), page.maxY),
      maxX: min(max(box.maxX, page.minX), page.maxX),
      maxY: min(max(box.maxY, page.minY), page.maxY))
    isOnPage = true
    for index in points.indices {
      if subpath.isControl[index] {
        curveCount += 1
      } else if index > 0, !subpath.isControl[index - 1] {
        let segment = Segment(start: points[index - 1], end: points[index])
        if segment.isUpright { uprightCount += 1 } else { slantedCount += 1 }
        segments.append(segment)
      }
    }
  }

  var isRectangle: Bool { pointCount <= 5 && curveCount == 0 && slantedCount == 0 }
}

extension Point {
  fileprivate var length: Double { (x * x + y * y).squareRoot() }

  /// As a vector, in degrees clockwise from the right.
  fileprivate var angle: Double { y == 0 && x > 0 ? 0 : atan2(y, x) * 180 / .pi }
}

extension Rect {
  /// The smallest rectangle around some points; nil where one of them is not finite.
  fileprivate init?(around points: [Point]) {
    guard let first = points.first else { return nil }
    var box = Rect(minX: first.x, minY: first.y, maxX: first.x, maxY: first.y)
    for point in points {
      guard point.x.isFinite, point.y.isFinite else { return nil }
      box.minX = min(box.minX, point.x)
      box.minY = min(box.minY, point.y)
      box.maxX = max(box.maxX, point.x)
      box.maxY = max(box.maxY, point.y)
    }
    self = box
  }
}
