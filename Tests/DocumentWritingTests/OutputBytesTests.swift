import Testing

@testable import DocumentWriting

@Suite struct OutputBytesTests {
  func text(_ write: (inout OutputBytes) -> Void) -> String {
    var output = OutputBytes(capacity: 16)
    write(&output)
    return String(decoding: output.bytes, as: UTF8.self)
  }

  @Test("Kept bytes stay in order however many there are, and go on to another one")
  func keptBytes() {
    var kept = OutputBytes(capacity: 16)
    var isEmpty = kept.isEmpty
    #expect(isEmpty)
    var expected: [UInt8] = []
    for number in 0..<200_000 {
      kept.append(number)
      expected += Array("\(number)".utf8)
    }
    isEmpty = kept.isEmpty
    #expect(!isEmpty)
    #expect(kept.bytes == expected)
    // To one that keeps, to one that hands on, and behind what that has.
    var copy = OutputBytes(capacity: 16)
    copy.append(contentsOf: kept)
    #expect(copy.bytes == expected)
    var handedOn: [UInt8] = []
    var output = OutputBytes(capacity: 1024) { $0.withUnsafeBufferPointer { handedOn += $0 } }
    output.append(literal: "before")
    output.append(contentsOf: kept)
    output.append(literal: "behind")
    output.flush()
    #expect(handedOn == Array("before".utf8) + expected + Array("behind".utf8))
    kept.clear()
    isEmpty = kept.isEmpty
    #expect(isEmpty)
    #expect(kept.bytes == [])
    kept.append(literal: "new")
    #expect(kept.bytes == Array("new".utf8))
  }

  @Test(
    "A number is laid out as ECMAScript does, in every form it has",
    arguments: [
      // Integers, by their own digits up to 2^53 - 1.
      (0, "0"), (-0.0, "0"), (1, "1"), (-1, "-1"), (10, "10"),
      (9_007_199_254_740_991, "9007199254740991"),
      (-9_007_199_254_740_991, "-9007199254740991"),
      // Integers beyond, up to 21 digits.
      (9_007_199_254_740_992, "9007199254740992"), (1e16, "10000000000000000"),
      (1.2345678901234568e20, "123456789012345680000"),
      (1e20, "100000000000000000000"), (-1e20, "-100000000000000000000"),
      // Exponents from 22 digits.
      (1e21, "1e+21"), (1.5e21, "1.5e+21"), (-1e21, "-1e+21"), (1e100, "1e+100"),
      (.greatestFiniteMagnitude, "1.7976931348623157e+308"),
      // A point inside the digits.
      (1.5, "1.5"), (-1.5, "-1.5"), (123.456, "123.456"), (333333333.33333329, "333333333.3333333"),
      (1424953923781206.25, "1424953923781206.2"),
      // Zeros after the point.
      (0.5, "0.5"), (0.1, "0.1"), (0.001, "0.001"), (0.000123, "0.000123"), (0.000001, "0.000001"),
      (-0.000001, "-0.000001"),
      // Exponents below a millionth.
      (0.0000001, "1e-7"), (-1.25e-7, "-1.25e-7"), (.leastNonzeroMagnitude, "5e-324"),
      (.leastNormalMagnitude, "2.2250738585072014e-308"),
    ])
  func numbers(value: Double, expected: String) {
    #expect(text { _ = $0.append(number: value) } == expected)
  }

  @Test("JSON has no text for infinities and NaN", arguments: [Double.infinity, -.infinity, .nan])
  func notFinite(value: Double) {
    var output = OutputBytes(capacity: 16)
    let isWritten = output.append(number: value)
    #expect(!isWritten)
    #expect(output.bytes.isEmpty)
  }

  @Test(
    "A place is rounded to hundredths without zeros at the end",
    arguments: [
      (0, "0"), (-0.0, "0"), (0.004, "0"), (-0.004, "0"), (0.005, "0.01"), (0.05, "0.05"),
      (0.1, "0.1"), (595.3, "595.3"), (841.89, "841.89"), (841.895, "841.9"), (841.999, "842"),
      (-12.345, "-12.35"), (-0.01, "-0.01"), (100, "100"), (99_999.994, "99999.99"),
      (.nan, "0"), (.infinity, "100000000000"), (-1e300, "-100000000000"),
    ])
  func hundredths(value: Double, expected: String) {
    #expect(text { $0.append(hundredths: value) } == expected)
  }

  @Test("A rounded place has the text that ECMAScript prints for it")
  func hundredthsAreCanonical() {
    for step in -20_000...20_000 {
      let value = Double(step) * 0.3701
      let written = text { $0.append(hundredths: value) }
      #expect(text { _ = $0.append(number: Double(written) ?? .nan) } == written)
    }
  }

  @Test(
    "A confidence is rounded to thousandths",
    arguments: [(1.0, "1"), (0.98, "0.98"), (0.9876, "0.988"), (0.0004, "0"), (0.07, "0.07")])
  func thousandths(value: Double, expected: String) {
    #expect(text { $0.append(thousandths: value) } == expected)
  }

  @Test(
    "Whole numbers of every length are written",
    arguments: [0, 9, 10, -10, 12345, Int.max, Int.min])
  func integers(value: Int) {
    #expect(text { $0.append(value) } == "\(value)")
  }

  @Test("Every control character has its escape, and nothing else is escaped")
  func escapes() {
    let short = [
      0x08: "\\b", 0x09: "\\t", 0x0A: "\\n", 0x0C: "\\f", 0x0D: "\\r", 0x22: "\\\"", 0x5C: "\\\\",
    ]
    for value in 0..<0x3000 {
      guard let scalar = Unicode.Scalar(value) else { continue }
      let hexadecimal = String(value, radix: 16)
      let long = "\\u" + String(repeating: "0", count: max(0, 4 - hexadecimal.count)) + hexadecimal
      let expected = short[value] ?? (value < 0x20 ? long : String(scalar))
      #expect(text { $0.append("x\(scalar)y") } == "\"x\(expected)y\"")
    }
  }
}
