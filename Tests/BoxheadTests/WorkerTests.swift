import DocumentWriting
import Foundation
import TestSupport
import Testing

@testable import boxhead

/// `boxhead worker`, talked to as a supervisor does.
@Suite struct WorkerTests {
  let boxhead = BuiltProgram("boxhead")
  let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
  }

  func file(_ name: String, _ bytes: [UInt8]) throws -> String {
    try Data(bytes).write(to: URL(filePath: folder.path(name)))
    return folder.path(name)
  }

  /// The lines that answer to these, without signs of life, and how the worker ended.
  func answers(
    _ lines: [String], _ arguments: [String] = []
  ) throws -> (values: [JSONValue], status: Int32) {
    let input = lines.map { $0 + "\n" }.joined()
    let result = try boxhead.run(["worker"] + arguments, input: Array(input.utf8))
    let values = try result.text.split(separator: "\n").map {
      try JSONParser.parse(Array($0.utf8))
    }
    return (values.filter { $0["page"] == nil && $0["waits"] == nil }, result.status)
  }

  @Test("The first line says hello, and a document is the one that convert writes")
  func document() throws {
    let path = try file("a.pdf", SamplePDF.pages(["One", "Two"]))
    let result = try answers([#"{"id":"7","path":"\#(path)"}"#])
    #expect(result.status == 0 && result.values.count == 2)
    let hello = try #require(result.values.first?["hello"])
    #expect(hello["engine"]?.text == "boxhead" && hello["optionsHash"]?.text?.count == 64)
    let answer = try #require(result.values.last)
    #expect(answer["id"]?.text == "7" && answer["pages"]?.number == 2)
    #expect(
      answer["document"]?.canonicalBytes == (try boxhead.run(["convert", path]).output))
  }

  @Test("Bytes are converted as a file is, under the name that they are given")
  func bytes() throws {
    let pdf = SamplePDF.pages(["One"])
    let path = try file("a.pdf", pdf)
    let text = Data(pdf).base64EncodedString()
    let result = try answers([#"{"id":1,"bytes":"\#(text)","name":"a.pdf"}"#])
    #expect(
      result.values.last?["document"]?.canonicalBytes
        == (try boxhead.run(["convert", path]).output))
  }

  @Test(
    "What is no request is answered with words, and the next one is served",
    arguments: [
      "x", "[]", "{}", "null", #"{"id":"1"}"#, #"{"id":[],"path":"/a"}"#, #"{"id":"1","path":3}"#,
      #"{"id":"1","path":""}"#, #"{"id":"1","path":"/a\u0000b"}"#, #"{"id":"1","bytes":"a"}"#,
      #"{"id":"1","bytes":"@@@@"}"#, #"{"id":"1","path":"/a","bytes":"AAAA"}"#,
      #"{"id":"1","path":"/a","deadline":-1}"#, #"{"id":"1","path":"/a","deadline":"1"}"#,
      #"{"id":"1","path":"/a","options":{"pages":"x"}}"#,
      #"{"id":"1","path":"/a","options":{"page":"1"}}"#, #"{"id":"1","path":"/a","options":[]}"#,
      #"{"id":"1","path":"/a","output":{"folder":"a","stem":"b"}}"#,
      #"{"id":"1","path":"/a","output":{"folder":"/a","stem":"../b"}}"#,
      #"{"id":"1","path":"/a","output":{"folder":"/a","stem":"b","forms":"exe"}}"#,
      #"{"id":"1","path":"/a","more":1}"#, #"{"id":"1","id":"2","path":"/a"}"#,
      #"{"id":"1","path":"/a"}}"#, "{\"id\":\"\u{1}\"}",
      String(repeating: "[", count: 100_000),
      #"{"id":"\#(String(repeating: "1", count: 300))","path":"/a"}"#,
    ])
  func hostile(line: String) throws {
    let path = try file("a.pdf", SamplePDF.pages(["One"]))
    let result = try answers([line, #"{"id":"good","path":"\#(path)","document":false}"#])
    #expect(result.status == 0 && result.values.count == 3)
    #expect(result.values[1]["ok"]?.canonicalBytes == Array("false".utf8))
    #expect(result.values[1]["error"]?["code"]?.text == "badRequest")
    #expect(result.values[1]["error"]?["message"]?.text?.isEmpty == false)
    #expect(result.values[2]["id"]?.text == "good" && result.values[2]["pages"]?.number == 1)
  }

  @Test("A line beyond the limit is refused and passed over")
  func longLine() throws {
    let path = try file("a.pdf", SamplePDF.pages(["One"]))
    let long = #"{"id":"1","bytes":""# + String(repeating: "A", count: 3 << 20) + #""}"#
    let result = try answers(
      [long, #"{"id":"2","path":"\#(path)"}"#], ["--max-line", "1"])
    #expect(result.values.count == 3 && result.values[1]["error"]?["code"]?.text == "badRequest")
    #expect(result.values[2]["id"]?.text == "2" && result.values[2]["document"] != nil)
  }

  @Test("A file that is not there, is a pipe, or has changed is told apart")
  func files() throws {
    let path = try file("a.pdf", SamplePDF.pages(["One"]))
    let pipe = folder.path("pipe")
    #expect(mkfifo(pipe, 0o600) == 0)
    let result = try answers([
      #"{"id":"1","path":"/nowhere/a.pdf"}"#, #"{"id":"2","path":"\#(pipe)"}"#,
      #"{"id":"3","path":"\#(path)","sha256":"00"}"#, #"{"id":"4","path":"/"}"#,
    ])
    #expect(
      result.values.dropFirst().map { $0["error"]?["code"]?.text }
        == ["fileAccess", "fileAccess", "inputChanged", "fileAccess"])
  }

  @Test("A document that is no document has the kind and the stage of its error")
  func failure() throws {
    let path = try file("a.txt", Array("some text".utf8))
    let error = try answers([#"{"id":"1","path":"\#(path)"}"#]).values.last?["error"]
    #expect(error?["code"]?.text == "notADocument" && error?["stage"]?.text == "detection")
    #expect(error?["retryable"]?.canonicalBytes == Array("false".utf8))
  }

  @Test("A request that is over its time is answered before the worker ends")
  func deadline() throws {
    let path = try file("a.pdf", SamplePDF.pages((0..<400).map { "Page \($0)" }))
    let result = try answers([
      #"{"id":"1","path":"\#(path)","deadline":0.002}"#, #"{"id":"2","path":"\#(path)"}"#,
    ])
    #expect(result.status == 1 && result.values.count == 2)
    #expect(result.values.last?["id"]?.text == "1")
    #expect(result.values.last?["error"]?["code"]?.text == "deadline")
  }

  @Test("A document with too many pages is refused")
  func pageLimit() throws {
    let path = try file("a.pdf", SamplePDF.pages(["One", "Two", "Three"]))
    let result = try answers([#"{"id":"1","path":"\#(path)"}"#], ["--max-pages", "2"])
    #expect(result.values.last?["error"]?["code"]?.text == "limit")
    let one = try answers([#"{"id":"1","path":"\#(path)"}"#], ["--max-pages", "3"])
    #expect(one.values.last?["document"] != nil)
  }

  @Test("Files go to the folder that is named, which is emptied before")
  func output() throws {
    let path = try file("a.pdf", SamplePDF.pages(["One"]))
    let own = folder.path("own")
    try FileManager.default.createDirectory(atPath: own, withIntermediateDirectories: true)
    try Data("old".utf8).write(to: URL(filePath: "\(own)/old"))
    let result = try answers([
      #"{"id":"1","path":"\#(path)","output":{"folder":"\#(own)","stem":"a.pdf","forms":"json,html"}}"#
    ])
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: own).sorted() == [
        "a.pdf.html", "a.pdf.json",
      ])
    #expect(
      result.values.last?["files"]?.elements?.map { $0["name"]?.text } == [
        "a.pdf.html", "a.pdf.json",
      ])
    #expect(
      [UInt8](try Data(contentsOf: URL(filePath: "\(own)/a.pdf.json")))
        == (try boxhead.run(["convert", path]).output))
  }

  @Test("The hash of the options tells options apart")
  func optionsHash() throws {
    let hashes = try [[], ["--to", "json"], ["--to", "html"], ["--revisions", "all"]].map {
      try answers([], $0).values.first?["hello"]?["optionsHash"]?.text
    }
    #expect(hashes[0] == hashes[1] && Set(hashes).count == 3)
  }

  @Test("base64 is read with and without padding, and nothing else is")
  func base64() {
    for count in 0..<50 {
      let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 * 37 + count) }
      let text = Data(bytes).base64EncodedString()
      #expect(Base64Text.bytes(of: text) == bytes)
      #expect(Base64Text.bytes(of: text.replacing("=", with: "")) == bytes)
    }
    for text in ["A", "AA=", "A===", "AAAA=", "AA==AA", "AA A", "é"] {
      #expect(Base64Text.bytes(of: text) == nil)
    }
  }
}
