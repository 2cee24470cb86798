import ArgumentParser
import Conversion
import ProcessIsolation

/// The command line: parse arguments, call, print, choose an exit status.
///
/// Data goes to standard output, everything else to standard error. The exit statuses are an
/// interface, see `ExitStatus`; they differ from ArgumentParser's own, so `main` is ours.
@main
struct Boxhead: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "boxhead",
    abstract: "Converts PDF, Word and OFD documents to JSON, tables with their headers included.",
    discussion: """
      What a file is, is told by its content, never by its name. The same bytes give the same \
      JSON on every machine. Each document is read in a process of its own with limits on time \
      and memory.

      EXIT STATUS
      \(ExitStatus.table)
      """,
    version: "boxhead \(Converter.version)",
    subcommands: [
      ConvertCommand.self, BatchCommand.self, WatchCommand.self, ReportCommand.self,
      CheckCommand.self, InspectCommand.self, DrawCommand.self, SchemaCommand.self,
      ValidateCommand.self,
      DiffCommand.self,
      WorkerCommand.self,
    ])

  static func main() {
    do {
      let arguments = Array(CommandLine.arguments.dropFirst())
      if let order = ConversionOrder(plainArguments: arguments) {
        try order.run()
      } else {
        if let program = BatchProgram(arguments) { try program.run() }
        var command = try parseAsRoot(arguments)
        try command.run()
      }
      leave(.success)
    } catch let status as ExitStatus {
      leave(status)
    } catch let error as FileError {
      Terminal.complain("boxhead: \(error)")
      leave(.fileAccess)
    } catch {
      leave(reporting: error)
    }
  }

  /// Prints what ArgumentParser has to say: help and version as data, the rest as a complaint.
  private static func leave(reporting error: any Error) -> Never {
    let message = fullMessage(for: error)
    guard exitCode(for: error) == .success else {
      Terminal.complain(message)
      leave(.badArguments)
    }
    do {
      try Terminal.printLine(message)
      leave(.success)
    } catch {
      leave(.fileAccess)
    }
  }

  /// Ends the program at once; nothing is left to flush.
  private static func leave(_ status: ExitStatus) -> Never {
    Terminal.exit(status.rawValue)
  }
}
