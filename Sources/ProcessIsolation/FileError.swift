import Glibc

/// A file that cannot be read or written, with the system's reason.
package struct FileError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What was tried.
  package enum Operation: Hashable, Sendable {
    /// Opening or reading an input.
    case read
    /// Making, writing or naming an output.
    case write
    /// Making a folder for outputs.
    case makeFolder
    /// Starting another process.
    case start
  }

  package var operation: Operation
  package var path: String
  /// The system's error number; EFBIG for a file beyond the limit of the reader.
  package var code: Int32

  package init(_ operation: Operation, _ path: String, code: Int32) {
    self.operation = operation
    self.path = path
    self.code = code
  }

  package var description: String {
    let (stage, expected) =
      switch operation {
      case .read: ("reading", "a file that can be read")
      case .write: ("writing", "a file that can be written")
      case .makeFolder: ("writing", "a folder that can be made")
      case .start: ("start", "a process that can be started")
      }
    return "\(path): \(stage): expected \(expected), found: \(reason)"
  }

  package var isTooLarge: Bool { operation == .read && code == EFBIG }

  /// The system's words for the error number, such as "No such file or directory".
  package var reason: String {
    guard let text = unsafe strerror(code) else { return "error \(code)" }
    return unsafe String(cString: text)
  }
}
