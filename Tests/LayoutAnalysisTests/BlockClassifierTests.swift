import DocumentModel
import LayoutAnalysis
import LayoutModel
import PageGeometry
import TestSupport
import Testing

@Suite struct BlockClassifierTests {
  static let body = block(String(repeating: "正文", count: 100))

  static func block(
    _ text: String, x: Double = 0, size: Double = 10, isBold: Bool = false
  ) -> TextBlock {
    let word = Word(text, x: x, baseline: 50, size: size, isBold: isBold)
    return TextBlock(
      lines: [LineBuilder.line(of: [word])], pieces: [], column: Interval(0, 400))
  }

  func classified(_ block: TextBlock, isFirst: Bool = false) -> String {
    let found = BlockClassifier(blocks: [Self.body, block]).block(block, isFirst: isFirst)
    return "\(found.kind)" + (found.level.map { " \($0)" } ?? "")
      + (found.label.map { " [\($0)]" } ?? "") + " \(found.text)"
  }

  @Test("The body is the type that most of the text is set in")
  func bodySize() {
    #expect(BlockClassifier(blocks: [Self.block("标题", size: 22), Self.body]).bodySize == 10)
    #expect(BlockClassifier(blocks: []).bodySize == 0)
  }

  @Test("Much larger type at the start of a document is its title, later a heading")
  func titles() {
    let large = Self.block("年度报告", size: 16)
    #expect(classified(large, isFirst: true) == "title 年度报告")
    #expect(classified(large) == "heading 1 年度报告")
  }

  @Test("Larger or bold type is a heading unless it is a sentence")
  func headings() {
    #expect(classified(Self.block("Results", isBold: true)) == "heading 3 Results")
    #expect(classified(Self.block("Results", size: 12)) == "heading 2 Results")
    #expect(classified(Self.block("It rained.", isBold: true)) == "paragraph It rained.")
    #expect(classified(Self.block("2024", isBold: true)) == "paragraph 2024")
  }

  @Test("A label gives a heading its level; a first-level label is a heading in any weight")
  func labels() {
    #expect(classified(Self.block("一、总体情况")) == "heading 1 [一、] 总体情况")
    #expect(
      classified(Self.block("（一）主动公开", isBold: true)) == "heading 2 [（一）] 主动公开")
    #expect(classified(Self.block("（一）主动公开")) == "paragraph （一）主动公开")
  }

  @Test("A bullet makes a list item")
  func bullets() {
    #expect(classified(Self.block("•\u{A0}first, and more;")) == "listItem 1 [•] first, and more;")
  }

  @Test("Text smaller than the body is never a heading")
  func small() {
    #expect(classified(Self.block("Note", size: 8, isBold: true)) == "paragraph Note")
  }

  @Test("A line of a table of contents is no heading")
  func contents() {
    #expect(
      classified(Self.block("一、总体情况........ 12")) == "paragraph 一、总体情况........ 12")
    #expect(classified(Self.block("一、增长3……5")) == "heading 1 [一、] 增长3……5")
  }

  @Test("White between two texts of one line is a space, also between ideographs")
  func sameLine() {
    let lines = ["甲方：公司", "乙方：机关"].enumerated().map { index, text in
      LineBuilder.line(of: [
        Word(text, x: Double(index) * 120, baseline: 50, size: 10, isBold: false)
      ])
    }
    let block = TextBlock(lines: lines.map(TextLine.init), pieces: [], column: Interval(0, 400))
    #expect(classified(block) == "paragraph 甲方：公司 乙方：机关")
  }
}

extension BlockClassifier {
  /// The classifier for a document of these blocks.
  fileprivate init(blocks: [TextBlock]) {
    var body = BodyType()
    for block in blocks { body.count(block) }
    self.init(body: body)
  }
}
