internal import DocumentModel
internal import PackageReading

/// An equation while it is being read, and its two written forms.
///
/// Office Math is kept as a small tree of the elements that carry meaning; the text form and the
/// MathML form are written from it. What the tree does not know (borders, breaks) is passed
/// through: its content counts as if it stood there itself.
///
/// Sources: ISO/IEC 29500-1, 22.1; MathML 3.0, chapter 3.
struct EquationBuilder {
  private struct Node {
    var name: XMLName
    var text = ""
    var children: [Node] = []
    /// The characters that properties name: operator, delimiters, accent.
    var characters: [XMLName: String] = [:]

    func child(_ name: XMLName) -> Node? { children.first { $0.name == name } }
  }

  let isDisplayed: Bool
  private var open: [Node] = [Node(name: .math)]

  init(isDisplayed: Bool) {
    self.isDisplayed = isDisplayed
  }

  mutating func start(_ name: XMLName, _ attributes: XMLAttributes) {
    switch name {
    case .mathCharacter, .mathBeginCharacter, .mathEndCharacter, .mathSeparatorCharacter,
      .mathFractionType, .mathPosition, .mathDegreeHidden, .mathNormalText, .mathStyle:
      // They stand in a property element, whose owner is one level up.
      let owner = max(0, open.count - 2)
      let value = attributes.string(.val) ?? (name == .mathDegreeHidden ? "1" : "")
      open[owner].characters[name] = value
    default: break
    }
    open.append(Node(name: name))
  }

  mutating func end() {
    guard open.count > 1 else { return }
    let node = open.removeLast()
    open[open.count - 1].children.append(node)
  }

  mutating func append(_ text: String) {
    open[open.count - 1].text += text
  }

  func equation() -> Equation {
    let root = open[0]
    let display = isDisplayed ? " display=\"block\"" : ""
    return Equation(
      text: Self.text(root.children),
      mathML: "<math xmlns=\"http://www.w3.org/1998/Math/MathML\"\(display)>"
        + Self.mathML(root.children) + "</math>", isDisplayed: isDisplayed)
  }

  // MARK: - Text

  private static func text(_ nodes: [Node]) -> String {
    nodes.reduce(into: "") { $0 += text($1) }
  }

  private static func text(_ node: Node?) -> String {
    guard let node else { return "" }
    func part(_ name: XMLName) -> String { text(node.child(name)?.children ?? []) }
    /// In brackets when it is more than one word.
    func group(_ name: XMLName) -> String {
      let inner = part(name)
      let isWord = inner.unicodeScalars.allSatisfy {
        $0.properties.isAlphabetic || $0.properties.numericType != nil
      }
      return isWord ? inner : "(\(inner))"
    }
    let elements = node.children.filter { $0.name == .mathElement }
    switch node.name {
    case .mathText: return node.text
    case .mathFraction: return group(.mathNumerator) + "/" + group(.mathDenominator)
    case .mathRadical:
      let degree = part(.mathDegree)
      return degree + "√" + group(.mathElement)
    case .mathSuperscript: return part(.mathElement) + "^" + group(.mathSup)
    case .mathSubscript: return part(.mathElement) + "_" + group(.mathSub)
    case .mathSubSuperscript:
      return part(.mathElement) + "_" + group(.mathSub) + "^" + group(.mathSup)
    case .mathPreScript:
      return "_" + group(.mathSub) + "^" + group(.mathSup) + part(.mathElement)
    case .mathNary:
      let low = part(.mathSub)
      let high = part(.mathSup)
      return (node.characters[.mathCharacter] ?? "∫") + (low.isEmpty ? "" : "_(\(low))")
        + (high.isEmpty ? "" : "^(\(high))") + " " + part(.mathElement)
    case .mathDelimiter:
      let inner = elements.map { text($0.children) }
      return (node.characters[.mathBeginCharacter] ?? "(")
        + inner.joined(separator: node.characters[.mathSeparatorCharacter] ?? "|")
        + (node.characters[.mathEndCharacter] ?? ")")
    case .mathFunction: return part(.mathFunctionName) + " " + part(.mathElement)
    case .mathLimitLow: return part(.mathElement) + "_" + group(.mathLimit)
    case .mathLimitUpp: return part(.mathElement) + "^" + group(.mathLimit)
    case .mathMatrix:
      let rows = node.children.filter { $0.name == .mathMatrixRow }
      return rows.map { row in
        row.children.filter { $0.name == .mathElement }.map { text($0.children) }
          .joined(separator: ", ")
      }.joined(separator: "; ")
    case .mathEquationArray: return elements.map { text($0.children) }.joined(separator: "; ")
    case .mathAccent: return part(.mathElement) + (node.characters[.mathCharacter] ?? "\u{302}")
    default: return text(node.children)
    }
  }

  // MARK: - MathML

  private static func mathML(_ nodes: [Node]) -> String {
    nodes.reduce(into: "") { $0 += mathML($1) }
  }

  private static func row(_ node: Node?) -> String {
    "<mrow>" + mathML(node?.children ?? []) + "</mrow>"
  }

  private static func mathML(_ node: Node) -> String {
    func part(_ name: XMLName) -> String { row(node.child(name)) }
    let elements = node.children.filter { $0.name == .mathElement }
    func mark(_ name: XMLName, otherwise: String) -> String {
      "<mo>" + escaped(node.characters[name] ?? otherwise) + "</mo>"
    }
    switch node.name {
    case .mathRun:
      let isPlain = node.characters[.mathNormalText] != nil
      return node.children.filter { $0.name == .mathText }.reduce(into: "") {
        $0 += isPlain ? "<mtext>" + escaped($1.text) + "</mtext>" : tokens($1.text)
      }
    case .mathText: return tokens(node.text)
    case .mathFraction:
      let line = node.characters[.mathFractionType] == "noBar" ? " linethickness=\"0\"" : ""
      return "<mfrac\(line)>" + part(.mathNumerator) + part(.mathDenominator) + "</mfrac>"
    case .mathRadical:
      if let degree = node.child(.mathDegree), !degree.children.isEmpty {
        return "<mroot>" + part(.mathElement) + row(degree) + "</mroot>"
      }
      return "<msqrt>" + part(.mathElement) + "</msqrt>"
    case .mathSuperscript: return "<msup>" + part(.mathElement) + part(.mathSup) + "</msup>"
    case .mathSubscript: return "<msub>" + part(.mathElement) + part(.mathSub) + "</msub>"
    case .mathSubSuperscript:
      return "<msubsup>" + part(.mathElement) + part(.mathSub) + part(.mathSup) + "</msubsup>"
    case .mathPreScript:
      return "<mmultiscripts>" + part(.mathElement) + "<mprescripts/>" + part(.mathSub)
        + part(.mathSup) + "</mmultiscripts>"
    case .mathNary:
      return "<mrow><munderover>" + mark(.mathCharacter, otherwise: "∫") + part(.mathSub)
        + part(.mathSup) + "</munderover>" + part(.mathElement) + "</mrow>"
    case .mathDelimiter:
      return "<mrow>" + mark(.mathBeginCharacter, otherwise: "(")
        + elements.map { row($0) }.joined(separator: mark(.mathSeparatorCharacter, otherwise: "|"))
        + mark(.mathEndCharacter, otherwise: ")") + "</mrow>"
    case .mathFunction:
      return "<mrow>" + part(.mathFunctionName) + "<mo>\u{2061}</mo>" + part(.mathElement)
        + "</mrow>"
    case .mathLimitLow:
      return "<munder>" + part(.mathElement) + part(.mathLimit) + "</munder>"
    case .mathLimitUpp: return "<mover>" + part(.mathElement) + part(.mathLimit) + "</mover>"
    case .mathMatrix:
      return "<mtable>" + mathML(node.children.filter { $0.name == .mathMatrixRow }) + "</mtable>"
    case .mathMatrixRow:
      return "<mtr>" + elements.reduce(into: "") { $0 += "<mtd>" + row($1) + "</mtd>" } + "</mtr>"
    case .mathEquationArray:
      return "<mtable>"
        + elements.reduce(into: "") { $0 += "<mtr><mtd>" + row($1) + "</mtd></mtr>" } + "</mtable>"
    case .mathAccent:
      return "<mover accent=\"true\">" + part(.mathElement)
        + mark(.mathCharacter, otherwise: "\u{302}") + "</mover>"
    case .mathGroupCharacter:
      let tag = node.characters[.mathPosition] == "top" ? "mover" : "munder"
      return "<\(tag)>" + part(.mathElement) + mark(.mathCharacter, otherwise: "⏟") + "</\(tag)>"
    case .mathBar:
      let tag = node.characters[.mathPosition] == "top" ? "mover" : "munder"
      return "<\(tag)>" + part(.mathElement) + "<mo>¯</mo></\(tag)>"
    case .mathPhantom: return "<mphantom>" + part(.mathElement) + "</mphantom>"
    default: return mathML(node.children)
    }
  }

  /// Numbers, identifiers and operators of a run of mathematical text.
  private static func tokens(_ text: String) -> String {
    var result = ""
    var number = ""
    func flush() {
      if !number.isEmpty { result += "<mn>\(number)</mn>" }
      number = ""
    }
    for scalar in text.unicodeScalars {
      if scalar.properties.numericType != nil || (scalar == "." && !number.isEmpty) {
        number.unicodeScalars.append(scalar)
        continue
      }
      flush()
      if scalar.properties.isWhitespace { continue }
      let tag = scalar.properties.isAlphabetic ? "mi" : "mo"
      result += "<\(tag)>" + escaped(String(scalar)) + "</\(tag)>"
    }
    flush()
    return result
  }

  private static func escaped(_ text: String) -> String {
    var result = ""
    for character in text {
      switch character {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      default: result.append(character)
      }
    }
    return result
  }
}
