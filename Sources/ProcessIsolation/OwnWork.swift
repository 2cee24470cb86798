import Glibc
import ProcessCore

/// Work on a single document, in this process and under the limits of a worker.
///
///     program ─▶ work ─▶ judge
///                 │ hangs, crashes, eats memory, is interrupted
///                 ▼
///     program, executed again by the same process ─▶ judge
///
/// There is no neighbour to protect, and a fork costs as much as a small document: each page of
/// memory that was touched before is touched, and copied, once more. What hangs or crashes is
/// caught by handlers of signals. They cannot call `judge`, since memory may be in any state. So
/// they execute the program again, with the same arguments and as the same process; that run finds
/// the ending of its predecessor, and judges it instead of working. Only a process that is killed
/// from outside has no verdict.
///
/// For this to work a program must come to its supervisor in the same way each time, and leave no
/// trace before it that a second run would mind.
struct OwnWork {
  private let limits: WorkerSupervisor.Limits

  init(limits: WorkerSupervisor.Limits) {
    self.limits = limits
  }

  /// Works on document 0, or judges what became of it.
  func run(
    work: (Int, WorkerReporter) -> WorkResult, judge: (Int, WorkerSupervisor.Verdict) -> Void
  ) -> WorkerSupervisor.Ending {
    var ending = bhOwnEnding()
    if unsafe bhOwnWorkEnding(&ending) != 0 {
      guard let verdict = verdict(on: ending) else { return .interrupted }
      judge(0, verdict)
      return .completed
    }
    var bounds = limits.bounds
    guard
      unsafe bhOwnWorkBegin(&bounds, limits.stallSeconds, CommandLine.unsafeArgv) == 0
    else { return .failed(code: errno) }
    let reporter = WorkerReporter(receiver: .ownProcess)
    reporter.working()
    let result = work(0, reporter)
    bhOwnWorkEnd()
    judge(0, .finished(result))
    return .completed
  }

  /// Nil for an interrupt.
  private func verdict(on ending: bhOwnEnding) -> WorkerSupervisor.Verdict? {
    switch UInt32(bitPattern: ending.kind) {
    case bhOwnStalled.rawValue:
      let page = ending.lastPage > 0 ? Int(ending.lastPage) : nil
      return .stalled(seconds: limits.stallSeconds, lastPage: page)
    case bhOwnCrashed.rawValue:
      return WorkerSupervisor.Verdict(
        signal: ending.detail, cause: ending.cause, limits: limits, diagnostics: ending.diagnostics)
    case bhOwnLeft.rawValue:
      return .left(
        status: ending.detail, diagnostics: LastWords.read(from: ending.diagnostics))
    default:
      return nil
    }
  }
}
