import LayoutModel
import PageGeometry
import Testing

@testable import TableReconstruction

@Suite struct MergedStubTests {
  /// Blocks of entries with their middles in rows of 12 points, in type of 10.
  func blocks(_ middles: [Double], rowCount: Int) -> [Range<Int>]? {
    MergedStub.blocks(
      of: middles.map { MergedStub.Entry(words: [], middle: $0) },
      over: (0..<rowCount).map { Interval(12 * Double($0), 12 * Double($0) + 12) }, size: 10)
  }

  @Test("Texts in the middle of the rows that they head show how far they reach")
  func middles() {
    #expect(blocks([12, 42], rowCount: 5) == [0..<2, 2..<5])
    #expect(blocks([30], rowCount: 5) == [0..<5])
    #expect(blocks([6, 30, 54], rowCount: 5) == [0..<1, 1..<4, 4..<5])
  }

  @Test("A small offset is tolerated, a larger one is not explained by any cut")
  func offsets() {
    #expect(blocks([14, 40], rowCount: 5) == [0..<2, 2..<5])
    #expect(blocks([6, 18], rowCount: 5) == nil)
  }

  @Test("As many texts as rows, or none, head no blocks")
  func counts() {
    #expect(blocks([6, 18], rowCount: 2) == nil)
    #expect(blocks([], rowCount: 3) == nil)
  }
}
