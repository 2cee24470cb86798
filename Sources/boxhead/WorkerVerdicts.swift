import ProcessIsolation

/// What a supervisor saw, in the words and statuses of the command line.
enum WorkerVerdicts {
  /// The status and message of a document, whether its worker came to the end or not.
  static func result(of verdict: WorkerSupervisor.Verdict, file: String) -> WorkResult {
    func failure(_ status: ExitStatus, _ expected: String, _ found: String) -> WorkResult {
      WorkResult(
        status: status.rawValue,
        message: "\(file): extraction: expected \(expected), found \(found)")
    }
    switch verdict {
    case .finished(let result):
      return result
    case .stalled(let seconds, let lastPage):
      let place = lastPage.map { "none after page \($0)" } ?? "none"
      return failure(.limit, "progress within \(text(seconds)) s", place)
    case .outOfMemory(let bytes):
      return failure(
        .limit, "a document that needs at most \(bytes >> 20) MiB of memory", "one that needs more")
    case .stackExhausted(let bytes):
      return failure(
        .limit, "nesting that needs at most \(bytes >> 20) MiB of stack", "deeper nesting")
    case .crashed(let signal, let diagnostics):
      return failure(.internalFailure, "a result", "a crash (signal \(signal))" + tail(diagnostics))
    case .left(let status, let diagnostics):
      return failure(
        .internalFailure, "a result", "an early end (status \(status))" + tail(diagnostics))
    }
  }

  private static func tail(_ diagnostics: String) -> String {
    diagnostics.isEmpty ? "" : ": \(diagnostics)"
  }

  private static func text(_ seconds: Double) -> String {
    seconds == seconds.rounded() ? "\(Int(seconds))" : "\(seconds)"
  }
}
