import ArgumentParser
import Conversion
import ProcessIsolation

/// `boxhead worker`: answers requests, a line each, for a supervisor of any kind.
struct WorkerCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "worker",
    abstract: "Converts what is asked for, line by line, for another program.",
    discussion: """
      Reads requests from standard input and writes answers to standard output, one JSON object a \
      line. The first line says hello with the version and the options. Ends with its input. A \
      document that brings it down is answered before it ends; the supervisor starts another one.

      REQUEST
        {"id": "1", "path": "/data/report.pdf"}
        with bytes (base64) in place of path; sha256, name, deadline (seconds), document (false for \
      a summary alone), options {pages, revisions, recognize}, output {folder, stem, forms, long}

      ANSWER
        {"id": "1", "page": 3}                      a sign of life
        {"id": "1", "ok": true, …, "document": {…}}
        {"id": "1", "ok": false, "error": {"code", "stage", "page", "retryable", "message"}}

      The article Bulk of the documentation describes all members.
      """)

  @Option(
    name: .customLong("to"),
    help: ArgumentHelp("Forms for requests with an output that names none.", valueName: "forms"))
  var forms = "json"

  @Flag(help: "Write CSV and TSV as one line for each value.")
  var long = false

  @Option(
    help: ArgumentHelp(
      "The state of tracked changes: accepted, original or all.", valueName: "state"))
  var revisions = Converter.Options.Revisions.accepted.rawValue

  @Option(
    help: ArgumentHelp(
      "The pages that are read from their pictures.", valueName: "auto|always|never"))
  var recognize = Converter.Options.Recognition.auto.rawValue

  @Option(
    help: ArgumentHelp(
      "LibreOffice, for .doc, .wps, .rtf and .odt.", valueName: "auto|never|path"),
    transform: LibreOffice.Choice.init)
  var office = LibreOffice.Choice.auto

  @Option(
    help: ArgumentHelp("Refuse documents with more pages than this.", valueName: "count"))
  var maxPages: Int?

  @Option(help: ArgumentHelp("Refuse requests longer than this.", valueName: "MiB"))
  var maxLine = 128

  @Flag(help: "Give up system calls that no reader needs (seccomp).")
  var confine = false

  func validate() throws {
    guard (1...1024).contains(maxLine) else {
      throw ValidationError("expected --max-line between 1 and 1024, found \(maxLine)")
    }
    guard maxPages ?? 1 > 0 else {
      throw ValidationError("expected --max-pages from 1, found \(maxPages ?? 0)")
    }
  }

  func run() throws {
    var defaults = WorkerRequest.Defaults()
    do throws(WorkerRequest.Refusal) {
      try defaults.set(forms: forms, isLong: long)
      try defaults.set(revisions: revisions)
      try defaults.set(recognize: recognize)
    } catch {
      throw ValidationError(error.message)
    }
    let worker = try DocumentWorker(
      defaults: defaults, office: office, maxPages: maxPages,
      isConfined: confine && LastAnswers.forbidSystemCalls())
    try worker.run(longestLine: maxLine << 20)
  }
}
