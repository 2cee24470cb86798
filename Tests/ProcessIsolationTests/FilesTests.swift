import Foundation
import TestSupport
import Testing

@testable import ProcessIsolation

@Suite struct FilesTests {
  let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
  }

  func write(_ text: String, to name: String) throws {
    try text.write(toFile: folder.path(name), atomically: false, encoding: .utf8)
  }

  func text(of name: String) throws -> String {
    try String(contentsOfFile: folder.path(name), encoding: .utf8)
  }

  @Test("A file is read whole, whatever its size", arguments: [0, 1, 1 << 18, 1_000_003])
  func read(size: Int) throws {
    let bytes = (0..<size).map { UInt8(truncatingIfNeeded: $0 &* 31) }
    try Data(bytes).write(to: URL(filePath: folder.path("a")))
    #expect(try InputFile.read(folder.path("a")) == bytes)
  }

  @Test("A device without a size is read to its end")
  func device() throws {
    #expect(try InputFile.read("/dev/null") == [])
    // Files of /proc say that they have no bytes.
    #expect(try InputFile.read("/proc/self/status").starts(with: "Name:".utf8))
  }

  @Test("What cannot be read is an error with the path and the system's reason")
  func unreadable() throws {
    #expect(throws: FileError(.read, "/no/such/file", code: ENOENT)) {
      try InputFile.read("/no/such/file")
    }
    #expect(throws: FileError(.read, "/", code: EISDIR)) { try InputFile.read("/") }
    #expect(
      FileError(.read, "/no", code: ENOENT).description
        == "/no: reading: expected a file that can be read, found: No such file or directory")
  }

  @Test("A file larger than the limit is not read")
  func tooLarge() throws {
    let path = folder.path("large")
    try Data().write(to: URL(filePath: path))
    truncate(path, off_t(InputFile.byteLimit) + 1)
    let error = #expect(throws: FileError.self) { try InputFile.read(path) }
    #expect(error?.isTooLarge == true)
  }

  @Test("An output is made, and replaced with its permissions kept")
  func replace() throws {
    let path = folder.path("out.json")
    try OutputFile.replace(path, with: Array("first".utf8), tag: 1)
    #expect(try text(of: "out.json") == "first")
    chmod(path, 0o640)
    try OutputFile.replace(path, with: Array("second".utf8), tag: 1)
    #expect(try text(of: "out.json") == "second")
    var status = stat()
    stat(path, &status)
    #expect(status.st_mode & 0o777 == 0o640)
    #expect(folder.names() == ["out.json"])
  }

  @Test("A symbolic link stays one, and its target is replaced")
  func symbolicLink() throws {
    try write("old", to: "target")
    symlink(folder.path("target"), folder.path("link"))
    try OutputFile.replace(folder.path("link"), with: Array("new".utf8), tag: 1)
    #expect(try text(of: "target") == "new")
    #expect(try FileManager.default.destinationOfSymbolicLink(atPath: folder.path("link")) != "")
  }

  @Test("A device is written in place")
  func writeToDevice() throws {
    try OutputFile.replace("/dev/null", with: [1, 2, 3], tag: 1)
    #expect(OutputFile.isFolder("/dev"))
    var status = stat()
    stat("/dev/null", &status)
    #expect(status.st_mode & S_IFMT == S_IFCHR)
  }

  @Test("An output that cannot be written leaves nothing behind")
  func unwritable() throws {
    #expect(throws: FileError.self) {
      try OutputFile.replace(folder.path("none/out.json"), with: [1], tag: 1)
    }
    #expect(throws: FileError(.write, "/dev/full", code: ENOSPC)) {
      try OutputFile.replace("/dev/full", with: [1], tag: 1)
    }
    #expect(folder.names() == [])
  }

  @Test("What a killed process left behind is removed")
  func discard() throws {
    let path = folder.path("out.json")
    try "half".write(
      toFile: OutputFile.temporaryPath(for: path, tag: 7), atomically: false, encoding: .utf8)
    #expect(folder.names() == [".boxhead.7.part"])
    OutputFile.discardTemporary(of: path, tag: 7)
    #expect(folder.names() == [])
  }

  @Test("Folders are made with those above them")
  func makeFolder() throws {
    try OutputFile.makeFolder(folder.path("a/b/c/"))
    #expect(OutputFile.isFolder(folder.path("a/b/c")))
    try OutputFile.makeFolder(folder.path("a/b/c"))
    try write("", to: "file")
    #expect(throws: FileError.self) { try OutputFile.makeFolder(folder.path("file/d")) }
  }

  @Test("Two paths of one file are the same, two files are not")
  func same() throws {
    try write("", to: "a")
    try write("", to: "b")
    #expect(OutputFile.isSame(folder.path("a"), folder.path("./a")))
    #expect(!OutputFile.isSame(folder.path("a"), folder.path("b")))
    #expect(!OutputFile.isSame(folder.path("a"), folder.path("none")))
  }

  @Test("A collected file keeps whole documents only and gets its name at the end")
  func collected() throws {
    let path = folder.path("all.ndjson")
    var file = try CollectedFile(path: path, tag: 1)
    try OutputFile.write(Array("one\n".utf8), to: file.descriptor, path: path)
    file.keep()
    try OutputFile.write(Array("tw".utf8), to: file.descriptor, path: path)
    file.cut()
    try OutputFile.write(Array("three\n".utf8), to: file.descriptor, path: path)
    file.keep()
    #expect(folder.names() == [".boxhead.1.part"])
    try file.complete()
    #expect(try text(of: "all.ndjson") == "one\nthree\n")
    #expect(folder.names() == ["all.ndjson"])
  }

  @Test("A collected file that is given up leaves nothing behind")
  func discarded() throws {
    try CollectedFile(path: folder.path("all.ndjson"), tag: 1).discard()
    #expect(folder.names() == [])
  }
}
