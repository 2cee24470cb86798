/// A web page with all that belongs to it in one file (MHT), as far as its text is concerned.
///
///     MIME-Version: 1.0                                ◀ header of the archive
///     Content-Type: multipart/related; boundary="b"
///
///     --b                                              ◀ a part: header, blank line, body
///     Content-Type: text/html; charset="utf-8"
///     Content-Transfer-Encoding: quoted-printable
///
/// The first part that is HTML is the page; parts may be nested. What is wrong with a header or an
/// encoding is passed over: of a damaged archive there is as much text as can be found.
///
/// Sources: RFC 2557 (MHTML), RFC 2045 (quoted-printable, base64), RFC 2046, 5.1 (multipart).
struct WebArchive {
  /// The page in the encoding that `isUTF8` tells; nil if there is none.
  private(set) var page: [UInt8]?
  /// Whether the page is UTF-8, whatever it says of itself.
  private(set) var isUTF8 = false
  /// The media types of the parts that are not the page, in order.
  private(set) var otherParts: [String] = []

  /// Parts inside parts inside parts are no sound archive.
  private static let deepest = 4
  /// More parts than this are not listed.
  private static let mostParts = 1_000

  static func isOne(_ bytes: [UInt8], type: String) -> Bool {
    type.contains("rfc822") || type.contains("related") || bytes.starts(with: "MIME-Version".utf8)
  }

  init(_ bytes: [UInt8]) {
    read(bytes[...], depth: 0)
  }

  private mutating func read(_ bytes: ArraySlice<UInt8>, depth: Int) {
    let (header, body) = Self.split(bytes)
    let type = header["content-type"] ?? "text/plain"
    let media = type.prefix { $0 != ";" }.filter { !$0.isWhitespace }.lowercased()
    if media.hasPrefix("multipart/"), depth < Self.deepest,
      let boundary = Self.parameter("boundary", of: type), !boundary.isEmpty
    {
      for part in Self.parts(of: body, boundary: Array("--\(boundary)".utf8)) {
        guard otherParts.count < Self.mostParts else { return }
        read(part, depth: depth + 1)
      }
    } else if page == nil, media == "text/html" || media == "application/xhtml+xml" {
      decode(
        body, transfer: header["content-transfer-encoding"]?.lowercased() ?? "",
        charset: Self.parameter("charset", of: type)?.lowercased() ?? "")
    } else {
      otherParts.append(media)
    }
  }

  // MARK: - Headers and parts

  /// The fields of a header by lower-case name, continued lines joined, and what stands behind it.
  private static func split(
    _ bytes: ArraySlice<UInt8>
  ) -> (fields: [String: String], body: ArraySlice<UInt8>) {
    var fields: [String: String] = [:]
    var last = ""
    var rest = bytes
    while let line = nextLine(&rest) {
      if line.isEmpty { break }
      let text = String(decoding: line, as: UTF8.self)
      if line.first == 0x20 || line.first == 0x09 {
        fields[last]? += text
      } else if let colon = text.firstIndex(of: ":"), fields.count < 100 {
        last = text[..<colon].lowercased()
        fields[last] = String(text[text.index(after: colon)...].drop { $0.isWhitespace })
      }
    }
    return (fields, rest)
  }

  /// Takes the next line, without its end; nil at the end of the bytes.
  private static func nextLine(_ rest: inout ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
    guard !rest.isEmpty else { return nil }
    let end = rest.firstIndex(of: 0x0A) ?? rest.endIndex
    let line = rest[..<end]
    rest = end < rest.endIndex ? rest[(end + 1)...] : []
    return line.last == 0x0D ? line.dropLast() : line
  }

  /// The value of a parameter such as `boundary="b"`.
  private static func parameter(_ name: String, of field: String) -> String? {
    for part in field.split(separator: ";").dropFirst() {
      let pair = part.split(separator: "=", maxSplits: 1)
      guard pair.count == 2, pair[0].filter({ !$0.isWhitespace }).lowercased() == name else {
        continue
      }
      return String(pair[1].drop { $0.isWhitespace || $0 == "\"" }.prefix { $0 != "\"" })
    }
    return nil
  }

  /// The bytes between lines that start with the boundary.
  private static func parts(
    of body: ArraySlice<UInt8>, boundary: [UInt8]
  ) -> [ArraySlice<UInt8>] {
    var result: [ArraySlice<UInt8>] = []
    var start: Int?
    var rest = body
    while !rest.isEmpty {
      let lineStart = rest.startIndex
      guard let line = nextLine(&rest) else { break }
      guard line.starts(with: boundary) else { continue }
      if let start { result.append(body[start..<lineStart]) }
      start = rest.isEmpty ? nil : rest.startIndex
      if line.dropFirst(boundary.count).starts(with: "--".utf8) { return result }
    }
    if let start { result.append(body[start...]) }
    return result
  }

  // MARK: - Encodings

  private mutating func decode(_ body: ArraySlice<UInt8>, transfer: String, charset: String) {
    var bytes =
      switch transfer.prefix(while: { !$0.isWhitespace }) {
      case "quoted-printable": Self.quotedPrintable(body)
      case "base64": Self.base64(body)
      default: Array(body)
      }
    switch charset {
    case "utf-8", "utf8", "us-ascii", "ascii": isUTF8 = true
    case "iso-8859-1", "latin1":
      bytes = Array(String(String.UnicodeScalarView(bytes.map { Unicode.Scalar($0) })).utf8)
      isUTF8 = true
    // Of any other the page itself may know.
    default: isUTF8 = false
    }
    page = bytes
  }

  private static func quotedPrintable(_ body: ArraySlice<UInt8>) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(body.count)
    var index = body.startIndex
    while index < body.endIndex {
      let byte = body[index]
      guard byte == UInt8(ascii: "=") else {
        result.append(byte)
        index += 1
        continue
      }
      let next = body[(index + 1)...].prefix(2)
      if next.first == 0x0A {
        index += 2
      } else if next.elementsEqual([0x0D, 0x0A]) {
        index += 3
      } else if next.count == 2, let high = digit(next[index + 1]), let low = digit(next[index + 2])
      {
        result.append(high << 4 | low)
        index += 3
      } else {
        result.append(byte)
        index += 1
      }
    }
    return result
  }

  private static func digit(_ byte: UInt8) -> UInt8? {
    switch byte {
    case 0x30...0x39: byte - 0x30
    case 0x41...0x46: byte - 0x41 + 10
    case 0x61...0x66: byte - 0x61 + 10
    default: nil
    }
  }

  private static func base64(_ body: ArraySlice<UInt8>) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(body.count / 4 * 3)
    var bits: UInt32 = 0
    var count = 0
    for byte in body {
      let value: UInt8
      switch byte {
      case 0x41...0x5A: value = byte - 0x41
      case 0x61...0x7A: value = byte - 0x61 + 26
      case 0x30...0x39: value = byte - 0x30 + 52
      case UInt8(ascii: "+"): value = 62
      case UInt8(ascii: "/"): value = 63
      case UInt8(ascii: "="): return result
      default: continue
      }
      bits = bits << 6 | UInt32(value)
      count += 6
      if count >= 8 {
        count -= 8
        result.append(UInt8(truncatingIfNeeded: bits >> UInt32(count)))
      }
    }
    return result
  }
}
