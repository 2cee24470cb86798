import Foundation

/// Runs a program of this package as a user would.
package struct BuiltProgram: Sendable {
  /// How a run of a program ended.
  package struct Result: Sendable {
    package var status: Int32
    /// Whether a signal ended it.
    package var wasKilled: Bool
    package var output: [UInt8]
    package var errors: String

    package var text: String { String(decoding: output, as: UTF8.self) }
  }

  private let url: URL

  /// Finds a program beside the running tests.
  package init(_ name: String) {
    // The test runner's own file lies in the folder of the package's products.
    url = URL(filePath: CommandLine.arguments[0]).resolvingSymlinksInPath()
      .deletingLastPathComponent().appending(path: name)
  }

  package var isBuilt: Bool { FileManager.default.isExecutableFile(atPath: url.path) }

  /// Runs it to its end.
  ///
  /// - Parameters:
  ///   - arguments: The arguments, without the program's name.
  ///   - input: What it reads from standard input.
  ///   - started: Called with its process id right after the start.
  /// - Returns: Its status and all that it printed.
  /// - Throws: Any error of starting it.
  package func run(
    _ arguments: [String], input: [UInt8] = [], started: (Int32) -> Void = { _ in }
  ) throws -> Result {
    let folder = try TemporaryFolder()
    let process = Process()
    process.executableURL = url
    process.arguments = arguments
    // Files and not pipes: a full pipe would block it.
    try Data(input).write(to: folder.url("input"))
    for name in ["output", "errors"] { try Data().write(to: folder.url(name)) }
    process.standardInput = try FileHandle(forReadingFrom: folder.url("input"))
    process.standardOutput = try FileHandle(forWritingTo: folder.url("output"))
    process.standardError = try FileHandle(forWritingTo: folder.url("errors"))
    try process.run()
    started(process.processIdentifier)
    process.waitUntilExit()
    return Result(
      status: process.terminationStatus,
      wasKilled: process.terminationReason == .uncaughtSignal,
      output: [UInt8](try Data(contentsOf: folder.url("output"))),
      errors: String(decoding: try Data(contentsOf: folder.url("errors")), as: UTF8.self))
  }
}

/// A folder that is removed with its last reference.
package final class TemporaryFolder: Sendable {
  private let root: URL

  package init() throws {
    root = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: root, withIntermediateDirectories: true)
  }

  deinit {
    try? FileManager.default.removeItem(at: root)
  }

  /// The path of a file in it.
  package func path(_ name: String) -> String { url(name).path }

  /// The names of the files in it, sorted.
  package func names() -> [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: root.path)) ?? []).sorted()
  }

  func url(_ name: String) -> URL { root.appending(path: name) }
}
