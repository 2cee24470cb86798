import Testing

@testable import boxhead

@Suite struct OutputPlanTests {
  func plan(
    _ files: [String], output: String? = nil, format: OutputFormat = .json, folders: [String] = []
  ) throws -> OutputPlan {
    try OutputPlan(files: files, output: output, format: format, isFolder: folders.contains)
  }

  @Test("Without -o, and with -o -, one document goes to standard output")
  func standardOutput() throws {
    #expect(try plan(["a.pdf"]).targets == [.standardOutput])
    #expect(try plan(["a.pdf"], output: "-").targets == [.standardOutput])
    #expect(try plan(["a", "b"], format: .ndjson).targets == [.standardOutput, .standardOutput])
  }

  @Test("Several documents are not mixed into one JSON")
  func severalToStandardOutput() {
    #expect(throws: (any Error).self) { try plan(["a", "b"]) }
  }

  @Test("Standard input can be read once only")
  func standardInputTwice() {
    #expect(throws: (any Error).self) { try plan(["-", "-"], output: "out") }
  }

  @Test("One document goes to the file that is named, or into the folder")
  func one() throws {
    #expect(try plan(["a.pdf"], output: "b.json").targets == [.file("b.json")])
    let named = try plan(["x/a.b.pdf"], output: "out", folders: ["out"])
    #expect(named.targets == [.file("out/a.b.json")])
    #expect(named.folder == "out")
    #expect(try plan(["a.pdf"], output: "new/").targets == [.file("new/a.json")])
    #expect(try plan(["-"], output: "new/").targets == [.file("new/stdin.json")])
  }

  @Test("Several documents get names of their own in a folder")
  func uniqueNames() throws {
    let plan = try plan(["x/a.pdf", "y/a.docx", "a-2.pdf", "A.pdf", ".hidden"], output: "out")
    #expect(
      plan.targets == [
        .file("out/a.json"), .file("out/a-2.json"), .file("out/a-2-2.json"), .file("out/A-3.json"),
        .file("out/.hidden.json"),
      ])
    #expect(plan.folder == "out")
  }

  @Test("Several documents share a file of lines, unless a folder is named")
  func collected() throws {
    let plan = try plan(["a", "b"], output: "all.ndjson", format: .ndjson)
    #expect(plan.targets == [.collected("all.ndjson"), .collected("all.ndjson")])
    #expect(plan.folder == nil)
    #expect(
      try self.plan(["a", "b"], output: "out/", format: .ndjson).targets
        == [.file("out/a.ndjson"), .file("out/b.ndjson")])
  }
}
