import DocumentWriting
import Glibc
import ProcessIsolation

/// One place for a worker: the worker that has it now, and what it is at.
final class EngineSlot {
  /// What a worker works on.
  struct Task {
    var job: Job
    /// A single page of it is tried, without results; nil for the whole document.
    var page: Int?
    var id: String
    var started: Double
  }

  /// What came from a worker.
  enum Event {
    case answer(EngineAnswer)
    /// It ended, with this status and the last words of its libraries.
    case ended(status: Int32, diagnostics: String)
  }

  let number: Int
  let folder: RunFolder.Slot
  private(set) var engine: EngineProcess?
  private(set) var isReady = false
  var task: Task?
  /// How many documents the worker was given.
  private(set) var served = 0
  private(set) var lastPage: Int?
  /// Whether the supervisor itself killed the worker.
  private(set) var isOverdue = false

  private var pending: [UInt8] = []
  private var words: [UInt8] = []
  private var lastSign = 0.0
  private var waits = false
  private var requestsAreOpen = false
  /// A line longer than this is not an answer.
  private static let longestLine = 1 << 22

  init(number: Int, folder: RunFolder.Slot) {
    self.number = number
    self.folder = folder
  }

  func start(_ command: [String], limits: WorkerSupervisor.Limits, now: Double) throws(FileError) {
    engine = try EngineProcess(command, limits: limits)
    (isReady, isOverdue, served, pending, words, waits) = (false, false, 0, [], [], false)
    lastSign = now
    requestsAreOpen = true
  }

  /// Whether it can be given a document.
  var isIdle: Bool { engine != nil && isReady && task == nil && requestsAreOpen }

  func give(_ task: Task, request: [UInt8], now: Double) {
    guard let engine else { return }
    self.task = task
    served += 1
    (lastSign, lastPage, waits) = (now, nil, false)
    // A worker that is gone shows at its answers.
    try? OutputFile.write(request, to: engine.requests, path: "requests")
  }

  /// Lets the worker end once it has no more to do.
  func retire() {
    guard requestsAreOpen else { return }
    requestsAreOpen = false
    engine?.closeRequests()
  }

  /// Ends a worker that is over its time.
  func killOverdue() {
    isOverdue = true
    engine?.kill()
  }

  /// When it must have shown a sign of life or be done; nil if it may take its time.
  func deadline(stall: Double, whole: Double?) -> Double? {
    guard engine != nil, task != nil || !isReady || !requestsAreOpen else { return nil }
    let next = waits ? nil : lastSign + stall
    // The worker itself looks to the time of a request; this is for one that does not.
    guard let whole, let task else { return next }
    return min(next ?? .infinity, task.started + whole + 2)
  }

  // MARK: - What comes

  var descriptors: [Int32] { engine.map { [$0.answers, $0.diagnostics] } ?? [] }

  /// Reads what is there; the last event may be the end of the worker.
  func read(_ ready: Set<Int32>, now: Double) -> [Event] {
    guard let engine else { return [] }
    if ready.contains(engine.diagnostics) { readWords(engine) }
    guard ready.contains(engine.answers) else { return [] }
    let bytes = EngineProcess.read(engine.answers)
    var events: [Event] = []
    if !bytes.isEmpty {
      lastSign = now
      pending += bytes
      var start = 0
      while let end = pending[start...].firstIndex(of: UInt8(ascii: "\n")) {
        if let answer = answer(Array(pending[start..<end])) { events.append(.answer(answer)) }
        start = end + 1
      }
      pending.removeFirst(start)
      if pending.count > Self.longestLine { engine.kill() }
    } else {
      readWords(engine)
      let status = engine.end(requestsAreOpen: requestsAreOpen)
      self.engine = nil
      isReady = false
      events.append(.ended(status: status, diagnostics: lastWords))
    }
    return events
  }

  private func answer(_ line: [UInt8]) -> EngineAnswer? {
    let (id, answer) = EngineAnswer.read(line)
    switch answer {
    case .hello: isReady = true
    case .page(let page) where id == task?.id: if page > 0 { lastPage = page }
    case .waits(let waits) where id == task?.id: self.waits = waits
    case .done, .failed:
      // Not an answer to what was asked.
      guard let task, id == task.id else { return nil }
    case .page, .waits, .unknown: return nil
    }
    return answer
  }

  private func readWords(_ engine: EngineProcess) {
    let bytes = EngineProcess.read(engine.diagnostics)
    words = (words + bytes).suffix(4096)
  }

  private var lastWords: String {
    let line = String(decoding: words, as: UTF8.self).split(whereSeparator: \.isNewline).last {
      !$0.allSatisfy(\.isWhitespace)
    }
    return String((line ?? "").prefix(300))
  }
}

/// A document on its way to a verdict.
struct Job {
  var input: Input
  /// Whether it came while the run watches.
  var isArrival = false
  /// How often a worker was given it.
  var attempts = 0
  /// How many workers it brought down.
  var deaths = 0
  /// How often its bytes were not those that were asked for.
  var changes = 0
  /// What the ledger said before.
  var before: Ledger.Entry?
  /// Which of its pages bring a worker down, once the whole has done so twice.
  var trial: PageTrial?
}

/// The pages of a document that brings workers down, tried one by one: so that the verdict can say
/// which of them it is.
struct PageTrial {
  /// Each page that brings a worker down costs a worker.
  static let deadlyLimit = 5
  static let pageLimit = 10_000

  /// The verdict on the whole.
  var failure: EngineAnswer.Failure
  private(set) var next = 1
  private(set) var deadly: [Int] = []
  private(set) var readable = 0
  private(set) var isOver = false
  /// When it must be over.
  let end: Double

  init(failure: EngineAnswer.Failure, end: Double) {
    self.failure = failure
    self.end = end
  }

  mutating func pageIsReadable(now: Double) {
    readable += 1
    goOn(now)
  }

  mutating func pageIsDeadly(now: Double) {
    deadly.append(next)
    goOn(now)
  }

  /// There is no such page, or it cannot be read for a reason of its own.
  mutating func pageFailed(_ failure: EngineAnswer.Failure, now: Double) {
    if failure.code == "badRequest" { isOver = true } else { goOn(now) }
  }

  private mutating func goOn(_ now: Double) {
    next += 1
    isOver = isOver || deadly.count >= Self.deadlyLimit || next > Self.pageLimit || now >= end
  }

  /// The verdict, with what was found out.
  var verdict: EngineAnswer.Failure {
    guard next > 1 else { return failure }
    var verdict = failure
    verdict.page = deadly.first ?? failure.page
    let pages = deadly.map(String.init).joined(separator: ", ")
    verdict.message +=
      deadly.isEmpty
      ? "; its \(readable) pages can be read one by one"
      : "; page \(pages) alone does so too, \(readable) of the \(next - 1) pages tried can be read"
    return verdict
  }
}
