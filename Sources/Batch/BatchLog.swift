import DocumentWriting
import Glibc
import ProcessIsolation

/// What a run says while it runs, on standard error: a live line on a terminal, a line now and then
/// elsewhere, or JSON lines for programs.
final class BatchLog {
  /// How often the supervisor looks whether there is something to say, in seconds.
  static let interval = 0.25
  private static let plainInterval = 10.0

  private let format: BatchOrder.LogFormat
  private let isLive: Bool
  private var hasLine = false
  private var started = 0.0
  private var lastSaid = 0.0
  private var countAtStart = 0

  init(format: BatchOrder.LogFormat) {
    self.format = format
    isLive = format == .text && isatty(STDERR_FILENO) == 1
  }

  // MARK: - Events

  func begin(_ run: Ledger.Run) {
    let skipped = run.skipped.values.reduce(0, +)
    event(
      "begin",
      [
        ("inputs", .number(Double(run.inputs))), ("skipped", .number(Double(skipped))),
        ("jobs", .number(Double(run.jobs))), ("version", .string(run.version)),
        ("protections", .array(run.protections.map { .string($0) })),
      ])
    say(
      "\(run.inputs) inputs, \(skipped) files left out, \(run.jobs) workers; protections: "
        + run.protections.joined(separator: ", "))
  }

  /// Lines about verdicts that came together, in one piece.
  func verdicts(_ entries: [Ledger.Entry]) {
    switch format {
    case .text:
      for entry in entries where entry.state == .failed { say(entry.message ?? entry.source) }
    case .json:
      write(entries.flatMap { Self.line(Self.members(of: $0)) })
    }
  }

  /// In the order of names, which need not be sorted then.
  private static func members(of entry: Ledger.Entry) -> [(String, JSONValue)] {
    [
      ("code", entry.code.map { .string($0) } ?? .null), ("event", .string("document")),
      ("message", entry.message.map { .string($0) } ?? .null), ("name", .string(entry.name)),
      ("pages", entry.pages.map { .number(Double($0)) } ?? .null),
      ("seconds", .number(((entry.seconds ?? 0) * 1000).rounded() / 1000)),
      ("source", .string(entry.source)), ("state", .string(entry.state.rawValue)),
    ]
  }

  func end(done: Int, failed: Int, open: Int) {
    event(
      "end",
      [
        ("done", .number(Double(done))), ("failed", .number(Double(failed))),
        ("open", .number(Double(open))),
      ])
    say("\(done) done, \(failed) failed\(open > 0 ? ", \(open) open" : "")")
  }

  func wouldConvert(_ input: Input) {
    event("wouldConvert", [("name", .string(input.name)), ("source", .string(input.text))])
    say("would convert \(input.text)")
  }

  func rehearsed(inputs: Int, done: Int, failed: Int, skipped: [String: Int]) {
    let toDo = inputs - done - failed
    let leftOut = skipped.values.reduce(0, +)
    event(
      "rehearsal",
      [
        ("inputs", .number(Double(inputs))), ("toDo", .number(Double(toDo))),
        ("done", .number(Double(done))), ("failed", .number(Double(failed))),
        ("skipped", .number(Double(leftOut))),
      ])
    say(
      "\(inputs) inputs: \(toDo) to convert, \(done) done, \(failed) failed before, "
        + "\(leftOut) files left out")
  }

  // MARK: - Progress

  func progress(done: Int, failed: Int, left: Int, now: Double) {
    if started == 0 { (started, lastSaid, countAtStart) = (now, now, done + failed) }
    let count = done + failed
    let interval = isLive ? Self.interval : Self.plainInterval
    guard now - lastSaid >= interval else { return }
    lastSaid = now
    let rate = Double(count - countAtStart) / max(now - started, 0.001)
    let time = rate > 0 ? Self.time(Double(left) / rate) : "unknown"
    let percent = Double(count) / Double(max(1, count + left)) * 100
    event(
      "progress",
      [
        ("done", .number(Double(done))), ("failed", .number(Double(failed))),
        ("left", .number(Double(left))), ("perSecond", .number((rate * 100).rounded() / 100)),
      ])
    let line =
      "\(done) done, \(failed) failed, \(left) left (\(Int(percent)) %), "
      + "\((rate * 10).rounded() / 10) a second, \(time) left"
    if isLive {
      hasLine = true
      write("\r\u{1B}[K\(line)")
    } else {
      say(line)
    }
  }

  private static func time(_ seconds: Double) -> String {
    let seconds = Int(min(seconds, 1e8))
    if seconds < 60 { return "\(seconds) s" }
    if seconds < 3600 { return "\(seconds / 60) min" }
    return "\(seconds / 3600) h \(seconds % 3600 / 60) min"
  }

  // MARK: - Lines

  /// A line for people.
  func say(_ text: String) {
    guard format == .text else { return }
    // Names of files may hold anything.
    let line = String(
      String.UnicodeScalarView(text.unicodeScalars.map { $0.value < 32 ? " " : $0 }))
    write((hasLine ? "\r\u{1B}[K" : "") + "boxhead: \(line)\n")
    hasLine = false
  }

  private func event(_ name: String, _ members: [(String, JSONValue)]) {
    guard format == .json else { return }
    write(Self.line([("event", .string(name))] + members))
  }

  private static func line(_ members: [(String, JSONValue)]) -> [UInt8] {
    let members = members.map { JSONValue.Member(name: $0.0, value: $0.1) }
    return JSONValue.object(members).canonicalBytes + [UInt8(ascii: "\n")]
  }

  private func write(_ text: String) { write(Array(text.utf8)) }

  private func write(_ bytes: [UInt8]) {
    try? OutputFile.write(bytes, to: STDERR_FILENO, path: "standard error")
  }
}
