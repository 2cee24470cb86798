import Testing

@testable import OFDExtraction

@Suite struct NumberScannerTests {
  @Test(
    "Numbers are read as written",
    arguments: [
      ("1 2.5 -3", [1, 2.5, -3]), ("1.5E-2,+4 .5", [0.015, 4, 0.5]), ("", []),
      ("x - 7", [-0.0, 7]),
      ("0.353", [0.353]), ("1e9999 -1e9999", [1e7, -1e7]), ("12345678901234567890", [1e7]),
      ("1.2.3", [1.2, 0.3]),
    ])
  func numbers(text: String, values: [Double]) {
    #expect(NumberScanner.numbers(in: text, atMost: 9) == values)
  }

  @Test(
    "Distances may be repeated, and the last one goes on",
    arguments: [
      ("g 3 2 5", 5, [2, 2, 2, 5, 5]), ("1 g 2 4 7", 4, [1, 4, 4, 7]), ("", 2, [0, 0]),
      ("g 0 9 1", 2, [1, 1]), ("g 2", 1, [0]), ("g 9999999999 3", 2, [3, 3]),
    ])
  func distances(text: String, count: Int, values: [Double]) {
    var found: [Double] = []
    DeltaList(text, atMost: count).forEach(count: count) { found.append($0) }
    #expect(found == values)
  }
}
