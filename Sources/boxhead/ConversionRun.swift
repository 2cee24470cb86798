import Conversion
import Glibc
import ProcessIsolation

/// One run over several files: what a worker does with each, and what becomes of its verdicts.
struct ConversionRun {
  private let files: [String]
  private let targets: [OutputPlan.Target]
  private let format: OutputFormat
  private let converter: Converter
  private var collected: CollectedFile?
  /// Makes temporary names that no other run uses.
  private let tag = getpid()

  init(
    files: [String], targets: [OutputPlan.Target], format: OutputFormat, converter: Converter
  ) throws(FileError) {
    self.files = files
    self.targets = targets
    self.format = format
    self.converter = converter
    if case .collected(let path) = targets.first {
      collected = try CollectedFile(path: path, tag: tag)
    }
  }

  /// Converts all files and complains about those that fail.
  mutating func run(limits: WorkerSupervisor.Limits) -> ExitStatus {
    var statuses: [ExitStatus] = []
    var collected = collected
    let supervisor = WorkerSupervisor(limits: limits)
    let ending = supervisor.run(documentCount: files.count) { index, reporter in
      work(on: index, reporter)
    } judge: { index, verdict in
      let result = WorkerVerdicts.result(of: verdict, file: files[index])
      if !result.message.isEmpty { Terminal.complain("boxhead: \(result.message)") }
      let status = ExitStatus(rawValue: result.status) ?? .internalFailure
      statuses.append(status)
      if status == .success { collected?.keep() } else { collected?.cut() }
      if case .finished = verdict { return }
      discardTemporary(of: index)
    }
    switch ending {
    case .completed:
      return finish(collected, ExitStatus(ofRun: statuses), isEmpty: !statuses.contains(.success))
    case .interrupted:
      collected?.discard()
      discardTemporary(of: statuses.count)
      return .interrupted
    case .failed(let code):
      collected?.discard()
      let reason = FileError(.start, "worker", code: code)
      Terminal.complain("boxhead: \(reason)")
      return .internalFailure
    }
  }

  private func finish(
    _ collected: CollectedFile?, _ status: ExitStatus, isEmpty: Bool
  ) -> ExitStatus {
    guard let collected else { return status }
    guard !isEmpty else {
      collected.discard()
      return status
    }
    do throws(FileError) {
      try collected.complete()
      return status
    } catch {
      Terminal.complain("boxhead: \(error)")
      return .fileAccess
    }
  }

  private func discardTemporary(of index: Int) {
    guard targets.indices.contains(index), case .file(let path) = targets[index] else { return }
    OutputFile.discardTemporary(of: path, tag: tag)
  }

  // MARK: - In the worker

  private func work(on index: Int, _ reporter: WorkerReporter) -> WorkResult {
    let file = files[index]
    do {
      reporter.reading()
      let bytes = try InputFile.read(file)
      reporter.working()
      let document = try converter.convert(bytes, name: FileName.lastComponent(of: file)) { page in
        reporter.working(page: page)
      }
      let output = format.bytes(of: document)
      reporter.writing()
      try write(output, to: targets[index])
      return WorkResult(status: ExitStatus.success.rawValue)
    } catch var error as ConversionError {
      error.file = file
      return WorkResult(status: ExitStatus(error.kind).rawValue, message: "\(error)")
    } catch let error as FileError {
      let status: ExitStatus = error.isTooLarge ? .limit : .fileAccess
      return WorkResult(status: status.rawValue, message: "\(error)")
    } catch {
      return WorkResult(status: ExitStatus.internalFailure.rawValue, message: "\(file): \(error)")
    }
  }

  private func write(_ bytes: [UInt8], to target: OutputPlan.Target) throws(FileError) {
    switch target {
    case .standardOutput:
      try OutputFile.write(bytes, to: STDOUT_FILENO, path: "standard output")
    case .file(let path):
      try OutputFile.replace(path, with: bytes, tag: tag)
    case .collected(let path):
      guard let collected else { return }
      try OutputFile.write(bytes, to: collected.descriptor, path: path)
    }
  }
}
