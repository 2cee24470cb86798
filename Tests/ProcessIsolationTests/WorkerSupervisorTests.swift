import TestSupport
import Testing

/// Each ending is tested twice: alone, in the process itself, and in company, in a worker.
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

  @Test("Once standard output is taken, what libraries print goes to standard error")
  func standardOutputIsTaken() throws {
    let result = try probe.run(["take-standard-output"])
    #expect(result.text == "an answer\n" && result.errors == "a library prints\n")
  }

  @Test("No documents need no worker")
  func none() throws {
    #expect(try verdicts() == ["completed"])
  }

  /// The verdict on a document alone, then in company; neither may harm the neighbour.
  func verdictsOn(_ document: String) throws -> [String] {
    let alone = try verdicts(document)
    #expect(alone.count == 2 && alone.last == "completed")
    let company = try verdicts(document, "a")
    #expect(company.count == 3 && company[1].hasPrefix("a: finished"))
    return [alone[0], company[0]].map { String($0.dropFirst(document.count + 2)) }
  }

  @Test("A worker without progress is stopped, and its last page is known")
  func stalled() throws {
    for verdict in try verdictsOn("hang") {
      #expect(verdict == "stalled(seconds: 0.5, lastPage: nil)")
    }
    for verdict in try verdictsOn("hang-after-page-3") {
      #expect(verdict == "stalled(seconds: 0.5, lastPage: Optional(3))")
    }
  }

  @Test("Slow progress is progress, and waiting for input or output is no stall")
  func slow() throws {
    for lines in try [verdictsOn("slow"), verdictsOn("wait-for-others")] {
      #expect(lines.allSatisfy { $0.hasPrefix("finished") }, "\(lines)")
    }
  }

  @Test("A document that takes too much memory hits the limit, and the next one is not harmed")
  func memory() throws {
    let lines = try verdicts("a", "allocate", "b", "allocate")
    #expect(lines.count == 5)
    #expect(lines[1] == "allocate: outOfMemory(bytes: 268435456)")
    #expect(lines[2].hasPrefix("b: finished"))
    #expect(lines[3] == "allocate: outOfMemory(bytes: 268435456)")
    #expect(try verdicts("allocate") == [lines[1], "completed"])
  }

  @Test("Nesting that uses up the stack hits the limit")
  func stack() throws {
    for verdict in try verdictsOn("recurse") {
      #expect(verdict == "stackExhausted(bytes: 16777216)")
    }
  }

  @Test("A crash is reported with its signal and the last words of the library")
  func crashes() throws {
    for verdict in try verdictsOn("abort") {
      #expect(verdict == #"crashed(signal: 6, diagnostics: "a library gives up")"#)
    }
    for verdict in try verdictsOn("segment") {
      #expect(verdict == #"crashed(signal: 11, diagnostics: "")"#)
    }
    for verdict in try verdictsOn("leave") {
      #expect(verdict == #"left(status: 7, diagnostics: "")"#)
    }
    for verdict in try verdictsOn("trap") { #expect(verdict.hasPrefix("crashed")) }
  }

  @Test("A worker that is killed from outside has a verdict, and so has one that leaves at once")
  func killed() throws {
    let lines = try verdicts("killed", "exit", "a")
    #expect(lines.count == 4)
    #expect(lines[0] == #"killed: crashed(signal: 9, diagnostics: "")"#)
    #expect(lines[1] == #"exit: left(status: 7, diagnostics: "")"#)
    #expect(lines[2].hasPrefix("a: finished"))
  }

  @Test("What libraries print neither blocks a worker nor reaches standard error")
  func noise() throws {
    for document in ["noise", "complain-and-end"] {
      let lines = try verdictsOn(document)
      #expect(lines.allSatisfy { $0.hasPrefix("finished") }, "\(lines)")
    }
  }

  @Test("An interrupt ends the run and the worker")
  func interrupt() throws {
    #expect(try verdicts("interrupt", "a") == ["interrupted"])
    #expect(try verdicts("interrupt-itself") == ["interrupted"])
  }
}
