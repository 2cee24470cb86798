import LayoutModel
import TestSupport
import Testing

@testable import TableReconstruction

@Suite struct StubFinderTests {
  func stubColumns(_ text: String) -> Int {
    let view = GridView(GridSketch.grid(text))
    return StubFinder(view: view, bands: BoxheadFinder(view: view).bands()).stubColumnCount()
  }

  @Test("A first column of texts is the stub")
  func oneColumn() {
    #expect(
      stubColumns(
        """
        Region | H1 | H2
        East   | 1  | 2
        """) == 1)
  }

  @Test("Merged cells at the left take the column that they hold together with them")
  func merged() {
    #expect(
      stubColumns(
        """
        Area   | Town | H1
        East   | A    | 1
        ^      | B    | 2
        West   | C    | 3
        """) == 2)
  }

  @Test("A head over several columns, one of them of texts, makes all of them stub")
  func corner() {
    #expect(
      stubColumns(
        """
        Subject | <  | <    | a | b
        201     |    | name | 1 | 2
        ^       | 03 | name | 3 | 4
        """) == 3)
  }

  @Test("Serial numbers in front of names belong to the stub")
  func serial() {
    #expect(
      stubColumns(
        """
        No. | Name | Sum
        1   | Tea  | 10
        2   | Milk | 20
        """) == 2)
  }

  @Test("Years that label rows are a stub")
  func years() {
    #expect(
      stubColumns(
        """
        Year | Sum  | Share
        2021 | 1.5  | 10
        2022 | 1.25 | 20
        2023 | 1.75 | 15
        """) == 1)
  }

  @Test("Days are a stub, however many names stand below them; other whole numbers are none")
  func days() {
    let rows = ["Mean | 11 | 21", "Least | 10 | 20", "Most | 12 | 22"]
    for (day, count) in [(1, 1), (4, 0)] {
      let days = ["Day | Jan | Feb", "\(day) | 10 | 20", "2 | 11 | 21", "3 | 12 | 22", "4 | 9 | 8"]
      #expect(stubColumns((days + rows).joined(separator: "\n")) == count)
    }
  }

  @Test("A column of units between stub and values is data")
  func units() {
    #expect(
      stubColumns(
        """
        指标 | 单位 | 2023
        收入 | 万元 | 10
        人口 | 万人 | 20
        """) == 1)
  }

  @Test("Values in the first column, or a single column, are no stub")
  func none() {
    #expect(
      stubColumns(
        """
        A   | B
        1.5 | 2
        1.5 | 4
        """) == 0)
    #expect(stubColumns("A\nx") == 0)
  }

  func stubs(_ text: String) -> [Range<Int>] {
    let view = GridView(GridSketch.grid(text))
    return StubFinder(view: view, bands: BoxheadFinder(view: view).bands()).stubs()
  }

  @Test("Texts among values whose heads come again are a second stub")
  func secondStub() {
    #expect(
      stubs(
        """
        Assets | 2022 | 2023 | Debts | 2022 | 2023
        Cash   | 1    | 2    | Loans | 3    | 4
        Land   | 5    | 6    | Bonds | 7    | 8
        """) == [0..<1, 3..<4])
    #expect(
      stubs(
        """
        收入 | <      | 支出 | <
        项目 | 决算数 | 项目 | 决算数
        拨款 | 1      | 人员 | 2
        其他 | 3      | 公用 | 4
        """) == [0..<1, 2..<3])
  }

  @Test("A spanner over texts and their values starts a stub as the one over the first does")
  func stubUnderSpanner() {
    #expect(
      stubs(
        """
        Income | <      | Costs | <
        Source | Budget | Use   | Actual
        Tax    | 1      | Staff | 2
        Fees   | 3      | Rent  | 4
        """) == [0..<1, 2..<3])
  }

  @Test("Blocks side by side repeat the whole stub")
  func blocks() {
    #expect(
      stubs(
        """
        Rank | Name | Sum | Rank | Name | Sum | Rank | Name | Sum
        1    | Tea  | 10  | 3    | Rye  | 7   | 5    | Oats | 2
        2    | Milk | 20  | 4    | Figs | 5   | 6    | Salt | 1
        """) == [0..<2, 3..<5, 6..<8])
    #expect(
      stubs(
        """
        Year | Sum | Year | Sum
        2001 | 1.5 | 2004 | 2.5
        2002 | 1.7 | 2005 | 2.1
        2003 | 1.6 | 2006 | 2.3
        """) == [0..<1, 2..<3])
  }

  @Test("Texts among values under heads of their own are data")
  func textsAmongValues() {
    #expect(
      stubs(
        """
        Firm | Sales | Country | Staff
        A    | 1     | France  | 3
        B    | 2     | Spain   | 4
        """) == [0..<1])
    #expect(
      stubs(
        """
        Firm | 2022  | <      | 2023  | <
        ^    | Sales | Rating | Sales | Rating
        A    | 1     | good   | 2     | fair
        B    | 2     | fair   | 4     | good
        """) == [0..<1])
  }

  @Test("Several columns of code parts stand in front of names")
  func codes() {
    #expect(
      stubs(
        """
        类  | 款 | 项 | 科目名称 | 合计
        201 |    |    | 公共服务 | 9
        201 | 03 |    | 办公厅   | 5
        201 | 03 | 01 | 行政运行 | 4
        """) == [0..<4])
    #expect(
      stubs(
        """
        Low  | High | Name | Sum
        12   | 7    | Tea  | 1
        5    | 140  | Milk | 2
        """
      ).isEmpty)
  }

  @Test("Line numbers behind the names belong to the stub")
  func lineNumbers() {
    #expect(
      stubs(
        """
        项目 | 行次 | 金额 | 项目 | 行次 | 金额
        拨款 | 1    | 70   | 人员 | 4    | 11
        其他 | 2    | 30   | 公用 | 5    | 19
        合计 | 3    | 100  | 合计 | 6    | 30
        """) == [0..<2, 3..<5])
  }

  @Test("Names that stand once for several rows, or repeat, are tells of an inner stub column")
  func groups() {
    #expect(
      stubs(
        """
        Area | Town | Sum
        East | A    | 1
             | B    | 2
        West | A    | 3
             | B    | 4
        """) == [0..<2])
    #expect(
      stubs(
        """
        Area | Town | Sum
        East | A    | 1
        East | B    | 2
        West | A    | 3
        """) == [0..<2])
    #expect(
      stubs(
        """
        Firm | Country | Sum
        A    | France  | 1
        B    | France  | 2
        C    | Spain   | 3
        """) == [0..<1])
  }
}
