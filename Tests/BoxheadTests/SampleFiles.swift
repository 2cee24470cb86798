/// Small originals made in code.
enum SampleFiles {
  /// The container of an encrypted Office document: a header and one directory entry.
  static var encryptedOffice: [UInt8] {
    var bytes: [UInt8] = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]
    bytes += [UInt8](repeating: 0, count: 512 - bytes.count)
    bytes += "EncryptedPackage".utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
    return bytes + [UInt8](repeating: 0, count: 128)
  }
}
