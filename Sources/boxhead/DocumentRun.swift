import Conversion
import DocumentWriting
import Glibc
import ProcessIsolation

/// Reads several files, each in a worker, and turns what happens to them into messages and an
/// exit status.
enum DocumentRun {
  /// Works on all files, in order.
  ///
  /// - Parameters:
  ///   - files: Paths as given; "-" is standard input.
  ///   - limits: What a worker may use.
  ///   - work: Runs in the worker with the position and the bytes of a file.
  ///   - judged: Called here after each file with its position, its status, and whether its worker
  ///     came to the end of it.
  /// - Returns: The status of the run.
  static func run(
    _ files: [String], limits: WorkerSupervisor.Limits,
    work: (Int, [UInt8], WorkerReporter) throws -> Void,
    judged: (Int, ExitStatus, _ isFinished: Bool) -> Void
  ) -> ExitStatus {
    run(files, limits: limits) { index, bytes, reporter in
      try work(index, bytes, reporter)
      return WorkResult(status: ExitStatus.success.rawValue)
    } answered: { _, _ in
    } judged: { index, status, isFinished in
      judged(index, status, isFinished)
    }
  }

  /// Works on all files, in order, and takes what the work has to say on each.
  ///
  /// - Parameters:
  ///   - files: Paths as given; "-" is standard input.
  ///   - limits: What a worker may use.
  ///   - work: Runs in the worker with the position and the bytes of a file; the message of what it
  ///     returns is its answer.
  ///   - answered: Called here with the position of a file and the answer.
  ///   - judged: Called here after each file, as above.
  /// - Returns: The status of the run.
  static func run(
    _ files: [String], limits: WorkerSupervisor.Limits,
    work: (Int, [UInt8], WorkerReporter) throws -> WorkResult, answered: (Int, String) -> Void,
    judged: (Int, ExitStatus, _ isFinished: Bool) -> Void
  ) -> ExitStatus {
    var statuses: [ExitStatus] = []
    let supervisor = WorkerSupervisor(limits: limits)
    let ending = supervisor.run(documentCount: files.count) { index, reporter in
      do {
        reporter.reading()
        let bytes = try InputFile.read(files[index])
        reporter.working()
        return try work(index, bytes, reporter)
      } catch {
        return result(of: error, file: files[index])
      }
    } judge: { index, verdict in
      let result = WorkerVerdicts.result(of: verdict, file: files[index])
      let status = ExitStatus(rawValue: result.status) ?? .internalFailure
      if status == .success || status == .checkFailed {
        answered(index, result.message)
      } else if !result.message.isEmpty {
        Terminal.complain("boxhead: \(result.message)")
      }
      statuses.append(status)
      if case .finished = verdict {
        judged(index, status, true)
      } else {
        judged(index, status, false)
      }
    }
    switch ending {
    case .completed:
      return ExitStatus(ofRun: statuses)
    case .interrupted:
      judged(statuses.count, .interrupted, false)
      return .interrupted
    case .failed(let code):
      Terminal.complain("boxhead: \(FileError(.start, "worker", code: code))")
      return .internalFailure
    }
  }

  private static func result(of error: any Error, file: String) -> WorkResult {
    switch error {
    case var error as ConversionError:
      // As it was given, folder included; the conversion knows the name only.
      if error.file == FileName.lastComponent(of: file) { error.file = file }
      return WorkResult(status: ExitStatus(error.kind).rawValue, message: "\(error)")
    case let error as FileError:
      let status: ExitStatus = error.isTooLarge ? .limit : .fileAccess
      return WorkResult(status: status.rawValue, message: "\(error)")
    case is DifferenceFound:
      return WorkResult(status: ExitStatus.different.rawValue)
    case let error as WritingError:
      let status: ExitStatus =
        error == .workbookLibraryMissing ? .missingDependency : .internalFailure
      return WorkResult(status: status.rawValue, message: "\(file): writing: \(error)")
    default:
      return WorkResult(status: ExitStatus.internalFailure.rawValue, message: "\(file): \(error)")
    }
  }
}
