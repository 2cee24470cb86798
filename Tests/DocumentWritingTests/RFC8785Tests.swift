import Crypto
import Foundation
import Testing

@testable import DocumentWriting

/// The published test vectors of RFC 8785, read from `../shared/jcs` beside the package.
@Suite struct RFC8785Tests {
  static let folder = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "shared/jcs")

  func vector(_ path: String) throws -> [UInt8] {
    let url = Self.folder.appending(path: path)
    guard let data = try? Data(contentsOf: url) else { try Test.cancel("\(path) is not present") }
    return [UInt8](data)
  }

  @Test(
    "A document of the RFC has its published canonical form",
    arguments: ["arrays", "french", "structures", "unicode", "values", "weird"])
  func canonicalForm(name: String) throws {
    let value = try JSONParser.parse(try vector("input/\(name).json"))
    #expect(value.canonicalBytes == (try vector("output/\(name).json")))
    let hex = String(decoding: try vector("outhex/\(name).txt"), as: UTF8.self)
    #expect(
      value.canonicalBytes == hex.split { $0.isWhitespace }.compactMap { UInt8($0, radix: 16) })
  }

  @Test("The numbers of Appendix B are printed as there")
  func appendixB() throws {
    let lines = String(decoding: try vector("rfc8785_appendixB.csv"), as: UTF8.self)
    for line in lines.split(whereSeparator: \.isNewline) {
      let fields = line.split(separator: ",")
      let bits = try #require(UInt64(fields[0], radix: 16))
      var output = OutputBytes(capacity: 32)
      if output.append(number: Double(bitPattern: bits)) {
        #expect(String(decoding: output.bytes, as: UTF8.self) == fields[1], "bits \(fields[0])")
      } else {
        #expect(fields[1] == "ERR", "bits \(fields[0])")
      }
    }
  }

  @Test("The first million numbers of the ES6 number file have the published checksums")
  func numberFile() throws {
    let checksums = [
      1_000: "be18b62b6f69cdab33a7e0dae0d9cfa869fda80ddc712221570f9f40a5878687",
      10_000: "b9f7a8e75ef22a835685a52ccba7f7d6bdc99e34b010992cbc5864cd12be6892",
      100_000: "22776e6d4b49fa294a0d0f349268e5c28808fe7e0cb2bcbe28f63894e494d4c7",
      1_000_000: "49415fee2c56c77864931bd3624faad425c3c577d6d74e89a83bc725506dad16",
    ]
    let lines = String(decoding: try vector("es6_static_u64.txt"), as: UTF8.self)
    var numbers = NumberFile(
      fixed: lines.split(whereSeparator: \.isNewline).compactMap { UInt64($0, radix: 16) })
    var hash = SHA256()
    var batch = OutputBytes(capacity: 1 << 20)
    for count in 1...1_000_000 {
      let bits = numbers.next()
      batch.appendHexadecimal(bits)
      batch.append(UInt8(ascii: ","))
      guard batch.append(number: Double(bitPattern: bits)) else {
        Issue.record("the number with bits \(bits) is not finite")
        return
      }
      batch.append(UInt8(ascii: "\n"))
      guard let checksum = checksums[count] else { continue }
      hash.update(data: batch.bytes)
      batch = OutputBytes(capacity: 1 << 20)
      #expect(hash.finalize().map(hexadecimal).joined() == checksum, "first \(count)")
    }
  }

  private func hexadecimal(_ byte: UInt8) -> String {
    (byte < 16 ? "0" : "") + String(byte, radix: 16)
  }
}

extension OutputBytes {
  fileprivate mutating func appendHexadecimal(_ bits: UInt64) {
    for byte in String(bits, radix: 16).utf8 { append(byte) }
  }
}

/// The numbers of the ES6 number test file: fixed ones, 2,000 neighbours, then chained SHA-256
/// blocks of four little-endian doubles without zeros, infinities and NaN.
private struct NumberFile {
  private var waiting: [UInt64]
  private var block = [UInt8](repeating: 0, count: 32)
  private var position = 0

  init(fixed: [UInt64]) {
    waiting = fixed + (0..<2000).map { 0x0010_0000_0000_0000 + $0 }
  }

  mutating func next() -> UInt64 {
    while true {
      if position == waiting.count { refill() }
      position += 1
      return waiting[position - 1]
    }
  }

  private mutating func refill() {
    position = 0
    repeat {
      block = Array(SHA256.hash(data: block))
      waiting = stride(from: 0, to: 32, by: 8)
        .map { start in (0..<8).reduce(0) { $0 | UInt64(block[start + $1]) << (8 * UInt64($1)) } }
        .filter { Double(bitPattern: $0).isFinite && Double(bitPattern: $0) != 0 }
    } while waiting.isEmpty
  }
}
