package import LayoutModel
import PageGeometry

/// Glyphs to words: the first step of layout analysis.
///
/// Glyphs are sorted by baseline and place, never taken in the order in which they were painted,
/// then cut wherever there is a printed space or a gap. Text painted twice at one place, as
/// producers do to fake a bold font, is taken once.
package struct WordBuilder {
  /// Two baselines are one if they differ by less than this share of the font size.
  ///
  /// Superscripts are raised by a third and more; mixed fonts on a line differ by a few hundredths.
  static let baselineTolerance = 0.16
  /// A gap of this share of the font size separates words of scripts that use spaces.
  ///
  /// A space is 0.25 em in most text fonts; justified lines press it to about 0.17, and kerned or
  /// spaced-out letters stay below 0.12.
  static let wordGap = 0.16
  /// A gap of this share of the font size separates words next to ideographs, which producers set
  /// apart from Latin letters and digits by up to a quarter em without a space.
  static let ideographGap = 0.45
  /// A gap between ideographs from which a space is read, in ems: spaced-out headings have less.
  static let ideographSpace = 0.9
  /// Equal glyphs closer than this share of the font size are one glyph painted twice.
  static let overprintDistance = 0.12

  private let page: PageLayout

  package init(page: PageLayout) {
    self.page = page
  }

  /// Builds words from some glyphs of the page.
  ///
  /// - Parameter indices: Positions in `page.glyphs`, in any order.
  /// - Returns: Words sorted by direction, baseline and place. Each visible glyph that is not white
  ///   space is in exactly one word, except overprints.
  /// - Complexity: O(n log n).
  package func words(from indices: [Int]) -> [Word] {
    var words: [Word] = []
    guard !indices.isEmpty else { return words }
    var toTheRight: [Placed] = []
    toTheRight.reserveCapacity(indices.count)
    var turned: [[Placed]] = []
    for index in indices {
      // A pattern: `==` on an enumeration with raw values is a call for each glyph.
      if case .right = page.glyphs[index].direction {
        toTheRight.append(placed(index))
      } else {
        if turned.isEmpty { turned = [[], [], []] }
        turned[Int(page.glyphs[index].direction.rawValue) - 1].append(placed(index))
      }
    }
    append(&toTheRight, quarter: 0, to: &words)
    for index in turned.indices {
      append(&turned[index], quarter: index + 1, to: &words)
    }
    return words
  }

  /// A glyph in the frame in which its text runs to the right.
  private struct Placed {
    var x: Double
    var baseline: Double
    var advance: Double
    var size: Double
    var index: Int
    var scalar: Unicode.Scalar
  }

  /// The turn that makes text of a direction run to the right.
  private func turn(for direction: Int) -> QuarterTurn {
    QuarterTurn(quarters: -direction, width: page.width, height: page.height)
  }

  private func placed(_ index: Int) -> Placed {
    let glyph = page.glyphs[index]
    let origin =
      if case .right = glyph.direction {
        glyph.origin
      } else {
        turn(for: Int(glyph.direction.rawValue)).apply(glyph.origin)
      }
    return Placed(
      x: origin.x, baseline: origin.y, advance: glyph.advance, size: max(glyph.size, 0.1),
      index: index, scalar: glyph.scalar)
  }

  private func append(_ glyphs: inout [Placed], quarter: Int, to words: inout [Word]) {
    guard !glyphs.isEmpty else { return }
    if !Self.isSortedFromAbove(glyphs) { glyphs.sort(by: Self.isAbove) }
    var pending = PendingWord()
    let turnBack = turn(for: quarter).inverse
    let direction = Glyph.Direction(rawValue: UInt8(quarter)) ?? .right
    var start = 0
    for index in glyphs.indices {
      let isLast = index + 1 == glyphs.count
      if !isLast {
        let step = glyphs[index + 1].baseline - glyphs[index].baseline
        let size = min(glyphs[index].size, glyphs[index + 1].size)
        if step <= size * Self.baselineTolerance { continue }
      }
      let row = start..<index + 1
      if !Self.isSortedFromLeft(glyphs, in: row) { glyphs[row].sort(by: Self.isLeft) }
      appendWords(
        of: glyphs, in: row, direction: direction, turnBack: turnBack, pending: &pending,
        to: &words)
      start = index + 1
    }
  }

  private static func isAbove(_ a: Placed, _ b: Placed) -> Bool {
    if a.baseline != b.baseline { return a.baseline < b.baseline }
    if a.x != b.x { return a.x < b.x }
    return a.scalar.value < b.scalar.value
  }

  private static func isLeft(_ a: Placed, _ b: Placed) -> Bool {
    if a.x != b.x { return a.x < b.x }
    if a.baseline != b.baseline { return a.baseline < b.baseline }
    return a.scalar.value < b.scalar.value
  }

  /// Most pages are painted in order: looking is cheaper than sorting.
  private static func isSortedFromAbove(_ glyphs: [Placed]) -> Bool {
    for index in glyphs.indices.dropFirst() where isAbove(glyphs[index], glyphs[index - 1]) {
      return false
    }
    return true
  }

  private static func isSortedFromLeft(_ glyphs: [Placed], in row: Range<Int>) -> Bool {
    for index in row.dropFirst() where isLeft(glyphs[index], glyphs[index - 1]) {
      return false
    }
    return true
  }

  /// Cuts the glyphs of one baseline into words.
  private func appendWords(
    of glyphs: [Placed], in row: Range<Int>, direction: Glyph.Direction, turnBack: QuarterTurn,
    pending: inout PendingWord, to words: inout [Word]
  ) {
    var sawSpace = false
    var previous: Placed?
    for index in row {
      let glyph = glyphs[index]
      if let previous, isOverprint(glyph, of: previous) { continue }
      if Script.isSpace(glyph.scalar) {
        // A space that other glyphs cover is a producer's leftover, not a printed space.
        sawSpace = true
        continue
      }
      if let last = previous {
        let gap = glyph.x - (last.x + last.advance)
        let size = max(last.size, glyph.size)
        let isNearIdeograph =
          Script.isIdeographic(last.scalar) || Script.isIdeographic(glyph.scalar)
        let limit = isNearIdeograph ? Self.ideographGap : Self.wordGap
        let coversBlank = gap > -0.2 * size
        if sawSpace && coversBlank || gap > limit * size || gap < -0.6 * size {
          finish(&pending, direction: direction, turnBack: turnBack, into: &words)
          let areIdeographs =
            Script.isIdeographic(last.scalar) && Script.isIdeographic(glyph.scalar)
          pending.followsSpace = sawSpace || !areIdeographs || gap > Self.ideographSpace * size
        }
      }
      append(glyph, to: &pending)
      previous = glyph
      sawSpace = false
    }
    finish(&pending, direction: direction, turnBack: turnBack, into: &words)
  }

  private func isOverprint(_ glyph: Placed, of previous: Placed) -> Bool {
    glyph.scalar == previous.scalar
      && glyph.x - previous.x < Self.overprintDistance * previous.size
      && glyph.advance > 2 * Self.overprintDistance * previous.size
  }

  private struct PendingWord {
    var utf8: [UInt8] = []
    var minX = 0.0
    var maxX = 0.0
    var baseline = 0.0
    var size = 0.0
    var fontIndex: Int32 = 0
    var flags = Glyph.Flags(rawValue: 0)
    var color: UInt32 = 0
    var confidence: Float = 1
    var followsSpace = false
    var isEmpty = true

    /// Makes room for the next word; the buffer is kept.
    mutating func clear() {
      utf8.removeAll(keepingCapacity: true)
      size = 0
      confidence = 1
      followsSpace = false
      isEmpty = true
    }
  }

  private func append(_ placed: Placed, to word: inout PendingWord) {
    let glyph = page.glyphs[placed.index]
    if word.isEmpty {
      word.isEmpty = false
      word.minX = placed.x
      word.maxX = placed.x
      word.fontIndex = glyph.fontIndex
      word.color = glyph.color
      word.flags = glyph.flags
      word.baseline = placed.baseline
    }
    word.flags = Glyph.Flags(rawValue: word.flags.rawValue | glyph.flags.rawValue)
    word.maxX = max(word.maxX, placed.x + placed.advance)
    if !page.confidences.isEmpty {
      word.confidence = min(word.confidence, page.confidences[placed.index])
    }
    if placed.size > word.size {
      word.size = placed.size
      word.baseline = placed.baseline
    }
    if glyph.ligature.isEmpty {
      appendPlain(glyph.scalar, to: &word.utf8)
    } else {
      let scalars = Int(glyph.ligature.lowerBound)..<Int(glyph.ligature.upperBound)
      for scalar in page.ligatureScalars[scalars] {
        appendPlain(scalar, to: &word.utf8)
      }
    }
  }

  /// Latin ligatures (U+FB00–FB06) are written as the letters that they join.
  private func appendPlain(_ scalar: Unicode.Scalar, to utf8: inout [UInt8]) {
    switch scalar.value {
    case 0..<0x80: utf8.append(UInt8(scalar.value))
    case 0xFB00: utf8.append(contentsOf: "ff".utf8)
    case 0xFB01: utf8.append(contentsOf: "fi".utf8)
    case 0xFB02: utf8.append(contentsOf: "fl".utf8)
    case 0xFB03: utf8.append(contentsOf: "ffi".utf8)
    case 0xFB04: utf8.append(contentsOf: "ffl".utf8)
    case 0xFB05, 0xFB06: utf8.append(contentsOf: "st".utf8)
    default: utf8.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
    }
  }

  private func finish(
    _ word: inout PendingWord, direction: Glyph.Direction, turnBack: QuarterTurn,
    into words: inout [Word]
  ) {
    guard !word.isEmpty else { return }
    defer { word.clear() }
    let frameBox = Rect(
      minX: word.minX, minY: word.baseline - 0.85 * word.size, maxX: word.maxX,
      maxY: word.baseline + 0.15 * word.size)
    let isTurned = direction != .right
    let origin = turnBack.apply(Point(x: word.minX, y: word.baseline))
    let fontIndex = Int(word.fontIndex)
    let isBoldFont = page.fonts.indices.contains(fontIndex) && page.fonts[fontIndex].isBold
    var made =
      Word(
        text: String(decoding: word.utf8, as: UTF8.self),
        box: isTurned ? turnBack.apply(frameBox) : frameBox,
        baseline: direction == .up || direction == .down ? origin.x : origin.y,
        direction: direction, size: word.size, fontIndex: word.fontIndex, flags: word.flags,
        isBold: isBoldFont || word.flags.contains(.strokedBold),
        followsSpace: word.followsSpace, color: word.color)
    made.confidence = word.confidence
    words.append(made)
  }
}
