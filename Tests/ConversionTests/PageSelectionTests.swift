import Conversion
import Testing

@Suite struct PageSelectionTests {
  @Test(
    "A selection contains the pages that it names",
    arguments: [
      ("3", [3]), ("2-5", [2, 3, 4, 5]), ("7-", [7, 8, 9]), ("-2", [1, 2]), ("1,3-4", [1, 3, 4]),
      ("5,1", [1, 5]), ("1-3,2-4", [1, 2, 3, 4]), ("12", []),
    ])
  func contains(text: String, expected: [Int]) throws {
    let selection = try #require(PageSelection(text))
    #expect((1...9).filter(selection.contains) == expected)
  }

  @Test(
    "What is not written as a selection is refused",
    arguments: [
      "", "-", "0", "0-3", "5-2", "1,", ",1", "a", "1-2-3", "+1", "1.5", " 1", "-0",
      "99999999999999999999", "１",
    ])
  func refusals(text: String) {
    #expect(PageSelection(text) == nil)
  }
}
