/// The code of a field: words, quoted or not, and switches.
enum FieldCode {
  /// The words of a code; quotes are taken off, `\"` and `\\` inside them resolved.
  static func words(_ code: [UInt8]) -> [String] {
    var words: [String] = []
    var word: [UInt8] = []
    var isQuoted = false
    var hasWord = false
    var index = 0
    func flush() {
      if hasWord { words.append(String(decoding: word, as: UTF8.self)) }
      word.removeAll()
      hasWord = false
    }
    while index < code.count, words.count < 64 {
      let byte = code[index]
      if isQuoted, byte == 0x5C, index + 1 < code.count,
        code[index + 1] == 0x5C || code[index + 1] == 0x22
      {
        word.append(code[index + 1])
        index += 1
      } else if byte == 0x22 {
        if isQuoted { flush() } else { hasWord = true }
        isQuoted.toggle()
      } else if !isQuoted, byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D {
        flush()
      } else {
        word.append(byte)
        hasWord = true
      }
      index += 1
    }
    flush()
    return words
  }

  /// The target of a HYPERLINK field: an address, a place behind `\l`, or both.
  static func linkTarget(_ words: [String]) -> String? {
    var address = ""
    var place: String?
    var index = 1
    while index < words.count {
      switch words[index].lowercased() {
      case "\\l" where index + 1 < words.count:
        place = words[index + 1]
        index += 1
      case "\\o" where index + 1 < words.count, "\\t" where index + 1 < words.count: index += 1
      case let word where word.hasPrefix("\\"): break
      default: if address.isEmpty { address = words[index] }
      }
      index += 1
    }
    let target = address + (place.map { "#" + $0 } ?? "")
    return target.isEmpty ? nil : target
  }
}

/// The size in the `style` of a VML shape, `width:100pt;height:50pt`, in points.
struct VMLStyle {
  var width: Double?
  var height: Double?

  init(_ style: String) {
    for declaration in style.split(separator: ";").prefix(64) {
      let pair = declaration.split(separator: ":", maxSplits: 1)
      guard pair.count == 2 else { continue }
      let name = pair[0].filter { !$0.isWhitespace }
      if name == "width" { width = Self.points(pair[1]) }
      if name == "height" { height = Self.points(pair[1]) }
    }
  }

  private static func points(_ text: Substring) -> Double? {
    let trimmed = text.filter { !$0.isWhitespace }
    for (unit, factor) in [("pt", 1.0), ("in", 72), ("cm", 72 / 2.54), ("mm", 7.2 / 2.54)]
    where trimmed.hasSuffix(unit) {
      guard let value = Double(trimmed.dropLast(2)), value.isFinite, value >= 0 else { return nil }
      return value * factor
    }
    return nil
  }
}
