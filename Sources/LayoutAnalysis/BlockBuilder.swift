package import LayoutModel
package import PageGeometry

/// Lines to blocks: the fourth step of layout analysis, after lines and reading order.
///
/// A line continues the paragraph before it if the type is the same, the line before was full
/// (the next word would not have fitted) and it is not set in or out as a first line is. Paragraphs
/// go on across columns and pages by the same rule.
package struct BlockBuilder {
  /// Type sizes that differ by less than this share are the same.
  static let sameSize = 0.08
  /// A line starts at an edge if it is at most this many ems away.
  static let edge = 0.6
  /// A first line is set in by at least this many ems.
  static let firstLineIndent = 1.2
  /// Baselines of one paragraph are at most this many ems apart.
  static let maximumLeading = 2.6
  /// A line that starts right of this share of its column is a signature or date of its own.
  static let farRight = 0.45
  /// Two leadings of one paragraph differ by at most this share.
  static let sameLeading = 0.25

  package private(set) var blocks: [TextBlock] = []
  private var isOpen = false

  package init() {}

  /// Ends the current paragraph: a table or picture follows.
  package mutating func close() {
    isOpen = false
  }

  /// Takes out the blocks that no line is added to any more.
  package mutating func takeClosed() -> [TextBlock] {
    guard isOpen, let open = blocks.popLast() else {
      defer { blocks = [] }
      return blocks
    }
    defer { blocks = [open] }
    return blocks
  }

  /// Adds the next line in reading order.
  ///
  /// - Parameters:
  ///   - line: The line.
  ///   - column: The width that its column can use.
  ///   - pageNumber: The page that it is on, from 1.
  ///   - startsColumn: Whether it is the first line of a column or page.
  package mutating func add(
    _ line: TextLine, column: Interval, pageNumber: Int, startsColumn: Bool
  ) {
    let piece = TextBlock.Piece(pageNumber: pageNumber, box: line.box)
    guard isOpen, let last = blocks.indices.last,
      continues(blocks[last], with: line, column: column, startsColumn: startsColumn)
    else {
      blocks.append(TextBlock(lines: [line], pieces: [piece], column: column))
      isOpen = true
      return
    }
    blocks[last].lines.append(line)
    let lastPiece = blocks[last].pieces.count - 1
    if startsColumn {
      blocks[last].pieces.append(piece)
      blocks[last].column = column
    } else {
      blocks[last].pieces[lastPiece].box = blocks[last].pieces[lastPiece].box.union(line.box)
    }
  }

  /// Adds the next line in reading order, with its words.
  package mutating func add(
    _ line: Line, column: Interval, pageNumber: Int, startsColumn: Bool
  ) {
    add(
      TextLine(line), column: column, pageNumber: pageNumber, startsColumn: startsColumn)
  }

  private func continues(
    _ block: TextBlock, with line: TextLine, column: Interval, startsColumn: Bool
  ) -> Bool {
    guard let last = block.lines.last, let first = block.lines.first else { return false }
    let size = max(last.size, line.size)
    guard abs(last.size - line.size) <= Self.sameSize * size else { return false }
    if Self.isOnSameBaseline(last, line), !startsColumn {
      return line.box.minX >= last.box.maxX - 0.3 * size
    }
    if weightChanges(from: last, to: line, in: block, startsColumn: startsColumn) { return false }
    if line.box.minX > column.lower + Self.farRight * column.length { return false }
    if startsColumn {
      return isFull(last, before: line, column: block.column)
        && line.box.minX <= column.lower + Self.edge * size
        && !endsSentence(last, indented: isIndented(first, in: block.column))
    }
    guard hasSameLeading(block, next: line) else { return false }
    // A line of a centred title that is not full was broken by hand. The first line of a
    // paragraph, set in by two ems, may happen to end two ems early.
    let standsApart = line.box.minX - column.lower > 3.5 * line.size
    if isCentered(line, in: column), block.isCentered || block.isSymmetric && standsApart {
      return true
    }
    guard isFull(last, before: line, column: column) else { return false }
    let label = ListLabel(first.text)
    let isFirstRow = block.lines.allSatisfy { Self.isOnSameBaseline($0, last) }
    if isFirstRow {
      // A line that starts further right than any indent is a line at the right, not a first one.
      guard first.box.minX - line.box.minX <= Self.largestIndent * size else { return false }
      let isSetOut = line.box.minX <= first.box.minX + Self.edge * size
      let isHanging = label != nil && line.box.minX <= first.box.minX + 6 * size
      guard isSetOut || isHanging else { return false }
      // Without first-line indents, a label opens a new paragraph.
      let isAtSameEdge = abs(line.box.minX - first.box.minX) <= Self.edge * size
      return !(isAtSameEdge && ListLabel(line.text) != nil && label != nil)
    }
    let left = lastRowStart(of: block)
    return abs(line.box.minX - left) <= Self.edge * size
      || (block.lines.count >= 2 && line.box.minX < left && line.box.minX <= column.lower + size)
  }

  /// Where the last row of a block starts; a row may be several lines with gaps between them.
  private func lastRowStart(of block: TextBlock) -> Double {
    guard let last = block.lines.last else { return 0 }
    let row = block.lines.reversed().prefix { Self.isOnSameBaseline($0, last) }
    return row.map(\.box.minX).min() ?? last.box.minX
  }

  static func isOnSameBaseline(_ a: TextLine, _ b: TextLine) -> Bool {
    abs(a.baseline - b.baseline) <= 0.2 * max(a.size, b.size)
  }

  private func isIndented(_ line: TextLine, in column: Interval) -> Bool {
    line.box.minX >= column.lower + Self.firstLineIndent * line.size
  }

  /// Whether the next word would not have fitted behind the line.
  private func isFull(_ line: TextLine, before next: TextLine, column: Interval) -> Bool {
    let room = column.upper - line.box.maxX
    guard next.firstWordLength > 0, let scalar = next.text.unicodeScalars.first else {
      return true
    }
    guard Script.isIdeographic(scalar) else {
      // Centred lines are broken by hand, between words.
      return room
        < (isCentered(line, in: column)
          ? next.firstWordWidth + 0.6 * line.size : Self.firstPartWidth(of: next, line.size))
    }
    // Between ideographs a line can break anywhere, so less than one em is left, and one more
    // where other lines hang their punctuation into the margin. Signs that may not end or start a
    // line take their neighbour along. A line that ends a sentence needs better proof.
    let second = next.firstWordLength > 1 ? next.text.unicodeScalars.dropFirst().first : nil
    let isBound = Self.openers.contains(scalar) || second.map(Self.closers.contains) == true
    let endsSentence = line.text.unicodeScalars.last.map(Self.finals.contains) == true
    return room < ((endsSentence ? 1.2 : 2.2) + (isBound ? 1 : 0)) * line.size
  }

  /// The room that the part of a line's first word would have needed that may not be broken: up to
  /// its first ideograph, which is twice as wide as a letter, and the marks that are bound to it.
  private static func firstPartWidth(of line: TextLine, _ size: Double) -> Double {
    let word = line.text.unicodeScalars.prefix(Int(line.firstWordLength))
    let letters = word.prefix { !Script.isIdeographic($0) }.count
    var bound = word.dropFirst(letters).prefix(while: closers.contains).count
    if letters > 0, word.prefix(letters).last.map(openers.contains) == true {
      bound = max(1, bound)
    }
    let rest = word.count - letters
    guard bound < rest else { return line.firstWordWidth + 0.6 * size }
    // As between ideographs, justified lines leave up to an em more.
    let share = Double(letters + 2 * bound) / Double(letters + 2 * rest)
    return line.firstWordWidth * share + 1.6 * size
  }

  /// First lines are set in by at most this many ems.
  private static let largestIndent = 8.0

  private static let finals = Set("。！？.!?：:；;".unicodeScalars)

  private static let openers = Set("（(《〈“‘「『【〔".unicodeScalars)
  private static let closers = Set("）)》〉”’」』】〕，。、；：？！％".unicodeScalars)

  /// Whether a bold line follows plain ones or the other way round.
  private func weightChanges(
    from last: TextLine, to line: TextLine, in block: TextBlock, startsColumn: Bool
  ) -> Bool {
    if block.lines.count == 1 || startsColumn { return block.isBold != line.isBold }
    return line.isBold && !last.hasBold
  }

  private func endsSentence(_ line: TextLine, indented: Bool) -> Bool {
    // With first-line indents, the indent alone tells paragraphs apart.
    guard !indented, let last = line.text.unicodeScalars.last else { return false }
    return Self.finals.contains(last)
  }

  private func hasSameLeading(_ block: TextBlock, next line: TextLine) -> Bool {
    guard let last = block.lines.last else { return false }
    let step = line.baseline - last.baseline
    guard step > 0, step <= Self.maximumLeading * line.size else { return false }
    let previous = block.lines.last { !Self.isOnSameBaseline($0, last) }
    guard let previous, last.baseline > previous.baseline else { return true }
    let usual = last.baseline - previous.baseline
    return abs(step - usual) <= Self.sameLeading * usual + 0.05 * line.size
  }

  private func isCentered(_ line: TextLine, in column: Interval) -> Bool {
    TextBlock(lines: [line], pieces: [], column: column).isCentered
  }
}
