/// The names in a ZIP archive, for telling formats apart; nothing is decompressed or checked.
///
/// Reads the central directory, and the local headers where there is none: a package that was cut
/// off is still seen to be one, and its extractor says what is wrong with it.
struct ZIPNames {
  /// Lower-case names with forward slashes.
  private(set) var names: Set<String> = []
  /// The content of an entry `mimetype`, as OpenDocument and EPUB have it, uncompressed and first.
  private(set) var mediaType: String?
  private(set) var isArchive = false

  /// More names than this say nothing new.
  private static let limit = 4096

  private static let localHeader: UInt32 = 0x0403_4B50
  private static let directoryEntry: UInt32 = 0x0201_4B50
  private static let endRecord: UInt32 = 0x0605_4B50

  init(bytes: [UInt8]) {
    readFirstEntry(bytes)
    readDirectory(bytes)
    if names.isEmpty { readLocalHeaders(bytes) }
  }

  private mutating func readFirstEntry(_ bytes: [UInt8]) {
    guard Self.uint32(bytes, 0) == Self.localHeader else { return }
    isArchive = true
    guard let size = Self.uint32(bytes, 18), let nameLength = Self.uint16(bytes, 26),
      let extraLength = Self.uint16(bytes, 28), size < 200
    else { return }
    let content = 30 + nameLength + extraLength
    guard content + Int(size) <= bytes.count,
      bytes[30..<30 + nameLength].elementsEqual("mimetype".utf8)
    else { return }
    mediaType = String(decoding: bytes[content..<content + Int(size)], as: UTF8.self)
  }

  private mutating func readDirectory(_ bytes: [UInt8]) {
    // The end record is followed by a comment of at most 65,535 bytes, and by junk now and then.
    var end = bytes.count - 22
    let lowest = max(0, bytes.count - 22 - 0x1_1000)
    while end >= lowest, Self.uint32(bytes, end) != Self.endRecord { end -= 1 }
    guard end >= lowest, let size = Self.uint32(bytes, end + 12) else { return }
    isArchive = true
    // The directory stands before the end record; with zip64 there are two more records between.
    for gap in [0, 76] {
      var position = end - gap - Int(size)
      if size == .max { position = Self.zip64Directory(bytes, end: end) ?? -1 }
      while names.count < Self.limit, Self.uint32(bytes, position) == Self.directoryEntry,
        let name = Self.uint16(bytes, position + 28), let extra = Self.uint16(bytes, position + 30),
        let comment = Self.uint16(bytes, position + 32), position + 46 + name <= bytes.count
      {
        insert(bytes[position + 46..<position + 46 + name])
        position += 46 + name + extra + comment
      }
      if !names.isEmpty { return }
    }
  }

  /// Where the directory starts by the zip64 end record, which stands before its locator.
  private static func zip64Directory(_ bytes: [UInt8], end: Int) -> Int? {
    let record = end - 20 - 56
    guard uint32(bytes, record) == 0x0606_4B50, let size = uint32(bytes, record + 40) else {
      return nil
    }
    return record - Int(size)
  }

  private mutating func readLocalHeaders(_ bytes: [UInt8]) {
    guard isArchive else { return }
    var position = 0
    while position + 30 <= bytes.count, names.count < Self.limit {
      if bytes[position] == 0x50, Self.uint32(bytes, position) == Self.localHeader,
        let length = Self.uint16(bytes, position + 26), position + 30 + length <= bytes.count
      {
        insert(bytes[position + 30..<position + 30 + length])
        position += 30 + length
      } else {
        position += 1
      }
    }
  }

  private mutating func insert(_ name: ArraySlice<UInt8>) {
    let unified = name.map { $0 == UInt8(ascii: "\\") ? UInt8(ascii: "/") : $0 }
    names.insert(String(decoding: unified, as: UTF8.self).lowercased())
  }

  private static func uint16(_ bytes: [UInt8], _ position: Int) -> Int? {
    guard position >= 0, position + 2 <= bytes.count else { return nil }
    return Int(bytes[position]) | Int(bytes[position + 1]) << 8
  }

  private static func uint32(_ bytes: [UInt8], _ position: Int) -> UInt32? {
    guard let low = uint16(bytes, position), let high = uint16(bytes, position + 2) else {
      return nil
    }
    return UInt32(low) | UInt32(high) << 16
  }
}
