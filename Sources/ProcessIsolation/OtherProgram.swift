import Glibc
import ProcessCore

/// Runs another program on files in a folder of its own, under limits.
///
/// The program is one process group without standard streams and, where the kernel allows it,
/// without a network. The group ends with the deadline.
package struct OtherProgram {
  /// Why there is no result.
  package enum Failure: Error, Hashable, Sendable {
    /// It could not be started.
    case notStarted(code: Int32)
    /// It was not done in time.
    case deadline(seconds: Double)
    /// It ended with a status other than 0, which is 128 and the number for a signal.
    case failed(status: Int32)
  }

  package let path: String
  package let memoryBytes: UInt64
  package let seconds: Double

  package init(path: String, memoryBytes: UInt64, seconds: Double) {
    self.path = path
    self.memoryBytes = memoryBytes
    self.seconds = seconds
  }

  /// Runs the program to its end.
  ///
  /// - Parameters:
  ///   - arguments: Those behind its name.
  ///   - environment: All that it sees of the environment, as `NAME=value`.
  /// - Throws: `Failure` unless it ends in time with status 0.
  package func run(
    _ arguments: [String], environment: [String]
  ) throws(Failure) {
    var list: [UnsafeMutablePointer<CChar>?] = unsafe ([path] + arguments).map { unsafe strdup($0) }
    var variables: [UnsafeMutablePointer<CChar>?] = unsafe environment.map { unsafe strdup($0) }
    defer { unsafe (list + variables).forEach { unsafe free($0) } }
    unsafe list.append(nil)
    unsafe variables.append(nil)
    var status: Int32 = 0
    switch unsafe bhRunProgram(list, variables, memoryBytes, seconds, &status) {
    case 0:
      guard status == 0 else { throw .failed(status: status) }
    case 1: throw .deadline(seconds: seconds)
    default: throw .notStarted(code: errno)
    }
  }
}

/// A folder for the files of one run that nobody else reads or writes.
package struct PrivateFolder {
  package let path: String

  /// Makes a folder whose name starts with this.
  package init(prefix: String) throws(FileError) {
    // The system call puts a name that is free in the place of the six letters.
    let pattern = "\(Self.root)/\(prefix)XXXXXX"
    guard let name = unsafe strdup(pattern) else {
      throw FileError(.makeFolder, pattern, code: errno)
    }
    defer { unsafe free(name) }
    guard unsafe mkdtemp(name) != nil else { throw FileError(.makeFolder, pattern, code: errno) }
    path = unsafe String(cString: name)
  }

  /// Removes the folder and all in it.
  package func remove() { Self.remove(path) }

  /// Removes folders that workers of this run left behind, by the start of their names.
  package static func removeAll(prefix: String) {
    guard let folder = unsafe opendir(root) else { return }
    var names: [String] = []
    while let entry = unsafe readdir(folder) {
      let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) {
        unsafe $0.withMemoryRebound(to: CChar.self, capacity: 256) { unsafe String(cString: $0) }
      }
      if name.hasPrefix(prefix) { names.append(name) }
    }
    unsafe closedir(folder)
    for name in names { remove("\(root)/\(name)") }
  }

  private static func remove(_ path: String) {
    unsafe bhRemoveTree(path)
  }

  private static var root: String {
    guard let folder = unsafe getenv("TMPDIR") else { return "/tmp" }
    let path = unsafe String(cString: folder)
    return path.hasPrefix("/") ? path : "/tmp"
  }
}
