import Glibc
import ProcessIsolation

/// Runs documents that misbehave under a supervisor and prints the verdicts; for tests.
///
/// Each argument is a document: what it does to its worker, or to this process if it is the only
/// one. A program of its own, because a supervisor must start before there is a second thread,
/// which a test runner always has.
@main
enum IsolationProbe {
  static func main() {
    if CommandLine.arguments.dropFirst().first == "take-standard-output" {
      takeStandardOutput()
      return
    }
    var limits = WorkerSupervisor.Limits()
    limits.memoryBytes = 256 << 20
    limits.stackBytes = 16 << 20
    limits.stallSeconds = 0.5
    let documents = Array(CommandLine.arguments.dropFirst())
    let ending = WorkerSupervisor(limits: limits).run(documentCount: documents.count) {
      index, reporter in
      work(documents[index], reporter)
    } judge: { index, verdict in
      print("\(documents[index]): \(verdict)")
    }
    print("\(ending)")
  }

  /// Prints as a library would, and answers where standard output went to.
  private static func takeStandardOutput() {
    guard let descriptor = try? LastAnswers.takeStandardOutput() else { return }
    print("a library prints")
    fflush(nil)
    try? OutputFile.write(Array("an answer\n".utf8), to: descriptor, path: "answers")
  }

  static func work(_ document: String, _ reporter: WorkerReporter) -> WorkResult {
    switch document {
    case "hang": while true { sleep(1) }
    case "hang-after-page-3":
      for page in 1...3 { reporter.working(page: page) }
      while true { sleep(1) }
    case "slow":
      for page in 1...4 {
        usleep(250_000)
        reporter.working(page: page)
      }
    case "wait-for-others":
      reporter.reading()
      usleep(900_000)
      reporter.writing()
      usleep(900_000)
    case "allocate": fillMemory(reporter)
    case "recurse": return WorkResult(status: Int32(truncatingIfNeeded: recurse(1)))
    case "abort":
      complain("a library gives up")
      abort()
    case "segment": kill(getpid(), SIGSEGV)
    case "killed": kill(getpid(), SIGKILL)
    case "exit": _exit(7)
    case "trap": return WorkResult(status: Int32([Int]()[documentIndex(document)]))
    case "noise": for _ in 0..<100_000 { complain("a warning that nobody needs") }
    case "interrupt": kill(getppid(), SIGINT)
    case "interrupt-itself":
      kill(getpid(), SIGINT)
      sleep(5)
    case "leave": exit(7)
    case "complain-and-end": complain("a warning that nobody needs")
    default: return WorkResult(status: 3, message: "说明 \(document)")
    }
    if document == "interrupt" { sleep(5) }
    return WorkResult(status: 0)
  }

  private static func documentIndex(_ document: String) -> Int { document.utf8.count }

  private static func fillMemory(_ reporter: WorkerReporter) {
    var blocks: [[UInt8]] = []
    while true {
      blocks.append([UInt8](repeating: 1, count: 16 << 20))
      reporter.working()
    }
  }

  private static func recurse(_ depth: Int) -> Int {
    withUnsafeTemporaryAllocation(byteCount: 4096, alignment: 8) { memory in
      memory.storeBytes(of: depth, as: Int.self)
      return depth > 1 << 30 ? 0 : recurse(depth + memory.load(as: Int.self) / depth) + 1
    }
  }

  private static func complain(_ text: String) {
    try? OutputFile.write(Array((text + "\n").utf8), to: STDERR_FILENO, path: "standard error")
  }
}
