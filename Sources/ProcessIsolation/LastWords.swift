import Glibc

/// What libraries printed on standard error before a process ended; it waits in a pipe.
enum LastWords {
  /// The last line that is not blank, cut to a sensible length; empty if there is none.
  static func read(from descriptor: Int32) -> String {
    let text = String(decoding: bytes(from: descriptor), as: UTF8.self)
    let line = text.split(whereSeparator: \.isNewline).last { !$0.allSatisfy(\.isWhitespace) }
    return String((line ?? "").prefix(300))
  }

  /// One reading of a pipe: as much as it holds; nothing at its end or on failure.
  static func bytes(from descriptor: Int32) -> [UInt8] {
    unsafe [UInt8](unsafeUninitializedCapacity: 1 << 16) { buffer, filled in
      var count = -1
      repeat {
        count = unsafe Glibc.read(descriptor, buffer.baseAddress, buffer.count)
      } while count < 0 && errno == EINTR
      filled = max(0, count)
    }
  }
}
