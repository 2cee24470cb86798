public import DocumentModel
public import DocumentWriting
import PageGeometry
import Records

/// What checking one document found, for people and for programs.
public struct CheckReport: Sendable {
  /// The name of the file.
  public let file: String
  /// The records of the document; none for a document of no known family.
  public let records: [Record]
  private let recordFindings: [[Finding]]
  private let sums: [TableSums.Result]
  private let captions: [String: String]
  private let places: [String: (page: Int, box: [Double])]

  init(file: String, document: Document) {
    self.file = file
    records = document.records
    recordFindings = document.records.map {
      RecordCheck($0, blocks: document.blocks).findings()
    }
    // What the identities of a family say of a table is more than what its words say.
    let known = Set(
      document.records.flatMap { record in
        record.identities.flatMap { $0.leftCells + $0.rightCells }
      }.compactMap { cell in cell.lastIndex(of: "c").map { String(cell[..<$0]) } })
    sums = document.blocks.filter { !known.contains($0.id) }.compactMap { TableSums($0)?.result() }
    captions = Dictionary(
      document.blocks.compactMap { block in block.table?.caption.map { (block.id, $0) } },
      uniquingKeysWith: { first, _ in first })
    var places: [String: (page: Int, box: [Double])] = [:]
    let named = Set(
      (recordFindings.joined().map(\.cells) + sums.flatMap { $0.findings.map(\.cells) }).joined()
        .map(\.cell))
    for block in document.blocks {
      for (index, cell) in (block.table?.cells ?? []).enumerated() {
        let id = "\(block.id)c\(index + 1)"
        guard named.contains(id), case .page(let number, let box)? = cell.provenance.first
        else { continue }
        places[id] = (number, [box.minX, box.minY, box.maxX, box.maxY])
      }
    }
    self.places = places
  }

  /// Whether no identity of a record fails.
  public var isSound: Bool {
    !records.contains { $0.identities.contains { $0.holds == false } }
  }

  // MARK: - For people

  /// The report as lines of text.
  public var text: String {
    var lines: [String] = []
    for (record, findings) in zip(records, recordFindings) {
      let title = [record.agency, record.year.map { "\($0)" }, record.family, record.generation]
        .compactMap { $0 }.joined(separator: ", ")
      lines.append("\(file): \(title)")
      lines.append("  " + summary(of: record))
      for finding in findings { lines += self.lines(of: finding) }
    }
    if records.isEmpty { lines.append("\(file): no known family") }
    if !sums.isEmpty {
      let tested = sums.reduce(0) { $0 + $1.testedCount }
      let held = sums.reduce(0) { $0 + $1.heldCount }
      lines.append(
        "  totals: \(held) of \(tested) hold (\(Self.percent(held, tested))) in \(sums.count) tables"
      )
      for sum in sums where sum.heldCount < sum.testedCount {
        let caption = captions[sum.block].map { " \($0)" } ?? ""
        lines.append(
          "  table \(sum.block)\(caption): \(sum.heldCount) of \(sum.testedCount) totals hold")
        for finding in sum.findings { lines += self.lines(of: finding) }
      }
    }
    return lines.map { $0 + "\n" }.joined()
  }

  private func summary(of record: Record) -> String {
    let all = record.identities
    let failing = all.count { $0.holds == false }
    let unknown = all.count { $0.holds == nil }
    var parts = ["identities: \(all.count), hold \(all.count - failing - unknown), fail \(failing)"]
    if unknown > 0 {
      let held = all.count { $0.holds == nil && $0.holdsIfBlankIsZero == true }
      parts.append("cannot be told \(unknown) (with blanks as 0, \(held) of them hold)")
    }
    return parts.joined(separator: ", ")
  }

  private static func percent(_ part: Int, _ whole: Int) -> String {
    whole == 0 ? "100 %" : "\(100 * part / whole) %"
  }

  private func lines(of finding: Finding) -> [String] {
    let mark = finding.severity == .error ? "FAILS" : "warning"
    var lines = ["  \(mark) \(finding.check): \(finding.message)"]
    for cell in finding.cells {
      let path = cell.path.map { $0.split(whereSeparator: \.isNewline).joined() }
      var line =
        "    \(cell.cell)  \(path.joined(separator: " › "))  \(cell.text.isEmpty ? "(blank)" : cell.text)"
      if let expected = cell.expected { line += "  should be \(plainNumber(expected))" }
      if let place = places[cell.cell] {
        let box = place.box.map { "\(Int($0.rounded()))" }.joined(separator: ",")
        line += "  page \(place.page) at \(box)"
      }
      lines.append(line)
    }
    return lines
  }

  // MARK: - For programs

  /// The report as a JSON object.
  public var json: JSONValue {
    Self.object([
      ("file", .string(file)),
      (
        "records",
        .array(
          zip(records, recordFindings).map { record, findings in
            let all = record.identities
            return Self.object([
              ("agency", record.agency.map { .string($0) } ?? .null),
              ("family", .string(record.family)),
              ("findings", .array(findings.map { json(of: $0) })),
              ("generation", .string(record.generation)),
              (
                "identities",
                Self.object([
                  ("fail", .number(Double(all.count { $0.holds == false }))),
                  ("hold", .number(Double(all.count { $0.holds == true }))),
                  (
                    "holdIfBlankIsZero",
                    .number(Double(all.count { $0.holdsIfBlankIsZero == true }))
                  ),
                  ("total", .number(Double(all.count))),
                  ("unknown", .number(Double(all.count { $0.holds == nil }))),
                ])
              ),
              ("year", record.year.map { .number(Double($0)) } ?? .null),
            ])
          })
      ),
      (
        "sums",
        .array(
          sums.map { sum in
            Self.object([
              ("block", .string(sum.block)),
              ("findings", .array(sum.findings.map { json(of: $0) })),
              ("held", .number(Double(sum.heldCount))),
              ("share", .number((sum.share * 1000).rounded() / 1000)),
              ("tested", .number(Double(sum.testedCount))),
            ])
          })
      ),
    ])
  }

  private func json(of finding: Finding) -> JSONValue {
    Self.json(of: finding) { places[$0] }
  }

  static func json(
    of finding: Finding, place: (String) -> (page: Int, box: [Double])?
  ) -> JSONValue {
    var members: [(String, JSONValue)] = [
      (
        "cells",
        .array(
          finding.cells.map { cell in
            var members: [(String, JSONValue)] = [
              ("cell", .string(cell.cell)), ("path", .array(cell.path.map { .string($0) })),
              ("text", .string(cell.text)),
            ]
            if let expected = cell.expected { members.append(("expected", .number(expected))) }
            if let place = place(cell.cell) {
              members.append(
                ("box", .array(place.box.map { .number(($0 * 100).rounded() / 100) })))
              members.append(("page", .number(Double(place.page))))
            }
            return object(members)
          })
      ),
      ("check", .string(finding.check)), ("message", .string(finding.message)),
      ("severity", .string(finding.severity.rawValue)),
    ]
    if let left = finding.left { members.append(("left", .number(left))) }
    if let right = finding.right { members.append(("right", .number(right))) }
    return object(members)
  }

  static func object(_ members: [(String, JSONValue)]) -> JSONValue {
    .object(members.map { JSONValue.Member(name: $0.0, value: $0.1) })
  }
}
