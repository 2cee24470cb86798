import DocumentModel
import LayoutModel
import TableReconstruction
import TestSupport
import Testing

@Suite struct TableInterpreterTests {
  func dump(_ text: String, unitText: String? = nil) -> String {
    LayoutDump.blocks([
      Block(
        id: "t", kind: .table,
        table: TableInterpreter.table(from: GridSketch.grid(text), unitText: unitText))
    ])
  }

  @Test("Roles, paths, values, units and marks of a whole table")
  func whole() {
    #expect(
      dump(
        """
        指标   | 2023 | 增长（%）
        收入   | 1,009  | 5.2
        其他   | —      |
        """, unitText: "单位：万元") == """
          t table
            table 3 rows × 3 columns stub-columns 1
              unit "万元"
              unit-text "单位：万元"
              band rows 0..<3 header-rows 1
              c1 r0..<1 c0..<1 stubHead "指标"
              c2 r0..<1 c1..<2 columnHeader "2023"
              c3 r0..<1 c2..<3 columnHeader "增长（%）"
              c4 r1..<2 c0..<1 rowHeader "收入"
              c5 r1..<2 c1..<2 data "1,009" value 1009.0 unit 万元 columns c2 rows c4
              c6 r1..<2 c2..<3 data "5.2" value 5.2 unit % columns c3 rows c4
              c7 r2..<3 c0..<1 rowHeader "其他"
              c8 r2..<3 c1..<2 data "—" missing dash columns c2 rows c7
              c9 r2..<3 c2..<3 data "" missing blank columns c3 rows c7

          """)
  }

  @Test("A column of units gives its rows their units")
  func unitColumn() {
    let table = TableInterpreter.table(
      from: GridSketch.grid(
        """
        指标 | 单位 | 2023
        收入 | 万元 | 10
        人口 | 万人 | 20
        """))
    #expect(table.cells.compactMap(\.unit) == ["万元", "万人"])
  }

  @Test("A value keeps a unit of its own; a header's unit comes before the table's")
  func unitOrder() {
    let table = TableInterpreter.table(
      from: GridSketch.grid(
        """
        Item | Sum | Area (ha)
        Land | 10% | 20
        Sea  | 30  | 40
        """), unitText: "Unit: EUR")
    #expect(table.cells.filter { $0.role == .data }.map(\.unit) == ["%", "ha", "EUR", "ha"])
  }

  /// Values of the data cells with their units, in order; marks of absence by their names.
  func values(_ text: String, caption: String? = nil) -> [String] {
    TableInterpreter.table(from: GridSketch.grid(text), caption: caption).cells
      .filter { $0.role == .data }.map { cell in
        let value = cell.value.map { "\($0)" } ?? cell.missing?.rawValue ?? "text"
        return cell.unit.map { "\(value) \($0)" } ?? value
      }
  }

  @Test("A footnote mark belongs neither to the value nor to the mark of its absence")
  func marks() {
    #expect(
      values(
        """
        Item     | Sum    | Share (%)¹
        Tea¹     | 1,234² | 5.5r
        Total(a) | –³     | 100
        """) == ["1234.0", "5.5 %", "dash", "100.0 %"])
  }

  @Test("The numbers of a column, else of the table, show its decimal sign")
  func decimalSigns() {
    #expect(
      values(
        """
        Posten | Betrag | Anteil
        A      | 1.234  | 12,5
        B      | 5.678  | 3,25
        """) == ["1234.0", "12.5", "5678.0", "3.25"])
    #expect(
      values(
        """
        Item | Ratio | Share
        A    | 1,234 | 12.5
        B    | 1.234 | 3.25
        """) == ["1234.0", "12.5", "1.234", "3.25"])
  }

  @Test("Years and months are no numbers")
  func dates() {
    #expect(
      values(
        """
        项目 | 开工年份 | 完工时间 | 投资
        道路 | 2021年   | 2022.05  | 12.05
        桥梁 | 2022年   | 2023.11  | 5
        """) == ["text", "text", "12.05", "text", "text", "5.0"])
  }

  @Test("Units of captions, stub heads and heads that are nothing but a unit")
  func unitPlaces() {
    let grid = """
      Item | Sum | Share
      Land | 1   | 2
      """
    #expect(values(grid, caption: "Table 1. Sums (EUR)") == ["1.0 EUR", "2.0 EUR"])
    #expect(values(grid, caption: "表1 收支 单位：万元") == ["1.0 万元", "2.0 万元"])
    #expect(values(grid.replacing("Item", with: "单位：元")) == ["1.0 元", "2.0 元"])
    #expect(
      values(
        """
        Item | Area | Share
        ^    | ha   | %
        Land | 1    | 2
        """) == ["1.0 ha", "2.0 %"])
  }

  @Test("Section rows are sections; the cells stay those of the grid")
  func sections() {
    let grid = GridSketch.grid(
      """
      Region | H1 | H2
      Urban  | <  | <
      East   | 1  | 2
      """)
    let table = TableInterpreter.table(from: grid, caption: "T", footnotes: ["n"])
    #expect(table.cells.map(\.text) == grid.cells.map(\.text))
    #expect(table.cells.filter { $0.role == .section }.map(\.text) == ["Urban"])
    #expect((table.caption, table.footnotes) == ("T", ["n"]))
  }

  @Test("A single row without values is a section where no other value is left blank")
  func singleSection() {
    func sections(_ value: String) -> [String] {
      let table = TableInterpreter.table(
        from: GridSketch.grid(
          """
          Region | H1 | H2
          Urban  |    |
          East   | 1  | 2
          West   | 3  | \(value)
          """))
      return table.cells.filter { $0.role == .section }.map(\.text)
    }
    #expect(sections("4") == ["Urban"])
    #expect(sections("—") == ["Urban"])
    #expect(sections("") == [])
  }

  @Test("A generated table has the header paths that it was made with", arguments: 1...60)
  func generated(seed: UInt64) {
    var generator = TableGenerator(seed: seed)
    let sample = generator.sample()
    let table = TableInterpreter.table(from: sample.grid)
    #expect(table.bands.map(\.headerRowCount) == [sample.headerRowCount], "seed \(seed)")
    #expect(table.stubColumnCount == sample.stubColumnCount, "seed \(seed)")
    for cell in table.cells where cell.role == .data {
      let column = cell.columns.lowerBound - sample.stubColumnCount
      let row = cell.rows.lowerBound - sample.headerRowCount
      guard column >= 0, row >= 0 else { continue }
      #expect(
        cell.columnPath.map { table.cells[$0].text } == sample.columnPaths[column], "seed \(seed)")
      #expect(cell.rowPath.map { table.cells[$0].text } == sample.rowPaths[row], "seed \(seed)")
    }
  }

  /// Notes on a table as "code at".
  func notes(_ text: String) -> [String] {
    TableInterpreter.interpretation(of: GridSketch.grid(text)).notes.map {
      "\($0.code) \($0.at ?? "table")"
    }
  }

  @Test("A note says where the reading was close")
  func doubts() {
    #expect(
      notes(
        """
        Name  | Duty
        Smith | Chair
        """) == ["table.boxheadUncertain table"])
    #expect(
      notes(
        """
        Firm | Sales | Country | Staff
        A    | 1     | France  | 3
        B    | 2     | Spain   | 4
        """) == ["table.stubUncertain c3"])
    #expect(
      notes(
        """
        Region | Sum
        East   | 1
        South  |
        West   | 2
        """) == ["table.sectionUncertain c5"])
    #expect(
      notes(
        """
        Item | Sum
        A    | 1.234
        B    | 5.678
        """) == ["table.decimalSignUncertain c4"])
    #expect(
      notes(
        """
        Item | Sum
        A    | 12.5 r
        B    | 5.6
        """) == ["table.footnoteMarkSplit c4"])
  }

  @Test("A table whose reading is plain has no notes")
  func noDoubts() {
    #expect(
      notes(
        """
        Item | 2022  | 2023
        A    | 1,234 | 5.6
        B    | –     | 7.8*
        """
      ).isEmpty)
  }
}
