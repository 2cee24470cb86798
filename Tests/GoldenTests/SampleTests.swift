import Conversion
import DocumentWriting
import Foundation
import Testing

/// Whole documents: each folder of `samples/` converts to the `expected.json` in it.
///
/// `tools/accept-golden` sets `BOXHEAD_RECORD`, which rewrites the files and fails the run, so that
/// a recording never passes for a check.
@Suite struct SampleTests {
  static let folder = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "samples")

  static let isRecording = ProcessInfo.processInfo.environment["BOXHEAD_RECORD"] != nil

  /// The names of the sample folders, in order.
  static let slugs: [String] = {
    let manager = FileManager.default
    let names = (try? manager.contentsOfDirectory(atPath: folder.path(percentEncoded: false))) ?? []
    return names.filter { original(of: $0) != nil }.sorted()
  }()

  static func original(of slug: String) -> URL? {
    ["pdf", "docx", "ofd"].map { folder.appending(path: "\(slug)/original.\($0)") }
      .first { FileManager.default.fileExists(atPath: $0.path(percentEncoded: false)) }
  }

  static func bytes(of slug: String) throws -> [UInt8] {
    [UInt8](try Data(contentsOf: #require(original(of: slug))))
  }

  static func convert(_ slug: String) throws -> [UInt8] {
    let url = try #require(original(of: slug))
    let document = try Converter()
      .convert([UInt8](Data(contentsOf: url)), name: url.lastPathComponent)
    return CanonicalJSONWriter.bytes(of: document)
  }

  @Test("A sample converts to what was accepted", arguments: slugs)
  func matchesExpectation(slug: String) throws {
    let file = Self.folder.appending(path: "\(slug)/expected.json")
    let accepted = try? Data(contentsOf: file)
    if accepted == nil, !Self.isRecording {
      try Test.cancel("\(slug) has no expected.json; see tools/accept-golden")
    }
    let bytes = try Self.convert(slug)
    let actual = try JSONParser.parse(bytes)
    let text = JSONLayout.text(of: actual)
    if Self.isRecording {
      try Data(text.utf8).write(to: file)
      Issue.record("recorded \(slug)/expected.json: look at the change, then run without recording")
      return
    }
    guard let accepted, accepted != Data(text.utf8) else { return }
    let expected = try JSONParser.parse([UInt8](accepted))
    let lines = JSONDifference.lines(expected: expected, actual: actual)
    Attachment.record(bytes, named: "\(slug).actual.json")
    let shown = lines.prefix(40).joined(separator: "\n")
    Issue.record("\(slug): \(lines.count) differences\n\(shown)")
  }

  @Test("A second conversion of a sample gives the same bytes", arguments: slugs)
  func isDeterministic(slug: String) throws {
    let file = Self.folder.appending(path: "\(slug)/expected.json").path(percentEncoded: false)
    if !FileManager.default.fileExists(atPath: file) {
      try Test.cancel("\(slug) has no expected.json; see tools/accept-golden")
    }
    let first = try Self.convert(slug)
    #expect(try Self.convert(slug) == first)
  }

  @Test("There are samples, and recording is off where CI runs")
  func recordingIsOff() {
    #expect(Self.slugs.count >= 4)
    if ProcessInfo.processInfo.environment["CI"] != nil { #expect(!Self.isRecording) }
  }
}
