/// Sizes of labels: texts in a font of fixed pitch, so that every writer agrees on their width.
package enum Label {
  /// Width of each character, in ems: that of Courier.
  package static let pitch = 0.6

  /// Width and height of the plate under a label.
  package static func plate(_ text: String, size: Double) -> (width: Double, height: Double) {
    (width(of: text, size: size) + 2 * padding(size), 1.1 * size)
  }

  /// Width of a text without a plate.
  package static func width(of text: String, size: Double) -> Double {
    Double(text.unicodeScalars.count) * pitch * size
  }

  /// The largest type size up to `largest` at which a label is at most so wide.
  package static func size(of text: String, fitting width: Double, largest: Double) -> Double {
    min(largest, width / (Double(text.unicodeScalars.count) * pitch + 0.4))
  }

  /// Room left and right of the text on its plate.
  static func padding(_ size: Double) -> Double { 0.2 * size }

  /// From the top of a plate to the baseline.
  static func baseline(_ size: Double) -> Double { 0.85 * size }

  /// Whether black can be read on a colour better than white.
  static func isLight(_ color: UInt32) -> Bool {
    299 * (color >> 16 & 0xFF) + 587 * (color >> 8 & 0xFF) + 114 * (color & 0xFF) > 140_000
  }

  static func ascii(_ text: String) -> String {
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      result.append((0x20..<0x7F).contains(scalar.value) ? scalar : "?")
    }
    return String(result)
  }
}
