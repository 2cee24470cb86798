import DocumentWriting
import Testing

/// The comparison that explains a changed sample.
@Suite struct JSONDifferenceTests {
  func differences(_ expected: String, _ actual: String) throws -> [String] {
    JSONDifference.lines(
      expected: try JSONParser.parse(Array(expected.utf8)),
      actual: try JSONParser.parse(Array(actual.utf8)))
  }

  @Test("Equal values have no differences, whatever their layout")
  func equalValues() throws {
    #expect(try differences(#"{"a":[1,2]}"#, #"{ "a" : [1, 2.0] }"#).isEmpty)
  }

  @Test("A difference names its place and both values")
  func changedValue() throws {
    #expect(
      try differences(#"{"cells":[{"text":"1"}]}"#, #"{"cells":[{"text":"7"}]}"#)
        == [#"cells[0].text: expected "1", found "7""#])
  }

  @Test("Members and elements of one side only are named")
  func lostAndGained() throws {
    #expect(
      try differences(#"{"a":1,"b":[1]}"#, #"{"b":[1,2],"c":3}"#) == [
        "a: expected 1, found no such member",
        "b: expected 1 elements, found 2",
        "c: expected no such member, found 3",
      ])
  }

  @Test("Layout adds white space only")
  func layout() throws {
    let long = "[" + (0..<300).map { "{\"n\":\($0)}" }.joined(separator: ",") + "]"
    let text = JSONLayout.text(of: try JSONParser.parse(Array(long.utf8)))
    #expect(text.split(separator: "\n").count == 301)
    #expect(String(text.filter { !$0.isWhitespace }) == long)
  }
}
