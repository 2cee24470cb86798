public import DocumentModel

/// Writes a document as Markdown: CommonMark with GitHub's tables.
///
/// A table of plain cells with one row of headers becomes a GitHub table; one with spans, with
/// several rows of headers or with more than text in its cells an HTML table, which Markdown lets
/// through. Running heads, feet and page numbers are left out: they would stand in the middle of
/// sentences. Notes about the conversion are not text of the document and are left out too; what a
/// record says is a short table at the end.
public final class MarkdownStream: DocumentStream {
  private static let pieceSize = 256 * 1024

  private var output: OutputBytes
  private var isEmpty = true
  /// The lists that are open, outermost first.
  private var lists: [OpenList] = []

  private struct OpenList {
    var level: Int
    /// Where the text of its items starts.
    var indent: Int
    /// The number of its last item; nil for bullets.
    var number: Int?
    var delimiter: UInt8
  }

  /// Creates a stream that hands on bytes in order.
  public init(handOn: @escaping (Span<UInt8>) -> Void) {
    output = OutputBytes(capacity: Self.pieceSize, handOn: handOn)
  }

  /// Writes the next block; ids must be set.
  public func append(_ block: Block) {
    if let table = block.table {
      append(table, of: block)
      return
    }
    guard block.kind != .pageFurniture, !block.text.isEmpty || !block.inlines.isEmpty else {
      return
    }
    switch block.kind {
    case .title: append(heading: block, level: 1)
    case .heading: append(heading: block, level: min((block.level ?? 1) + 1, 6))
    case .listItem: append(item: block)
    case .paragraph, .table, .figure, .footnote, .pageFurniture:
      startBlock()
      appendText(of: block, lineBreak: .line(indent: 0), atLineStart: true)
      output.append(UInt8(ascii: "\n"))
    }
  }

  /// Writes what a record says and hands on the last bytes.
  public func finish(_ document: Document) {
    for record in document.records { append(RecordFacts(record)) }
    output.flush()
  }

  private func append(_ record: RecordFacts) {
    startBlock()
    output.append(literal: "| Record | |\n| --- | --- |\n")
    let failures: [(name: StaticString, text: String)] = record.failures.map {
      ("Fails", "\($0.text) (\($0.cells.joined(separator: ", ")))")
    }
    for (name, text) in record.facts + failures {
      output.append(literal: "| ")
      output.append(literal: name)
      output.append(literal: " | ")
      output.append(markdown: text, atLineStart: false, lineBreak: .tag)
      output.append(literal: " |\n")
    }
  }

  /// An empty line between two blocks.
  private func startBlock() {
    if !isEmpty { output.append(UInt8(ascii: "\n")) }
    isEmpty = false
    lists = []
  }

  // MARK: - Headings and items

  private func append(heading block: Block, level: Int) {
    startBlock()
    for _ in 0..<level { output.append(UInt8(ascii: "#")) }
    output.append(UInt8(ascii: " "))
    appendText(of: block, lineBreak: .tag, atLineStart: true)
    // A number sign at the end would close the heading.
    if block.text.utf8.last == UInt8(ascii: "#") { output.append(literal: " #") }
    output.append(UInt8(ascii: "\n"))
  }

  private func append(item block: Block) {
    let level = max(1, block.level ?? 1)
    while let last = lists.last, last.level > level { lists.removeLast() }
    let marker = ItemMarker(label: block.label)
    if let last = lists.last, last.level == level {
      let continues =
        switch marker {
        case .number(let number, let delimiter):
          last.number.map { $0 + 1 == number && last.delimiter == delimiter } ?? false
        case .bullet, .text: last.number == nil
        }
      if !continues {
        // Numbers count up by themselves within a list; anything else needs a list of its own.
        lists.removeLast()
        indent(lists.last?.indent ?? 0)
        output.append(literal: "<!-- -->\n")
      }
    } else if lists.isEmpty {
      startBlock()
    }
    if lists.last?.level != level {
      lists.append(OpenList(level: level, indent: 0, number: nil, delimiter: 0))
    }
    let start = lists.count > 1 ? lists[lists.count - 2].indent : 0
    indent(start)
    let position = lists.count - 1
    switch marker {
    case .number(let number, let delimiter):
      output.append(number)
      output.append(delimiter)
      output.append(UInt8(ascii: " "))
      lists[position].number = number
      lists[position].delimiter = delimiter
      lists[position].indent = start + String(number).utf8.count + 2
    case .bullet, .text:
      output.append(literal: "- ")
      lists[position].indent = start + 2
    }
    let lineBreak = OutputBytes.MarkdownBreak.line(indent: lists[position].indent)
    if case .text(let label) = marker {
      output.append(markdown: label, atLineStart: true, lineBreak: .tag)
      if BlockLabel.needsSpace(label) { output.append(UInt8(ascii: " ")) }
      appendContent(of: block, lineBreak: lineBreak, atLineStart: false)
    } else {
      appendContent(of: block, lineBreak: lineBreak, atLineStart: true)
    }
    output.append(UInt8(ascii: "\n"))
  }

  private func indent(_ count: Int) {
    for _ in 0..<count { output.append(UInt8(ascii: " ")) }
  }

  /// How a printed label is said.
  private enum ItemMarker {
    case number(Int, delimiter: UInt8)
    case bullet
    /// Markdown has no such marker; the label is part of the text.
    case text(String)

    init(label: String?) {
      guard let label, !label.isEmpty else {
        self = .bullet
        return
      }
      if let delimiter = label.utf8.last, delimiter == 0x2E || delimiter == 0x29,
        (1...9).contains(label.utf8.count - 1),
        label.utf8.dropLast().allSatisfy({ (0x30...0x39).contains($0) }),
        let number = Int(label.dropLast()), String(number).utf8.count == label.utf8.count - 1
      {
        self = .number(number, delimiter: delimiter)
      } else if ["•", "-", "–", "*", "·", "●", "▪", "◦", "○", "■"].contains(label) {
        self = .bullet
      } else {
        self = .text(label)
      }
    }
  }

  // MARK: - Text

  private func appendText(
    of block: Block, lineBreak: OutputBytes.MarkdownBreak, atLineStart: Bool
  ) {
    if let label = block.label {
      output.append(markdown: label, atLineStart: atLineStart, lineBreak: .tag)
      if BlockLabel.needsSpace(label) { output.append(UInt8(ascii: " ")) }
    }
    appendContent(
      of: block, lineBreak: lineBreak, atLineStart: atLineStart && block.label == nil)
  }

  private func appendContent(
    of block: Block, lineBreak: OutputBytes.MarkdownBreak, atLineStart: Bool
  ) {
    var atLineStart = atLineStart
    InlineRuns.each(of: block) { event in
      switch event {
      case .text(let text):
        output.append(markdown: text, atLineStart: atLineStart, lineBreak: lineBreak)
      case .start(let kind): start(kind)
      case .end(let kind): end(kind)
      case .point(let kind): point(kind)
      }
      atLineStart = false
    }
  }

  private func start(_ kind: Inline.Kind) {
    switch kind {
    case .link(let target):
      if case .address = LinkTarget(target) { output.append(UInt8(ascii: "[")) }
    case .ruby: output.append(literal: "<ruby>")
    case .superscript: output.append(literal: "<sup>")
    case .subscript: output.append(literal: "<sub>")
    case .insertion: output.append(literal: "<ins>")
    case .deletion: output.append(literal: "<del>")
    case .image, .equation: point(kind)
    case .reference, .control, .embedding, .bookmark: break
    }
  }

  private func end(_ kind: Inline.Kind) {
    switch kind {
    case .link(let target):
      if case .address(let address) = LinkTarget(target) { appendDestination(address) }
    case .ruby(let reading):
      output.append(literal: "<rp>(</rp><rt>")
      output.append(html: reading)
      output.append(literal: "</rt><rp>)</rp></ruby>")
    case .superscript: output.append(literal: "</sup>")
    case .subscript: output.append(literal: "</sub>")
    case .insertion: output.append(literal: "</ins>")
    case .deletion: output.append(literal: "</del>")
    case .image, .equation, .reference, .control, .embedding, .bookmark: break
    }
  }

  private func point(_ kind: Inline.Kind) {
    switch kind {
    case .image(let image):
      // A picture elsewhere is named, never fetched by who reads the page.
      output.append(literal: image.part == nil ? "[" : "![")
      let name = image.alternativeText ?? image.part ?? image.externalTarget ?? ""
      output.append(markdown: name, atLineStart: false, lineBreak: .tag)
      if let part = image.part {
        appendDestination(part)
      } else if case .address(let address) = LinkTarget(image.externalTarget ?? "") {
        appendDestination(address)
      } else {
        output.append(UInt8(ascii: "]"))
      }
    case .equation(let equation):
      output.append(markdown: equation.text, atLineStart: false, lineBreak: .tag)
    case .link, .ruby, .superscript, .subscript, .insertion, .deletion, .reference, .control,
      .embedding, .bookmark:
      break
    }
  }

  /// The end of a link, its address in pointed brackets, which only they and line breaks end.
  private func appendDestination(_ address: String) {
    output.append(literal: "](<")
    for byte in address.utf8 {
      switch byte {
      case UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "\\"), UInt8(ascii: "&"):
        output.append(UInt8(ascii: "\\"))
        output.append(byte)
      case 0..<0x20: output.append(literal: "%20")
      default: output.append(byte)
      }
    }
    output.append(literal: ">)")
  }

  // MARK: - Tables

  private func append(_ table: Table, of block: Block) {
    appendParagraph(block.text)
    if let caption = table.caption { appendParagraph(caption, isStrong: true) }
    appendParagraph(table.unitText ?? "")
    if !table.cells.isEmpty {
      startBlock()
      if Self.isPlain(table) {
        appendPipes(of: table)
      } else {
        Self.append(table, to: &output)
      }
    }
    for footnote in table.footnotes { appendParagraph(footnote) }
  }

  private func appendParagraph(_ text: String, isStrong: Bool = false) {
    guard text.contains(where: { !$0.isWhitespace }) else { return }
    startBlock()
    if isStrong { output.append(literal: "<b>") }
    output.append(
      markdown: text, atLineStart: !isStrong, lineBreak: isStrong ? .tag : .line(indent: 0))
    if isStrong { output.append(literal: "</b>") }
    output.append(UInt8(ascii: "\n"))
  }

  /// Whether GitHub's tables can say it all.
  private static func isPlain(_ table: Table) -> Bool {
    table.bands.count <= 1 && (table.bands.first?.headerRowCount ?? 0) <= 1
      && table.cells.allSatisfy {
        $0.rows.count == 1 && $0.columns.count == 1 && $0.blocks.isEmpty
      }
  }

  private func appendPipes(of table: Table) {
    let hasHeader = table.bands.first?.headerRowCount == 1
    if !hasHeader {
      for _ in 0..<table.columnCount { output.append(literal: "| ") }
      output.append(literal: "|\n")
      appendRule(columnCount: table.columnCount)
    }
    var index = 0
    for row in 0..<table.rowCount {
      while index < table.cells.count, table.cells[index].rows.lowerBound <= row {
        output.append(literal: "| ")
        output.append(markdown: table.cells[index].text, atLineStart: false, lineBreak: .tag)
        output.append(UInt8(ascii: " "))
        index += 1
      }
      output.append(literal: "|\n")
      if hasHeader, row == 0 { appendRule(columnCount: table.columnCount) }
    }
  }

  private func appendRule(columnCount: Int) {
    for _ in 0..<columnCount { output.append(literal: "| --- ") }
    output.append(literal: "|\n")
  }

  /// An HTML table; it holds no empty line, which would end it.
  private static func append(_ table: Table, to output: inout OutputBytes) {
    HTMLTable(table: table, id: "", detail: .gridOnly).append(to: &output, caption: nil) {
      output, cell in
      for (index, block) in cell.blocks.enumerated() {
        if let nested = block.table {
          append(nested, to: &output)
        } else {
          if index > 0 { output.append(literal: "<br>") }
          output.append(html: block.text)
        }
      }
    }
  }
}
