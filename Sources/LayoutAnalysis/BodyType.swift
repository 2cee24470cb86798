package import LayoutModel

/// The type that most of the text of a document is set in, as far as it has been counted.
package struct BodyType {
  /// How much text, in scalars, each size has, in quarters of a point.
  private var lengths: [Int: Int] = [:]
  private var boldLength = 0
  private var length = 0

  package init() {}

  /// The size, in points; 0 without any text.
  package var size: Double {
    let most = lengths.max { ($0.value, $1.key) < ($1.value, $0.key) }
    return Double(most?.key ?? 0) / 4
  }

  package var isBold: Bool { boldLength * 2 > length }

  /// Adds a block that is not page furniture.
  package mutating func count(_ block: TextBlock) {
    for line in block.lines {
      let others = line.otherSizes.reduce(0) { $0 + Int($1.length) }
      let most = Int(line.length)
      if most > others { lengths[Self.quarterPoints(line.size), default: 0] += most - others }
      for other in line.otherSizes {
        lengths[Self.quarterPoints(other.size), default: 0] += Int(other.length)
      }
      length += most
      boldLength += Int(line.boldLength)
    }
  }

  private static func quarterPoints(_ size: Double) -> Int {
    Int((size * 4).rounded())
  }
}
