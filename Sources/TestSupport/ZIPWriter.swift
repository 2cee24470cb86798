/// Writes small ZIP archives with stored entries, sound or broken on purpose.
package struct ZIPWriter {
  /// An entry and the lies it tells.
  package struct Entry {
    package var name: String
    package var bytes: [UInt8]
    /// The size that the directory declares; nil for the true one.
    package var declaredSize: Int?
    /// The checksum that the directory declares; nil for the true one.
    package var declaredChecksum: UInt32?
    /// The name in the local header; nil for the same name.
    package var localName: String?
    package var flags: Int

    package init(
      _ name: String, _ bytes: [UInt8], declaredSize: Int? = nil, declaredChecksum: UInt32? = nil,
      localName: String? = nil, flags: Int = 0
    ) {
      self.name = name
      self.bytes = bytes
      self.declaredSize = declaredSize
      self.declaredChecksum = declaredChecksum
      self.localName = localName
      self.flags = flags
    }
  }

  package var prefix: [UInt8] = []
  package var suffix: [UInt8] = []
  package var entries: [Entry]

  package init(_ entries: [Entry]) {
    self.entries = entries
  }

  /// The archive.
  package func bytes() -> [UInt8] {
    var output: [UInt8] = []
    var directory: [UInt8] = []
    for entry in entries {
      let checksum = entry.declaredChecksum ?? Self.checksum(entry.bytes)
      let size = entry.declaredSize ?? entry.bytes.count
      let local = Array((entry.localName ?? entry.name).utf8)
      let offset = output.count
      append(&output, 0x0403_4B50, 4)
      append(&output, 20, 2)
      append(&output, entry.flags, 2)
      append(&output, 0, 2)
      append(&output, 0, 4)
      append(&output, Int(checksum), 4)
      append(&output, entry.bytes.count, 4)
      append(&output, entry.bytes.count, 4)
      append(&output, local.count, 2)
      append(&output, 0, 2)
      output += local + entry.bytes

      append(&directory, 0x0201_4B50, 4)
      append(&directory, 20, 2)
      append(&directory, 20, 2)
      append(&directory, entry.flags, 2)
      append(&directory, 0, 2)
      append(&directory, 0, 4)
      append(&directory, Int(checksum), 4)
      append(&directory, entry.bytes.count, 4)
      append(&directory, size, 4)
      append(&directory, entry.name.utf8.count, 2)
      append(&directory, 0, 2)
      append(&directory, 0, 2)
      append(&directory, 0, 4)
      append(&directory, 0, 4)
      append(&directory, offset, 4)
      directory += Array(entry.name.utf8)
    }
    let start = output.count
    output += directory
    append(&output, 0x0605_4B50, 4)
    append(&output, 0, 4)
    append(&output, entries.count, 2)
    append(&output, entries.count, 2)
    append(&output, directory.count, 4)
    append(&output, start, 4)
    append(&output, 0, 2)
    return prefix + output + suffix
  }

  private func append(_ output: inout [UInt8], _ value: Int, _ count: Int) {
    for index in 0..<count { output.append(UInt8(truncatingIfNeeded: value >> (8 * index))) }
  }

  /// CRC-32 of ISO 3309.
  package static func checksum(_ bytes: [UInt8]) -> UInt32 {
    var value: UInt32 = 0xFFFF_FFFF
    for byte in bytes {
      value ^= UInt32(byte)
      for _ in 0..<8 { value = value >> 1 ^ (value & 1 == 0 ? 0 : 0xEDB8_8320) }
    }
    return ~value
  }
}

/// Writes small DOCX packages from the XML of their parts.
package struct DOCXWriter {
  /// The content of `w:body`.
  package var body: String
  /// Further parts by path, with the kind of their relationship to the main part.
  package var parts: [(path: String, kind: String, xml: String)]
  /// Further relationships of the main part: id, kind, target, external.
  package var relationships: [(id: String, kind: String, target: String, isExternal: Bool)]

  package init(
    _ body: String, parts: [(path: String, kind: String, xml: String)] = [],
    relationships: [(id: String, kind: String, target: String, isExternal: Bool)] = []
  ) {
    self.body = body
    self.parts = parts
    self.relationships = relationships
  }

  /// The namespaces that bodies and parts may use.
  package static let namespaces = """
    xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" \
    xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" \
    xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" \
    xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" \
    xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" \
    xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" \
    xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" \
    xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" \
    xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"
    """

  /// The entries of the package.
  package var entries: [ZIPWriter.Entry] {
    let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
    let header = #"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"#
    let list =
      #"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">"#
    func relationship(_ id: String, _ kind: String, _ target: String, _ external: Bool) -> String {
      #"<Relationship Id="\#(id)" Type="\#(office)\#(kind)" Target="\#(target)""#
        + (external ? #" TargetMode="External"/>"# : "/>")
    }
    var related = ""
    for (index, part) in parts.enumerated() {
      related += relationship("part\(index)", part.kind, "/" + part.path, false)
    }
    for entry in relationships {
      related += relationship(entry.id, entry.kind, entry.target, entry.isExternal)
    }
    let main = "\(header)<w:document \(Self.namespaces)><w:body>\(body)</w:body></w:document>"
    return [
      ZIPWriter.Entry(
        "_rels/.rels",
        Array(
          "\(header)\(list)\(relationship("main", "officeDocument", "word/document.xml", false))</Relationships>"
            .utf8)),
      ZIPWriter.Entry(
        "word/_rels/document.xml.rels", Array("\(header)\(list)\(related)</Relationships>".utf8)),
      ZIPWriter.Entry("word/document.xml", Array(main.utf8)),
    ] + parts.map { ZIPWriter.Entry($0.path, Array((header + $0.xml).utf8)) }
  }

  /// The package.
  package func bytes() -> [UInt8] { ZIPWriter(entries).bytes() }
}
