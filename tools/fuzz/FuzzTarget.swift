import DocumentReading
import DocumentWriting
import Glibc
import PackageReading

/// What libFuzzer gives its bytes to, chosen by `BOXHEAD_FUZZ_TARGET`.
///
/// A reader may refuse whatever it likes; it must not trap, hang or eat memory. Where bytes are read
/// and written again, they must stay the same.
enum FuzzTarget: String {
  case zip, json

  func run(_ bytes: [UInt8]) {
    switch self {
    case .zip: Self.zip(bytes)
    case .json: Self.json(bytes)
    }
  }

  private static func zip(_ bytes: [UInt8]) {
    var limits = PackageLimits()
    limits.entryBytes = 1 << 24
    limits.totalBytes = 1 << 25
    guard let archive = try? ZIPArchive(bytes: bytes, limits: limits) else { return }
    let budget = InflationBudget()
    for entry in archive.entries.prefix(100) {
      _ = try? EntryStream(archive, entry: entry, limits: limits, budget: budget).all()
    }
  }

  private static func json(_ bytes: [UInt8]) {
    if let value = try? JSONParser.parse(bytes) {
      let canonical = value.canonicalBytes
      let again = try? JSONParser.parse(canonical)
      precondition(again?.canonicalBytes == canonical, "canonical JSON reads as something else")
    }
    if let document = try? CanonicalJSONReader.read(bytes) {
      let written = CanonicalJSONWriter.bytes(of: document)
      let again = try? CanonicalJSONReader.read(written)
      precondition(
        again.map(CanonicalJSONWriter.bytes) == written, "a document reads as another one")
    }
  }
}

private let target = getenv("BOXHEAD_FUZZ_TARGET").flatMap {
  FuzzTarget(rawValue: String(cString: $0))
}

/// What libFuzzer calls for each input.
@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  guard let target else { fatalError("expected BOXHEAD_FUZZ_TARGET: zip or json") }
  target.run(Array(UnsafeBufferPointer(start: start, count: count)))
  return 0
}
