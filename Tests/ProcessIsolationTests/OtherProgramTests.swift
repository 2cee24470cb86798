import Foundation
import TestSupport
import Testing

@testable import ProcessIsolation

@Suite struct OtherProgramTests {
  func shell(_ script: String, seconds: Double = 20) throws(OtherProgram.Failure) {
    let program = OtherProgram(path: "/bin/sh", memoryBytes: 1 << 30, seconds: seconds)
    try program.run(["-c", script], environment: ["PATH=/usr/bin:/bin"])
  }

  @Test("A program sees its arguments and no other environment than it is given")
  func environment() throws {
    try shell(#"test "$PATH" = /usr/bin:/bin && test -z "$HOME""#)
  }

  @Test("A status other than 0 is a failure; a signal is 128 and its number")
  func status() {
    #expect(throws: OtherProgram.Failure.failed(status: 3)) { try shell("exit 3") }
    #expect(throws: OtherProgram.Failure.failed(status: 137)) { try shell("kill -9 $$") }
  }

  @Test("What cannot be started ends with status 127")
  func notFound() {
    #expect(throws: OtherProgram.Failure.failed(status: 127)) {
      try OtherProgram(path: "/no/such/program", memoryBytes: 1 << 30, seconds: 5)
        .run([], environment: [])
    }
  }

  @Test("At the deadline the program ends with all that it has started")
  func deadline() throws {
    let folder = try TemporaryFolder()
    let path = folder.path("children")
    #expect(throws: OtherProgram.Failure.deadline(seconds: 0.5)) {
      try shell("sleep 60 & echo $! > '\(path)'; sleep 60", seconds: 0.5)
    }
    let child = try #require(
      Int32(String(contentsOfFile: path, encoding: .utf8).trimmingCharacters(in: .newlines)))
    // Its new parent may take a moment to collect it.
    var isGone = false
    for _ in 0..<100 where !isGone {
      isGone = kill(child, 0) != 0 || isZombie(child)
      usleep(10_000)
    }
    #expect(isGone)
  }

  private func isZombie(_ process: Int32) -> Bool {
    let status = (try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8)) ?? ""
    return status.contains(") Z ")
  }

  @Test("A private folder goes with all that is in it")
  func privateFolder() throws {
    let prefix = "boxhead-test-\(getpid())-"
    let folder = try PrivateFolder(prefix: prefix)
    let other = try PrivateFolder(prefix: prefix)
    try OutputFile.makeFolder(folder.path + "/a/b")
    try OutputFile.replace(folder.path + "/a/b/c", with: [1], tag: 1)
    folder.remove()
    #expect(!OutputFile.isFolder(folder.path) && OutputFile.isFolder(other.path))
    PrivateFolder.removeAll(prefix: prefix)
    #expect(!OutputFile.isFolder(other.path))
  }
}
