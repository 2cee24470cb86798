import DocumentWriting

/// What became of the documents of a batch: the ledgers of an output folder, summed up.
package struct BatchReport {
  /// A kind of failure.
  struct Kind {
    var code: String
    var count = 0
    /// The first few, in the order of names.
    var examples: [(name: String, message: String)] = []
  }

  /// A document and a measure of it.
  struct Example {
    var name: String
    var seconds: Double
    var pages: Int?
  }

  private static let exampleLimit = 3
  private static let slowestLimit = 10
  /// Upper ends of the classes of time, in seconds; the last class is open.
  static let timeClasses = [0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30]

  package private(set) var done = 0
  package private(set) var failed = 0
  package private(set) var open = 0
  private(set) var skipped: [String: Int] = [:]
  private(set) var byteCount = 0
  private(set) var pages = 0
  private(set) var tables = 0
  private(set) var warnings = 0
  private(set) var records = 0
  private(set) var identitiesHeld = 0
  private(set) var cpuSeconds = 0.0
  /// How long the runs took, one after another; those of shards may have been at the same time.
  private(set) var runSeconds = 0.0
  private(set) var runCount = 0
  /// The most frequent first.
  private(set) var kinds: [Kind] = []
  private(set) var mediaTypes: [(name: String, count: Int)] = []
  /// Documents by the time that they took, a count for each class.
  private(set) var times = [Int](repeating: 0, count: timeClasses.count + 1)
  private(set) var slowest: [Example] = []
  /// Sums that do not hold, by identity, with documents.
  private(set) var identities: [(id: String, names: [String])] = []
  package private(set) var identitiesFailed = 0

  /// Reads the ledgers in an output folder.
  ///
  /// - Throws: `Missing` if there is none, or an error of SQLite.
  package init(output: String) throws {
    let ledgers = RunFolder.ledgers(in: output)
    guard !ledgers.isEmpty else { throw Missing(output: output) }
    var kinds: [String: Kind] = [:]
    var types: [String: Int] = [:]
    var failedIdentities: [String: [String]] = [:]
    for path in ledgers {
      let ledger = try Ledger(path: path)
      var lastFinished: [Int64: Double] = [:]
      try ledger.each { entry in
        add(entry, &kinds, &types, &failedIdentities)
        guard let run = entry.run, let finished = entry.finished else { return }
        lastFinished[run] = max(lastFinished[run] ?? 0, finished)
      }
      let runs = try ledger.runs()
      runCount += runs.count
      for run in runs {
        // One that was killed ended with its last verdict.
        let end = run.ended ?? run.id.flatMap { lastFinished[$0] } ?? run.started
        runSeconds += max(0, end - run.started)
      }
      for (reason, count) in runs.last?.skipped ?? [:] { skipped[reason, default: 0] += count }
    }
    self.kinds = kinds.values.sorted { ($1.count, $0.code) < ($0.count, $1.code) }
    mediaTypes = types.map { ($0.key, $0.value) }.sorted { ($1.1, $0.0) < ($0.1, $1.0) }
    identities = failedIdentities.map { ($0.key, $0.value) }
      .sorted { ($1.1.count, $0.0) < ($0.1.count, $1.0) }
  }

  /// There is nothing to report on.
  struct Missing: Error, CustomStringConvertible {
    var output: String
    var description: String { "\(output): expected the output folder of a batch, found no ledger" }
  }

  private mutating func add(
    _ entry: Ledger.Entry, _ kinds: inout [String: Kind], _ types: inout [String: Int],
    _ failedIdentities: inout [String: [String]]
  ) {
    switch entry.state {
    case .open:
      open += 1
      return
    case .failed:
      failed += 1
      let code = entry.code ?? "unknown"
      var kind = kinds[code] ?? Kind(code: code)
      kind.count += 1
      if kind.examples.count < Self.exampleLimit {
        kind.examples.append((entry.name, entry.message ?? ""))
      }
      kinds[code] = kind
    case .done:
      done += 1
      types[entry.mediaType ?? "unknown", default: 0] += 1
    }
    byteCount += entry.byteCount ?? 0
    pages += entry.pages ?? 0
    tables += entry.tables ?? 0
    warnings += entry.warnings ?? 0
    records += entry.records ?? 0
    identitiesHeld += entry.identitiesHeld ?? 0
    cpuSeconds += entry.cpuSeconds ?? 0
    identitiesFailed += entry.identitiesFailed?.count ?? 0
    for id in entry.identitiesFailed ?? [] { failedIdentities[id, default: []].append(entry.name) }
    guard let seconds = entry.seconds else { return }
    times[Self.timeClasses.firstIndex { seconds <= $0 } ?? Self.timeClasses.count] += 1
    let example = Example(name: entry.name, seconds: seconds, pages: entry.pages)
    let place = slowest.firstIndex { $0.seconds < seconds } ?? slowest.count
    guard place < Self.slowestLimit else { return }
    slowest.insert(example, at: place)
    if slowest.count > Self.slowestLimit { slowest.removeLast() }
  }

  var inputCount: Int { done + failed + open }

  /// A count in each second of the runs.
  func rate(_ count: Int) -> Double { runSeconds > 0 ? Double(count) / runSeconds : 0 }
}

// MARK: - Text and JSON

extension BatchReport {
  /// For people, without a newline at the end.
  package var text: String {
    var lines = facts.map { name, value in
      name + String(repeating: " ", count: max(1, 22 - name.count)) + value
    }
    if !kinds.isEmpty { lines += ["", "Errors"] }
    for kind in kinds {
      lines.append("  \(kind.code): \(kind.count)")
      lines += kind.examples.map { "    \(Self.line($0.message.isEmpty ? $0.name : $0.message))" }
    }
    if !identities.isEmpty { lines += ["", "Sums that do not hold"] }
    for (id, names) in identities {
      let more = names.count > Self.exampleLimit ? ", …" : ""
      lines.append(
        "  \(id): \(names.count) (\(Self.line(names.prefix(Self.exampleLimit).joined(separator: ", ")))\(more))"
      )
    }
    if !slowest.isEmpty { lines += ["", "Slowest"] }
    lines += slowest.map { example in
      "  \(Self.rounded(example.seconds, 2)) s  \(Self.line(example.name))"
        + (example.pages.map { ", \($0) pages" } ?? "")
    }
    return lines.joined(separator: "\n")
  }

  /// What there is to say in one line each.
  var facts: [(String, String)] {
    [
      ("Inputs", "\(inputCount): \(done) done, \(failed) failed, \(open) open"),
      ("Left out", "\(skipped.values.reduce(0, +))"),
      ("Pages, tables", "\(pages), \(tables)"),
      ("Records", "\(records); \(identitiesHeld) sums hold, \(identitiesFailed) do not"),
      ("Warnings", "\(warnings)"),
      ("Bytes", "\(byteCount)"),
      ("Runs", "\(runCount), \(Self.rounded(runSeconds, 1)) s"),
      (
        "Rate",
        "\(Self.rounded(rate(done + failed), 1)) documents, \(Self.rounded(rate(pages), 1)) pages a "
          + "second"
      ),
      ("CPU time", "\(Self.rounded(cpuSeconds, 1)) s"),
    ]
  }

  /// For programs.
  package var json: String {
    func object(_ members: [(String, JSONValue)]) -> JSONValue {
      .object(members.map { JSONValue.Member(name: $0.0, value: $0.1) })
    }
    func number(_ value: Int) -> JSONValue { .number(Double(value)) }
    let value = object([
      ("inputs", number(inputCount)), ("done", number(done)), ("failed", number(failed)),
      ("open", number(open)),
      ("skipped", object(skipped.sorted { $0.key < $1.key }.map { ($0.key, number($0.value)) })),
      ("pages", number(pages)), ("tables", number(tables)), ("warnings", number(warnings)),
      ("records", number(records)), ("identitiesHeld", number(identitiesHeld)),
      ("identitiesFailed", number(identitiesFailed)), ("byteCount", number(byteCount)),
      ("runs", number(runCount)), ("runSeconds", .number(runSeconds)),
      ("cpuSeconds", .number(cpuSeconds)),
      ("documentsPerSecond", .number(rate(done + failed))),
      ("pagesPerSecond", .number(rate(pages))),
      (
        "errors",
        .array(
          kinds.map { kind in
            object([
              ("code", .string(kind.code)), ("count", number(kind.count)),
              (
                "examples",
                .array(
                  kind.examples.map {
                    object([("name", .string($0.name)), ("message", .string($0.message))])
                  })
              ),
            ])
          })
      ),
      (
        "failedIdentities",
        .array(
          identities.map { id, names in
            object([
              ("id", .string(id)), ("count", number(names.count)),
              ("names", .array(names.map { .string($0) })),
            ])
          })
      ),
      (
        "slowest",
        .array(
          slowest.map {
            object([("name", .string($0.name)), ("seconds", .number($0.seconds))])
          })
      ),
    ])
    return String(decoding: value.canonicalBytes, as: UTF8.self)
  }

  static func rounded(_ value: Double, _ digits: Int) -> String {
    let scale = digits == 1 ? 10.0 : 100.0
    return "\((value * scale).rounded() / scale)"
  }

  /// Names and messages come from strangers' files.
  static func line(_ text: String) -> String {
    String(String.UnicodeScalarView(text.unicodeScalars.map { $0.value < 32 ? " " : $0 }))
  }
}
