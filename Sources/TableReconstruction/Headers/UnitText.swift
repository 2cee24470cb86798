/// Finds units in headers, in unit lines and behind numbers.
package enum UnitText {
  /// The unit that a line such as "单位：万元", "Unit: EUR million" or "(thousands)" says.
  package static func unit(ofLine text: String) -> String? {
    guard mayBeUnitLine(text) else { return nil }
    let trimmed = text.trimmingSpaces()
    let lowered = mayStartWithPrefix(trimmed) ? trimmed.lowercased() : ""
    for prefix in prefixes where !lowered.isEmpty && lowered.hasPrefix(prefix) {
      let rest = Substring(trimmed.dropFirst(prefix.count)).trimmingSpaces()
      guard let colon = rest.first, colon == ":" || colon == "：" else { continue }
      let unit = Substring(rest.dropFirst()).trimmingSpaces()
      return unit.isEmpty || unit.count > 40 ? nil : unit
    }
    if let scale = scale(trimmed) { return scale }
    if let inner = parenthesized(trimmed), inner.count == trimmed.count - 2 {
      if let unit = unit(ofLine: inner) { return unit }
      return isUnitPhrase(inner) ? inner : nil
    }
    return nil
  }

  /// Whether a text starts as one of the forms of a unit line does and has the colon or bracket that it
  /// needs; most do not.
  private static func mayBeUnitLine(_ text: String) -> Bool {
    guard let first = text.utf8.first else { return false }
    switch first {
    case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "("): return true
    case UInt8(ascii: "i"), UInt8(ascii: "I"), UInt8(ascii: "A"):
      return text.utf8.dropFirst().first == UInt8(ascii: "n")
    case UInt8(ascii: "u"), UInt8(ascii: "U"), UInt8(ascii: "e"), UInt8(ascii: "E"), 0x80...:
      // Full-width colons and brackets start with 0xEF.
      return text.utf8.contains {
        $0 == UInt8(ascii: ":") || $0 == UInt8(ascii: "(") || $0 == 0xEF
      }
    default: return false
    }
  }

  /// "In millions of dollars", "in thousand EUR", "in 1 000", "Angaben in Prozent".
  private static func scale(_ text: String) -> String? {
    guard text.utf8.count <= 40,
      let prefix = ["In ", "in ", "Angaben in "].first(where: text.hasPrefix)
    else { return nil }
    let unit = String(text.dropFirst(prefix.count))
    let digits = unit.filter { $0 != "." && $0 != "," && !$0.isWhitespace }
    if digits.hasPrefix("1000"), unit.hasPrefix("1") { return unit }
    let first = unit.prefix { $0.isLetter }.lowercased()
    return scales.contains(first) && !unit.hasSuffix(".") ? unit : nil
  }

  private static let scales: Set<String> = [
    "thousand", "thousands", "million", "millions", "billion", "billions", "per", "percent",
    "tausend",
    "mio", "mrd", "tsd", "prozent", "milliers", "eur", "usd",
  ]

  /// The unit in the last parentheses of a header: "增长（%）", "收费金额（单位：万元）", "Area (ha)".
  ///
  /// A head may also be a unit line itself, and have a footnote mark behind.
  package static func unit(ofHeader head: String) -> String? {
    // A letter at the end is neither a bracket nor a mark.
    if let last = head.utf8.last, (0x61...0x7A).contains(last | 0x20), !mayBeUnitLine(head) {
      return nil
    }
    // Other heads than unit lines have a bracket or the sign of percent; full-width ones start with 0xEF.
    guard
      mayBeUnitLine(head)
        || head.utf8.contains(where: {
          $0 == UInt8(ascii: ")") || $0 == UInt8(ascii: "%") || $0 == 0xEF
        })
    else { return nil }
    let text = FootnoteMark.split(head).text
    guard let last = text.last, last == ")" || last == "）",
      let open = text.lastIndex(where: { $0 == "(" || $0 == "（" })
    else { return text.hasSuffix("%") ? "%" : unit(ofLine: text) }
    let inner = String(text[text.index(after: open)...].dropLast()).trimmingSpaces()
    if let unit = unit(ofLine: inner) { return unit }
    return isUnitPhrase(inner) ? inner : nil
  }

  /// The unit that a caption says: in its last parentheses, or in words behind it (… 单位：万元).
  package static func unit(ofCaption text: String) -> String? {
    if let unit = unit(ofHeader: text), unit != "%" || !text.hasSuffix("%") { return unit }
    var tail = text[...]
    for _ in 0..<2 {
      guard let space = tail.firstIndex(where: \.isWhitespace) else { return nil }
      tail = tail[space...].drop(while: \.isWhitespace)
      if tail.count <= 40, let unit = unit(ofLine: String(tail)) { return unit }
    }
    return nil
  }

  /// Whether a text is a unit and nothing else: the entries of a column of units.
  package static func isUnit(_ text: String) -> Bool {
    isUnitPhrase(text.trimmingSpaces())
  }

  /// Whether one of `prefixes` may start a text, by its first byte.
  private static func mayStartWithPrefix(_ text: String) -> Bool {
    text.utf8.first.map { $0 >= 0x80 || "uUeE".utf8.contains($0) } ?? false
  }

  private static let prefixes = [
    "计量单位", "金额单位", "单位", "unité", "unit", "units", "einheit", "единица измерения", "ед. изм.",
  ]

  private static func parenthesized(_ text: String) -> String? {
    guard let first = text.first, let last = text.last, first == "(" || first == "（",
      last == ")" || last == "）"
    else { return nil }
    return String(text.dropFirst().dropLast())
  }

  private static func isUnitPhrase(_ text: String) -> Bool {
    // A rate: 万立方米/日, EUR/kg. A full-width stroke starts with 0xEF.
    if text.utf8.contains(where: { $0 == UInt8(ascii: "/") || $0 == 0xEF }),
      let slash = text.firstIndex(where: { $0 == "/" || $0 == "／" }), slash != text.startIndex
    {
      let base = String(text[..<slash])
      if signs.contains(base) || chinese.contains(base) || words.contains(base.lowercased()) {
        return text.count <= 30
      }
    }
    if text.isEmpty || text.utf8.count > 30 && text.count > 30 { return false }
    if signs.contains(text) || chinese.contains(text) { return true }
    let lower = text.lowercased()
    if words.contains(lower) { return true }
    guard lower.utf8.contains(UInt8(ascii: " ")) else { return false }
    // One of the words in front of a space, or behind one.
    var spaces = lower.indices.lazy.filter { lower[$0] == " " }.makeIterator()
    while let space = spaces.next() {
      if words.contains(String(lower[..<space]))
        || words.contains(String(lower[lower.index(after: space)...]))
      {
        return true
      }
    }
    return false
  }

  private static let signs: Set<String> = [
    "%", "‰", "％", "°C", "℃", "€", "$", "£", "¥", "￥", "m", "m²", "m2", "km", "km²", "km2", "kg",
    "t", "ha", "l", "g", "h", "s", "kWh", "MWh", "GWh", "TWh", "GW", "MW", "kW", "Mt", "Kt", "kt",
  ]
  private static let chinese: Set<String> = [
    "元", "万元", "亿元", "千元", "百万元", "美元", "万美元", "亿美元", "人", "万人", "户", "万户", "个", "件", "条",
    "次", "份", "项", "篇", "场", "吨", "万吨", "千克", "公斤", "克", "公里", "千米", "米", "平方米", "万平方米",
    "平方公里", "公顷", "千公顷", "亩", "万亩", "立方米", "万立方米", "亿立方米", "千瓦时", "万千瓦时", "亿千瓦时", "千瓦", "台", "辆",
    "套", "岁", "年", "天", "小时", "家", "所", "张", "册", "万册", "头", "万头", "只", "万只", "人次", "万人次", "篇次",
    "百分点", "个百分点", "件次", "宗", "起", "名", "页", "位", "处", "座", "艘", "架", "箱", "桶", "万件", "公里/小时",
  ]
  private static let words: Set<String> = [
    "thousands", "thousand", "millions", "million", "billions", "billion", "percent", "per cent",
    "in %", "eur", "euro", "euros", "usd", "dollars", "dollar", "gbp", "mio. eur", "mio. €", "tsd.",
    "mrd. eur", "m€", "k€", "€m", "tonnes", "tons", "hectares", "persons", "number", "anzahl",
    "prozent", "en %", "milliers", "millions d'euros", "тыс.", "млн", "млрд", "руб.", "тыс. руб.",
    "млн руб.", "рублей", "процентах", "чел.", "shares", "years", "hours", "ktoe", "mtoe",
  ]
}

extension StringProtocol {
  /// The text without white space at its ends.
  func trimmingSpaces() -> String {
    // Most texts start and end with an ASCII sign that is no space.
    if let first = unicodeScalars.first?.value, let last = unicodeScalars.last?.value,
      (0x21..<0x80).contains(first), (0x21..<0x80).contains(last)
    {
      return String(self)
    }
    var view = self[...]
    while let first = view.first, first.isWhitespace { view = view.dropFirst() }
    while let last = view.last, last.isWhitespace { view = view.dropLast() }
    return String(view)
  }
}
