@testable import DocumentWriting

/// Checks a value against the part of JSON Schema 2020-12 that `DocumentSchema` uses.
///
/// A keyword that is not known here is reported as a failure, so that none is ignored.
struct SchemaValidator {
  private let root: JSONValue

  init(schema: JSONValue) {
    root = schema
  }

  /// What is wrong with the value, each with its place; empty for a valid one.
  func failures(of value: JSONValue) -> [String] {
    failures(of: value, against: root, at: "$")
  }

  private func failures(of value: JSONValue, against schema: JSONValue, at path: String) -> [String]
  {
    guard case .object(let keywords) = schema else { return ["\(path): schema is not an object"] }
    return keywords.flatMap { keyword in
      check(keyword.name, keyword.value, of: schema, value: value, path: path)
    }
  }

  private func check(
    _ keyword: String, _ argument: JSONValue, of schema: JSONValue, value: JSONValue, path: String
  ) -> [String] {
    func require(_ holds: Bool) -> [String] {
      holds ? [] : ["\(path): \(keyword) \(text(argument)), found \(text(value))"]
    }
    switch keyword {
    case "$schema", "$id", "$defs", "title", "description": return []
    case "$ref":
      let name = argument.text?.split(separator: "/").last.map(String.init) ?? ""
      guard let target = root["$defs"]?[name] else { return ["\(path): no definition \(name)"] }
      return failures(of: value, against: target, at: path)
    case "anyOf":
      let results = (argument.elements ?? []).map { failures(of: value, against: $0, at: path) }
      return results.contains([]) ? [] : results.flatMap { $0 }
    case "type":
      let names = argument.elements?.compactMap(\.text) ?? [argument.text ?? ""]
      return require(names.contains { type(of: value, is: $0) })
    case "const": return require(text(value) == text(argument))
    case "enum": return require((argument.elements ?? []).contains { text($0) == text(value) })
    case "pattern":
      let expression = try? Regex(argument.text ?? "(")
      return require(expression.flatMap { value.text?.firstMatch(of: $0) } != nil)
    case "minimum": return require((value.number ?? -.infinity) >= (argument.number ?? .nan))
    case "maximum": return require((value.number ?? .infinity) <= (argument.number ?? .nan))
    case "minLength": return require((value.text?.unicodeScalars.count ?? 0) >= count(argument))
    case "minItems": return require((value.elements?.count ?? 0) >= count(argument))
    case "maxItems": return require((value.elements?.count ?? .max) <= count(argument))
    case "items":
      return (value.elements ?? []).enumerated().flatMap { index, element in
        failures(of: element, against: argument, at: "\(path)[\(index)]")
      }
    case "required":
      return (argument.elements ?? []).compactMap(\.text).filter { value[$0] == nil }
        .map { "\(path): \($0) is missing" }
    case "properties":
      return members(argument).flatMap { property in
        value[property.name].map {
          failures(of: $0, against: property.value, at: "\(path).\(property.name)")
        } ?? []
      }
    case "additionalProperties":
      let known = schema["properties"].map(members) ?? []
      return members(value).filter { member in !known.contains { $0.name == member.name } }
        .map { "\(path): \($0.name) is not in the schema" }
    default: return ["\(path): keyword \(keyword) is not known"]
    }
  }

  private func type(of value: JSONValue, is name: String) -> Bool {
    switch (value, name) {
    case (.object, "object"), (.array, "array"), (.string, "string"), (.number, "number"),
      (.bool, "boolean"), (.null, "null"):
      true
    case (.number(let number), "integer"): number == number.rounded()
    default: false
    }
  }

  private func members(_ value: JSONValue) -> [JSONValue.Member] {
    if case .object(let members) = value { members } else { [] }
  }

  private func count(_ value: JSONValue) -> Int { Int(value.number ?? -1) }

  private func text(_ value: JSONValue) -> String {
    String(decoding: value.canonicalBytes, as: UTF8.self)
  }
}
