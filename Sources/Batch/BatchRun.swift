import DocumentWriting
import Foundation
import GRDB
import Glibc
import ProcessIsolation

/// Converts many documents with several workers at once and accounts for each of them.
///
///     inputs ─▶ ledger: done already? ─▶ worker 1 ─▶ files ─▶ syncfs ─▶ rename ─▶ row in the ledger
///                                     ├▶ worker 2
///                                     └▶ …
///
/// The supervisor reads no document. It hands paths to workers, watches their signs of life, moves
/// the files that they made and writes the ledger, all on one thread that waits for whatever comes
/// first. A worker that dies or hangs costs nothing but the document that it was at: another worker
/// tries that again, and when it brings down a second one, its pages are tried one by one.
///
/// A failure to write results or the ledger is no verdict on a document. It stops the run, which
/// can be started again when there is room.
package final class BatchRun {
  private let order: BatchOrder
  private let log: BatchLog
  private var folder: RunFolder
  private var sandbox = Sandbox(.never)

  private var slots: [EngineSlot] = []
  private var waiting: [Job] = []
  private var results: ResultFiles
  private var ledger: Ledger?
  private var record: Ledger.Run?
  /// The inputs that had a verdict before.
  private var judged: Set<String> = []
  private var hello: EngineAnswer.Hello?
  /// What stands behind the hash of an input in its key.
  private var keyEnding = ""

  /// Those that have come since the ledger was last written.
  private var verdicts: [Ledger.Entry] = []
  /// Their documents, which stay open if the verdicts cannot be kept.
  private var verdictJobs: [Job] = []
  private var doneCount = 0
  private var failedCount = 0
  private var interrupts: Int32 = -1
  private var isStopping = false
  /// Why the run cannot go on.
  private var trouble: String?
  /// How many workers in a row ended before they said hello.
  private var falseStarts = 0
  private var requestCount = 0
  private var walk: InputWalk
  /// What arrives, if the run goes on for it.
  private var arrivals: FolderWatch?
  /// The inputs that the run knows, by path, if it watches.
  private var known: [[UInt8]: Input] = [:]

  package init(order: BatchOrder) {
    self.order = order
    log = BatchLog(format: order.logFormat)
    folder = RunFolder(output: order.output, shard: order.shard)
    results = ResultFiles(output: order.output, needsFolder: false)
    walk = InputWalk(output: order.output)
  }

  /// Runs to the end.
  package func run() -> BatchEnding {
    interrupts = Wakening.interrupts()
    do {
      let hello = try greet()
      self.hello = hello
      keyEnding = "|\(hello.version)|\(hello.optionsHash)"
      results = ResultFiles(output: order.output, needsFolder: hello.needsFolder)
      if order.isWatching {
        arrivals = try FolderWatch()
        // A walk leaves the output folder out if it is there.
        try OutputFile.makeFolder(order.output)
      }
      try collect()
      if let failure = arrivals?.failure { throw failure }
      let inputs = namedInputs(hello)
      let skipped = Dictionary(
        uniqueKeysWithValues: walk.skipped.map { ($0.key.rawValue, $0.value) })
      if order.isDry { return try rehearse(inputs, skipped: skipped) }
      return try convert(inputs, skipped: skipped, hello: hello)
    } catch {
      return .refused("\(error)")
    }
  }

  /// Answers gather for so long, in seconds: users see them with no more delay than that.
  private static let longestPause = 0.25
  private static let shortestPause = 0.001

  private static var now: Double {
    var now = timespec()
    clock_gettime(CLOCK_MONOTONIC, &now)
    return Double(now.tv_sec) + Double(now.tv_nsec) / 1e9
  }

  // MARK: - Before the first document

  /// The reason why a run cannot begin.
  private struct Refusal: Error, CustomStringConvertible {
    var description: String
  }

  /// Starts a worker to learn its version and what it makes of its options.
  private func greet() throws -> EngineAnswer.Hello {
    var said = ""
    for _ in 0..<3 {
      let (line, words) = try firstLine()
      if case .hello(let hello) = EngineAnswer.read(line).answer { return hello }
      said = String(decoding: words.prefix(2000), as: UTF8.self)
      // Without a word it was killed, and not by us.
      if !said.isEmpty { break }
    }
    throw Refusal(
      description: said.isEmpty
        ? "\(order.engine.first ?? ""): expected a worker that says hello, found none" : said)
  }

  /// The first line of a worker that is asked nothing, and what it complains about.
  private func firstLine() throws -> (line: [UInt8], words: [UInt8]) {
    let engine = try EngineProcess(order.engine, limits: order.limits)
    engine.closeRequests()
    var bytes: [UInt8] = []
    var words: [UInt8] = []
    let end = Self.now + order.limits.stallSeconds
    while Self.now < end {
      let ready = Wakening.wait(for: [engine.answers], seconds: end - Self.now)
      guard !ready.isEmpty else { break }
      let piece = EngineProcess.read(engine.answers)
      words += EngineProcess.read(engine.diagnostics)
      if piece.isEmpty { break }
      bytes += piece
    }
    engine.kill()
    words += EngineProcess.read(engine.diagnostics)
    _ = engine.end(requestsAreOpen: false)
    return (Array(bytes.prefix { $0 != UInt8(ascii: "\n") }), words)
  }

  private func namedInputs(_ hello: EngineAnswer.Hello) -> [Input] {
    let inputs = ResultNames.inputs(
      walk.found, endings: hello.endings, needsFolder: hello.needsFolder)
    guard let shard = order.shard else { return inputs }
    return inputs.filter { shard.contains($0.name) }
  }

  private func collect() throws {
    walk = InputWalk(output: order.output)
    if let arrivals { walk.entering = { arrivals.add($0) } }
    for input in order.inputs { walk.add(argument: input) }
    guard let list = order.filesFrom else { return }
    let bytes = try InputFile.read(list)
    for line in bytes.split(separator: UInt8(ascii: "\n")) {
      let path = line.last == UInt8(ascii: "\r") ? line.dropLast() : line
      if !path.isEmpty { walk.add(path: Array(path)) }
    }
  }

  /// Says what would be done, and does nothing.
  private func rehearse(_ inputs: [Input], skipped: [String: Int]) throws -> BatchEnding {
    if access(folder.ledger, F_OK) == 0 { ledger = try Ledger(path: folder.ledger) }
    for input in inputs {
      if isToDo(input, try ledger?.entry(input.name)) { log.wouldConvert(input) }
    }
    log.rehearsed(
      inputs: inputs.count, done: doneCount, failed: failedCount, skipped: skipped)
    return .completed(done: doneCount, failed: 0)
  }

  // MARK: - The run

  private func convert(
    _ inputs: [Input], skipped: [String: Int], hello: EngineAnswer.Hello
  ) throws -> BatchEnding {
    sandbox = Sandbox(order.sandbox)
    guard order.sandbox != .require || sandbox.isWhole else {
      throw Refusal(
        description: "expected a kernel and bubblewrap (bwrap) that give a sandbox, found none")
    }
    try results.begin()
    try folder.take()
    let ledger = try Ledger(path: folder.ledger)
    self.ledger = ledger
    let protections =
      sandbox.protections + ["memory limit"]
      + (hello.isConfined ? ["no new privileges", "system calls filtered"] : [])
    let run = try ledger.begin(
      Ledger.Run(
        started: Date().timeIntervalSince1970, version: hello.version,
        optionsHash: hello.optionsHash, jobs: order.jobs, inputs: inputs.count,
        skipped: skipped, protections: protections),
      inputs: inputs)
    record = run
    judged = try ledger.judged()
    log.begin(run)
    // The first one is taken from the end.
    waiting = inputs.reversed().map { Job(input: $0) }
    if order.isWatching {
      known = Dictionary(uniqueKeysWithValues: inputs.map { ($0.path, $0) })
    }
    let jobs = order.isWatching ? order.jobs : min(order.jobs, inputs.count)
    for number in 0..<max(1, jobs) {
      slots.append(EngineSlot(number: number, folder: try folder.makeSlot(number)))
    }
    follow()
    for slot in slots { waiting += slot.abandon() }
    log.end(done: doneCount, failed: failedCount, open: waiting.count)
    folder.clean()
    return finish(ledger, run)
  }

  private func finish(_ ledger: Ledger, _ run: Ledger.Run) -> BatchEnding {
    // A watch is ended by its user, and complete when nothing is left.
    let isInterrupted = isStopping && (arrivals == nil || !waiting.isEmpty)
    let ending = trouble != nil ? "stopped" : isInterrupted ? "interrupted" : "completed"
    do {
      try ledger.end(run, ending: ending)
    } catch {
      trouble = trouble ?? "\(folder.ledger): \(error)"
    }
    if let trouble { return .stopped(trouble) }
    if isInterrupted { return .interrupted }
    return .completed(done: doneCount, failed: failedCount)
  }

  /// Hands out documents and takes answers until all have their verdict.
  private func follow() {
    while trouble == nil {
      if !isStopping { assign() }
      if trouble != nil { return }
      let isBusy = slots.contains(where: \.hasWork)
      if !isBusy, isStopping || waiting.isEmpty && arrivals == nil { return }
      if isBusy {
        log.progress(done: doneCount, failed: failedCount, left: waiting.count, now: Self.now)
      }
      let now = Self.now
      let ends = slots.compactMap {
        $0.deadline(stall: order.limits.stallSeconds, whole: order.timeout)
      }
      let next = min(ends.min() ?? .infinity, isBusy ? now + BatchLog.interval : .infinity)
      gather()
      var descriptors = slots.flatMap(\.descriptors) + (interrupts >= 0 ? [interrupts] : [])
      if let arrivals { descriptors.append(arrivals.descriptor) }
      let ready = Wakening.wait(for: descriptors, seconds: next - now)
      if ready.contains(interrupts) {
        Wakening.takeInterrupt(interrupts)
        if isStopping {
          log.say("stopped at once; what was being converted is open")
          return
        }
        isStopping = true
        log.say("finishing what has been begun; interrupt again to stop at once")
      }
      if let arrivals, ready.contains(arrivals.descriptor) { take(arrivals.events()) }
      take(slots.map { readEvents(of: $0, ready) })
      keepVerdicts()
    }
  }

  /// What came from a worker, which is ended if it is late.
  private func readEvents(of slot: EngineSlot, _ ready: Set<Int32>) -> [EngineSlot.Event] {
    let events = slot.read(ready, now: Self.now)
    let end = slot.deadline(stall: order.limits.stallSeconds, whole: order.timeout)
    if let end, end <= Self.now { slot.killOverdue() }
    return events
  }

  /// Takes what came from the workers, in their order.
  private func take(_ events: [[EngineSlot.Event]]) {
    if events.contains(where: { $0.contains(where: \.bringsFiles) }) {
      // None of them is placed then.
      do throws(FileError) { try results.save() } catch { trouble = "\(error)" }
    }
    for (slot, events) in zip(slots, events) {
      for event in events { take(event, from: slot) }
      // What was given ahead has not been begun, as users see it.
      if isStopping, !events.isEmpty, slot.task != nil { waiting += slot.abandon() }
    }
  }

  /// Lets answers gather while no worker waits for anything: to wake for each costs more than to
  /// take it.
  private func gather() {
    // One that gets no more before it ends can do all that it has.
    let leads = slots.compactMap { slot in
      slot.hasWork ? slot.served < order.recycle ? slot.lead / 2 : slot.lead : nil
    }
    let pause = min(leads.min() ?? 0, Self.longestPause)
    guard pause > Self.shortestPause else { return }
    // Those without work are about to start or to end.
    let others = slots.filter { !$0.hasWork }.flatMap(\.descriptors)
    _ = Wakening.wait(for: others + (interrupts >= 0 ? [interrupts] : []), seconds: pause)
  }

  // MARK: - What arrives

  private func take(_ events: [FolderWatch.Event]) {
    guard let hello else { return }
    var again: Set<[UInt8]> = []
    var isNew = false
    for event in events {
      switch event {
      case .overflow:
        do { try collect() } catch { trouble = "\(error)" }
        again.formUnion(known.keys)
        isNew = true
      case .arrived(let found) where known[found.path] != nil: again.insert(found.path)
      case .arrived(let found):
        walk.add(arrival: found)
        isNew = true
      }
    }
    var arrived = again.compactMap { known[$0] }
    if isNew {
      for input in namedInputs(hello) where known[input.path] == nil {
        known[input.path] = input
        arrived.append(input)
      }
    }
    let open = Set(waiting.map(\.input.name))
    arrived = arrived.filter { !open.contains($0.name) }
    arrived.sort { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
    waiting.insert(contentsOf: arrived.reversed().map { Job(input: $0, isArrival: true) }, at: 0)
    if let failure = arrivals?.failure { trouble = "\(failure)" }
  }

  // MARK: - Handing out

  private func assign() {
    for slot in slots {
      if slot.engine == nil, !waiting.isEmpty { start(slot) }
      if slot.isIdle, let job = nextJob() { give(job, to: slot) }
    }
    for slot in slots {
      giveAhead(to: slot)
      slot.sendRequests()
      if slot.isReady, slot.served >= order.recycle { slot.retire() }
    }
  }

  /// Gives a fast worker documents ahead, as long as there are enough for all.
  private func giveAhead(to slot: EngineSlot) {
    while slot.takesAhead, slot.served < order.recycle,
      waiting.count > slots.count * slot.taskCount, let job = nextJob()
    {
      guard !job.isSuspect, job.input.path.count < EngineSlot.longestRequestAhead / 8 else {
        waiting.append(job)
        return
      }
      give(job, to: slot)
    }
  }

  private func start(_ slot: EngineSlot) {
    do throws(FileError) {
      try slot.start(
        sandbox.around(order.engine, slot: slot.folder), limits: order.limits, now: Self.now)
    } catch {
      trouble = "\(error)"
    }
  }

  /// The next document that is not done already.
  private func nextJob() -> Job? {
    // A file that was written again while it is converted waits for that.
    let busy = arrivals == nil ? [] : Set(slots.flatMap(\.names))
    while let index = waiting.lastIndex(where: { !busy.contains($0.input.name) }) {
      var job = waiting.remove(at: index)
      if job.attempts > 0 { return job }
      do {
        if job.isArrival {
          // Files of programs that rename what they wrote are gone by now.
          guard FileIdentity(job.input.path) != nil else { continue }
          try ledger?.add(job.input)
          judged.insert(job.input.name)
        }
        let isJudged = judged.contains(job.input.name)
        let entry = isJudged ? try ledger?.entry(job.input.name) : nil
        job.oldFiles = entry?.files ?? []
        if isToDo(job.input, entry) { return job }
      } catch {
        trouble = "\(folder.ledger): \(error)"
        return nil
      }
    }
    return nil
  }

  /// Whether the ledger has no verdict on these bytes under this version and these options.
  private func isToDo(_ input: Input, _ entry: Ledger.Entry?) -> Bool {
    guard let entry, entry.state != .open, let key = entry.key,
      !(entry.state == .failed && order.retriesFailed),
      let sha256 = try? Fingerprint.sha256(ofFile: input.path),
      key == self.key(sha256), results.arePresent(entry.files ?? [])
    else { return true }
    if entry.state == .done { doneCount += 1 } else { failedCount += 1 }
    return false
  }

  private func key(_ sha256: String) -> String {
    sha256 + keyEnding
  }

  private func give(_ job: Job, to slot: EngineSlot) {
    var job = job
    job.attempts += 1
    requestCount += 1
    let task = EngineSlot.Task(
      job: job, page: job.trial?.next, id: "\(requestCount)", folder: slot.nextFolder)
    var members: [JSONValue.Member] = []
    // In the order of names, which need not be sorted then.
    func add(_ name: String, _ value: JSONValue) {
      members.append(JSONValue.Member(name: name, value: value))
    }
    if let timeout = order.timeout { add("deadline", .number(timeout)) }
    if task.page != nil { add("document", .bool(false)) }
    add("id", .string(task.id))
    if let page = task.page {
      add("options", .object([JSONValue.Member(name: "pages", value: .string("\(page)"))]))
    } else {
      let stem = results.place(of: job.input.name).stem
      add(
        "output",
        .object([
          JSONValue.Member(name: "folder", value: .string(task.folder)),
          JSONValue.Member(name: "stem", value: .string(stem)),
        ]))
    }
    let path = job.input.path
    if let text = String(validating: path, as: UTF8.self) {
      add("path", .string(text))
    } else {
      add("pathBytes", .string(Data(path).base64EncodedString()))
    }
    slot.give(task, request: JSONValue.object(members).canonicalBytes, now: Self.now)
  }

  // MARK: - Taking answers

  private func take(_ event: EngineSlot.Event, from slot: EngineSlot) {
    switch event {
    case .hello: falseStarts = 0
    case .done(let task, let success):
      if task.page != nil {
        continueTrial(task) { $0.pageIsReadable(now: Self.now) }
      } else {
        finish(task, success)
      }
    case .failed(let task, let failure, let isLast):
      failed(task, failure, isDeath: isLast && !["deadline", "limit"].contains(failure.code))
    case .ended(let task, let status, let diagnostics):
      // The documents behind the one that it ended at are as if they had not been given.
      for var job in slot.takeBack() {
        job.attempts -= 1
        waiting.append(job)
      }
      ended(slot, at: task, status: status, diagnostics: diagnostics)
    }
  }

  private func ended(
    _ slot: EngineSlot, at task: EngineSlot.Task?, status: Int32, diagnostics: String
  ) {
    guard var task else {
      falseStarts += slot.served == 0 ? 1 : 0
      if falseStarts > 3 * order.jobs {
        trouble = "expected workers that start, found status \(status): \(diagnostics)"
      }
      return
    }
    task.ended = Self.now
    let wasLate = slot.isOverdue && Self.now >= task.started + (order.timeout ?? .infinity)
    let place = slot.lastPage.map { "after page \($0)" } ?? "before the first page"
    let tail = diagnostics.isEmpty ? "" : ": \(diagnostics)"
    let (code, words) =
      if wasLate {
        ("deadline", "expected a result within \(order.timeout ?? 0) s, found none")
      } else if slot.isOverdue {
        ("stalled", "expected progress within \(order.limits.stallSeconds) s, found none \(place)")
      } else if status == 128 + SIGKILL {
        ("killed", "expected a result, found a worker killed from outside \(place)")
      } else {
        (
          "crash",
          "expected a result, found the end of the worker (status \(status)) \(place)\(tail)"
        )
      }
    let failure = EngineAnswer.Failure(
      code: code, stage: "extraction", page: slot.lastPage.map { $0 + 1 }, isRetryable: true,
      message: "\(task.job.input.text): extraction: \(words)")
    failed(task, failure, isDeath: !wasLate)
  }

  private func finish(_ task: EngineSlot.Task, _ success: EngineAnswer.Success) {
    // Its files may not have come to the disk.
    if let trouble { return stop(task.job, trouble) }
    var entry = entry(of: task)
    let value = success.value
    do throws(FileError) {
      entry.files = try results.place(
        success.files, of: task.job.input, from: task.folder,
        before: task.job.oldFiles)
    } catch {
      stop(task.job, "\(error)")
      return
    }
    entry.state = .done
    entry.sha256 = value["sha256"]?.text
    entry.key = entry.sha256.map(key)
    entry.mediaType = value["mediaType"]?.text
    entry.byteCount = value["byteCount"]?.count
    entry.pages = value["pages"]?.count
    entry.tables = value["tables"]?.count
    entry.warnings = value["warnings"]?.count
    entry.records = value["records"]?.count
    entry.identitiesHeld = value["identitiesHeld"]?.count
    entry.identitiesFailed = value["identitiesFailed"]?.elements?.compactMap(\.text)
    entry.cpuSeconds = value["cpuSeconds"]?.number
    add(entry, of: task.job)
  }

  private func failed(_ task: EngineSlot.Task, _ failure: EngineAnswer.Failure, isDeath: Bool) {
    var job = task.job
    if failure.code == "output" {
      stop(task.job, failure.message)
      return
    }
    if task.page != nil {
      continueTrial(task) {
        if isDeath {
          $0.pageIsDeadly(now: Self.now)
        } else {
          $0.pageFailed(failure, now: Self.now)
        }
      }
      return
    }
    if isDeath {
      job.deaths += 1
      job.spent += task.seconds
      if job.deaths > 1 {
        job.trial = PageTrial(
          failure: failure, end: Self.now + 20 * order.limits.stallSeconds)
      }
      waiting.append(job)
      return
    }
    conclude(task, failure)
  }

  private func continueTrial(_ task: EngineSlot.Task, _ body: (inout PageTrial) -> Void) {
    var task = task
    guard var trial = task.job.trial else { return }
    body(&trial)
    task.job.trial = trial
    if trial.isOver {
      conclude(task, trial.verdict)
    } else {
      task.job.spent += task.seconds
      waiting.append(task.job)
    }
  }

  /// The verdict that there is no result.
  private func conclude(_ task: EngineSlot.Task, _ failure: EngineAnswer.Failure) {
    var entry = entry(of: task)
    entry.state = .failed
    entry.code = failure.code
    entry.stage = failure.stage
    entry.page = failure.page
    entry.retryable = failure.isRetryable
    entry.message = String(message(of: failure, input: task.job.input).prefix(2000))
    // Without its bytes there is no key, and it is tried again by the next run.
    if failure.code != "fileAccess" {
      entry.sha256 = try? Fingerprint.sha256(ofFile: task.job.input.path)
      entry.key = entry.sha256.map(key)
    }
    results.remove(task.job.oldFiles)
    add(entry, of: task.job)
  }

  private func add(_ verdict: Ledger.Entry, of job: Job) {
    verdicts.append(verdict)
    verdictJobs.append(job)
  }

  /// A worker knows the name of the file; people want the path.
  private func message(of failure: EngineAnswer.Failure, input: Input) -> String {
    let path = input.text
    let name = path.split(separator: "/").last.map(String.init) ?? path
    guard name != path, failure.message.hasPrefix("\(name): ") else { return failure.message }
    return path + failure.message.dropFirst(name.count)
  }

  private func entry(of task: EngineSlot.Task) -> Ledger.Entry {
    var entry = Ledger.Entry(task.job.input)
    entry.attempts = task.job.attempts
    entry.seconds = task.job.spent + task.seconds
    entry.finished = Date().timeIntervalSince1970
    entry.run = record?.id
    return entry
  }

  /// Keeps the verdicts that came together.
  private func keepVerdicts() {
    guard !verdicts.isEmpty else { return }
    defer { (verdicts, verdictJobs) = ([], []) }
    do {
      try ledger?.save(verdicts)
    } catch {
      for job in verdictJobs { stop(job, "\(folder.ledger): \(error)") }
      return
    }
    doneCount += verdicts.count { $0.state == .done }
    failedCount += verdicts.count { $0.state == .failed }
    log.verdicts(verdicts)
  }

  /// The run cannot go on; the document stays open.
  private func stop(_ job: Job, _ reason: String) {
    trouble = trouble ?? reason
    waiting.append(job)
  }
}
