import Conversion
import Foundation
import Testing

@Suite struct FormatDetectorTests {
  func format(_ text: String) -> SourceFormat { FormatDetector.format(of: Array(text.utf8)) }

  @Test("A PDF is one at the start, behind junk, and without its header")
  func pdf() {
    #expect(format("%PDF-1.7\n1 0 obj") == .pdf)
    #expect(format("HTTP/1.1 200 OK\r\n\r\n%PDF-1.4\n") == .pdf)
    #expect(format(String(repeating: "\n", count: 1500) + "%PDF-1.4\n") == .pdf)
    #expect(format("1 0 obj\n<< /Type /Catalog >>\nendobj\n") == .pdf)
  }

  @Test(
    "What is known but not read is named",
    arguments: [
      ("<!DOCTYPE html><p>", "an HTML page"),
      ("\u{FEFF}\n <html lang=zh>", "an HTML page"),
      ("<?xml version=\"1.0\"?><a/>", "an XML file"),
      (
        "<?xml version=\"1.0\"?><?mso-application progid=\"Word.Document\"?><w/>",
        "a Word document in one XML file"
      ),
      ("GIF89a", "a GIF image"),
      ("%!PS-Adobe-3.0", "a PostScript document"),
      ("MIME-Version: 1.0", "a web archive (.mht)"),
    ])
  func unsupported(text: String, name: String) {
    #expect(format(text) == .unsupported(name))
  }

  @Test("Rich Text is a legacy format")
  func richText() {
    #expect(format(#"{\rtf1\ansi}"#) == .legacy(.richText))
  }

  @Test("Pictures are told by their signatures")
  func pictures() {
    #expect(
      FormatDetector.format(of: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A])
        == .image(.png))
    #expect(FormatDetector.format(of: [0xFF, 0xD8, 0xFF, 0xE0]) == .image(.jpeg))
    #expect(FormatDetector.format(of: Array("II*\0\u{8}".utf8)) == .image(.tiff))
    #expect(FormatDetector.format(of: [0x4D, 0x4D, 0, 0x2A, 0]) == .image(.tiff))
    #expect(
      FormatDetector.format(of: Array("RIFF\0\0\0\0WEBPVP8 ".utf8)) == .unsupported("a WebP image"))
  }

  @Test("What nobody knows is described")
  func unknown() {
    #expect(format("") == .unknown("an empty file"))
    #expect(format("just words, 也有汉字") == .unknown("plain text"))
    #expect(FormatDetector.format(of: [0, 1, 2, 3]) == .unknown("bytes of no known format"))
  }

  @Test(
    "An OLE file is told by its streams",
    arguments: [
      ("EncryptedPackage", SourceFormat.encryptedOffice),
      ("ENCRYPTEDPACKAGE", .encryptedOffice),
      ("WordDocument", .legacy(.word97)),
      ("MatOST", .legacy(.works)),
      ("Workbook", .unsupported("an Excel 97-2003 workbook (.xls)")),
      ("Other", .unsupported("an OLE compound file")),
    ])
  func compoundFile(stream: String, expected: SourceFormat) {
    var bytes: [UInt8] = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]
    bytes += [UInt8](repeating: 0, count: 512 + 128 - bytes.count)
    bytes += stream.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
    bytes += [UInt8](repeating: 0, count: 128)
    #expect(FormatDetector.format(of: bytes) == expected)
    // A header alone, and a directory that is cut off.
    for count in [8, 512, 641] {
      _ = FormatDetector.format(of: Array(bytes.prefix(count)))
    }
  }

  @Test(
    "A ZIP package is told by the names in it",
    arguments: [
      (["[Content_Types].xml", "word/document.xml"], SourceFormat.wordPackage),
      (["[Content_Types].xml", "anything/main.xml"], .wordPackage),
      (["[content_types].XML", #"word\document.xml"#], .wordPackage),
      (["[Content_Types].xml", "xl/workbook.xml"], .unsupported("an Excel workbook (.xlsx)")),
      (
        ["[Content_Types].xml", "ppt/slides/s.xml"],
        .unsupported("a PowerPoint presentation (.pptx)")
      ),
      (["OFD.xml", "Doc_0/Document.xml"], .ofd),
      (["a.txt"], .unsupported("a ZIP archive")),
    ])
  func package(names: [String], expected: SourceFormat) {
    let archive = StoredArchive(names.map { ($0, "") }).bytes
    #expect(FormatDetector.format(of: archive) == expected)
    #expect(FormatDetector.format(of: Array("junk".utf8) + archive) == expected)
    #expect(FormatDetector.format(of: archive + [0, 0, 0]) == expected)
  }

  @Test("A package that was cut off is still seen to be one")
  func truncatedPackage() {
    let archive = StoredArchive([
      ("[Content_Types].xml", "<Types/>"), ("word/document.xml", "<w/>"),
    ])
    let headers = archive.bytes.prefix(archive.directoryOffset)
    #expect(FormatDetector.format(of: Array(headers)) == .wordPackage)
  }

  @Test("OpenDocument and EPUB are told by their media type")
  func mediaTypes() {
    func format(_ type: String) -> SourceFormat {
      FormatDetector.format(of: StoredArchive([("mimetype", type), ("content.xml", "")]).bytes)
    }
    #expect(
      format("application/vnd.oasis.opendocument.text")
        == .legacy(.openDocumentText))
    #expect(format("application/epub+zip") == .unsupported("an EPUB book"))
  }

  @Test("Damaged bytes never trap", arguments: 0..<200)
  func damaged(seed: UInt64) {
    var bytes = StoredArchive([("[Content_Types].xml", "<Types/>"), ("mimetype", "x")]).bytes
    var state = seed &* 0x9E37_79B9_7F4A_7C15 &+ 1
    for _ in 0..<5 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      bytes[Int(state >> 33) % bytes.count] = UInt8(truncatingIfNeeded: state >> 20)
    }
    _ = FormatDetector.format(of: bytes)
    _ = FormatDetector.format(of: Array(bytes.prefix(Int(state >> 40) % bytes.count)))
  }
}

/// A ZIP archive of uncompressed entries.
struct StoredArchive {
  private(set) var bytes: [UInt8] = []
  private(set) var directoryOffset = 0

  init(_ entries: [(name: String, content: String)]) {
    var directory: [UInt8] = []
    for (name, content) in entries {
      let offset = bytes.count
      let sizes = number(content.utf8.count, 4) + number(content.utf8.count, 4)
      let lengths = number(name.utf8.count, 2) + number(0, 2)
      let common = number(0, 2) + number(0, 2) + number(0, 4) + checksum(content) + sizes + lengths
      bytes += number(0x0403_4B50, 4) + number(20, 2) + common
      bytes += Array(name.utf8) + Array(content.utf8)
      directory += number(0x0201_4B50, 4) + number(20, 2) + number(20, 2) + common
      directory += number(0, 2) + number(0, 2) + number(0, 2) + number(0, 4) + number(offset, 4)
      directory += Array(name.utf8)
    }
    directoryOffset = bytes.count
    bytes += directory
    bytes += number(0x0605_4B50, 4) + number(0, 4) + number(entries.count, 2)
    bytes += number(entries.count, 2) + number(directory.count, 4) + number(directoryOffset, 4)
    bytes += number(0, 2)
  }

  /// CRC-32, as ZIP has it.
  private func checksum(_ content: String) -> [UInt8] {
    var crc: UInt32 = .max
    for byte in content.utf8 {
      crc ^= UInt32(byte)
      for _ in 0..<8 { crc = crc & 1 == 1 ? crc >> 1 ^ 0xEDB8_8320 : crc >> 1 }
    }
    return number(Int(~crc), 4)
  }

  private func number(_ value: Int, _ count: Int) -> [UInt8] {
    (0..<count).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
  }
}
