package import PageGeometry

/// Lines that are read together: a paragraph, a heading or the like.
package struct TextBlock: Hashable, Sendable {
  /// A piece of a block on one page.
  package struct Piece: Hashable, Sendable {
    /// From 1.
    package var pageNumber: Int
    package var box: Rect

    package init(pageNumber: Int, box: Rect) {
      self.pageNumber = pageNumber
      self.box = box
    }
  }

  package var lines: [TextLine]
  /// One entry for each page (or column) that it stands on.
  package var pieces: [Piece]
  /// The width of the column that it stands in.
  package var column: Interval

  package init(lines: [TextLine], pieces: [Piece], column: Interval) {
    self.lines = lines
    self.pieces = pieces
    self.column = column
  }

  package init(lines: [Line], pieces: [Piece], column: Interval) {
    self.init(lines: lines.map(TextLine.init), pieces: pieces, column: column)
  }

  /// The type size that most of the text has.
  package var size: Double { lines.lazy.map(\.size).max() ?? 0 }

  package var isBold: Bool { lines.allSatisfy(\.isBold) }

  /// Whether every line has the same distance from both sides of the column, or none.
  package var isSymmetric: Bool {
    lines.allSatisfy { line in
      let left = line.box.minX - column.lower
      let right = column.upper - line.box.maxX
      return abs(left - right) <= 1.2 * line.size
    }
  }

  /// Whether it is symmetric and its last line leaves room at both sides.
  package var isCentered: Bool {
    guard let last = lines.last else { return false }
    return isSymmetric && last.box.minX - column.lower > 1.5 * last.size
  }

  /// Whether every line ends at the right side and starts well inside the column.
  package var isFlushRight: Bool {
    lines.allSatisfy { line in
      let left = line.box.minX - column.lower
      let right = column.upper - line.box.maxX
      return left > 8 * line.size && right < 0.25 * left
    }
  }
}
