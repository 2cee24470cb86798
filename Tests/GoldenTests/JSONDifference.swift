import DocumentWriting

/// What differs between two JSON values, one line for each place.
///
/// A place is written as a path such as `blocks[3].cells[12].text`. Elements of arrays are compared
/// by position; where lengths differ, the elements that only one side has are counted.
enum JSONDifference {
  /// - Returns: Lines such as `blocks[0].text: expected "a", found "b"`; empty for equal values.
  static func lines(expected: JSONValue, actual: JSONValue) -> [String] {
    var lines: [String] = []
    compare(expected, actual, at: "", into: &lines)
    return lines
  }

  private static func compare(
    _ expected: JSONValue, _ actual: JSONValue, at path: String, into lines: inout [String]
  ) {
    switch (expected, actual) {
    case (.object(let old), .object(let new)):
      for member in old {
        let place = path.isEmpty ? member.name : "\(path).\(member.name)"
        if let value = actual[member.name] {
          compare(member.value, value, at: place, into: &lines)
        } else {
          lines.append("\(place): expected \(shown(member.value)), found no such member")
        }
      }
      for member in new where expected[member.name] == nil {
        let place = path.isEmpty ? member.name : "\(path).\(member.name)"
        lines.append("\(place): expected no such member, found \(shown(member.value))")
      }
    case (.array(let old), .array(let new)):
      for (index, pair) in zip(old, new).enumerated() {
        compare(pair.0, pair.1, at: "\(path)[\(index)]", into: &lines)
      }
      if old.count != new.count {
        lines.append("\(path): expected \(old.count) elements, found \(new.count)")
      }
    default:
      if expected.canonicalBytes != actual.canonicalBytes {
        lines.append("\(path): expected \(shown(expected)), found \(shown(actual))")
      }
    }
  }

  private static func shown(_ value: JSONValue) -> String {
    let text = String(decoding: value.canonicalBytes, as: UTF8.self)
    return text.count > 100 ? text.prefix(100) + "…" : text
  }
}
