internal import DocumentModel
internal import LayoutModel

/// A paragraph while it is being read.
///
/// Builders are reused: text is collected as bytes in a buffer that keeps its memory.
final class ParagraphBuilder {
  var text: [UInt8] = []
  var inlines: [Inline] = []
  /// Text boxes and figures anchored here; they follow the paragraph.
  var anchored: [FlowBlock] = []
  /// Footnotes and endnotes that the paragraph refers to.
  var noteKeys: [String] = []

  var properties = Properties()
  /// The section that ends with it.
  var section: SectionBuilder?
  var look = Look()
  /// The position among the paragraphs around it, from 1.
  var index = 0

  /// What a paragraph says of itself; nil where it says nothing.
  struct Properties {
    var style: Int?
    var outlineLevel: Int?
    var numberingID: Int?
    var numberingLevel: Int?
    var alignment: TextAlignment?
    var indent = Styles.Indent()
    var isBidirectional: Bool?
    var isMarkRemoved = false
  }

  /// What the text of a paragraph shows.
  struct Look {
    /// Whether it is an entry of the table of contents.
    var isContents = false
    /// Whether it counts something, as captions do.
    var hasSequence = false
    /// Visible bytes so far, and how many of them are bold.
    private var visibleBytes = 0
    private var boldBytes = 0
    /// Half points of the first visible text.
    private(set) var firstSize: Int?

    var isBold: Bool { visibleBytes > 0 && boldBytes == visibleBytes }

    mutating func add(byteCount: Int, isBold: Bool, size: Int?) {
      visibleBytes += byteCount
      if isBold { boldBytes += byteCount }
      firstSize = firstSize ?? size
    }
  }

  /// How many bytes of the text have been counted, and the scalars in them.
  private var counted = (bytes: 0, scalars: 0)

  /// The number of Unicode scalars in the text so far.
  var scalarCount: Int {
    for index in counted.bytes..<text.count where text[index] & 0xC0 != 0x80 {
      counted.scalars += 1
    }
    counted.bytes = text.count
    return counted.scalars
  }

  func reset() {
    text.removeAll(keepingCapacity: true)
    if !inlines.isEmpty { inlines = [] }
    if !anchored.isEmpty { anchored = [] }
    if !noteKeys.isEmpty { noteKeys = [] }
    look = Look()
    counted = (0, 0)
    resetProperties()
  }

  /// Forgets the properties but keeps the content, for a paragraph that goes on in the next one.
  func resetProperties() {
    properties = Properties()
    if section != nil { section = nil }
  }

  func append(_ string: StaticString) {
    string.withUTF8Buffer { unsafe text.append(contentsOf: $0) }
  }

  func append(_ scalar: Unicode.Scalar) {
    text.append(contentsOf: String(scalar).utf8)
  }
}

/// A section's page form while it is being read.
struct SectionBuilder {
  var form = Section()
  var references: [(role: Block.Role, relationship: String)] = []
}
