import Glibc

/// Reads whole files and standard input into memory.
package enum InputFile {
  /// A file larger than this is not read: a quarter of a worker's memory, since a reader holds the
  /// bytes, a copy of parts of them and what it makes of them at the same time.
  package static let byteLimit = 512 << 20

  private static let chunk = 1 << 18

  /// Reads a file, or standard input if the path is "-".
  ///
  /// - Throws: `FileError`; its `isTooLarge` is true beyond `byteLimit`.
  package static func read(_ path: String) throws(FileError) -> [UInt8] {
    if path == "-" { return try read(STDIN_FILENO, path: "standard input", expected: 0) }
    let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw FileError(.read, path, code: errno) }
    defer { close(descriptor) }
    var status = stat()
    guard unsafe fstat(descriptor, &status) == 0 else {
      throw FileError(.read, path, code: errno)
    }
    return try read(descriptor, path: path, expected: Int(status.st_size))
  }

  /// Reads a regular file, and never waits for one that is something else, such as a pipe.
  ///
  /// - Parameter path: The bytes of the path, which need not be UTF-8.
  /// - Returns: The bytes of the file.
  /// - Throws: `FileError`; its code is EINVAL for what is no regular file.
  package static func readRegular(_ path: [UInt8]) throws(FileError) -> [UInt8] {
    let name = String(decoding: path, as: UTF8.self)
    let (descriptor, size) = try openRegular(path)
    defer { close(descriptor) }
    return try read(descriptor, path: name, expected: size)
  }

  /// Opens a regular file for reading.
  ///
  /// - Returns: The descriptor, which the caller closes, and the size of the file.
  /// - Throws: `FileError`, as `readRegular` does.
  package static func openRegular(
    _ path: [UInt8]
  ) throws(FileError) -> (descriptor: Int32, size: Int) {
    let name = String(decoding: path, as: UTF8.self)
    guard !path.contains(0) else { throw FileError(.read, name, code: EINVAL) }
    let descriptor = unsafe (path + [0]).withUnsafeBytes { buffer in
      guard let start = buffer.baseAddress else { return Int32(-1) }
      return unsafe open(
        start.assumingMemoryBound(to: CChar.self), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)
    }
    guard descriptor >= 0 else { throw FileError(.read, name, code: errno) }
    var status = stat()
    guard unsafe fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      close(descriptor)
      throw FileError(
        .read, name, code: status.st_mode & S_IFMT == S_IFDIR ? EISDIR : EINVAL)
    }
    return (descriptor, Int(status.st_size))
  }

  /// Reads to the end; `expected` bytes are read at once, any others in chunks.
  private static func read(
    _ descriptor: Int32, path: String, expected: Int
  ) throws(FileError) -> [UInt8] {
    var bytes: [UInt8] = []
    var next = expected
    repeat {
      guard bytes.count + next <= byteLimit else { throw FileError(.read, path, code: EFBIG) }
      let count = next > 0 ? next : chunk
      var code: Int32 = 0
      let part = unsafe [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
        (filled, code) = unsafe fill(buffer, from: descriptor)
      }
      guard code == 0 else { throw FileError(.read, path, code: code) }
      if part.isEmpty { return bytes }
      bytes = bytes.isEmpty ? part : bytes + part
      next = 0
    } while true
  }

  /// Reads until the buffer is full or the file ends.
  private static func fill(
    _ buffer: UnsafeMutableBufferPointer<UInt8>, from descriptor: Int32
  ) -> (count: Int, code: Int32) {
    var filled = 0
    while filled < buffer.count {
      let count = unsafe Glibc.read(
        descriptor, buffer.baseAddress.map { unsafe $0 + filled }, buffer.count - filled)
      if count == 0 { break }
      if count > 0 {
        filled += count
      } else if errno != EINTR {
        return (filled, errno)
      }
    }
    return (filled, 0)
  }
}
