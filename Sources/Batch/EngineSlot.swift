import DocumentWriting
import Glibc
import ProcessIsolation

/// One place for a worker: the worker that has it now, what it is at, and what it does next.
///
/// A worker that is fast is given documents ahead, which it finds in its pipe when it has answered
/// the one before. So it never waits for the supervisor, which in turn can let answers gather. They
/// come in the order of the requests, so the first one without an answer is the one at work.
final class EngineSlot {
  /// What a worker works on.
  struct Task {
    var job: Job
    /// A single page of it is tried, without results; nil for the whole document.
    var page: Int?
    var id: String
    /// Where its files go.
    var folder: String
    /// How long its request is, in bytes.
    var requestSize = 0
    /// When the worker began with it, and when it was answered, as far as can be told.
    var started = 0.0
    var ended = 0.0

    var seconds: Double { ended - started }
  }

  /// What came from a worker.
  enum Event {
    case hello
    case done(Task, EngineAnswer.Success)
    /// `isLast` says that the document ends the worker.
    case failed(Task, EngineAnswer.Failure, isLast: Bool)
    /// It ended, with this status and the last words of its libraries, at this task.
    case ended(Task?, status: Int32, diagnostics: String)

    var bringsFiles: Bool {
      if case .done(_, let success) = self { !success.files.isEmpty } else { false }
    }
  }

  /// How many documents a worker has at most: with so many answers at a time, what each look at a
  /// worker costs is small beside them.
  static let taskLimit = 96
  static let longestRequestAhead = 4096
  /// Requests fit into a pipe together, half of one at most, so that writing them never waits.
  private static let longestRequests = 1 << 15
  /// A worker is given no more than it does in this time, in seconds.
  private static let headStart = 1.0

  let number: Int
  let folder: RunFolder.Slot
  private(set) var engine: EngineProcess?
  private(set) var isReady = false
  private(set) var task: Task?
  /// What comes behind the task, in order.
  private(set) var ahead: ArraySlice<Task> = []
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
  /// Requests that are still to be written, and how long those are that have no answer.
  private var outgoing: [UInt8] = []
  private var requestBytes = 0
  /// How long the last documents took, those of the worker before included, in seconds.
  private var pace = Double.infinity
  /// A line longer than this is not an answer.
  private static let longestLine = 1 << 22

  init(number: Int, folder: RunFolder.Slot) {
    self.number = number
    self.folder = folder
  }

  func start(_ command: [String], limits: WorkerSupervisor.Limits, now: Double) throws(FileError) {
    engine = try EngineProcess(command, limits: limits)
    (isReady, isOverdue, served, pending, words, waits) = (false, false, 0, [], [], false)
    (outgoing, requestBytes) = ([], 0)
    lastSign = now
    requestsAreOpen = true
  }

  private var takesRequests: Bool { engine != nil && isReady && requestsAreOpen }

  /// Whether it can be given a document and begins with it at once.
  var isIdle: Bool { takesRequests && !hasWork }

  var hasWork: Bool { task != nil || !ahead.isEmpty }

  /// How many documents it has.
  var taskCount: Int { ahead.count + (task == nil ? 0 : 1) }

  /// The names of the documents that it has.
  var names: [String] { ((task.map { [$0] } ?? []) + ahead).map(\.job.input.name) }

  /// Whether it should be given a document ahead.
  var takesAhead: Bool {
    guard takesRequests, let task, !task.job.isSuspect else { return false }
    return taskCount < Self.taskLimit && Double(taskCount) * pace < Self.headStart
      && requestBytes + Self.longestRequestAhead <= Self.longestRequests
  }

  /// How long it goes on without a new document, in seconds, as far as can be told.
  var lead: Double { ahead.isEmpty ? 0 : Double(ahead.count) * pace }

  /// The folder for the files of the next document.
  var nextFolder: String { folder.files(served % Self.taskLimit) }

  /// Gives the worker a document; its request goes out with the next `sendRequests`.
  func give(_ task: Task, request: [UInt8], now: Double) {
    var task = task
    task.requestSize = request.count + 1
    served += 1
    requestBytes += task.requestSize
    outgoing += request
    outgoing.append(UInt8(ascii: "\n"))
    if hasWork {
      ahead.append(task)
    } else {
      begin(task, now: now)
    }
  }

  func sendRequests() {
    guard let engine, !outgoing.isEmpty else { return }
    // A worker that is gone shows at its answers.
    try? OutputFile.write(outgoing, to: engine.requests, path: "requests")
    outgoing = []
  }

  private func begin(_ task: Task, now: Double) {
    self.task = task
    self.task?.started = now
    (lastSign, lastPage, waits) = (now, nil, false)
  }

  /// The documents that were given ahead to a worker that is gone.
  func takeBack() -> [Job] {
    defer { ahead = [] }
    return ahead.map(\.job)
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

  /// Ends the worker whatever it is at.
  ///
  /// - Returns: The documents that it had.
  func abandon() -> [Job] {
    guard let engine else { return [] }
    retire()
    // An idle one leaves by itself; but nobody waits for that.
    engine.kill()
    _ = engine.end(requestsAreOpen: false)
    self.engine = nil
    isReady = false
    defer { task = nil }
    return (task.map { [$0.job] } ?? []) + takeBack()
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
    guard bytes.isEmpty else {
      lastSign = now
      pending += bytes
      let events = events(of: takeLines(), now: now)
      if pending.count > Self.longestLine { engine.kill() }
      return events
    }
    readWords(engine)
    let status = engine.end(requestsAreOpen: requestsAreOpen)
    self.engine = nil
    isReady = false
    defer { task = nil }
    return [.ended(task, status: status, diagnostics: lastWords)]
  }

  private func takeLines() -> [[UInt8]] {
    var lines: [[UInt8]] = []
    var start = 0
    while let end = pending[start...].firstIndex(of: UInt8(ascii: "\n")) {
      lines.append(Array(pending[start..<end]))
      start = end + 1
    }
    pending.removeFirst(start)
    return lines
  }

  private func events(of lines: [[UInt8]], now: Double) -> [Event] {
    let answers = lines.map { EngineAnswer.read($0) }
    // What was answered since the last look took its time in equal parts, as far as can be told.
    let count = answers.count { $0.answer.isVerdict }
    let share = task.map { max(0, now - $0.started) / Double(max(1, count)) } ?? 0
    if count > 0 { pace = max(share, pace.isFinite ? pace / 2 : 0) }
    return answers.compactMap { event(of: $0.answer, to: $0.id, share: share, now: now) }
  }

  private func event(
    of answer: EngineAnswer, to id: String?, share: Double, now: Double
  ) -> Event? {
    if case .hello = answer {
      isReady = true
      return .hello
    }
    // What is not an answer to what was asked is passed over.
    guard var task, id == task.id else { return nil }
    task.ended = min(now, task.started + share)
    if answer.isVerdict { requestBytes -= task.requestSize }
    switch answer {
    case .page(let page): if page > 0 { lastPage = page }
    case .waits(let waits): self.waits = waits
    case .done(let success):
      goOn(at: task.ended, now: now)
      return .done(task, success)
    case .failed(let failure, let isLast):
      if isLast {
        // It ends now, and must not be given another.
        self.task = nil
        retire()
      } else {
        goOn(at: task.ended, now: now)
      }
      return .failed(task, failure, isLast: isLast)
    case .hello, .unknown: break
    }
    return nil
  }

  /// The worker is at the next document now.
  private func goOn(at start: Double, now: Double) {
    task = nil
    guard !ahead.isEmpty else { return }
    begin(ahead.removeFirst(), now: start)
    lastSign = now
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
  /// How long workers were at it that gave no verdict, in seconds.
  var spent = 0.0
  /// Whether it may bring down a worker, which then must have no other.
  var isSuspect: Bool { deaths > 0 || trial != nil }
  /// The files of an earlier verdict.
  var oldFiles: [Ledger.Entry.File] = []
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
