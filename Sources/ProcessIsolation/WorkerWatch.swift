import Glibc
import ProcessCore

/// The supervisor's side of one worker, from its start to its end.
struct WorkerWatch {
  private let worker: bhWorker
  private let interrupts: Int32
  private let limits: WorkerSupervisor.Limits
  /// The first document that has no verdict yet.
  private(set) var next: Int
  private let end: Int

  private var pending: [UInt8] = []
  private var lastPage: Int?
  private var deadlineRuns = true
  private var crash: (signal: Int32, cause: Int32)?

  init(
    worker: bhWorker, interrupts: Int32, limits: WorkerSupervisor.Limits, next: Int, end: Int
  ) {
    self.worker = worker
    self.interrupts = interrupts
    self.limits = limits
    self.next = next
    self.end = end
  }

  /// What woke the supervisor.
  private enum Event {
    case reports, interrupt, deadline
  }

  /// Follows the worker until it has ended; every document it started has a verdict then.
  mutating func run(judge: (Int, WorkerSupervisor.Verdict) -> Void) -> WorkerSupervisor.Ending {
    defer {
      close(worker.reports)
      close(worker.diagnostics)
    }
    while true {
      switch wait() {
      case .interrupt:
        stop()
        return .interrupted
      case .deadline:
        stop()
        if next < end { give(.stalled(seconds: limits.stallSeconds, lastPage: lastPage), judge) }
        return .completed
      case .reports:
        if readReports(judge) { continue }
        var detail: Int32 = 0
        let ending = unsafe bhWaitForWorker(worker.process, &detail)
        if next < end { give(verdict(ending, detail), judge) }
        return .completed
      }
    }
  }

  private func wait() -> Event {
    var descriptors = [
      pollfd(fd: worker.reports, events: Int16(POLLIN), revents: 0),
      pollfd(fd: interrupts, events: Int16(POLLIN), revents: 0),
    ]
    let milliseconds = deadlineRuns ? Int32(min(limits.stallSeconds * 1000, 1e9)) : -1
    while true {
      let count = unsafe poll(&descriptors, 2, milliseconds)
      if count == 0 { return .deadline }
      if count < 0 { continue }
      return descriptors[1].revents != 0 ? .interrupt : .reports
    }
  }

  private func stop() {
    kill(worker.process, SIGKILL)
    var detail: Int32 = 0
    _ = unsafe bhWaitForWorker(worker.process, &detail)
  }

  private mutating func give(
    _ verdict: WorkerSupervisor.Verdict, _ judge: (Int, WorkerSupervisor.Verdict) -> Void
  ) {
    judge(next, verdict)
    next += 1
    lastPage = nil
  }

  // MARK: - Reports

  /// Reads what is there; false at the end of the pipe.
  private mutating func readReports(
    _ judge: (Int, WorkerSupervisor.Verdict) -> Void
  ) -> Bool {
    let bytes = LastWords.bytes(from: worker.reports)
    if bytes.isEmpty { return false }
    pending += bytes
    let headerBytes = MemoryLayout<bhReport>.size
    var position = 0
    while pending.count - position >= headerBytes {
      let report = unsafe pending[position...].withUnsafeBytes {
        unsafe $0.loadUnaligned(as: bhReport.self)
      }
      let end = position + headerBytes + Int(report.textBytes)
      guard end <= pending.count else { break }
      take(report, text: pending[(position + headerBytes)..<end], judge)
      position = end
    }
    pending.removeFirst(position)
    return true
  }

  private mutating func take(
    _ report: bhReport, text: ArraySlice<UInt8>, _ judge: (Int, WorkerSupervisor.Verdict) -> Void
  ) {
    if report.kind == UInt32(bhReportCrash) {
      crash = (signal: report.document, cause: report.number)
      return
    }
    switch WorkerReporter.Kind(rawValue: report.kind) {
    case .reading, .writing:
      deadlineRuns = false
    case .working, nil:
      deadlineRuns = true
      if report.number > 0 { lastPage = Int(report.number) }
    case .finished:
      deadlineRuns = true
      let message = String(decoding: text, as: UTF8.self)
      give(.finished(WorkResult(status: report.number, message: message)), judge)
    }
  }

  // MARK: - Verdicts

  private func verdict(_ ending: bhEnding, _ detail: Int32) -> WorkerSupervisor.Verdict {
    if let crash {
      return WorkerSupervisor.Verdict(
        signal: crash.signal, cause: crash.cause, limits: limits, diagnostics: worker.diagnostics)
    }
    let diagnostics = LastWords.read(from: worker.diagnostics)
    return ending == bhEndingSignal
      ? .crashed(signal: detail, diagnostics: diagnostics)
      : .left(status: detail, diagnostics: diagnostics)
  }
}
