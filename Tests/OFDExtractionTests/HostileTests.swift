import Conversion
import DocumentModel
import LayoutModel
import PackageReading
import PageGeometry
import TestSupport
import Testing

@testable import OFDExtraction

@Suite struct HostileTests {
  func open(_ writer: OFDWriter, limits: PackageLimits = PackageLimits()) throws -> OFDExtractor {
    try OFDExtractor(bytes: writer.bytes(), limits: limits)
  }

  @Test("An encrypted package says so", arguments: ["Encryptions.xml", "OFDEntries.xml"])
  func encrypted(name: String) {
    var writer = OFDWriter([""])
    writer.parts = [(name, OFDWriter.part("Encryptions", ""))]
    #expect(throws: PackageError.encrypted) { try open(writer) }
    #expect(FormatDetector.format(of: writer.bytes()) == .ofd)
  }

  @Test("A document type declaration is refused")
  func documentType() {
    var writer = OFDWriter([""])
    let part = "Doc_0/Document.xml"
    writer.parts = [(part, "<!DOCTYPE a [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><a>&e;</a>")]
    #expect(throws: PackageError.doctypeRefused(path: part)) { try open(writer) }
  }

  @Test("A package without a document, or with something else in its place, is an error")
  func noDocument() {
    var writer = OFDWriter([""])
    writer.parts = [("OFD.xml", OFDWriter.part("OFD", ""))]
    #expect(throws: PackageError.self) { try open(writer) }
    writer.parts = [("OFD.xml", "<html/>")]
    #expect(
      throws: PackageError.unexpectedContent(
        path: "OFD.xml", expected: "an OFD package", found: "other XML")
    ) { try open(writer) }
  }

  @Test("A damaged page becomes a note of the document; without a sound one it is an error")
  func damagedPage() throws {
    var writer = OFDWriter(["", ""])
    writer.parts = [("Doc_0/Pages/0.xml", "<broken")]
    let document = try Converter().convert(writer.bytes(), name: "a.ofd")
    #expect(document.notes.map(\.code) == ["page.damaged"])
    #expect(document.pages.map(\.number) == [2])
    writer.parts.append(("Doc_0/Pages/1.xml", "<broken"))
    #expect(throws: ConversionError.self) { try Converter().convert(writer.bytes(), name: "a.ofd") }
  }

  @Test("Composites in composites end at a limit, in depth and in number")
  func composites() throws {
    func unit(_ id: Int, _ content: String) -> String {
      """
      <ofd:CompositeGraphicUnit ID="\(id)"><ofd:Content>\(content)</ofd:Content>\
      </ofd:CompositeGraphicUnit>
      """
    }
    func use(_ id: Int) -> String { #"<ofd:CompositeObject ID="1" ResourceID="\#(id)"/>"# }
    var cycle = OFDWriter(use(1))
    cycle.resources = "<ofd:CompositeGraphicUnits>\(unit(1, use(1)))</ofd:CompositeGraphicUnits>"
    let cyclic = try open(cycle)
    #expect(throws: PackageError.self) { try cyclic.page(at: 0) }

    let units = (1...12).map { unit($0, String(repeating: use($0 + 1), count: 10)) }
    var laughs = OFDWriter(use(1))
    laughs.resources =
      "<ofd:CompositeGraphicUnits>\(units.joined())</ofd:CompositeGraphicUnits>"
    let laughing = try open(laughs)
    #expect(
      throws: PackageError.limitExceeded(.drawnObjects, path: "Doc_0/Pages/0.xml", limit: 400_000)
    ) { try laughing.page(at: 0) }
  }

  @Test("Limits on pages, nesting and objects are kept")
  func limits() throws {
    var limits = PackageLimits()
    limits.pages = 2
    #expect(
      throws: PackageError.limitExceeded(.pages, path: "Doc_0/Document.xml", limit: 2)
    ) { try open(OFDWriter(["", "", ""]), limits: limits) }
    let deep = try open(
      OFDWriter(
        String(repeating: "<ofd:PageBlock>", count: 600)
          + String(repeating: "</ofd:PageBlock>", count: 600)))
    #expect(
      throws: PackageError.limitExceeded(.elementDepth, path: "Doc_0/Pages/0.xml", limit: 512)
    ) { try deep.page(at: 0) }
    limits.drawnObjects = 10
    let many = try open(
      OFDWriter(String(repeating: "<ofd:PathObject/>", count: 20)), limits: limits)
    #expect(throws: PackageError.self) { try many.page(at: 0) }
  }

  @Test("Numbers beyond reason do no harm")
  func numbers() throws {
    let extractor = try open(
      OFDWriter(
        """
        <ofd:TextObject Boundary="1e300 -1e300 nan inf" CTM="1e99 0 0 1e99 0 0" Font="x" Size="1e99" \
        HScale="1e99"><ofd:TextCode X="-1e99" Y="99999999999999999999" DeltaX="g -1 5 g x 1e400">ab\
        </ofd:TextCode></ofd:TextObject>\
        <ofd:PathObject Boundary="0 0 0 0" LineWidth="-1e99"><ofd:AbbreviatedData>\
        L 1 C C M 1e99 L Q 1 B 2 2 A 1 2 3 L 1e9 -1e9 x y z</ofd:AbbreviatedData></ofd:PathObject>
        """))
    let page = try extractor.page(at: 0)
    #expect(page.glyphs.allSatisfy { $0.origin.x.isFinite && $0.size.isFinite })
    _ = try Converter().convert(
      OFDWriter(#"<ofd:TextObject Size="1e99"><ofd:TextCode>ab</ofd:TextCode></ofd:TextObject>"#)
        .bytes(), name: "a.ofd")
  }

  @Test("With any one byte changed or cut off anywhere, a package is read or refused, never a trap")
  func corrupted() {
    let bytes = OFDWriter(
      """
      <ofd:TextObject ID="1" Boundary="1 2 3 4" CTM="1 0 0 1 0 0" Font="1" Size="4">\
      <ofd:TextCode X="0" Y="0" DeltaX="g 2 4">abc</ofd:TextCode></ofd:TextObject>
      """
    ).bytes()
    for index in bytes.indices {
      for value in [UInt8(0x20), 0x39, 0xFF] {
        var broken = bytes
        broken[index] = value
        _ = try? Converter().convert(broken, name: "a.ofd")
      }
    }
    for count in 0..<bytes.count {
      #expect(throws: (any Error).self) {
        try Converter().convert(Array(bytes[..<count]), name: "a.ofd")
      }
    }
  }
}
