import ArgumentParser
import Glibc
import ProcessIsolation

/// The commands over many documents, which are another program: `boxhead-batch`.
///
/// Its ledger needs SQLite and Foundation, which every start of this program would pay for. So this
/// one becomes that one, as the same process and with the same arguments.
struct BatchProgram {
  static let name = "boxhead-batch"
  static let commands = [BatchCommand.name, WatchCommand.name, ReportCommand.name]

  private let arguments: [String]

  /// Nil unless the arguments start with one of its commands.
  init?(_ arguments: [String]) {
    guard let command = arguments.first, Self.commands.contains(command) else { return nil }
    self.arguments = arguments
  }

  /// Becomes the other program.
  ///
  /// - Throws: `FileError` if it is not where it belongs: beside this one, or in `../libexec/boxhead`.
  func run() throws -> Never {
    guard let program = Self.place else {
      throw FileError(.start, Self.name, code: ENOENT)
    }
    var list = ([program] + arguments).map { strdup($0) }
    list.append(nil)
    execv(program, list)
    throw FileError(.start, program, code: errno)
  }

  private static var place: String? {
    guard let real = realpath("/proc/self/exe", nil) else { return nil }
    defer { free(real) }
    let path = String(cString: real)
    guard let slash = path.lastIndex(of: "/") else { return nil }
    let folder = path[..<slash]
    let places = ["\(folder)/\(name)", "\(folder)/../libexec/boxhead/\(name)"]
    return places.first { access($0, X_OK) == 0 }
  }
}

/// `boxhead batch`, as the list of commands shows it.
struct BatchCommand: ParsableCommand {
  static let name = "batch"
  static let configuration = CommandConfiguration(
    commandName: name,
    abstract: "Converts folders of documents with several workers and a ledger.")
}

/// `boxhead watch`, as the list of commands shows it.
struct WatchCommand: ParsableCommand {
  static let name = "watch"
  static let configuration = CommandConfiguration(
    commandName: name,
    abstract: "Converts what arrives in folders, until it is stopped.")
}

/// `boxhead report`, as the list of commands shows it.
struct ReportCommand: ParsableCommand {
  static let name = "report"
  static let configuration = CommandConfiguration(
    commandName: name,
    abstract: "Says what became of the documents of a batch.")
}
