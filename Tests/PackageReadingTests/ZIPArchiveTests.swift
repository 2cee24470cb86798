import DOCXExtraction
import TestSupport
import Testing

@testable import PackageReading

@Suite struct ZIPArchiveTests {
  let hello = Array("hello".utf8)

  func archive(_ writer: ZIPWriter) throws(PackageError) -> ZIPArchive {
    try ZIPArchive(bytes: writer.bytes(), limits: PackageLimits())
  }

  func content(_ writer: ZIPWriter, _ name: String) throws(PackageError) -> [UInt8] {
    let archive = try archive(writer)
    guard let entry = archive.entry(named: name) else { throw .entryMissing(path: name) }
    return try EntryStream(
      archive, entry: entry, limits: PackageLimits(), budget: InflationBudget()
    ).all()
  }

  @Test("Entries are found without regard to case, slashes and junk around the archive")
  func names() throws {
    var writer = ZIPWriter([ZIPWriter.Entry("Word\\Document.xml", hello)])
    writer.prefix = Array("junk".utf8)
    writer.suffix = Array("more junk".utf8)
    #expect(try content(writer, "/word/document.xml") == hello)
  }

  @Test("Two entries of one name are refused, even if they differ in case")
  func duplicates() {
    let writer = ZIPWriter([ZIPWriter.Entry("a.xml", hello), ZIPWriter.Entry("A.XML", hello)])
    #expect(throws: PackageError.duplicateEntry(path: "A.XML")) { try archive(writer) }
  }

  @Test("A declared size that lies is an error, whichever way", arguments: [1, 4, 6, 1 << 30])
  func sizes(declared: Int) {
    let writer = ZIPWriter([ZIPWriter.Entry("a.xml", hello, declaredSize: declared)])
    #expect(throws: PackageError.self) { try content(writer, "a.xml") }
  }

  @Test("A checksum that is not the declared one is an error")
  func checksum() {
    let writer = ZIPWriter([ZIPWriter.Entry("a.xml", hello, declaredChecksum: 7)])
    #expect(throws: PackageError.checksumMismatch(path: "a.xml")) { try content(writer, "a.xml") }
  }

  @Test("Another name in the local header is refused")
  func localName() {
    let writer = ZIPWriter([ZIPWriter.Entry("a.xml", hello, localName: "b.xml")])
    #expect(throws: PackageError.self) { try content(writer, "a.xml") }
  }

  @Test("An encrypted entry says so")
  func encrypted() {
    let writer = ZIPWriter([ZIPWriter.Entry("a.xml", hello, flags: 1)])
    #expect(throws: PackageError.encrypted) { try content(writer, "a.xml") }
  }

  @Test("More entries than the limit are refused")
  func entryLimit() {
    var limits = PackageLimits()
    limits.entries = 2
    let writer = ZIPWriter((0..<3).map { ZIPWriter.Entry("\($0)", hello) })
    #expect(throws: PackageError.limitExceeded(.entries, path: "package", limit: 2)) {
      try ZIPArchive(bytes: writer.bytes(), limits: limits)
    }
  }

  @Test("Cut off anywhere, an archive is an error and never a trap")
  func truncated() {
    let bytes = ZIPWriter([ZIPWriter.Entry("a.xml", hello), ZIPWriter.Entry("b.xml", hello)])
      .bytes()
    for count in 0..<bytes.count {
      #expect(throws: PackageError.self) {
        _ = try DOCXExtractor.layout(of: Array(bytes[..<count]))
      }
    }
  }

  @Test("With any one byte changed, a package is read or refused and never traps")
  func corrupted() {
    let bytes = DOCXWriter("<w:p><w:r><w:t>x</w:t></w:r></w:p>").bytes()
    for index in bytes.indices {
      for value in [UInt8(0), 0x7F, 0xFF] {
        var broken = bytes
        broken[index] = value
        _ = try? DOCXExtractor.layout(of: broken)
      }
    }
  }
}
