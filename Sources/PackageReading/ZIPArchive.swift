internal import CZlib

/// The entries of a ZIP package, found through its central directory.
///
///     junk? │ entries … │ central directory │ zip64 records? │ end record │ junk?
///
/// Only what document packages use is read: stored and deflated entries, data descriptors, zip64
/// fields, bytes before and after the archive, names with backslashes. Where two readers could
/// disagree on the content (two entries of one name, sizes or names that differ between directory
/// and local header) the archive is refused. Names are compared as OPC does, without regard to
/// ASCII case.
///
/// Source: PKWARE APPNOTE 6.3.10, sections 4.3 to 4.5.
package struct ZIPArchive {
  package struct Entry {
    package var name: String
    package var method: Int
    package var flags: Int
    package var checksum: UInt32
    package var compressedSize: Int
    package var size: Int
    package var headerOffset: Int
  }

  package let bytes: [UInt8]
  package private(set) var entries: [Entry] = []
  private var positions: [String: Int] = [:]

  package init(bytes: [UInt8], limits: PackageLimits) throws(PackageError) {
    self.bytes = bytes
    guard let end = Self.endRecord(in: bytes) else {
      if CompoundFile.isOne(bytes) {
        if CompoundFile.isEncryptedPackage(bytes) { throw .encrypted }
        throw .notAZIP(found: "an OLE compound file")
      }
      throw .notAZIP(found: nil)
    }
    try readDirectory(end, limits: limits)
  }

  /// The entry with this name, compared without ASCII case and leading slash.
  package func entry(named path: String) -> Entry? {
    positions[Self.key(path)].map { entries[$0] }
  }

  /// Where the compressed bytes of an entry are.
  func data(of entry: Entry) throws(PackageError) -> Range<Int> {
    let header = entry.headerOffset
    guard uint32(at: header) == 0x0403_4B50, let flags = uint16(at: header + 6),
      let nameLength = uint16(at: header + 26), let extraLength = uint16(at: header + 28)
    else { throw .archiveDamaged(detail: "no local header for \(entry.name)") }
    let nameStart = header + 30
    let start = nameStart + nameLength + extraLength
    guard start + entry.compressedSize <= bytes.count else {
      throw .archiveDamaged(detail: "\(entry.name) ends behind the file")
    }
    guard Self.name(in: bytes[nameStart..<nameStart + nameLength]) == entry.name else {
      throw .archiveDamaged(detail: "\(entry.name) has another name in its local header")
    }
    if (flags | entry.flags) & 1 != 0 { throw .encrypted }
    if flags & 8 == 0, let size = uint32(at: header + 22), size != 0, size != 0xFFFF_FFFF,
      size != entry.size
    {
      throw .sizeMismatch(path: entry.name, declared: entry.size, found: size)
    }
    return start..<start + entry.compressedSize
  }

  // MARK: - Directory

  private struct EndRecord {
    var entryCount: Int
    var directory: Range<Int>
    /// How many bytes stand before the archive.
    var prefix: Int
  }

  /// The last end record whose directory is where it says, junk before and after allowed.
  private static func endRecord(in bytes: [UInt8]) -> EndRecord? {
    var position = bytes.count - 22
    let lowest = max(0, bytes.count - 22 - 0x1_0000 - 0x1000)
    while position >= lowest {
      if bytes[position] == 0x50, let record = endRecord(at: position, in: bytes) { return record }
      position -= 1
    }
    return nil
  }

  private static func endRecord(at position: Int, in bytes: [UInt8]) -> EndRecord? {
    guard uint(bytes, position, 4) == 0x0605_4B50, var count = uint(bytes, position + 10, 2),
      var size = uint(bytes, position + 12, 4), var offset = uint(bytes, position + 16, 4)
    else { return nil }
    var directoryEnd = position
    if count == 0xFFFF || size == 0xFFFF_FFFF || offset == 0xFFFF_FFFF {
      // The zip64 locator stands before the end record, the zip64 record before the locator.
      guard uint(bytes, position - 20, 4) == 0x0706_4B50,
        let declared = uint(bytes, position - 12, 8)
      else { return nil }
      var record = declared
      if uint(bytes, record, 4) != 0x0606_4B50 { record = position - 20 - 56 }
      guard uint(bytes, record, 4) == 0x0606_4B50, let longCount = uint(bytes, record + 32, 8),
        let longSize = uint(bytes, record + 40, 8), let longOffset = uint(bytes, record + 48, 8)
      else { return nil }
      (count, size, offset, directoryEnd) = (longCount, longSize, longOffset, record)
    }
    let start = directoryEnd - size
    guard start >= 0, offset <= start, count == 0 || uint(bytes, start, 4) == 0x0201_4B50 else {
      // Some writers put records between the directory and its end record.
      guard offset >= 0, offset + size <= bytes.count, uint(bytes, offset, 4) == 0x0201_4B50
      else { return nil }
      return EndRecord(entryCount: count, directory: offset..<offset + size, prefix: 0)
    }
    return EndRecord(entryCount: count, directory: start..<directoryEnd, prefix: start - offset)
  }

  private mutating func readDirectory(_ end: EndRecord, limits: PackageLimits) throws(PackageError)
  {
    var position = end.directory.lowerBound
    while position + 46 <= end.directory.upperBound, uint32(at: position) == 0x0201_4B50 {
      guard entries.count < limits.entries else {
        throw .limitExceeded(.entries, path: "package", limit: limits.entries)
      }
      guard let nameLength = uint16(at: position + 28), let extraLength = uint16(at: position + 30),
        let commentLength = uint16(at: position + 32), let flags = uint16(at: position + 8),
        let method = uint16(at: position + 10), let checksum = uint32(at: position + 16),
        var compressedSize = uint32(at: position + 20), var size = uint32(at: position + 24),
        var offset = uint32(at: position + 42)
      else { throw .archiveDamaged(detail: "the directory is cut off") }
      let nameStart = position + 46
      let extraStart = nameStart + nameLength
      let next = extraStart + extraLength + commentLength
      guard next <= end.directory.upperBound else {
        throw .archiveDamaged(detail: "the directory is cut off")
      }
      readZip64(
        extraStart..<extraStart + extraLength, size: &size, compressedSize: &compressedSize,
        offset: &offset)
      let name = Self.name(in: bytes[nameStart..<extraStart])
      let header = offset + end.prefix
      guard header >= 0, header + 30 <= bytes.count, compressedSize >= 0, size >= 0 else {
        throw .archiveDamaged(detail: "\(name) starts behind the file")
      }
      if !name.hasSuffix("/") {
        guard positions.updateValue(entries.count, forKey: Self.key(name)) == nil else {
          throw .duplicateEntry(path: name)
        }
        entries.append(
          Entry(
            name: name, method: method, flags: flags,
            checksum: UInt32(truncatingIfNeeded: checksum), compressedSize: compressedSize,
            size: size, headerOffset: header))
      }
      position = next
    }
    if entries.isEmpty, end.entryCount > 0 {
      throw .archiveDamaged(detail: "the directory is empty")
    }
  }

  /// Takes the long sizes from the zip64 field, in the order of the fields that need them.
  private func readZip64(
    _ extra: Range<Int>, size: inout Int, compressedSize: inout Int, offset: inout Int
  ) {
    var position = extra.lowerBound
    while position + 4 <= extra.upperBound, let tag = uint16(at: position),
      let length = uint16(at: position + 2)
    {
      var field = position + 4
      let end = min(field + length, extra.upperBound)
      if tag == 1 {
        func next(_ value: inout Int) {
          guard value == 0xFFFF_FFFF, field + 8 <= end,
            let long = Self.uint(bytes, field, 8)
          else { return }
          value = long
          field += 8
        }
        next(&size)
        next(&compressedSize)
        next(&offset)
      }
      position = position + 4 + length
    }
  }

  // MARK: - Names and numbers

  private static func name(in bytes: ArraySlice<UInt8>) -> String {
    String(decoding: bytes.lazy.map { $0 == 0x5C ? 0x2F : $0 }, as: UTF8.self)
  }

  private static func key(_ name: String) -> String {
    var utf8 = Array(name.utf8)
    if utf8.first == 0x2F { utf8.removeFirst() }
    for index in utf8.indices where (0x41...0x5A).contains(utf8[index]) { utf8[index] |= 0x20 }
    return String(decoding: utf8, as: UTF8.self)
  }

  private func uint16(at position: Int) -> Int? { Self.uint(bytes, position, 2) }
  private func uint32(at position: Int) -> Int? { Self.uint(bytes, position, 4) }

  /// A little-endian number; nil outside the file and for values that no file can have.
  private static func uint(_ bytes: [UInt8], _ position: Int, _ count: Int) -> Int? {
    guard position >= 0, position <= bytes.count - count else { return nil }
    var value: UInt64 = 0
    for index in (0..<count).reversed() {
      value = value << 8 | UInt64(bytes[position + index])
    }
    return value < 1 << 48 ? Int(value) : nil
  }
}

/// OLE compound files, the container of `.doc` and of encrypted Office documents.
enum CompoundFile {
  static func isOne(_ bytes: [UInt8]) -> Bool {
    bytes.starts(with: [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1])
  }

  /// Whether its directory has a stream named `EncryptedPackage` ([MS-OFFCRYPTO] 2.3.4.4).
  static func isEncryptedPackage(_ bytes: [UInt8]) -> Bool {
    let name = "EncryptedPackage".utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
    // Directory entries are aligned at 128 bytes behind the header of 512.
    var position = 512
    while position + 128 <= bytes.count {
      let entry = bytes[position..<position + name.count].lazy.map { $0 | 0x20 }
      if entry.elementsEqual(name.lazy.map { $0 | 0x20 }) { return true }
      position += 128
    }
    return false
  }
}
