internal import DocumentModel
internal import LayoutModel
internal import PackageReading

extension WordContext {
  /// The content of a document that this one includes (`w:altChunk`): another DOCX, HTML, a
  /// web archive or text.
  func includedBlocks(relationship id: String, of part: String) throws(PackageError) -> [FlowBlock]
  {
    guard let relationship = try parts.relationship(id, of: part) else {
      loss.add(.missingPart, detail: "\(part): \(id)")
      return []
    }
    let target = relationship.target
    guard !relationship.isExternal, parts.has(target) else {
      loss.add(.missingPart, detail: target)
      return []
    }
    let bytes = try parts.bytes(of: target)
    let blocks: [FlowBlock]
    if bytes.starts(with: [0x50, 0x4B, 0x03, 0x04]) {
      blocks = try includedDocument(bytes, path: target)
    } else {
      let type = try parts.mediaType(of: target) ?? ""
      if WebArchive.isOne(bytes, type: type) {
        blocks = includedArchive(WebArchive(bytes), path: target, type: type)
      } else if type.contains("html") || HTMLReader.looksLikeHTML(bytes) {
        blocks = HTMLReader.blocks(of: bytes, part: target)
      } else if type.contains("rtf") || bytes.starts(with: "{\\rtf".utf8) {
        if let docx = options.richTextReader?(bytes) {
          return Self.included(try includedDocument(docx, path: target))
        }
        loss.add(.subDocument, detail: "\(target), \(type)")
        return []
      } else {
        blocks = PlainTextReader.blocks(of: bytes, part: target)
      }
    }
    return Self.included(blocks)
  }

  /// The blocks as those of another document.
  private static func included(_ blocks: [FlowBlock]) -> [FlowBlock] {
    blocks.map {
      switch $0 {
      case .paragraph(var paragraph):
        paragraph.role = .included
        return .paragraph(paragraph)
      case .table(var table):
        table.role = .included
        return .table(table)
      case .figure: return $0
      }
    }
  }

  /// The page of a web archive; what belongs to the page is only named.
  private func includedArchive(
    _ archive: WebArchive, path: String, type: String
  ) -> [FlowBlock] {
    guard let page = archive.page else {
      loss.add(.subDocument, detail: "\(path), \(type)")
      return []
    }
    if !archive.otherParts.isEmpty {
      let types = Set(archive.otherParts).sorted().joined(separator: ", ")
      loss.add(
        .subDocument, elements: archive.otherParts.count, detail: "parts of \(path): \(types)")
    }
    return HTMLReader.blocks(of: page, part: path, isUTF8: archive.isUTF8)
  }

  /// A DOCX inside the document; what it includes itself is not followed further than this.
  private func includedDocument(_ bytes: [UInt8], path: String) throws(PackageError) -> [FlowBlock]
  {
    guard nesting < 2 else {
      loss.add(.subDocument, detail: path)
      return []
    }
    do throws(PackageError) {
      let archive = try ZIPArchive(bytes: bytes, limits: options.limits)
      let inner = PackageParts(archive: archive, limits: options.limits)
      let layout = try DOCXExtractor.layout(of: inner, options: options, nesting: nesting + 1)
      revisions += layout.revisions
      return layout.blocks
    } catch {
      if case .limitExceeded = error { throw error }
      loss.add(.unreadablePart, detail: error.description)
      return []
    }
  }
}

/// Plain text as paragraphs, one for each line that is not blank.
enum PlainTextReader {
  static func blocks(of bytes: [UInt8], part: String) -> [FlowBlock] {
    let text: String
    if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
      let isLittle = bytes[0] == 0xFF
      let units = stride(from: 2, to: bytes.count - 1, by: 2).map { (index: Int) -> UInt16 in
        let first = UInt16(bytes[index])
        let second = UInt16(bytes[index + 1])
        return isLittle ? first | second << 8 : first << 8 | second
      }
      text = String(decoding: units, as: UTF16.self)
    } else {
      let hasMark = bytes.starts(with: [0xEF, 0xBB, 0xBF])
      text = String(decoding: bytes.dropFirst(hasMark ? 3 : 0), as: UTF8.self)
    }
    var result: [FlowBlock] = []
    for (index, line) in text.split(
      omittingEmptySubsequences: false, whereSeparator: \.isNewline
    ).enumerated() where line.contains(where: { !$0.isWhitespace }) {
      result.append(
        .paragraph(
          FlowParagraph(
            text: String(line), provenance: .part(name: part, path: "line[\(index + 1)]"))))
    }
    return result
  }
}
