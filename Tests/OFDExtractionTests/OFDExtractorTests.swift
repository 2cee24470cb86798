import DocumentModel
import LayoutModel
import PackageReading
import PageGeometry
import TestSupport
import Testing

@testable import OFDExtraction

@Suite struct OFDExtractorTests {
  let millimetre = 72 / 25.4

  func page(_ writer: OFDWriter, at index: Int = 0) throws(PackageError) -> PageLayout {
    try OFDExtractor(bytes: writer.bytes()).page(at: index)
  }

  func text(_ page: PageLayout) -> String {
    String(String.UnicodeScalarView(page.glyphs.map(\.scalar)))
  }

  /// A text object of 4 millimetres type, 10 from the left and 20 from the top.
  func object(_ code: String, _ attributes: String = "") -> String {
    """
    <ofd:TextObject ID="5" Boundary="10 20 50 10" Font="1" Size="4" \(attributes)>\
    \(code)</ofd:TextObject>
    """
  }

  // MARK: - Text

  @Test("Places are those of the boundary and the code, in points")
  func places() throws {
    let page = try page(
      OFDWriter(object(#"<ofd:TextCode X="1" Y="5" DeltaX="4 g 2 5">一二三四</ofd:TextCode>"#)))
    #expect(text(page) == "一二三四")
    let x = page.glyphs.map { ($0.origin.x / millimetre * 1000).rounded() / 1000 }
    #expect(x == [11, 15, 20, 25])
    #expect(page.glyphs.allSatisfy { abs($0.origin.y - 25 * millimetre) < 1e-9 })
    #expect(page.glyphs.allSatisfy { abs($0.size - 4 * millimetre) < 1e-9 })
    // No ideograph is wider than one em; behind the others there is a gap.
    #expect(page.glyphs.allSatisfy { abs($0.advance - 4 * millimetre) < 1e-9 })
    #expect(abs(page.width - 100 * millimetre) < 1e-9 && abs(page.height - 200 * millimetre) < 1e-9)
  }

  @Test("A second code starts where it says, or on the line of the first one")
  func codes() throws {
    let page = try page(
      OFDWriter(
        object(
          #"<ofd:TextCode X="0" Y="5">a</ofd:TextCode><ofd:TextCode X="9">b</ofd:TextCode>"#)))
    #expect(page.glyphs.map(\.origin.y).allSatisfy { abs($0 - 25 * millimetre) < 1e-9 })
    #expect(abs(page.glyphs[1].origin.x - 19 * millimetre) < 1e-9)
  }

  @Test("Without distances characters follow each other by their usual widths")
  func noDistances() throws {
    let page = try page(OFDWriter(object(#"<ofd:TextCode X="0" Y="5">一二a</ofd:TextCode>"#)))
    #expect(abs(page.glyphs[1].origin.x - 14 * millimetre) < 1e-9)
    #expect(abs(page.glyphs[2].origin.x - 18 * millimetre) < 1e-9)
    #expect(page.glyphs[2].advance < 4 * millimetre)
  }

  @Test("The next object shows how wide the last character of one is, where it may follow it")
  func singleCharacters() throws {
    let page = try page(
      OFDWriter(
        object(#"<ofd:TextCode X="0" Y="5">П</ofd:TextCode>"#)
          + object(#"<ofd:TextCode X="3" Y="5">о</ofd:TextCode>"#)
          + object(#"<ofd:TextCode X="15" Y="5">л</ofd:TextCode>"#)))
    let advances = page.glyphs.map { ($0.advance / millimetre * 100).rounded() / 100 }
    #expect(advances[0] == 3)
    #expect(advances[1] < 3)
  }

  @Test("A repetition of billions costs nothing")
  func repetition() throws {
    let code = #"<ofd:TextCode X="0" Y="0" DeltaX="g 4000000000 4">一二三</ofd:TextCode>"#
    #expect(try page(OFDWriter(object(code))).glyphs.count == 3)
  }

  @Test("Line breaks around a text are no characters, spaces in it are")
  func whitespace() throws {
    let page = try page(
      OFDWriter(object("<ofd:TextCode X=\"0\" Y=\"0\">\n   a b\n  </ofd:TextCode>")))
    #expect(text(page) == "a b")
  }

  @Test(
    "The matrix turns text",
    arguments: [
      ("0 -1 1 0 10 10", Glyph.Direction.up), ("0 1 -1 0 10 10", .down),
      ("-1 0 0 -1 10 10", .left), ("1 0 0 1 3 3", .right),
    ])
  func turned(matrix: String, direction: Glyph.Direction) throws {
    let code = #"<ofd:TextCode X="0" Y="0" DeltaX="4">一二</ofd:TextCode>"#
    let page = try page(OFDWriter(object(code, #"CTM="\#(matrix)""#)))
    #expect(page.glyphs.map(\.direction) == [direction, direction])
    #expect(page.glyphs.allSatisfy { !$0.flags.contains(.tilted) })
    let step = Point(
      x: page.glyphs[1].origin.x - page.glyphs[0].origin.x,
      y: page.glyphs[1].origin.y - page.glyphs[0].origin.y)
    let expected: (Double, Double) =
      switch direction {
      case .right: (4, 0)
      case .down: (0, 4)
      case .left: (-4, 0)
      case .up: (0, -4)
      }
    #expect(abs(step.x - expected.0 * millimetre) < 1e-9)
    #expect(abs(step.y - expected.1 * millimetre) < 1e-9)
  }

  @Test("A slanted matrix tilts text, a larger one enlarges it")
  func matrices() throws {
    let code = #"<ofd:TextCode X="0" Y="0">一</ofd:TextCode>"#
    let tilted = try page(OFDWriter(object(code, #"CTM="0.7 -0.7 0.7 0.7 0 9""#)))
    #expect(tilted.glyphs[0].flags.contains(.tilted))
    let large = try page(OFDWriter(object(code, #"CTM="2 0 0 3 0 0""#)))
    #expect(abs(large.glyphs[0].size - 12 * millimetre) < 1e-9)
    #expect(abs(large.glyphs[0].advance - 8 * millimetre) < 1e-9)
  }

  @Test("Columns of upright characters run down and stay upright")
  func vertical() throws {
    let code = #"<ofd:TextCode X="0" Y="0" DeltaY="4">一二</ofd:TextCode>"#
    let page = try page(OFDWriter(object(code, #"ReadDirection="90""#)))
    #expect(page.glyphs.map(\.direction) == [.right, .right])
    #expect(page.glyphs[0].origin.x == page.glyphs[1].origin.x)
    #expect(page.glyphs[0].flags.contains(.verticalWriting))
    let turned = try self.page(
      OFDWriter(object(code, #"ReadDirection="90" CharDirection="90""#)))
    #expect(turned.glyphs.map(\.direction) == [.down, .down])
  }

  @Test("Bold is what the font, its name or the weight say")
  func bold() throws {
    var writer = OFDWriter(
      object(#"<ofd:TextCode X="0" Y="0">a</ofd:TextCode>"#)
        + object(#"<ofd:TextCode X="0" Y="9">b</ofd:TextCode>"#, #"Weight="700""#))
    writer.resources = #"<ofd:Fonts><ofd:Font ID="1" FontName="x" Bold="true"/></ofd:Fonts>"#
    let page = try page(writer)
    #expect(page.fonts[Int(page.glyphs[0].fontIndex)] == Font(name: "x", isBold: true))
    #expect(!page.glyphs[0].flags.contains(.strokedBold))
    #expect(page.glyphs[1].flags.contains(.strokedBold))
  }

  @Test("Colours are read, and text without ink is marked")
  func colours() throws {
    let code = #"<ofd:TextCode X="0" Y="0">a</ofd:TextCode>"#
    let red = #"<ofd:FillColor Value="255 0 16"/>"#
    let none = #"<ofd:FillColor Value="0 0 0" Alpha="0"/>"#
    let page = try page(OFDWriter(object(red + code) + object(none + code)))
    #expect(page.glyphs[0].color == 0xFF0010)
    #expect(page.glyphs.map { $0.flags.contains(.invisible) } == [false, true])
  }

  // MARK: - Drawings

  @Test("A rule is a stroke or a thin filled rectangle")
  func rules() throws {
    let page = try page(
      OFDWriter(
        """
        <ofd:PathObject ID="1" Boundary="10 10 50 1" LineWidth="0.2">\
        <ofd:AbbreviatedData>M 0 0.5 L 50 0.5</ofd:AbbreviatedData></ofd:PathObject>\
        <ofd:PathObject ID="2" Boundary="10 10 1 40" Stroke="false" Fill="true">\
        <ofd:AbbreviatedData>M 0 0 L 0.2 0 L 0.2 40 L 0 40 C</ofd:AbbreviatedData></ofd:PathObject>
        """))
    #expect(page.rulings.map(\.axis) == [.horizontal, .vertical])
    #expect(abs(page.rulings[0].position - 10.5 * millimetre) < 1e-9)
    #expect(abs(page.rulings[0].extent.length - 50 * millimetre) < 1e-9)
    #expect(abs(page.rulings[0].thickness - 0.2 * millimetre) < 1e-9)
    #expect(abs(page.rulings[1].position - 10.1 * millimetre) < 1e-9)
    #expect(abs(page.rulings[1].extent.length - 40 * millimetre) < 1e-9)
  }

  @Test("Rectangles are shadings or four rules, curves are freeforms, slants are diagonals")
  func shapes() throws {
    func path(_ attributes: String, _ data: String) -> String {
      """
      <ofd:PathObject ID="1" Boundary="10 10 50 50" \(attributes)>\
      <ofd:AbbreviatedData>\(data)</ofd:AbbreviatedData></ofd:PathObject>
      """
    }
    let page = try page(
      OFDWriter(
        path(#"Fill="true" Stroke="false""#, "M 0 0 L 20 0 L 20 9 L 0 9 C")
          + path("", "M0 0L20 0L20 9L0 9C") + path("", "M 0 0 B 1 1 2 9 20 20")
          + path("", "M 0 0 A 10 10 0 1 1 20 0 C") + path("", "S 0 0 L 20 20")))
    #expect(page.shadings.count == 1)
    #expect(page.freeforms.count == 2)
    #expect(page.diagonals.count == 1)
    // Four sides, and the chord that closes the arc.
    #expect(page.rulings.count == 5)
  }

  @Test("Drawing parameters and what they complete give colours and widths")
  func drawParams() throws {
    var writer = OFDWriter(
      """
      <ofd:PathObject ID="1" Boundary="0 0 50 1" DrawParam="3">\
      <ofd:AbbreviatedData>M 0 0 L 50 0</ofd:AbbreviatedData></ofd:PathObject>
      """)
    writer.resources = """
      <ofd:DrawParams><ofd:DrawParam ID="3" Relative="4"/>\
      <ofd:DrawParam ID="4" Relative="3" LineWidth="1"><ofd:StrokeColor Value="0 0 255"/>\
      </ofd:DrawParam></ofd:DrawParams>
      """
    let ruling = try #require(try page(writer).rulings.first)
    #expect(abs(ruling.thickness - millimetre) < 1e-9)
    #expect(ruling.color == 0x0000FF)
  }

  @Test("A picture fills the unit square of its matrix, or its boundary")
  func pictures() throws {
    let page = try page(
      OFDWriter(
        """
        <ofd:ImageObject ID="1" Boundary="10 10 20 30" CTM="20 0 0 30 0 0" ResourceID="8"/>\
        <ofd:ImageObject ID="2" Boundary="10 10 20 30" ResourceID="8"/>
        """))
    #expect(page.images.count == 2)
    #expect(page.images.allSatisfy { abs($0.box.width - 20 * millimetre) < 1e-9 })
    #expect(page.images.allSatisfy { abs($0.box.maxY - 40 * millimetre) < 1e-9 })
  }

  // MARK: - Structure

  @Test("Templates, nested page blocks and composites are part of a page")
  func structure() throws {
    let inner = object(#"<ofd:TextCode X="0" Y="0">内</ofd:TextCode>"#)
    var writer = OFDWriter(
      "<ofd:PageBlock ID=\"2\"><ofd:PageBlock ID=\"3\">\(inner)</ofd:PageBlock></ofd:PageBlock>"
        + #"<ofd:CompositeObject ID="4" Boundary="1 2 50 50" CTM="2 0 0 2 0 0" ResourceID="6"/>"#)
    writer.template = object(#"<ofd:TextCode X="0" Y="0">底</ofd:TextCode>"#)
    writer.resources += """
      <ofd:CompositeGraphicUnits><ofd:CompositeGraphicUnit ID="6" Width="9" Height="9">\
      <ofd:Content>\(object(#"<ofd:TextCode X="0" Y="0">合</ofd:TextCode>"#))</ofd:Content>\
      </ofd:CompositeGraphicUnit></ofd:CompositeGraphicUnits>
      """
    let page = try page(writer)
    #expect(text(page) == "底内合")
    #expect(abs(page.glyphs[2].origin.x - (1 + 2 * 10) * millimetre) < 1e-9)
    #expect(abs(page.glyphs[2].origin.y - (2 + 2 * 20) * millimetre) < 1e-9)
  }

  @Test("Objects that are not visible are left out and counted")
  func hidden() throws {
    let code = #"<ofd:TextCode X="0" Y="0">a</ofd:TextCode>"#
    let extractor = try OFDExtractor(
      bytes: OFDWriter(object(code, #"Visible="false""#) + object(code)).bytes())
    #expect(try extractor.page(at: 0).glyphs.count == 1)
    #expect(extractor.notes.map(\.code) == ["ofd.hiddenObjects"])
  }

  @Test("What is said of the document are its metadata")
  func metadata() throws {
    var writer = OFDWriter([""])
    writer.body = """
      <ofd:DocInfo><ofd:Title>年报</ofd:Title><ofd:Author>某局</ofd:Author>\
      <ofd:CreationDate>2024-01-15</ofd:CreationDate><ofd:Keywords><ofd:Keyword>a</ofd:Keyword>\
      <ofd:Keyword>b</ofd:Keyword></ofd:Keywords><ofd:Creator>W</ofd:Creator>\
      <ofd:CreatorVersion>1</ofd:CreatorVersion></ofd:DocInfo>
      """
    #expect(
      try OFDExtractor(bytes: writer.bytes()).metadata()
        == Metadata(
          title: "年报", author: "某局", created: "2024-01-15", producer: "W 1", keywords: "a, b"))
  }

  @Test("All documents of a package are read, one after another")
  func documents() throws {
    var writer = OFDWriter([object(#"<ofd:TextCode X="0" Y="0">一</ofd:TextCode>"#)])
    writer.bodies = """
      <ofd:DocBody><ofd:DocRoot>Doc_1/Document.xml</ofd:DocRoot></ofd:DocBody>\
      <ofd:DocBody><ofd:DocRoot>Doc_2/Document.xml</ofd:DocRoot></ofd:DocBody>
      """
    writer.parts = [
      (
        "Doc_1/Document.xml",
        OFDWriter.part("Document", #"<ofd:Pages><ofd:Page ID="1" BaseLoc="P.xml"/></ofd:Pages>"#)
      ),
      (
        "Doc_1/P.xml",
        OFDWriter.page(object(#"<ofd:TextCode X="0" Y="0">二</ofd:TextCode>"#))
      ),
    ]
    let extractor = try OFDExtractor(bytes: writer.bytes())
    #expect(extractor.pageCount == 2)
    #expect(text(try extractor.page(at: 1)) == "二")
    #expect(extractor.notes.map(\.code) == ["ofd.severalDocuments", "ofd.unreadablePart"])
    // It gives no page size: A4.
    #expect(abs(try extractor.page(at: 1).width - 210 * millimetre) < 1e-9)
  }

  @Test("Added text is read; watermarks, seals and attachments are noted")
  func companions() throws {
    let code = #"<ofd:TextCode X="0" Y="0">加</ofd:TextCode>"#
    func annotation(_ type: String) -> String {
      """
      <ofd:Annot ID="1" Type="\(type)"><ofd:Remark>r</ofd:Remark>\
      <ofd:Appearance Boundary="5 5 60 60">\(object(code))</ofd:Appearance></ofd:Annot>
      """
    }
    var writer = OFDWriter([""])
    writer.extra = """
      <ofd:Annotations>Annots.xml</ofd:Annotations><ofd:Attachments>/Doc_0/A.xml</ofd:Attachments>
      """
    writer.body = "<ofd:Signatures>/Doc_0/Signs/Signatures.xml</ofd:Signatures>"
    writer.parts = [
      (
        "Doc_0/Annots.xml",
        OFDWriter.part(
          "Annotations", #"<ofd:Page PageID="100"><ofd:FileLoc>An.xml</ofd:FileLoc></ofd:Page>"#)
      ),
      ("Doc_0/An.xml", OFDWriter.part("PageAnnot", annotation("Watermark") + annotation("Path"))),
      (
        "Doc_0/A.xml", OFDWriter.part("Attachments", #"<ofd:Attachment Name="t" Format="xlsx"/>"#)
      ),
      (
        "Doc_0/Signs/Signatures.xml",
        OFDWriter.part("Signatures", #"<ofd:Signature ID="1" BaseLoc="S.xml"/>"#)
      ),
      (
        "Doc_0/Signs/S.xml",
        OFDWriter.part(
          "Signature",
          #"<ofd:SignedInfo><ofd:StampAnnot PageRef="100" Boundary="1 1 2 2"/></ofd:SignedInfo>"#)
      ),
    ]
    let extractor = try OFDExtractor(bytes: writer.bytes())
    let page = try extractor.page(at: 0)
    #expect(text(page) == "加")
    #expect(abs(page.glyphs[0].origin.x - 15 * millimetre) < 1e-9)
    #expect(
      extractor.notes.map(\.code) == [
        "ofd.attachment", "ofd.seal", "ofd.annotation", "ofd.annotation",
      ])
    #expect(
      extractor.notes[2].message == "page 1: annotation of type Watermark, left out: 加; remark: r")
    #expect(extractor.notes[1].provenance.count == 1)
  }

  @Test("Any prefix and the default namespace do")
  func namespaces() throws {
    let plain = OFDWriter.page(object(#"<ofd:TextCode X="0" Y="0">a</ofd:TextCode>"#))
      .replacing("ofd:", with: "").replacing("xmlns:ofd", with: "xmlns")
      .replacing("xmlns:=", with: "xmlns=")
    var writer = OFDWriter([""])
    writer.parts = [("Doc_0/Pages/0.xml", plain)]
    #expect(text(try page(writer)) == "a")
  }
}
