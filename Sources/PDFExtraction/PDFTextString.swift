/// Decodes the text strings of a PDF's information dictionary (ISO 32000-2, 7.9.2.2).
enum PDFTextString {
  /// UTF-16BE or UTF-8 by their marks, else PDFDocEncoding.
  static func decode(_ bytes: [UInt8]) -> String {
    let text: String
    if bytes.starts(with: [0xFE, 0xFF]) {
      let units = stride(from: 2, to: bytes.count - 1, by: 2).map {
        UInt16(bytes[$0]) << 8 | UInt16(bytes[$0 + 1])
      }
      text = String(decoding: units, as: UTF16.self)
    } else if bytes.starts(with: [0xEF, 0xBB, 0xBF]) {
      text = String(decoding: bytes.dropFirst(3), as: UTF8.self)
    } else {
      var scalars = String.UnicodeScalarView()
      for byte in bytes {
        scalars.append(scalar(byte))
      }
      text = String(scalars)
    }
    var printed = String.UnicodeScalarView()
    for scalar in text.unicodeScalars where scalar.value >= 0x20 && scalar.value != 0x7F {
      printed.append(scalar)
    }
    var trimmed = Substring(String(printed))
    while trimmed.last?.isWhitespace == true { trimmed.removeLast() }
    while trimmed.first?.isWhitespace == true { trimmed.removeFirst() }
    return String(trimmed)
  }

  /// Where PDFDocEncoding differs from Latin-1 (ISO 32000-2, table D.2).
  private static func scalar(_ byte: UInt8) -> Unicode.Scalar {
    switch byte {
    case 0x18: "\u{02D8}"
    case 0x19: "\u{02C7}"
    case 0x1A: "\u{02C6}"
    case 0x1B: "\u{02D9}"
    case 0x1C: "\u{02DD}"
    case 0x1D: "\u{02DB}"
    case 0x1E: "\u{02DA}"
    case 0x1F: "\u{02DC}"
    case 0x80: "\u{2022}"
    case 0x81: "\u{2020}"
    case 0x82: "\u{2021}"
    case 0x83: "\u{2026}"
    case 0x84: "\u{2014}"
    case 0x85: "\u{2013}"
    case 0x86: "\u{0192}"
    case 0x87: "\u{2044}"
    case 0x88: "\u{2039}"
    case 0x89: "\u{203A}"
    case 0x8A: "\u{2212}"
    case 0x8B: "\u{2030}"
    case 0x8C: "\u{201E}"
    case 0x8D: "\u{201C}"
    case 0x8E: "\u{201D}"
    case 0x8F: "\u{2018}"
    case 0x90: "\u{2019}"
    case 0x91: "\u{201A}"
    case 0x92: "\u{2122}"
    case 0x93: "\u{FB01}"
    case 0x94: "\u{FB02}"
    case 0x95: "\u{0141}"
    case 0x96: "\u{0152}"
    case 0x97: "\u{0160}"
    case 0x98: "\u{0178}"
    case 0x99: "\u{017D}"
    case 0x9A: "\u{0131}"
    case 0x9B: "\u{0142}"
    case 0x9C: "\u{0153}"
    case 0x9D: "\u{0161}"
    case 0x9E: "\u{017E}"
    case 0xA0: "\u{20AC}"
    default: Unicode.Scalar(byte)
    }
  }
}
