import DocumentModel
import LayoutModel
import PageGeometry
import Testing

@Suite struct LayoutDumpTests {
  let box = Rect(minX: 1, minY: 2.5, maxX: 30.126, maxY: 4)

  @Test(
    "Numbers are rounded to hundredths without zeros at the end",
    arguments: [
      (0, "0"), (-0.001, "0"), (1.5, "1.5"), (1.05, "1.05"), (-2.345, "-2.35"), (99.999, "100"),
      (.infinity, "inf"), (.nan, "nan"),
    ])
  func number(value: Double, expected: String) {
    #expect(LayoutDump.number(value) == expected)
  }

  @Test("A page is dumped glyph by glyph, with what is unusual about each")
  func glyphs() {
    let page = PageLayout(
      number: 3, width: 595.3, height: 841.89, rotation: 90, fonts: [Font(name: "SimSun")],
      glyphs: [
        Glyph(scalar: "中", origin: Point(x: 72, y: 100), advance: 12, size: 12),
        Glyph(
          scalar: "f", ligature: 0..<2, origin: Point(x: 84, y: 100), advance: 6, size: 12,
          fontIndex: 7, direction: .up, flags: [.invisible, .artifact], color: 0xFF),
      ], ligatureScalars: ["f", "i"])
    #expect(
      LayoutDump.glyphs(of: page) == """
        page 3 size 595.3 × 841.89 rotation 90
          glyph "中" at 72 100 advance 12 size 12 font SimSun
          glyph "fi" at 84 100 advance 6 size 12 font none running up color #0000ff invisible artifact

        """)
  }

  @Test("Drawn things are dumped by kind")
  func rulings() {
    let page = PageLayout(
      number: 1, width: 100, height: 100,
      rulings: [
        Ruling(axis: .horizontal, position: 10, extent: Interval(5, 95), thickness: 0.5),
        Ruling(
          axis: .vertical, position: 5, extent: Interval(10, 90), thickness: 1, color: 0xFF0000),
      ], diagonals: [Diagonal(start: Point(x: 0, y: 0), end: Point(x: 1, y: 2))],
      shadings: [Shading(box: box, color: 0xEEEEEE)],
      images: [PageImage(box: box, pixelWidth: 640, pixelHeight: 480)])
    #expect(
      LayoutDump.rulings(of: page) == """
        page 1 size 100 × 100 rotation 0
          horizontal ruling y 10 x 5 to 95 thickness 0.5
          vertical ruling x 5 y 10 to 90 thickness 1 color #ff0000
          diagonal 0 0 1 2
          shading [1 2.5 30.13 4] color #eeeeee
          image [1 2.5 30.13 4] pixels 640 × 480

        """)
  }

  @Test("A word and a line show text, box and type")
  func words() {
    let word = Word(text: "a\"b", box: box, baseline: 3, size: 10, isBold: true, followsSpace: true)
    #expect(
      LayoutDump.word(word) == #"word "a\"b" [1 2.5 30.13 4] baseline 3 size 10 bold after-space"#)
    let line = Line(words: [word, word], box: box, baseline: 3, size: 10)
    #expect(LayoutDump.line(line) == #"line "a\"b a\"b" [1 2.5 30.13 4] baseline 3 size 10"#)
  }

  @Test("A grid is dumped cell by cell")
  func grid() {
    let grid = CellGrid(
      rowCount: 1, columnCount: 3,
      cells: [
        GridCell(rows: 0..<1, columns: 0..<2, text: "a\nb", isBold: true, evidence: .ruled),
        GridCell(
          rows: 0..<1, columns: 2..<3, text: "", indent: 1, alignment: .right, evidence: .aligned,
          confidence: 0.5),
      ], declaredHeaderRowCount: 1,
      fragments: [Table.Fragment(page: 2, box: box, rows: 0..<1, repeatedHeaderRowCount: 1)])
    #expect(
      LayoutDump.grid(grid, indent: 1) == #"""
          grid 1 rows × 3 columns declared-header-rows 1
            fragment page 2 rows 0..<1 [1 2.5 30.13 4] repeated-header-rows 1
            cell r0..<1 c0..<2 "a\nb" ruled bold
            cell r0..<1 c2..<3 "" aligned confidence 0.5 right indent 1

        """#)
  }

  @Test("Blocks are dumped with tables and their header paths")
  func blocks() {
    let table = Table(
      caption: "T", unit: "件", unitText: nil, footnotes: ["n"], rowCount: 2, columnCount: 1,
      bands: [Table.Band(rows: 0..<2, headerRowCount: 1)],
      cells: [
        Cell(rows: 0..<1, columns: 0..<1, role: .columnHeader, text: "h", evidence: .ruled),
        Cell(
          rows: 1..<2, columns: 0..<1, text: "5", value: 5, unit: "件", missing: nil,
          columnPath: [0], evidence: .ruled, blocks: [Block(id: "b2c2b1", kind: .figure)]),
      ])
    let blocks = [
      Block(
        id: "b1", kind: .heading, level: 2, label: "1.", text: "x",
        provenance: [.page(number: 1, box: box), .part(name: "word/document.xml", path: "body/p")]),
      Block(id: "b2", kind: .table, table: table),
    ]
    #expect(
      LayoutDump.blocks(blocks) == """
        b1 heading level 2 label "1." "x" page 1 [1 2.5 30.13 4] word/document.xml#body/p
        b2 table
          table 2 rows × 1 columns stub-columns 0
            caption "T"
            unit "件"
            footnote "n"
            band rows 0..<2 header-rows 1
            c1 r0..<1 c0..<1 columnHeader "h"
            c2 r1..<2 c0..<1 data "5" value 5.0 unit 件 columns c1
              b2c2b1 figure ""

        """)
    let note = Note(code: "a.b", severity: .warning, at: "b2", message: "m")
    #expect(LayoutDump.notes([note]) == "warning a.b at b2 \"m\"\n")
  }
}
