import Crypto

/// SHA-256 of originals, the identity that a document keeps of its source.
public enum Checksum {
  /// The checksum in lower-case hexadecimal.
  public static func sha256(of bytes: [UInt8]) -> String {
    var hash = SHA256()
    bytes.withUnsafeBytes { hash.update(bufferPointer: $0) }
    var text: [UInt8] = []
    let digits = Array("0123456789abcdef".utf8)
    hash.finalize().withUnsafeBytes { digest in
      for byte in digest {
        text.append(digits[Int(byte >> 4)])
        text.append(digits[Int(byte & 0xF)])
      }
    }
    return String(decoding: text, as: UTF8.self)
  }
}
