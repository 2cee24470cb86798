package import ProcessIsolation

/// What a batch is to do.
package struct BatchOrder: Sendable {
  package enum LogFormat: String, CaseIterable, Sendable {
    case text, json
  }

  /// Files, folders and patterns.
  package var inputs: [String] = []
  /// A file with a path a line, or - for standard input.
  package var filesFrom: String?
  package var output: String
  /// The program that workers run, and how it starts one; see `boxhead worker`.
  package var engine: [String]
  package var jobs = 1
  package var limits = WorkerSupervisor.Limits()
  /// Seconds for a document as a whole; nil for no limit.
  package var timeout: Double?
  /// A worker is replaced after so many documents.
  package var recycle = 500
  package var retriesFailed = false
  package var isDry = false
  /// Whether what arrives in the input folders is converted too, until the user stops it.
  package var isWatching = false
  package var shard: Shard?
  package var sandbox = Sandbox.Choice.auto
  package var logFormat = LogFormat.text

  package init(output: String, engine: [String]) {
    self.output = output
    self.engine = engine
  }
}

/// How a batch ended.
package enum BatchEnding: Equatable, Sendable {
  /// Every input has its verdict.
  case completed(done: Int, failed: Int)
  /// The user stopped it; what is not done is open.
  case interrupted
  /// It could not go on, for this reason; what is not done is open.
  case stopped(String)
  /// It could not begin, for this reason.
  case refused(String)
}
