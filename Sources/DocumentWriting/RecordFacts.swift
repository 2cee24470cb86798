import DocumentModel

/// What a record says, in a few lines for readers; the whole of it is in the JSON.
struct RecordFacts {
  /// Names and texts, in order.
  let facts: [(name: StaticString, text: String)]
  /// Sums that do not hold: what they are, and the cells in them.
  let failures: [(text: String, cells: [String])]

  init(_ record: Record) {
    let count = { (result: Bool?) in record.identities.count { $0.holds == result } }
    var facts: [(name: StaticString, text: String)] = [
      ("Family", "\(record.family) \(record.generation)")
    ]
    if let title = record.title { facts.append(("Title", title)) }
    if let agency = record.agency { facts.append(("Agency", agency)) }
    if let year = record.year { facts.append(("Year", "\(year)")) }
    if let published = record.published { facts.append(("Published", published)) }
    facts.append(
      (
        "Sums", "\(count(true)) hold, \(count(false)) fail, \(count(nil)) cannot be told"
      ))
    self.facts = facts
    failures = record.identities.filter { $0.holds == false }.map { identity in
      let sides = [identity.left, identity.right].map { $0.map(Self.text) ?? "" }
      return (
        "\(identity.id): \(sides[0]) ≠ \(sides[1])", identity.leftCells + identity.rightCells
      )
    }
  }

  private static func text(_ number: Double) -> String {
    var output = OutputBytes(capacity: 32)
    _ = output.append(number: number)
    return String(decoding: output.bytes, as: UTF8.self)
  }
}
