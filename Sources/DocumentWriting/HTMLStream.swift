public import DocumentModel
import PageGeometry

/// Writes a document as one HTML page that needs no other file and fetches none.
///
/// Blocks keep their ids, so `#b9` and `#b9c41` lead to a table and a cell; `#page-2` leads to where
/// page 2 starts. Tables are semantic (`HTMLTable`). What the document says about itself, the notes,
/// remarks and tracked changes stand at the end.
public final class HTMLStream: DocumentStream {
  private static let pieceSize = 256 * 1024

  private var output: OutputBytes
  /// The levels of the lists that are open.
  private var listLevels: [Int] = []
  private var page = 0

  /// Creates a stream.
  ///
  /// - Parameters:
  ///   - title: What the page is called: the name of the original.
  ///   - handOn: Takes the bytes in order.
  public init(title: String, handOn: @escaping (Span<UInt8>) -> Void) {
    output = OutputBytes(capacity: Self.pieceSize, handOn: handOn)
    output.append(literal: "<!DOCTYPE html>\n<html>\n<head>\n<meta charset=\"utf-8\">\n<title>")
    output.append(html: title.replacing("\n", with: " "))
    output.append(literal: "</title>\n<style>\n")
    output.append(literal: Self.style)
    output.append(literal: "</style>\n</head>\n<body>\n<main>\n")
  }

  private static let style: StaticString = """
    body { max-width: 60rem; margin: 2rem auto; padding: 0 1rem; font-family: sans-serif; line-height: 1.5; }
    table { border-collapse: collapse; }
    th, td { border: 1px solid #999; padding: .15rem .5rem; text-align: left; vertical-align: top; }
    td[data-value] { text-align: right; }
    thead th, th[scope=col], th[scope=colgroup] { background: #eef; }
    caption { text-align: left; font-weight: bold; }
    figure { margin: 1rem 0; overflow-x: auto; }
    ul.items { list-style: none; }
    .page { color: #777; font-size: .8rem; }
    .furniture, .unit, .pages, figcaption, footer { color: #555; font-size: .85rem; font-weight: normal; }
    .unit, .pages { display: block; }
    a.note:empty::after { content: "*"; }

    """

  // MARK: - Blocks

  /// Writes the next block; ids must be set.
  public func append(_ block: Block) {
    markPage(of: block)
    if block.kind != .listItem || block.table != nil { closeLists(above: 0) }
    append(block, to: &output)
  }

  private func markPage(of block: Block) {
    guard case .page(let number, _)? = block.provenance.first, number > page else { return }
    page = number
    closeLists(above: 0)
    output.append(literal: #"<p class="page"><a id="page-"#)
    output.append(number)
    output.append(literal: ##"" href="#page-"##)
    output.append(number)
    output.append(literal: #"">"#)
    output.append(number)
    output.append(literal: "</a></p>\n")
  }

  private func closeLists(above level: Int) {
    while let last = listLevels.last, last > level {
      output.append(literal: "</li>\n</ul>\n")
      listLevels.removeLast()
    }
  }

  private func append(_ block: Block, to output: inout OutputBytes) {
    if let table = block.table {
      append(table, of: block, to: &output)
      return
    }
    switch block.kind {
    case .title: append(block, element: "h1", to: &output)
    case .heading: append(block, element: Self.heading(level: block.level ?? 1), to: &output)
    case .paragraph, .table: append(block, element: "p", to: &output)
    case .listItem: append(item: block, to: &output)
    case .figure: append(block, element: "figure", to: &output)
    case .footnote: append(block, element: "p", class: "footnote", to: &output)
    case .pageFurniture: append(block, element: "p", class: "furniture", to: &output)
    }
  }

  private static func heading(level: Int) -> StaticString {
    switch level {
    case ...1: "h2"
    case 2: "h3"
    case 3: "h4"
    case 4: "h5"
    default: "h6"
    }
  }

  private func append(
    _ block: Block, element: StaticString, class name: StaticString? = nil,
    to output: inout OutputBytes
  ) {
    output.append(UInt8(ascii: "<"))
    output.append(literal: element)
    if let name {
      output.append(literal: #" class=""#)
      output.append(literal: name)
      output.append(UInt8(ascii: "\""))
    }
    appendIdentity(of: block, to: &output)
    output.append(UInt8(ascii: ">"))
    appendText(of: block, to: &output)
    output.append(literal: "</")
    output.append(literal: element)
    output.append(literal: ">\n")
  }

  private func append(item block: Block, to output: inout OutputBytes) {
    let level = max(1, block.level ?? 1)
    while let last = listLevels.last, last > level {
      output.append(literal: "</li>\n</ul>\n")
      listLevels.removeLast()
    }
    if listLevels.last == level {
      output.append(literal: "</li>\n")
    } else {
      output.append(literal: "<ul class=\"items\">\n")
      listLevels.append(level)
    }
    output.append(literal: "<li")
    appendIdentity(of: block, to: &output)
    output.append(UInt8(ascii: ">"))
    appendText(of: block, to: &output)
  }

  private func appendIdentity(of block: Block, to output: inout OutputBytes) {
    output.append(literal: #" id=""#)
    output.append(attribute: block.id)
    output.append(UInt8(ascii: "\""))
    if let role = block.role {
      output.append(literal: #" data-role=""#)
      output.append(attribute: role.rawValue)
      output.append(UInt8(ascii: "\""))
    }
    if block.direction == .rightToLeft { output.append(literal: #" dir="rtl""#) }
  }

  private func append(_ table: Table, of block: Block, to output: inout OutputBytes) {
    output.append(literal: #"<figure class="table""#)
    appendIdentity(of: block, to: &output)
    output.append(literal: ">\n")
    if !block.text.isEmpty || !block.inlines.isEmpty {
      output.append(literal: "<p>")
      appendText(of: block, to: &output)
      output.append(literal: "</p>\n")
    }
    let pages = Self.pages(of: block)
    let hasCaption = table.caption != nil || table.unitText != nil || !pages.isEmpty
    HTMLTable(table: table, id: block.id, detail: .full).append(
      to: &output,
      caption: hasCaption ? { Self.appendCaption(of: table, pages: pages, to: &$0) } : nil
    ) { output, cell in
      self.append(cell.blocks, of: cell, to: &output)
    }
    if !table.footnotes.isEmpty || table.alternativeText != nil {
      output.append(literal: "<figcaption>\n")
      for text in [table.alternativeText].compactMap(\.self) + table.footnotes {
        output.append(literal: "<p>")
        output.append(html: text)
        output.append(literal: "</p>\n")
      }
      output.append(literal: "</figcaption>\n")
    }
    output.append(literal: "</figure>\n")
  }

  private static func pages(of block: Block) -> [Int] {
    var pages: [Int] = []
    for place in block.provenance {
      if case .page(let number, _) = place, pages.last != number { pages.append(number) }
    }
    return pages
  }

  private static func appendCaption(
    of table: Table, pages: [Int], to output: inout OutputBytes
  ) {
    if let caption = table.caption { output.append(html: caption) }
    if let unit = table.unitText {
      output.append(literal: #"<span class="unit">"#)
      output.append(html: unit)
      output.append(literal: "</span>")
    }
    guard !pages.isEmpty else { return }
    output.append(literal: #"<span class="pages">"#)
    for (index, page) in pages.enumerated() {
      if index > 0 { output.append(UInt8(ascii: " ")) }
      output.append(literal: ##"<a href="#page-"##)
      output.append(page)
      output.append(literal: #"">"#)
      output.append(page)
      output.append(literal: "</a>")
    }
    output.append(literal: "</span>")
  }

  /// The blocks of a cell; lists in it are not nested, their labels say enough.
  private func append(_ blocks: [Block], of cell: Cell, to output: inout OutputBytes) {
    for block in blocks {
      if block.table != nil {
        append(block, to: &output)
      } else {
        append(block, element: block.kind == .figure ? "figure" : "p", to: &output)
      }
    }
  }

  // MARK: - Text

  private func appendText(of block: Block, to output: inout OutputBytes) {
    if let label = block.label {
      output.append(literal: #"<span class="label">"#)
      output.append(html: label)
      output.append(literal: "</span>")
      if BlockLabel.needsSpace(label) { output.append(UInt8(ascii: " ")) }
    }
    InlineRuns.each(of: block) { event in
      switch event {
      case .text(let text): output.append(html: text)
      case .start(let kind): Self.start(kind, &output)
      case .end(let kind): Self.end(kind, &output)
      case .point(let kind):
        Self.start(kind, &output)
        Self.end(kind, &output)
      }
    }
  }

  private static func start(_ kind: Inline.Kind, _ output: inout OutputBytes) {
    func open(_ start: StaticString, _ text: String, _ end: StaticString = "\">") {
      output.append(literal: start)
      output.append(attribute: text)
      output.append(literal: end)
    }
    switch kind {
    case .link(let target):
      switch LinkTarget(target) {
      case .place(let name): open(##"<a href="#place-"##, name)
      case .address(let address): open(#"<a href=""#, address)
      case .inert(let text): open(#"<a title=""#, text)
      }
    case .reference(let target): open(##"<a class="note" href="#"##, target)
    case .image(let image):
      let name = image.alternativeText ?? image.externalTarget ?? image.part ?? ""
      open(#"<span role="img" aria-label=""#, name)
      output.append(html: name)
    case .equation(let equation):
      output.append(literal: #"<span class="equation">"#)
      output.append(html: equation.text)
    case .ruby: output.append(literal: "<ruby>")
    case .control(let control): open(#"<span data-control=""#, control.kind.rawValue)
    case .embedding(let embedding):
      open(
        #"<span class="embedding" title=""#,
        [embedding.part ?? embedding.externalTarget, embedding.program].compactMap(\.self)
          .joined(separator: " "))
    case .bookmark(let name): open(#"<a id="place-"#, name)
    case .superscript: output.append(literal: "<sup>")
    case .subscript: output.append(literal: "<sub>")
    case .insertion: output.append(literal: "<ins>")
    case .deletion: output.append(literal: "<del>")
    }
  }

  private static func end(_ kind: Inline.Kind, _ output: inout OutputBytes) {
    switch kind {
    case .link, .reference, .bookmark: output.append(literal: "</a>")
    case .image, .equation, .control, .embedding: output.append(literal: "</span>")
    case .ruby(let reading):
      output.append(literal: "<rp>(</rp><rt>")
      output.append(html: reading)
      output.append(literal: "</rt><rp>)</rp></ruby>")
    case .superscript: output.append(literal: "</sup>")
    case .subscript: output.append(literal: "</sub>")
    case .insertion: output.append(literal: "</ins>")
    case .deletion: output.append(literal: "</del>")
    }
  }

  // MARK: - The end

  /// Writes what the document says about itself, notes and remarks.
  public func finish(_ document: Document) {
    closeLists(above: 0)
    output.append(literal: "</main>\n<footer>\n<dl>\n")
    let source = document.source
    let metadata = document.metadata
    let facts: [(StaticString, String?)] = [
      ("Source", source.name), ("Media type", source.mediaType), ("SHA-256", source.sha256),
      ("Title", metadata.title), ("Author", metadata.author), ("Subject", metadata.subject),
      ("Key words", metadata.keywords), ("Description", metadata.description),
      ("Language", metadata.language), ("Created", metadata.created),
      ("Modified", metadata.modified), ("Producer", metadata.producer),
    ]
    for case (let name, let text?) in facts {
      output.append(literal: "<dt>")
      output.append(literal: name)
      output.append(literal: "</dt><dd>")
      output.append(html: text)
      output.append(literal: "</dd>\n")
    }
    output.append(literal: "</dl>\n")
    for record in document.records { append(RecordFacts(record)) }
    append(
      list: document.notes.map { note in
        (id: nil, at: note.at, lead: note.severity.rawValue, text: note.message)
      }, title: "Notes")
    append(
      list: document.comments.map { comment in
        (id: comment.id, at: comment.at, lead: comment.author, text: comment.text)
      }, title: "Comments")
    append(
      list: document.revisions.map { revision in
        (
          id: nil, at: nil, lead: "\(revision.kind.rawValue) \(revision.author ?? "")",
          text: revision.text
        )
      }, title: "Changes")
    output.append(literal: "</footer>\n</body>\n</html>\n")
    output.flush()
  }

  private func append(_ record: RecordFacts) {
    output.append(literal: "<h2>Record</h2>\n<dl class=\"record\">\n")
    for (name, text) in record.facts {
      output.append(literal: "<dt>")
      output.append(literal: name)
      output.append(literal: "</dt><dd>")
      output.append(html: text)
      output.append(literal: "</dd>\n")
    }
    output.append(literal: "</dl>\n")
    guard !record.failures.isEmpty else { return }
    output.append(literal: "<ul>\n")
    for (text, cells) in record.failures {
      output.append(literal: "<li>")
      output.append(html: text)
      for cell in cells {
        output.append(literal: ##" <a href="#"##)
        output.append(attribute: cell)
        output.append(literal: #"">"#)
        output.append(html: cell)
        output.append(literal: "</a>")
      }
      output.append(literal: "</li>\n")
    }
    output.append(literal: "</ul>\n")
  }

  private func append(
    list: [(id: String?, at: String?, lead: String?, text: String)], title: StaticString
  ) {
    guard !list.isEmpty else { return }
    output.append(literal: "<h2>")
    output.append(literal: title)
    output.append(literal: "</h2>\n<ul>\n")
    for entry in list {
      output.append(literal: "<li")
      if let id = entry.id {
        output.append(literal: #" id=""#)
        output.append(attribute: id)
        output.append(UInt8(ascii: "\""))
      }
      output.append(UInt8(ascii: ">"))
      if let at = entry.at {
        output.append(literal: ##"<a href="#"##)
        output.append(attribute: at)
        output.append(literal: #"">"#)
        output.append(html: at)
        output.append(literal: "</a> ")
      }
      if let lead = entry.lead {
        output.append(html: lead)
        output.append(literal: ": ")
      }
      output.append(html: entry.text)
      output.append(literal: "</li>\n")
    }
    output.append(literal: "</ul>\n")
  }
}
