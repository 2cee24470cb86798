import LayoutAnalysis
import LayoutModel
import PageGeometry
import TestSupport
import Testing

@testable import TableReconstruction

@Suite struct HeaderFitterTests {
  /// Heads over four columns of 50 points, with white of 10 points between them, as
  /// "text r0..<1 c0..<2".
  func heads(_ art: String) -> [String] {
    let page = PageSketch(art, left: 0).page()
    let words = WordBuilder(page: page).words(from: Array(page.glyphs.indices))
    let body = LineBuilder.lines(
      of: (0..<4).flatMap { column in
        [10.0, 22, 34].map { Word("0000000000", x: 60 * Double(column), baseline: 500 + $0) }
      }
    ).map(TextRow.init)
    guard let columns = LeafColumns(rows: body, extent: Interval(0, 230)) else { return [] }
    let fitted = HeaderFitter(
      columns: columns, rows: LineBuilder.lines(of: words).map(TextRow.init),
      rules: RulingMerger.lines(of: page.rulings),
      leading: .init(ems: 1.2, limit: 1.3, isTelling: true), stub: .none
    ).fit()
    let sorted = fitted.heads.sorted {
      ($0.rows.lowerBound, $0.columns.lowerBound) < ($1.rows.lowerBound, $1.columns.lowerBound)
    }
    return sorted.map { head in
      let text = head.words.map(\.text).joined(separator: " ")
      return "\(text) r\(head.rows.lowerBound)..<\(head.rows.upperBound) "
        + "c\(head.columns.lowerBound)..<\(head.columns.upperBound)"
    }
  }

  @Test("A piece over one column is a leaf")
  func leaves() {
    #expect(
      heads("   one         two        three        four") == [
        "one r0..<1 c0..<1", "two r0..<1 c1..<2", "three r0..<1 c2..<3", "four r0..<1 c3..<4",
      ])
  }

  @Test("Nothing above the columns is no row of heads")
  func none() throws {
    let line = LineBuilder.line(of: [Word("0000000000", x: 0, baseline: 500)])
    let columns = try #require(LeafColumns(edges: [0, 50, 100], rows: [TextRow(line: line)]))
    let fit = HeaderFitter(
      columns: columns, rows: [], rules: [],
      leading: .init(ems: 1.2, limit: 1.3, isTelling: true)
    ).fit()
    #expect(fit.heads.isEmpty && fit.rowCount == 0)
  }

  @Test("A line right under a head says what it spans; leaves reach down to the body")
  func spannerWithLine() {
    #expect(
      heads(
        """
                             left
                    ──────────────────────
           one         two        three        four
        """) == [
          "one r0..<2 c0..<1", "left r0..<1 c1..<3", "four r0..<2 c3..<4", "two r1..<2 c1..<2",
          "three r1..<2 c2..<3",
        ])
  }

  @Test("Two lines of a spanner are one text, also where lines below it confirm other spanners")
  func wrappedSpannerWithLines() {
    #expect(
      heads(
        """
                                upper
                                lines
                     ────────────────────────────────
                           left
                     ───────────────────
           one         two        three        four
        """) == [
          "one r0..<3 c0..<1", "upper lines r0..<1 c1..<4", "left r1..<2 c1..<3",
          "four r1..<3 c3..<4", "two r2..<3 c1..<2", "three r2..<3 c2..<3",
        ])
  }

  @Test("Without a line, a head in the middle of several columns spans them")
  func centredSpanner() {
    #expect(
      heads(
        """
               first                   second
           one         two        three        four
        """) == [
          "first r0..<1 c0..<2", "second r0..<1 c2..<4", "one r1..<2 c0..<1",
          "two r1..<2 c1..<2", "three r1..<2 c2..<3", "four r1..<2 c3..<4",
        ])
  }

  @Test("Lines of one head that stand over each other are one cell")
  func twoLines() {
    #expect(
      heads(
        """
           one         two        three        four
          more        lines        of          text
        """) == [
          "one more r0..<1 c0..<1", "two lines r0..<1 c1..<2", "three of r0..<1 c2..<3",
          "four text r0..<1 c3..<4",
        ])
  }
}
