import DocumentModel
import TestSupport
import Testing

@testable import Conversion

@Suite struct EmbeddedMediaTests {
  static let drawing = """
    <w:p><w:r><w:drawing><wp:inline><wp:docPr id="1" name="n" descr="alt"/><a:graphic>\
    <a:graphicData uri="u"><a:blip r:embed="i"/></a:graphicData></a:graphic></wp:inline>\
    </w:drawing></w:r></w:p>
    """

  @Test("A picture is given once, under its checksum and a plain ending")
  func pictures() throws {
    var entries = DOCXWriter(
      Self.drawing + Self.drawing,
      relationships: [("i", "image", "media/../../../etc/a.PNG", false)]
    ).entries
    entries.append(ZIPWriter.Entry("etc/a.PNG", Array("picture".utf8)))
    let bytes = ZIPWriter(entries).bytes()
    let document = try Converter().convert(bytes, name: "a.docx")
    var found: [(name: String, content: [UInt8])] = []
    Self.media(in: document).each(of: bytes) { found.append(($0, $1)) }
    let checksum = Checksum.sha256(of: Array("picture".utf8))
    #expect(found.map(\.name) == [checksum + ".png"])
    #expect(found.map(\.content) == [Array("picture".utf8)])
  }

  @Test("A picture outside the file is recorded and never fetched")
  func external() throws {
    let bytes = DOCXWriter(
      Self.drawing, relationships: [("i", "image", "http://127.0.0.1:9/x.png", true)]
    ).bytes()
    let document = try Converter().convert(bytes, name: "a.docx")
    let image = document.blocks.first?.inlines.first?.kind
    #expect(
      image
        == .image(
          Image(alternativeText: "alt", externalTarget: "http://127.0.0.1:9/x.png")))
    var count = 0
    Self.media(in: document).each(of: bytes) { _, _ in count += 1 }
    #expect(count == 0)
  }

  private static func media(in document: Document) -> EmbeddedMedia {
    var media = EmbeddedMedia()
    for block in document.blocks { media.add(block) }
    return media
  }
}
