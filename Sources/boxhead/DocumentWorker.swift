import Conversion
import DocumentModel
import DocumentWriting
import Glibc
import ProcessIsolation
import Synchronization

/// Answers the requests of a supervisor, one after another.
///
///     requests ─▶ RequestLines ─▶ WorkerRequest ─▶ Converter ─▶ answers, or files in a folder
///
/// Standard output carries answers alone: it is moved away before the first one, so that what a
/// library prints goes to standard error. A request that ends the process (a crash, the limit of
/// memory, its deadline) is answered by a line that was made before the work began.
final class DocumentWorker {
  private let defaults: WorkerRequest.Defaults
  private let office: LibreOffice
  private let officeChoice: LibreOffice.Choice
  private let maxPages: Int?
  private let isConfined: Bool
  private let answers: Int32
  private let signs: LifeSigns

  /// - Throws: `FileError` if there is no standard output.
  init(
    defaults: WorkerRequest.Defaults, office: LibreOffice.Choice, maxPages: Int?, isConfined: Bool
  ) throws(FileError) {
    self.defaults = defaults
    self.office = LibreOffice(choice: office, tag: getpid())
    officeChoice = office
    self.maxPages = maxPages
    self.isConfined = isConfined
    answers = try LastAnswers.takeStandardOutput()
    signs = LifeSigns(answers: answers)
  }

  /// Answers until the requests end.
  ///
  /// - Parameter longestLine: Longer requests are refused, in bytes.
  /// - Throws: `FileError` when nobody reads the answers, or requests cannot be read.
  func run(longestLine: Int) throws(FileError) {
    defer { office.close() }
    try send(hello)
    var lines = RequestLines(descriptor: STDIN_FILENO, longest: longestLine)
    while let line = try lines.next() {
      switch line {
      case .tooLong:
        try send(refusal(.init(message: "expected a line of at most \(longestLine) bytes")))
      case .bytes(let bytes):
        try send(answer(to: bytes))
      }
    }
  }

  private func answer(to line: [UInt8]) -> [UInt8] {
    do throws(WorkerRequest.Refusal) {
      return answer(to: try WorkerRequest(line: line, defaults: defaults))
    } catch {
      return refusal(error)
    }
  }

  private func send(_ line: [UInt8]) throws(FileError) {
    try OutputFile.write(line, to: answers, path: "answers")
  }

  private func refusal(_ refusal: WorkerRequest.Refusal) -> [UInt8] {
    WorkerAnswer.failure(
      WorkerAnswer.Failure(
        code: "badRequest", stage: "request", isRetryable: false, message: refusal.message),
      id: refusal.id)
  }

  // MARK: - Hello

  private var hello: [UInt8] {
    let options = WorkerAnswer.object([
      ("forms", .array(defaults.forms.formats.map { .string($0.rawValue) })),
      ("long", .bool(defaults.forms.isLong)),
      ("revisions", .string(defaults.options.revisions.rawValue)),
      ("recognize", .string(defaults.options.recognition.rawValue)),
      ("office", .string("\(officeChoice)")),
    ])
    return WorkerAnswer.line(
      WorkerAnswer.object([
        (
          "hello",
          WorkerAnswer.object([
            ("engine", .string("boxhead")), ("version", .string(Converter.version)),
            ("protocol", .number(WorkerAnswer.protocolVersion)),
            ("schema", .string(Document.schemaName)), ("options", options),
            ("optionsHash", .string(Checksum.sha256(of: options.canonicalBytes))),
            ("endings", .array(endings.map { .string($0) })),
            ("needsFolder", .bool(defaults.forms.needsFolder)),
            ("confined", .bool(isConfined)),
          ])
        )
      ]))
  }

  /// What stands behind the names of files; those of grids are in a folder of their own.
  private var endings: [String] {
    defaults.forms.formats.flatMap { format in
      format.delimiter == nil
        ? [format.ending] : [format.ending, "\(format.ending)-metadata.json"]
    }
  }

  // MARK: - One request

  private func answer(to request: WorkerRequest) -> [UInt8] {
    LastAnswers.prepare(seconds: request.deadline, descriptor: answers) { cause in
      WorkerAnswer.failure(
        WorkerAnswer.Failure(
          cause, name: request.name, deadline: request.deadline, maxPages: maxPages),
        id: request.id, isLast: true)
    }
    defer { LastAnswers.done() }
    let start = Self.cpuSeconds
    do {
      let bytes = try bytes(of: request)
      if let expected = request.sha256, Checksum.sha256(of: bytes) != expected {
        return WorkerAnswer.failure(
          WorkerAnswer.Failure(
            code: "inputChanged", stage: "reading", isRetryable: true,
            message: "\(request.name): reading: expected the bytes of \(expected), found others"),
          id: request.id)
      }
      let result = try convert(bytes, request)
      var members: [(String, JSONValue?)] = [("id", request.id), ("ok", .bool(true))]
      members += result.members
      members.append(("cpuSeconds", .number(Self.cpuSeconds - start)))
      var line = WorkerAnswer.object(members).canonicalBytes
      if let document = result.document {
        line.removeLast()
        line += Array(#","document":"#.utf8) + document + Array("}".utf8)
      }
      return line + [UInt8(ascii: "\n")]
    } catch {
      return WorkerAnswer.failure(
        WorkerAnswer.Failure(error, name: request.name), id: request.id)
    }
  }

  private func bytes(of request: WorkerRequest) throws(FileError) -> [UInt8] {
    switch request.original {
    case .bytes(let bytes): bytes
    case .path(let path): try InputFile.readRegular(path)
    }
  }

  private func convert(
    _ bytes: [UInt8], _ request: WorkerRequest
  ) throws -> (members: [(String, JSONValue?)], document: [UInt8]?) {
    var content: [UInt8]? = request.wantsDocument && request.output == nil ? [] : nil
    let stream = content.map { _ in
      CanonicalJSONStream(endsLine: false) { piece in
        piece.withUnsafeBufferPointer { content?.append(contentsOf: $0) }
      }
    }
    if let output = request.output { try OwnFolder.empty(output.folder) }
    office.report(to: reporter(of: request.id))
    let outputs = request.output.map { makeOutputs($0, name: request.name) } ?? []
    var summary = DocumentSummary()
    do {
      let document = try Converter(options: request.options, legacyReader: office).convert(
        bytes, name: request.name
      ) { [signs, maxPages, id = request.id, isWhole = request.options.pages == nil] page in
        if let maxPages, page > maxPages, isWhole { LastAnswers.leave(.pages) }
        signs.give(page, id: id)
      } blockDone: { block in
        summary.add(block)
        stream?.append(block)
        for output in outputs { output.append(block) }
      }
      stream?.finish(document)
      for output in outputs { try output.complete(document) }
      var members = summary.members(of: document)
      if let output = request.output {
        members.append(("files", try OwnFolder.files(output.folder)))
      }
      return (members, content)
    } catch {
      for output in outputs { output.discard() }
      throw error
    }
  }

  private func makeOutputs(_ output: WorkerRequest.Output, name: String) -> [DocumentOutput] {
    let context = DocumentOutput.Context(
      tag: getpid(), collected: nil, isShared: false, isLong: output.forms.isLong,
      reporter: .silent)
    let start = "\(output.folder)/\(output.stem)"
    return output.forms.formats.enumerated().map { slot, format in
      DocumentOutput(
        target: output.forms.isGrid(format)
          ? .files(stem: start) : .file("\(start).\(format.ending)"),
        format: format, slot: slot, name: name, context: context)
    }
  }

  /// Tells the supervisor when another program works, which has a deadline of its own.
  private func reporter(of id: JSONValue) -> WorkerReporter {
    .telling { [answers] isWaiting in
      let line = WorkerAnswer.line(
        WorkerAnswer.object([("id", id), ("waits", .bool(isWaiting))]))
      try? OutputFile.write(line, to: answers, path: "answers")
    }
  }

  /// User and system time of this process and of those that it waited for.
  private static var cpuSeconds: Double {
    [RUSAGE_SELF, RUSAGE_CHILDREN].reduce(0) { sum, who in
      var usage = rusage()
      getrusage(who.rawValue, &usage)
      return sum + Double(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec)
        + Double(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6
    }
  }
}

/// Says that work goes on; threads that read pages side by side may say so at the same time.
private final class LifeSigns: Sendable {
  private let answers: Int32
  /// When the last sign was given, in seconds.
  private let last = Mutex(0)

  init(answers: Int32) {
    self.answers = answers
  }

  /// Steps that are no pages are signs of life alone, and a few of them are enough.
  func give(_ page: Int, id: JSONValue) {
    var now = timespec()
    clock_gettime(CLOCK_MONOTONIC_COARSE, &now)
    last.withLock { last in
      guard page > 0 || now.tv_sec > last else { return }
      last = now.tv_sec
      try? OutputFile.write(WorkerAnswer.page(page, id: id), to: answers, path: "answers")
    }
  }
}

/// The lines of a stream, each under a limit of length.
struct RequestLines {
  enum Line: Equatable {
    case bytes([UInt8])
    /// A line beyond the limit, which was passed over.
    case tooLong
  }

  private let descriptor: Int32
  private let longest: Int
  private var pending: [UInt8] = []
  private var searched = 0
  private var isPassingOver = false
  private var hasEnded = false

  init(descriptor: Int32, longest: Int) {
    self.descriptor = descriptor
    self.longest = longest
  }

  /// The next line that is not empty; nil at the end.
  ///
  /// A last line needs no end.
  mutating func next() throws(FileError) -> Line? {
    while true {
      if let end = pending[searched...].firstIndex(of: UInt8(ascii: "\n")) {
        let line = Array(pending[..<end])
        pending.removeSubrange(...end)
        searched = 0
        if isPassingOver || line.count > longest {
          isPassingOver = false
          return .tooLong
        }
        if !line.isEmpty { return .bytes(line) }
        continue
      }
      searched = pending.count
      if searched > longest {
        isPassingOver = true
        pending = []
        searched = 0
      }
      if hasEnded {
        defer { (pending, searched) = ([], 0) }
        if isPassingOver {
          isPassingOver = false
          return .tooLong
        }
        return pending.isEmpty ? nil : .bytes(pending)
      }
      try readOn()
    }
  }

  private mutating func readOn() throws(FileError) {
    var code: Int32 = 0
    let part = [UInt8](unsafeUninitializedCapacity: 1 << 16) { buffer, filled in
      var count = -1
      repeat {
        count = read(descriptor, buffer.baseAddress, buffer.count)
      } while count < 0 && errno == EINTR
      if count < 0 { code = errno }
      filled = max(0, count)
    }
    guard code == 0 else { throw FileError(.read, "standard input", code: code) }
    hasEnded = part.isEmpty
    pending += part
  }
}

/// The folder that a supervisor gave to a worker for its files.
enum OwnFolder {
  /// Makes it if it is not there, and removes what an earlier request left behind.
  static func empty(_ folder: String) throws(FileError) {
    guard mkdir(folder, 0o777) != 0 else { return }
    guard errno == EEXIST else { throw FileError(.write, folder, code: errno) }
    for name in try names(in: folder) {
      guard unlink("\(folder)/\(name)") == 0 else {
        throw FileError(.write, "\(folder)/\(name)", code: errno)
      }
    }
  }

  /// The names and sizes of the files, in the order of names.
  static func files(_ folder: String) throws(FileError) -> JSONValue {
    var files: [JSONValue] = []
    for name in try names(in: folder) {
      let path = "\(folder)/\(name)"
      var status = stat()
      guard lstat(path, &status) == 0 else { throw FileError(.write, path, code: errno) }
      files.append(
        WorkerAnswer.object([
          ("name", .string(name)), ("bytes", .number(Double(status.st_size))),
        ]))
    }
    return .array(files)
  }

  private static func names(in folder: String) throws(FileError) -> [String] {
    guard let stream = opendir(folder) else { throw FileError(.write, folder, code: errno) }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names.sorted()
  }
}
