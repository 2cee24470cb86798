import TestSupport
import Testing

@Suite struct WorkerSupervisorTests {
  let probe = BuiltProgram("IsolationProbe")

  /// The verdicts that the probe prints, one for each document, and the ending of the run.
  func verdicts(_ documents: String...) throws -> [String] {
    let result = try probe.run(documents)
    #expect(result.status == 0 && !result.wasKilled)
    #expect(result.errors == "")
    return result.text.split(separator: "\n").map(String.init)
  }

  @Test("Work that ends well gives its status and message")
  func finished() throws {
    #expect(
      try verdicts("a", "b") == [
        #"a: finished(ProcessIsolation.WorkResult(status: 3, message: "说明 a"))"#,
        #"b: finished(ProcessIsolation.WorkResult(status: 3, message: "说明 b"))"#,
        "completed",
      ])
  }

  @Test("No documents need no worker")
  func none() throws {
    #expect(try verdicts() == ["completed"])
  }

  @Test("A worker without progress is stopped, and its last page is known")
  func stalled() throws {
    let lines = try verdicts("hang", "hang-after-page-3", "a")
    #expect(lines.count == 4)
    #expect(lines[0] == "hang: stalled(seconds: 0.5, lastPage: nil)")
    #expect(lines[1] == "hang-after-page-3: stalled(seconds: 0.5, lastPage: Optional(3))")
    #expect(lines[2].hasPrefix("a: finished"))
  }

  @Test("Slow progress is progress, and waiting for input or output is no stall")
  func slow() throws {
    let lines = try verdicts("slow", "wait-for-others")
    #expect(lines.allSatisfy { $0.contains("finished") || $0 == "completed" }, "\(lines)")
  }

  @Test("A document that takes too much memory hits the limit, and the next one is not harmed")
  func memory() throws {
    let lines = try verdicts("a", "allocate", "b", "allocate")
    #expect(lines.count == 5)
    #expect(lines[1] == "allocate: outOfMemory(bytes: 268435456)")
    #expect(lines[2].hasPrefix("b: finished"))
    #expect(lines[3] == "allocate: outOfMemory(bytes: 268435456)")
  }

  @Test("Nesting that uses up the stack hits the limit")
  func stack() throws {
    #expect(try verdicts("recurse").first == "recurse: stackExhausted(bytes: 16777216)")
  }

  @Test("A crash is reported with its signal and the last words of the library")
  func crashes() throws {
    let lines = try verdicts("abort", "segment", "killed", "exit", "trap", "a")
    #expect(lines.count == 7)
    #expect(lines[0] == #"abort: crashed(signal: 6, diagnostics: "a library gives up")"#)
    #expect(lines[1] == #"segment: crashed(signal: 11, diagnostics: "")"#)
    #expect(lines[2] == #"killed: crashed(signal: 9, diagnostics: "")"#)
    #expect(lines[3] == #"exit: left(status: 7, diagnostics: "")"#)
    #expect(lines[4].hasPrefix("trap: crashed"))
    #expect(lines[5].hasPrefix("a: finished"))
  }

  @Test("What libraries print neither blocks a worker nor reaches standard error")
  func noise() throws {
    #expect(try verdicts("noise").first?.contains("finished") == true)
  }

  @Test("An interrupt ends the run and the worker")
  func interrupt() throws {
    #expect(try verdicts("interrupt", "a") == ["interrupted"])
  }
}
