import DocumentModel
import DocumentWriting
import Testing

@testable import DocumentReading

@Suite struct CanonicalJSONReaderTests {
  private func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }

  @Test("What is written, read and written again has the same bytes, every field included")
  func complete() throws {
    let written = CanonicalJSONWriter.bytes(of: SampleDocuments.complete)
    let document = try CanonicalJSONReader.read(written)
    #expect(CanonicalJSONWriter.bytes(of: document) == written)
  }

  @Test("The same holds for random documents", arguments: 0..<200)
  func random(seed: UInt64) throws {
    var generator = DocumentGenerator(seed: seed)
    let written = CanonicalJSONWriter.bytes(of: generator.document())
    let document = try CanonicalJSONReader.read(written)
    #expect(CanonicalJSONWriter.bytes(of: document) == written)
  }

  @Test(
    "JSON is told by its start",
    arguments: [
      (" \n{ \"a\"", true), ("{}", true), ("{\\rtf1", false), ("[1]", false), ("", false),
      ("{", false),
    ])
  func start(text: String, isJSON: Bool) {
    #expect(CanonicalJSONReader.canRead(bytes(text)) == isJSON)
  }

  @Test("White space and the order of names do not matter")
  func layout() throws {
    let text = """
      { "source": {"sha256": "\(String(repeating: "0", count: 64))", "name": "", "bytes": 0,
        "mediaType": "application/pdf"}, "sections": [], "schema": "\(Document.schemaName)",
        "revisions": [], "pages": [], "notes": [], "metadata": {}, "comments": [], "blocks": [] }

      """
    #expect(try CanonicalJSONReader.read(bytes(text)) == SampleDocuments.smallest)
  }

  @Test(
    "What is not a document of this version is refused, with its place",
    arguments: [
      ("", "JSON, byte 0: expected a value"),
      ("[]", "expected an object"),
      ("{}", "expected a document of this version, found schema of no name"),
      (#"{"schema":"boxhead.document/0.9.0"}"#, "found schema boxhead.document/0.9.0"),
    ])
  func refused(text: String, expected: String) {
    #expect { try CanonicalJSONReader.read(bytes(text)) } throws: { error in
      "\(error)".contains(expected)
    }
  }

  @Test(
    "A document that was changed says where it is wrong",
    arguments: [
      (#""rotation":90"#, #""rotation":91"#, "pages/0/rotation: expected 0, 90, 180 or 270"),
      (
        #""headerRows":1"#, #""headerRows":-1"#,
        "blocks/1/bands/0/headerRows: expected a whole number"
      ),
      (
        #""columnPath":["b2c2"]"#, #""columnPath":["b2c9"]"#,
        "blocks/1/cells/3/columnPath/0: expected the id"
      ),
      (
        #""columnPath":["b2c2"]"#, #""columnPath":["b3c2"]"#,
        "expected the id of a cell of this table"
      ),
      (#""id":"b2c4""#, #""id":"b2c3""#, "blocks/1/cells/3/id: expected b2c4"),
      (
        #""rowSpan":1,"text":"1,009""#, #""rowSpan":0,"text":"1,009""#,
        "rowSpan: expected a whole number from 1"
      ),
      (
        #""rowSpan":1,"text":"1,009""#, #""rowSpan":9,"text":"1,009""#,
        "b2c4: expected a cell that starts at row 1, column 1"
      ),
      (
        #""row":1,"rowPath""#, #""row":0,"rowPath""#,
        "b2c4: expected a cell that starts at row 1, column 1"
      ),
      (#""rowCount":2"#, #""rowCount":3"#, "b2: expected a cell at row 2, column 0"),
      (#""rowCount":2"#, #""rowCount":9007199254740991"#, "expected a grid of up to"),
      (#""rowCount":2"#, #""rowCount":1"#, "expected no cell beyond the grid"),
      (#""stubColumns":1"#, #""stubColumns":7"#, "expected bands and a stub within the grid"),
      (#""evidence":"ruled""#, #""evidence":"guessed""#, "evidence: expected one of ruled"),
      (#""missing":"blank","#, #""missing":"blank","more":1,"#, "expected no member beyond"),
      (#""severity":"info""#, #""severity":null"#, "notes/0/severity: expected one of"),
      (#""kind":"table""#, #""kind":"heading""#, "blocks/1/kind: expected cells in a table"),
      (#""confidence":0.98"#, #""confidence":1.5"#, "confidence: expected a number from 0 to 1"),
    ])
  func changed(from old: String, to new: String, expected: String) {
    let text = String(
      decoding: CanonicalJSONWriter.bytes(of: SampleDocuments.complete), as: UTF8.self)
    #expect(text.contains(old))
    let broken = text.replacing(old, with: new, maxReplacements: 1)
    #expect { try CanonicalJSONReader.read(bytes(broken)) } throws: { error in
      "\(error)".contains(expected)
    }
  }

  @Test(
    "Damaged bytes end in an error or in a document that every form can be made of",
    arguments: 0..<300)
  func damaged(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    var generator = DocumentGenerator(seed: seed)
    var damaged = CanonicalJSONWriter.bytes(of: generator.document())
    for _ in 0..<Int.random(in: 1...4, using: &random) {
      let place = Int.random(in: damaged.indices, using: &random)
      damaged[place] =
        Bool.random(using: &random) ? UInt8(ascii: "9") : UInt8.random(in: 0...127, using: &random)
    }
    guard let document = try? CanonicalJSONReader.read(damaged) else { return }
    let streams: [any DocumentStream] = [
      MarkdownStream { _ in }, HTMLStream(title: "") { _ in },
      TidyStream(document: "", delimiter: .comma, hasHead: true) { _ in },
      GridStream(stem: "a", delimiter: .tab) { _, _ in }, DoclingStream(name: "") { _ in },
    ]
    for stream in streams { try? stream.write(document) }
    #expect(DocumentCheck.problems(of: document).count <= 100)
  }
}
