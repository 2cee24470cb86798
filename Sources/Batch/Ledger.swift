import DocumentWriting
import Foundation
import GRDB

/// What became of each input, kept in SQLite beside the results.
///
/// One row for each input, whatever happens: `open` until there is a verdict, then `done` or
/// `failed`. A verdict is written after its files have their names, so that after any end of the
/// run what the ledger says is there is there. A transaction costs as much as some verdicts, so
/// those that come together share one. It does not wait for the disk: an end of the process loses
/// nothing, a power failure the last verdicts, whose documents are then converted again.
final class Ledger {
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
    /// How long workers were at it, all that tried it together.
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

  /// Opens a ledger, or makes it.
  init(path: String) throws {
    var configuration = Configuration()
    configuration.busyMode = .timeout(10)
    configuration.prepareDatabase { database in
      // A page of this size takes the verdicts that come together; smaller ones would be split again
      // and again as rows get longer.
      try database.execute(
        sql: """
          PRAGMA page_size = 16384; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL
          """)
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
    try queue.write { database in
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
    var columns = ["name", "source", "state", "attempts"].map {
      JSONValue.Member(name: $0, value: .null)
    }
    columns[2].value = .string(Entry.State.open.rawValue)
    columns[3].value = .number(0)
    let rows = try RowWriter(
      table: Entry.databaseTableName, columns: columns.map(\.name), conflict: "IGNORE", database)
    for input in inputs {
      columns[0].value = .string(input.name)
      columns[1].value = .string(input.text)
      try rows.write(columns)
    }
  }

  func end(_ run: Run, ending: String) throws {
    var run = run
    run.ended = Date().timeIntervalSince1970
    run.ending = ending
    try queue.write { [run] database in try run.update(database) }
    try queue.writeWithoutTransaction { database in
      _ = try database.checkpoint(.truncate)
    }
  }

  func entry(_ name: String) throws -> Entry? {
    try queue.read { database in try Entry.fetchOne(database, key: name) }
  }

  /// The names of inputs that have a verdict.
  func judged() throws -> Set<String> {
    try queue.read { database in
      try String.fetchSet(database, sql: "SELECT name FROM document WHERE state <> 'open'")
    }
  }

  /// Keeps verdicts, all or none; their inputs have rows since the run began.
  func save(_ entries: [Entry]) throws {
    guard let first = entries.first else { return }
    try queue.write { database in
      let rows = try RowWriter(
        table: Entry.databaseTableName, columns: first.columns.map(\.name), conflict: "REPLACE",
        database)
      for entry in entries { try rows.write(entry.columns) }
    }
  }

  // MARK: - Reading

  /// Calls `body` with each row in the order of names.
  func each(_ body: (Entry) -> Void) throws {
    try queue.read { database in
      let rows = try Entry.order(Column("name")).fetchCursor(database)
      while let row = try rows.next() { body(row) }
    }
  }

  func runs() throws -> [Run] {
    try queue.read { database in try Run.order(Column("id")).fetchAll(database) }
  }
}

extension Ledger.Entry {
  /// The columns of its row; absent values are null, lists JSON.
  ///
  /// `Codable` reads what this writes. It would do for writing too, at ten times the cost.
  var columns: [JSONValue.Member] {
    func text(_ name: String, _ text: String?) -> JSONValue.Member {
      JSONValue.Member(name: name, value: text.map { .string($0) } ?? .null)
    }
    func number(_ name: String, _ number: Double?) -> JSONValue.Member {
      JSONValue.Member(name: name, value: number.map { .number($0) } ?? .null)
    }
    func count(_ name: String, _ count: Int?) -> JSONValue.Member {
      number(name, count.map(Double.init))
    }
    func list(_ name: String, _ list: [JSONValue]?) -> JSONValue.Member {
      JSONValue.Member(name: name, value: list.map { .array($0) } ?? .null)
    }
    return [
      text("name", name), text("source", source), text("state", state.rawValue),
      text("sha256", sha256), text("key", key), text("code", code), text("stage", stage),
      count("page", page), number("retryable", retryable.map { $0 ? 1 : 0 }),
      text("message", message), count("attempts", attempts), text("mediaType", mediaType),
      count("byteCount", byteCount), count("pages", pages), count("tables", tables),
      count("warnings", warnings), count("records", records),
      count("identitiesHeld", identitiesHeld),
      list("identitiesFailed", identitiesFailed?.map { .string($0) }),
      list("files", files?.map(\.value)), number("seconds", seconds),
      number("cpuSeconds", cpuSeconds), number("finished", finished),
      count("run", run.map(Int.init)),
    ]
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
