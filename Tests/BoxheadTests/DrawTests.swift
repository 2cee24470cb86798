import Conversion
import Foundation
import TestSupport
import Testing

/// `boxhead draw`, run as a user runs it.
@Suite struct DrawTests {
  let boxhead = BuiltProgram("boxhead")
  let folder: TemporaryFolder
  let path: String

  init() throws {
    folder = try TemporaryFolder()
    path = folder.path("report.pdf")
    try Data(SamplePDF.pages(["Hello you", "Second"])).write(to: URL(filePath: path))
  }

  func names(in name: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder.path(name)).sorted()
  }

  @Test("Without more said, the headers of all pages are drawn, in a folder that is made")
  func plain() throws {
    let result = try boxhead.run(["draw", path, "-o", folder.path("new/pictures")])
    #expect(result.status == 0 && result.output == [] && result.errors == "")
    #expect(
      try names(in: "new/pictures") == [
        "report-p001-headers.png", "report-p001-headers.svg", "report-p002-headers.png",
        "report-p002-headers.svg",
      ])
  }

  @Test("Stages and pages are those that are named")
  func selection() throws {
    let arguments = ["draw", path, "--stage", "grid,words,grid", "--page", "2"]
    #expect(try boxhead.run(arguments + ["-o", folder.path("a/")]).status == 0)
    #expect(
      try names(in: "a") == [
        "report-p002-grid.png", "report-p002-grid.svg", "report-p002-words.png",
        "report-p002-words.svg",
      ])
    let input = SamplePDF.pages(["One"])
    let all = ["draw", "-", "--stage", "all", "-o", folder.path("b")]
    #expect(try boxhead.run(all, input: input).status == 0)
    #expect(
      try names(in: "b")
        == Drawer.Stage.allCases.map(\.rawValue).sorted().flatMap {
          ["stdin-p001-\($0).png", "stdin-p001-\($0).svg"]
        })
  }

  @Test("Drawing changes neither the document nor its conversion")
  func unchanged() throws {
    let bytes = try Data(contentsOf: URL(filePath: path))
    let before = try boxhead.run(["convert", path]).output
    #expect(try boxhead.run(["draw", path, "--stage", "all", "-o", folder.path("a")]).status == 0)
    #expect(try boxhead.run(["convert", path]).output == before)
    #expect(try Data(contentsOf: URL(filePath: path)) == bytes)
  }

  @Test("Failures have the statuses of a conversion and leave nothing behind")
  func statuses() throws {
    let output = ["-o", folder.path("a")]
    #expect(try boxhead.run(["draw", path]).status == 1)
    #expect(try boxhead.run(["draw", path, "--stage", "lines"] + output).status == 1)
    #expect(try boxhead.run(["draw", path, "--stage", ""] + output).status == 1)
    #expect(try boxhead.run(["draw", path, "--page", "3"] + output).status == 1)
    #expect(try boxhead.run(["draw", folder.path("b")] + output).status == 5)
    #expect(try boxhead.run(["draw", "/dev/null"] + output).status == 2)
    #expect(try boxhead.run(["draw", path, "--timeout", "0.000001"] + output).status == 10)
    #expect(folder.names() == ["report.pdf"])
    #expect(try boxhead.run(["draw", path, "-o", path]).status == 5)
  }

  @Test("The help names every stage")
  func help() throws {
    let help = try boxhead.run(["draw", "--help"]).text
    for stage in Drawer.Stage.allCases { #expect(help.contains("\n  \(stage.rawValue) ")) }
  }
}
