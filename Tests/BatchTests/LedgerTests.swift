import Foundation
import TestSupport
import Testing

@testable import Batch

@Suite struct LedgerTests {
  let folder: TemporaryFolder
  var path: String { folder.path("ledger.sqlite") }
  let inputs = ["a", "b", "c"].map { Input(path: Array("in/\($0)".utf8), name: $0) }

  init() throws { folder = try TemporaryFolder() }

  func begin(_ ledger: Ledger) throws -> Ledger.Run {
    try ledger.begin(
      Ledger.Run(
        started: 1, version: "1", optionsHash: "x", jobs: 1, inputs: inputs.count, skipped: [:],
        protections: []),
      inputs: inputs)
  }

  /// An entry with a value in each column.
  func entry(_ input: Input, _ state: Ledger.Entry.State) -> Ledger.Entry {
    var entry = Ledger.Entry(input)
    entry.state = state
    (entry.sha256, entry.key, entry.code) = ("5a", "5a|1|x", "crash")
    (entry.stage, entry.page, entry.retryable) = ("reading", 2, true)
    (entry.message, entry.attempts, entry.mediaType) = ("a \"quote\"\nand 表", 3, "text/plain")
    (entry.byteCount, entry.pages, entry.tables) = (1 << 40, 7, 0)
    (entry.warnings, entry.records, entry.identitiesHeld) = (1, 2, 3)
    (entry.identitiesFailed, entry.files) = (["a = b"], [.init(name: "a.json", bytes: 5)])
    (entry.seconds, entry.cpuSeconds, entry.finished) = (0.25, 2, 1.7e9 + 0.125)
    entry.run = 1
    return entry
  }

  func entries(_ ledger: Ledger) throws -> [Ledger.Entry] {
    var entries: [Ledger.Entry] = []
    try ledger.each { entries.append($0) }
    return entries
  }

  @Test("Rows hold what was saved, at once, after a kill, and after the end")
  func verdicts() throws {
    let ledger = try Ledger(path: path)
    let run = try begin(ledger)
    let expected = [
      entry(inputs[0], .done), entry(inputs[1], .failed), Ledger.Entry(inputs[2]),
    ]
    try ledger.save(Array(expected.prefix(2)))
    #expect(try entries(ledger) == expected)
    #expect(try ledger.judged() == ["a", "b"])
    #expect(try ledger.entry("b") == expected[1])
    // As if the run were gone.
    let next = try Ledger(path: path)
    #expect(try entries(next) == expected)
    _ = try begin(next)
    #expect(try entries(next) == expected)
    try ledger.end(run, ending: "completed")
    #expect(try entries(Ledger(path: path)) == expected)
  }

  @Test("A later verdict replaces an earlier one")
  func again() throws {
    let ledger = try Ledger(path: path)
    _ = try begin(ledger)
    try ledger.save([entry(inputs[0], .failed), entry(inputs[1], .done)])
    try ledger.save([entry(inputs[0], .done)])
    #expect(try entries(ledger).map(\.state) == [.done, .done, .open])
  }
}
