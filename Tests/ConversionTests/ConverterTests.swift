import Conversion
import DocumentModel
import Testing

@Suite struct ConverterTests {
  static let contentTypes = "application/vnd.openxmlformats-officedocument.wordprocessingml"

  /// A Word package with one paragraph, stored without compression.
  func package(mainType: String, path: String = "word/document.xml") -> [UInt8] {
    let header = #"<?xml version="1.0" encoding="UTF-8"?>"#
    let types = """
      \(header)<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">\
      <Default Extension="rels" \
      ContentType="application/vnd.openxmlformats-package.relationships+xml"/>\
      <Override PartName="/\(path)" ContentType="\(mainType)"/></Types>
      """
    let relationships = """
      \(header)<Relationships \
      xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" \
      Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" \
      Target="\(path)"/></Relationships>
      """
    let document = """
      \(header)<w:document \
      xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r>\
      <w:t>正文</w:t></w:r></w:p></w:body></w:document>
      """
    return StoredArchive([
      ("[Content_Types].xml", types), ("_rels/.rels", relationships), (path, document),
    ]).bytes
  }

  @Test(
    "A Word package is read by its content types, wherever its main part is, and keeps its type",
    arguments: [
      ("\(contentTypes).document.main+xml", "\(contentTypes).document"),
      ("\(contentTypes).template.main+xml", "\(contentTypes).template"),
      (
        "application/vnd.ms-word.document.macroEnabled.main+xml",
        "application/vnd.ms-word.document.macroEnabled.12"
      ),
      (
        "application/vnd.ms-word.template.macroEnabledTemplate.main+xml",
        "application/vnd.ms-word.template.macroEnabled.12"
      ),
    ])
  func wordPackage(mainType: String, mediaType: String) throws {
    for path in ["word/document.xml", "word/document2.xml"] {
      let bytes = package(mainType: mainType, path: path)
      let document = try Converter().convert(bytes, name: "a.bin")
      #expect(document.source.mediaType == mediaType)
      #expect(document.source.byteCount == bytes.count)
      #expect(document.blocks.map(\.text) == ["正文"])
    }
  }

  @Test("A selection of pages does not fit a document without pages")
  func pagesOfWordPackage() {
    let converter = Converter(options: Converter.Options(pages: PageSelection("1")))
    let bytes = package(mainType: "\(Self.contentTypes).document.main+xml")
    let error = #expect(throws: ConversionError.self) { try converter.convert(bytes, name: "a") }
    #expect(error?.kind == .badRequest)
  }

  @Test(
    "Every failure has its kind and says what was expected and found",
    arguments: [
      ([], ConversionError.Kind.notADocument, "a PDF, DOCX or OFD document", "an empty file"),
      (
        Array("GIF89a".utf8), .notADocument, "a PDF, DOCX or OFD document",
        "a GIF image, which is not supported yet"
      ),
      (
        Array("%PDF-1.4".utf8), .damaged, "a PDF with a readable page tree",
        "none, even after a repair"
      ),
      (
        StoredArchive([("[Content_Types].xml", "<Types/>")]).bytes, .damaged,
        "the part _rels/.rels", "no such part"
      ),
    ] as [([UInt8], ConversionError.Kind, String, String)])
  func failures(
    bytes: [UInt8], kind: ConversionError.Kind, expected: String, found: String
  ) {
    let error = #expect(throws: ConversionError.self) {
      try Converter().convert(bytes, name: "a.pdf")
    }
    #expect(error?.kind == kind)
    #expect(error?.file == "a.pdf")
    #expect(error?.expected == expected)
    #expect(error?.found == found)
    #expect(error?.description.hasPrefix("a.pdf: ") == true)
  }
}
