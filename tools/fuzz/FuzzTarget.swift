@testable import Batch
import Conversion
import DocumentModel
import DocumentReading
import DocumentWriting
import Glibc
import PackageReading
import TestSupport
@testable import boxhead

/// What libFuzzer gives its bytes to, chosen by `BOXHEAD_FUZZ_TARGET`.
///
/// A reader may refuse whatever it likes; it must not trap, hang or eat memory. Where bytes are read
/// and written again, they must stay the same.
enum FuzzTarget: String, CaseIterable {
  case docx, zip, worker, json

  func run(_ bytes: [UInt8]) {
    switch self {
    case .docx: Self.docx(bytes)
    case .zip: Self.zip(bytes)
    case .worker: Self.worker(bytes)
    case .json: Self.json(bytes)
    }
  }

  // MARK: - Word

  private static let partNames = [
    "document", "styles", "numbering", "footnotes", "comments", "header1",
  ]

  private static func docx(_ bytes: [UInt8]) {
    let document = try? Converter().convert(package(bytes), name: "fuzz.docx")
    guard let document else { return }
    let written = CanonicalJSONWriter.bytes(of: document)
    let again = try? CanonicalJSONReader.read(written)
    precondition(
      again.map(CanonicalJSONWriter.bytes) == written, "what was read cannot be read again")
  }

  /// Bytes are the XML of parts with zeros between them, or a package as it is: behind checksums and
  /// compression a fuzzer finds little.
  private static func package(_ bytes: [UInt8]) -> [UInt8] {
    guard !bytes.starts(with: "PK".utf8) else { return bytes }
    let parts = Swift.zip(partNames, bytes.split(separator: 0, omittingEmptySubsequences: false))
    return ZIPWriter(frame + parts.map { ZIPWriter.Entry("word/\($0).xml", Array($1)) }).bytes()
  }

  /// The entries that say what the parts are.
  private static let frame = {
    let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    let package = "http://schemas.openxmlformats.org/package/2006"
    let word = "application/vnd.openxmlformats-officedocument.wordprocessingml"
    func relationships(_ targets: [(type: String, path: String)]) -> [UInt8] {
      let elements = targets.enumerated().map {
        #"<Relationship Id="r\#($0)" Type="\#(office)/\#($1.type)" Target="\#($1.path)"/>"#
      }
      let content = elements.joined()
      return Array(
        #"<Relationships xmlns="\#(package)/relationships">\#(content)</Relationships>"#.utf8)
    }
    let types = """
      <Types xmlns="\(package)/content-types"><Default Extension="xml" \
      ContentType="application/xml"/><Override PartName="/word/document.xml" \
      ContentType="\(word).document.main+xml"/></Types>
      """
    return [
      ZIPWriter.Entry("[Content_Types].xml", Array(types.utf8)),
      ZIPWriter.Entry("_rels/.rels", relationships([("officeDocument", "word/document.xml")])),
      ZIPWriter.Entry(
        "word/_rels/document.xml.rels",
        relationships(
          partNames.dropFirst().map { ($0 == "header1" ? "header" : $0, "\($0).xml") })),
    ]
  }()

  // MARK: - ZIP

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

  // MARK: - The protocol of workers

  private static let longestLine = 4096
  private static let requests = fileno(tmpfile())

  /// What a worker is asked, and what a supervisor is answered by a worker that a document took
  /// over.
  private static func worker(_ bytes: [UInt8]) {
    precondition(
      ftruncate(requests, 0) == 0 && pwrite(requests, bytes, bytes.count, 0) == bytes.count
        && lseek(requests, 0, SEEK_SET) == 0)
    var lines = RequestLines(descriptor: requests, longest: longestLine)
    var read: [RequestLines.Line] = []
    while let line = try? lines.next() { read.append(line) }
    let expected = bytes.split(separator: UInt8(ascii: "\n")).map { line in
      line.count > longestLine ? .tooLong : RequestLines.Line.bytes(Array(line))
    }
    precondition(read == expected, "lines are cut elsewhere than at their ends")
    for case .bytes(let line) in read {
      request(line)
      _ = EngineAnswer.read(line)
    }
  }

  private static func request(_ line: [UInt8]) {
    let id: JSONValue
    do {
      id = try WorkerRequest(line: line, defaults: WorkerRequest.Defaults()).id
    } catch {
      id = error.id
    }
    let answer = WorkerAnswer.failure(
      WorkerAnswer.Failure(code: "damaged", stage: "extraction", isRetryable: false, message: ""),
      id: id)
    let found = EngineAnswer.read(answer.dropLast())
    precondition(found.id == id.text && found.answer.isVerdict, "an answer reads as another one")
  }

  // MARK: - JSON

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

/// The limit of CPU time, which libFuzzer has none of.
private let seconds =
  getenv("BOXHEAD_FUZZ_SECONDS").flatMap { Double(String(cString: $0)) } ?? .infinity

/// What libFuzzer calls for each input.
@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  guard let target else {
    let names = FuzzTarget.allCases.map(\.rawValue).joined(separator: ", ")
    fatalError("expected one of \(names) as BOXHEAD_FUZZ_TARGET")
  }
  target.run(Array(UnsafeBufferPointer(start: start, count: count)))
  // libFuzzer prints its figures then, and ends.
  if Double(clock()) / 1e6 > seconds { raise(SIGTERM) }
  return 0
}
