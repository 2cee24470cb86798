import DocumentModel
import LayoutAnalysis
package import LayoutModel
package import PageGeometry

/// The text of one cell, put together from the words inside it.
///
/// Words are joined line by line, raised marks as superscript characters, in the direction in which they run. A break inside a word that is
/// wider than its cell is removed; other breaks become a space, or nothing between ideographs.
package struct CellText: Hashable, Sendable {
  package var text = ""
  /// Box of the words, on the page; nil for an empty cell.
  package var box: Rect?
  package var lineCount = 0
  /// Distance of the first line from the left side of the cell, in ems.
  package var indent = 0.0
  package var isBold = false
  package var alignment = TextAlignment.unknown
  package var fontSize = 0.0
  /// How sure the recognition is of its least certain character; 1 for text that was not recognised.
  package var confidence = 1.0
  /// Whether any of it was read from a picture.
  package var isRecognized = false

  /// - Parameters:
  ///   - words: The words of the cell in any order.
  ///   - cell: The box between the cell's sides.
  ///   - page: Width and height of the page, for text that runs up or down.
  ///   - diagonals: Lines that may part the cell in two.
  package init(
    words: [Word], cell: Rect, page: (width: Double, height: Double), diagonals: [Diagonal] = []
  ) {
    guard let first = words.first else { return }
    box = words.dropFirst().reduce(first.box) { $0.union($1.box) }
    isBold = words.allSatisfy(\.isBold)
    fontSize = words.map(\.size).max() ?? 0
    isRecognized = words.contains { $0.flags.contains(.recognized) }
    if isRecognized {
      // Hundredths: what differs from processor to processor is smaller.
      confidence = (100 * Double(words.map(\.confidence).min() ?? 1)).rounded() / 100
    }
    let lines = Self.lines(of: words, page: page)
    lineCount = lines.count
    let upright = lines.first?.words.first?.direction == .right
    text = Self.text(of: lines, width: upright ? cell.width : cell.height)
    let parting = diagonals.filter { Self.parts($0, cell) }
    if upright, parting.count == 1 {
      let above = words.filter { Self.isAbove($0, parting[0]) }
      let below = words.filter { !Self.isAbove($0, parting[0]) }
      // Two texts, the title of the columns first: a diagonal head of a stub.
      if !above.isEmpty, !below.isEmpty {
        text = [above, below].map { part in
          Self.text(of: Self.lines(of: part, page: page), width: cell.width)
        }.joined(separator: "\n")
      }
    }
    if upright { align(lines, in: cell) }
  }

  /// Whether a line runs through a cell from corner to corner.
  private static func parts(_ diagonal: Diagonal, _ cell: Rect) -> Bool {
    let width = abs(diagonal.end.x - diagonal.start.x)
    let height = abs(diagonal.end.y - diagonal.start.y)
    let reach = TableThresholds.reach
    return width >= 0.6 * cell.width && width <= cell.width + 2 * reach
      && height >= 0.6 * cell.height && height <= cell.height + 2 * reach
      && cell.expanded(by: reach).contains(diagonal.start)
      && cell.expanded(by: reach).contains(diagonal.end)
  }

  private static func isAbove(_ word: Word, _ diagonal: Diagonal) -> Bool {
    let (start, end) = (diagonal.start, diagonal.end)
    guard end.x != start.x else { return false }
    let y = start.y + (word.box.midX - start.x) / (end.x - start.x) * (end.y - start.y)
    return word.box.midY < y
  }

  /// Lines of all directions, each in the frame in which it runs to the right.
  private static func lines(of words: [Word], page: (width: Double, height: Double)) -> [Line] {
    var byQuarter: [[Word]] = [[], [], [], []]
    for word in words {
      let isVertical = word.flags.contains(.verticalWriting) && word.direction == .right
      let quarter = isVertical ? 1 : Int(word.direction.rawValue)
      byQuarter[quarter].append(
        quarter == 0
          ? word
          : turned(
            word, QuarterTurn(quarters: -quarter, width: page.width, height: page.height)))
    }
    return byQuarter.flatMap { LineBuilder.lines(of: $0) }
  }

  private static func turned(_ word: Word, _ turn: QuarterTurn) -> Word {
    var result = word
    result.box = turn.apply(word.box)
    result.baseline = result.box.maxY - 0.15 * word.size
    return result
  }

  private static func text(of lines: [Line], width: Double) -> String {
    var text = ""
    for (index, line) in lines.enumerated() {
      if index > 0, isBroken(after: lines[index - 1], before: line, width: width) {
        text += Self.text(of: line)
      } else {
        TextJoiner.append(Self.text(of: line), to: &text)
      }
    }
    return text
  }

  /// The text of a line with raised marks as superscript characters, so that 1,234¹ does not become
  /// another number.
  private static func text(of line: Line) -> String {
    guard line.words.contains(where: { isRaised($0, in: line) }) else { return line.text }
    var text = ""
    for (index, word) in line.words.enumerated() {
      if index > 0, word.followsSpace { text += " " }
      text += isRaised(word, in: line) ? Superscript.text(of: word.text) ?? word.text : word.text
    }
    return text
  }

  private static func isRaised(_ word: Word, in line: Line) -> Bool {
    word.size < LineBuilder.scriptSize * line.size
      && line.baseline - word.baseline > minimumRaise * line.size
  }

  /// A mark's baseline is at least this much above that of its line, in ems.
  private static let minimumRaise = 0.15

  /// Whether a word was broken between two lines because the cell is too narrow for it.
  private static func isBroken(after upper: Line, before lower: Line, width: Double) -> Bool {
    guard upper.words.count == 1, let end = upper.words.first, let start = lower.words.first,
      let last = end.text.unicodeScalars.last, let first = start.text.unicodeScalars.first
    else { return false }
    let isWordEnd = last.properties.isAlphabetic || isNumeric(last)
    let isWordStart = first.properties.isAlphabetic || isNumeric(first)
    guard isWordEnd, isWordStart else { return false }
    // A break inside a word happens where the word alone fills the line: what follows would not
    // have fitted, and what is there leaves less room than one more letter needs.
    let room = width - end.box.width
    return room < 1.2 * end.size && end.box.width + start.box.width > width - 0.5 * end.size
      && isNumeric(last) == isNumeric(first)
  }

  private static func isNumeric(_ scalar: Unicode.Scalar) -> Bool {
    scalar.properties.numericType != nil || scalar == "," || scalar == "." || scalar == "-"
  }

  private mutating func align(_ lines: [Line], in cell: Rect) {
    guard let first = lines.first, fontSize > 0 else { return }
    indent = (first.box.minX - cell.minX) / fontSize
    let left = (lines.map(\.box.minX).min() ?? cell.minX) - cell.minX
    let right = cell.maxX - (lines.map(\.box.maxX).max() ?? cell.maxX)
    let slack = max(0.35 * fontSize, 0.08 * (left + right))
    if abs(left - right) <= slack {
      alignment = left + right > 1.5 * fontSize ? .center : .unknown
    } else {
      alignment = left < right ? .left : .right
    }
  }
}
