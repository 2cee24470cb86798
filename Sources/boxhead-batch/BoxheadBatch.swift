import ArgumentParser
import Batch
import Glibc

/// The commands over many documents; `boxhead` becomes this program when it is given one of them.
@main
struct BoxheadBatch: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "boxhead",
    abstract: "Converts folders of documents, and says what became of them.",
    subcommands: [BatchCommand.self, WatchCommand.self, ReportCommand.self])

  static func main() {
    do {
      var command = try parseAsRoot(Array(CommandLine.arguments.dropFirst()))
      try command.run()
      _exit(0)
    } catch let status as Status {
      _exit(status.rawValue)
    } catch {
      let isSuccess = exitCode(for: error) == .success
      print(fullMessage(for: error), to: isSuccess ? STDOUT_FILENO : STDERR_FILENO)
      _exit(isSuccess ? 0 : Status.badArguments.rawValue)
    }
  }

  /// Runs to the end, and says why where that is not reached.
  ///
  /// - Throws: The status of a run that was interrupted, stopped or refused.
  static func run(_ order: BatchOrder) throws(Status) -> (done: Int, failed: Int) {
    switch BatchRun(order: order).run() {
    case .completed(let done, let failed): return (done, failed)
    case .interrupted: throw .interrupted
    case .stopped(let reason):
      complain(reason)
      throw .fileAccess
    case .refused(let reason):
      complain(reason)
      throw .badArguments
    }
  }

  static func complain(_ text: String) { print("boxhead: \(text)", to: STDERR_FILENO) }

  static func print(_ text: String, to descriptor: Int32) {
    var rest = Array((text + "\n").utf8)[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
      if count > 0 { rest = rest.dropFirst(count) } else if errno != EINTR { return }
    }
  }
}

/// How the program ended; the numbers are those of `boxhead`.
enum Status: Int32, Error, CaseIterable {
  case success = 0
  case badArguments = 1
  case noneConverted = 2
  case someFailed = 3
  case fileAccess = 5
  case interrupted = 130

  var meaning: String {
    switch self {
    case .success: "every document was converted, now or before"
    case .badArguments: "the arguments are wrong, or a run cannot begin"
    case .noneConverted: "no document could be converted"
    case .someFailed: "some documents failed"
    case .fileAccess: "the results or the ledger cannot be written; run it again"
    case .interrupted: "stopped by the user; run it again to go on"
    }
  }

  static var table: String {
    allCases.map { status in
      let number = "\(status.rawValue)"
      return String(repeating: " ", count: 5 - number.count) + number + "  " + status.meaning
    }.joined(separator: "\n")
  }
}
