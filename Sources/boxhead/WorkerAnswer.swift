import Conversion
import DocumentModel
import DocumentWriting
import ProcessIsolation

/// What a worker says, as lines of JSON.
enum WorkerAnswer {
  /// The protocol that these lines follow; a change that others must know of raises it.
  static let protocolVersion = 1.0

  /// Why there is no document.
  struct Failure {
    /// A name that programs decide by: a kind of `ConversionError`, or `fileAccess`,
    /// `inputChanged`, `output`, `libraryMissing`, `deadline`, `memory`, `nesting`, `crash`.
    var code: String
    /// The part of the work: a stage of `ConversionError`, or `request`, `reading`, `writing`.
    var stage: String
    var page: Int?
    /// Whether the same request may succeed another time, or under other limits.
    var isRetryable: Bool
    var message: String
  }

  static func object(_ members: [(String, JSONValue?)]) -> JSONValue {
    .object(
      members.compactMap { name, value in value.map { JSONValue.Member(name: name, value: $0) } })
  }

  static func line(_ value: JSONValue) -> [UInt8] {
    value.canonicalBytes + [UInt8(ascii: "\n")]
  }

  /// The line of a failure; `isLast` says that the worker ends with it.
  static func failure(_ failure: Failure, id: JSONValue, isLast: Bool = false) -> [UInt8] {
    line(
      object([
        ("id", id), ("ok", .bool(false)), ("last", isLast ? .bool(true) : nil),
        (
          "error",
          object([
            ("code", .string(failure.code)), ("stage", .string(failure.stage)),
            ("page", failure.page.map { .number(Double($0)) }),
            ("retryable", .bool(failure.isRetryable)), ("message", .string(failure.message)),
          ])
        ),
      ]))
  }

  static func page(_ number: Int, id: JSONValue) -> [UInt8] {
    line(object([("id", id), ("page", .number(Double(number)))]))
  }
}

extension WorkerAnswer.Failure {
  init(_ error: any Error, name: String) {
    switch error {
    case let error as ConversionError:
      self.init(
        code: error.kind.rawValue, stage: error.stage.rawValue, page: error.page,
        isRetryable: [.recognitionMissing, .libraryMissing].contains(error.kind),
        message: "\(error)")
    case let error as FileError where error.isTooLarge:
      self.init(
        code: "limit", stage: "reading", isRetryable: false, message: "\(error)")
    case let error as FileError where error.operation == .read:
      self.init(
        code: "fileAccess", stage: "reading", isRetryable: true, message: "\(error)")
    case let error as FileError:
      self.init(code: "output", stage: "writing", isRetryable: true, message: "\(error)")
    case let error as WritingError where error == .workbookLibraryMissing:
      self.init(
        code: "libraryMissing", stage: "writing", isRetryable: true,
        message: "\(name): writing: \(error)")
    default:
      self.init(
        code: "internalFailure", stage: "writing", isRetryable: false,
        message: "\(name): \(error)")
    }
  }

  /// What ended the worker.
  init(_ cause: LastAnswers.Cause, name: String, deadline: Double?, maxPages: Int?) {
    // The whole line must fit into what a handler keeps.
    let name = name.utf8.count > 200 ? String(name.prefix(60)) + "…" : name
    let (code, isRetryable, words) =
      switch cause {
      case .crash: ("crash", true, "expected a result, found a crash")
      case .left: ("crash", true, "expected a result, found an early end")
      case .memory:
        (
          "memory", true,
          "expected a document that fits into the limit of memory, found a larger one"
        )
      case .nesting:
        ("nesting", false, "expected nesting that fits into the stack, found deeper nesting")
      case .deadline:
        ("deadline", true, "expected a result within \(deadline ?? 0) s, found none")
      case .pages:
        ("limit", false, "expected at most \(maxPages ?? 0) pages, found more")
      }
    self.init(
      code: code, stage: "extraction", isRetryable: isRetryable,
      message: "\(name): extraction: \(words)")
  }
}

/// What an answer says about a document beside the document.
struct DocumentSummary {
  private var tableCount = 0

  mutating func add(_ block: Block) {
    guard let table = block.table else { return }
    tableCount += 1
    for cell in table.cells { for inner in cell.blocks { add(inner) } }
  }

  func members(of document: Document) -> [(String, JSONValue?)] {
    let identities = document.records.flatMap(\.identities)
    let failed = identities.filter { $0.holds == false }.map { JSONValue.string($0.id) }
    return [
      ("sha256", .string(document.source.sha256)),
      ("byteCount", .number(Double(document.source.byteCount))),
      ("mediaType", .string(document.source.mediaType)),
      ("pages", .number(Double(document.pages.count))),
      ("tables", .number(Double(tableCount))),
      (
        "warnings", .number(Double(document.notes.count { $0.severity != .info }))
      ),
      ("records", .number(Double(document.records.count))),
      ("identitiesHeld", .number(Double(identities.count { $0.holds == true }))),
      ("identitiesFailed", .array(failed)),
    ]
  }
}
