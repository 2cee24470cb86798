import Crypto
import DocumentModel
import PageGeometry
import Testing

@testable import DocumentWriting

@Suite struct DocumentSchemaTests {
  /// SHA-256 of the schema's text for each version.
  ///
  /// Once a version is released its line is never changed: a schema is immutable under its name.
  static let checksums = [
    "boxhead.document/1.0.0": "8911b836e4c07c38ce35c3a6cd98d52c982c17616378c45cc6d4cece7f6a4bda",
    "boxhead.document/1.1.0": "9e2d2138d530a01ff138dded4747f94ebef740854f683e32699a2ea599a423f6",
  ]

  let schema: JSONValue

  init() throws {
    schema = try JSONParser.parse(Array(DocumentSchema.text.utf8))
  }

  @Test("The schema of this version is the one that was released under its name")
  func pinned() {
    let checksum = SHA256.hash(data: Array(DocumentSchema.text.utf8))
      .map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    #expect(
      Self.checksums[Document.schemaName] == checksum,
      "the schema changed: raise Document.schemaName and add a line to the checksums")
  }

  @Test("Identifier, schema name and model have one version")
  func version() {
    #expect(schema["properties"]?["schema"]?["const"]?.text == Document.schemaName)
    let version = Document.schemaName.split(separator: "/").last ?? ""
    #expect(schema["$id"]?.text == "urn:boxhead:document:\(version)")
    #expect(schema["$schema"]?.text == "https://json-schema.org/draft/2020-12/schema")
  }

  @Test("No object of the schema takes properties that it does not describe")
  func closed() throws {
    func check(_ value: JSONValue) {
      if value["type"]?.text == "object" {
        guard case .bool(false) = value["additionalProperties"] else {
          Issue.record(
            "an object is open: \(String(decoding: value.canonicalBytes, as: UTF8.self))")
          return
        }
      }
      switch value {
      case .object(let members): members.forEach { check($0.value) }
      case .array(let elements): elements.forEach(check)
      default: break
      }
    }
    check(schema)
  }

  @Test("Each field of the model is a property of the schema, and none is left over")
  func fields() throws {
    let document = SampleDocuments.complete
    let table = SampleDocuments.table
    let block = try #require(document.blocks.first)
    let cell = try #require(table.cells.last)
    // Model names as they are, unless the second list says how JSON calls them.
    expect(
      document, in: schema, renamed: ["records": ["record", "furtherRecords"]], extra: ["schema"])
    expect(document.source, in: definition("source"), renamed: ["byteCount": ["bytes"]])
    expect(try #require(document.pages.first), in: definition("page"))
    expect(document.metadata, in: definition("metadata"))
    expect(block, in: definition("textBlock"), renamed: ["table": []])
    expect(
      table, in: definition("tableBlock"), renamed: ["stubColumnCount": ["stubColumns"]],
      extra: Mirror(reflecting: block).children.compactMap(\.label).filter { $0 != "table" })
    expect(
      try #require(table.bands.first), in: definition("band"),
      renamed: ["headerRowCount": ["headerRows"]])
    expect(
      try #require(table.fragments.first), in: definition("fragment"),
      renamed: ["repeatedHeaderRowCount": ["repeatedHeaderRows"]])
    expect(
      cell, in: definition("cell"),
      renamed: [
        "rows": ["row", "rowSpan"], "columns": ["column", "columnSpan"], "origin": ["provenance"],
      ], extra: ["id"])
    expect(try #require(document.notes.first), in: definition("note"))
    expect(try #require(document.sections.first), in: definition("section"))
    expect(try #require(document.comments.first), in: definition("comment"))
    expect(try #require(document.revisions.first), in: definition("revision"))
    let record = try #require(document.records.first)
    expect(record, in: definition("record"))
    expect(try #require(record.sections.first), in: definition("recordSection"))
    expect(
      try #require(record.tables.first), in: definition("recordTable"),
      renamed: ["entries": ["cells", "texts", "units", "values"]])
    expect(try #require(record.identities.first), in: definition("identity"))
    expect(try #require(record.other.first), in: definition("other"))
  }

  @Test("Each kind of inline is described, with the fields that the model gives it")
  func inlines() throws {
    for inline in SampleDocuments.inlines {
      let (name, kind) = self.name(of: inline.kind)
      let properties = definition(name)["properties"]
      let kinds = properties?["kind"]?["enum"]?.elements ?? [properties?["kind"]?["const"] ?? .null]
      #expect(kinds.contains { $0.text == kind })
      let extra = ["kind", "range"]
      switch inline.kind {
      case .image(let image):
        expect(image, in: definition(name), renamed: ["byteCount": ["bytes"]], extra: extra)
      case .equation(let equation): expect(equation, in: definition(name), extra: extra)
      case .control(let control):
        expect(control, in: definition(name), renamed: ["kind": ["control"]], extra: extra)
      case .embedding(let embedding):
        expect(embedding, in: definition(name), renamed: ["byteCount": ["bytes"]], extra: extra)
      default: break
      }
    }
    let references = definition("inlines")["items"]?["anyOf"]?.elements ?? []
    let described = references.compactMap { $0["$ref"]?.text?.split(separator: "/").last }
    #expect(
      Set(described.map(String.init))
        == Set(SampleDocuments.inlines.map { name(of: $0.kind).definition }))
  }

  /// The definition and the `kind` of an inline in JSON; a new kind of inline needs a line here.
  private func name(of kind: Inline.Kind) -> (definition: String, kind: String) {
    switch kind {
    case .link: ("link", "link")
    case .reference: ("reference", "reference")
    case .image: ("image", "image")
    case .equation: ("equation", "equation")
    case .ruby: ("ruby", "ruby")
    case .control: ("control", "control")
    case .embedding: ("embedding", "embedding")
    case .bookmark: ("bookmark", "bookmark")
    case .superscript: ("mark", "superscript")
    case .subscript: ("mark", "subscript")
    case .insertion: ("mark", "insertion")
    case .deletion: ("mark", "deletion")
    }
  }

  private func definition(_ name: String) -> JSONValue { schema["$defs"]?[name] ?? .null }

  private func expect(
    _ value: Any, in object: JSONValue, renamed: [String: [String]] = [:], extra: [String] = [],
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let fields = Mirror(reflecting: value).children.compactMap(\.label)
      .flatMap { renamed[$0] ?? [$0] }
    guard case .object(let properties) = object["properties"] else {
      Issue.record("no properties", sourceLocation: sourceLocation)
      return
    }
    #expect(
      Set(fields + extra) == Set(properties.map(\.name)), sourceLocation: sourceLocation)
  }

  @Test("Each enumeration of the model has the same values in the schema")
  func enumerations() {
    func values(_ definition: String, _ property: String) -> Set<String> {
      let values = self.definition(definition)["properties"]?[property]?["enum"]?.elements ?? []
      return Set(values.compactMap(\.text))
    }
    func values(_ definition: String) -> Set<String> {
      Set((self.definition(definition)["enum"]?.elements ?? []).compactMap(\.text))
    }
    #expect(values("role") == Set(Block.Role.allCases.map(\.rawValue)))
    #expect(values("direction") == Set(Block.Direction.allCases.map(\.rawValue)))
    #expect(values("section", "start") == Set(Section.Start.allCases.map(\.rawValue)))
    #expect(values("revision", "kind") == Set(Revision.Kind.allCases.map(\.rawValue)))
    #expect(values("control", "control") == Set(FormControl.Kind.allCases.map(\.rawValue)))
    #expect(values("page", "origin") == Set(PageInfo.TextOrigin.allCases.map(\.rawValue)))
    #expect(
      values("textBlock", "kind").union(["table"]) == Set(Block.Kind.allCases.map(\.rawValue)))
    #expect(values("cell", "role") == Set(Cell.Role.allCases.map(\.rawValue)))
    #expect(values("cell", "missing") == Set(Cell.Missing.allCases.map(\.rawValue)))
    #expect(values("cell", "evidence") == Set(Cell.Evidence.allCases.map(\.rawValue)))
    #expect(values("note", "severity") == Set(Note.Severity.allCases.map(\.rawValue)))
  }

  @Test("The complete and the smallest document are valid")
  func samples() throws {
    for document in [SampleDocuments.complete, SampleDocuments.smallest] {
      let value = try JSONParser.parse(CanonicalJSONWriter.bytes(of: document))
      #expect(SchemaValidator(schema: schema).failures(of: value) == [])
    }
  }

  @Test("Whatever is in a document, what is written is valid", arguments: 0..<100)
  func generated(seed: UInt64) throws {
    var generator = DocumentGenerator(seed: seed)
    let value = try JSONParser.parse(CanonicalJSONWriter.bytes(of: generator.document()))
    #expect(SchemaValidator(schema: schema).failures(of: value) == [])
  }

  @Test(
    "A document that breaks the schema is refused",
    arguments: [
      (#""bytes":0"#, #""bytes":-1"#), (#""bytes":0"#, #""bytes":0.5"#),
      (#""notes":[],"#, ""), (#""notes":[]"#, #""notes":[],"more":1"#),
      ("1.1.0", "1.1.1"), (#""blocks":[]"#, #""blocks":[{"id":"b1"}]"#),
    ])
  func refusals(part: String, replacement: String) throws {
    let text = String(
      decoding: CanonicalJSONWriter.bytes(of: SampleDocuments.smallest), as: UTF8.self)
    let range = try #require(text.firstRange(of: part))
    let broken = text.replacingCharacters(in: range, with: replacement)
    let value = try JSONParser.parse(Array(broken.utf8))
    #expect(SchemaValidator(schema: schema).failures(of: value) != [])
  }
}

extension String {
  fileprivate func replacingCharacters(in range: Range<Index>, with text: String) -> String {
    String(self[..<range.lowerBound]) + text + String(self[range.upperBound...])
  }
}
