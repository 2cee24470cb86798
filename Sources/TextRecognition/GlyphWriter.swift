import LayoutModel
import PageGeometry

/// Readings of lines to glyphs, as a text layer would have them.
///
/// A reading says which characters stand where along a line; a glyph needs a place within a pixel, a
/// baseline, a font size and a weight too. All are taken from the ink: characters lie between white
/// (`LineInk`), ideographs stand one em apart and fill nearly the whole of it, figures and capitals stand
/// on the baseline and are about 0.7 em high, and strokes of bold type are wider than most of the
/// page's. Sizes close to that of most of the page are made equal to it, and lines outside of cells
/// that stand side by side are put on one baseline, since ink says either only within a pixel or two.
struct GlyphWriter {
  /// The fonts that glyphs refer to.
  static let fonts = [
    Font(name: "recognized"), Font(name: "recognized-bold", isBold: true),
  ]

  private struct Entry {
    var characters: [RecognizedCharacter]
    var box: Rect
    var isInCell: Bool
    /// The ink of each character, in points; nil where it has none.
    var extents: [Interval?]
    /// The size of the type, and whether enough ideographs say so.
    var size: Double
    var isSureSize: Bool
    /// The width of strokes in ems; nil where the line says nothing about its weight.
    var weight: Double?
    var baseline = 0.0
    var isBold = false
  }

  /// The share of the em that the ink of a line of ideographs fills.
  private static let ideographInk = 0.93
  /// How far their ink reaches below the baseline, in ems.
  private static let ideographDescent = 0.1
  /// Height of figures and capitals in ems.
  private static let capitalHeight = 0.7
  /// How far commas and descending letters reach below the baseline, in ems.
  private static let descent = 0.18
  /// Neighbouring ideographs are at most this far apart, in ems of the height of their ink.
  private static let largestPitch = 1.3
  /// This many distances between ideographs tell the size of the type.
  private static let pitchCount = 4
  /// Strokes of this many ideographs and one more tell the weight of the type.
  private static let weightCount = 3
  /// Sizes within this share of a usual size are that size.
  private static let sameSize = 0.2
  /// The same for sizes that distances between ideographs tell.
  private static let sameSureSize = 0.06
  /// A size that fewer of the page's characters have is not usual.
  private static let usualShare = 0.04
  /// Baselines closer than this share of an em are one.
  private static let sameBaseline = 0.3
  /// Strokes this many times wider than most in type of one size are bold: blur leaves that much of
  /// the half that bold type has more.
  private static let boldStroke = 1.13
  /// Sizes within this share of each other have the same blur.
  private static let comparableSize = 0.1
  /// How many times more characters than its own a line is compared with, itself among them.
  private static let referenceCount = 3

  private var entries: [Entry] = []

  /// Adds a line.
  ///
  /// - Parameters:
  ///   - reading: What was read; lines without characters are left out.
  ///   - box: Tight around the ink, in points.
  ///   - ink: Inside the box.
  ///   - isInCell: Whether it stands in a cell, where neighbours share no baseline.
  mutating func add(
    _ reading: LineReading, box: Rect, ink: LineInk, isInCell: Bool
  ) {
    let characters = reading.characters
    guard characters.contains(where: { $0.scalar != " " }), !ink.columns.isEmpty else { return }
    let height = Self.size(of: characters, height: box.height)
    let extents = Self.extents(of: characters, box: box, ink: ink, size: height)
    let pitches = Self.pitches(of: characters, extents, limit: Self.largestPitch * height)
    let widest = zip(characters, extents).compactMap { character, extent in
      Self.isIdeograph(character.scalar) ? extent?.length : nil
    }.max()
    // Of 三 only the width fills the em, of 日 only the height.
    let size =
      pitches.isEmpty
      ? max(height, (widest ?? 0) / Self.ideographInk) : pitches.sorted()[pitches.count / 2]
    let strokes = ink.strokeWidth * box.width / Double(ink.columns.count)
    entries.append(
      Entry(
        characters: characters, box: box, isInCell: isInCell, extents: extents, size: size,
        isSureSize: pitches.count >= Self.pitchCount,
        weight: pitches.count < Self.weightCount || size <= 0 ? nil : strokes / size))
  }

  /// The glyphs of all lines, and for each how sure it is.
  func glyphs() -> ([Glyph], [Float]) {
    var entries = entries
    let sizes = usualSizes
    for index in entries.indices {
      let entry = entries[index]
      let nearest = Self.nearest(to: entry.size, of: sizes)
      let same = entry.isSureSize ? Self.sameSureSize : Self.sameSize
      if Self.isMarksOnly(entry.characters) {
        entries[index].size = sizes.first ?? entry.size
      } else if let nearest, abs(entry.size - nearest) <= same * nearest {
        entries[index].size = nearest
      }
      entries[index].size = (entries[index].size * 4).rounded() / 4
      entries[index].baseline = Self.baseline(of: entries[index])
      entries[index].isBold = isBold(entry)
    }
    Self.alignBaselines(&entries)
    var glyphs: [Glyph] = []
    var confidences: [Float] = []
    for entry in entries {
      let places = Self.places(of: entry)
      for (character, place) in zip(entry.characters, places) {
        glyphs.append(
          Glyph(
            scalar: character.scalar, origin: Point(x: place.lower, y: entry.baseline),
            advance: place.length, size: entry.size, fontIndex: entry.isBold ? 1 : 0,
            flags: .recognized))
        confidences.append(Float(character.confidence))
      }
    }
    return (glyphs, confidences)
  }

  // MARK: - Sizes and weights

  /// The sizes that many characters have, the one that most have first.
  ///
  /// Sizes that many ideographs tell count, or all where there are none; of two that are hardly
  /// apart the more frequent one.
  private var usualSizes: [Double] {
    let sure = entries.filter(\.isSureSize)
    let telling = sure.isEmpty ? entries : sure
    var rest = telling.map { ($0.size, $0.characters.count) }.sorted { $0.0 < $1.0 }
    let total = rest.reduce(0) { $0 + $1.1 }
    var sizes: [(size: Double, count: Int)] = []
    while !rest.isEmpty {
      // The size that has most characters close to it.
      let counts = rest.map { one in
        rest.reduce(0) { $0 + (abs($1.0 - one.0) <= Self.sameSureSize * one.0 ? $1.1 : 0) }
      }
      guard let most = counts.indices.max(by: { (counts[$0], $1) < (counts[$1], $0) }) else {
        break
      }
      let center = rest[most].0
      let group = rest.filter { abs($0.0 - center) <= Self.sameSureSize * center }
      rest.removeAll { abs($0.0 - center) <= Self.sameSureSize * center }
      if Double(counts[most]) >= Self.usualShare * Double(total) {
        sizes.append((Self.median(group) ?? center, counts[most]))
      }
    }
    return sizes.map(\.size)
  }

  private static func nearest(to size: Double, of sizes: [Double]) -> Double? {
    sizes.min { abs(size - $0) < abs(size - $1) }
  }

  /// Whether the strokes of a line are wider than most in type of its size.
  ///
  /// Blur and ink make strokes of small type wider, so sizes are not compared with each other.
  private func isBold(_ entry: Entry) -> Bool {
    guard let weight = entry.weight else { return false }
    let others = entries.filter {
      $0.weight != nil && abs($0.size - entry.size) <= Self.comparableSize * entry.size
    }
    let count = others.reduce(0) { $0 + $1.characters.count }
    guard count >= Self.referenceCount * entry.characters.count else { return false }
    let usual = Self.median(others.map { ($0.weight ?? 0, $0.characters.count) }) ?? weight
    return weight >= Self.boldStroke * usual
  }

  /// The value below which half of the counts lie.
  private static func median(_ values: [(value: Double, count: Int)]) -> Double? {
    let total = values.reduce(0) { $0 + $1.count }
    var seen = 0
    for entry in values.sorted(by: { $0.value < $1.value }) {
      seen += entry.count
      if 2 * seen > total { return entry.value }
    }
    return nil
  }

  private static func size(of characters: [RecognizedCharacter], height: Double) -> Double {
    if characters.contains(where: { isIdeograph($0.scalar) }) { return height / ideographInk }
    let hasDescent = characters.contains { reachesBelow($0.scalar) }
    return height / (capitalHeight + (hasDescent ? descent : 0))
  }

  /// The distances between the middles of neighbouring ideographs.
  private static func pitches(
    of characters: [RecognizedCharacter], _ extents: [Interval?], limit: Double
  ) -> [Double] {
    characters.indices.dropLast().compactMap { index in
      guard isIdeograph(characters[index].scalar), isIdeograph(characters[index + 1].scalar),
        let one = extents[index], let other = extents[index + 1]
      else { return nil }
      let pitch = other.middle - one.middle
      return pitch <= limit ? pitch : nil
    }
  }

  /// Dashes, dots and the like say nothing about the size of the type.
  private static func isMarksOnly(_ characters: [RecognizedCharacter]) -> Bool {
    characters.allSatisfy {
      !$0.scalar.properties.isAlphabetic && $0.scalar.properties.numericType == nil
    }
  }

  private static func baseline(of entry: Entry) -> Double {
    if isMarksOnly(entry.characters) {
      // In the middle of the line, where dashes and slashes are.
      return entry.box.midY + 0.35 * entry.size
    }
    if entry.characters.contains(where: { isIdeograph($0.scalar) }) {
      // Brackets reach as far above ideographs as below them.
      return entry.box.midY + (ideographInk / 2 - ideographDescent) * entry.size
    }
    let hasDescent = entry.characters.contains { reachesBelow($0.scalar) }
    return entry.box.maxY - (hasDescent ? descent * entry.size : 0)
  }

  /// Puts lines outside of cells that differ by less than ink can tell on one baseline.
  private static func alignBaselines(_ entries: inout [Entry]) {
    let order = entries.indices.filter { !entries[$0].isInCell }.sorted {
      (entries[$0].baseline, $0) < (entries[$1].baseline, $1)
    }
    var group: [Int] = []
    func close(_ group: [Int], _ entries: inout [Entry]) {
      guard group.count > 1 else { return }
      let total = group.reduce(0) { $0 + entries[$1].box.width }
      let mean = group.reduce(0) { $0 + entries[$1].baseline * entries[$1].box.width } / total
      for index in group { entries[index].baseline = mean }
    }
    for index in order {
      if let first = group.first,
        entries[index].baseline - entries[first].baseline > sameBaseline * entries[first].size
      {
        close(group, &entries)
        group = []
      }
      group.append(index)
    }
    close(group, &entries)
  }

  // MARK: - Places

  /// Where the ink of each character is, in points; nil for spaces.
  private static func extents(
    of characters: [RecognizedCharacter], box: Rect, ink: LineInk, size: Double
  ) -> [Interval?] {
    let count = Double(ink.columns.count)
    let points = box.width / count
    let marks = characters.indices.filter { characters[$0].scalar != " " }
    let found = ink.extents(
      middles: marks.map { characters[$0].extent.middle * count },
      halves: marks.map { CharacterKind(characters[$0].scalar).half * size / points },
      em: size / points)
    var result = [Interval?](repeating: nil, count: characters.count)
    for (index, extent) in zip(marks, found) {
      result[index] = extent.map {
        Interval(box.minX + $0.lower * points, box.minX + $0.upper * points)
      }
    }
    return result
  }

  /// Where each character stands along the line, in points: what its kind takes around its ink, and
  /// never more than up to its neighbours.
  private static func places(of entry: Entry) -> [Interval] {
    let (characters, size) = (entry.characters, entry.size)
    var places = characters.indices.map { index -> Interval in
      let scalar = characters[index].scalar
      guard let ink = entry.extents[index] else {
        let x = index > 0 ? entry.extents[..<index].compactMap { $0?.upper }.max() : nil
        return Interval(x ?? entry.box.minX, x ?? entry.box.minX)
      }
      let half = max(ink.length / 2, isMark(scalar) ? 0 : CharacterKind(scalar).half * size)
      return Interval(ink.middle - half, ink.middle + half)
    }
    for index in characters.indices.dropLast() {
      let (left, right) = (characters[index].scalar, characters[index + 1].scalar)
      let gap = places[index + 1].lower - places[index].upper
      if gap <= 0 || left == " " || right == " " {
        if gap < 0 {
          let limit = limit(between: entry.extents[index], and: entry.extents[index + 1])
          places[index].upper = min(
            places[index].upper, max(limit ?? places[index].upper, places[index].lower))
          places[index + 1].lower = max(places[index + 1].lower, places[index].upper)
          places[index + 1].upper = max(places[index + 1].upper, places[index + 1].lower)
        }
      } else if gap <= markWhite * size {
        // White beside a mark of punctuation belongs to it.
        if isMark(left) {
          places[index].upper += gap
        } else if isMark(right) {
          places[index + 1].lower -= gap
        }
      }
    }
    if !entry.isInCell, let first = characters.first?.scalar, wideOpeners.contains(first) {
      places[0].lower -= wideWhite * size
    }
    return places
  }

  /// The middle of the white between two characters.
  private static func limit(between left: Interval?, and right: Interval?) -> Double? {
    guard let left, let right else { return nil }
    return (left.upper + right.lower) / 2
  }

  /// Marks of punctuation in full width have at most this much white at one side, in ems.
  private static let markWhite = 0.65
  /// The white before an opening mark in full width at the start of a line, in ems.
  private static let wideWhite = 0.45
  private static let wideOpeners = Set("“‘《〈【「『〔（".unicodeScalars)

  /// Whether a character is neither a letter nor a figure.
  private static func isMark(_ scalar: Unicode.Scalar) -> Bool { CharacterKind(scalar) == .mark }

  private static func isIdeograph(_ scalar: Unicode.Scalar) -> Bool {
    scalar.properties.isIdeographic
  }

  private static func reachesBelow(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case ",", ";", "(", ")", "[", "]", "{", "}", "/", "|", "g", "j", "p", "q", "y", "Q", "，", "；",
      "（", "）":
      true
    default: false
    }
  }
}
