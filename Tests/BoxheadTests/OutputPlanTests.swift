import Testing

@testable import boxhead

@Suite struct OutputPlanTests {
  func plan(
    _ files: [String], output: String? = nil, formats: [OutputFormat] = [.json],
    isLong: Bool = false, folders: [String] = []
  ) throws -> OutputPlan {
    try OutputPlan(
      files: files, output: output, forms: OutputForms(formats: formats, isLong: isLong),
      isFolder: folders.contains)
  }

  @Test("Without -o, and with -o -, one document goes to standard output")
  func standardOutput() throws {
    #expect(try plan(["a.pdf"]).targets == [[.standardOutput]])
    #expect(try plan(["a.pdf"], output: "-").targets == [[.standardOutput]])
    #expect(
      try plan(["a", "b"], formats: [.ndjson]).targets == [[.standardOutput], [.standardOutput]])
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
    #expect(try plan(["a.pdf"], output: "b.json").targets == [[.file("b.json")]])
    let named = try plan(["x/a.b.pdf"], output: "out", folders: ["out"])
    #expect(named.targets == [[.file("out/a.b.json")]])
    #expect(named.folder == "out")
    #expect(try plan(["a.pdf"], output: "new/").targets == [[.file("new/a.json")]])
    #expect(try plan(["-"], output: "new/").targets == [[.file("new/stdin.json")]])
  }

  @Test("Several documents get names of their own in a folder")
  func uniqueNames() throws {
    let plan = try plan(["x/a.pdf", "y/a.docx", "a-2.pdf", "A.pdf", ".hidden"], output: "out")
    #expect(
      plan.targets == [
        [.file("out/a.json")], [.file("out/a-2.json")], [.file("out/a-2-2.json")],
        [.file("out/A-3.json")], [.file("out/.hidden.json")],
      ])
    #expect(plan.folder == "out")
  }

  @Test("Several documents share a file of lines, unless a folder is named")
  func collected() throws {
    let plan = try plan(["a", "b"], output: "all.ndjson", formats: [.ndjson])
    #expect(plan.targets == [[.collected("all.ndjson")], [.collected("all.ndjson")]])
    #expect(plan.folder == nil)
    #expect(
      try self.plan(["a", "b"], output: "out/", formats: [.ndjson]).targets
        == [[.file("out/a.ndjson")], [.file("out/b.ndjson")]])
  }

  @Test("Several forms of a document stand beside each other")
  func severalForms() throws {
    let plan = try plan(["x/a.pdf", "y/a.pdf"], output: "out", formats: [.json, .markdown, .csv])
    #expect(
      plan.targets == [
        [.file("out/a.json"), .file("out/a.md"), .files(stem: "out/a")],
        [.file("out/a-2.json"), .file("out/a-2.md"), .files(stem: "out/a-2")],
      ])
    #expect(plan.folder == "out")
  }

  @Test("No output has the name of another document's")
  func namesOfForms() throws {
    let plan = try plan(["a.pdf", "a.csv-metadata.pdf"], output: "out", formats: [.csv, .json])
    #expect(
      plan.targets[1] == [.files(stem: "out/a.csv-metadata-2"), .file("out/a.csv-metadata-2.json")])
  }

  @Test("A form of several files needs a folder; lines of values do not")
  func grids() throws {
    #expect(throws: (any Error).self) { try plan(["a.pdf"], formats: [.csv]) }
    #expect(throws: (any Error).self) { try plan(["a.pdf"], formats: [.json, .html]) }
    #expect(try plan(["a.pdf"], output: "b", formats: [.csv]).targets == [[.files(stem: "b/a")]])
    #expect(try plan(["a.pdf"], formats: [.csv], isLong: true).targets == [[.standardOutput]])
    #expect(
      try plan(["a", "b"], output: "all.csv", formats: [.csv], isLong: true).targets
        == [[.collected("all.csv")], [.collected("all.csv")]])
  }
}
