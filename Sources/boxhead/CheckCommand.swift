import ArgumentParser
import Conversion
import DocumentModel
import DocumentWriting
import Glibc
import ProcessIsolation

/// `boxhead check`: whether documents add up.
struct CheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Checks that the figures of documents add up.",
    discussion: """
      For a document of a known family, every identity that its figures must keep and what else is \
      worth a look: which cells, what a figure should be, and where it stands. For every table, \
      the rows and columns that it calls totals. Over several files, one year against the next and \
      a government against its units. A blank is never taken as 0; what would hold if it were is \
      said apart.

      With --to json there is a line for each document and, for several, one for what was compared \
      across them.

      EXIT STATUS
      \(ExitStatus.table)
      """)

  /// How the report is written.
  enum Form: String, CaseIterable, ExpressibleByArgument {
    case text
    case json
  }

  @Argument(
    help: "Documents as for convert, JSON of boxhead too; - is standard input.", completion: .file()
  )
  var files: [String]

  @Option(name: .customLong("to"), help: "The form of the report.")
  var form = Form.text

  @Option(name: .shortAndLong, help: "A file for the report, or - .", completion: .file())
  var output: String?

  @Option(
    help: ArgumentHelp(
      "LibreOffice, for .doc, .wps, .rtf and .odt: auto, never, or where its program is.",
      valueName: "auto|never|path"),
    transform: LibreOffice.Choice.init)
  var office = LibreOffice.Choice.auto

  @OptionGroup
  var limits: LimitOptions

  func run() throws {
    guard files.count(where: { $0 == "-" }) <= 1 else {
      throw ValidationError("expected standard input (-) once, found it several times")
    }
    let tag = getpid()
    let office = LibreOffice(choice: office, tag: tag)
    let checker = DocumentChecker(converter: Converter(legacyReader: office))
    var report = ""
    var records: [(file: String, record: Record)] = []
    let status = DocumentRun.run(files, limits: limits.workerLimits) { index, bytes, reporter in
      office.report(to: reporter)
      defer { if index == files.count - 1 { office.close() } }
      let result = try checker.check(bytes, name: FileName.lastComponent(of: files[index])) {
        reporter.working(page: $0)
      }
      return WorkResult(
        status: (result.isSound ? ExitStatus.success : .checkFailed).rawValue,
        message: Self.answer(result, form, isAlone: files.count == 1))
    } answered: { index, answer in
      guard let answer = try? JSONParser.parse(Array(answer.utf8)) else { return }
      report += answer["report"]?.text ?? ""
      for record in RecordFigures.records(from: answer["records"] ?? .null) {
        records.append((FileName.lastComponent(of: files[index]), record))
      }
    } judged: { _, _, isFinished in
      if !isFinished { office.removeFolders() }
    }
    let series = SeriesReport(records)
    if files.count > 1, !series.isEmpty {
      report += form == .text ? series.text : Self.line(series.json)
    }
    if let output, output != "-" {
      try OutputFile.replace(output, with: Array(report.utf8), tag: tag)
    } else {
      try Terminal.print(report)
    }
    if status != .success { throw status }
  }

  /// The report on a document, and its figures where they are compared with others.
  private static func answer(_ result: CheckReport, _ form: Form, isAlone: Bool) -> String {
    let report = form == .text ? result.text : line(result.json)
    let answer = JSONValue.object([
      .init(name: "records", value: isAlone ? .null : RecordFigures.json(of: result.records)),
      .init(name: "report", value: .string(report)),
    ])
    return String(decoding: answer.canonicalBytes, as: UTF8.self)
  }

  private static func line(_ value: JSONValue) -> String {
    String(decoding: value.canonicalBytes, as: UTF8.self) + "\n"
  }
}
