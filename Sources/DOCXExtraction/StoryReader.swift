internal import DocumentModel
internal import LayoutModel

/// Reads one story (the body, a head or foot, notes, comments) from its XML events into blocks.
///
/// There is no tree: an element sets state when it starts and uses it when it ends. The state is
/// a stack of containers (the body, a cell, a text box), each with its blocks; the paragraph that
/// is open; the tables that are open. What an element means depends on its parent, which is the
/// top of `stack`: `w:ins` in a run's properties is about the paragraph mark, else about text.
///
/// Text boxes, notes and figures inside a paragraph are read when they come and stand behind it.
/// Elements that nothing here knows are passed through: what they contain counts as if it stood
/// there itself, so text is never lost with an unknown wrapper.
///
/// Not carried over: fonts, colours, borders, spacing and all other formatting except bold, size,
/// alignment and indents, which the reconstruction of tables and headings uses.
///
/// Source: ISO/IEC 29500-1, clause 17.
final class StoryReader: XMLHandler {
  /// A note or comment: the blocks and what its element says.
  struct Item {
    var blocks: [FlowBlock] = []
    var author: String?
    var date: String?
    var path = ""
  }

  let context: WordContext
  let part: String
  let kind: StoryKind
  /// The content of the main story, or of a head or foot.
  private(set) var blocks: [FlowBlock] = []
  /// The notes or comments of the part, by id.
  private(set) var items: [String: Item] = [:]
  private(set) var sections: [FlowSection] = []
  /// Heads and feet in the order in which sections name them.
  private(set) var headerReferences: [(role: Block.Role, relationship: String)] = []
  private(set) var rootName: XMLName = .unknown

  init(context: WordContext, part: String, kind: StoryKind) {
    self.context = context
    self.part = part
    self.kind = kind
    acceptsInsertions = context.options.revisions != .original
    acceptsDeletions = context.options.revisions == .accepted
    super.init()
    stack.reserveCapacity(64)
  }

  // MARK: - State

  private enum TextMode {
    case none, run, fieldCode, math, skipped
  }

  private struct Container {
    enum Kind {
      case story, item, cell, textBox
    }
    var kind: Kind
    var blocks: [FlowBlock] = []
    /// A paragraph whose mark is removed and that goes on in the next one.
    var pending: ParagraphBuilder?
    var endsWithTable = false
    /// Open fields below this number belong to an outer container.
    var fieldBase = 0
  }

  private struct Change {
    var kind: Revision.Kind
    var author: String?
    var date: String?
    var text: [UInt8] = []
    var path: String
    /// Whether the text is left out of the view.
    var isInvisible: Bool
  }

  private struct Field {
    var code: [UInt8] = []
    var isResult = false
    var linkTarget: String?
    /// Where the result starts in the open paragraph.
    var resultStart = 0
    var isContents = false
    var form: FormField?
  }

  private struct FormField {
    var name: String?
    var isCheckBox = false
    var isDropDown = false
    var isText = false
    var isChecked: Bool?
    var isCheckedByDefault = false
    var entries: [String] = []
    var choice: Int?
  }

  private struct Control {
    var kind: FormControl.Kind?
    var name: String?
    var tag: String?
    var isChecked: Bool?
    var isPrompt = false
    var isContents = false
    /// Where the content starts in the paragraph around the control; nil around paragraphs.
    var start: Int?
    var isAttached = false
  }

  private struct Drawing {
    var title: String?
    var width: Double?
    var height: Double?
    var images: [(relationship: String, title: String?)] = []
    var chart: String?
    var diagram: String?
    var object: (relationship: String?, program: String?)?
    var paths: [String] = []
  }

  private struct PathFrame {
    var length: Int
    var counts: (paragraphs: Int, tables: Int, rows: Int, cells: Int, controls: Int, others: Int) =
      (0, 0, 0, 0, 0, 0)
  }

  private let acceptsInsertions: Bool
  private let acceptsDeletions: Bool

  private var stack: [XMLName] = []
  private var skipDepth = 0
  private var skipCause = LossReport.Cause.alternative
  private var textMode = TextMode.none
  private var containers: [Container] = []
  private var paragraph: ParagraphBuilder?
  private var outerParagraphs: [ParagraphBuilder?] = []
  private var spareParagraphs: [ParagraphBuilder] = []
  private var tables: [TableBuilder] = []
  /// Rows that are removed or hidden and still open; their text goes to `removedRowText`.
  private var removedRows = 0
  private var removedRowText: [UInt8] = []
  private var rowChange: Change?

  private var run = Styles.RunFormat()
  private var propertyOwner = XMLName.unknown
  private var paragraphStyle = Styles.Resolved()
  private var changes: [Change] = []
  private var invisibleChanges = 0
  private var fields: [Field] = []
  private var codeDepth = 0
  private var contentsDepth = 0
  private var links: [(start: Int, target: String?)] = []
  private var controls: [Control] = []
  private var alternatives: [Bool] = []
  private var drawings: [Drawing] = []
  private var ruby: (start: Int, reading: [UInt8], isReading: Bool)?
  private var equation: EquationBuilder?
  private var equationDepth = 0
  private var isDisplayedMath = false
  private var section: SectionBuilder?
  private var openComments: [(id: String, container: Int, text: [UInt8])] = []
  private var noteKeys: [String] = []
  private var item: (id: String, value: Item)?

  private var path: [UInt8] = []
  private var pathFrames: [PathFrame] = [PathFrame(length: 0)]

  // MARK: - Events

  override var readsContent: Bool { true }

  override func start(_ name: XMLName, _ attributes: XMLAttributes) {
    if skipDepth > 0 {
      skipDepth += 1
      if name == .text || name == .mathText || name == .deletedText { textMode = .skipped }
      return
    }
    let parent = stack.last ?? .unknown
    if parent == .unknown && stack.isEmpty { startRoot(name) }
    stack.append(name)
    if equation != nil {
      startInEquation(name, attributes)
      return
    }
    switch name {
    case .text: textMode = .run
    case .run:
      run = Styles.RunFormat()
    case .runProperties: propertyOwner = parent
    case .paragraph: startParagraph()
    case .bold, .size, .vanish, .verticalAlignment:
      if propertyOwner == .run { run.read(name, attributes) }
    case .runStyle: startRunStyle(attributes)
    case .paragraphStyle, .outlineLevel, .alignment, .indent, .bidirectional, .numberingLevel,
      .numberingID:
      readParagraphProperty(name, attributes, parent: parent)
    case .paragraphPropertiesChange, .runPropertiesChange, .tablePropertiesChange,
      .tableExceptionsChange, .tableGridChange, .rowPropertiesChange, .cellPropertiesChange,
      .sectionPropertiesChange, .numberingChange:
      context.loss.add(.formattingRevision)
      skip(.formattingRevision)
    case .tabs, .rubyProperties, .smartTagProperties, .customXMLProperties,
      .contentControlEndProperties, .fieldData, .tablePropertyExceptions:
      skip(.alternative)
    case .table, .gridColumn, .tableRow, .tableCell, .tableStyle, .tableCaption, .tableDescription,
      .tablePosition, .gridSpan, .gridBefore, .gridAfter, .horizontalMerge, .verticalMerge,
      .hidden, .tableHeader, .cellDeletion, .cellInsertion:
      startTablePart(name, attributes, parent: parent)
    case .tab, .positionedTab, .lineBreak, .carriageReturn, .noBreakHyphen, .softHyphen, .symbol:
      startSpecialCharacter(name, attributes)
    case .insertion, .deletion, .moveFrom, .moveTo:
      startChange(name, attributes, parent: parent)
    case .deletedText: textMode = .run
    case .fieldCode, .deletedFieldCode: textMode = .fieldCode
    case .fieldCharacter, .simpleField, .formName, .formCheckBox, .formDefault, .formChecked,
      .formTextInput, .formDropDown, .formListEntry, .formResult:
      startFieldPart(name, attributes, parent: parent)
    case .hyperlink: startHyperlink(attributes)
    case .contentControl, .contentControlContent, .controlAlias, .controlTag, .controlPrompt,
      .controlDropDown, .controlComboBox, .controlDate, .controlText, .controlPicture,
      .controlGroup, .partGallery, .checkBox, .checkBoxState:
      startControlPart(name, attributes)
    case .body: pushPath("body")
    case .customXML: pushPath("customXml")
    case .alternateContent: alternatives.append(false)
    case .choice: startChoice(attributes)
    case .fallback:
      if alternatives.last == true {
        context.loss.add(.alternative)
        skip(.alternative)
      } else if !alternatives.isEmpty {
        alternatives[alternatives.count - 1] = true
      }
    case .drawing, .picture, .object: drawings.append(Drawing())
    case .drawingExtent, .drawingProperties, .blip, .chart, .diagram, .vmlShape, .vmlImage,
      .vmlTextPath, .oleObject, .objectEmbedding:
      startDrawingPart(name, attributes)
    case .textBoxContent: startTextBox()
    case .footnoteReference, .endnoteReference, .commentReference, .commentRangeStart,
      .commentRangeEnd:
      startReference(name, attributes)
    case .bookmarkStart: startBookmark(attributes)
    case .ruby: ruby = (paragraph?.scalarCount ?? 0, [], false)
    case .rubyText: ruby?.isReading = true
    case .rubyBase: ruby?.start = paragraph?.scalarCount ?? 0
    case .mathParagraph: isDisplayedMath = true
    case .math: startEquation()
    case .sectionProperties, .pageSize, .columns, .sectionType, .headerReference,
      .footerReference:
      startSectionPart(name, attributes)
    case .footnote, .endnote, .comment: startItem(name, attributes)
    case .alternativeChunk: startAlternativeChunk(attributes)
    case .subDocument: context.loss.add(.subDocument)
    case .control: context.loss.add(.activeControl)
    default: break
    }
  }

  override func end(_ name: XMLName) {
    if skipDepth > 0 {
      skipDepth -= 1
      textMode = .none
      return
    }
    stack.removeLast()
    textMode = .none
    if equation != nil {
      endInEquation(name)
      return
    }
    switch name {
    case .paragraph: endParagraph()
    case .runProperties: propertyOwner = .unknown
    case .table: endTable()
    case .tableRow: endRow()
    case .tableCell: endCell()
    case .insertion, .deletion, .moveFrom, .moveTo: endChange(parent: stack.last ?? .unknown)
    case .simpleField: endField()
    case .hyperlink: endHyperlink()
    case .contentControl: endControl()
    case .contentControlContent, .customXML: popPath()
    case .alternateContent: _ = alternatives.popLast()
    case .drawing, .picture, .object: endDrawing()
    case .textBoxContent: endTextBox()
    case .ruby: endRuby()
    case .rubyText: ruby?.isReading = false
    case .mathParagraph: isDisplayedMath = false
    case .sectionProperties: endSection()
    case .footnote, .endnote, .comment: endItem()
    case .body:
      popPath()
      endStory()
    case .header, .footer: endStory()
    default: break
    }
  }

  override func text(_ bytes: UnsafeBufferPointer<UInt8>) {
    switch textMode {
    case .none: break
    case .run: unsafe append(bytes)
    case .fieldCode:
      if !fields.isEmpty, fields[fields.count - 1].code.count + bytes.count < 1 << 16 {
        unsafe fields[fields.count - 1].code.append(contentsOf: bytes)
      }
    case .math:
      if invisibleChanges == 0 {
        unsafe equation?.append(String(decoding: bytes, as: UTF8.self))
      } else {
        unsafe changes[changes.count - 1].text.append(contentsOf: bytes)
      }
    case .skipped: unsafe context.loss.add(skipCause, text: bytes)
    }
  }

  /// Leaves out the element that has just started, and all in it.
  private func skip(_ cause: LossReport.Cause) {
    stack.removeLast()
    skipDepth = 1
    skipCause = cause
  }

  private func startRoot(_ name: XMLName) {
    rootName = name
    containers = [Container(kind: .story)]
  }

  private func endStory() {
    closeContainer()
    blocks = containers.first?.blocks ?? []
    containers = [Container(kind: .story)]
  }

  /// Runs a step that may fail, and stops the parser if it does.
  private func attempt<Value>(_ step: () throws(DOCXError) -> Value?) -> Value? {
    do throws(DOCXError) {
      return try step()
    } catch {
      if failure == nil { failure = error }
      return nil
    }
  }

  // MARK: - Text

  /// Text of a run: to the open change, the reading of ruby, a removed row or the paragraph.
  private func append(_ bytes: UnsafeBufferPointer<UInt8>) {
    if removedRows > 0 {
      unsafe removedRowText.append(contentsOf: bytes)
      return
    }
    if !changes.isEmpty {
      unsafe changes[changes.count - 1].text.append(contentsOf: bytes)
      if invisibleChanges > 0 { return }
    }
    if codeDepth > 0 {
      unsafe context.loss.add(.fieldCode, text: bytes)
      return
    }
    if isHidden {
      unsafe context.loss.add(.hiddenText, text: bytes)
      return
    }
    guard let paragraph else {
      unsafe context.loss.add(.misplacedText, text: bytes)
      return
    }
    if ruby?.isReading == true {
      unsafe ruby?.reading.append(contentsOf: bytes)
      return
    }
    let start = run.isSuperscript == true || run.isSubscript == true ? paragraph.scalarCount : 0
    unsafe paragraph.text.append(contentsOf: bytes)
    noteLook(byteCount: bytes.count, of: paragraph)
    if run.isSuperscript == true {
      paragraph.inlines.append(Inline(range: start..<paragraph.scalarCount, kind: .superscript))
    } else if run.isSubscript == true {
      paragraph.inlines.append(Inline(range: start..<paragraph.scalarCount, kind: .subscript))
    }
    if !openComments.isEmpty { unsafe appendToComments(bytes) }
  }

  private func appendToComments(_ bytes: UnsafeBufferPointer<UInt8>) {
    for index in openComments.indices where openComments[index].text.count < 10_000 {
      unsafe openComments[index].text.append(contentsOf: bytes)
    }
  }

  /// Hidden text is a property that styles toggle (ISO/IEC 29500-1, 17.7.3).
  private var isHidden: Bool {
    run.isHidden ?? (paragraphStyle.run.isHidden ?? false)
  }

  private func noteLook(byteCount: Int, of paragraph: ParagraphBuilder) {
    paragraph.visibleBytes += byteCount
    if run.isBold ?? paragraphStyle.run.isBold ?? false { paragraph.boldBytes += byteCount }
    if paragraph.firstSize == nil { paragraph.firstSize = run.size ?? paragraphStyle.run.size }
    if contentsDepth > 0 { paragraph.isContents = true }
  }

  private func append(_ scalar: Unicode.Scalar) {
    let bytes = Array(String(scalar).utf8)
    unsafe bytes.withUnsafeBufferPointer { unsafe append($0) }
  }

  private func startRunStyle(_ attributes: XMLAttributes) {
    guard propertyOwner == .run, let id = attributes.string(.val),
      let index = context.styles.index(of: id)
    else { return }
    let style = context.styles.resolveRun(index)
    run.isBold = run.isBold ?? style.isBold
    run.size = run.size ?? style.size
    run.isSuperscript = run.isSuperscript ?? style.isSuperscript
    run.isSubscript = run.isSubscript ?? style.isSubscript
    if run.isHidden == nil, let hidden = style.isHidden {
      run.isHidden = hidden != (paragraphStyle.run.isHidden ?? false)
    }
  }

  private func startSpecialCharacter(_ name: XMLName, _ attributes: XMLAttributes) {
    // `w:tab` is a tab stop in properties; those are skipped as a whole.
    switch name {
    case .tab, .positionedTab: append("\t")
    case .lineBreak: append(attributes.equals(.type, "page") ? "\u{C}" : "\n")
    case .carriageReturn: append("\n")
    case .noBreakHyphen: append("\u{2011}")
    case .softHyphen: append("\u{AD}")
    case .symbol:
      guard let code = attributes.string(.char).flatMap({ UInt32($0, radix: 16) }),
        let scalar = SymbolFont.scalar(code, font: attributes.string(.font) ?? "")
      else { return }
      append(scalar)
    default: break
    }
  }

  // MARK: - Paragraphs

  private func startParagraph() {
    guard !containers.isEmpty else { return }
    countPath(\.paragraphs, "p")
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
    paragraph?.index = pathFrames[pathFrames.count - 1].counts.paragraphs
    paragraphStyle = context.styles.resolve(nil)
  }

  private func readParagraphProperty(
    _ name: XMLName, _ attributes: XMLAttributes, parent: XMLName
  ) {
    guard let paragraph, parent == .paragraphProperties || parent == .numberingProperties else {
      return
    }
    switch name {
    case .paragraphStyle:
      paragraph.style = attributes.string(.val).flatMap { context.styles.index(of: $0) }
      paragraphStyle = context.styles.resolve(paragraph.style)
    case .outlineLevel: paragraph.outlineLevel = attributes.int(.val)
    case .alignment: paragraph.alignment = TextAlignment(attributes)
    case .indent: paragraph.indent = Styles.Indent(attributes)
    case .bidirectional: paragraph.isBidirectional = attributes.isOn
    case .numberingLevel: paragraph.numberingLevel = attributes.int(.val)
    case .numberingID: paragraph.numberingID = attributes.int(.val)
    default: break
    }
  }

  private func endParagraph() {
    guard let paragraph, !containers.isEmpty else { return }
    for index in fields.indices.dropFirst(containers[containers.count - 1].fieldBase) {
      closeLink(ofField: index, in: paragraph)
      fields[index].resultStart = 0
    }
    self.paragraph = nil
    if paragraph.isMarkRemoved, removedRows == 0 {
      containers[containers.count - 1].pending = paragraph
      return
    }
    emit(paragraph)
  }

  /// Turns a finished paragraph into a block of the innermost container.
  private func emit(_ paragraph: ParagraphBuilder) {
    defer { spareParagraphs.append(paragraph) }
    let last = containers.count - 1
    containers[last].endsWithTable = false
    guard removedRows == 0 else { return }
    let style = context.styles.resolve(paragraph.style)
    let numbered = label(of: paragraph, style: style)
    let label = numbered?.label
    let text = String(decoding: paragraph.text, as: UTF8.self)
    if paragraph.inlines.isEmpty, label?.isEmpty ?? true, CellText.isBlank(text) {
      finish(paragraph)
      return
    }
    let size = Double(paragraph.firstSize ?? style.run.size ?? 20) / 2
    var block = FlowParagraph(text: text, provenance: provenance(of: paragraph))
    block.label = label.flatMap { $0.isEmpty ? nil : $0 }
    block.alignment = paragraph.alignment ?? style.alignment ?? .left
    block.indent = paragraph.indent.over(style.indent).ems(fontSize: size)
    block.isBold = paragraph.visibleBytes > 0 && paragraph.boldBytes == paragraph.visibleBytes
    block.fontSize = size
    block.inlines = paragraph.inlines
    if paragraph.isBidirectional ?? style.isBidirectional { block.direction = .rightToLeft }
    classify(&block, paragraph: paragraph, style: style, level: numbered?.level)
    attachControls(to: &block)
    containers[last].blocks.append(.paragraph(block))
    finish(paragraph)
  }

  /// Takes over what the markup says the paragraph is: heading, caption, list item and so on.
  private func classify(
    _ block: inout FlowParagraph, paragraph: ParagraphBuilder, style: Styles.Resolved, level: Int?
  ) {
    if isInTextBox { block.role = .textBox }
    if paragraph.isContents || style.isContents || controls.contains(where: \.isContents) {
      block.role = .contents
      return
    }
    if style.isCaption || paragraph.hasSequence {
      block.role = .caption
      return
    }
    let outline = paragraph.outlineLevel.map { $0 < 9 ? $0 + 1 : nil } ?? style.headingLevel
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
  private var isInTextBox: Bool {
    for container in containers.reversed() where container.kind != .item {
      return container.kind == .textBox
    }
    return false
  }

  private func label(
    of paragraph: ParagraphBuilder, style: Styles.Resolved
  ) -> (label: String, level: Int)? {
    guard let list = paragraph.numberingID ?? style.numberingID, list > 0 else { return nil }
    let isOwn = paragraph.numberingID != nil
    let level = paragraph.numberingLevel ?? (isOwn ? 0 : style.numberingLevel)
    let found = attempt { () throws(DOCXError) in
      try context.nextLabel(list: list, level: level, styles: isOwn ? [] : style.chain)
    }
    if found == nil { context.loss.add(.undefinedList, detail: "list \(list)") }
    return found
  }

  /// What stands behind the paragraph: text boxes and figures, notes, the end of a section.
  private func finish(_ paragraph: ParagraphBuilder) {
    let last = containers.count - 1
    containers[last].blocks += paragraph.anchored
    noteKeys += paragraph.noteKeys
    if containers[last].kind != .cell { appendNotes() }
    if let section = paragraph.section { append(section) }
  }

  /// Appends the notes that were referred to; those of a table come behind it.
  private func appendNotes() {
    guard !noteKeys.isEmpty, tables.isEmpty else { return }
    let keys = noteKeys
    noteKeys = []
    for key in keys {
      let kind: StoryKind = key.hasPrefix("footnote") ? .footnotes : .endnotes
      let id = String(key.drop { $0 != ":" }.dropFirst())
      guard
        var note = attempt({ () throws(DOCXError) in try context.noteBlocks(kind, id: id) })
      else { continue }
      for index in note.indices {
        guard case .paragraph(var paragraph) = note[index] else { continue }
        paragraph.kind = .footnote
        if kind == .endnotes { paragraph.role = .endnote }
        if index == 0 { paragraph.noteKey = key }
        note[index] = .paragraph(paragraph)
      }
      containers[containers.count - 1].blocks += note
    }
  }

  private func provenance(of paragraph: ParagraphBuilder) -> Provenance {
    // Paragraphs of a cell have the place of the cell unless they are told apart later.
    if containers[containers.count - 1].kind == .cell, paragraph.inlines.isEmpty {
      return .part(name: part, path: "")
    }
    return .part(name: part, path: pathString + "p[\(paragraph.index)]")
  }

  /// Ends a container: a paragraph that was to go on ends here after all.
  private func closeContainer() {
    guard !containers.isEmpty else { return }
    if let pending = containers[containers.count - 1].pending {
      containers[containers.count - 1].pending = nil
      emit(pending)
    }
  }

  // MARK: - Tables

  private func startTablePart(
    _ name: XMLName, _ attributes: XMLAttributes, parent: XMLName
  ) {
    switch name {
    case .table: startTable()
    case .tableRow: startRow()
    case .tableCell: startCell()
    default:
      guard let table = tables.last else { return }
      switch name {
      case .gridColumn where parent == .tableGrid:
        if table.gridColumns.count < 4_096 { table.gridColumns.append(attributes.twips(.w) ?? 0) }
      case .tableStyle: table.style = attributes.string(.val)
      case .tableCaption: table.title = attributes.string(.val)
      case .tableDescription: table.summary = attributes.string(.val)
      case .tablePosition: table.isFloating = true
      case .gridBefore: table.row.before = max(0, attributes.int(.val) ?? 0)
      case .gridAfter: table.row.after = max(0, attributes.int(.val) ?? 0)
      case .tableHeader: table.row.isHeader = attributes.isOn
      case .hidden:
        if parent == .rowProperties, attributes.isOn { hideRow(of: table) }
      default: readCellProperty(name, attributes, parent: parent, of: table)
      }
    }
  }

  private func readCellProperty(
    _ name: XMLName, _ attributes: XMLAttributes, parent: XMLName, of table: TableBuilder
  ) {
    guard parent == .cellProperties, !table.cells.isEmpty else { return }
    let last = table.cells.count - 1
    switch name {
    case .gridSpan: table.cells[last].span = max(1, attributes.int(.val) ?? 1)
    case .verticalMerge:
      table.cells[last].vertical = attributes.equals(.val, "restart") ? .restart : .continued
    case .horizontalMerge:
      table.cells[last].continuesHorizontally = !attributes.equals(.val, "restart")
    case .cellDeletion, .cellInsertion:
      let kind: Revision.Kind = name == .cellDeletion ? .cellDeletion : .cellInsertion
      context.revisions.append(
        Revision(
          kind: kind, author: attributes.string(.author), date: attributes.string(.date),
          provenance: .part(name: part, path: table.cells[last].path)))
    default: break
    }
  }

  private func startTable() {
    closeContainer()
    countPath(\.tables, "tbl")
    let table = TableBuilder()
    table.followsTable = containers.last?.endsWithTable ?? false
    pushPath("tbl", pathFrames[pathFrames.count - 1].counts.tables)
    table.path = currentPath
    tables.append(table)
  }

  private func startRow() {
    guard let table = tables.last else { return }
    countPath(\.rows, "tr")
    pushPath("tr", pathFrames[pathFrames.count - 1].counts.rows)
    table.beginRow()
  }

  private func hideRow(of table: TableBuilder) {
    guard !table.isRowHidden, !table.isRowRemoved else { return }
    table.isRowHidden = true
    removedRows += 1
  }

  private func endRow() {
    guard let table = tables.last else { return }
    popPath()
    if table.isRowHidden || table.isRowRemoved {
      removedRows -= 1
      if removedRows == 0 { reportRemovedRow(isHidden: table.isRowHidden) }
    }
    table.endRow()
  }

  private func reportRemovedRow(isHidden: Bool) {
    let text = String(decoding: removedRowText, as: UTF8.self)
    removedRowText = []
    if isHidden {
      context.loss.add(.hiddenRow)
      context.loss.add(.hiddenRow, characters: text.visibleCount)
    } else if let change = rowChange {
      context.revisions.append(
        Revision(
          kind: change.kind, author: change.author, date: change.date, text: text,
          provenance: .part(name: part, path: change.path)))
    }
    rowChange = nil
  }

  private func startCell() {
    guard let table = tables.last else { return }
    countPath(\.cells, "tc")
    pushPath("tc", pathFrames[pathFrames.count - 1].counts.cells)
    var cell = TableBuilder.RawCell()
    cell.path = removedRows == 0 ? currentPath : ""
    table.cells.append(cell)
    if removedRows > 0, !removedRowText.isEmpty { removedRowText.append(0x20) }
    containers.append(Container(kind: .cell, fieldBase: fields.count))
    outerParagraphs.append(paragraph)
    paragraph = nil
  }

  private func endCell() {
    guard let table = tables.last, containers.last?.kind == .cell else { return }
    closeContainer()
    let container = containers.removeLast()
    paragraph = outerParagraphs.popLast() ?? nil
    popPath()
    guard removedRows == 0, !table.cells.isEmpty else { return }
    fill(&table.cells[table.cells.count - 1], with: container.blocks)
  }

  /// A cell's text is that of its paragraphs; anything else stays beside it as blocks.
  private func fill(_ cell: inout TableBuilder.RawCell, with blocks: [FlowBlock]) {
    var isPlain = true
    var isBold = true
    var isFirst = true
    var text = ""
    for block in blocks {
      guard case .paragraph(let paragraph) = block else {
        isPlain = false
        continue
      }
      if !paragraph.inlines.isEmpty || paragraph.role == .textBox || paragraph.kind == .footnote {
        isPlain = false
      }
      if paragraph.role == .textBox || paragraph.kind == .footnote { continue }
      let trimmed = CellText.trimmed(paragraph.text)
      let line =
        paragraph.label.map { trimmed.text.isEmpty ? $0 : $0 + " " + trimmed.text }
        ?? trimmed.text
      if line.isEmpty { continue }
      if isFirst {
        cell.alignment = paragraph.alignment
        cell.fontSize = paragraph.fontSize
        cell.indent = paragraph.alignment == .center ? 0 : paragraph.indent + trimmed.indent
        text = line
        isFirst = false
      } else {
        text += "\n" + line
      }
      isBold = isBold && paragraph.isBold
    }
    cell.text = text
    cell.isBold = !isFirst && isBold
    if !isPlain { cell.blocks = blocks.map { placed($0, at: cell.path) } }
  }

  /// A block with the place of its cell where it has none of its own.
  private func placed(_ block: FlowBlock, at path: String) -> FlowBlock {
    guard case .paragraph(var paragraph) = block, case .part(_, "") = paragraph.provenance else {
      return block
    }
    paragraph.provenance = .part(name: part, path: path)
    return .paragraph(paragraph)
  }

  private func endTable() {
    guard let builder = tables.popLast() else { return }
    popPath()
    guard removedRows == 0 else { return }
    let finished = attempt { () throws(DOCXError) in
      try builder.finish(part: part, limits: context.options.limits)
    }
    if builder.coveredCharacters > 0 {
      context.loss.add(.coveredCell)
      context.loss.add(.coveredCell, characters: builder.coveredCharacters)
    }
    guard var table = finished, !containers.isEmpty else { return }
    if isInTextBox { table.role = .textBox }
    containers[containers.count - 1].blocks.append(.table(table))
    containers[containers.count - 1].endsWithTable = true
    appendNotes()
  }

  // MARK: - Revisions

  private func startChange(_ name: XMLName, _ attributes: XMLAttributes, parent: XMLName) {
    let isRemoved =
      switch name {
      case .deletion, .moveFrom: acceptsDeletions
      default: !acceptsInsertions
      }
    switch parent {
    case .runProperties:
      guard propertyOwner == .paragraphProperties, let paragraph else { return }
      if isRemoved { paragraph.isMarkRemoved = true }
      guard name == .deletion || name == .insertion else { return }
      context.revisions.append(
        Revision(
          kind: name == .deletion ? .paragraphDeletion : .paragraphInsertion,
          author: attributes.string(.author), date: attributes.string(.date),
          provenance: .part(name: part, path: pathString + "p[\(paragraph.index)]")))
    case .rowProperties:
      guard let table = tables.last, name == .deletion || name == .insertion else { return }
      let kind: Revision.Kind = name == .deletion ? .rowDeletion : .rowInsertion
      let change = Change(
        kind: kind, author: attributes.string(.author), date: attributes.string(.date),
        path: currentPath, isInvisible: isRemoved)
      if isRemoved, !table.isRowHidden, !table.isRowRemoved {
        table.isRowRemoved = true
        removedRows += 1
        if removedRows == 1 { rowChange = change }
      } else if removedRows == 0 {
        context.revisions.append(
          Revision(
            kind: kind, author: change.author, date: change.date,
            provenance: .part(name: part, path: change.path)))
      }
    case .numberingProperties, .cellProperties, .tableProperties, .mathControlProperties: break
    default:
      let kind: Revision.Kind =
        switch name {
        case .insertion: .insertion
        case .deletion: .deletion
        case .moveFrom: .moveFrom
        default: .moveTo
        }
      let index = paragraph?.index ?? 0
      changes.append(
        Change(
          kind: kind, author: attributes.string(.author), date: attributes.string(.date),
          path: pathString + (paragraph == nil ? "" : "p[\(index)]"), isInvisible: isRemoved))
      if isRemoved { invisibleChanges += 1 }
      if context.options.revisions == .all { changeStarts.append(paragraph?.scalarCount ?? 0) }
    }
  }

  private var changeStarts: [Int] = []

  private func endChange(parent: XMLName) {
    switch parent {
    case .runProperties, .rowProperties, .numberingProperties, .cellProperties, .tableProperties,
      .mathControlProperties:
      return
    default: break
    }
    guard let change = changes.popLast() else { return }
    if change.isInvisible { invisibleChanges -= 1 }
    if context.options.revisions == .all, let start = changeStarts.popLast(), let paragraph {
      let end = paragraph.scalarCount
      if start < end {
        let isInsertion = change.kind == .insertion || change.kind == .moveTo
        paragraph.inlines.append(
          Inline(range: start..<end, kind: isInsertion ? .insertion : .deletion))
      }
    }
    guard removedRows == 0, !change.text.isEmpty else { return }
    context.revisions.append(
      Revision(
        kind: change.kind, author: change.author, date: change.date,
        text: String(decoding: change.text, as: UTF8.self),
        provenance: .part(name: part, path: change.path)))
    // The text of an inner change is part of the outer one only where it stays in the view.
    if !changes.isEmpty, change.isInvisible == changes[changes.count - 1].isInvisible {
      changes[changes.count - 1].text += change.text
    }
  }

  // MARK: - Fields

  private func startFieldPart(
    _ name: XMLName, _ attributes: XMLAttributes, parent: XMLName
  ) {
    switch name {
    case .fieldCharacter:
      if attributes.equals(.fldCharType, "begin") {
        beginField()
      } else if attributes.equals(.fldCharType, "separate") {
        beginResult()
      } else if attributes.equals(.fldCharType, "end") {
        endField()
      }
    case .simpleField:
      beginField()
      fields[fields.count - 1].code = Array((attributes.string(.instr) ?? "").utf8)
      beginResult()
    default:
      guard !fields.isEmpty, stack.contains(.formFieldData) else { return }
      var form = fields[fields.count - 1].form ?? FormField()
      switch name {
      case .formName: form.name = attributes.string(.val)
      case .formCheckBox: form.isCheckBox = true
      case .formTextInput: form.isText = true
      case .formDropDown: form.isDropDown = true
      case .formDefault:
        if form.isCheckBox { form.isCheckedByDefault = attributes.isOn }
        if form.isDropDown, form.choice == nil { form.choice = attributes.int(.val) }
      case .formChecked: form.isChecked = attributes.isOn
      case .formResult: form.choice = attributes.int(.val)
      case .formListEntry:
        if let entry = attributes.string(.val), form.entries.count < 1_000 {
          form.entries.append(entry)
        }
      default: break
      }
      fields[fields.count - 1].form = form
    }
  }

  private func beginField() {
    fields.append(Field())
    codeDepth += 1
  }

  private func beginResult() {
    guard fields.count > (containers.last?.fieldBase ?? 0), let field = fields.last,
      !field.isResult
    else { return }
    let last = fields.count - 1
    fields[last].isResult = true
    codeDepth -= 1
    fields[last].resultStart = paragraph?.scalarCount ?? 0
    let words = FieldCode.words(field.code)
    switch words.first?.uppercased() {
    case "HYPERLINK": fields[last].linkTarget = FieldCode.linkTarget(words)
    case "TOC":
      fields[last].isContents = true
      contentsDepth += 1
    case "SEQ": paragraph?.hasSequence = true
    default: break
    }
  }

  private func endField() {
    guard fields.count > (containers.last?.fieldBase ?? 0) else { return }
    let last = fields.count - 1
    if let paragraph {
      closeLink(ofField: last, in: paragraph)
      closeForm(ofField: last, in: paragraph)
    }
    let field = fields.removeLast()
    if !field.isResult { codeDepth -= 1 }
    if field.isContents { contentsDepth -= 1 }
    if let form = field.form, paragraph != nil, codeDepth == 0 { printForm(form, field: field) }
  }

  private func closeLink(ofField index: Int, in paragraph: ParagraphBuilder) {
    let field = fields[index]
    guard let target = field.linkTarget, field.resultStart < paragraph.scalarCount else { return }
    paragraph.inlines.append(
      Inline(range: field.resultStart..<paragraph.scalarCount, kind: .link(target: target)))
  }

  private func closeForm(ofField index: Int, in paragraph: ParagraphBuilder) {
    let field = fields[index]
    guard let form = field.form, field.isResult, form.isText || form.isDropDown,
      field.resultStart < paragraph.scalarCount
    else { return }
    paragraph.inlines.append(
      Inline(
        range: field.resultStart..<paragraph.scalarCount,
        kind: .control(
          FormControl(kind: form.isDropDown ? .dropDown : .text, name: form.name))))
  }

  /// Form fields without a result of their own show their state.
  private func printForm(_ form: FormField, field: Field) {
    guard let paragraph else { return }
    let start = paragraph.scalarCount
    if form.isCheckBox {
      let isChecked = form.isChecked ?? form.isCheckedByDefault
      append(isChecked ? "☒" : "☐")
      paragraph.inlines.append(
        Inline(
          range: start..<paragraph.scalarCount,
          kind: .control(
            FormControl(kind: .checkBox, name: form.name, isChecked: isChecked))))
    } else if form.isDropDown, start == field.resultStart || !field.isResult,
      form.entries.indices.contains(form.choice ?? 0)
    {
      for scalar in form.entries[form.choice ?? 0].unicodeScalars { append(scalar) }
      paragraph.inlines.append(
        Inline(
          range: start..<paragraph.scalarCount,
          kind: .control(FormControl(kind: .dropDown, name: form.name))))
    }
  }

  private func startHyperlink(_ attributes: XMLAttributes) {
    var target: String?
    if let id = attributes.relationship(.id) {
      target = attempt { () throws(DOCXError) in
        try context.parts.relationship(id, of: part)?.target
      }
    }
    if let anchor = attributes.string(.anchor) { target = (target ?? "") + "#" + anchor }
    links.append((paragraph?.scalarCount ?? 0, target))
  }

  private func endHyperlink() {
    guard let link = links.popLast(), let target = link.target, let paragraph,
      link.start < paragraph.scalarCount
    else { return }
    paragraph.inlines.append(
      Inline(range: link.start..<paragraph.scalarCount, kind: .link(target: target)))
  }

  // MARK: - Content controls

  private func startControlPart(_ name: XMLName, _ attributes: XMLAttributes) {
    if name == .contentControl {
      controls.append(Control())
      return
    }
    guard !controls.isEmpty else { return }
    let last = controls.count - 1
    switch name {
    case .contentControlContent:
      controls[last].start = paragraph?.scalarCount
      countPath(\.controls, "sdt")
      pushPath("sdt", pathFrames[pathFrames.count - 1].counts.controls, "/sdtContent")
    case .controlAlias: controls[last].name = attributes.string(.val)
    case .controlTag: controls[last].tag = attributes.string(.val)
    case .controlPrompt: controls[last].isPrompt = attributes.isOn
    case .controlDropDown: controls[last].kind = .dropDown
    case .controlComboBox: controls[last].kind = .comboBox
    case .controlDate: controls[last].kind = .date
    case .controlText: controls[last].kind = .text
    case .controlPicture: controls[last].kind = .picture
    case .controlGroup: controls[last].kind = .group
    case .checkBox: controls[last].kind = .checkBox
    case .checkBoxState:
      controls[last].isChecked =
        attributes.equals(.val, "1") || attributes.equals(.val, "true")
        || attributes.equals(.val, "on")
    case .partGallery:
      controls[last].isContents = attributes.equals(.val, "Table of Contents")
    default: break
    }
  }

  private func formControl(_ control: Control) -> FormControl? {
    guard control.kind != nil || control.name != nil || control.tag != nil || control.isPrompt
    else { return nil }
    return FormControl(
      kind: control.kind ?? .text, name: control.name, tag: control.tag,
      isChecked: control.kind == .checkBox ? control.isChecked ?? false : nil,
      isPrompt: control.isPrompt)
  }

  private func endControl() {
    guard let control = controls.popLast(), let start = control.start, let paragraph,
      let form = formControl(control), removedRows == 0
    else { return }
    paragraph.inlines.append(
      Inline(range: min(start, paragraph.scalarCount)..<paragraph.scalarCount, kind: .control(form))
    )
  }

  /// Controls around paragraphs are marked on the first of them.
  private func attachControls(to block: inout FlowParagraph) {
    for index in controls.indices where controls[index].start == nil && !controls[index].isAttached
    {
      controls[index].isAttached = true
      guard let form = formControl(controls[index]) else { continue }
      let end = block.text.unicodeScalars.count
      block.inlines.append(Inline(range: 0..<end, kind: .control(form)))
    }
  }

  // MARK: - Alternatives

  private func startChoice(_ attributes: XMLAttributes) {
    let isUnderstood = attributes.requiredExtensions.allSatisfy(
      XMLName.understoodExtensions.contains)
    guard let last = alternatives.indices.last else { return }
    if alternatives[last] || !isUnderstood {
      context.loss.add(.alternative)
      skip(.alternative)
    } else {
      alternatives[last] = true
    }
  }

  // MARK: - Drawings

  private func startDrawingPart(_ name: XMLName, _ attributes: XMLAttributes) {
    guard !drawings.isEmpty else { return }
    let last = drawings.count - 1
    switch name {
    case .drawingExtent:
      drawings[last].width = attributes.int(.cx).map { Double($0) / 12_700 }
      drawings[last].height = attributes.int(.cy).map { Double($0) / 12_700 }
    case .drawingProperties:
      let words = [attributes.string(.descr), attributes.string(.title)].compactMap { $0 }
      drawings[last].title = words.first { !$0.isEmpty }
    case .blip:
      if let id = attributes.relationship(.embed) ?? attributes.relationship(.link) {
        drawings[last].images.append((id, nil))
      }
    case .chart: drawings[last].chart = attributes.relationship(.id)
    case .diagram: drawings[last].diagram = attributes.relationship(.dm)
    case .vmlShape:
      let size = VMLStyle(attributes.string(.style) ?? "")
      drawings[last].width = size.width ?? drawings[last].width
      drawings[last].height = size.height ?? drawings[last].height
      if let alt = attributes.string(.alt), !alt.isEmpty { drawings[last].title = alt }
    case .vmlImage:
      if let id = attributes.relationship(.id) {
        drawings[last].images.append((id, attributes.string(.title)))
      }
    case .vmlTextPath:
      if let text = attributes.string(.string), !text.isEmpty { drawings[last].paths.append(text) }
    case .oleObject:
      drawings[last].object = (attributes.relationship(.id), attributes.string(.progID))
    case .objectEmbedding:
      drawings[last].object = (attributes.relationship(.id), attributes.string(.progID))
    default: break
    }
  }

  private func endDrawing() {
    guard let drawing = drawings.popLast(), let paragraph, removedRows == 0,
      invisibleChanges == 0, codeDepth == 0, !isHidden
    else { return }
    let place = paragraph.scalarCount..<paragraph.scalarCount
    for entry in drawing.images {
      let found = attempt { () throws(DOCXError) in
        try context.image(relationship: entry.relationship, of: part)
      }
      guard var image = found else { continue }
      image.alternativeText = drawing.title ?? entry.title.flatMap { $0.isEmpty ? nil : $0 }
      image.width = drawing.width
      image.height = drawing.height
      paragraph.inlines.append(Inline(range: place, kind: .image(image)))
    }
    if let object = drawing.object {
      let embedding = attempt { () throws(DOCXError) in
        try context.embedding(relationship: object.relationship, of: part, program: object.program)
      }
      if let embedding {
        paragraph.inlines.append(Inline(range: place, kind: .embedding(embedding)))
      }
    }
    for text in drawing.paths {
      paragraph.anchored.append(
        .paragraph(
          FlowParagraph(
            text: text, alignment: .center, role: .textBox,
            provenance: .part(name: part, path: pathString + "p[\(paragraph.index)]"))))
    }
    let figure = attempt { () throws(DOCXError) -> FlowFigure? in
      if let id = drawing.chart { return try context.chart(relationship: id, of: part) }
      if let id = drawing.diagram { return try context.diagram(relationship: id, of: part) }
      return nil
    }
    if let figure { paragraph.anchored.append(.figure(figure)) }
  }

  private func startTextBox() {
    countPath(\.others, "txbxContent")
    pushPath("txbxContent", pathFrames[pathFrames.count - 1].counts.others)
    containers.append(Container(kind: .textBox, fieldBase: fields.count))
    outerParagraphs.append(paragraph)
    outerStates.append((codeDepth, run, paragraphStyle))
    codeDepth = 0
    paragraph = nil
  }

  private var outerStates: [(codeDepth: Int, run: Styles.RunFormat, style: Styles.Resolved)] = []

  private func endTextBox() {
    guard containers.last?.kind == .textBox else { return }
    closeContainer()
    let container = containers.removeLast()
    while fields.count > container.fieldBase { fields.removeLast() }
    paragraph = outerParagraphs.popLast() ?? nil
    if let outer = outerStates.popLast() {
      (codeDepth, run, paragraphStyle) = (outer.codeDepth, outer.run, outer.style)
    }
    popPath()
    if let paragraph {
      paragraph.anchored += container.blocks
    } else if !containers.isEmpty {
      containers[containers.count - 1].blocks += container.blocks
    }
  }

  // MARK: - References

  private func startReference(_ name: XMLName, _ attributes: XMLAttributes) {
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

  private var commentSubjects: [String: String] = [:]

  private func endCommentRange(id: String) {
    guard let index = openComments.lastIndex(where: { $0.id == id }) else { return }
    commentSubjects[id] = String(decoding: openComments.remove(at: index).text, as: UTF8.self)
  }

  private func reportComment(id: String) {
    let found = attempt { () throws(DOCXError) in try context.comment(id: id) }
    guard var comment = found else { return }
    comment.comment.subject = commentSubjects[id] ?? ""
    context.comments.append(comment)
  }

  private func startBookmark(_ attributes: XMLAttributes) {
    guard let paragraph, let name = attributes.string(.name), !name.isEmpty,
      !name.hasPrefix("_GoBack"), removedRows == 0, containers.last?.kind != .cell
    else { return }
    let place = paragraph.scalarCount..<paragraph.scalarCount
    paragraph.inlines.append(Inline(range: place, kind: .bookmark(name: name)))
  }

  private func endRuby() {
    guard let ruby, let paragraph else { return }
    self.ruby = nil
    let reading = String(decoding: ruby.reading, as: UTF8.self)
    guard ruby.start <= paragraph.scalarCount, !reading.isEmpty else { return }
    paragraph.inlines.append(
      Inline(range: ruby.start..<paragraph.scalarCount, kind: .ruby(reading: reading)))
  }

  // MARK: - Equations

  private func startEquation() {
    equation = EquationBuilder(isDisplayed: isDisplayedMath)
    equationDepth = 0
  }

  private func startInEquation(_ name: XMLName, _ attributes: XMLAttributes) {
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

  private func endInEquation(_ name: XMLName) {
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

  private func startSectionPart(_ name: XMLName, _ attributes: XMLAttributes) {
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

  private func endSection() {
    guard let section else { return }
    self.section = nil
    if let paragraph {
      paragraph.section = section
    } else {
      closeContainer()
      append(section)
    }
  }

  private func append(_ section: SectionBuilder) {
    guard containers.count == 1 else { return }
    sections.append(FlowSection(form: section.form, end: containers[0].blocks.count))
    headerReferences += section.references
  }

  // MARK: - Notes and comments

  private func startItem(_ name: XMLName, _ attributes: XMLAttributes) {
    let id = attributes.plain(.id) ?? ""
    countPath(\.others, "")
    let label: StaticString =
      name == .footnote ? "footnote" : name == .endnote ? "endnote" : "comment"
    pushPath(label, pathFrames[pathFrames.count - 1].counts.others)
    item = (
      id,
      Item(
        author: attributes.string(.author), date: attributes.string(.date), path: currentPath)
    )
    containers.append(Container(kind: .item))
  }

  private func endItem() {
    guard var item, containers.last?.kind == .item else { return }
    closeContainer()
    item.value.blocks = containers.removeLast().blocks
    popPath()
    if items[item.id] == nil { items[item.id] = item.value }
    self.item = nil
  }

  // MARK: - Included documents

  private func startAlternativeChunk(_ attributes: XMLAttributes) {
    guard let id = attributes.relationship(.id), !containers.isEmpty else { return }
    closeContainer()
    let included = attempt { () throws(DOCXError) in
      try context.includedBlocks(relationship: id, of: part)
    }
    containers[containers.count - 1].blocks += included ?? []
    containers[containers.count - 1].endsWithTable = false
  }

  // MARK: - Paths

  /// The path of the innermost open element of the path.
  private var currentPath: String { String(decoding: path.dropLast(), as: UTF8.self) }
  /// The same with a slash, for a path that goes on.
  private var pathString: String { String(decoding: path, as: UTF8.self) }

  private func countPath(
    _ key: WritableKeyPath<
      (paragraphs: Int, tables: Int, rows: Int, cells: Int, controls: Int, others: Int), Int
    >, _ name: StaticString
  ) {
    pathFrames[pathFrames.count - 1].counts[keyPath: key] += 1
  }

  private func pushPath(_ name: StaticString, _ index: Int? = nil, _ suffix: StaticString = "") {
    let length = path.count
    name.withUTF8Buffer { unsafe path.append(contentsOf: $0) }
    if let index {
      path.append(0x5B)
      path.append(contentsOf: String(index).utf8)
      path.append(0x5D)
    }
    suffix.withUTF8Buffer { unsafe path.append(contentsOf: $0) }
    path.append(0x2F)
    pathFrames.append(PathFrame(length: length))
  }

  private func popPath() {
    guard pathFrames.count > 1, let frame = pathFrames.popLast() else { return }
    path.removeSubrange(frame.length...)
  }
}
