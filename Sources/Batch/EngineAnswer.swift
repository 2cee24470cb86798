import DocumentWriting

/// One line of a worker, as its supervisor reads it.
///
/// A worker may have been taken over by a document, so nothing that it says is trusted to be well
/// formed.
enum EngineAnswer {
  /// Who the worker is and what it was told.
  struct Hello {
    var version: String
    var optionsHash: String
    var needsFolder: Bool
    /// The endings of its forms.
    var endings: [String]
    var isConfined: Bool
  }

  struct Failure {
    var code: String
    var stage: String?
    var page: Int?
    var isRetryable: Bool
    var message: String
  }

  struct Success {
    var value: JSONValue
    var files: [Ledger.Entry.File]
  }

  case hello(Hello)
  case page(Int)
  case waits(Bool)
  case done(Success)
  /// `isLast` says that the document ends the worker.
  case failed(Failure, isLast: Bool)
  /// What is none of these.
  case unknown

  /// Whether it ends a request.
  var isVerdict: Bool {
    switch self {
    case .done, .failed: true
    case .hello, .page, .waits, .unknown: false
    }
  }

  /// The id that a line answers to, and what it says.
  static func read(_ line: [UInt8]) -> (id: String?, answer: EngineAnswer) {
    guard let value = try? JSONParser.parse(line) else { return (nil, .unknown) }
    if let hello = value["hello"] { return (nil, Self.hello(hello)) }
    return (value["id"]?.text, answer(value))
  }

  private static func hello(_ value: JSONValue) -> EngineAnswer {
    guard let version = value["version"]?.text, let hash = value["optionsHash"]?.text,
      let endings = value["endings"]?.elements?.compactMap(\.text), !endings.isEmpty
    else { return .unknown }
    return .hello(
      Hello(
        version: version, optionsHash: hash, needsFolder: value["needsFolder"]?.flag ?? false,
        endings: endings,
        isConfined: value["confined"]?.flag ?? false))
  }

  private static func answer(_ value: JSONValue) -> EngineAnswer {
    if let page = value["page"]?.count { return .page(page) }
    if let waits = value["waits"]?.flag { return .waits(waits) }
    guard let isOK = value["ok"]?.flag else { return .unknown }
    guard isOK else {
      let error = value["error"]
      return .failed(
        Failure(
          code: error?["code"]?.text ?? "crash", stage: error?["stage"]?.text,
          page: error?["page"]?.count, isRetryable: error?["retryable"]?.flag ?? false,
          message: error?["message"]?.text ?? ""),
        isLast: value["last"]?.flag ?? false)
    }
    let files = value["files"]?.elements?.compactMap { file -> Ledger.Entry.File? in
      guard let name = file["name"]?.text, let bytes = file["bytes"]?.count else { return nil }
      return Ledger.Entry.File(name: name, bytes: bytes)
    }
    return .done(Success(value: value, files: files ?? []))
  }
}

extension JSONValue {
  var flag: Bool? {
    if case .bool(let flag) = self { flag } else { nil }
  }

  /// A number that counts something.
  var count: Int? {
    guard let number, number >= 0, number < 1e15 else { return nil }
    return Int(number)
  }
}
