import Testing

@testable import DocumentWriting

@Suite struct JSONParserTests {
  func canonical(_ text: String) throws -> String {
    String(decoding: try JSONParser.parse(Array(text.utf8)).canonicalBytes, as: UTF8.self)
  }

  @Test(
    "Strict JSON is read and put into canonical form",
    arguments: [
      (" { } ", "{}"),
      ("[ ]", "[]"),
      (#"[true,false,null,"",0]"#, #"[true,false,null,"",0]"#),
      (#"{"b":1,"a":[2,{"d":3,"c":4}]}"#, #"{"a":[2,{"c":4,"d":3}],"b":1}"#),
      (#""\"\\\/\b\f\n\r\t\u0041""#, #""\"\\/\b\f\n\r\tA""#),
      (#""\u0000\u001f\u007f\u2028""#, "\"\\u0000\\u001f\u{7F}\u{2028}\""),
      (#""\ud83d\ude02\uD83D\uDE02😂""#, #""😂😂😂""#),
      ("[-0,-0.0,0e5,1E2,1.50,-1.5e-3]", "[0,0,0,100,1.5,-0.0015]"),
    ])
  func canonicalForm(source: String, expected: String) throws {
    #expect(try canonical(source) == expected)
  }

  @Test("Names are ordered by UTF-16 code units, so a surrogate pair comes before U+FB33")
  func surrogateOrder() throws {
    // Scalar order, which String and UTF-8 have, would put U+FB33 first.
    #expect(
      try canonical(#"{"\ufb33":1,"\ud83d\ude00":2,"ö":3,"\r":4,"1":5,"€":6,"\u0080":7}"#)
        == "{\"\\r\":4,\"1\":5,\"\u{80}\":7,\"ö\":3,\"€\":6,\"😀\":2,\"\u{FB33}\":1}")
  }

  @Test("Names that Unicode calls equivalent stay two names, each with its own bytes")
  func equivalentNames() throws {
    let source = "{\"\u{E9}\":1,\"e\u{301}\":2}"
    let value = try JSONParser.parse(Array(source.utf8))
    #expect(value["\u{E9}"]?.number == 1)
    #expect(value["e\u{301}"]?.number == 2)
    #expect(value.canonicalBytes == Array("{\"e\u{301}\":2,\"\u{E9}\":1}".utf8))
  }

  @Test("Whole numbers are what their digits say", arguments: [0, 7, 999_999_999_999_999])
  func wholeNumbers(_ number: Int) throws {
    #expect(try JSONParser.parse(Array("\(number)".utf8)).number == Double(number))
    #expect(try JSONParser.parse(Array("-\(number)".utf8)).number == -Double(number))
  }

  @Test("A name that occurs twice is refused, however it is spelled")
  func duplicateNames() {
    #expect(throws: JSONParser.ParseError.duplicateName("a", offset: 1)) {
      try JSONParser.parse(Array(#"{"a":1,"b":2,"\u0061":3}"#.utf8))
    }
  }

  @Test(
    "What is not strict JSON is refused",
    arguments: [
      "", " ", "{", "[", "[1,]", "{,}", #"{"a":1,}"#, #"{"a"}"#, #"{"a":}"#, "{a:1}", "[1 2]",
      "01", "+1", ".5", "1.", "1e", "1e+", "-", "0x10", "NaN", "Infinity", "1e999", "-1e999",
      "tru", "nul", "True", "'a'", #""a"#, "\"\u{1}\"", "\"\n\"", #""\x""#, #""\u12""#,
      #""\u12g4""#,
      #""\ud800""#, #""\ud800\n""#, #""\ud800\ud800""#, #""\udc00""#, "[]]", "1 1", "// a\n1",
      "\u{FEFF}1",
    ])
  func refusals(source: String) {
    #expect(throws: JSONParser.ParseError.self) { try JSONParser.parse(Array(source.utf8)) }
  }

  @Test("Bytes that are not UTF-8 are refused")
  func notUTF8() {
    #expect(throws: JSONParser.ParseError.notUTF8) { try JSONParser.parse([0x22, 0xFF, 0x22]) }
    // A surrogate encoded as three bytes.
    #expect(throws: JSONParser.ParseError.notUTF8) {
      try JSONParser.parse([0x22, 0xED, 0xA0, 0x80, 0x22])
    }
  }

  @Test("Nesting is read up to the limit and refused beyond it")
  func nesting() throws {
    let limit = JSONParser.nestingLimit
    let deepest = String(repeating: "[", count: limit) + String(repeating: "]", count: limit)
    #expect(try canonical(deepest) == deepest)
    #expect(throws: JSONParser.ParseError.nestingTooDeep(offset: limit)) {
      try JSONParser.parse(Array(("[" + deepest + "]").utf8))
    }
  }

  @Test("An error says what was expected and where")
  func description() {
    #expect(throws: JSONParser.ParseError.unexpected(expected: "a value", offset: 3)) {
      try JSONParser.parse(Array("[1,]".utf8))
    }
    let error = JSONParser.ParseError.unexpected(expected: "a value", offset: 3)
    #expect(error.description == "byte 3: expected a value")
  }
}
