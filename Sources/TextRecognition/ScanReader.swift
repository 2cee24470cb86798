package import LayoutModel
package import PageGeometry
package import PageRendering

/// The picture of a scanned page to what a page with a text layer has: rulings and glyphs.
///
/// The entry point of this target. A picture is turned upright and straight, its light evened out, its
/// ink found. Drawn lines come first, because cells bound the lines of text; whoever makes cells of
/// rulings hands their boxes back, and what is inside each is read by itself. Places are in points
/// of the upright page; `turn` takes them back to the page as it is displayed.
package final class ScanReader {
  /// How the page was turned to be upright.
  package let turn: QuarterTurn
  /// Whether anything could tell which way up it lies.
  package let isOrientationTold: Bool
  /// How the upright page lay askew.
  package let skew: PageSkew
  /// Lines drawn on the page, upright.
  package let rulings: [Ruling]

  /// Where seals, stamps and drawings are that may cover text, upright and straight.
  package let stamps: [Rect]

  /// Those of them that are seals without colour; the characters in them are still in the picture.
  private let seals: [PixelBox]
  /// Whether copying has left crumbs of fine lines, and so may have left parts of figures only.
  private let isWorn: Bool
  /// Small pieces of ink that are no isolated dots: marks, and what is left of print.
  private let crumbs: [PixelBox]
  /// Those that are, which are taken out of the picture.
  private let specks: [PixelBox]
  private let picture: ScannedPicture
  /// Pixels a point.
  private let scale: Double
  private let finder: TextLineFinder

  /// - Parameters:
  ///   - bitmap: The whole page.
  ///   - resolution: Pixels an inch.
  ///   - pageWidth: Of the page as displayed, in points.
  ///   - pageHeight: Of the page as displayed, in points.
  ///   - engines: Tell which way up the page lies; nil for what is known to be upright.
  /// - Throws: `RecognitionError`.
  package init(
    _ bitmap: Bitmap, resolution: Double, pageWidth: Double, pageHeight: Double,
    engines: RecognitionEngines?
  ) throws(RecognitionError) {
    let picture = try ScannedPicture(bitmap, resolution: resolution)
    let orientation = try engines?.pageOrientation()
    isOrientationTold = engines == nil || orientation != nil
    let quarters =
      orientation?.quarters(of: picture.grey(picture.frame), resolution: resolution) ?? 0
    try picture.turn(quarters: quarters)
    turn = QuarterTurn(quarters: quarters, width: pageWidth, height: pageHeight)
    let degrees = picture.straighten()
    try picture.clean()
    scale = resolution / 72
    let skew = PageSkew(
      degrees: degrees, width: turn.turnedWidth, height: turn.turnedHeight)
    self.skew = skew
    let colored = picture.stamps().map { [scale, turn] in
      skew.straight(turn.apply(Self.points($0, scale: scale)))
    }
    let rulingFinder = RulingFinder(
      picture: picture, scale: scale,
      stamps: colored.map { [scale] in Self.pixels($0, scale: scale) })
    // The ink of a ring is whole before lines are taken out, and parts of it look like lines.
    let sealFinder = SealFinder(picture: picture, scale: scale)
    let seals = sealFinder.seals()
    self.seals = seals
    let lines = rulingFinder.lines().filter { line in
      line.thickness < sealFinder.thickness
        || !seals.contains { $0.expanded(by: 2).contains(line.box) }
    }
    rulings = rulingFinder.rulings(of: lines)
    isWorn = lines.contains(where: \.isCrumbled)
    try sealFinder.take(seals)
    for line in lines { picture.erase(line.box.expanded(by: 1)) }
    let drawings = sealFinder.takeDrawings()
    stamps = colored + (seals + drawings).map { [scale] in Self.points($0, scale: scale) }
    finder = TextLineFinder(picture: picture, scale: scale)
    let pieces = picture.pieces(in: picture.frame)
    specks = SpeckFinder(pieces: pieces, characterHeight: finder.characterHeight).specks()
    for speck in specks { picture.erase(speck) }
    let isolated = Set(specks)
    crumbs = pieces.filter { [finder] in finder.isSmall($0) && !isolated.contains($0) }
    picture.despeckle(size: max(2, Int((Self.speck * resolution / 72).rounded())))
    self.picture = picture
  }

  /// Ink smaller than this both ways is dirt; full stops are larger.
  ///
  /// Points.
  private static let speck = 0.7
  /// White kept above and below the ink of a line, as a share of its height.
  private static let margin = 0.06
  /// White kept left and right of it: the engine overlooks marks at the very edge.
  private static let sideMargin = 0.2
  /// What is longer than so many characters' heights is no single mark.
  private static let rowLength = 3.0
  /// White at the sides of what was overlooked.
  private static let wideMargin = 0.8
  /// A character with more ink beside it than it can have is at most this sure.
  private static let overlookedConfidence = 0.8
  /// Numbers of which there are crumbs are at most this sure.
  private static let crumbledConfidence = 0.8
  /// So many small pieces of ink may be dirt.
  private static let fewCrumbs = 2
  /// What is left of the lines around a cell is within so many pixels.
  private static let cellEdge = 3
  /// Lines outside of cells that are less sure on average, and short, are strokes of dirt.
  private static let dirtConfidence = 0.6
  private static let dirtLength = 4
  /// More lines outside of cells are texture; a large sheet full of small type has half as many.
  private static let maximumLines = 3000

  /// A page that was read.
  package struct Result {
    /// Upright, with a glyph for each character.
    package var page: PageLayout
    /// Where a number was taken for what it looks like.
    package var choices: [NumericCells.Choice]
    /// Where two looks at a number differ.
    package var disagreements: [NumericCells.Disagreement]
    /// Cells with ink of which nothing was read.
    package var unread: [Rect]
    /// How many of what may be lines of text were not read, because no page has so many.
    package var lostLines = 0
  }

  /// Reads the page.
  ///
  /// - Parameters:
  ///   - number: Of the page, from 1.
  ///   - cells: Boxes of cells between rulings, upright; each is read by itself.
  ///   - recognizer: The engine.
  /// - Returns: The page, upright, with a glyph for each character that was read, and what is
  ///   doubtful about numbers.
  /// - Throws: `RecognitionError`.
  package func layout(
    number: Int, cells: [Rect], recognizer: any TextRecognizer
  ) throws(RecognitionError) -> Result {
    let boxes = cells.map(pixels)
    var lines: [PixelBox] = []
    var owners: [Int?] = []
    for (index, box) in boxes.enumerated() {
      let gap = isUnderSeal(box) ? TextLineFinder.chunkGap : TextLineFinder.cellGap
      let inside = finder.lines(in: box.expanded(by: -1), gap: gap)
      lines += inside
      owners += inside.map { _ in index }
    }
    let (outside, lost) = Self.largest(finder.lines(outside: boxes))
    lines += outside
    owners += outside.map { _ in nil }
    let read = try readings(of: lines, by: recognizer)
    let loose = LooseCells(
      lines: lines.indices.filter { owners[$0] == nil }.map { (index: $0, box: lines[$0]) },
      characterHeight: finder.characterHeight)
    var (readings, choices) = NumericCells.resolved(
      read, owners: lines.indices.map { owners[$0] ?? loose.owners[$0].map { $0 + cells.count } },
      cells: cells + loose.boxes.map(points))
    choices = choices.map { choice in
      NumericCells.Choice(
        line: choice.line, box: owners[choice.line].map { cells[$0] } ?? points(lines[choice.line]),
        free: choice.free, taken: choice.taken)
    }
    for index in lines.indices {
      guard let found = withCommas(readings[index], in: lines[index]) else { continue }
      choices.append(
        NumericCells.Choice(
          line: index, box: owners[index].map { cells[$0] } ?? points(lines[index]),
          free: readings[index].text, taken: found.text))
      readings[index] = found
    }
    let members = NumericCells.lines(of: owners, count: cells.count)
    let known = CellReadings(
      cells: cells, lines: lines, readings: readings, members: members,
      amongNumbers: Set(NumericCells.amongNumbers(readings, lines: members, cells: cells)))
    for (index, box) in boxes.enumerated() where isUnderSeal(box) {
      guard let found = try sealedNumber(in: index, of: known, recognizer),
        let kept = members[index].first
      else { continue }
      let text = members[index].map { readings[$0].text }.joined(separator: " ")
      for member in members[index] { readings[member] = LineReading() }
      lines[kept] = found.box
      readings[kept] = found.reading
      guard text != found.reading.text else { continue }
      choices.append(
        NumericCells.Choice(
          line: kept, box: cells[index], free: text, taken: found.reading.text))
    }
    let free = lines.indices.filter { owners[$0] == nil }.map { (index: $0, box: lines[$0]) }
    for (index, reading) in PageNumber(lines: free).dashed(readings).sorted(by: { $0.key < $1.key })
    where reading != readings[index] {
      choices.append(
        NumericCells.Choice(
          line: index, box: points(lines[index]), free: readings[index].text, taken: reading.text))
      readings[index] = reading
    }
    var writer = GlyphWriter()
    let width = textWidth(lines, readings, cells: boxes)
    let solid = free.filter { !Self.isUnsure(readings[$0.index]) }.map(\.box)
    for (index, box) in lines.enumerated() {
      if owners[index] == nil {
        let isBeside = width.map { box.maxX < $0.lowerBound || box.x > $0.upperBound } ?? false
        if isDirt(readings[index], box, isBeside: isBeside, among: solid) { continue }
      }
      writer.add(
        readings[index], box: points(box), ink: picture.ink(box),
        isInCell: owners[index] != nil)
    }
    let (glyphs, confidences) = writer.glyphs()
    let page = PageLayout(
      number: number, width: turn.turnedWidth, height: turn.turnedHeight,
      fonts: GlyphWriter.fonts, glyphs: glyphs, confidences: confidences,
      rulings: rulings)
    // A number that was taken anew says so itself.
    let disagreements = lines.indices.compactMap { index -> NumericCells.Disagreement? in
      guard let other = readings[index].other, NumericCells.isNumeric(readings[index].characters),
        let box = owners[index].map({ cells[$0] })
          ?? (loose.owners[index] != nil ? points(lines[index]) : nil)
      else { return nil }
      return NumericCells.Disagreement(box: box, taken: readings[index].text, other: other)
    }
    return Result(
      page: page, choices: choices, disagreements: disagreements,
      unread: unread(boxes, lines: lines, owners: owners, readings: readings).map(points),
      lostLines: lost)
  }

  /// The largest lines, as many as a page may cost, and how many are left out.
  private static func largest(_ lines: [PixelBox]) -> (kept: [PixelBox], lost: Int) {
    guard lines.count > maximumLines else { return (lines, 0) }
    let order = lines.indices.sorted {
      (lines[$0].width * lines[$0].height, $1) > (lines[$1].width * lines[$1].height, $0)
    }
    return (order.prefix(maximumLines).sorted().map { lines[$0] }, lines.count - maximumLines)
  }

  /// A number with commas for what was read as points but reaches below its figures; nil where nothing does.
  private func withCommas(_ reading: LineReading, in box: PixelBox) -> LineReading? {
    guard NumericCells.isNumeric(reading.characters),
      reading.characters.contains(where: { $0.scalar == "." }),
      let characters = NumberMarks(pieces: picture.pieces(in: box))?.corrected(reading.characters)
    else { return nil }
    let text = LineReading.text(of: characters)
    return LineReading(characters: characters, other: reading.other == text ? nil : reading.other)
  }

  private func isUnderSeal(_ box: PixelBox) -> Bool { seals.contains { $0.overlaps(box) } }

  /// What is known of cells when those under seals are looked at.
  private struct CellReadings {
    var cells: [Rect]
    var lines: [PixelBox]
    var readings: [LineReading]
    /// For each cell the lines in it.
    var members: [[Int]]
    /// Positions of cells that stand among numbers.
    var amongNumbers: Set<Int>

    /// Numbers beside or above a cell, or below it, that were read surely; `isInRow` for those beside it.
    func numbers(around cell: Int) -> [(line: Int, isInRow: Bool)] {
      cells.indices.compactMap { other in
        let isInRow = cells[other].yInterval == cells[cell].yInterval
        guard other != cell, isInRow || cells[other].xInterval == cells[cell].xInterval,
          members[other].count == 1, let line = members[other].first,
          NumericCells.isNumeric(readings[line].characters),
          readings[line].confidence >= SealedNumbers.trust
        else { return nil }
        return (line, isInRow)
      }
    }
  }

  /// The number in a cell that a seal lies over, where it can be told from the seal.
  ///
  /// In a cell among numbers, its ink is looked at anew. Elsewhere a sure number beside which there is
  /// nothing but parts of the seal is that number.
  private func sealedNumber(
    in cell: Int, of known: CellReadings, _ recognizer: any TextRecognizer
  ) throws(RecognitionError) -> (box: PixelBox, reading: LineReading)? {
    if known.amongNumbers.contains(cell) {
      let around = known.numbers(around: cell).filter { !isUnderSeal(known.lines[$0.line]) }
      let beside = around.filter(\.isInRow).map { known.lines[$0.line] }
      let marks = around.flatMap { known.readings[$0.line].characters }.map(\.scalar).filter {
        $0.properties.numericType == nil
      }
      let found = try SealedNumbers(picture: picture, scale: scale).number(
        in: pixels(known.cells[cell]).expanded(by: -2), rows: figureRows(of: beside),
        marks: Set(marks), recognizer: recognizer)
      if let found { return found }
    }
    let members = known.members[cell]
    let numbers = members.filter {
      NumericCells.isNumeric(known.readings[$0].characters)
        && known.readings[$0].confidence >= SealedNumbers.trust
    }
    guard let number = numbers.first, numbers.count == 1 else { return nil }
    let areParts = members.filter { $0 != number }.allSatisfy { other in
      seals.contains { $0.contains(known.lines[other]) }
        && !NumericCells.isNumeric(known.readings[other].characters)
    }
    return areParts ? (known.lines[number], known.readings[number]) : nil
  }

  /// The rows of pixels that numbers of one row of a table stand on; nil where they stand on several.
  private func figureRows(of numbers: [PixelBox]) -> Range<Int>? {
    guard let top = numbers.map(\.y).min(), let bottom = numbers.map(\.maxY).max(),
      let highest = numbers.map(\.height).max(), 2 * (bottom - top) <= 3 * highest
    else { return nil }
    return top - 1..<bottom + 1
  }

  /// Reads lines; those in which nothing was seen surely again with more white at their sides, without
  /// which engines overlook a narrow character that stands alone.
  private func readings(
    of lines: [PixelBox], by recognizer: any TextRecognizer
  ) throws(RecognitionError) -> [LineReading] {
    var readings = try recognizer.read(
      lines.map { picture.grey(padded($0, sides: Self.sideMargin)) })
    for index in readings.indices {
      readings[index] = readings[index].withoutMargins(
        marginShare(of: lines[index], sides: Self.sideMargin))
    }
    let doubtful = lines.indices.filter { readings[$0].isBlank || Self.isUnsure(readings[$0]) }
    let again = try recognizer.read(
      doubtful.map { picture.grey(padded(lines[$0], sides: Self.wideMargin)) })
    for (index, reading) in zip(doubtful, again) where reading.isSurer(than: readings[index]) {
      readings[index] = reading.withoutMargins(
        marginShare(of: lines[index], sides: Self.wideMargin))
    }
    for index in readings.indices {
      // What stands beside a character unread is told by doubt about that character.
      let ink = picture.ink(lines[index])
      let em = max(finder.characterHeight, Double(lines[index].height))
      for place in ink.overlooked(by: readings[index].characters, em: em) {
        readings[index].limit(Self.overlookedConfidence, at: place)
      }
      guard hasCrumbs(readings[index], in: lines[index]) else { continue }
      for place in readings[index].characters.indices {
        readings[index].limit(Self.crumbledConfidence, at: place)
      }
    }
    return readings
  }

  /// Whether a number is read of print that has crumbled, so that its ink has more small pieces than marks.
  ///
  /// An engine may be sure of what is left of a figure, or of a comma.
  private func hasCrumbs(_ reading: LineReading, in box: PixelBox) -> Bool {
    guard NumericCells.isNumeric(reading.characters) else { return false }
    guard !isWorn else { return true }
    let marks = reading.characters.reduce(0) { count, character in
      // A percent sign has two rings.
      count + (character.scalar == "%" ? 2 : character.scalar.properties.numericType == nil ? 1 : 0)
    }
    var wide = box
    wide.x -= Int(finder.characterHeight)
    wide.width += 2 * Int(finder.characterHeight)
    let small = crumbs.count { wide.contains($0) }
    return small >= marks + max(Self.fewCrumbs, (reading.characters.count - marks) / 2)
  }

  /// Cells with ink of which nothing was read.
  ///
  /// Where most numbers have crumbled, isolated dots may be all that is left of one.
  private func unread(
    _ cells: [PixelBox], lines: [PixelBox], owners: [Int?], readings: [LineReading]
  ) -> [PixelBox] {
    let numbers = lines.indices.filter { NumericCells.isNumeric(readings[$0].characters) }
    let crumbled = numbers.count { hasCrumbs(readings[$0], in: lines[$0]) }
    let small = 2 * crumbled > numbers.count ? crumbs + specks : crumbs
    var isRead = [Bool](repeating: false, count: cells.count)
    for (owner, reading) in zip(owners, readings) where !reading.isBlank {
      if let owner { isRead[owner] = true }
    }
    return cells.indices.filter { !isRead[$0] }.map { cells[$0] }.filter { cell in
      let inside = cell.expanded(by: -Self.cellEdge)
      return small.count { inside.contains($0) } > Self.fewCrumbs
        || picture.pieces(in: inside).contains { !finder.isSmall($0) }
    }
  }

  /// The columns of pixels between the outermost words and cells; nil where there are none.
  private func textWidth(
    _ lines: [PixelBox], _ readings: [LineReading], cells: [PixelBox]
  ) -> ClosedRange<Int>? {
    let words = zip(lines, readings).filter { $1.characters.count > Self.dirtLength }.map(\.0)
    let boxes = words + cells
    guard let left = boxes.map(\.x).min(), let right = boxes.map(\.maxX).max() else { return nil }
    return left...right
  }

  /// Whether a reading is that of shadows and specks: few marks, no word, none of them sure, and on
  /// no row of text; or plain strokes beside all text, as the dark edge of a sheet leaves.
  private func isDirt(
    _ reading: LineReading, _ box: PixelBox, isBeside: Bool, among solid: [PixelBox]
  ) -> Bool {
    let characters = reading.characters
    guard !characters.isEmpty, characters.count <= Self.dirtLength else { return false }
    if isBeside, characters.allSatisfy({ Self.strokes.contains($0.scalar) }) { return true }
    guard Self.isUnsure(reading) else { return false }
    return isBeside || !solid.contains { Self.standSideBySide($0, box) }
  }

  /// Whether few marks were read, and none of them surely.
  private static func isUnsure(_ reading: LineReading) -> Bool {
    let characters = reading.characters
    guard !characters.isEmpty, characters.count <= dirtLength else { return characters.isEmpty }
    let mean = characters.reduce(0) { $0 + $1.confidence } / Double(characters.count)
    return mean < dirtConfidence
  }

  /// Whether two boxes are about equally high and on one row.
  private static func standSideBySide(_ one: PixelBox, _ other: PixelBox) -> Bool {
    let (low, high) = (min(one.height, other.height), max(one.height, other.height))
    return 3 * low >= 2 * high && 2 * (min(one.maxY, other.maxY) - max(one.y, other.y)) >= high
  }

  /// What straight strokes are read as.
  private static let strokes: Set<Unicode.Scalar> = [
    "1", "I", "l", "|", "!", "i", "J", "L", "T", "7", "/", "\\", "-", "_", "—", ".", ",", ":", "'",
    "(", ")", "[", "]", "丨", "一",
  ]

  /// A box with white around it, at the sides the given share of its height.
  ///
  /// Dots in a row keep the height of a line, or the engine would see them many times larger.
  private func padded(_ box: PixelBox, sides: Double) -> PixelBox {
    let height = finder.characterHeight
    let missing = Double(box.width) > Self.rowLength * height ? height - Double(box.height) : 0
    let across = Int(sides * Double(box.height))
    let along = max(1, Int(max(Self.margin * Double(box.height), missing / 2).rounded()))
    return PixelBox(
      x: box.x - across, y: box.y - along, width: box.width + 2 * across,
      height: box.height + 2 * along)
  }

  /// The margin at each side as a share of the width of the padded box.
  private func marginShare(of box: PixelBox, sides: Double) -> Double {
    let padded = padded(box, sides: sides)
    return Double(box.x - padded.x) / Double(padded.width)
  }

  private func pixels(_ rect: Rect) -> PixelBox { Self.pixels(rect, scale: scale) }

  private static func pixels(_ rect: Rect, scale: Double) -> PixelBox {
    let left = Int((rect.minX * scale).rounded())
    let top = Int((rect.minY * scale).rounded())
    return PixelBox(
      x: left, y: top, width: Int((rect.maxX * scale).rounded()) - left,
      height: Int((rect.maxY * scale).rounded()) - top)
  }

  private func points(_ box: PixelBox) -> Rect { Self.points(box, scale: scale) }

  private static func points(_ box: PixelBox, scale: Double) -> Rect {
    Rect(
      minX: Double(box.x) / scale, minY: Double(box.y) / scale, maxX: Double(box.maxX) / scale,
      maxY: Double(box.maxY) / scale)
  }
}
