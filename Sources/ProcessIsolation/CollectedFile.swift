import Glibc

/// One output file to which several workers append, document after document.
///
/// It is open before the first worker starts, so all share it. Like `OutputFile` it has a temporary
/// name until it is complete. What a killed worker wrote of a document is cut off again.
package struct CollectedFile {
  /// Where workers write.
  package let descriptor: Int32
  private let path: String
  private let temporary: String
  /// How much of it is whole documents.
  private var goodLength: off_t = 0

  package init(path: String, tag: Int32) throws(FileError) {
    self.path = path
    temporary = OutputFile.temporaryPath(for: path, tag: tag)
    descriptor = unsafe open(
      temporary, O_WRONLY | O_CREAT | O_TRUNC | O_APPEND | O_CLOEXEC | O_NOFOLLOW, 0o666)
    guard descriptor >= 0 else { throw FileError(.write, path, code: errno) }
  }

  /// Keeps what was written up to here.
  package mutating func keep() {
    var status = stat()
    if unsafe fstat(descriptor, &status) == 0 { goodLength = status.st_size }
  }

  /// Cuts off what was written since the last `keep`.
  package func cut() {
    ftruncate(descriptor, goodLength)
  }

  /// Gives the file its name.
  package func complete() throws(FileError) {
    guard close(descriptor) == 0 else { throw FileError(.write, path, code: errno) }
    guard unsafe rename(temporary, path) == 0 else {
      throw FileError(.write, path, code: errno)
    }
  }

  /// Removes it.
  package func discard() {
    close(descriptor)
    unsafe unlink(temporary)
  }
}
