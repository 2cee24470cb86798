import DocumentModel

/// Who reports, on which year, and when: read from the title, the dates and the signature.
struct ReportFacts {
  var title: String?
  var agency: String?
  var year: Int?
  var published: String?
  /// Blocks of the signature, which are no part of a section.
  var signature: Set<String> = []

  /// Lines longer than this are no title, signature or date.
  private static let longestLine = 80
  /// A title may be broken into this many blocks.
  private static let titleBlocks = 3

  /// - Parameters:
  ///   - blocks: The blocks of one report, furniture left out.
  ///   - family: Its family.
  init(_ blocks: [Block], family: FamilyDescription) {
    readTitle(blocks, family)
    readDates(blocks)
    if agency == nil { agency = Self.named(blocks, by: family.agencyLabels) }
    if agency == nil { agency = signer(blocks) }
    if year == nil { year = Self.period(blocks) }
  }

  /// What a line says that is a title and nothing else; nil for other lines.
  init?(titleLine block: Block, family: FamilyDescription) {
    guard block.text.utf8.contains(where: { $0 >= 0xE3 }),
      Self.isTitle(block.text, of: family), !block.text.contains(where: { "，。；、".contains($0) })
    else { return nil }
    readTitle([block], family)
    // Titles of tables may read like one, but name no year.
    guard year != nil else { return nil }
  }

  /// Whether two titles name different agencies or years.
  func isOther(than other: ReportFacts) -> Bool {
    if let year, let second = other.year, year != second { return true }
    if let agency, let second = other.agency, agency != second { return true }
    return false
  }

  /// Only what the title says.
  init(titleOf blocks: [Block], family: FamilyDescription) {
    readTitle(blocks, family)
  }

  // MARK: - Title

  /// Whether a text is a title of the family.
  static func isTitle(_ text: String, of family: FamilyDescription) -> Bool {
    titlePhrase(in: text, of: family) != nil
  }

  private static func titlePhrase(in text: String, of family: FamilyDescription) -> String? {
    guard text.utf8.count <= 3 * longestLine else { return nil }
    let plain = plain(text)
    guard !family.foreignTitles.contains(where: { plain.holds($0) }) else { return nil }
    if let phrase = family.titles.first(where: { plain.holds($0) }) { return phrase }
    // 信息公开2023年度报告
    let years = plain.filter { !$0.isDigitOrYear }
    return years.utf8.count == plain.utf8.count ? nil : family.titles.first { years.holds($0) }
  }

  private mutating func readTitle(_ blocks: [Block], _ family: FamilyDescription) {
    let texts = blocks.map { block in
      guard block.kind != .table else { return block.table?.caption ?? "" }
      // 第二部分 may be a label and be cut anywhere.
      let label = block.label.flatMap { $0.hasPrefix("第") ? $0 : nil } ?? ""
      return label + block.text
    }
    for start in texts.indices where texts[start].utf8.count <= 4 * Self.longestLine {
      var joined = ""
      for end in start..<min(start + Self.titleBlocks, texts.count) {
        guard blocks[end].table == nil || end == start else { break }
        joined += texts[end]
        guard joined.utf8.count <= 4 * Self.longestLine else { break }
        guard let phrase = Self.titlePhrase(in: joined, of: family) else { continue }
        // The shortest run of blocks that is a title, and the agency alone in front of it.
        title = joined.split(whereSeparator: \.isWhitespace).joined()
        let plain = Self.plain(joined)
        year = Self.year(in: plain)
        agency = Self.agency(in: plain, phrase: phrase)
        return
      }
    }
  }

  /// The text without white space.
  private static func plain(_ text: String) -> String {
    var plain = String.UnicodeScalarView()
    for scalar in text.unicodeScalars where !scalar.properties.isWhitespace { plain.append(scalar) }
    return String(plain)
  }

  /// What stands in front of 信息公开 or another phrase of a title, without years and link words.
  private static func agency(in title: String, phrase: String) -> String? {
    let head = String(phrase.prefix(4))
    guard let range = title.place(of: head) else { return nil }
    var name = withoutYears(String(title[..<range.lowerBound]))
    // 某某人民政府信息公开 and 某某人民政府政府信息公开 are both in use.
    if head == "信息公开", name.hasSuffix("政府") {
      let shorter = String(name.dropLast(2))
      if !name.hasSuffix("人民政府") || shorter.hasSuffix("人民政府") { name = shorter }
    }
    if name.hasPrefix("第"), let mark = name.place(of: "部分") {
      name = String(name[mark.upperBound...])
    }
    for word in ["关于", "度", "的"] where name.hasSuffix(word) { name.removeLast(word.count) }
    if name.hasPrefix("关于") { name.removeFirst(2) }
    while let last = name.last, "—-－–·:：（(《\"“".contains(last) { name.removeLast() }
    while let first = name.first, "—-－–·《\"“".contains(first) { name.removeFirst() }
    return name.count >= 2 ? name : nil
  }

  private static func withoutYears(_ text: String) -> String {
    var result = ""
    var rest = Substring(text)
    while let first = rest.first {
      if let (year, end) = leadingYear(of: rest), year > 0 {
        rest = rest[end...]
        if rest.first == "度" { rest.removeFirst() }
      } else {
        result.append(first)
        rest.removeFirst()
      }
    }
    return result
  }

  /// The name behind 编制部门： and the like, up to what is printed beside it.
  private static func named(_ blocks: [Block], by labels: [String]) -> String? {
    for block in blocks {
      let text = block.table?.unitText ?? block.text
      guard text.utf8.count <= 3 * longestLine,
        text.unicodeScalars.contains("：") || text.contains(":")
      else { continue }
      for label in labels {
        guard let end = text.place(of: label)?.upperBound else { continue }
        let rest = text[end...].drop { $0.isWhitespace }
        guard let mark = rest.first, "：:".contains(mark) else { continue }
        var name = String(rest.dropFirst().drop { $0.isWhitespace })
        for stop in ["金额单位", "单位：", "单位:", "日期", "\n", "\t", "  ", "　"] {
          if let range = name.place(of: stop) { name = String(name[..<range.lowerBound]) }
        }
        let plain = Self.plain(name)
        if plain.count >= 4, isName(plain) { return plain }
      }
    }
    return nil
  }

  // MARK: - Years and dates

  /// The first year that a text names, as 2023年 or 二〇二三年.
  static func year(in text: String) -> Int? {
    var rest = Substring(text)
    while !rest.isEmpty {
      if let (year, _) = leadingYear(of: rest) { return year }
      rest.removeFirst()
    }
    return nil
  }

  /// The year at the start of a text, and where it ends.
  private static func leadingYear(of text: Substring) -> (Int, Substring.Index)? {
    var value = 0
    var count = 0
    var index = text.startIndex
    while index < text.endIndex, count < 4, let digit = digit(text[index]) {
      value = 10 * value + digit
      count += 1
      index = text.index(after: index)
    }
    guard count == 4, 1980...2100 ~= value, index < text.endIndex, text[index] == "年" else {
      return nil
    }
    return (value, text.index(after: index))
  }

  private static func digit(_ character: Character) -> Int? {
    if let value = character.wholeNumberValue, 0...9 ~= value { return value }
    return character == "○" || character == "O" ? 0 : nil
  }

  /// A day as ISO 8601, from 2024年1月15日, 2024-01-15 or 二〇二四年一月十五日.
  static func date(in text: String) -> String? {
    let numbers = text.filter { !$0.isWhitespace }
    var rest = Substring(numbers)
    while let first = rest.first {
      guard digit(first) != nil else {
        rest.removeFirst()
        continue
      }
      var parts: [Int] = []
      var cursor = rest
      while parts.count < 3, let (value, after) = leadingNumber(of: cursor, isYear: parts.isEmpty) {
        parts.append(value)
        cursor = after
        guard let mark = cursor.first, "年月日-/.－．".contains(mark) else { break }
        cursor.removeFirst()
      }
      if parts.count == 3, 1980...2100 ~= parts[0], 1...12 ~= parts[1], 1...31 ~= parts[2] {
        return "\(parts[0])-\(padded(parts[1]))-\(padded(parts[2]))"
      }
      while let next = rest.first, digit(next) != nil { rest.removeFirst() }
    }
    return nil
  }

  /// A number at the start; 十一 and 二十 are numbers, 二〇二四 is a year by its digits.
  private static func leadingNumber(
    of text: Substring, isYear: Bool
  ) -> (Int, Substring)? {
    var rest = text
    var value = 0
    var count = 0
    while let character = rest.first, count < 4 {
      if !isYear, character == "十" {
        value = value == 0 ? 10 : value * 10
        rest.removeFirst()
        if let next = rest.first, let digit = digit(next) {
          value += digit
          rest.removeFirst()
        }
        return (value, rest)
      }
      guard let digit = digit(character) else { break }
      value = 10 * value + digit
      count += 1
      rest.removeFirst()
    }
    return count > 0 && (!isYear || count == 4) ? (value, rest) : nil
  }

  private static func padded(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }

  private mutating func readDates(_ blocks: [Block]) {
    let lines = blocks.filter { $0.table == nil && $0.text.utf8.count <= 4 * Self.longestLine }
    for block in lines {
      guard block.text.unicodeScalars.contains("期") || block.text.unicodeScalars.contains("间")
      else { continue }
      let text = Self.plain(block.text)
      for word in ["发布日期", "发布时间", "公开日期", "公开时间", "发文日期", "成文日期"] {
        guard let range = text.place(of: word) else { continue }
        published = Self.date(in: String(text[range.upperBound...]))
        if published != nil { break }
      }
      if published != nil { break }
    }
    // The signature: the last lines, a day with the agency in front of it.
    let content = blocks.filter { !$0.text.isEmpty || $0.table != nil }
    guard let last = content.indices.suffix(3).last(where: { Self.isDateLine(content[$0]) })
    else { return }
    signature.insert(content[last].id)
    if published == nil { published = Self.date(in: content[last].text) }
    let name = last > 0 ? content[last - 1] : content[last]
    if last > 0, name.table == nil, name.kind != .heading, Self.isName(name.text) {
      signature.insert(name.id)
    }
  }

  private static func isDateLine(_ block: Block) -> Bool {
    guard block.table == nil else { return false }
    let text = plain(block.text)
    return text.count <= 16 && date(in: text) != nil
  }

  /// Whether a line may be the name of an agency: short, with no punctuation and no digits but those
  /// of 三河镇 or 万里街道.
  private static func isName(_ text: String) -> Bool {
    let text = plain(text)
    return 2...30 ~= text.count
      && !text.contains { "，。；：、,;:！？".contains($0) || ($0.isASCII && $0.isNumber) }
  }

  private func signer(_ blocks: [Block]) -> String? {
    blocks.last { signature.contains($0.id) && Self.isName($0.text) }
      .map { Self.plain($0.text) }
  }

  /// The year of 自2023年1月1日起至2023年12月31日 or the first year of the text.
  private static func period(_ blocks: [Block]) -> Int? {
    for block in blocks where block.table == nil {
      let text = plain(block.text)
      guard let range = text.place(of: "1月1日") else { continue }
      if let year = year(in: String(text[..<range.lowerBound].suffix(6))) { return year }
    }
    return nil
  }
}

extension Character {
  fileprivate var isDigitOrYear: Bool { isNumber || self == "年" || self == "度" || self == "○" }
}
