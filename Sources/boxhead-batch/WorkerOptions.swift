import ArgumentParser
import Batch
import Glibc
import ProcessIsolation

/// What the commands that run workers say about them.
struct WorkerOptions: ParsableArguments {
  @Option(name: .shortAndLong, help: "How many workers; the number of processors by default.")
  var jobs: Int?

  @Option(
    help: ArgumentHelp("Give a document up after this long without progress.", valueName: "seconds")
  )
  var timeoutStall = WorkerSupervisor.Limits().stallSeconds

  @Option(help: ArgumentHelp("Give a document up after this long.", valueName: "seconds"))
  var timeout: Double?

  @Option(help: ArgumentHelp("What a worker may use of memory.", valueName: "MiB"))
  var memoryLimit = 2048

  @Option(help: ArgumentHelp("Refuse documents with more pages than this.", valueName: "count"))
  var maxPages: Int?

  @Option(help: ArgumentHelp("Replace a worker after so many documents.", valueName: "count"))
  var recycle = 500

  @Option(
    help: ArgumentHelp(
      "Put workers into a sandbox: auto (as far as the kernel allows), require or never.",
      valueName: "auto|require|never"),
    transform: Self.sandbox)
  var sandbox = Sandbox.Choice.auto

  @Option(
    help: ArgumentHelp("How progress is told: text or json.", valueName: "text|json"),
    transform: Self.logFormat)
  var logFormat = BatchOrder.LogFormat.text

  @Option(
    name: .customLong("to"),
    help: ArgumentHelp("The forms to write, as in boxhead convert.", valueName: "forms"))
  var forms = "json"

  @Flag(help: "Write CSV and TSV as one line for each value.")
  var long = false

  @Option(
    help: ArgumentHelp(
      "The state of tracked changes: accepted, original or all.", valueName: "state"))
  var revisions = "accepted"

  @Option(
    help: ArgumentHelp(
      "The pages that are read from their pictures.", valueName: "auto|always|never"))
  var recognize = "auto"

  @Option(
    help: ArgumentHelp("LibreOffice, for .doc, .wps, .rtf and .odt.", valueName: "auto|never|path"))
  var office = "auto"

  @Option(
    help: ArgumentHelp(
      "Another program in place of boxhead that speaks its protocol; see boxhead worker.",
      valueName: "path"),
    completion: .file())
  var engine: String?

  private static func sandbox(_ text: String) throws -> Sandbox.Choice {
    guard let choice = Sandbox.Choice(rawValue: text) else {
      throw ValidationError("expected auto, require or never, found \(text)")
    }
    return choice
  }

  private static func logFormat(_ text: String) throws -> BatchOrder.LogFormat {
    guard let format = BatchOrder.LogFormat(rawValue: text) else {
      throw ValidationError("expected text or json, found \(text)")
    }
    return format
  }

  func validate() throws {
    for (name, value, range) in [
      ("--jobs", jobs ?? 1, 1...1024), ("--memory-limit", memoryLimit, 16...1 << 20),
      ("--max-pages", maxPages ?? 1, 1...Int.max), ("--recycle", recycle, 1...Int.max),
    ] {
      guard range.contains(value) else {
        throw ValidationError(
          "expected \(name) between \(range.lowerBound) and \(range.upperBound), found \(value)")
      }
    }
    for (name, value) in [("--timeout-stall", timeoutStall), ("--timeout", timeout ?? 1)] {
      guard value > 0, value <= 1e6 else {
        throw ValidationError("expected \(name) between 0 and 1000000, found \(value)")
      }
    }
  }

  /// What a run is to do with them.
  func order(inputs: [String], output: String) throws -> BatchOrder {
    var order = BatchOrder(output: try Self.absolute(output), engine: try engineCommand())
    order.inputs = inputs
    order.jobs = jobs ?? max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN))))
    order.limits.stallSeconds = timeoutStall
    order.limits.memoryBytes = UInt64(memoryLimit) << 20
    order.timeout = timeout
    order.recycle = recycle
    order.sandbox = sandbox
    order.logFormat = logFormat
    return order
  }

  /// The program beside this one, or where an installation has it, and what its workers are told.
  private func engineCommand() throws -> [String] {
    guard let real = realpath("/proc/self/exe", nil) else {
      throw ValidationError("expected /proc to be there, found none")
    }
    defer { free(real) }
    let folder = String(cString: real).split(separator: "/").dropLast().joined(separator: "/")
    let places = engine.map { [$0] } ?? ["/\(folder)/boxhead", "/\(folder)/../../bin/boxhead"]
    guard let program = places.first(where: { access($0, X_OK) == 0 }) else {
      throw ValidationError(
        "expected a program at \(engine ?? "/\(folder)/boxhead"), found none")
    }
    var command = [
      program, "worker", "--to", forms, "--revisions", revisions, "--recognize", recognize,
      "--office", office,
    ]
    if sandbox != .never { command.append("--confine") }
    if long { command.append("--long") }
    if let maxPages { command += ["--max-pages", "\(maxPages)"] }
    return command
  }

  /// Workers have the same working folder, but sandboxes want paths from the root.
  private static func absolute(_ path: String) throws -> String {
    if path.hasPrefix("/") { return path }
    guard let folder = getcwd(nil, 0) else {
      throw ValidationError("expected a working folder, found none")
    }
    defer { free(folder) }
    return "\(String(cString: folder))/\(path)"
  }
}
