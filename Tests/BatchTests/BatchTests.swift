import DocumentWriting
import Foundation
import TestSupport
import Testing

@testable import Batch

/// The built programs, run over folders as a user runs them.
@Suite struct BatchTests {
  let boxhead = BuiltProgram("boxhead")
  let folder: TemporaryFolder
  var input: String { folder.path("in") }
  var output: String { folder.path("out") }

  init() throws {
    folder = try TemporaryFolder()
    try FileManager.default.createDirectory(
      atPath: folder.path("in/sub"), withIntermediateDirectories: true)
  }

  func write(_ name: String, _ bytes: [UInt8]) throws {
    try Data(bytes).write(to: URL(filePath: "\(input)/\(name)"))
  }

  func write(pdfs names: [String]) throws {
    for name in names { try write(name, SamplePDF.pages(["Text of \(name)"])) }
  }

  func batch(_ arguments: String...) throws -> BuiltProgram.Result {
    try boxhead.run(["batch", "\(input)/", "-o", output, "--log-format", "json"] + arguments)
  }

  /// The results below a folder with their bytes, the ledger's folder left out.
  func results(in folder: String) throws -> [String: Data] {
    var results: [String: Data] = [:]
    for name in try FileManager.default.subpathsOfDirectory(atPath: folder)
    where !name.hasPrefix(".boxhead") {
      results[name] = FileManager.default.contents(atPath: "\(folder)/\(name)")
    }
    return results.filter { !$0.value.isEmpty }
  }

  func entries() throws -> [Ledger.Entry] {
    var entries: [Ledger.Entry] = []
    try Ledger(path: "\(output)/.boxhead/ledger.sqlite").each { entries.append($0) }
    return entries
  }

  /// The names of documents that a run had a verdict on.
  func converted(_ result: BuiltProgram.Result) throws -> [String] {
    try result.errors.split(separator: "\n").map { try JSONParser.parse(Array($0.utf8)) }
      .filter { $0["event"]?.text == "document" }.compactMap { $0["name"]?.text }.sorted()
  }

  // MARK: - Accounting

  @Test("Each input has a row and a result or an error; what editors leave behind is counted")
  func accounting() throws {
    try write(pdfs: ["a.pdf", "sub/b.pdf"])
    try write("note.txt", Array("no document".utf8))
    try write("empty.pdf", [])
    try write("~$a.docx", [1])
    try write("._a.pdf", [1])
    try write("sub/.DS_Store", [1])
    #expect(mkfifo("\(input)/pipe.pdf", 0o600) == 0)
    #expect(symlink("..", "\(input)/sub/loop") == 0)
    let result = try batch()
    #expect(result.status == 3, "\(result.errors)")
    let found = try results(in: output)
    #expect(found.keys.sorted() == ["a.pdf.json", "sub/b.pdf.json"])
    for name in ["a.pdf", "sub/b.pdf"] {
      let expected = try boxhead.run(["convert", "\(input)/\(name)"]).output
      #expect(found["\(name).json"].map { [UInt8]($0) } == expected)
    }
    let entries = try entries()
    #expect(entries.map(\.name) == ["a.pdf", "empty.pdf", "note.txt", "pipe.pdf", "sub/b.pdf"])
    #expect(
      entries.map(\.code) == [nil, "notADocument", "notADocument", "fileAccess", nil])
    #expect(entries.map { $0.key != nil } == [true, true, true, false, true])
    let report = try JSONParser.parse(
      try boxhead.run(["report", output, "--json"]).output.dropLast())
    #expect(report["done"]?.number == 2 && report["failed"]?.number == 3)
    #expect(report["open"]?.number == 0)
    #expect(
      report["skipped"]?.canonicalBytes
        == Array(#"{"appleDouble":1,"folderLink":1,"folderSettings":1,"lockFile":1}"#.utf8))
  }

  @Test("A run over nothing but failures, and arguments that say nothing, have their statuses")
  func statuses() throws {
    try write("note.txt", Array("no document".utf8))
    #expect(try batch().status == 2)
    #expect(try boxhead.run(["batch", "-o", output]).status == 1)
    #expect(try batch("--to", "exe").status == 1)
    #expect(try boxhead.run(["report", folder.path("nowhere")]).status == 5)
    #expect(try boxhead.run(["batch", "/nowhere/a.pdf", "-o", output]).status == 2)
  }

  @Test("Several forms make a folder for each document")
  func forms() throws {
    try write(pdfs: ["a.pdf"])
    #expect(try batch("--to", "json,html").status == 0)
    #expect(try results(in: output).keys.sorted() == ["a.pdf/a.pdf.html", "a.pdf/a.pdf.json"])
    // Other options: what the old ones made goes.
    #expect(try batch("--to", "json").status == 0)
    #expect(try results(in: output).keys.sorted() == ["a.pdf.json"])
  }

  @Test("Paths come from a list too, and need not be UTF-8")
  func list() throws {
    try write(pdfs: ["a.pdf", "sub/b.pdf"])
    let odd = Array("\(input)/".utf8) + [0xC4, 0xE3] + Array(".pdf".utf8)
    let isMade = withPath(odd) { path in
      link("\(input)/a.pdf", path) == 0
    }
    #expect(isMade)
    let list = Array("\(input)/sub/b.pdf\r\n\n".utf8) + odd + Array("\n".utf8)
    let result = try boxhead.run(
      ["batch", "--files-from", "-", "-o", output, "--log-format", "json"], input: list)
    #expect(result.status == 0, "\(result.errors)")
    #expect(try results(in: output).count == 2)
  }

  // MARK: - Going on

  @Test("A second run does only what changed, was lost, or is to be retried")
  func resume() throws {
    try write(pdfs: ["a.pdf", "b.pdf", "c.pdf"])
    try write("note.txt", Array("no document".utf8))
    #expect(try converted(batch()).count == 4)
    #expect(try converted(batch()) == [])
    try write("b.pdf", SamplePDF.pages(["Another text"]))
    unlink("\(output)/c.pdf.json")
    try write(pdfs: ["d.pdf"])
    let before = try batch("--dry-run")
    #expect(try converted(before) == [] && before.errors.contains(#""toDo":3"#))
    #expect(try converted(batch()) == ["b.pdf", "c.pdf", "d.pdf"])
    #expect(try converted(batch("--retry-failed")) == ["note.txt"])
    #expect(try converted(batch("--revisions", "all")).count == 5)
    let expected = try boxhead.run(["convert", "\(input)/b.pdf"]).output
    #expect(try results(in: output)["b.pdf.json"].map { [UInt8]($0) } == expected)
  }

  @Test("A dry run leaves no trace")
  func dryRun() throws {
    try write(pdfs: ["a.pdf"])
    let result = try batch("--dry-run")
    #expect(result.status == 0 && result.errors.contains(#""toDo":1"#))
    #expect(!FileManager.default.fileExists(atPath: output))
  }

  @Test("The results are the same for any number of workers, and in parts")
  func sameBytes() throws {
    try write(pdfs: (0..<12).map { "\($0).pdf" })
    #expect(try batch("--jobs", "1").status == 0)
    let expected = try results(in: output)
    #expect(expected.count == 12)
    for jobs in ["2", "8"] {
      let other = folder.path("out-\(jobs)")
      let shuffled = (0..<12).reversed().map { "\(input)/\($0).pdf" }.joined(separator: "\n")
      let result = try boxhead.run(
        ["batch", "--files-from", "-", "-o", other, "--jobs", jobs, "--recycle", "3"],
        input: Array(shuffled.utf8))
      #expect(result.status == 0, "\(result.errors)")
      // A file keeps the folders that it was given with.
      let below = "\(other)\(input)"
      #expect(try results(in: below) == expected)
    }
    let parts = folder.path("parts")
    for part in ["1/2", "2/2"] {
      #expect(try boxhead.run(["batch", "\(input)/", "-o", parts, "--shard", part]).status == 0)
    }
    #expect(try results(in: parts) == expected)
    let report = try JSONParser.parse(
      try boxhead.run(["report", parts, "--json"]).output.dropLast())
    #expect(report["done"]?.number == 12)
  }

  @Test("A second run on an output folder in use is refused")
  func lock() throws {
    try write(pdfs: ["a.pdf"])
    #expect(try batch().status == 0)
    let descriptor = open("\(output)/.boxhead/lock", O_RDWR)
    defer { close(descriptor) }
    #expect(flock(descriptor, LOCK_EX | LOCK_NB) == 0)
    let result = try batch()
    #expect(result.status == 1 && result.errors.contains("found another run"))
  }

  @Test("An interrupt leaves what is not done open, and the next run goes on")
  func interrupt() throws {
    try write(pdfs: (0..<4).map { "\($0).pdf" })
    let engine = try engine("slow")
    let result = try boxhead.run(
      ["batch", "\(input)/", "-o", output, "--jobs", "1", "--engine", engine]
    ) { process in
      // It becomes another program first, and that one must listen.
      let report = "\(output)/.boxhead/ledger.sqlite"
      while !FileManager.default.fileExists(atPath: report) { usleep(20_000) }
      usleep(700_000)
      kill(process, SIGINT)
    }
    #expect(result.status == 130, "\(result.errors)")
    #expect(try entries().contains { $0.state == .open } && entries().count == 4)
    let next = try boxhead.run(
      ["batch", "\(input)/", "-o", output, "--jobs", "1", "--engine", engine])
    #expect(next.status == 0)
    #expect(try entries().allSatisfy { $0.state == .done })
  }

  // MARK: - Workers that misbehave

  /// A worker in Python that does what the names of documents say.
  func engine(_ behaviour: String) throws -> String {
    let path = folder.path("engine-\(behaviour).py")
    let script = """
      #!/usr/bin/env python3
      import hashlib, json, os, signal, socket, sys, time
      def say(**value):
          print(json.dumps(value), flush=True)
      say(hello=dict(version="1", optionsHash="x", endings=["json"], needsFolder=False, confined=False))
      for line in sys.stdin:
          request = json.loads(line)
          path = request["path"]
          name = os.path.basename(path)
          page = request.get("options", {}).get("pages")
          if "\(behaviour)" == "slow":
              time.sleep(0.5)
          if "crash" in name and (page is None or page == "2"):
              print("the last words", file=sys.stderr, flush=True)
              os.kill(os.getpid(), signal.SIGSEGV)
          if "once" in name and not os.path.exists("\(output)/once"):
              os.mkdir("\(output)/once")
              os.kill(os.getpid(), signal.SIGKILL)
          if "hang" in name and page is None:
              say(id=request["id"], page=4)
              time.sleep(1000)
          if "exit" in name:
              sys.exit(7)
          if "noise" in name:
              print("no JSON", flush=True)
              say(id="another", ok=True, files=[])
              print("[" * 5000, flush=True)
          if page is not None and int(page) > 3:
              say(id=request["id"], ok=False, error=dict(code="badRequest", message="no such page"))
              continue
          result = dict(id=request["id"], ok=True, pages=3, sha256=hashlib.sha256(open(path, "rb").read()).hexdigest())
          if "output" in request:
              own = request["output"]["folder"]
              text = "{}"
              if "hostile" in name:
                  found = []
                  for target in ["\(output)/evil", "\(input)/evil", path]:
                      try:
                          open(target, "a").close()
                          found.append("wrote " + target)
                      except OSError:
                          pass
                  try:
                      socket.create_connection(("127.0.0.1", PORT), 1).close()
                      found.append("connected")
                  except OSError:
                      pass
                  text = json.dumps(found)
              file = request["output"]["stem"] + ".json"
              if "link" in name:
                  os.symlink("\(input)", own)
                  say(id=request["id"], ok=True, files=[dict(name=file, bytes=1)])
                  continue
              os.makedirs(own, exist_ok=True)
              if "escape" in name:
                  file = "../../" + file
              with open(own + "/" + file, "w") as stream:
                  stream.write(text)
              result["files"] = [dict(name=file, bytes=len(text))]
          say(**result)
      """
    try Data(script.utf8).write(to: URL(filePath: path))
    #expect(chmod(path, 0o755) == 0)
    return path
  }

  func misbehave(_ names: [String]) throws -> (BuiltProgram.Result, [String: Ledger.Entry]) {
    for name in names { try write(name, Array(name.utf8)) }
    let result = try boxhead.run([
      "batch", "\(input)/", "-o", output, "--jobs", "2", "--engine", try engine("bad"),
      // Python may need a while to start on a busy machine.
      "--timeout-stall", "4", "--sandbox", "never", "--log-format", "json",
    ])
    return (result, Dictionary(uniqueKeysWithValues: try entries().map { ($0.name, $0) }))
  }

  @Test("A document that brings workers down is tried page by page and costs no neighbour")
  func deadlyDocument() throws {
    let (result, entries) = try misbehave(["a", "crash", "exit", "once", "noise", "z"])
    #expect(result.status == 3, "\(result.errors)")
    #expect(
      entries.filter { $0.value.state == .done }.keys.sorted() == ["a", "noise", "once", "z"])
    let crash = try #require(entries["crash"])
    #expect(crash.code == "crash" && crash.page == 2)
    #expect(crash.message?.contains("the last words") == true)
    #expect(crash.message?.contains("page 2 alone does so too, 2 of the 3 pages") == true)
    #expect(entries["exit"]?.code == "crash" && entries["once"]?.attempts == 2)
  }

  @Test("A document that ends a worker costs none of those that the worker was given ahead")
  func neighboursAhead() throws {
    let names = (0..<60).map { "\($0 + 10)" } + ["30 crash", "40 once", "50 exit"]
    let (result, entries) = try misbehave(names)
    #expect(result.status == 3, "\(result.errors)")
    let failed = entries.filter { $0.value.state != .done }
    #expect(failed.keys.sorted() == ["30 crash", "50 exit"])
    #expect(entries.count == names.count)
    let ordinary = entries.filter { !$0.key.contains(" ") }
    #expect(ordinary.allSatisfy { $0.value.attempts == 1 })
  }

  @Test("A document that hangs is given up, with the page that it came to")
  func hang() throws {
    let (result, entries) = try misbehave(["a", "hang"])
    #expect(result.status == 3, "\(result.errors)")
    #expect(entries["hang"]?.code == "stalled" && entries["a"]?.state == .done)
    #expect(entries["hang"]?.message?.contains("after page 4") == true)
    // Two workers were given up at it.
    #expect(try #require(entries["hang"]?.seconds) >= 8)
  }

  @Test("A worker that names files elsewhere stops the run, and nothing is placed")
  func escape() throws {
    let (result, _) = try misbehave(["escape"])
    #expect(result.status == 5)
    #expect(try results(in: output).isEmpty)
  }

  @Test("A worker that puts a link in the place of its folder stops the run, and nothing is moved")
  func linkedFolder() throws {
    let (result, _) = try misbehave(["link", "link.json"])
    #expect(result.status == 5)
    #expect(try results(in: output)["link.json"] == nil)
    #expect(try results(in: input).keys.sorted() == ["link", "link.json"])
  }

  @Test("A hostile worker can neither write nor connect")
  func sandbox() throws {
    guard Sandbox(.auto).isWhole else {
      try Test.cancel("this kernel gives no sandbox, or bubblewrap is missing")
    }
    let server = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(server) }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    withUnsafeMutablePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        #expect(bind(server, $0, length) == 0 && listen(server, 5) == 0)
        #expect(getsockname(server, $0, &length) == 0)
      }
    }
    let engine = try engine("sandbox")
    let script = try String(contentsOfFile: engine, encoding: .utf8)
    try script.replacing("PORT", with: "\(UInt16(bigEndian: address.sin_port))")
      .write(toFile: engine, atomically: false, encoding: .utf8)
    try write("hostile", [1])
    for (choice, expected) in [("never", true), ("require", false)] {
      let result = try boxhead.run([
        "batch", "\(input)/", "-o", output, "--engine", engine, "--sandbox", choice,
      ])
      #expect(result.status == 0, "\(result.errors)")
      let found = try results(in: output)["hostile.json"].map {
        String(decoding: $0, as: UTF8.self)
      }
      // Outside of the sandbox the same worker does both, so that the test sees what it looks for.
      #expect(found?.contains("connected") == expected)
      #expect(found?.contains("wrote") == expected)
      #expect(result.errors.contains("no network") != expected)
      try FileManager.default.removeItem(atPath: output)
      unlink("\(input)/evil")
    }
  }

  // MARK: - Watching

  /// Runs `boxhead watch` over the input folder while `body` goes on, and stops it.
  func watch(_ number: Int32 = SIGTERM, _ body: () throws -> Void) throws -> BuiltProgram.Result {
    var problem: (any Error)?
    let result = try boxhead.run(
      ["watch", "\(input)/", "-o", output, "--jobs", "2", "--log-format", "json"]
    ) { process in
      do { try body() } catch { problem = error }
      kill(process, number)
    }
    if let problem { throw problem }
    return result
  }

  /// Waits until inputs of these names have a verdict.
  func expectVerdicts(_ names: [String]) throws {
    for _ in 0..<600 {
      let path = "\(output)/.boxhead/ledger.sqlite"
      if FileManager.default.fileExists(atPath: path) {
        let done = try entries().filter { $0.state != .open }.map(\.name)
        if Set(names).isSubset(of: done) { return }
      }
      usleep(50_000)
    }
    Issue.record("expected verdicts on \(names), found \(try entries().map(\.name))")
  }

  @Test("What is there, what is closed after writing and what is moved in is converted")
  func watchArrivals() throws {
    try write(pdfs: ["before.pdf"])
    let result = try watch {
      try expectVerdicts(["before.pdf"])
      try write(pdfs: ["sub/written.pdf"])
      try Data(SamplePDF.pages(["moved"])).write(to: URL(filePath: folder.path("elsewhere")))
      #expect(rename(folder.path("elsewhere"), "\(input)/moved.pdf") == 0)
      try FileManager.default.createDirectory(
        atPath: "\(input)/new/deep", withIntermediateDirectories: true)
      try write(pdfs: ["new/deep/late.pdf"])
      try write("note.txt", Array("no document".utf8))
      try expectVerdicts(["sub/written.pdf", "moved.pdf", "new/deep/late.pdf", "note.txt"])
    }
    #expect(result.status == 0, "\(result.errors)")
    #expect(
      try results(in: output).keys.sorted() == [
        "before.pdf.json", "moved.pdf.json", "new/deep/late.pdf.json", "sub/written.pdf.json",
      ])
    #expect(!FileManager.default.fileExists(atPath: "\(output)/.boxhead/work"))
    // The ledger is that of a batch, which finds nothing to do.
    #expect(try converted(batch()) == [])
  }

  @Test("A file is converted when it is closed, not while it is written")
  func watchUnfinished() throws {
    let bytes = SamplePDF.pages(["slow"])
    let result = try watch(SIGINT) {
      try write(pdfs: ["first.pdf"])
      try expectVerdicts(["first.pdf"])
      let descriptor = open("\(input)/slow.pdf", O_WRONLY | O_CREAT, 0o600)
      #expect(Glibc.write(descriptor, bytes, 100) == 100)
      try write(pdfs: ["second.pdf"])
      try expectVerdicts(["second.pdf"])
      #expect(try entries().map(\.name) == ["first.pdf", "second.pdf"])
      #expect(Glibc.write(descriptor, Array(bytes[100...]), bytes.count - 100) == bytes.count - 100)
      close(descriptor)
      try expectVerdicts(["slow.pdf"])
    }
    #expect(result.status == 0, "\(result.errors)")
    #expect(try entries().allSatisfy { $0.state == .done })
  }

  @Test("A file that changes is converted again, and the output folder is no input")
  func watchChange() throws {
    try write(pdfs: ["a.pdf"])
    let inside = "\(input)/out"
    let result = try boxhead.run(
      ["watch", "\(input)/", "-o", inside, "--jobs", "1", "--log-format", "json"]
    ) { process in
      let path = "\(inside)/a.pdf.json"
      func expectResult(_ text: String) {
        for _ in 0..<600 {
          if let found = FileManager.default.contents(atPath: path),
            String(decoding: found, as: UTF8.self).contains(text)
          {
            return
          }
          usleep(50_000)
        }
        Issue.record("expected \(text) in the result")
      }
      expectResult("Text of a.pdf")
      try? write("a.pdf", SamplePDF.pages(["Another text"]))
      expectResult("Another text")
      kill(process, SIGTERM)
    }
    #expect(result.status == 0, "\(result.errors)")
    #expect(try converted(result) == ["a.pdf", "a.pdf"])
  }

  @Test("Only folders can be watched")
  func watchFile() throws {
    try write(pdfs: ["a.pdf"])
    #expect(try boxhead.run(["watch", "\(input)/a.pdf", "-o", output]).status == 1)
    #expect(try boxhead.run(["watch", "/nowhere", "-o", output]).status == 1)
  }

  // MARK: - The report

  @Test("The report says what failed, why and what took longest, as text, JSON and a page")
  func report() throws {
    try write(pdfs: ["a.pdf"])
    try write("<b>.txt", Array("no document".utf8))
    #expect(try batch().status == 3)
    let text = try boxhead.run(["report", output, "--html", folder.path("report.html")]).text
    #expect(text.contains("2: 1 done, 1 failed, 0 open") && text.contains("notADocument: 1"))
    let page = try String(contentsOfFile: folder.path("report.html"), encoding: .utf8)
    #expect(page.contains("&lt;b&gt;.txt") && !page.contains("<b>.txt"))
    #expect(!page.contains("<script") && !page.contains("src=") && page.contains("<svg"))
  }
}
