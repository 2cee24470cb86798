import DocumentModel

/// The sections of a report by their headings.
struct SectionReader {
  /// A heading is at most this long, in characters.
  private static let longestHeading = 40
  /// Headings with a number or a style of their own, and lines that only look like one.
  private static let headingLikeness = 0.75
  private static let lineLikeness = 0.9

  private let labels: [[LabelText]]
  private let names: [String]

  init(_ sections: [FamilyDescription.Section]) {
    labels = sections.map { LabelBook.split($0.labels, at: "|").map { LabelText($0) } }
    names = sections.map(\.name)
  }

  /// - Parameters:
  ///   - blocks: The blocks of one report, furniture left out.
  ///   - signature: Ids of blocks that belong to no section.
  /// - Returns: All sections, and what stands under headings that are none of them.
  func sections(
    of blocks: [Block], signature: Set<String>
  ) -> (sections: [Record.Section], other: [Record.Other]) {
    var sections = names.map { Record.Section(name: $0) }
    var other: [Record.Other] = []
    var current: Int?
    var isForeign = false
    for block in blocks where !signature.contains(block.id) {
      if let caption = block.table?.caption, let number = section(caption, isHeading: true) {
        open(number, caption, in: &sections, &current)
        isForeign = false
      } else if block.table == nil {
        let (first, rest) = Self.heading(of: block)
        let isHeading = block.kind == .heading || block.label != nil
        if block.role != .contents, let number = section(first, isHeading: isHeading) {
          open(number, String(first), in: &sections, &current)
          isForeign = false
          sections[number].blocks.append(block.id)
          if !rest.isEmpty { sections[number].add(String(rest)) }
          continue
        }
        if block.kind == .heading, block.level == 1, current != nil { isForeign = true }
      }
      guard let current else { continue }
      let text = block.label.map { $0 + block.text } ?? block.text
      if isForeign {
        other.append(Record.Other(at: block.id, text: text))
        continue
      }
      sections[current].blocks.append(block.id)
      if block.table == nil, !text.isEmpty { sections[current].add(text) }
    }
    return (sections, other)
  }

  /// A heading that occurs again starts the report anew: the first one was a list of contents.
  private func open(
    _ number: Int, _ heading: String, in sections: inout [Record.Section], _ current: inout Int?
  ) {
    if sections[number].heading != nil {
      for later in number..<sections.count {
        sections[later] = Record.Section(name: names[later])
      }
    }
    sections[number].heading = heading
    if sections[number].text == nil { sections[number].text = "" }
    current = number
  }

  /// The first line of a block, or what stands in front of its first full stop or colon, and the rest.
  private static func heading(of block: Block) -> (Substring, Substring) {
    let text = block.text
    var length = 0
    for index in text.unicodeScalars.indices {
      let scalar = text.unicodeScalars[index]
      if scalar == "\n" || scalar == "。" || scalar == "：" || scalar == ":" {
        let rest = text[text.unicodeScalars.index(after: index)...]
        return (text[..<index], rest.drop { $0.isWhitespace })
      }
      length += 1
      if length > longestHeading { return ("", text[...]) }
    }
    return (text[...], "")
  }

  private func section(_ heading: some StringProtocol, isHeading: Bool) -> Int? {
    guard heading.utf8.count <= 3 * Self.longestHeading, !heading.isEmpty else { return nil }
    let text = LabelText(heading)
    guard !text.isEmpty else { return nil }
    var best: (number: Int, likeness: Double)?
    for (number, printings) in labels.enumerated() {
      for label in printings {
        let likeness = text.likeness(to: label)
        if likeness > (best?.likeness ?? 0) { best = (number, likeness) }
      }
    }
    guard let best, best.likeness >= (isHeading ? Self.headingLikeness : Self.lineLikeness)
    else { return nil }
    return best.number
  }
}

extension Record.Section {
  fileprivate mutating func add(_ line: String) {
    text = (text ?? "").isEmpty ? line : "\(text ?? "")\n\(line)"
  }
}
