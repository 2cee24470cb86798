import ArgumentParser
import Batch

/// `boxhead batch`: many documents, several workers, nothing lost.
struct BatchCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "batch",
    abstract: "Converts folders of documents with several workers and a ledger.",
    discussion: """
      Each input gets a row in the ledger (.boxhead/ledger.sqlite in the output folder), whatever \
      happens to it. A crash, a hang or a document that takes too much memory costs that document \
      alone. Run it again to go on after any end: what is done is not done again, what has changed \
      is. Results of reports/2023/a.pdf go to OUT/reports/2023/a.pdf.json, or into a folder \
      OUT/reports/2023/a.pdf where a document becomes several files.

      A folder keeps its name in the output unless it is given with a slash at its end. Files \
      named ~$*, ._* and .DS_Store and links to folders are left out, and counted.

      EXIT STATUS
      \(Status.table)
      """)

  @Argument(help: "Files, folders and patterns.", completion: .file())
  var inputs: [String] = []

  @Option(name: .shortAndLong, help: "The folder for results.", completion: .directory)
  var output: String

  @Option(
    help: ArgumentHelp("Also the paths in this file, one a line; - is standard input."),
    completion: .file())
  var filesFrom: String?

  @Flag(help: "Also convert what failed before.")
  var retryFailed = false

  @Flag(help: "Say what would be converted, and do nothing.")
  var dryRun = false

  @Option(
    help: ArgumentHelp("Convert one part of the inputs, such as 2/8.", valueName: "i/n"),
    transform: Self.shard)
  var shard: Shard?

  @OptionGroup var workers: WorkerOptions

  private static func shard(_ text: String) throws -> Shard {
    guard let shard = Shard(text) else {
      throw ValidationError("expected a part such as 2/8, found \(text)")
    }
    return shard
  }

  func validate() throws {
    guard !inputs.isEmpty || filesFrom != nil else {
      throw ValidationError("expected inputs or --files-from, found none")
    }
  }

  func run() throws {
    let (done, failed) = try BoxheadBatch.run(order())
    if failed > 0 { throw done == 0 ? Status.noneConverted : Status.someFailed }
  }

  private func order() throws -> BatchOrder {
    var order = try workers.order(inputs: inputs, output: output)
    order.filesFrom = filesFrom
    order.retriesFailed = retryFailed
    order.isDry = dryRun
    order.shard = shard
    return order
  }
}
