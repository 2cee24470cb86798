import Glibc
import ProcessCore

/// A program that answers requests through pipes, as its supervisor sees it.
///
/// It is a process group of its own under limits, and is killed when the thread ends that started
/// it. The descriptors are closed by `end`.
package struct EngineProcess {
  /// The process; with a sandbox around the program that of the sandbox.
  package let process: Int32
  /// Where requests are written.
  package let requests: Int32
  /// Where answers are read.
  package let answers: Int32
  /// Where what its libraries print is read; reading never waits.
  package let diagnostics: Int32

  /// Starts a program.
  ///
  /// - Parameters:
  ///   - arguments: The path of the program and its arguments.
  ///   - limits: What it may use of memory and stack.
  /// - Throws: `FileError` if no process can be started. A program that cannot be executed ends
  ///   with status 127.
  package init(
    _ arguments: [String], limits: WorkerSupervisor.Limits
  ) throws(FileError) {
    var list: [UnsafeMutablePointer<CChar>?] = unsafe arguments.map { unsafe strdup($0) }
    defer { unsafe list.forEach { unsafe free($0) } }
    unsafe list.append(nil)
    var engine = bhEngine()
    var bounds = limits.bounds
    guard unsafe bhStartEngine(list, &bounds, &engine) == 0 else {
      throw FileError(.start, arguments.first ?? "", code: errno)
    }
    process = engine.process
    requests = engine.requests
    answers = engine.answers
    diagnostics = engine.diagnostics
  }

  /// Tells it that no more requests come; it ends by itself then.
  package func closeRequests() { close(requests) }

  /// Kills it and all that it started.
  package func kill() {
    Glibc.kill(-process, SIGKILL)
    Glibc.kill(process, SIGKILL)
  }

  /// Waits for its end, once, and closes the descriptors.
  ///
  /// - Parameter requestsAreOpen: Whether `closeRequests` was not called.
  /// - Returns: Its exit status, or 128 and the number of the signal that ended it.
  package func end(requestsAreOpen: Bool) -> Int32 {
    if requestsAreOpen { close(requests) }
    close(answers)
    close(diagnostics)
    var detail: Int32 = 0
    let ending = unsafe bhWaitForWorker(process, &detail)
    return ending == bhEndingSignal ? 128 + detail : detail
  }

  /// One reading of a pipe: as much as it holds; nothing at its end, on failure, or when a reading
  /// that never waits would have to.
  package static func read(_ descriptor: Int32) -> [UInt8] { LastWords.bytes(from: descriptor) }
}

/// What a supervisor waits for: descriptors that can be read, and the wish of a user to stop.
package struct Wakening {
  /// Becomes readable when SIGINT, SIGTERM or SIGHUP arrives, which then do nothing else.
  package static func interrupts() -> Int32 {
    bhIgnoreBrokenPipes()
    return bhInterruptDescriptor()
  }

  /// Takes the signal that made the descriptor readable.
  package static func takeInterrupt(_ descriptor: Int32) {
    _ = LastWords.bytes(from: descriptor)
  }

  /// Waits until one of the descriptors can be read or has ended.
  ///
  /// - Parameters:
  ///   - descriptors: What to wait for.
  ///   - seconds: How long at most.
  /// - Returns: Which of them woke the caller; none when the time is over.
  package static func wait(for descriptors: [Int32], seconds: Double) -> Set<Int32> {
    var list = descriptors.map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
    let milliseconds = Int32(max(0, min(seconds * 1000 + 1, 1e9)))
    guard unsafe poll(&list, nfds_t(list.count), milliseconds) > 0 else { return [] }
    return Set(list.filter { $0.revents != 0 }.map(\.fd))
  }
}
