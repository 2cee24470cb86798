import LayoutModel
import PageGeometry
import TestSupport
import Testing

@testable import TableReconstruction

@Suite struct SideBySideTests {
  /// Words of one table: texts at the places of its columns, line by line.
  private func words(
    _ lines: [[String]], at columns: [Double], from baseline: Double, pitch: Double = 14
  ) -> [Word] {
    lines.enumerated().flatMap { index, texts in
      zip(texts, columns).filter { !$0.0.isEmpty }.map { text, x in
        Word(text, x: x, baseline: baseline + pitch * Double(index))
      }
    }
  }

  private func segments(_ words: [Word], shadings: [Shading] = []) -> Int {
    let rows = Dictionary(grouping: words) { Int($0.baseline / 3) }.sorted { $0.key < $1.key }
    let lines = rows.map { _, words in
      let sorted = words.sorted { $0.box.minX < $1.box.minX }
      return TextRow(
        line: Line(
          words: sorted, box: sorted.dropFirst().reduce(sorted[0].box) { $0.union($1.box) },
          baseline: sorted[0].baseline, size: sorted[0].size))
    }
    return SideBySide(rows: lines, rules: [], shadings: shadings).segments().count
  }

  private static let left = [0.0, 60, 100]
  private static let right = [200.0, 260, 300]
  private static let land = [
    ["Region", "Area", "Crops"], ["East", "12", "13"], ["West", "14", "15"], ["North", "16", "17"],
    ["South", "18", "19"],
  ]
  private static let water = [
    ["Sector", "Use", "%"], ["Homes", "87", "1.2"], ["Farms", "45", "2.3"], ["Mills", "30", "3.4"],
    ["Shops", "20", "4.5"],
  ]

  @Test("Rows of values on baselines of their own are those of two tables")
  func ownBaselines() {
    let left = words(Self.land, at: Self.left, from: 100)
    #expect(segments(left + words(Self.water, at: Self.right, from: 102)) == 2)
    #expect(segments(left + words(Self.water, at: Self.right, from: 100)) == 1)
  }

  @Test("A caption beside a numbered one, or two unit lines, head two tables")
  func headings() {
    let caption = words(
      [["Table1", "", ""]] + Self.land, at: Self.left, from: 100)
    #expect(
      segments(
        caption + words([["Use", "", ""]] + Self.water, at: Self.right, from: 100)) == 2)
    #expect(
      segments(
        caption + words([["", "", "（人）"]] + Self.water, at: Self.right, from: 100)) == 1)
    let unit = words([["", "", "（人）"]] + Self.land, at: Self.left, from: 100)
    #expect(
      segments(unit + words([["", "", "（人）"]] + Self.water, at: Self.right, from: 100)) == 2)
  }

  @Test("Bands that end at the white between two tables say that they are two")
  func bands() {
    let both =
      words(Self.land, at: Self.left, from: 100) + words(Self.water, at: Self.right, from: 100)
    func shadings(_ extents: [(Double, Double)]) -> [Shading] {
      [114.0, 142].flatMap { y in
        extents.map { x in
          Shading(
            box: Rect(minX: x.0, minY: y - 10, maxX: x.1, maxY: y + 4), color: 0xDDDDDD)
        }
      }
    }
    #expect(segments(both, shadings: shadings([(0, 125), (200, 325)])) == 2)
    #expect(segments(both, shadings: shadings([(0, 325)])) == 1)
  }

  @Test("Bands over the whole width are those of one table, whatever stands on them")
  func commonBands() {
    let both =
      words(Self.land, at: Self.left, from: 100) + words(Self.water, at: Self.right, from: 102)
    func bands(_ ys: [Double]) -> [Shading] {
      ys.map {
        Shading(box: Rect(minX: 0, minY: $0 - 10, maxX: 325, maxY: $0 + 4), color: 0xDDDDDD)
      }
    }
    #expect(segments(both, shadings: bands([128])) == 2)
    #expect(segments(both, shadings: bands([114, 128, 142])) == 1)
  }

  @Test("Rows below the last one of the other side are those of a table with heads of its own")
  func longerSide() {
    let more = [["Ports", "10", "5.6"], ["Parks", "5", "6.7"]]
    let left = words(Self.land, at: Self.left, from: 100)
    #expect(segments(left + words(Self.water + more, at: Self.right, from: 100)) == 2)
    let folded = [Self.land[0]] + Self.water.dropFirst() + more
    #expect(segments(left + words(folded, at: Self.right, from: 100)) == 1)
  }

  @Test("A serial number may stand before the names of a table")
  func serialNumbers() {
    let numbered = Self.water.enumerated().map { [$0 == 0 ? "No" : "\($0)"] + $1 }
    let right = words(numbered, at: [200, 225, 285, 325], from: 102)
    #expect(segments(words(Self.land, at: Self.left, from: 100) + right) == 2)
  }

  @Test("Remarks of two lines beside some rows are a column and no running text")
  func remarks() {
    let rows = (0..<8).map { ["Region\($0)", "\(10 + $0)", "\(20 + $0)"] }
    let table = words(rows, at: Self.left, from: 100, pitch: 30)
    let remarks = (0..<8).flatMap { row in
      [-6.0, 6].map {
        Word("as-found-in-the-first-annex", x: 200, baseline: 100 + 30 * Double(row) + $0)
      }
    }
    #expect(segments(table + remarks) == 1)
    let text = (0..<16).map {
      Word("as-found-in-the-first-annex", x: 200, baseline: 106 + 12 * Double($0))
    }
    #expect(segments(table + text) == 2)
  }
}
