import ArgumentParser
import Conversion
import DocumentReading
import ProcessIsolation

/// `boxhead validate`: whether files are documents in canonical JSON that agree with themselves.
struct ValidateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "validate",
    abstract: "Checks JSON against the schema and against itself.",
    discussion: """
      Beyond the schema: every position of a table's grid belongs to exactly one cell, header paths \
      lead to headers, boxes lie on their page, ids occur once and what is referred to is there. \
      What is wrong is printed, a line each.

      EXIT STATUS
      \(ExitStatus.table)
      """)

  @Argument(help: "JSON that boxhead wrote; - is standard input.", completion: .file())
  var files: [String]

  @OptionGroup
  var limits: LimitOptions

  func run() throws {
    let status = DocumentRun.run(files, limits: limits.workerLimits) { index, bytes, reporter in
      let name = FileName.lastComponent(of: files[index])
      let problems = try StoredDocument.problems(of: bytes, name: name)
      guard let first = problems.first else { return }
      reporter.writing()
      for problem in problems { try Terminal.printLine("\(files[index]): \(problem)") }
      throw ConversionError(
        file: name, stage: .detection, kind: .notADocument,
        expected: "a document without contradictions",
        found: "\(problems.count), the first at \(first.at)")
    } judged: { _, _, _ in
    }
    if status != .success { throw status }
  }
}
