/// What the bytes of a file are, told by their content alone.
public enum SourceFormat: Hashable, Sendable {
  /// A PDF.
  case pdf
  /// An Office Open XML package that is not a workbook, presentation or drawing.
  case wordPackage
  /// An OFD package (GB/T 33190).
  case ofd
  /// A picture of a page, or several of them.
  case image(ImageFormat)
  /// An Office document encrypted with a password, in an OLE container.
  case encryptedOffice
  /// A document of another word processor, which is read through its DOCX form.
  case legacy(LegacyFormat)
  /// Something that is known but not read; the text names it for people.
  case unsupported(String)
  /// Nothing that is known; the text says what can be said for people.
  case unknown(String)
}

/// A format of image files that is read as scanned pages.
public enum ImageFormat: String, Hashable, Sendable, CaseIterable {
  /// Portable Network Graphics.
  case png
  /// JPEG in any container.
  case jpeg
  /// TIFF, with one picture or several.
  case tiff

  /// The media type.
  public var mediaType: String { "image/\(rawValue)" }
}

/// Tells formats apart by their bytes; extensions and names play no part.
///
/// First step of `Converter`. Signatures stand at the start of a file, except that of PDF, before
/// which mail programs and web servers leave junk, and that of ZIP, whose directory is at the end.
/// Sources: ISO 32000-1 annex H.3.4.1 (header within the first 1024 bytes); PKWARE APPNOTE 4.3;
/// [MS-CFB] 2.6 (directory entries of OLE files); [MS-OFFCRYPTO] 2.3.4.4 (EncryptedPackage).
public enum FormatDetector {
  /// What the bytes are.
  ///
  /// - Parameter bytes: The whole file.
  /// - Returns: Never fails; what nobody knows is `unknown`.
  public static func format(of bytes: [UInt8]) -> SourceFormat {
    if bytes.isEmpty { return .unknown("an empty file") }
    if contains("%PDF-", in: bytes.prefix(headerReach)) { return .pdf }
    if bytes.starts(with: compoundFileSignature) { return compoundFile(bytes) }
    if let package = zipFormat(bytes) { return package }
    if bytes.starts(with: "{\\rtf".utf8) { return .legacy(.richText) }
    if let format = imageFormat(bytes) { return .image(format) }
    if let name = signatureName(bytes) { return .unsupported(name) }
    if let name = markupName(bytes) { return .unsupported(name) }
    // A PDF that lost its header still has objects.
    if contains(" 0 obj", in: bytes.prefix(1 << 16)) { return .pdf }
    return .unknown(isText(bytes.prefix(4096)) ? "plain text" : "bytes of no known format")
  }

  /// How far behind the start a PDF header counts; readers look at 1024 bytes and some further.
  private static let headerReach = 4096

  // MARK: - Signatures at the start

  private static let signatures: [(String, String)] = [
    ("GIF8", "a GIF image"),
    ("\0\0\0\u{0C}jP  ", "a JPEG 2000 image"),
    ("AT&TFORM", "a DjVu document"),
    ("%!PS", "a PostScript document"),
    ("MIME-Version:", "a web archive (.mht)"),
    ("Rar!\u{1A}\u{07}", "a RAR archive"),
    ("7z\u{BC}\u{AF}\u{27}\u{1C}", "a 7z archive"),
    ("\u{1F}\u{8B}", "a gzip archive"),
    ("ITSF", "a compiled HTML help file (.chm)"),
    ("SQLite format 3\0", "an SQLite database"),
    ("\u{7F}ELF", "a program"),
    ("MZ", "a program"),
  ]

  private static func imageFormat(_ bytes: [UInt8]) -> ImageFormat? {
    if bytes.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A]) { return .png }
    if bytes.starts(with: [0xFF, 0xD8, 0xFF]) { return .jpeg }
    if bytes.starts(with: [0x49, 0x49, 0x2A, 0]) || bytes.starts(with: [0x4D, 0x4D, 0, 0x2A]) {
      return .tiff
    }
    return nil
  }

  private static func signatureName(_ bytes: [UInt8]) -> String? {
    for (signature, name) in signatures {
      // Each scalar stands for the byte of its value.
      let expected = signature.unicodeScalars.lazy.map { UInt8(truncatingIfNeeded: $0.value) }
      if bytes.starts(with: expected) { return name }
    }
    if bytes.count > 14, bytes.starts(with: "BM".utf8), bytes[6..<10].allSatisfy({ $0 == 0 }) {
      return "a BMP image"
    }
    if bytes.count > 12, bytes.starts(with: "RIFF".utf8),
      bytes[8..<12].elementsEqual("WEBP".utf8)
    {
      return "a WebP image"
    }
    if bytes.count > 12, bytes[4..<8].elementsEqual("ftyp".utf8) {
      return bytes[8..<11].elementsEqual("hei".utf8) ? "a HEIC image" : "a film or sound"
    }
    return nil
  }

  // MARK: - Markup

  private static func markupName(_ bytes: [UInt8]) -> String? {
    let head = lowercasedText(bytes.prefix(4096))
    guard let first = head.firstIndex(where: { !$0.isWhitespace }), head[first] == "<" else {
      return nil
    }
    if head.contains("progid=\"word.document\"") || head.contains("pkg:package") {
      return "a Word document in one XML file"
    }
    if head.contains("<!doctype html") || head.contains("<html") || head.contains("<body") {
      return "an HTML page"
    }
    return head[first...].hasPrefix("<?xml") ? "an XML file" : nil
  }

  /// The start of a file as lower-case text; UTF-16 and byte order marks are seen through.
  private static func lowercasedText(_ bytes: ArraySlice<UInt8>) -> String {
    let plain = bytes.filter { $0 != 0 && $0 < 0x80 }
    return String(decoding: plain, as: UTF8.self).lowercased()
  }

  private static func isText(_ bytes: ArraySlice<UInt8>) -> Bool {
    !bytes.contains { $0 < 0x20 && $0 != 0x09 && $0 != 0x0A && $0 != 0x0C && $0 != 0x0D }
  }

  // MARK: - OLE compound files

  private static let compoundFileSignature: [UInt8] = [
    0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1,
  ]

  /// Streams that give the format away, the most telling first.
  private static let streamFormats: [(String, SourceFormat)] = [
    ("EncryptedPackage", .encryptedOffice),
    ("WordDocument", .legacy(.word97)),
    ("MatOST", .legacy(.works)),
    ("Workbook", .unsupported("an Excel 97-2003 workbook (.xls)")),
    ("Book", .unsupported("an Excel 5.0/95 workbook (.xls)")),
    ("PowerPoint Document", .unsupported("a PowerPoint 97-2003 presentation (.ppt)")),
    ("__properties_version1.0", .unsupported("an Outlook message (.msg)")),
  ]

  private static func compoundFile(_ bytes: [UInt8]) -> SourceFormat {
    // Directory entries are 128 bytes each, at multiples of 128 behind the header, and start with
    // their name in UTF-16; case does not tell names apart.
    let names = stride(from: 512, to: max(512, bytes.count - 127), by: 128)
    for (name, format) in streamFormats {
      let encoded = (name.lowercased() + "\0").utf16.flatMap {
        [UInt8($0 & 0xFF), UInt8($0 >> 8)]
      }
      let matches = { (start: Int) in
        bytes[start..<start + encoded.count].elementsEqual(encoded) { lowercased($0) == $1 }
      }
      if names.contains(where: matches) {
        return format
      }
    }
    return .unsupported("an OLE compound file")
  }

  private static func lowercased(_ byte: UInt8) -> UInt8 {
    byte >= UInt8(ascii: "A") && byte <= UInt8(ascii: "Z") ? byte | 0x20 : byte
  }

  // MARK: - ZIP packages

  /// What a ZIP archive holds, told by the names in it; nil if it is not one.
  private static func zipFormat(_ bytes: [UInt8]) -> SourceFormat? {
    let names = ZIPNames(bytes: bytes)
    guard names.isArchive else { return nil }
    func has(folder: String) -> Bool { names.names.contains { $0.hasPrefix(folder) } }
    if names.names.contains("[content_types].xml") {
      // The main part of a package may have any name; its content type is the extractor's business.
      if has(folder: "xl/") { return .unsupported("an Excel workbook (.xlsx)") }
      if has(folder: "ppt/") { return .unsupported("a PowerPoint presentation (.pptx)") }
      if has(folder: "visio/") { return .unsupported("a Visio drawing (.vsdx)") }
      if names.names.contains(where: { $0.hasSuffix(".fdseq") }) {
        return .unsupported("an XPS document")
      }
      return .wordPackage
    }
    // Of an encrypted OFD, its entry may be hidden, but never the lists of what is encrypted.
    if !names.names.isDisjoint(with: ["ofd.xml", "encryptions.xml", "ofdentries.xml"]) {
      return .ofd
    }
    if let type = names.mediaType {
      // Templates and texts are one format.
      return type.hasPrefix(LegacyFormat.openDocumentText.mediaType)
        ? .legacy(.openDocumentText) : .unsupported(openDocumentName(type))
    }
    if has(folder: "word/") { return .wordPackage }
    return .unsupported("a ZIP archive")
  }

  private static func openDocumentName(_ mediaType: String) -> String {
    switch mediaType {
    case "application/epub+zip": "an EPUB book"
    case let type where type.hasPrefix("application/vnd.oasis.opendocument.spreadsheet"):
      "an OpenDocument spreadsheet (.ods)"
    case let type where type.hasPrefix("application/vnd.oasis.opendocument"):
      "an OpenDocument file"
    default: "a ZIP package of type \(mediaType)"
    }
  }

  private static func contains(_ text: String, in bytes: ArraySlice<UInt8>) -> Bool {
    let pattern = Array(text.utf8)
    guard let first = pattern.first, bytes.count >= pattern.count else { return false }
    var index = bytes.startIndex
    let last = bytes.endIndex - pattern.count
    while index <= last {
      if bytes[index] == first, bytes[index..<index + pattern.count].elementsEqual(pattern) {
        return true
      }
      index += 1
    }
    return false
  }
}
