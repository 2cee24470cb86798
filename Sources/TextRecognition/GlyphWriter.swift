import LayoutModel
import PageGeometry

/// Readings of lines to glyphs, as a text layer would have them.
///
/// A reading says which characters stand where along a line; a glyph needs a baseline and a font size
/// too. Both are taken from the ink: ideographs fill nearly the whole em, figures and capitals stand
/// on the baseline and are about 0.7 em high. Sizes close to that of most of the page are made equal
/// to it, and lines outside of cells that stand side by side are put on one baseline, since ink says
/// either only within a pixel or two.
struct GlyphWriter {
  private struct Entry {
    var characters: [RecognizedCharacter]
    var box: Rect
    var margin: Double
    var isInCell: Bool
    var size: Double
    var baseline: Double
  }

  /// The share of the em that the ink of a line of ideographs fills.
  private static let ideographInk = 0.93
  /// How far their ink reaches below the baseline, in ems.
  private static let ideographDescent = 0.1
  /// Height of figures and capitals in ems.
  private static let capitalHeight = 0.7
  /// How far commas and descending letters reach below the baseline, in ems.
  private static let descent = 0.18
  /// Sizes within this share of the page's main size are that size.
  private static let sameSize = 0.2
  /// Baselines closer than this share of an em are one.
  private static let sameBaseline = 0.3

  private var entries: [Entry] = []

  /// Adds a line.
  ///
  /// - Parameters:
  ///   - reading: What was read; lines without characters are left out.
  ///   - box: Tight around the ink, in points.
  ///   - margin: What the picture had at each side of the ink, as a share of its width.
  ///   - isInCell: Whether it stands in a cell, where neighbours share no baseline.
  mutating func add(_ reading: LineReading, box: Rect, margin: Double, isInCell: Bool) {
    let characters = reading.characters
    guard characters.contains(where: { $0.scalar != " " }) else { return }
    let size = Self.size(of: characters, height: box.height)
    entries.append(
      Entry(
        characters: characters, box: box, margin: margin, isInCell: isInCell, size: size,
        baseline: 0))
  }

  /// The glyphs of all lines, and for each how sure it is.
  func glyphs() -> ([Glyph], [Float]) {
    var entries = entries
    let main = mainSize
    for index in entries.indices {
      let isNear = abs(entries[index].size - main) <= Self.sameSize * main
      if isNear || Self.isMarksOnly(entries[index].characters) { entries[index].size = main }
      entries[index].size = (entries[index].size * 4).rounded() / 4
      entries[index].baseline = Self.baseline(of: entries[index])
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
            advance: place.length, size: entry.size, flags: .recognized))
        confidences.append(Float(character.confidence))
      }
    }
    return (glyphs, confidences)
  }

  // MARK: - Sizes

  /// The size that most characters have.
  private var mainSize: Double {
    var sizes: [Double] = []
    for entry in entries where entry.characters.contains(where: { Self.isIdeograph($0.scalar) }) {
      for _ in entry.characters { sizes.append(entry.size) }
    }
    if sizes.isEmpty {
      for entry in entries { for _ in entry.characters { sizes.append(entry.size) } }
    }
    sizes.sort()
    return sizes.isEmpty ? 10 : sizes[sizes.count / 2]
  }

  private static func size(of characters: [RecognizedCharacter], height: Double) -> Double {
    if characters.contains(where: { isIdeograph($0.scalar) }) { return height / ideographInk }
    let hasDescent = characters.contains { reachesBelow($0.scalar) }
    return height / (capitalHeight + (hasDescent ? descent : 0))
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
      return entry.box.maxY - ideographDescent * entry.size
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

  /// Where each character stands along the line, in points.
  ///
  /// What a model sees of a character is a point in its middle, so characters end halfway between two
  /// such points, and none is wider than its kind.
  private static func places(of entry: Entry) -> [Interval] {
    let inner = 1 - 2 * entry.margin
    let middles = entry.characters.map { character in
      let share = (character.extent.middle - entry.margin) / inner
      return entry.box.minX + min(max(share, 0), 1) * entry.box.width
    }
    return middles.indices.map { index in
      let half = (isWide(entry.characters[index].scalar) ? 0.5 : 0.3) * entry.size
      let before = index > 0 ? (middles[index - 1] + middles[index]) / 2 : entry.box.minX
      let after =
        index + 1 < middles.count ? (middles[index] + middles[index + 1]) / 2 : entry.box.maxX
      let reach = 1.6 * half
      let lower = max(before, min(middles[index], middles[index] - reach))
      let upper = min(after, middles[index] + reach)
      return Interval(lower, max(lower, upper))
    }
  }

  private static func isIdeograph(_ scalar: Unicode.Scalar) -> Bool {
    scalar.properties.isIdeographic
  }

  /// Ideographs and what is set as wide as they are.
  private static func isWide(_ scalar: Unicode.Scalar) -> Bool {
    isIdeograph(scalar) || (0x3000...0x303F).contains(scalar.value)
      || (0xFF00...0xFF60).contains(scalar.value)
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
