import DocumentModel
import PageGeometry
import Testing

@testable import DocumentWriting

@Suite struct CanonicalJSONWriterTests {
  func json(_ document: Document) -> String {
    String(decoding: CanonicalJSONWriter.bytes(of: document), as: UTF8.self)
  }

  @Test("A document with nothing to leave out has its lists and no null")
  func smallest() {
    #expect(
      json(SampleDocuments.smallest)
        == #"{"blocks":[],"comments":[],"metadata":{},"notes":[],"pages":[],"revisions":[],"#
        + #""schema":"boxhead.document/1.1.0","sections":[],"source":{"bytes":0,"mediaType":"application/pdf","name":"","sha256":""#
        + String(repeating: "0", count: 64) + #""}}"#)
  }

  @Test("A document with every field is written as the schema describes it")
  func complete() {
    #expect(
      json(SampleDocuments.complete)
        == [
          #"{"blocks":[{"direction":"rtl","id":"b1","inlines":["#,
          #"{"kind":"link","range":[0,1],"target":"mailto:a"},{"kind":"reference","range":[1,1],"to":"b9"},"#,
          #"{"alternativeText":"A","bytes":99,"externalTarget":"https://a.example","height":20,"#,
          #""kind":"image","mediaType":"image/png","part":"word/media/a.png","range":[1,2],"#,
          #""sha256":""#, String(repeating: "f", count: 64), #"","width":10.12},"#,
          #"{"isDisplayed":true,"kind":"equation","mathML":"<math/>","range":[2,2],"text":"a/b"},"#,
          #"{"kind":"ruby","range":[0,2],"reading":"zǒng"},"#,
          #"{"control":"checkBox","isChecked":false,"isPrompt":true,"kind":"control","name":"N","#,
          #""range":[0,2],"tag":"T"},"#,
          #"{"bytes":7,"externalTarget":"file:///a","kind":"embedding","#,
          #""part":"word/embeddings/a.xlsx","program":"Excel.Sheet.12","range":[0,0]},"#,
          #"{"kind":"bookmark","name":"a","range":[3,3]},{"kind":"superscript","range":[0,1]},"#,
          #"{"kind":"subscript","range":[0,1]},{"kind":"insertion","range":[0,1]},"#,
          #"{"kind":"deletion","range":[0,1]}],"kind":"heading","label":"一、","level":2,"provenance":"#,
          #"[{"box":[1,2.01,30.13,4.5],"page":1},{"part":"word/document.xml","path":"body/p[3]"}],"#,
          #""role":"textBox","text":"总体情况"},"#,
          #"{"alternativeText":"A","bands":[{"headerRows":1,"rows":[0,2]}],"caption":"表1","cells":["#,
          #"{"column":0,"columnSpan":1,"confidence":1,"evidence":"ruled","id":"b2c1","#,
          #""provenance":[],"role":"stubHead","row":0,"rowSpan":1,"text":""},"#,
          #"{"column":1,"columnSpan":1,"confidence":1,"evidence":"ruled","id":"b2c2","#,
          #""provenance":[],"role":"columnHeader","row":0,"rowSpan":1,"text":"件数"},"#,
          #"{"column":0,"columnSpan":1,"confidence":1,"evidence":"ruled","id":"b2c3","#,
          #""provenance":[],"role":"rowHeader","row":1,"rowSpan":1,"text":"合计"},"#,
          #"{"blocks":[{"id":"b2c4b1","kind":"figure","provenance":[],"text":""}],"column":1,"#,
          #""columnPath":["b2c2"],"columnSpan":1,"confidence":0.98,"evidence":"ruled","id":"b2c4","#,
          #""missing":"blank","provenance":[{"box":[1,2,3,4],"page":1}],"role":"data","row":1,"#,
          #""rowPath":["b2c3"],"rowSpan":1,"text":"1,009","unit":"件","value":1009}],"#,
          #""columnCount":2,"confidence":0.5,"footnotes":["注:略"],"#,
          #""fragments":[{"box":[10,20,30,40],"page":1,"repeatedHeaderRows":0,"rows":[0,2]}],"#,
          #""id":"b2","kind":"table","provenance":[],"rowCount":2,"stubColumns":1,"text":"","#,
          #""unit":"万元","unitText":"单位:万元"}],"#,
          #""comments":[{"at":"b1","author":"A","date":"2024","id":"c1","provenance":[],"#,
          #""subject":"S","text":"T"}],"#,
          #""furtherRecords":[{"agency":null,"family":"f","generation":"2","identities":[],"other":[],"#,
          #""published":null,"sections":[],"tables":[],"title":null,"year":null}],"#,
          #""metadata":{"author":"A","created":"2024-01-02T03:04:05Z","description":"D","#,
          #""keywords":"K","language":"zh","modified":"2024-01-03","producer":"P","subject":"S","#,
          #""title":"T"},"#,
          #""notes":[{"at":"b2","code":"table.joinedAcrossPages","message":"pages 1 and 2","#,
          #""provenance":[{"box":[0,0,1,1],"page":2}],"severity":"info"}],"#,
          #""pages":[{"height":841.89,"number":1,"origin":"textLayer","rotation":90,"width":595.3}],"#,
          #""record":{"agency":"A","family":"f","generation":"1","identities":["#,
          #"{"holds":null,"holdsIfBlankIsZero":true,"id":"t.sum","left":1009,"leftCells":["b2c4"],"#,
          #""right":null,"rightCells":["b2c4"]}],"#,
          #""other":[{"at":"b2c4","path":["合计"],"text":"1","value":1},{"at":"b1","path":[],"text":""}],"#,
          #""published":"2025-01-15","sections":["#,
          #"{"blocks":["b1"],"heading":"H","name":"s","text":"X\nY"},"#,
          #"{"blocks":[],"heading":null,"name":"none","text":null}],"#,
          #""tables":[{"blocks":["b2"],"cells":[["b2c4"],[null]],"columns":["c"],"labels":["合计",null],"#,
          #""name":"t","rows":["r","lacking"],"texts":[["1,009"],[null]],"units":[["件"],[null]],"#,
          #""values":[[1009],[null]]}],"title":"T","year":2024},"#,
          #""revisions":[{"author":"A","date":"2024","kind":"moveTo","provenance":"#,
          #"[{"part":"word/document.xml","path":"body/p"}],"text":"T"}],"#,
          #""schema":"boxhead.document/1.1.0","sections":[{"columnCount":2,"lastBlock":"b2","#,
          #""pageHeight":841.9,"pageWidth":595.3,"start":"oddPage"}],"source":{"bytes":170990,"#,
          #""mediaType":"application/pdf","name":"报告 \"A\".pdf","sha256":"#,
          "\"" + String(repeating: "0123456789abcdef", count: 4) + "\"}}",
        ].joined())
  }

  @Test("Newline-delimited JSON is the same bytes and a newline")
  func line() {
    let document = SampleDocuments.complete
    #expect(
      CanonicalJSONWriter.line(of: document)
        == CanonicalJSONWriter.bytes(of: document) + [UInt8(ascii: "\n")])
  }

  @Test("Written block by block, a document has the same bytes", arguments: 0..<100)
  func stream(seed: UInt64) {
    var generator = DocumentGenerator(seed: seed)
    let document = generator.document()
    var bytes: [UInt8] = []
    let stream = CanonicalJSONStream(endsLine: true) { piece in
      for index in piece.indices { bytes.append(piece[index]) }
    }
    for block in document.blocks { stream.append(block) }
    var rest = document
    rest.blocks = []
    stream.finish(rest)
    #expect(bytes == CanonicalJSONWriter.line(of: document))
  }

  @Test("A place that is kept short is written in full")
  func shortPlace() {
    let parent = CellOrigin.Parent(part: "word/\"x\".xml", path: "body/tbl[1]/tr[2]")
    var short = Cell(rows: 0..<1, columns: 0..<1, text: "", evidence: .declared)
    short.origin = .cell(of: parent, position: 3)
    var full = short
    full.provenance = [.part(name: "word/\"x\".xml", path: "body/tbl[1]/tr[2]/tc[3]")]
    #expect(short == full && short.provenance == full.provenance)
    let texts = [short, full].map { cell in
      var document = SampleDocuments.smallest
      document.blocks = [
        Block(id: "b1", kind: .table, table: Table(rowCount: 1, columnCount: 1, cells: [cell]))
      ]
      return json(document)
    }
    #expect(texts[0] == texts[1] && texts[0].contains("tr[2]/tc[3]"))
  }

  @Test(
    "A value that JSON readers would change is left to the text",
    arguments: [Double.nan, .infinity, -.infinity, 9_007_199_254_740_992, -1e300])
  func unsafeValue(value: Double) {
    let cell = Cell(rows: 0..<1, columns: 0..<1, text: "x", value: value, evidence: .ruled)
    var document = SampleDocuments.smallest
    document.blocks = [
      Block(id: "b1", kind: .table, table: Table(rowCount: 1, columnCount: 1, cells: [cell]))
    ]
    #expect(!json(document).contains(#""value""#))
  }

  @Test("Written, read and written again, a document has the same bytes", arguments: 0..<300)
  func roundTrip(seed: UInt64) throws {
    var generator = DocumentGenerator(seed: seed)
    let bytes = CanonicalJSONWriter.bytes(of: generator.document())
    #expect(try JSONParser.parse(bytes).canonicalBytes == bytes)
  }

  @Test("Equal documents have equal bytes")
  func repeatable() {
    var first = DocumentGenerator(seed: 7)
    var second = DocumentGenerator(seed: 7)
    #expect(
      CanonicalJSONWriter.bytes(of: first.document())
        == CanonicalJSONWriter.bytes(of: second.document()))
  }
}
