internal import Crypto
package import LayoutModel
internal import DocumentModel
package import PackageReading

/// Reads a WordprocessingML package into a flow of paragraphs and tables.
///
/// First stage of the DOCX path, and the only target that knows OPC and WordprocessingML:
///
///     bytes ─▶ ZIPArchive ─▶ PackageParts ─▶ StoryReader ─▶ FlowLayout
///               entries       relationships   XML events     blocks in order
///
/// Parts are inflated and parsed piece by piece; nothing is kept of the XML. Nothing outside the
/// bytes is ever opened. DOCX, DOCM, DOTX and DOTM are read, transitional and strict.
package enum DOCXExtractor {
  /// Reads a document.
  ///
  /// - Parameters:
  ///   - bytes: The whole file.
  ///   - options: Which view of tracked changes is wanted, and what the document may cost.
  /// - Returns: The content in document order, heads and feet apart.
  /// - Throws: The first cause for which the document cannot be read as a whole.
  /// - Complexity: O(size of the inflated parts); memory O(size of the result).
  package static func layout(
    of bytes: [UInt8], options: DOCXOptions = DOCXOptions()
  ) throws(PackageError) -> FlowLayout {
    let archive = try ZIPArchive(bytes: bytes, limits: options.limits)
    let parts = PackageParts(archive: archive, limits: options.limits)
    return try layout(of: parts, options: options, nesting: 0)
  }

  static func layout(
    of parts: PackageParts, options: DOCXOptions, nesting: Int
  ) throws(PackageError) -> FlowLayout {
    let mainPart = try parts.mainPart()
    let context = WordContext(
      parts: parts, mainPart: mainPart, options: options, nesting: nesting)
    try context.readStyles()
    let reader = StoryReader(context: context, part: mainPart, kind: .main)
    try parts.parse(mainPart, into: reader)
    let story = reader.result
    guard story.rootName == .document else {
      throw .unexpectedContent(
        path: mainPart, expected: "a Word document",
        found: try parts.mediaType(of: mainPart) ?? "other XML")
    }
    var layout = FlowLayout(mediaType: try parts.mediaType(of: mainPart).map(WordMediaType.package))
    layout.blocks = story.blocks
    layout.sections = story.sections
    var shownFurniture: Set<String> = []
    layout.furniture = try furniture(of: story, context: context, shown: &shownFurniture)
    try context.countUnreferenced(shownFurniture: shownFurniture)
    layout.metadata = try metadata(context)
    layout.comments = context.comments
    layout.revisions = context.revisions
    layout.notes = context.loss.notes(table: parts.table)
    return layout
  }

  /// Heads and feet, each part once, with the role in which a section first names it.
  private static func furniture(
    of story: Story, context: WordContext, shown: inout Set<String>
  ) throws(PackageError) -> [FlowBlock] {
    var result: [FlowBlock] = []
    for reference in story.headerReferences {
      guard
        let target = try context.parts.relationship(
          reference.relationship, of: context.mainPart)?.target,
        shown.insert(target).inserted
      else { continue }
      guard context.parts.has(target) else {
        context.loss.add(.missingPart, detail: target)
        continue
      }
      let reader = StoryReader(context: context, part: target, kind: .header)
      try context.parseOptional(target, into: reader)
      for block in reader.result.blocks {
        switch block {
        case .paragraph(var paragraph):
          paragraph.kind = .pageFurniture
          paragraph.role = reference.role
          result.append(.paragraph(paragraph))
        case .table(var table):
          table.role = reference.role
          result.append(.table(table))
        case .figure: result.append(block)
        }
      }
    }
    return result
  }

  private static func metadata(_ context: WordContext) throws(PackageError) -> Metadata {
    let reader = PropertiesReader()
    for relationship in try context.parts.relationships(of: "")
    where relationship.kind == "core-properties" || relationship.kind == "extended-properties"
      || relationship.kind == "coreProperties" || relationship.kind == "extendedProperties"
    {
      if !relationship.isExternal, context.parts.has(relationship.target) {
        try context.parseOptional(relationship.target, into: reader)
      }
    }
    if reader.metadata.language == nil {
      reader.metadata.language = context.styles.language
    }
    return reader.metadata
  }
}

/// An open package, for reading parts that a document names, such as its pictures.
package struct DOCXPackage {
  private let parts: PackageParts

  /// Opens a package.
  package init(bytes: [UInt8], limits: PackageLimits = PackageLimits()) throws(PackageError) {
    parts = PackageParts(archive: try ZIPArchive(bytes: bytes, limits: limits), limits: limits)
  }

  /// The inflated bytes of a part.
  package func part(named path: String) throws(PackageError) -> [UInt8] {
    try parts.bytes(of: path)
  }
}

extension PackageParts {
  /// The size and SHA-256 of a part, computed piece by piece.
  func digest(of path: String) throws(PackageError) -> (byteCount: Int, sha256: String) {
    let stream = try open(path)
    var hash = SHA256()
    var buffer: [UInt8] = []
    var total = 0
    while true {
      let count = try stream.next(into: &buffer)
      if count == 0 { break }
      unsafe buffer.withUnsafeBytes {
        unsafe hash.update(bufferPointer: UnsafeRawBufferPointer(rebasing: $0[..<count]))
      }
      total += count
    }
    let digits = Array("0123456789abcdef".utf8)
    let text = hash.finalize().flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }
    return (total, String(decoding: text, as: UTF8.self))
  }
}
