package import PageGeometry

/// Decides between the free and the restricted reading of cells that stand among numbers.
///
///     │ 21 │ 30 │ O  │ 176 │     a cell in a row or column of numbers is one too where its marks can
///     │  8 │ l  │  2 │  27 │     be read as one: O is 0, l is 1
///
/// Both readings come from the same look at the picture. The restricted one is taken only where it is
/// sure and differs from the free one in marks that look alike; every such choice is reported.
/// A mark that the free reading has right gains from it too: 0 is no longer in doubt for looking
/// like an O.
package enum NumericCells {
  /// A choice of the restricted reading.
  package struct Choice: Hashable, Sendable {
    /// Position of the line.
    package var line: Int
    /// Of the cell, in points of the upright page.
    package var box: Rect
    /// What was read freely.
    package var free: String
    /// What is taken.
    package var taken: String
  }

  /// Two looks at a number that differ.
  package struct Disagreement: Hashable, Sendable {
    /// Of the cell, in points of the upright page.
    package var box: Rect
    /// What is taken.
    package var taken: String
    /// What the other look read.
    package var other: String
  }

  /// Neighbours that must be numbers, and their share.
  private static let neighbourCount = 2
  private static let neighbourShare = 0.6
  /// How sure the restricted reading must be.
  private static let trust = 0.9

  /// - Parameters:
  ///   - readings: Of lines, in order.
  ///   - owners: For each line, the position of its cell in `cells`; nil outside of cells.
  ///   - cells: Boxes of cells.
  /// - Returns: The readings with the better one of each cell among numbers, and what was chosen.
  static func resolved(
    _ readings: [LineReading], owners: [Int?], cells: [Rect]
  ) -> (readings: [LineReading], choices: [Choice]) {
    let lines = lines(of: owners, count: cells.count)
    var result = readings
    var choices: [Choice] = []
    for cell in amongNumbers(readings, lines: lines, cells: cells) where lines[cell].count == 1 {
      let line = lines[cell][0]
      guard let numeric = readings[line].numeric else { continue }
      let free = readings[line].characters
      let (freeText, text) = (LineReading.text(of: free), LineReading.text(of: numeric))
      if freeText == text {
        result[line].characters = zip(free, numeric).map(surer)
      } else if looksAlike(free, numeric), LineReading.confidence(of: numeric) >= trust {
        result[line].characters = numeric
        choices.append(Choice(line: line, box: cells[cell], free: freeText, taken: text))
      }
    }
    return (result, choices)
  }

  /// For each cell the lines in it.
  static func lines(of owners: [Int?], count: Int) -> [[Int]] {
    var lines = [[Int]](repeating: [], count: count)
    for (line, owner) in owners.enumerated() {
      if let owner { lines[owner].append(line) }
    }
    return lines
  }

  /// The cells with lines in whose row or column the others are numbers.
  ///
  /// - Parameters:
  ///   - readings: Of lines.
  ///   - lines: For each cell the lines in it.
  ///   - cells: Boxes of cells.
  /// - Returns: Positions in `cells`, in order.
  static func amongNumbers(
    _ readings: [LineReading], lines: [[Int]], cells: [Rect]
  ) -> [Int] {
    let filled = cells.indices.filter { !lines[$0].isEmpty }
    let isNumber = lines.map { $0.count == 1 && isNumeric(readings[$0[0]].characters) }
    let columns = counts(of: filled, isNumber) { cells[$0].xInterval }
    let rows = counts(of: filled, isNumber) { cells[$0].yInterval }
    return filled.filter { cell in
      [columns[cells[cell].xInterval], rows[cells[cell].yInterval]].contains {
        $0?.isNumeric(without: isNumber[cell]) == true
      }
    }
  }

  /// How many cells of one row or column hold something, and how many of them numbers.
  private struct Count {
    var filled = 0
    var numbers = 0

    /// Whether the others among them are numbers.
    func isNumeric(without isNumber: Bool) -> Bool {
      let others = filled - 1
      let numbers = numbers - (isNumber ? 1 : 0)
      return numbers >= neighbourCount && Double(numbers) >= neighbourShare * Double(others)
    }
  }

  private static func counts(
    of cells: [Int], _ isNumber: [Bool], by place: (Int) -> Interval
  ) -> [Interval: Count] {
    var counts: [Interval: Count] = [:]
    for cell in cells {
      counts[place(cell), default: Count()].filled += 1
      if isNumber[cell] { counts[place(cell), default: Count()].numbers += 1 }
    }
    return counts
  }

  private static func surer(
    _ one: RecognizedCharacter, _ other: RecognizedCharacter
  ) -> RecognizedCharacter {
    one.confidence >= other.confidence ? one : other
  }

  /// Whether all marks are figures or what stands between them, with a figure among them.
  static func isNumeric(_ characters: [RecognizedCharacter]) -> Bool {
    characters.contains { isFigure($0.scalar) }
      && characters.allSatisfy {
        isFigure($0.scalar) || ",.%-+/".unicodeScalars.contains($0.scalar)
      }
  }

  private static func isFigure(_ scalar: Unicode.Scalar) -> Bool {
    ("0"..."9").contains(scalar)
  }

  /// Whether two readings have equally many marks, and those that differ look alike.
  private static func looksAlike(
    _ free: [RecognizedCharacter], _ numeric: [RecognizedCharacter]
  ) -> Bool {
    free.count == numeric.count && !numeric.isEmpty
      && zip(free, numeric).allSatisfy { one, other in
        one.scalar == other.scalar || alike[other.scalar]?.contains(one.scalar) ?? false
      }
  }

  /// For marks of numbers, what they are taken for.
  private static let alike: [Unicode.Scalar: Set<Unicode.Scalar>] = [
    "0": ["O", "o", "〇", "○", "D", "Q", "Ｏ", "о", "О"],
    "1": ["l", "I", "i", "|", "丨", "!", "]", "L", "Ｉ"],
    "2": ["Z", "z"],
    "5": ["S", "s"],
    "6": ["b", "G"],
    "8": ["B", "S"],
    "9": ["g", "q"],
    "-": ["—", "–", "一", "ー", "－", "_"],
    ",": ["，", "、", "'"],
    ".": ["。", "·", "．", "•"],
    "(": ["（"],
    ")": ["）"],
    "%": ["％"],
    "+": ["十", "＋"],
    "/": ["丿", "／"],
  ]
}
