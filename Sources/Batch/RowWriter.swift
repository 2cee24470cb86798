import DocumentWriting
import GRDB
import GRDBSQLite

/// Writes many rows of one table, within a transaction.
///
/// Values are given to SQLite one by one. GRDB would take them as lists of values of any type,
/// which costs more than all else that is done for a document.
struct RowWriter {
  private let statement: Statement
  private let database: Database

  /// - Parameters:
  ///   - table: The table.
  ///   - columns: Those that are written; others are null in a new row.
  ///   - conflict: What becomes of a row that is there: `IGNORE` or `REPLACE`.
  ///   - database: The database, within a transaction.
  /// - Throws: `DatabaseError`.
  init(table: String, columns: [String], conflict: String, _ database: Database) throws {
    self.database = database
    statement = try database.cachedStatement(
      sql: """
        INSERT OR \(conflict) INTO \(table) (\(columns.joined(separator: ", ")))
        VALUES (\(columns.map { _ in "?" }.joined(separator: ", ")))
        """)
  }

  /// Writes a row.
  ///
  /// - Parameter columns: Those that the writer was made for, in their order; lists are kept as JSON.
  /// - Throws: `DatabaseError`.
  func write(_ columns: [JSONValue.Member]) throws {
    let row = statement.sqliteStatement
    defer { sqlite3_reset(row) }
    for index in columns.indices {
      let place = Int32(index + 1)
      let code =
        switch columns[index].value {
        case .null: sqlite3_bind_null(row, place)
        case .bool(let flag): sqlite3_bind_int(row, place, flag ? 1 : 0)
        case .number(let number): sqlite3_bind_double(row, place, number)
        case .string(let text): bind(text, row, place)
        case .array, .object:
          bind(String(decoding: columns[index].value.canonicalBytes, as: UTF8.self), row, place)
        }
      try check(code)
    }
    try check(sqlite3_step(row))
  }

  private func bind(_ text: String, _ row: SQLiteStatement, _ place: Int32) -> Int32 {
    var text = text
    return text.withUTF8 { utf8 in
      utf8.withMemoryRebound(to: CChar.self) {
        sqlite3_bind_text(row, place, $0.baseAddress, Int32($0.count), Self.copied)
      }
    }
  }

  /// Tells SQLite to copy a text; C has it as a cast that Swift cannot import.
  private static var copied: sqlite3_destructor_type {
    unsafeBitCast(-1, to: sqlite3_destructor_type.self)
  }

  private func check(_ code: Int32) throws {
    guard code == SQLITE_OK || code == SQLITE_DONE else {
      throw DatabaseError(
        resultCode: ResultCode(rawValue: code), message: database.lastErrorMessage)
    }
  }
}
