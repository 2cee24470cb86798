internal import DocumentModel
internal import LayoutModel
internal import PackageReading

/// Paragraphs: from their properties to blocks, with labels, kinds and what is anchored in them.
extension Story {
  mutating func startParagraph() {
    guard !containers.isEmpty else { return }
    pathFrames[pathFrames.count - 1].paragraphs += 1
    let last = containers.count - 1
    if let pending = containers[last].pending {
      containers[last].pending = nil
      pending.resetProperties()
      paragraph = pending
    } else {
      let new = spareParagraphs.popLast() ?? ParagraphBuilder()
      new.reset()
      paragraph = new
    }
    paragraph?.index = pathFrames[pathFrames.count - 1].paragraphs
    paragraphStyle = defaultStyle
  }

  mutating func readParagraphProperty(
    _ name: XMLName, _ attributes: XMLAttributes, parent: XMLName
  ) {
    guard let paragraph, parent == .paragraphProperties || parent == .numberingProperties else {
      return
    }
    switch name {
    case .paragraphStyle:
      paragraph.properties.style = attributes.string(.val).flatMap { context.styles.index(of: $0) }
      paragraphStyle = context.styles.resolve(paragraph.properties.style)
    case .outlineLevel: paragraph.properties.outlineLevel = attributes.int(.val)
    case .alignment: paragraph.properties.alignment = TextAlignment(attributes)
    case .indent: paragraph.properties.indent = Styles.Indent(attributes)
    case .bidirectional: paragraph.properties.isBidirectional = attributes.isOn
    case .numberingLevel: paragraph.properties.numberingLevel = attributes.int(.val)
    case .numberingID: paragraph.properties.numberingID = attributes.int(.val)
    default: break
    }
  }

  mutating func endParagraph() {
    guard let paragraph, !containers.isEmpty else { return }
    for index in fields.indices.dropFirst(containers[containers.count - 1].fieldBase) {
      closeLink(ofField: index, in: paragraph)
      fields[index].resultStart = 0
    }
    self.paragraph = nil
    if paragraph.properties.isMarkRemoved, removedRows == 0 {
      containers[containers.count - 1].pending = paragraph
      return
    }
    emit(paragraph)
  }

  /// Turns a finished paragraph into a block of the innermost container.
  mutating func emit(_ paragraph: ParagraphBuilder) {
    defer { spareParagraphs.append(paragraph) }
    let last = containers.count - 1
    containers[last].endsWithTable = false
    guard removedRows == 0 else { return }
    let own = paragraph.properties
    let look = paragraph.look
    let style = own.style == nil ? defaultStyle : context.styles.resolve(own.style)
    if containers[last].kind == .cell, !isMore(paragraph), Self.isPlain(own, look, style: style) {
      emitLine(paragraph.text, own, look, style: style)
      return
    }
    let numbered = label(of: paragraph, style: style)
    let label = numbered?.label
    let text = String(decoding: paragraph.text, as: UTF8.self)
    if paragraph.inlines.isEmpty, label?.isEmpty ?? true, CellText.isBlank(text) {
      finish(paragraph)
      return
    }
    let size = Double(look.firstSize ?? style.run.size ?? 20) / 2
    var block = FlowParagraph(text: text, provenance: provenance(of: paragraph))
    block.label = label.flatMap { $0.isEmpty ? nil : $0 }
    block.alignment = own.alignment ?? style.alignment ?? .left
    block.indent = own.indent.over(style.indent).ems(fontSize: size)
    block.isBold = look.isBold
    block.fontSize = size
    block.inlines = paragraph.inlines
    if own.isBidirectional ?? style.isBidirectional { block.direction = .rightToLeft }
    classify(&block, paragraph: paragraph, style: style, level: numbered?.level)
    attachControls(to: &block)
    append([.paragraph(block)])
    finish(paragraph)
  }

  /// Adds blocks to the innermost container.
  mutating func append(_ blocks: [FlowBlock]) {
    guard !containers.isEmpty, !blocks.isEmpty else { return }
    let last = containers.count - 1
    if !containers[last].lines.isEmpty {
      // The cell is more than plain paragraphs after all.
      containers[last].blocks = containers[last].lines.blocks(part: part)
      containers[last].lines = CellLines()
    }
    containers[last].blocks += blocks
  }

  // MARK: - Cells

  /// Whether something is attached to a paragraph, or to what stands around it.
  func isMore(_ paragraph: ParagraphBuilder) -> Bool {
    !paragraph.inlines.isEmpty || !paragraph.anchored.isEmpty || !paragraph.noteKeys.isEmpty
      || !controls.isEmpty || paragraph.section != nil
  }

  /// Whether a paragraph is neither a list item, heading or caption nor anything else but text.
  static func isPlain(
    _ own: ParagraphBuilder.Properties, _ look: ParagraphBuilder.Look, style: Styles.Resolved
  ) -> Bool {
    let isListItem = own.numberingID != nil || style.numberingID != nil
    let isHeading = own.outlineLevel != nil || style.headingLevel != nil || style.isTitle
    let isContents = look.isContents || style.isContents
    let isCaption = look.hasSequence || style.isCaption
    return !isListItem && !isHeading && !isContents && !isCaption
      && !(own.isBidirectional ?? style.isBidirectional)
  }

  /// The same as `emit` for a plain paragraph of a cell, which nearly all paragraphs of tables are.
  mutating func emitLine(
    _ bytes: [UInt8], _ own: ParagraphBuilder.Properties, _ look: ParagraphBuilder.Look,
    style: Styles.Resolved
  ) {
    let text = String(decoding: bytes, as: UTF8.self)
    if CellText.isBlank(text) { return }
    let size = Double(look.firstSize ?? style.run.size ?? 20) / 2
    let line = CellLines.Line(
      text: text, alignment: own.alignment ?? style.alignment ?? .left,
      indent: own.indent.over(style.indent).ems(fontSize: size), isBold: look.isBold,
      fontSize: size)
    let last = containers.count - 1
    if containers[last].blocks.isEmpty {
      containers[last].lines.append(line)
    } else {
      containers[last].blocks.append(line.block(part: part))
    }
  }

  /// Takes over what the markup says the paragraph is: heading, caption, list item and so on.
  mutating func classify(
    _ block: inout FlowParagraph, paragraph: ParagraphBuilder, style: Styles.Resolved, level: Int?
  ) {
    if isInTextBox { block.role = .textBox }
    if paragraph.look.isContents || style.isContents || controls.contains(where: \.isContents) {
      block.role = .contents
      return
    }
    if style.isCaption || paragraph.look.hasSequence {
      block.role = .caption
      return
    }
    let outline =
      paragraph.properties.outlineLevel.map { $0 < 9 ? $0 + 1 : nil } ?? style.headingLevel
    if let outline {
      block.kind = .heading
      block.level = outline
    } else if style.isTitle {
      block.kind = .title
    } else if let level {
      block.kind = .listItem
      block.level = level + 1
    }
  }

  /// Whether a text box stands around this place, inside any table.
  var isInTextBox: Bool {
    for container in containers.reversed() where container.kind != .item {
      return container.kind == .textBox
    }
    return false
  }

  mutating func label(
    of paragraph: ParagraphBuilder, style: Styles.Resolved
  ) -> (label: String, level: Int)? {
    guard let list = paragraph.properties.numberingID ?? style.numberingID, list > 0 else {
      return nil
    }
    let isOwn = paragraph.properties.numberingID != nil
    let level = paragraph.properties.numberingLevel ?? (isOwn ? 0 : style.numberingLevel)
    let found = attempt { (context, part) throws(PackageError) in
      try context.nextLabel(list: list, level: level, styles: isOwn ? [] : style.chain)
    }
    if found == nil { context.loss.add(.undefinedList, detail: "list \(list)") }
    return found
  }

  /// What stands behind the paragraph: text boxes and figures, notes, the end of a section.
  mutating func finish(_ paragraph: ParagraphBuilder) {
    let last = containers.count - 1
    if !paragraph.anchored.isEmpty { append(paragraph.anchored) }
    if !paragraph.noteKeys.isEmpty { noteKeys += paragraph.noteKeys }
    if containers[last].kind != .cell { appendNotes() }
    if let section = paragraph.section { append(section) }
  }

  /// Appends the notes that were referred to; those of a table come behind it.
  mutating func appendNotes() {
    guard !noteKeys.isEmpty, tables.isEmpty else { return }
    let keys = noteKeys
    noteKeys = []
    for key in keys {
      let kind: StoryKind = key.hasPrefix("footnote") ? .footnotes : .endnotes
      let id = String(key.drop { $0 != ":" }.dropFirst())
      guard
        var note = attempt({ (context, part) throws(PackageError) in
          try context.noteBlocks(kind, id: id)
        })
      else { continue }
      for index in note.indices {
        guard case .paragraph(var paragraph) = note[index] else { continue }
        paragraph.kind = .footnote
        if kind == .endnotes { paragraph.role = .endnote }
        if index == 0 {
          paragraph.noteKey = key
          // The mark that stands here in print is the label.
          if paragraph.inlines.isEmpty { paragraph.text = CellText.trimmed(paragraph.text).text }
        }
        note[index] = .paragraph(paragraph)
      }
      append(note)
    }
  }

  mutating func provenance(of paragraph: ParagraphBuilder) -> Provenance {
    // Paragraphs of a cell have the place of the cell unless they are told apart later.
    if containers[containers.count - 1].kind == .cell, paragraph.inlines.isEmpty {
      return .part(name: part, path: "")
    }
    return .part(name: part, path: paragraphPath(paragraph.index))
  }

  /// Ends a container: a paragraph that was to go on ends here after all.
  mutating func closeContainer() {
    guard !containers.isEmpty else { return }
    if let pending = containers[containers.count - 1].pending {
      containers[containers.count - 1].pending = nil
      emit(pending)
    }
  }
}
