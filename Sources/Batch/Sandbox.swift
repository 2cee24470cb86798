import Glibc

/// What is put around a worker so that a reader that was taken over by a document does no harm.
///
/// bubblewrap gives the worker a file system that it cannot write to, its own folder excepted, and
/// name spaces of its own: no network, no other processes. Where the kernel gives less, less is
/// asked for, down to nothing; the log says what holds.
package struct Sandbox: Sendable {
  package enum Choice: String, CaseIterable, Sendable {
    /// What the kernel allows.
    case auto
    /// All of it, or no run.
    case require
    /// None.
    case never
  }

  /// The arguments in front of the program, but for the worker's folder; empty for none.
  private let arguments: [String]
  /// What holds, in words.
  package let protections: [String]
  /// Whether name spaces and a file system to read only hold.
  package var isWhole: Bool { !arguments.isEmpty }

  static let program = "/usr/bin/bwrap"
  private static let common = [
    program, "--ro-bind", "/", "/", "--dev", "/dev", "--unshare-net", "--unshare-ipc",
    "--unshare-uts", "--die-with-parent", "--new-session", "--cap-drop", "ALL",
  ]
  /// The most first.
  private static let variants: [(arguments: [String], protections: [String])] = [
    (
      common + ["--unshare-pid", "--proc", "/proc"],
      ["no network", "file system to read only", "no capabilities", "no other processes"]
    ),
    (common, ["no network", "file system to read only", "no capabilities"]),
  ]

  /// Finds out what the kernel allows.
  package init(_ choice: Choice) {
    guard choice != .never, access(Self.program, X_OK) == 0,
      let variant = Self.variants.first(where: { Self.works($0.arguments) })
    else {
      arguments = []
      protections = []
      return
    }
    arguments = variant.arguments
    protections = variant.protections
  }

  /// A command inside of the sandbox.
  ///
  /// - Parameters:
  ///   - command: The program and its arguments.
  ///   - slot: The folder that it may write to.
  /// - Returns: A program and its arguments.
  func around(_ command: [String], slot: RunFolder.Slot) -> [String] {
    guard !arguments.isEmpty else { return command }
    return arguments
      + ["--bind", slot.root, slot.root, "--setenv", "TMPDIR", slot.temporary, "--"] + command
  }

  /// Whether a program runs in it.
  private static func works(_ arguments: [String]) -> Bool {
    var list = (arguments + ["--", "/bin/true"]).map { strdup($0) }
    defer { list.forEach { free($0) } }
    list.append(nil)
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    for stream in [STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO] {
      posix_spawn_file_actions_addopen(&actions, stream, "/dev/null", O_RDWR, 0)
    }
    var process: pid_t = 0
    guard posix_spawn(&process, program, &actions, nil, list, environ) == 0 else { return false }
    var status: Int32 = -1
    while waitpid(process, &status, 0) < 0 && errno == EINTR {}
    return status == 0
  }
}
