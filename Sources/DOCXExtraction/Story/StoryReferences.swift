internal import DocumentModel
internal import LayoutModel
internal import PackageReading

/// What refers to other places: notes, comments, bookmarks, ruby, equations, sections, included
/// documents.
extension Story {
  // MARK: - References

  mutating func startReference(_ name: XMLName, _ attributes: XMLAttributes) {
    guard let id = attributes.plain(.id) else { return }
    switch name {
    case .commentRangeStart: openComments.append((id, containers.count, []))
    case .commentRangeEnd: endCommentRange(id: id)
    default:
      guard let paragraph, removedRows == 0, invisibleChanges == 0, codeDepth == 0 else { return }
      let place = paragraph.scalarCount..<paragraph.scalarCount
      if name == .commentReference {
        endCommentRange(id: id)
        reportComment(id: id)
        paragraph.inlines.append(Inline(range: place, kind: .reference(to: "comment:\(id)")))
      } else {
        let key = (name == .footnoteReference ? "footnote:" : "endnote:") + id
        paragraph.noteKeys.append(key)
        paragraph.inlines.append(Inline(range: place, kind: .reference(to: key)))
      }
    }
  }

  mutating func endCommentRange(id: String) {
    guard let index = openComments.lastIndex(where: { $0.id == id }) else { return }
    commentSubjects[id] = String(decoding: openComments.remove(at: index).text, as: UTF8.self)
  }

  mutating func reportComment(id: String) {
    let found = attempt { (context, part) throws(PackageError) in try context.comment(id: id) }
    guard var comment = found else { return }
    comment.comment.subject = commentSubjects[id] ?? ""
    context.comments.append(comment)
  }

  mutating func startBookmark(_ attributes: XMLAttributes) {
    guard let paragraph, let name = attributes.string(.name), !name.isEmpty,
      !name.hasPrefix("_GoBack"), removedRows == 0, containers.last?.kind != .cell
    else { return }
    let place = paragraph.scalarCount..<paragraph.scalarCount
    paragraph.inlines.append(Inline(range: place, kind: .bookmark(name: name)))
  }

  mutating func endRuby() {
    guard let ruby, let paragraph else { return }
    self.ruby = nil
    let reading = String(decoding: ruby.reading, as: UTF8.self)
    guard ruby.start <= paragraph.scalarCount, !reading.isEmpty else { return }
    paragraph.inlines.append(
      Inline(range: ruby.start..<paragraph.scalarCount, kind: .ruby(reading: reading)))
  }

  // MARK: - Equations

  mutating func startEquation() {
    equation = EquationBuilder(isDisplayed: isDisplayedMath)
    equationDepth = 0
  }

  mutating func startInEquation(_ name: XMLName, _ attributes: XMLAttributes) {
    equationDepth += 1
    switch name {
    case .mathText: textMode = .math
    case .text: textMode = .math
    case .insertion, .deletion, .moveFrom, .moveTo:
      startChange(name, attributes, parent: stack.count > 1 ? stack[stack.count - 2] : .unknown)
    default: break
    }
    equation?.start(name, attributes)
  }

  mutating func endInEquation(_ name: XMLName) {
    if equationDepth > 0 {
      equationDepth -= 1
      equation?.end()
      switch name {
      case .insertion, .deletion, .moveFrom, .moveTo: endChange(parent: stack.last ?? .unknown)
      default: break
      }
      return
    }
    guard let built = equation?.equation() else { return }
    equation = nil
    if removedRows > 0 {
      removedRowText += Array(built.text.utf8)
      return
    }
    guard invisibleChanges == 0 else { return }
    guard let paragraph else {
      context.loss.add(.misplacedText, characters: built.text.visibleCount)
      return
    }
    let place = paragraph.scalarCount..<paragraph.scalarCount
    paragraph.inlines.append(Inline(range: place, kind: .equation(built)))
  }

  // MARK: - Sections

  mutating func startSectionPart(_ name: XMLName, _ attributes: XMLAttributes) {
    if name == .sectionProperties {
      section = SectionBuilder()
      return
    }
    guard section != nil else { return }
    switch name {
    case .pageSize:
      section?.form.pageWidth = Double(attributes.twips(.w) ?? 0) / 20
      section?.form.pageHeight = Double(attributes.twips(.h) ?? 0) / 20
    case .columns: section?.form.columnCount = max(1, attributes.int(.num) ?? 1)
    case .sectionType:
      section?.form.start = attributes.string(.val).flatMap(Section.Start.init) ?? .nextPage
    case .headerReference, .footerReference:
      guard let id = attributes.relationship(.id) else { return }
      let isHeader = name == .headerReference
      let role: Block.Role
      if attributes.equals(.type, "first") {
        role = isHeader ? .firstHeader : .firstFooter
      } else if attributes.equals(.type, "even") {
        role = isHeader ? .evenHeader : .evenFooter
      } else {
        role = isHeader ? .header : .footer
      }
      section?.references.append((role, id))
    default: break
    }
  }

  mutating func endSection() {
    guard let section else { return }
    self.section = nil
    if let paragraph {
      paragraph.section = section
    } else {
      closeContainer()
      append(section)
    }
  }

  mutating func append(_ section: SectionBuilder) {
    guard containers.count == 1 else { return }
    sections.append(FlowSection(form: section.form, end: containers[0].blocks.count))
    headerReferences += section.references
  }

  // MARK: - Notes and comments

  mutating func startItem(_ name: XMLName, _ attributes: XMLAttributes) {
    let id = attributes.plain(.id) ?? ""
    pathFrames[pathFrames.count - 1].others += 1
    let label: StaticString =
      name == .footnote ? "footnote" : name == .endnote ? "endnote" : "comment"
    pushPath(label, pathFrames[pathFrames.count - 1].others)
    item = (
      id,
      Item(
        author: attributes.string(.author), date: attributes.string(.date), path: currentPath)
    )
    containers.append(Container(kind: .item))
  }

  mutating func endItem() {
    guard var item, containers.last?.kind == .item else { return }
    closeContainer()
    item.value.blocks = containers.removeLast().blocks
    popPath()
    if items[item.id] == nil { items[item.id] = item.value }
    self.item = nil
  }

  // MARK: - Included documents

  mutating func startAlternativeChunk(_ attributes: XMLAttributes) {
    guard let id = attributes.relationship(.id), !containers.isEmpty else { return }
    closeContainer()
    let included = attempt { (context, part) throws(PackageError) in
      try context.includedBlocks(relationship: id, of: part)
    }
    append(included ?? [])
    containers[containers.count - 1].endsWithTable = false
  }
}
