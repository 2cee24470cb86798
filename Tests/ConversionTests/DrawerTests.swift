import Conversion
import DocumentModel
import DocumentWriting
import Foundation
import FoundationXML
import PageGeometry
import TestSupport
import Testing

@Suite struct DrawerTests {
  /// A ruled table of three columns and four rows, a spanner over the last two, on the second of
  /// two pages.
  static let table: [UInt8] = {
    func text(_ text: String, _ x: Int, _ y: Int) -> String {
      "BT /F1 10 Tf \(x) \(y) Td (\(text)) Tj ET\n"
    }
    var content = "0.5 w\n"
    for y in [100, 120, 140, 180] { content += "20 \(y) m 320 \(y) l S\n" }
    content += "120 160 m 320 160 l S\n"
    for x in [20, 120, 320] { content += "\(x) 100 m \(x) 180 l S\n" }
    content += "220 100 m 220 160 l S\n"
    content += text("Region", 30, 146) + text("Sales", 200, 166)
    content += text("H1", 160, 146) + text("H2", 260, 146)
    content += text("North", 30, 126) + text("12", 160, 126) + text("34", 260, 126)
    content += text("South", 30, 106) + text("56", 160, 106) + text("-", 260, 106)
    return PDFWriter([
      PDFWriter.Page(text("Before", 30, 100), mediaBox: "0 0 340 200"),
      PDFWriter.Page(content, mediaBox: "0 0 340 200"),
    ]).bytes()
  }()

  func pictures(
    _ bytes: [UInt8], _ stages: [Drawer.Stage] = Drawer.Stage.allCases, pages: String? = nil
  ) throws -> [Drawer.Picture] {
    var pictures: [Drawer.Picture] = []
    let selection = pages.flatMap { PageSelection($0) }
    try Drawer(stages: stages, pages: selection).draw(bytes, name: "a.pdf") {
      pictures.append($0)
    }
    return pictures
  }

  func svg(_ stage: Drawer.Stage, page: Int = 2, of bytes: [UInt8] = table) throws -> String {
    let picture = try #require(try pictures(bytes, [stage], pages: "\(page)").first)
    return String(decoding: picture.svg, as: UTF8.self)
  }

  @Test("Each selected page has each stage, as well-formed XML and as a PNG of its size")
  func forms() throws {
    let pictures = try pictures(Self.table)
    #expect(
      pictures.map { "\($0.page) \($0.stage)" }
        == [1, 2].flatMap { page in Drawer.Stage.allCases.map { "\(page) \($0)" } })
    for picture in pictures {
      #expect(XMLParser(data: Data(picture.svg)).parse(), "\(picture.stage)")
      #expect(picture.png.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]))
      // 340 points at 192 pixels an inch; the key stands below the 200 points of the page.
      let sides = [16, 20].map { picture.png[$0..<$0 + 4].reduce(0) { $0 << 8 | Int($1) } }
      #expect(sides[0] == 907 && (550...750).contains(sides[1]))
    }
    #expect(try self.pictures(Self.table, [.words], pages: "2").map(\.page) == [2])
  }

  @Test("Every cell of the document is drawn at its place, with its id")
  func headers() throws {
    let document = try Converter().convert(Self.table, name: "a.pdf")
    let block = try #require(document.blocks.first { $0.kind == .table })
    let table = try #require(block.table)
    #expect(table.cells.count == 10)
    let svg = try svg(.headers)
    for (index, cell) in table.cells.enumerated() {
      guard case .page(2, let box)? = cell.provenance.first else {
        Issue.record("no place")
        continue
      }
      let place = "<rect " + place(box)
      let elements = svg.split(separator: "\n").filter { $0.hasPrefix(place) }
      #expect(elements.contains { $0.contains("<title>\(block.id)c\(index + 1) ") })
      #expect(svg.contains(">c\(index + 1)</text>"))
    }
    #expect(svg.contains("columns: Sales › H1\nrows: North</title>"))
    for name in ["boxhead level 1", "boxhead level 2", "stub level 1", "stub head", "no value"] {
      #expect(svg.contains(">\(name)</text>"), "\(name)")
    }
    #expect(!svg.contains(">section row</text>"))
  }

  func place(_ box: Rect) -> String {
    func number(_ value: Double) -> String {
      let text = String((value * 100).rounded() / 100)
      return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
    }
    return #"x="\#(number(box.minX))" y="\#(number(box.minY))" "#
      + #"width="\#(number(box.width))" height="\#(number(box.height))""#
  }

  @Test("A grid shows row and column of each cell, and what a span covers")
  func grid() throws {
    let svg = try svg(.grid)
    for label in ["0,0 2x1", "0,1 1x2", "1,1", "3,2", "ruled", "4x3"] {
      #expect(svg.contains(">\(label)</text>"), "\(label)")
    }
  }

  @Test("Glyphs, words, rulings and blocks are drawn with their dumps")
  func others() throws {
    #expect(try svg(.glyphs, page: 1).contains("<title>glyph &quot;B&quot; at 30 100 "))
    #expect(try svg(.words, page: 1).contains("<title>word &quot;Before&quot; [30 "))
    #expect(try svg(.words, page: 1).contains("<title>line &quot;Before&quot; [30 "))
    let rulings = try svg(.rulings)
    #expect(rulings.contains(##"<polyline points="20,20 320,20" fill="none" stroke="##))
    #expect(rulings.contains(">ruling as merged</text>"))
    let blocks = try svg(.blocks, page: 1)
    #expect(blocks.contains(">b1</text>") && blocks.contains("Before"))
  }

  @Test("Ids are those of the whole document, whatever pages are drawn")
  func wholeDocument() throws {
    let document = try Converter().convert(Self.table, name: "a.pdf")
    let id = try #require(document.blocks.first { $0.kind == .table }?.id)
    #expect(id != "b1")
    #expect(try svg(.headers, page: 2).contains(">table \(id)</text>"))
  }

  @Test("A boxhead that a page repeats is shown as one, and is no cell")
  func repeatedHead() throws {
    func page(_ rows: [[String]]) -> PDFWriter.Page {
      var content = "0.5 w\n"
      for index in 0...rows.count {
        content += "20 \(180 - 20 * index) m 320 \(180 - 20 * index) l S\n"
      }
      for x in [20, 120, 220, 320] { content += "\(x) 180 m \(x) \(180 - 20 * rows.count) l S\n" }
      for (row, texts) in rows.enumerated() {
        for (column, text) in texts.enumerated() {
          content += "BT /F1 10 Tf \(30 + 100 * column) \(166 - 20 * row) Td (\(text)) Tj ET\n"
        }
      }
      return PDFWriter.Page(content, mediaBox: "0 0 340 200")
    }
    let head = ["Region", "Sales", "Costs"]
    let bytes = PDFWriter([
      page([head, ["North", "12", "34"], ["South", "5", "6"]]),
      page([head, ["East", "78", "90"], ["West", "1", "2"]]),
    ]).bytes()
    let svg = try svg(.headers, page: 2, of: bytes)
    #expect(svg.contains(">rows 3-4</text>"))
    #expect(svg.contains(">repeated boxhead, 1 rows</text>"))
    #expect(
      svg.contains(">c10</text>") && svg.contains(">c15</text>") && !svg.contains(">c1</text>"))
  }

  @Test("A page that is set sideways is drawn as it is")
  func sideways() throws {
    func text(_ text: String, _ x: Int, _ y: Int) -> String {
      "BT /F1 10 Tf 0 1 -1 0 \(x) \(y) Tm (\(text)) Tj ET\n"
    }
    let content = text("Upwards it goes", 50, 20)
    let bytes = PDFWriter([PDFWriter.Page(content, mediaBox: "0 0 100 200")]).bytes()
    let svg = try svg(.words, page: 1, of: bytes)
    #expect(svg.contains(#"viewBox="0 0 120 "#))
    // The first word runs up from (50, 180): seven letters of five points each.
    let box = Rect(minX: 41.5, minY: 145, maxX: 51.5, maxY: 180)
    #expect(svg.contains(place(box)))
  }

  @Test("Drawing leaves a conversion as it is")
  func unchanged() throws {
    let before = CanonicalJSONWriter.bytes(of: try Converter().convert(Self.table, name: "a"))
    let svg = try svg(.headers)
    let after = CanonicalJSONWriter.bytes(of: try Converter().convert(Self.table, name: "a"))
    #expect(before == after)
    #expect(try self.svg(.headers) == svg)
  }

  // MARK: - Errors

  func error(_ bytes: [UInt8], stage: Drawer.Stage, pages: String? = nil) -> ConversionError? {
    do {
      _ = try pictures(bytes, [stage], pages: pages)
      return nil
    } catch {
      return error as? ConversionError
    }
  }

  @Test(
    "What has no pages, or is no document, is an error with words",
    arguments: [
      Drawer.Stage.glyphs, .headers,
    ])
  func errors(stage: Drawer.Stage) throws {
    let word = StoredArchive([("[Content_Types].xml", "<Types/>"), ("word/document.xml", "<a/>")])
    let noPages = try #require(error(word.bytes, stage: stage))
    #expect(noPages.kind == .badRequest && noPages.found.contains("Word document"))
    #expect(error(Array("plain".utf8), stage: stage)?.kind == .notADocument)
    #expect(error(Array("%PDF-1.4\nno more".utf8), stage: stage)?.kind == .damaged)
    #expect(error(Self.table, stage: stage, pages: "3-")?.kind == .badRequest)
  }

  @Test(
    "A page of any size is drawn or an error", arguments: ["0 0 1e7 1e7", "0 0 1e8 5", "0 0 3e4 1"])
  func sizes(mediaBox: String) throws {
    let bytes = PDFWriter([PDFWriter.Page("0 0 10 10 re f", mediaBox: mediaBox)]).bytes()
    do {
      for picture in try pictures(bytes, [.rulings]) {
        #expect(XMLParser(data: Data(picture.svg)).parse())
      }
    } catch let error as ConversionError {
      #expect(error.kind == .limit && error.stage == .drawing)
    }
  }
}
