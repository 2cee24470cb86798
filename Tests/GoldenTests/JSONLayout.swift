import DocumentWriting

/// Lays canonical JSON out over lines, so that a changed sample can be read in a diff.
///
/// A value that fits a line stays on it; a longer one has a line for each member or element. Only
/// white space is added: without it the bytes are the canonical ones.
enum JSONLayout {
  /// Longer than the line of a usual cell.
  private static let lineLength = 400

  static func text(of value: JSONValue) -> String {
    var output = ""
    append(value, depth: 0, to: &output)
    return output + "\n"
  }

  private static func append(_ value: JSONValue, depth: Int, to output: inout String) {
    let line = value.canonicalBytes
    switch value {
    case .array(let elements) where line.count > lineLength:
      output += "["
      for (index, element) in elements.enumerated() {
        breakLine(index, depth, &output)
        append(element, depth: depth + 1, to: &output)
      }
      output += "]"
    case .object(let members) where line.count > lineLength:
      output += "{"
      for (index, member) in members.enumerated() {
        breakLine(index, depth, &output)
        output += String(decoding: JSONValue.string(member.name).canonicalBytes, as: UTF8.self)
        output += ":"
        append(member.value, depth: depth + 1, to: &output)
      }
      output += "}"
    default:
      output += String(decoding: line, as: UTF8.self)
    }
  }

  private static func breakLine(_ index: Int, _ depth: Int, _ output: inout String) {
    output += index == 0 ? "\n" : ",\n"
    output += String(repeating: " ", count: depth + 1)
  }
}
