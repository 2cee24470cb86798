import Crypto
import Glibc
import ProcessIsolation

/// SHA-256 as lower-case hexadecimal.
enum Fingerprint {
  private static let pieceSize = 1 << 20

  static func sha256(of bytes: [UInt8]) -> String {
    text(of: SHA256.hash(data: bytes))
  }

  /// The hash of a file, which is read piece by piece.
  ///
  /// - Throws: `FileError` if it is no regular file or cannot be read.
  static func sha256(ofFile path: [UInt8]) throws(FileError) -> String {
    let (descriptor, _) = try InputFile.openRegular(path)
    defer { close(descriptor) }
    var hash = SHA256()
    while true {
      var code: Int32 = 0
      let piece = [UInt8](unsafeUninitializedCapacity: pieceSize) { buffer, filled in
        let count = read(descriptor, buffer.baseAddress, buffer.count)
        if count < 0 { code = errno }
        filled = max(0, count)
      }
      if code == EINTR { continue }
      guard code == 0 else {
        throw FileError(.read, String(decoding: path, as: UTF8.self), code: code)
      }
      guard !piece.isEmpty else { return text(of: hash.finalize()) }
      hash.update(data: piece)
    }
  }

  private static func text(of digest: SHA256.Digest) -> String {
    let digits = Array("0123456789abcdef".utf8)
    return String(
      decoding: digest.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 0xF)]] }, as: UTF8.self)
  }
}
