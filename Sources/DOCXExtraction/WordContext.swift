internal import DocumentModel
internal import LayoutModel
internal import PackageReading

/// What the stories of one document share: parts, styles, lists, notes and the loss report.
///
/// Parts that few documents use (numbering, notes, comments, charts) are read at their first use.
final class WordContext {
  let parts: PackageParts
  let options: DOCXOptions
  let mainPart: String
  var styles = Styles()
  var loss = LossReport()
  var revisions: [Revision] = []
  var comments: [FlowComment] = []
  private var numbering: Numbering?
  private var noteStories: [StoryKind: [String: [FlowBlock]]] = [:]
  private var usedNotes: [StoryKind: Set<String>] = [:]
  private var commentStories: [String: FlowComment]?
  private var usedComments: Set<String> = []
  private var images: [String: Image] = [:]
  /// How many documents contain this one.
  let nesting: Int

  init(parts: PackageParts, mainPart: String, options: DOCXOptions, nesting: Int = 0) {
    self.parts = parts
    self.mainPart = mainPart
    self.options = options
    self.nesting = nesting
  }

  /// The part that the main part relates to as `kind`, when the package has it.
  func relatedPart(_ kind: String) throws(PackageError) -> String? {
    let relationships = try parts.relationships(of: mainPart)
    guard let target = relationships.first(where: { $0.kind == kind && !$0.isExternal })?.target,
      parts.has(target)
    else { return nil }
    return target
  }

  /// Reads a part that the document can do without: what is wrong with it becomes a note, except
  /// for what no document may contain.
  @discardableResult
  func parseOptional(_ path: String, into handler: XMLHandler) throws(PackageError) -> Bool {
    do throws(PackageError) {
      try parts.parse(path, into: handler)
      return true
    } catch {
      switch error {
      case .xmlMalformed, .entryMissing, .compressionDamaged, .checksumMismatch:
        loss.add(.unreadablePart, detail: error.description)
        return false
      default: throw error
      }
    }
  }

  func readStyles() throws(PackageError) {
    guard let path = try relatedPart("styles") else { return }
    let reader = StylesReader()
    try parseOptional(path, into: reader)
    styles = reader.styles
    styles.link()
  }

  // MARK: - Lists

  /// Counts one more item of a list; nil when the list is not defined.
  func nextLabel(list: Int, level: Int?, styles chain: [String]) throws(PackageError) -> (
    label: String, level: Int
  )? {
    if numbering == nil {
      let reader = NumberingReader()
      if let path = try relatedPart("numbering") { try parseOptional(path, into: reader) }
      resolveStyleLinks(&reader.numbering)
      numbering = reader.numbering
    }
    let level = level ?? numbering?.level(ofStyles: chain, list: list) ?? 0
    guard let label = numbering?.next(list: list, level: level) else { return nil }
    return (label, level)
  }

  /// Points lists that only name a numbering style to the abstract list behind it.
  private func resolveStyleLinks(_ numbering: inout Numbering) {
    for (id, abstract) in numbering.abstractLists {
      guard let link = abstract.numberingStyleLink, abstract.levels.isEmpty,
        let style = styles.index(of: link), let list = styles.styles[style].numberingID,
        let target = numbering.lists[list]?.abstractID, target != id
      else { continue }
      for (listID, list) in numbering.lists where list.abstractID == id {
        numbering.lists[listID]?.abstractID = target
      }
    }
  }

  // MARK: - Notes and comments

  func noteBlocks(_ kind: StoryKind, id: String) throws(PackageError) -> [FlowBlock] {
    usedNotes[kind, default: []].insert(id)
    return try notes(kind)[id] ?? []
  }

  private func notes(_ kind: StoryKind) throws(PackageError) -> [String: [FlowBlock]] {
    if let known = noteStories[kind] { return known }
    noteStories[kind] = [:]
    if let path = try relatedPart(kind == .footnotes ? "footnotes" : "endnotes") {
      let reader = StoryReader(context: self, part: path, kind: kind)
      try parseOptional(path, into: reader)
      noteStories[kind] = reader.result.items.mapValues(\.blocks)
    }
    return noteStories[kind] ?? [:]
  }

  func comment(id: String) throws(PackageError) -> FlowComment? {
    usedComments.insert(id)
    return try allComments()[id]
  }

  private func allComments() throws(PackageError) -> [String: FlowComment] {
    if let known = commentStories { return known }
    commentStories = [:]
    var result: [String: FlowComment] = [:]
    if let path = try relatedPart("comments") {
      let reader = StoryReader(context: self, part: path, kind: .comments)
      try parseOptional(path, into: reader)
      for (id, item) in reader.result.items {
        let comment = Comment(
          author: item.author, date: item.date, text: Self.plainText(item.blocks),
          provenance: [.part(name: path, path: item.path)])
        result[id] = FlowComment(key: "comment:\(id)", comment: comment)
      }
    }
    commentStories = result
    return result
  }

  /// Counts notes, comments, heads and feet that nothing refers to.
  func countUnreferenced(shownFurniture: Set<String>) throws(PackageError) {
    for relationship in try parts.relationships(of: mainPart) where !relationship.isExternal {
      switch relationship.kind {
      case "glossaryDocument" where parts.has(relationship.target): loss.add(.buildingBlocks)
      case "header", "footer":
        let path = relationship.target
        guard !shownFurniture.contains(path), parts.has(path) else { continue }
        let reader = StoryReader(context: self, part: path, kind: .header)
        try parseOptional(path, into: reader)
        let count = Self.plainText(reader.result.blocks).visibleCount
        if count > 0 {
          loss.add(.unreferencedFurniture)
          loss.add(.unreferencedFurniture, characters: count)
        }
      default: break
      }
    }
    for kind in [StoryKind.footnotes, .endnotes] {
      for (id, blocks) in try notes(kind) where usedNotes[kind]?.contains(id) != true {
        let count = Self.plainText(blocks).visibleCount
        if count > 0 {
          loss.add(.unreferencedNote)
          loss.add(.unreferencedNote, characters: count)
        }
      }
    }
    for (id, comment) in try allComments() where !usedComments.contains(id) {
      loss.add(.unreferencedComment)
      loss.add(.unreferencedComment, characters: comment.comment.text.visibleCount)
    }
  }

  /// All text of some blocks, paragraphs and rows separated by "\n".
  static func plainText(_ blocks: [FlowBlock]) -> String {
    var lines: [String] = []
    for block in blocks {
      switch block {
      case .paragraph(let paragraph):
        let label = paragraph.label.map { $0.isEmpty ? "" : $0 + " " } ?? ""
        lines.append(label + paragraph.text)
      case .table(let table):
        let contents = Dictionary(
          table.contents.map { ($0.cell, $0.blocks) }, uniquingKeysWith: { first, _ in first })
        lines += table.grid.cells.indices.map {
          contents[$0].map(plainText) ?? table.grid.cells[$0].text
        }
      case .figure(let figure):
        lines.append(figure.title)
        lines += figure.grid?.cells.map(\.text) ?? []
      }
    }
    return lines.filter { !$0.isEmpty }.joined(separator: "\n")
  }

  // MARK: - Pictures and other parts

  /// The picture behind a relationship; nil when there is none of that id.
  func image(relationship id: String, of part: String) throws(PackageError) -> Image? {
    guard let relationship = try parts.relationship(id, of: part) else {
      loss.add(.missingPart, detail: "\(part): \(id)")
      return nil
    }
    if relationship.isExternal { return Image(externalTarget: relationship.target) }
    if let known = images[relationship.target] { return known }
    var image = Image(part: relationship.target)
    image.mediaType = try parts.mediaType(of: relationship.target)
    if !parts.has(relationship.target) {
      loss.add(.missingPart, detail: relationship.target)
    } else if options.describesMedia {
      do throws(PackageError) {
        let digest = try parts.digest(of: relationship.target)
        image.byteCount = digest.byteCount
        image.sha256 = digest.sha256
      } catch {
        guard case .compressionDamaged = error else { throw error }
        loss.add(.unreadablePart, detail: error.description)
      }
    }
    images[relationship.target] = image
    return image
  }
}

/// What kind of story a part tells.
enum StoryKind: Hashable {
  case main, header, footnotes, endnotes, comments
}
