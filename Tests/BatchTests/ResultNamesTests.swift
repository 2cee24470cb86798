import TestSupport
import Testing

@testable import Batch

@Suite struct ResultNamesTests {
  func names(
    _ places: [(path: String, place: String)], endings: [String] = ["json"],
    needsFolder: Bool = false
  ) -> [String] {
    ResultNames.inputs(
      places.map { InputWalk.Found(path: Array($0.path.utf8), place: Array($0.place.utf8)) },
      endings: endings, needsFolder: needsFolder
    ).map(\.name)
  }

  @Test("The tree is kept, with the whole name of the original")
  func tree() {
    #expect(
      names([("in/b/x.pdf", "b/x.pdf"), ("in/a.docx", "a.docx"), ("in/a.pdf", "a.pdf")])
        == ["a.docx", "a.pdf", "b/x.pdf"])
  }

  @Test("A place never leaves the output folder, nor is it the ledger's")
  func clean() {
    #expect(names([("../../a.pdf", "../../a.pdf")]) == ["a.pdf"])
    #expect(names([("/x/./y/../a.pdf", "/x/./y/../a.pdf")]) == ["x/y/a.pdf"])
    #expect(names([(".boxhead/a", ".boxhead/a")]) == ["_.boxhead/a"])
    #expect(names([("/", "/")]) == ["input"])
  }

  @Test("Files that would meet all get a piece of the hash of their path")
  func meeting() {
    let one = names([("x/a.pdf", "a.pdf"), ("y/a.pdf", "a.pdf"), ("y/b.pdf", "b.pdf")])
    #expect(one.count == 3 && Set(one).count == 3 && one.contains("b.pdf"))
    #expect(one.filter { $0.hasPrefix("a.pdf~") && $0.utf8.count == 14 }.count == 2)
    let other = names([("y/b.pdf", "b.pdf"), ("y/a.pdf", "a.pdf"), ("x/a.pdf", "a.pdf")])
    #expect(one == other)
    #expect(
      Set(names([("A.pdf", "A.pdf"), ("a.pdf", "a.pdf")]).map { $0.lowercased() }).count == 2)
  }

  @Test("A file never meets a folder of its name")
  func fileAndFolder() {
    let places = [("x/a", "a"), ("y/a.json/b", "a.json/b")]
    #expect(names(places).filter { $0.hasPrefix("a~") }.count == 1)
    #expect(names([("x/a", "a"), ("y/a/b", "a/b")], needsFolder: true).contains("a/b"))
    #expect(!names([("x/a", "a"), ("y/a/b", "a/b")], needsFolder: true).contains("a"))
  }

  @Test("A path that occurs twice is one input; names that are too long are cut")
  func limits() {
    #expect(names([("a.pdf", "a.pdf"), ("a.pdf", "a.pdf")]) == ["a.pdf"])
    let long = String(repeating: "长", count: 85)
    let cut = names([("\(long)1", "\(long)1"), ("\(long)2", "\(long)2")])
    #expect(Set(cut).count == 2 && cut.allSatisfy { $0.utf8.count <= 200 })
  }

  @Test("Each input is of exactly one part")
  func shards() throws {
    let parts = try (1...4).map { try #require(Shard("\($0)/4")) }
    for number in 0..<200 {
      #expect(parts.filter { $0.contains("folder/\(number).pdf") }.count == 1)
    }
    for text in ["0/4", "5/4", "1", "1/0", "1/2/3", "a/b", ""] { #expect(Shard(text) == nil) }
  }
}
