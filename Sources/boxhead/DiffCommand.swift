import ArgumentParser
import Conversion
import DocumentModel
import DocumentReading
import ProcessIsolation

/// `boxhead diff`: what two documents say differently.
struct DiffCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "diff",
    abstract: "Compares what two documents say: texts, tables, and values by their headers.",
    discussion: """
      Each is an original or JSON that boxhead wrote. Places, confidences and breaks of lines are \
      not compared, so a PDF can be compared with a Word document. A value is found again by its \
      headers: after @ stand its row and column path, after - the first document, after + the \
      second. Nothing is printed where they say the same.

      EXIT STATUS
      \(ExitStatus.table)
      """)

  @Argument(help: "A document.", completion: .file())
  var first: String

  @Argument(help: "Another document.", completion: .file())
  var second: String

  @Flag(help: "Print the differences as JSON.")
  var json = false

  @OptionGroup
  var limits: LimitOptions

  func run() throws {
    guard first != "-" || second != "-" else {
      throw ValidationError("expected standard input (-) once, found it twice")
    }
    let status = DocumentRun.run([second], limits: limits.workerLimits) { _, bytes, reporter in
      reporter.reading()
      let firstBytes = try InputFile.read(first)
      reporter.working()
      let documents = (
        try document(firstBytes, path: first, reporter), try document(bytes, path: second, reporter)
      )
      let difference = DocumentDifference(documents.0, documents.1)
      reporter.writing()
      if json {
        try Terminal.printLine(String(decoding: difference.json, as: UTF8.self))
      } else {
        try Terminal.print(difference.text)
      }
      if !difference.entries.isEmpty { throw DifferenceFound() }
    } judged: { _, _, _ in
    }
    if status != .success { throw status }
  }

  private func document(
    _ bytes: [UInt8], path: String, _ reporter: WorkerReporter
  ) throws(ConversionError) -> Document {
    let name = FileName.lastComponent(of: path)
    do throws(ConversionError) {
      if StoredDocument.isStored(bytes) { return try StoredDocument.read(bytes, name: name) }
      return try Converter().convert(bytes, name: name) { reporter.working(page: $0) }
    } catch {
      var error = error
      error.file = path
      throw error
    }
  }
}

/// What ends the comparison of documents that differ.
struct DifferenceFound: Error {}
