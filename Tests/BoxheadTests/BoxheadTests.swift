import DocumentModel
import DocumentWriting
import Foundation
import TestSupport
import Testing

@testable import boxhead

/// The built program, run as a user runs it.
@Suite struct BoxheadTests {
  let boxhead = BuiltProgram("boxhead")
  let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
  }

  func file(_ name: String, _ bytes: [UInt8]) throws -> String {
    try Data(bytes).write(to: URL(filePath: folder.path(name)))
    return folder.path(name)
  }

  func json(_ bytes: [UInt8]) throws -> JSONValue { try JSONParser.parse(bytes) }

  func text(of name: String) throws -> [UInt8] {
    [UInt8](try Data(contentsOf: URL(filePath: folder.path(name))))
  }

  // MARK: - Data and messages

  @Test("A document goes to standard output as canonical JSON, and nothing else is printed")
  func convert() throws {
    let path = try file("report.dat", SamplePDF.pages(["Hello"]))
    let result = try boxhead.run(["convert", path])
    #expect(result.status == 0)
    #expect(result.errors == "")
    let value = try json(result.output)
    #expect(value.canonicalBytes == result.output)
    #expect(value["schema"]?.text == Document.schemaName)
    #expect(value["source"]?["name"]?.text == "report.dat")
    #expect(value["source"]?["mediaType"]?.text == "application/pdf")
    #expect(value["blocks"]?.elements?.first?["text"]?.text == "Hello")
  }

  @Test("Standard input is read as -")
  func standardInput() throws {
    let result = try boxhead.run(["convert", "-"], input: SamplePDF.pages(["Hello"]))
    #expect(result.status == 0)
    #expect(try json(result.output)["source"]?["name"]?.text == "-")
  }

  @Test("The checksum of the source is that of its bytes")
  func checksum() throws {
    let path = try file("a.pdf", SamplePDF.pages(["Hello"]))
    let tool = Process()
    tool.executableURL = URL(filePath: "/usr/bin/sha256sum")
    tool.arguments = [path]
    let pipe = Pipe()
    tool.standardOutput = pipe
    try tool.run()
    let expected = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    let value = try json(try boxhead.run(["convert", path]).output)
    let checksum = try #require(value["source"]?["sha256"]?.text)
    #expect(checksum.count == 64 && expected.hasPrefix(checksum))
  }

  @Test("The same bytes give the same bytes")
  func repeatable() throws {
    let path = try file("a.pdf", SamplePDF.pages(["One", "Two"]))
    let first = try boxhead.run(["convert", path])
    #expect(try boxhead.run(["convert", path]).output == first.output)
    #expect(try boxhead.run(["convert", path, "--to", "json", "-o", "-"]).output == first.output)
  }

  @Test("Newline-delimited JSON of several files is one line for each, in order")
  func ndjson() throws {
    let paths = try ["One", "Two"].map { try file("\($0).pdf", SamplePDF.pages([$0])) }
    let result = try boxhead.run(["convert", "--to", "ndjson"] + paths)
    let lines = result.text.split(separator: "\n")
    #expect(result.status == 0 && lines.count == 2 && result.text.hasSuffix("\n"))
    #expect(try json(Array(lines[1].utf8))["blocks"]?.elements?.first?["text"]?.text == "Two")
    let collected = folder.path("all.ndjson")
    #expect(
      try boxhead.run(["convert", "--to", "ndjson", "-o", collected] + paths).status == 0)
    #expect(try text(of: "all.ndjson") == result.output)
  }

  @Test("A selection of pages gives these pages with their numbers")
  func pages() throws {
    let path = try file("a.pdf", SamplePDF.pages(["One", "Two", "Three", "Four"]))
    let result = try boxhead.run(["convert", path, "--pages", "2-3"])
    let numbers = try json(result.output)["pages"]?.elements?.compactMap { $0["number"]?.number }
    #expect(numbers == [2, 3])
  }

  @Test("Several files go to a folder under names of their own")
  func folderOutput() throws {
    let one = try file("a.pdf", SamplePDF.pages(["One"]))
    let two = try file("a.bin", SamplePDF.pages(["Two"]))
    let result = try boxhead.run(["convert", one, two, "-o", folder.path("out")])
    #expect(result.status == 0 && result.output == [])
    #expect(try json(text(of: "out/a.json"))["source"]?["name"]?.text == "a.pdf")
    #expect(try json(text(of: "out/a-2.json"))["source"]?["name"]?.text == "a.bin")
  }

  @Test("The schema is printed as it is")
  func schema() throws {
    let result = try boxhead.run(["schema"])
    #expect(result.status == 0 && result.text == DocumentSchema.text)
  }

  @Test("Version, help and completions are data")
  func help() throws {
    #expect(try boxhead.run(["--version"]).text.hasPrefix("boxhead "))
    for arguments in [["--help"], ["convert", "--help"], ["help", "convert"]] {
      let result = try boxhead.run(arguments)
      #expect(result.status == 0 && result.errors == "" && result.text.contains("EXIT STATUS"))
    }
    for shell in ["bash", "zsh", "fish"] {
      let result = try boxhead.run(["--generate-completion-script", shell])
      #expect(result.status == 0 && result.text.contains("convert"))
    }
  }

  @Test("The help lists every exit status with its meaning")
  func helpListsStatuses() throws {
    let help = try boxhead.run(["--help"]).text
    for status in ExitStatus.allCases {
      #expect(help.contains("\(status.rawValue)  \(status.meaning)"))
    }
  }

  // MARK: - Exit statuses

  @Test(
    "Wrong arguments are status 1",
    arguments: [
      ["convert"], ["convert", "a.pdf", "--to", "xml"], ["nonsense"], ["--nonsense"],
      ["convert", "a.pdf", "b.pdf"], ["convert", "a.pdf", "--pages", "0"],
      ["convert", "a.pdf", "--pages", "5-2"], ["convert", "a.pdf", "--timeout", "0"],
      ["convert", "-", "-", "-o", "out/"],
    ])
  func badArguments(arguments: [String]) throws {
    let result = try boxhead.run(arguments)
    #expect(result.status == 1 && result.output == [] && result.errors != "")
  }

  @Test("Pages that do not exist are status 1, with what there is")
  func noSuchPage() throws {
    let path = try file("a.pdf", SamplePDF.pages(["One", "Two"]))
    let result = try boxhead.run(["convert", path, "--pages", "7-9"])
    #expect(result.status == 1)
    #expect(
      result.errors == "boxhead: \(path): extraction: expected a selection of existing pages, "
        + "found a document of 2 pages\n")
  }

  @Test("An output over its own input is status 1, and the input stays")
  func ownInput() throws {
    let path = try file("a.pdf", SamplePDF.pages(["One"]))
    #expect(try boxhead.run(["convert", path, "-o", path]).status == 1)
    #expect(try text(of: "a.pdf") == SamplePDF.pages(["One"]))
  }

  @Test(
    "What is not a document is status 2, and the message says what it is",
    arguments: [
      ("plain words", "plain text"), ("", "an empty file"), ("<html><body>", "an HTML page"),
    ])
  func notADocument(content: String, found: String) throws {
    let path = try file("a.pdf", Array(content.utf8))
    let result = try boxhead.run(["convert", path])
    #expect(result.status == 2 && result.output == [])
    #expect(
      result.errors.hasPrefix("boxhead: \(path): detection: expected a PDF, DOCX or OFD document"))
    #expect(result.errors.contains("found \(found)"))
  }

  @Test("A damaged document is status 2")
  func damaged() throws {
    let path = try file("a.pdf", Array("%PDF-1.4\nnothing more".utf8))
    let result = try boxhead.run(["convert", path])
    #expect(result.status == 2)
    #expect(result.errors.contains(": extraction: expected "))
  }

  @Test("Some failures among several documents are status 3, and the others are written")
  func someFailed() throws {
    let good = try file("good.pdf", SamplePDF.pages(["One"]))
    let bad = try file("bad.pdf", Array("no".utf8))
    let result = try boxhead.run(["convert", bad, good, "-o", folder.path("out")])
    #expect(result.status == 3)
    #expect(result.errors.split(separator: "\n").count == 1)
    #expect(FileManager.default.fileExists(atPath: folder.path("out/good.json")))
    #expect(!FileManager.default.fileExists(atPath: folder.path("out/bad.json")))
    // All in the same way: the status says which.
    #expect(try boxhead.run(["convert", bad, bad, "-o", folder.path("out")]).status == 2)
    let lines = try boxhead.run(["convert", bad, good, bad, "--to", "ndjson"])
    #expect(lines.status == 3 && lines.text.split(separator: "\n").count == 1)
  }

  @Test("Files that cannot be read or written are status 5")
  func fileAccess() throws {
    let missing = try boxhead.run(["convert", folder.path("missing.pdf")])
    #expect(missing.status == 5)
    #expect(
      missing.errors == "boxhead: \(folder.path("missing.pdf")): reading: expected a file that can "
        + "be read, found: No such file or directory\n")
    let path = try file("a.pdf", SamplePDF.pages(["One"]))
    #expect(try boxhead.run(["convert", path, "-o", folder.path("no/out.json")]).status == 5)
    #expect(try boxhead.run(["convert", path, "-o", "/dev/full"]).status == 5)
    #expect(try boxhead.run(["convert", path, "-o", "/dev/null"]).status == 0)
  }

  @Test("An encrypted document is status 8")
  func encrypted() throws {
    let path = try file("a.docx", SampleFiles.encryptedOffice)
    let result = try boxhead.run(["convert", path])
    #expect(result.status == 8)
    #expect(result.errors.contains("an Office document encrypted with a password"))
  }

  @Test("A document without progress hits the limit of time: status 10")
  func timeout() throws {
    // No page takes less than a microsecond, and there are many chances to see it.
    let path = try file("a.pdf", SamplePDF.pages([String](repeating: "One", count: 300)))
    let result = try boxhead.run([
      "convert", path, "--timeout", "0.000001", "-o", folder.path("out.json"),
    ])
    #expect(result.status == 10)
    #expect(result.errors.contains("expected progress within"))
    #expect(folder.names() == ["a.pdf"])
  }

  @Test("An interrupt is status 130 and leaves nothing behind")
  func interrupted() throws {
    let pipe = folder.path("pipe")
    mkfifo(pipe, 0o600)
    // The worker waits for somebody to write into the pipe.
    let result = try boxhead.run(["convert", pipe, "-o", folder.path("out.json")]) { process in
      usleep(300_000)
      kill(process, SIGINT)
    }
    #expect(result.status == 130 && !result.wasKilled)
    #expect(folder.names() == ["pipe"])
  }
}
