package import DocumentModel
package import LayoutModel
import PageGeometry

/// Changes of a page that must not change what is read from it.
extension PageLayout {
  /// The page enlarged by a factor and its content moved.
  package func scaled(by factor: Double, movedBy offset: Double = 0) -> PageLayout {
    func place(_ value: Double) -> Double { value * factor + offset }
    func box(_ rect: Rect) -> Rect {
      Rect(
        minX: place(rect.minX), minY: place(rect.minY), maxX: place(rect.maxX),
        maxY: place(rect.maxY))
    }
    var result = self
    result.width = width * factor + 2 * offset
    result.height = height * factor + 2 * offset
    for index in glyphs.indices {
      let origin = glyphs[index].origin
      result.glyphs[index].origin = Point(x: place(origin.x), y: place(origin.y))
      result.glyphs[index].advance *= factor
      result.glyphs[index].size *= factor
    }
    for index in rulings.indices {
      let extent = rulings[index].extent
      result.rulings[index].position = place(rulings[index].position)
      result.rulings[index].extent = Interval(place(extent.lower), place(extent.upper))
    }
    result.shadings = shadings.map { Shading(box: box($0.box), color: $0.color) }
    result.freeforms = freeforms.map(box)
    return result
  }

  /// The page turned clockwise by quarters, as if its text were set sideways.
  package func turned(by quarters: Int) -> PageLayout {
    let turn = QuarterTurn(quarters: quarters, width: width, height: height)
    var result = self
    result.width = turn.turnedWidth
    result.height = turn.turnedHeight
    for index in glyphs.indices {
      result.glyphs[index].origin = turn.apply(glyphs[index].origin)
      let direction = (Int(glyphs[index].direction.rawValue) + turn.quarters) % 4
      result.glyphs[index].direction = Glyph.Direction(rawValue: UInt8(direction)) ?? .right
    }
    result.rulings = rulings.map { ruling in
      let across = Interval(ruling.position, ruling.position)
      let isHorizontal = ruling.axis == .horizontal
      let box = turn.apply(
        isHorizontal ? Rect(x: ruling.extent, y: across) : Rect(x: across, y: ruling.extent))
      let staysHorizontal = isHorizontal == (turn.quarters % 2 == 0)
      return Ruling(
        axis: staysHorizontal ? .horizontal : .vertical,
        position: staysHorizontal ? box.midY : box.midX,
        extent: staysHorizontal ? box.xInterval : box.yInterval, thickness: ruling.thickness,
        color: ruling.color)
    }
    result.shadings = shadings.map { Shading(box: turn.apply($0.box), color: $0.color) }
    result.freeforms = freeforms.map(turn.apply)
    return result
  }

  /// The page with everything painted in another order.
  package func shuffled(seed: UInt64) -> PageLayout {
    var random = SeededGenerator(seed: seed)
    var result = self
    result.glyphs.shuffle(using: &random)
    result.rulings.shuffle(using: &random)
    result.shadings.shuffle(using: &random)
    result.freeforms.shuffle(using: &random)
    return result
  }
}

/// What a document says, without where it stands.
package enum Structure {
  /// Blocks as a dump without places.
  package static func text(of blocks: [Block]) -> String {
    LayoutDump.blocks(
      blocks.map { block in
        var block = block
        block.provenance = []
        block.table?.fragments = []
        return block
      })
  }

  /// For each data cell of a table, the headers that address it and its text:
  /// `row › row | column › column = text`.
  package static func addresses(of table: Table) -> String {
    func path(_ positions: [Int]) -> String {
      positions.map { table.cells[$0].text }.joined(separator: " › ")
    }
    return table.cells.filter { $0.role == .data }.map {
      "\(path($0.rowPath)) | \(path($0.columnPath)) = \($0.text)\n"
    }.joined()
  }
}
