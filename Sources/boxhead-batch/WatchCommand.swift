import ArgumentParser
import Batch

/// `boxhead watch`: folders in which documents arrive.
struct WatchCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "watch",
    abstract: "Converts what arrives in folders, until it is stopped.",
    discussion: """
      Converts what is in the folders as boxhead batch does, with the same ledger, and then each \
      document that is moved in, or closed by the program that wrote it, new folders included. \
      What is written under one name and renamed is best written elsewhere and moved in.

      SIGINT, SIGTERM and SIGHUP end it once the documents are done that were begun; a second one \
      ends it at once. What it left is converted by the next run.

      EXIT STATUS
          0  stopped by the user, and all that had arrived has its verdict
          1  the arguments are wrong, or it cannot begin
          5  the results or the ledger cannot be written; run it again
        130  stopped by the user before all was converted; run it again to go on
      """)

  @Argument(help: "Folders.", completion: .directory)
  var inputs: [String]

  @Option(name: .shortAndLong, help: "The folder for results.", completion: .directory)
  var output: String

  @OptionGroup var workers: WorkerOptions

  func run() throws {
    for input in inputs where !InputWalk.isFolder(input) {
      throw ValidationError("expected a folder at \(input), found none")
    }
    var order = try workers.order(inputs: inputs, output: output)
    order.isWatching = true
    _ = try BoxheadBatch.run(order)
  }
}
