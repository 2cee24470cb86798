import Conversion
import Foundation
import TestSupport
import Testing

/// `boxhead inspect`, run as a user runs it.
@Suite struct InspectTests {
  let boxhead = BuiltProgram("boxhead")
  let folder: TemporaryFolder
  let path: String

  init() throws {
    folder = try TemporaryFolder()
    path = folder.path("a.pdf")
    try Data(SamplePDF.pages(["Hello you", "Second"])).write(to: URL(filePath: path))
  }

  func lines(_ arguments: String...) throws -> [String] {
    let result = try boxhead.run(["inspect", path] + arguments)
    #expect(result.status == 0 && result.errors == "")
    return result.text.split(separator: "\n").map(String.init)
  }

  @Test("Every stage prints its values under a line for each page")
  func stages() throws {
    for stage in Inspector.Stage.allCases where stage != .blocks {
      let lines = try lines("--stage", stage.rawValue)
      #expect(lines.count { $0.hasPrefix("page ") } == 2)
      #expect(lines.allSatisfy { $0.hasPrefix("page ") || $0.hasPrefix("  ") })
      #expect(lines.first == "page 1 size 595 × 842 rotation 0")
    }
  }

  @Test("Glyphs, words, lines and blocks show their text and place")
  func values() throws {
    let glyphs = try lines("--stage", "glyphs", "--page", "1")
    #expect(glyphs.count == 10)
    #expect(glyphs[1].hasPrefix(#"  glyph "H" at 72 142 advance 8.66 size 12 font Helvetica"#))
    let words = try lines("--stage", "words", "--page", "1")
    #expect(words.count == 3 && words[2].hasPrefix(#"  word "you" ["#))
    #expect(try lines("--stage", "lines", "--page", "2")[1].hasPrefix(#"  line "Second" [72 "#))
    let blocks = try lines("--stage", "blocks")
    #expect(blocks.first?.hasPrefix("b1 ") == true && blocks.first?.contains("Hello you") == true)
  }

  @Test("A stage without a name, an unknown one and a missing file are told apart")
  func statuses() throws {
    #expect(try boxhead.run(["inspect", path]).status == 1)
    #expect(try boxhead.run(["inspect", path, "--stage", "pages"]).status == 1)
    #expect(try boxhead.run(["inspect", folder.path("b"), "--stage", "words"]).status == 5)
    #expect(try boxhead.run(["inspect", "/dev/null", "--stage", "words"]).status == 2)
  }
}
