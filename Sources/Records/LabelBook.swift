/// All labels of a family under numbers, so that each printed header is compared with them once.
struct LabelBook {
  /// Printings of each label.
  private var printings: [[LabelText]] = []
  private var numbers: [[LabelText]: Int] = [:]
  private var exact: [LabelText: [Int]] = [:]
  /// What printed texts were found to be like.
  private var known: [LabelText: [Float]] = [:]

  /// How many labels there are.
  var count: Int { printings.count }

  /// By label: whether it may be too short to name anything without the headers above it.
  var needAbove: [Bool] { printings.map { $0.contains { $0.scalars.count <= 2 } } }

  /// Texts less alike than this are not compared any further.
  static let least: Float = 0.25

  /// The number of a label that is written with `|` between its printings.
  mutating func number(of label: String) -> Int {
    number(of: Self.split(label, at: "|").map { LabelText($0) })
  }

  /// The numbers of a path of labels with `/` between its levels.
  mutating func path(of labels: some StringProtocol) -> [Int] {
    Self.split(labels, at: "/").map { level in
      number(of: Self.split(level, at: "|").map { LabelText($0) })
    }
  }

  private mutating func number(of texts: [LabelText]) -> Int {
    if let number = numbers[texts] { return number }
    let number = printings.count
    printings.append(texts)
    numbers[texts] = number
    for text in texts { exact[text, default: []].append(number) }
    return number
  }

  /// The parts of a description's text; by bytes, since the marks are ASCII.
  static func split(_ text: some StringProtocol, at mark: Unicode.Scalar) -> [Substring] {
    let bytes = text.utf8
    var parts: [Substring] = []
    var start = bytes.startIndex
    while start < bytes.endIndex {
      let end = bytes[start...].firstIndex(of: UInt8(ascii: mark)) ?? bytes.endIndex
      parts.append(Substring(text[start..<end]))
      start = end < bytes.endIndex ? bytes.index(after: end) : end
    }
    return parts
  }

  /// How alike a text is to each label; those that it equals have 1, and then all others 0.
  mutating func likenesses(of text: LabelText) -> [Float] {
    if let likenesses = known[text] { return likenesses }
    var result = [Float](repeating: 0, count: printings.count)
    if let equal = exact[text] {
      for number in equal { result[number] = 1 }
    } else if !text.isEmpty {
      for (number, texts) in printings.enumerated() {
        let best = texts.reduce(Float(0)) { max($0, Float(text.likeness(to: $1))) }
        if best >= Self.least { result[number] = best }
      }
    }
    known[text] = result
    return result
  }
}
