import Glibc
import ProcessCore

/// What the work on a document reports while it runs: how far it is, and how it ended.
///
/// Each report is a sign of life; see `WorkerSupervisor` for what its absence means. A worker
/// reports to its supervisor through a pipe, work in the process itself to the process's timer.
package struct WorkerReporter: Sendable {
  /// What a worker says; the numbers are the kinds on the pipe.
  enum Kind: UInt32 {
    /// Input is being read; it may wait for somebody else.
    case reading = 1
    /// Work goes on; `number` is the page that is done, or 0.
    case working = 2
    /// Output is being written; it may wait for somebody else.
    case writing = 3
    /// The document is done; `number` is its status and the text its message.
    case finished = 4
  }

  /// Where reports go.
  enum Receiver {
    /// A supervisor at the other end of a pipe, which counts documents.
    case supervisor(descriptor: Int32, document: Int)
    /// This process itself.
    case ownProcess
    /// Whoever wants to know whether work goes on or waits for somebody else.
    case listener(@Sendable (_ isWaiting: Bool) -> Void)
    /// Nobody: who works says by other means how far it is.
    case nobody
  }

  let receiver: Receiver

  /// Reports that nobody hears.
  package static let silent = WorkerReporter(receiver: .nobody)

  /// Reports that only tell whether work waits for somebody else.
  package static func telling(
    _ listener: @escaping @Sendable (_ isWaiting: Bool) -> Void
  ) -> WorkerReporter {
    WorkerReporter(receiver: .listener(listener))
  }

  /// Says that input is awaited; no deadline runs.
  package func reading() { report(.reading) }

  /// Says that something was done, for example the page with this number.
  package func working(page: Int = 0) { report(.working, number: Int32(clamping: page)) }

  /// Says that output is written; no deadline runs.
  package func writing() { report(.writing) }

  func finished(_ result: WorkResult) {
    report(.finished, number: result.status, text: Array(result.message.utf8))
  }

  private func report(_ kind: Kind, number: Int32 = 0, text: [UInt8] = []) {
    switch receiver {
    case .supervisor(let descriptor, let document):
      send(kind, number: number, text: text, document: document, to: descriptor)
    case .ownProcess:
      if kind == .working { bhOwnWorkContinues(number) } else { bhOwnWorkWaits() }
    case .listener(let tell):
      tell(kind != .working)
    case .nobody:
      break
    }
  }

  private func send(
    _ kind: Kind, number: Int32, text: [UInt8], document: Int, to descriptor: Int32
  ) {
    let report = bhReport(
      kind: kind.rawValue, document: Int32(clamping: document), number: number,
      textBytes: UInt32(text.count))
    var bytes = unsafe withUnsafeBytes(of: report) { unsafe Array($0) }
    bytes += text
    // If the supervisor is gone, so is this process: it dies with its parent.
    try? OutputFile.write(bytes, to: descriptor, path: "reports")
  }
}

/// How the work on one document ended.
package struct WorkResult: Hashable, Sendable {
  /// 0, or what the caller's table of statuses says.
  package var status: Int32
  /// What to tell people; empty if there is nothing to tell.
  package var message: String

  package init(status: Int32, message: String = "") {
    self.status = status
    self.message = message
  }
}
