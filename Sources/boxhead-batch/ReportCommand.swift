import ArgumentParser
import Batch
import Glibc
import ProcessIsolation

/// `boxhead report`: what became of the documents of a batch.
struct ReportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report",
    abstract: "Says what became of the documents of a batch.",
    discussion: """
      Reads the ledger in the output folder of boxhead batch, those of all shards together, and \
      prints counts, rates, kinds of errors with examples, the slowest documents, and sums that do \
      not hold.
      """)

  @Argument(help: "The output folder of a batch.", completion: .directory)
  var output: String

  @Flag(help: "Print JSON.")
  var json = false

  @Option(
    help: ArgumentHelp("Also write a page that needs no other file.", valueName: "file"),
    completion: .file())
  var html: String?

  func run() throws {
    let report: BatchReport
    do {
      report = try BatchReport(output: output)
      if let html { try OutputFile.replace(html, with: report.html, tag: getpid()) }
    } catch {
      BoxheadBatch.complain("\(error)")
      throw Status.fileAccess
    }
    BoxheadBatch.print(json ? report.json : report.text, to: STDOUT_FILENO)
  }
}
