internal import DocumentModel
internal import LayoutModel
internal import PackageReading

/// The styles of a document, as far as the text, its structure and tables need them.
///
/// A style inherits what it does not say from the style it is based on, and at last from the
/// document's defaults. Values are looked up along that chain; a chain that bites its own tail
/// ends where it began.
///
/// Source: ISO/IEC 29500-1, 17.7.
struct Styles {
  /// What one style says itself; nil where it says nothing.
  struct Style {
    var id = ""
    var name = ""
    var isDefaultParagraph = false
    var basedOn: String?
    var parent: Int?
    var outlineLevel: Int?
    var numberingID: Int?
    var numberingLevel: Int?
    var alignment: TextAlignment?
    var indent = Indent()
    var run = RunFormat()
    var isBidirectional: Bool?
  }

  /// The indents of a paragraph in twentieths of a point and hundredths of a character.
  struct Indent {
    var left: Int?
    var leftChars: Int?
    var firstLine: Int?
    var firstLineChars: Int?

    /// This indent where it says something, else the other.
    func over(_ other: Indent) -> Indent {
      Indent(
        left: left ?? (leftChars == nil ? other.left : nil),
        leftChars: leftChars ?? other.leftChars,
        firstLine: firstLine ?? (firstLineChars == nil ? other.firstLine : nil),
        firstLineChars: firstLineChars ?? other.firstLineChars)
    }

    /// Where the first line starts, in ems of the given font size.
    func ems(fontSize: Double) -> Double {
      let em = max(fontSize, 1) * 20
      let start = leftChars.map { Double($0) / 100 } ?? Double(left ?? 0) / em
      let first = firstLineChars.map { Double($0) / 100 } ?? Double(firstLine ?? 0) / em
      return start + first
    }
  }

  /// What a run says about its look; nil where it says nothing.
  struct RunFormat {
    var isBold: Bool?
    /// Half points.
    var size: Int?
    var isHidden: Bool?
    var isSuperscript: Bool?
    var isSubscript: Bool?
  }

  private(set) var styles: [Style] = []
  private var positions: [String: Int] = [:]
  private(set) var defaultParagraph: Int?
  var defaultRun = RunFormat()
  var defaultIndent = Indent()
  var defaultAlignment: TextAlignment?
  var language: String?
  var eastAsianLanguage: String?

  private var resolved: [Resolved?] = []

  /// What a paragraph style says together with all it is based on; never changed once it is known,
  /// and shared by all paragraphs of the style.
  final class Resolved {
    var headingLevel: Int?
    var isTitle = false
    var isCaption = false
    var isContents = false
    var numberingID: Int?
    var numberingLevel: Int?
    /// The styles of the chain by id, nearest first, for numbering levels tied to a style.
    var chain: [String] = []
    var alignment: TextAlignment?
    var indent = Indent()
    var run = RunFormat()
    var isBidirectional = false

    init(
      alignment: TextAlignment? = nil, indent: Indent = Indent(), run: RunFormat = RunFormat()
    ) {
      self.alignment = alignment
      self.indent = indent
      self.run = run
    }
  }

  mutating func add(_ style: Style) {
    if style.isDefaultParagraph, defaultParagraph == nil { defaultParagraph = styles.count }
    // The first definition of an id counts, as in Word.
    if positions[style.id] == nil { positions[style.id] = styles.count }
    styles.append(style)
  }

  mutating func link() {
    for index in styles.indices {
      styles[index].parent = styles[index].basedOn.flatMap { positions[$0] }
    }
    resolved = [Resolved?](repeating: nil, count: styles.count)
  }

  func index(of id: String) -> Int? { positions[id] }

  /// All that holds for text in a paragraph style; nil stands for the default style.
  mutating func resolve(_ index: Int?) -> Resolved {
    guard let index = index ?? defaultParagraph, styles.indices.contains(index) else {
      return Resolved(alignment: defaultAlignment, indent: defaultIndent, run: defaultRun)
    }
    if let known = resolved[index] { return known }
    let value = resolveChain(from: index)
    resolved[index] = value
    return value
  }

  private func resolveChain(from index: Int) -> Resolved {
    let result = Resolved()
    var hidden = false
    var isHiddenSaid = false
    var outline: Int?
    var named: StyleName?
    var bidirectional: Bool?
    var current: Int? = index
    var seen = 0
    while let position = current, seen <= styles.count {
      let style = styles[position]
      outline = outline ?? style.outlineLevel
      if named == nil { named = StyleName(style.name) ?? StyleName(identifier: style.id) }
      result.numberingID = result.numberingID ?? style.numberingID
      result.numberingLevel = result.numberingLevel ?? style.numberingLevel
      result.alignment = result.alignment ?? style.alignment
      result.indent = result.indent.over(style.indent)
      result.run.isBold = result.run.isBold ?? style.run.isBold
      result.run.size = result.run.size ?? style.run.size
      bidirectional = bidirectional ?? style.isBidirectional
      if !isHiddenSaid, let said = style.run.isHidden {
        hidden = said
        isHiddenSaid = true
      }
      if result.chain.count < 16 { result.chain.append(style.id) }
      current = style.parent
      seen += 1
    }
    result.run.isHidden = hidden
    result.run.isBold = result.run.isBold ?? defaultRun.isBold
    result.run.size = result.run.size ?? defaultRun.size
    result.alignment = result.alignment ?? defaultAlignment
    result.indent = result.indent.over(defaultIndent)
    result.isBidirectional = bidirectional ?? false
    // Level 9 is "body text", which takes a paragraph out of the outline.
    if let outline { result.headingLevel = outline < 9 ? outline + 1 : nil }
    switch named {
    case .heading(let level) where outline == nil: result.headingLevel = level
    case .title: result.isTitle = true
    case .caption: result.isCaption = true
    case .contents: result.isContents = true
    default: break
    }
    return result
  }

  /// What a character style says together with all it is based on.
  func resolveRun(_ index: Int) -> RunFormat {
    var result = RunFormat()
    var current: Int? = index
    var seen = 0
    while let position = current, seen <= styles.count {
      let run = styles[position].run
      result.isBold = result.isBold ?? run.isBold
      result.size = result.size ?? run.size
      result.isHidden = result.isHidden ?? run.isHidden
      result.isSuperscript = result.isSuperscript ?? run.isSuperscript
      result.isSubscript = result.isSubscript ?? run.isSubscript
      current = styles[position].parent
      seen += 1
    }
    return result
  }
}

/// What the name of a built-in style says, in the languages in which programs write it.
///
/// Word writes the English names whatever its language; WPS and converters write the names that
/// people see.
enum StyleName: Equatable {
  case heading(Int)
  case title, caption, contents

  init?(_ name: String) {
    let lowered = name.lowercased()
    let trimmed = lowered.filter { !$0.isWhitespace && $0 != "_" && $0 != "-" }
    let digits = trimmed.reversed().prefix { $0.isNumber }
    if digits.count == 1, let level = digits.first?.wholeNumberValue, (1...9).contains(level) {
      let stem = String(trimmed.dropLast())
      if Self.headingNames.contains(stem) {
        self = .heading(level)
        return
      }
      if stem == "toc" || stem == "目录" || stem == "目錄" || stem == "contents" {
        self = .contents
        return
      }
    }
    if Self.titleNames.contains(trimmed) {
      self = .title
    } else if Self.captionNames.contains(trimmed) {
      self = .caption
    } else {
      return nil
    }
  }

  /// Reads the id of a style whose name says nothing: only the unmistakable English form.
  init?(identifier: String) {
    let lowered = identifier.lowercased()
    guard lowered.hasPrefix("heading"), lowered.count == 8,
      let level = lowered.last?.wholeNumberValue, (1...9).contains(level)
    else { return nil }
    self = .heading(level)
  }

  private static let headingNames: Set = [
    "heading", "标题", "標題", "見出し", "제목", "überschrift", "titre", "título", "titulo", "titolo",
    "заголовок", "kop", "rubrik", "overskrift", "otsikko", "nagłówek", "nadpis", "címsor",
    "başlık", "titlu", "encabezado", "título", "επικεφαλίδα", "כותרת", "عنوان", "หัวเรื่อง",
    "naslov", "заглавие", "pealkiri", "virsraksts", "antraštė", "đềmục", "fyrirsögn", "titol",
  ]
  private static let titleNames: Set = [
    "title", "标题", "標題", "表題", "제목", "titel", "titre", "título", "titolo", "название",
    "заголовок", "tytuł", "název", "cím", "konubaşlığı", "otsikko", "tittel", "titlu",
  ]
  private static let captionNames: Set = [
    "caption", "题注", "題注", "標號", "図表番号", "캡션", "beschriftung", "légende", "legende",
    "epígrafe", "descripción", "didascalia", "legenda", "названиеобъекта", "bijschrift",
    "beskrivning", "tablecaption", "表题", "表標題", "表标题",
  ]
}

/// Reads `styles.xml` into `Styles`.
final class StylesReader: XMLHandler {
  var styles = Styles()
  private var style: Styles.Style?
  private var isInDefaults = false
  /// Depth inside something that does not concern the style itself.
  private var skipped = 0

  override func start(_ name: XMLName, _ attributes: XMLAttributes) {
    if skipped > 0 {
      skipped += 1
      return
    }
    switch name {
    case .latentStyles, .paragraphPropertiesChange, .runPropertiesChange, .tableProperties,
      .rowProperties, .cellProperties, .tabs:
      skipped = 1
    case .style:
      var new = Styles.Style()
      new.id = attributes.string(.styleId) ?? ""
      new.isDefaultParagraph =
        attributes.equals(.type, "paragraph")
        && (attributes.equals(.default, "1") || attributes.equals(.default, "true")
          || attributes.equals(.default, "on"))
      style = new
    case .documentDefaults: isInDefaults = true
    case .formName: style?.name = attributes.string(.val) ?? ""
    case .basedOn: style?.basedOn = attributes.string(.val)
    case .outlineLevel: style?.outlineLevel = attributes.int(.val)
    case .numberingID: style?.numberingID = attributes.int(.val)
    case .numberingLevel: style?.numberingLevel = attributes.int(.val)
    case .alignment:
      let value = TextAlignment(attributes)
      if isInDefaults { styles.defaultAlignment = value } else { style?.alignment = value }
    case .indent:
      let value = Styles.Indent(attributes)
      if isInDefaults { styles.defaultIndent = value } else { style?.indent = value }
    case .bidirectional: style?.isBidirectional = attributes.isOn
    case .bold, .size, .vanish, .verticalAlignment:
      if isInDefaults {
        styles.defaultRun.read(name, attributes)
      } else {
        style?.run.read(name, attributes)
      }
    case .language where isInDefaults:
      styles.language = attributes.string(.val)
      styles.eastAsianLanguage = attributes.string(.eastAsia)
    default: break
    }
  }

  override func end(_ name: XMLName) {
    if skipped > 0 {
      skipped -= 1
      return
    }
    switch name {
    case .style:
      if let style { styles.add(style) }
      style = nil
    case .documentDefaults: isInDefaults = false
    default: break
    }
  }
}

extension Styles.RunFormat {
  /// Takes over one run property.
  mutating func read(_ name: XMLName, _ attributes: XMLAttributes) {
    switch name {
    case .bold: isBold = attributes.isOn
    case .size: size = attributes.twips(.val).map { min($0, 4_000) }
    case .vanish: isHidden = attributes.isOn
    case .verticalAlignment:
      isSuperscript = attributes.equals(.val, "superscript")
      isSubscript = attributes.equals(.val, "subscript")
    default: break
    }
  }
}

extension Styles.Indent {
  init(_ attributes: XMLAttributes) {
    self.init(
      left: attributes.twips(.left) ?? attributes.twips(.start),
      leftChars: attributes.int(.leftChars) ?? attributes.int(.startChars))
    if let hanging = attributes.twips(.hanging) {
      firstLine = -hanging
    } else {
      firstLine = attributes.twips(.firstLine)
    }
    if let hanging = attributes.int(.hangingChars) {
      firstLineChars = -hanging
    } else {
      firstLineChars = attributes.int(.firstLineChars)
    }
    // Zero characters mean that the absolute value counts.
    if leftChars == 0 { leftChars = nil }
    if firstLineChars == 0 { firstLineChars = nil }
  }
}

extension TextAlignment {
  init?(_ attributes: XMLAttributes) {
    if attributes.equals(.val, "left") || attributes.equals(.val, "start") {
      self = .left
    } else if attributes.equals(.val, "center") {
      self = .center
    } else if attributes.equals(.val, "right") || attributes.equals(.val, "end") {
      self = .right
    } else if attributes.equals(.val, "both") || attributes.equals(.val, "distribute") {
      self = .justified
    } else {
      return nil
    }
  }
}
