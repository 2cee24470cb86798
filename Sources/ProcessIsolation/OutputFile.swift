import Glibc
import ProcessCore

/// Writes whole files so that no reader ever sees half of one.
///
/// Bytes go to a temporary name in the same folder, which is renamed when they are complete. The
/// temporary name is a function of the path and a tag, so the process that watches a worker can
/// remove what a killed one left behind. What is not a regular file (a device, a pipe) is written
/// in place.
package enum OutputFile {
  /// Writes all bytes to a descriptor.
  package static func write(
    _ bytes: [UInt8], to descriptor: Int32, path: String
  ) throws(FileError) {
    try write(bytes.span, to: descriptor, path: path)
  }

  /// Writes all bytes to a descriptor.
  package static func write(
    _ bytes: Span<UInt8>, to descriptor: Int32, path: String
  ) throws(FileError) {
    var code: Int32 = 0
    unsafe bytes.withUnsafeBytes { buffer in
      var written = 0
      while written < buffer.count {
        let count = unsafe Glibc.write(
          descriptor, buffer.baseAddress.map { unsafe $0 + written }, buffer.count - written)
        if count >= 0 {
          written += count
        } else if errno != EINTR {
          code = errno
          return
        }
      }
    }
    guard code == 0 else { throw FileError(.write, path, code: code) }
  }

  /// Replaces a file, or makes it, with these bytes.
  ///
  /// - Parameters:
  ///   - path: Where; a symbolic link is followed.
  ///   - bytes: The whole content.
  ///   - tag: Makes the temporary name; see `temporaryPath(for:tag:slot:)`.
  /// - Throws: `FileError`; the file is as it was then.
  package static func replace(_ path: String, with bytes: [UInt8], tag: Int32) throws(FileError) {
    let file = try ReplacedFile(path: path, tag: tag)
    do throws(FileError) {
      try write(bytes, to: file.descriptor, path: path)
    } catch {
      file.discard()
      throw error
    }
    try file.complete()
  }

  /// Removes what a process left behind that was killed while it wrote a file.
  package static func discardTemporary(of path: String, tag: Int32, slot: Int = 0) {
    unsafe unlink(temporaryPath(for: path, tag: tag, slot: slot))
    unsafe unlink(temporaryPath(for: resolved(path), tag: tag, slot: slot))
  }

  /// Waits until all that was written to a file system is on its disk.
  ///
  /// - Parameters:
  ///   - descriptor: A file or folder there, opened before the first writing.
  ///   - path: Its path, for an error.
  /// - Throws: `FileError` if something that was written since the last call did not get there.
  package static func saveFileSystem(of descriptor: Int32, path: String) throws(FileError) {
    guard bhSaveFileSystem(descriptor) == 0 else { throw FileError(.write, path, code: errno) }
  }

  /// Whether two paths name one file.
  package static func isSame(_ path: String, _ other: String) -> Bool {
    var first = stat()
    var second = stat()
    return unsafe stat(path, &first) == 0 && stat(other, &second) == 0
      && first.st_dev == second.st_dev && first.st_ino == second.st_ino
  }

  package static func isFolder(_ path: String) -> Bool {
    var status = stat()
    return unsafe stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }

  /// Makes a folder and those above it that are missing.
  package static func makeFolder(_ path: String) throws(FileError) {
    var made = path.hasPrefix("/") ? "/" : ""
    for part in path.split(separator: "/") {
      made += part + "/"
      guard !isFolder(made) else { continue }
      guard unsafe mkdir(made, 0o777) == 0 || errno == EEXIST else {
        throw FileError(.makeFolder, path, code: errno)
      }
    }
  }

  /// Where bytes for a path are collected: beside it, so that renaming stays in one file system.
  ///
  /// - Parameters:
  ///   - path: The path.
  ///   - tag: Tells programs that run at the same time apart.
  ///   - slot: Tells files apart that one program writes at the same time.
  /// - Returns: A path in the same folder.
  static func temporaryPath(for path: String, tag: Int32, slot: Int = 0) -> String {
    let folder = path.utf8.lastIndex(of: UInt8(ascii: "/")).map { path[...$0] } ?? ""
    return "\(folder).boxhead.\(tag)\(slot > 0 ? "-\(slot)" : "").part"
  }

  /// The path with symbolic links followed; as it is if that fails.
  fileprivate static func resolved(_ path: String) -> String {
    guard let real = unsafe realpath(path, nil) else { return path }
    defer { unsafe free(real) }
    return unsafe String(cString: real)
  }
}

/// A file that is written piece by piece and replaces what was there when it is complete.
package struct ReplacedFile {
  /// Where its bytes go.
  package let descriptor: Int32
  private let path: String
  /// Its name until it is complete, and the name it gets; nil for what is written in place.
  private let names: (temporary: String, final: String)?

  /// - Parameters:
  ///   - path: Where; a symbolic link is followed.
  ///   - tag: Makes the temporary name; see `OutputFile.temporaryPath(for:tag:slot:)`.
  ///   - slot: The same.
  /// - Throws: `FileError`.
  package init(path: String, tag: Int32, slot: Int = 0) throws(FileError) {
    self.path = path
    var status = stat()
    let exists = unsafe stat(path, &status) == 0
    if exists, status.st_mode & S_IFMT != S_IFREG {
      names = nil
      descriptor = unsafe open(path, O_WRONLY | O_CLOEXEC)
    } else {
      let target = exists ? OutputFile.resolved(path) : path
      let temporary = OutputFile.temporaryPath(for: target, tag: tag, slot: slot)
      names = (temporary, target)
      descriptor = unsafe open(
        temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW,
        exists ? status.st_mode & 0o777 : 0o666)
    }
    guard descriptor >= 0 else { throw FileError(.write, path, code: errno) }
  }

  /// Gives the file its name.
  package func complete() throws(FileError) {
    var isDone = close(descriptor) == 0
    if isDone, let names { isDone = unsafe rename(names.temporary, names.final) == 0 }
    guard isDone else {
      let error = FileError(.write, path, code: errno)
      if let names { unsafe unlink(names.temporary) }
      throw error
    }
  }

  /// Removes it; what was there stays.
  package func discard() {
    close(descriptor)
    if let names { unsafe unlink(names.temporary) }
  }
}
