internal import DocumentModel
internal import LayoutModel
internal import PackageReading

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
struct Story {
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
  var blocks: [FlowBlock] = []
  /// The notes or comments of the part, by id.
  var items: [String: Item] = [:]
  var sections: [FlowSection] = []
  /// Heads and feet in the order in which sections name them.
  var headerReferences: [(role: Block.Role, relationship: String)] = []
  var rootName: XMLName = .unknown
  /// The first failure; it stops the parser.
  var failure: PackageError?
  var hasFailed = false

  init(context: WordContext, part: String, kind: StoryKind) {
    self.context = context
    self.part = part
    self.kind = kind
    defaultStyle = context.styles.resolve(nil)
    paragraphStyle = defaultStyle
    acceptsInsertions = context.options.revisions != .original
    acceptsDeletions = context.options.revisions == .accepted
    stack.reserveCapacity(64)
  }

  // MARK: - State

  enum TextMode {
    case none, run, fieldCode, math, skipped
  }

  struct Container {
    enum Kind {
      case story, item, cell, textBox
    }
    var kind: Kind
    var blocks: [FlowBlock] = []
    /// The paragraphs of a cell as long as they are all plain; `blocks` is empty then.
    var lines = CellLines()
    /// A paragraph whose mark is removed and that goes on in the next one.
    var pending: ParagraphBuilder?
    var endsWithTable = false
    /// Open fields below this number belong to an outer container.
    var fieldBase = 0
  }

  struct Change {
    var kind: Revision.Kind
    var author: String?
    var date: String?
    var text: [UInt8] = []
    var path: String
    /// Whether the text is left out of the view.
    var isInvisible: Bool
  }

  struct Field {
    var code: [UInt8] = []
    var isResult = false
    var linkTarget: String?
    /// Where the result starts in the open paragraph.
    var resultStart = 0
    var isContents = false
    var form: FormField?
  }

  struct FormField {
    var name: String?
    var isCheckBox = false
    var isDropDown = false
    var isText = false
    var isChecked: Bool?
    var isCheckedByDefault = false
    var entries: [String] = []
    var choice: Int?
  }

  struct Control {
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

  struct Drawing {
    var title: String?
    var width: Double?
    var height: Double?
    var images: [(relationship: String, title: String?)] = []
    var chart: String?
    var diagram: String?
    var object: (relationship: String?, program: String?)?
    var paths: [String] = []
  }

  /// An open element of the path and what is known of its children.
  struct PathFrame {
    var name: StaticString = ""
    /// The position among elements of the name, from 1; 0 for an element that has no such siblings.
    var index = 0
    /// Elements below it that are part of the path but never have siblings.
    var suffix: StaticString = ""
    /// The element as the parent of cells, once it has one.
    var parent: CellOrigin.Parent?
    /// How many children of each name the element has had so far.
    var paragraphs = 0
    var tables = 0
    var rows = 0
    var cells = 0
    var controls = 0
    var others = 0
  }

  let acceptsInsertions: Bool
  let acceptsDeletions: Bool

  var stack: [XMLName] = []
  var skipDepth = 0
  var skipCause = LossReport.Cause.alternative
  var textMode = TextMode.none
  var containers: [Container] = []
  var paragraph: ParagraphBuilder?
  var outerParagraphs: [ParagraphBuilder?] = []
  var spareParagraphs: [ParagraphBuilder] = []
  var tables: [TableBuilder] = []
  var spareTables: [TableBuilder] = []
  /// Rows that are removed or hidden and still open; their text goes to `removedRowText`.
  var removedRows = 0
  var removedRowText: [UInt8] = []
  var rowChange: Change?

  var run = Styles.RunFormat()
  var propertyOwner = XMLName.unknown
  var paragraphStyle: Styles.Resolved
  /// The style of paragraphs that name none.
  let defaultStyle: Styles.Resolved
  var changes: [Change] = []
  var invisibleChanges = 0
  var fields: [Field] = []
  var codeDepth = 0
  var contentsDepth = 0
  var links: [(start: Int, target: String?)] = []
  var controls: [Control] = []
  var alternatives: [Bool] = []
  var drawings: [Drawing] = []
  var ruby: (start: Int, reading: [UInt8], isReading: Bool)?
  var equation: EquationBuilder?
  var equationDepth = 0
  var isDisplayedMath = false
  var section: SectionBuilder?
  var openComments: [(id: String, container: Int, text: [UInt8])] = []
  var noteKeys: [String] = []
  var item: (id: String, value: Item)?

  var changeStarts: [Int] = []
  var outerStates: [(codeDepth: Int, run: Styles.RunFormat, style: Styles.Resolved)] = []
  var commentSubjects: [String: String] = [:]

  /// The open elements, the part itself first; the text of a path is made when it is asked for.
  var pathFrames: [PathFrame] = [PathFrame()]
  /// Where the text of a path is put together.
  private var pathBytes: [UInt8] = []

  // MARK: - Events

  mutating func start(_ name: XMLName, _ attributes: XMLAttributes) {
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

  mutating func end(_ name: XMLName) {
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

  mutating func text(_ bytes: UnsafeBufferPointer<UInt8>) {
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
  mutating func skip(_ cause: LossReport.Cause) {
    stack.removeLast()
    skipDepth = 1
    skipCause = cause
  }

  mutating func startRoot(_ name: XMLName) {
    rootName = name
    containers = [Container(kind: .story)]
  }

  mutating func endStory() {
    closeContainer()
    blocks = containers.first?.blocks ?? []
    containers = [Container(kind: .story)]
  }

  /// Runs a step that may fail; the first failure stops the parser.
  mutating func attempt<Value>(
    _ step: (WordContext, _ part: String) throws(PackageError) -> Value?
  ) -> Value? {
    do throws(PackageError) {
      return try step(context, part)
    } catch {
      if failure == nil { failure = error }
      hasFailed = true
      return nil
    }
  }

  // MARK: - Paths

  /// The path of the innermost open element of the path.
  var currentPath: String { mutating get { path(below: "", 0) } }

  /// The path of a paragraph in the innermost open element.
  mutating func paragraphPath(_ index: Int) -> String { path(below: "p", index) }

  /// The path of the innermost open element, or of a child of it.
  private mutating func path(below name: StaticString, _ index: Int) -> String {
    pathBytes.removeAll(keepingCapacity: true)
    for position in pathFrames.indices.dropFirst() {
      Self.append(pathFrames[position].name, pathFrames[position].index, to: &pathBytes)
      pathFrames[position].suffix.withUTF8Buffer { unsafe pathBytes.append(contentsOf: $0) }
    }
    Self.append(name, index, to: &pathBytes)
    return String(decoding: pathBytes, as: UTF8.self)
  }

  private static func append(_ name: StaticString, _ index: Int, to path: inout [UInt8]) {
    guard name.utf8CodeUnitCount > 0 else { return }
    if !path.isEmpty { path.append(UInt8(ascii: "/")) }
    name.withUTF8Buffer { unsafe path.append(contentsOf: $0) }
    guard index > 0 else { return }
    path.append(UInt8(ascii: "["))
    var power = 1
    while power <= index / 10 { power *= 10 }
    while power > 0 {
      path.append(UInt8(ascii: "0") + UInt8(index / power % 10))
      power /= 10
    }
    path.append(UInt8(ascii: "]"))
  }

  mutating func pushPath(_ name: StaticString, _ index: Int = 0, _ suffix: StaticString = "") {
    pathFrames.append(PathFrame(name: name, index: index, suffix: suffix))
  }

  mutating func popPath() {
    if pathFrames.count > 1 { pathFrames.removeLast() }
  }
}

/// Feeds a part's XML events to its story.
///
/// The story is a value, so that its many small steps need no checks for exclusive access; the
/// parser wants an object.
@safe
final class StoryReader: XMLHandler {
  private let story: UnsafeMutablePointer<Story>

  init(context: WordContext, part: String, kind: StoryKind) {
    unsafe story = .allocate(capacity: 1)
    unsafe story.initialize(to: Story(context: context, part: part, kind: kind))
  }

  deinit {
    unsafe story.deinitialize(count: 1)
    unsafe story.deallocate()
  }

  override var readsContent: Bool { true }

  override func start(_ name: XMLName, _ attributes: XMLAttributes) {
    unsafe story.pointee.start(name, attributes)
    if unsafe story.pointee.hasFailed { failure = unsafe story.pointee.failure }
  }

  override func end(_ name: XMLName) {
    unsafe story.pointee.end(name)
    if unsafe story.pointee.hasFailed { failure = unsafe story.pointee.failure }
  }

  override func text(_ bytes: UnsafeBufferPointer<UInt8>) {
    unsafe story.pointee.text(bytes)
  }

  /// What the story tells, once its part has been read.
  var result: Story { unsafe story.pointee }
}
