import Glibc
import ProcessCore

/// Runs work on documents in a process of its own and survives whatever a document does to it.
///
///     supervisor ──fork──▶ worker: document 1, 2, 3 … │ hangs, crashes, eats memory
///         ▲                   │                       ▼
///         └─────── pipe ──────┘ reports      the next worker: document 4, 5 …
///
/// Parsers of PDF and XML are large and their input is hostile. The worker is a fork without exec,
/// so a document costs no start of a program; one worker goes on from document to document. When
/// it dies or stops reporting, the document it was at is given up and the next worker goes on
/// behind it, so that bad input never costs a good neighbour.
///
/// A single document has no neighbours, and a fork costs as much as reading a small one. It is
/// worked on in this process; see `OwnWork` for what happens when that goes wrong.
///
/// A supervisor must start before the program has a second thread.
package struct WorkerSupervisor {
  /// What a worker may use.
  package struct Limits: Hashable, Sendable {
    /// Private writable memory.
    ///
    /// Address space would be the wrong measure: libraries reserve far
    /// more of it than they use. Reading a page layer takes some tens of megabytes whatever the
    /// number of pages; two gibibytes leave room for large pictures and let a small machine live.
    package var memoryBytes: UInt64 = 2 << 30
    /// How far the stack may grow.
    ///
    /// Readers of nested objects call themselves once a level; the usual 8 MiB are used up by some
    /// ten thousand levels. The kernel keeps 128 MiB free below the stack of any program.
    package var stackBytes: UInt64 = 64 << 20
    /// A worker that neither finishes a page nor a document for this long hangs.
    ///
    /// A page takes
    /// some milliseconds, a dense one a second; thirty leave room for a busy machine.
    package var stallSeconds: Double = 30

    package init() {}

    var bounds: bhWorkerLimits {
      bhWorkerLimits(memoryBytes: memoryBytes, stackBytes: stackBytes)
    }
  }

  /// How a document ended, as its supervisor saw it.
  package enum Verdict: Hashable, Sendable {
    /// The work came to its end.
    case finished(WorkResult)
    /// No sign of life for as long as the limit; the last page that was done, if any.
    case stalled(seconds: Double, lastPage: Int?)
    /// The limit of memory was hit.
    case outOfMemory(bytes: UInt64)
    /// The limit of the stack was hit.
    case stackExhausted(bytes: UInt64)
    /// The worker died by this signal, with the last words of its libraries.
    case crashed(signal: Int32, diagnostics: String)
    /// The worker left by itself before it was done.
    case left(status: Int32, diagnostics: String)

    /// The verdict on a crash, by what its handler found out.
    init(signal: Int32, cause: Int32, limits: Limits, diagnostics: Int32) {
      self =
        switch UInt32(bitPattern: cause) {
        case bhCrashMemory.rawValue: .outOfMemory(bytes: limits.memoryBytes)
        case bhCrashStack.rawValue: .stackExhausted(bytes: limits.stackBytes)
        default: .crashed(signal: signal, diagnostics: LastWords.read(from: diagnostics))
        }
    }
  }

  /// How a run ended.
  package enum Ending: Hashable, Sendable {
    /// Every document has its verdict.
    case completed
    /// The user stopped the run.
    case interrupted
    /// No worker could be started.
    case failed(code: Int32)
  }

  private let limits: Limits

  package init(limits: Limits = Limits()) {
    self.limits = limits
  }

  /// Works on all documents, in order.
  ///
  /// - Parameters:
  ///   - documentCount: How many; they are numbered from 0.
  ///   - work: Runs in a worker, unless there is one document only: nothing that it changes in
  ///     memory is seen here.
  ///   - judge: Called here, once for each document, in order.
  /// - Returns: Whether every document has its verdict.
  package func run(
    documentCount: Int, work: (Int, WorkerReporter) -> WorkResult,
    judge: (Int, Verdict) -> Void
  ) -> Ending {
    bhIgnoreBrokenPipes()
    if documentCount == 1 { return OwnWork(limits: limits).run(work: work, judge: judge) }
    let interrupts = bhInterruptDescriptor()
    defer { if interrupts >= 0 { close(interrupts) } }
    var next = 0
    while next < documentCount {
      var worker = bhWorker()
      var reports: Int32 = -1
      var bounds = limits.bounds
      switch unsafe bhStartWorker(&bounds, &worker, &reports) {
      case 0:
        for document in next..<documentCount {
          let reporter = WorkerReporter(
            receiver: .supervisor(descriptor: reports, document: document))
          reporter.working()
          reporter.finished(work(document, reporter))
        }
        _exit(0)
      case 1:
        var watch = WorkerWatch(
          worker: worker, interrupts: interrupts, limits: limits, next: next, end: documentCount)
        let ending = watch.run(judge: judge)
        if ending == .interrupted { return .interrupted }
        next = watch.next
      default:
        return .failed(code: errno)
      }
    }
    return .completed
  }
}
