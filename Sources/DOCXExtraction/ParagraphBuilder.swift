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

  var style: Int?
  var outlineLevel: Int?
  var numberingID: Int?
  var numberingLevel: Int?
  var alignment: TextAlignment?
  var indent = Styles.Indent()
  var isBidirectional: Bool?
  var isMarkRemoved = false
  var isContents = false
  var hasSequence = false
  var section: SectionBuilder?
  /// Where the paragraph starts in the original; set when it begins.
  var pathLength = 0
  var index = 0

  /// Visible bytes so far, and how many of them are bold.
  var visibleBytes = 0
  var boldBytes = 0
  /// Half points of the first visible text.
  var firstSize: Int?

  private var countedBytes = 0
  private var countedScalars = 0

  /// The number of Unicode scalars in the text so far.
  var scalarCount: Int {
    while countedBytes < text.count {
      if text[countedBytes] & 0xC0 != 0x80 { countedScalars += 1 }
      countedBytes += 1
    }
    return countedScalars
  }

  func reset() {
    text.removeAll(keepingCapacity: true)
    inlines.removeAll()
    anchored.removeAll()
    noteKeys.removeAll()
    visibleBytes = 0
    boldBytes = 0
    firstSize = nil
    countedBytes = 0
    countedScalars = 0
    hasSequence = false
    isContents = false
    resetProperties()
  }

  /// Forgets the properties but keeps the content, for a paragraph that goes on in the next one.
  func resetProperties() {
    style = nil
    outlineLevel = nil
    numberingID = nil
    numberingLevel = nil
    alignment = nil
    indent = Styles.Indent()
    isBidirectional = nil
    isMarkRemoved = false
    section = nil
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
