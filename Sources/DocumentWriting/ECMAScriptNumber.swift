/// The text of a number as ECMAScript's `Number::toString` prints it, which RFC 8785 requires.
///
/// Both ECMAScript and Swift print the shortest digits that read back as the same double and,
/// among those, the closest; they differ only in where they put the point and the exponent. So
/// the digits are taken from `Double.description` and laid out anew:
///
///     description   digits        exponent  text
///     1e-07         1             -6        1e-7
///     0.0001        1             -3        0.0001
///     1e+16         1             17        10000000000000000
///     5e-324        5             -323      5e-324
///
/// Source: ECMA-262, 6.1.6.1.20 Number::toString; RFC 8785, section 3.2.2.3.
extension OutputBytes {
  /// The largest magnitude below which every integer has its own double: 2^53 - 1.
  static let largestSafeInteger = 9_007_199_254_740_991.0

  /// Appends a finite number; minus zero is written as 0.
  ///
  /// - Returns: False, and nothing is written, for infinities and NaN, which JSON cannot say.
  mutating func append(number value: Double) -> Bool {
    guard value.isFinite else { return false }
    if value.magnitude <= Self.largestSafeInteger, value == Double(Int(value)) {
      append(Int(value))
      return true
    }
    if value < 0 { append(UInt8(ascii: "-")) }
    var description = value.magnitude.description
    description.withUTF8 { appendLayout(of: DecimalDigits(description: $0)) }
    return true
  }

  private mutating func appendLayout(of decimal: DecimalDigits) {
    let count = decimal.count
    let exponent = decimal.exponent
    switch exponent {
    case count...21:
      append(decimal, 0..<count)
      for _ in count..<exponent { append(UInt8(ascii: "0")) }
    case 1...21:
      append(decimal, 0..<exponent)
      append(UInt8(ascii: "."))
      append(decimal, exponent..<count)
    case -5...0:
      append(literal: "0.")
      for _ in exponent..<0 { append(UInt8(ascii: "0")) }
      append(decimal, 0..<count)
    default:
      append(decimal, 0..<1)
      if count > 1 {
        append(UInt8(ascii: "."))
        append(decimal, 1..<count)
      }
      append(UInt8(ascii: "e"))
      append(UInt8(ascii: exponent > 0 ? "+" : "-"))
      append(abs(exponent - 1))
    }
  }

  private mutating func append(_ decimal: DecimalDigits, _ range: Range<Int>) {
    for index in range { append(decimal[index]) }
  }
}

/// The significant digits of a positive number: 0.d₁d₂…dₙ × 10^exponent.
private struct DecimalDigits {
  /// A double never needs more than 17.
  private var digits = InlineArray<17, UInt8>(repeating: UInt8(ascii: "0"))
  private(set) var count = 0
  private(set) var exponent = 0

  subscript(index: Int) -> UInt8 { digits[index] }

  /// Reads the form `12.5`, `1e-07` or `1.25e+16` of a positive double.
  init(description: UnsafeBufferPointer<UInt8>) {
    var seenPoint = false
    var significant = 0
    var index = 0
    while index < description.count, description[index] != UInt8(ascii: "e") {
      let byte = description[index]
      index += 1
      if byte == UInt8(ascii: ".") {
        seenPoint = true
        continue
      }
      let isLeadingZero = byte == UInt8(ascii: "0") && significant == 0
      if seenPoint == isLeadingZero { exponent += seenPoint ? -1 : 1 }
      guard !isLeadingZero, significant < 17 else { continue }
      digits[significant] = byte
      significant += 1
      if byte != UInt8(ascii: "0") { count = significant }
    }
    exponent += Self.exponent(description[index...])
  }

  /// Reads `e-07` or nothing.
  private static func exponent(_ text: Slice<UnsafeBufferPointer<UInt8>>) -> Int {
    var isNegative = false
    var value = 0
    for byte in text.dropFirst() {
      if byte == UInt8(ascii: "-") { isNegative = true }
      if byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") {
        value = value * 10 + Int(byte - UInt8(ascii: "0"))
      }
    }
    return isNegative ? -value : value
  }
}
