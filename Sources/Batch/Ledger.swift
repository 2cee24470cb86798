import DocumentWriting
import Foundation
import GRDB

/// What became of each input, kept in SQLite beside the results.
///
///     verdict ─▶ VerdictJournal, a line each ─▶ document, 256 rows at a time
///
/// One row for each input, whatever happens: `open` until there is a verdict, then `done` or
/// `failed`. A verdict is written after its files have their names, so that after any end of the
/// run what the ledger says is there is there. A transaction costs more than many a document, so
/// verdicts are kept in a journal first; whoever opens the ledger next reads both. Neither waits
/// for the disk: an end of the process loses nothing, a power failure the last verdicts, whose
/// documents are then converted again.
final class Ledger {
  /// How many verdicts share a transaction: it costs each of them a hundredth of a millisecond.
  static let groupSize = 256

  /// The verdict on one input.
  struct Entry: Codable, Equatable, Sendable, FetchableRecord, TableRecord {
    static let databaseTableName = "document"

    enum State: String, Codable, Sendable {
      case open, done, failed
    }

    struct File: Codable, Equatable, Sendable {
      var name: String
      var bytes: Int
    }

    var name: String
    var source: String
    var state = State.open
    /// SHA-256 of the bytes that the verdict is about; nil if they could not be read.
    var sha256: String?
    /// The hash, the version and the hash of the options; what has another key is done again.
    var key: String?
    var code: String?
    var stage: String?
    var page: Int?
    var retryable: Bool?
    var message: String?
    /// How often it was begun.
    var attempts = 0
    var mediaType: String?
    var byteCount: Int?
    var pages: Int?
    var tables: Int?
    var warnings: Int?
    var records: Int?
    var identitiesHeld: Int?
    var identitiesFailed: [String]?
    /// What it was converted to, below the output folder.
    var files: [File]?
    var seconds: Double?
    var cpuSeconds: Double?
    /// When, in seconds since 1970.
    var finished: Double?
    /// The run that gave the verdict.
    var run: Int64?

    init(_ input: Input) {
      name = input.name
      source = input.text
    }
  }

  /// One run over the inputs.
  struct Run: Codable, Sendable, FetchableRecord, MutablePersistableRecord {
    static let databaseTableName = "run"

    var id: Int64?
    var started: Double
    var ended: Double?
    var version: String
    var optionsHash: String
    var jobs: Int
    var inputs: Int
    /// How many files were left out, by reason.
    var skipped: [String: Int]
    var protections: [String]
    /// `completed`, `interrupted` or `stopped`; nil while it runs or if it was killed.
    var ending: String?

    mutating func didInsert(_ inserted: InsertionSuccess) { id = inserted.rowID }
  }

  private let queue: DatabaseQueue
  private let journal: VerdictJournal
  /// The verdicts of the journal by name, which are not in the table yet.
  private var waiting: [String: Entry]

  /// Opens a ledger, or makes it.
  init(path: String) throws {
    journal = VerdictJournal(path: "\(path)-verdicts")
    // Before the table: what leaves the journal meanwhile is in the table then.
    waiting = journal.entries()
    var configuration = Configuration()
    configuration.busyMode = .timeout(10)
    configuration.prepareDatabase { database in
      try database.execute(sql: "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL")
    }
    queue = try DatabaseQueue(path: path, configuration: configuration)
    try queue.write { database in
      try database.execute(sql: Self.tables)
    }
  }

  /// SQLite would make a table of a list of states for each row that is written.
  private static let tables = """
    CREATE TABLE IF NOT EXISTS document (
      name TEXT PRIMARY KEY NOT NULL, source TEXT NOT NULL,
      state TEXT NOT NULL CHECK (state = 'open' OR state = 'done' OR state = 'failed'),
      sha256 TEXT, key TEXT, code TEXT, stage TEXT, page INTEGER, retryable INTEGER, message TEXT,
      attempts INTEGER NOT NULL, mediaType TEXT, byteCount INTEGER, pages INTEGER, tables INTEGER,
      warnings INTEGER, records INTEGER, identitiesHeld INTEGER, identitiesFailed TEXT, files TEXT,
      seconds REAL, cpuSeconds REAL, finished REAL, run INTEGER) WITHOUT ROWID;
    CREATE TABLE IF NOT EXISTS run (
      id INTEGER PRIMARY KEY, started REAL NOT NULL, ended REAL, version TEXT NOT NULL,
      optionsHash TEXT NOT NULL, jobs INTEGER NOT NULL, inputs INTEGER NOT NULL,
      skipped TEXT NOT NULL, protections TEXT NOT NULL, ending TEXT);
    """

  // MARK: - A run

  /// Notes that a run begins, and gives each new input its row.
  func begin(_ run: Run, inputs: [Input]) throws -> Run {
    try settle()
    // A journal may end within a line.
    try journal.clear()
    return try queue.write { database in
      var run = run
      try run.insert(database)
      try Self.add(inputs, database)
      return run
    }
  }

  /// Gives an input its row that was not there when the run began.
  func add(_ input: Input) throws {
    try queue.write { database in try Self.add([input], database) }
  }

  private static func add(_ inputs: [Input], _ database: Database) throws {
    let rows = try RowWriter(
      table: Entry.databaseTableName, columns: ["name", "source", "state", "attempts"],
      conflict: "IGNORE", database)
    let open = JSONValue.string(Entry.State.open.rawValue)
    for input in inputs {
      try rows.write([.string(input.name), .string(input.text), open, .number(0)])
    }
  }

  func end(_ run: Run, ending: String) throws {
    try settle()
    journal.remove()
    var run = run
    run.ended = Date().timeIntervalSince1970
    run.ending = ending
    try queue.write { [run] database in try run.update(database) }
    try queue.writeWithoutTransaction { database in
      _ = try database.checkpoint(.truncate)
    }
  }

  func entry(_ name: String) throws -> Entry? {
    if let entry = waiting[name] { return entry }
    return try queue.read { database in try Entry.fetchOne(database, key: name) }
  }

  /// The names of inputs that have a verdict.
  func judged() throws -> Set<String> {
    let settled = try queue.read { database in
      try String.fetchSet(database, sql: "SELECT name FROM document WHERE state <> 'open'")
    }
    return settled.union(waiting.keys)
  }

  /// Keeps the verdict on an input, which has its row since the run began.
  func save(_ entry: Entry) throws {
    try journal.append(entry)
    waiting[entry.name] = entry
    if waiting.count >= Self.groupSize { try settle() }
  }

  /// Moves the verdicts of the journal to the table.
  private func settle() throws {
    guard let first = waiting.values.first else { return }
    let entries = waiting.values.sorted { $0.name < $1.name }
    try queue.write { database in
      let rows = try RowWriter(
        table: Entry.databaseTableName, columns: first.columns.map(\.name), conflict: "REPLACE",
        database)
      for entry in entries { try rows.write(entry.columns.map(\.value)) }
    }
    waiting = [:]
    try journal.clear()
  }

  // MARK: - Reading

  /// Calls `body` with each row in the order of names.
  func each(_ body: (Entry) -> Void) throws {
    try queue.read { database in
      let rows = try Entry.order(Column("name")).fetchCursor(database)
      while let row = try rows.next() { body(waiting[row.name] ?? row) }
    }
  }

  func runs() throws -> [Run] {
    try queue.read { database in try Run.order(Column("id")).fetchAll(database) }
  }
}

extension Ledger.Entry {
  /// The columns of its row, as the journal spells them, in the order of their names; absent values
  /// are null.
  ///
  /// `Codable` reads what this writes. It would do for writing too, at ten times the cost.
  var columns: [JSONValue.Member] {
    func text(_ text: String?) -> JSONValue { text.map { .string($0) } ?? .null }
    func number(_ number: Double?) -> JSONValue { number.map { .number($0) } ?? .null }
    func count(_ count: Int?) -> JSONValue { number(count.map(Double.init)) }
    let identities = identitiesFailed.map { JSONValue.array($0.map { .string($0) }) }
    let columns: [(String, JSONValue)] = [
      ("attempts", count(attempts)), ("byteCount", count(byteCount)), ("code", text(code)),
      ("cpuSeconds", number(cpuSeconds)),
      ("files", files.map { .array($0.map(\.value)) } ?? .null), ("finished", number(finished)),
      ("identitiesFailed", identities ?? .null), ("identitiesHeld", count(identitiesHeld)),
      ("key", text(key)), ("mediaType", text(mediaType)), ("message", text(message)),
      ("name", .string(name)), ("page", count(page)), ("pages", count(pages)),
      ("records", count(records)), ("retryable", retryable.map { .bool($0) } ?? .null),
      ("run", count(run.map(Int.init))), ("seconds", number(seconds)), ("sha256", text(sha256)),
      ("source", .string(source)), ("stage", text(stage)), ("state", .string(state.rawValue)),
      ("tables", count(tables)), ("warnings", count(warnings)),
    ]
    return columns.map { JSONValue.Member(name: $0.0, value: $0.1) }
  }
}

extension Ledger.Entry.File {
  fileprivate var value: JSONValue {
    .object([
      JSONValue.Member(name: "bytes", value: .number(Double(bytes))),
      JSONValue.Member(name: "name", value: .string(name)),
    ])
  }
}
