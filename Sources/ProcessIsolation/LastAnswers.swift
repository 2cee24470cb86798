import Glibc
import ProcessCore

/// What an engine does for itself: it answers even when a request brings it down, keeps its
/// standard output for answers, and gives up rights.
package enum LastAnswers {
  /// What can end an engine in the middle of a request.
  package enum Cause: Int32, CaseIterable, Sendable {
    /// A signal; its number is not known when the answer is prepared.
    case crash = 0
    /// An allocation failed.
    case memory = 1
    /// The stack is used up.
    case nesting = 2
    /// The time of the request is over.
    case deadline = 3
    /// A library ended the process.
    case left = 4
    /// The document has more pages than allowed.
    case pages = 5
  }

  /// Says what is answered from now on if the request does not come to its end.
  ///
  /// - Parameters:
  ///   - seconds: The time that the request may take; nil for no limit.
  ///   - descriptor: Where answers go.
  ///   - answer: A line for each cause, at most 2 KiB long.
  package static func prepare(
    seconds: Double?, descriptor: Int32, answer: (Cause) -> [UInt8]
  ) {
    for cause in Cause.allCases {
      let line = answer(cause)
      unsafe line.withUnsafeBytes { buffer in
        _ = unsafe bhPrepareLastAnswer(
          cause.rawValue, buffer.baseAddress?.assumingMemoryBound(to: CChar.self), buffer.count)
      }
    }
    bhLastAnswersReady(descriptor, seconds ?? 0)
  }

  /// The request is answered.
  package static func done() { bhLastAnswersDone() }

  /// Gives one of the prepared answers and ends the process.
  package static func leave(_ cause: Cause) -> Never {
    bhGiveLastAnswer(cause.rawValue)
    _exit(1)
  }

  /// Moves standard output elsewhere and lets whoever prints to it print to standard error.
  ///
  /// - Returns: Where standard output went to before.
  package static func takeStandardOutput() throws(FileError) -> Int32 {
    bhIgnoreBrokenPipes()
    let descriptor = fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 3)
    guard descriptor >= 0, dup2(STDERR_FILENO, STDOUT_FILENO) >= 0 else {
      throw FileError(.write, "standard output", code: errno)
    }
    return descriptor
  }

  /// Gives up gaining privileges and system calls that no reader needs; false if the kernel
  /// refuses.
  package static func forbidSystemCalls() -> Bool { bhForbidSystemCalls() == 0 }
}
