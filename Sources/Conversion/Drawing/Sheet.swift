import PageDrawing
import PageGeometry

/// How the shapes of one meaning look, and what the key under the page calls them.
struct Style: Hashable {
  var name: String
  var fill: Fill?
  var stroke: Stroke?

  init(
    _ name: String, _ color: UInt32, fill: Double = 0, width: Double = 0, dash: Double = 0,
    opacity: Double = 1
  ) {
    self.name = name
    self.fill = fill > 0 ? Fill(color: color, opacity: fill) : nil
    stroke = width > 0 ? Stroke(color: color, width: width, dash: dash, opacity: opacity) : nil
  }

  /// The colour that labels have.
  var color: UInt32 { stroke?.color ?? fill?.color ?? 0 }
}

/// The drawing of one page in the making: the faded page, shapes on it, and a key under it that
/// names every style that was used.
struct Sheet {
  private static let keySize = 6.0
  private static let rowHeight = 11.0

  private let page: Drawing.Picture
  private let heading: String
  private let title: String
  /// Takes places back to the page as it is seen, where a stage saw it turned.
  private let turn: QuarterTurn
  private let fading: Double
  private var shapes: [Shape] = []
  private var used: Set<Style> = []
  /// Those that lines were drawn with.
  private var usedForLines: Set<Style> = []

  /// Starts a sheet.
  ///
  /// - Parameters:
  ///   - page: The picture of the page.
  ///   - heading: What it shows: the first words of the key, ASCII.
  ///   - title: What it shows, for the window of a viewer.
  ///   - turn: From the places that are added to those of the page.
  ///   - fading: How much of the page is veiled, 0 to 1.
  init(page: Drawing.Picture, heading: String, title: String, turn: QuarterTurn, fading: Double) {
    self.page = page
    self.heading = heading
    self.title = title
    self.turn = turn
    self.fading = fading
  }

  // MARK: - Shapes

  /// Adds a rectangle.
  mutating func add(_ box: Rect, _ style: Style, note: String? = nil) {
    used.insert(style)
    shapes.append(
      Shape(form: .box(turn.apply(box)), fill: style.fill, stroke: style.stroke, note: note))
  }

  /// Adds a line through points.
  mutating func add(_ points: [Point], _ style: Style, note: String? = nil) {
    used.insert(style)
    usedForLines.insert(style)
    shapes.append(
      Shape(form: .path(points.map { turn.apply($0) }), stroke: style.stroke, note: note))
  }

  /// Where a label stands at its box.
  enum LabelPlace {
    /// Half above, half inside, from the left edge on; made as small as the box asks.
    case edge
    /// Left of the top-left corner, as far as the page has room there.
    case left
    /// Above the top-left corner.
    case above
    /// Left of the middle of the left edge; not larger than the box is high.
    case beside
  }

  /// Adds a label to a box.
  mutating func label(
    _ text: String, at box: Rect, _ place: LabelPlace, size: Double, color: UInt32,
    note: String? = nil
  ) {
    let box = turn.apply(box)
    var size = size
    switch place {
    case .edge:
      size = min(Label.size(of: text, fitting: box.width, largest: size), 0.6 * box.height)
    case .beside: size = min(size, 0.6 * box.height)
    case .left, .above: break
    }
    guard size > 0.5 else { return }
    let plate = Label.plate(text, size: size)
    let corner =
      switch place {
      case .edge: Point(x: box.minX, y: box.minY - 0.5 * plate.height)
      case .left: Point(x: max(0, box.minX - plate.width - 1), y: box.minY)
      case .above: Point(x: box.minX, y: box.minY - plate.height - 2)
      case .beside: Point(x: max(0, box.minX - plate.width), y: box.midY - 0.5 * plate.height)
      }
    var label = Drawing(width: page.box.width, height: page.box.height, title: "")
    label.addLabel(text, at: corner, size: size, color: color, note: note)
    shapes += label.shapes
  }

  /// Whether a label left of a box keeps off another box on the same row.
  func hasRoom(for text: String, beside box: Rect, behind other: Rect?, size: Double) -> Bool {
    guard let other, box.yInterval.overlap(other.yInterval) > 0, other.minX < box.minX else {
      return true
    }
    return box.minX - other.maxX >= Label.plate(text, size: size).width
  }

  /// Adds lines about a table left of its top-left corner, or in one line above it where another
  /// table stands there.
  mutating func caption(_ lines: [String], of box: Rect, besides others: [Rect], color: UInt32) {
    let size = 5.0
    let box = box.expanded(by: 1.5)
    let sizes = lines.map { Label.plate($0, size: size) }
    let room = Rect(
      minX: box.minX - (sizes.map(\.width).max() ?? 0), minY: box.minY, maxX: box.minX,
      maxY: box.minY + sizes.reduce(0) { $0 + $1.height })
    let isTaken = others.contains { $0.intersection(room) != nil && $0.minX < box.minX }
    guard !isTaken else {
      label(lines.joined(separator: ", "), at: box, .above, size: size, color: color)
      return
    }
    for (index, line) in lines.enumerated() {
      var place = turn.apply(box)
      place.minY += Double(index) * Label.plate(line, size: size).height
      label(line, at: turn.inverse.apply(place), .left, size: size, color: color)
    }
  }

  // MARK: - The whole

  /// The drawing.
  ///
  /// - Parameter styles: In the order of the key.
  /// - Returns: The page with all shapes, and the key under it.
  func drawing(styles: [Style]) -> Drawing {
    let entries = styles.filter(used.contains)
    let width = max(page.box.width, 120)
    let places = keyPlaces(entries, width: width)
    let rows = (places.last?.row ?? 0) + 1
    var drawing = Drawing(
      width: width, height: page.box.height + Double(rows) * Self.rowHeight + 4, title: title,
      picture: page)
    drawing.addBox(page.box, fill: Fill(color: 0xFFFFFF, opacity: fading))
    for shape in shapes { drawing.add(shape) }
    // What stands over the lower edge of the page would be taken for a part of the key.
    drawing.addBox(
      Rect(minX: 0, minY: page.box.maxY, maxX: width, maxY: drawing.height),
      fill: Fill(color: 0xFFFFFF, opacity: 1))
    drawing.addPath(
      [Point(x: 0, y: page.box.maxY), Point(x: width, y: page.box.maxY)],
      stroke: Stroke(color: 0x888888, width: 0.5))
    func baseline(_ row: Int) -> Double { page.box.maxY + Double(row + 1) * Self.rowHeight }
    drawing.addText(heading, at: Point(x: 4, y: baseline(0)), size: Self.keySize, color: 0)
    for (style, place) in zip(entries, places) {
      let bottom = baseline(place.row) + 1
      let swatch = Rect(minX: place.x, minY: bottom - 6, maxX: place.x + 9, maxY: bottom)
      let form: Shape.Form =
        usedForLines.contains(style)
        ? .path([
          Point(x: swatch.minX, y: swatch.midY), Point(x: swatch.maxX, y: swatch.midY),
        ]) : .box(swatch)
      drawing.add(Shape(form: form, fill: style.fill, stroke: style.stroke))
      drawing.addText(
        style.name, at: Point(x: place.x + 12, y: bottom - 1), size: Self.keySize, color: 0)
    }
    return drawing
  }

  /// Where the entries of the key stand: they fill rows like words.
  private func keyPlaces(_ entries: [Style], width: Double) -> [(x: Double, row: Int)] {
    var x = 4 + Label.width(of: heading, size: Self.keySize) + 14
    var row = 0
    return entries.map { style in
      let entryWidth = 12 + Label.width(of: style.name, size: Self.keySize)
      if x + entryWidth > width - 4 {
        row += 1
        x = 4
      }
      defer { x += entryWidth + 10 }
      return (x, row)
    }
  }
}
