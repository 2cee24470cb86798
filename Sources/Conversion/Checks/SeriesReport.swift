public import DocumentModel
public import DocumentWriting
import Records

/// What checking several documents against each other found.
public struct SeriesReport: Sendable {
  private let findings: [Finding]
  private let comparisonCount: Int

  /// Compares the records of several files.
  ///
  /// - Parameter records: Records with the names of their files, in the order of the files.
  public init(_ records: [(file: String, record: Record)]) {
    let result = SeriesCheck(records.map { .init(file: $0.file, record: $0.record) }).findings()
    findings = result.findings
    comparisonCount = result.comparisonCount
  }

  /// Whether there was nothing to compare.
  public var isEmpty: Bool { comparisonCount == 0 }

  /// The report as lines of text.
  public var text: String {
    var lines = [
      "across files: \(comparisonCount - findings.count) of \(comparisonCount) comparisons hold"
    ]
    lines += findings.map { "  warning \($0.check): \($0.message)" }
    return lines.map { $0 + "\n" }.joined()
  }

  /// The report as a JSON object.
  public var json: JSONValue {
    CheckReport.object([
      ("comparisons", .number(Double(comparisonCount))),
      ("findings", .array(findings.map { CheckReport.json(of: $0) { _ in nil } })),
    ])
  }
}
