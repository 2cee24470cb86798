import DocumentModel
import LayoutModel
import TableReconstruction
import TestSupport
import Testing

/// `HeaderPathBuilder` and `StubHierarchy`, seen through the tables that they make.
@Suite struct HeaderPathTests {
  func addresses(_ text: String) -> String {
    Structure.addresses(of: TableInterpreter.table(from: GridSketch.grid(text)))
  }

  /// The addresses of all cells that are not blank.
  func values(_ text: String) -> String {
    addresses(text).split(separator: "\n").filter { !$0.hasSuffix("= ") }.map { $0 + "\n" }.joined()
  }

  @Test("The column path runs down the boxhead, each head once")
  func columnPaths() {
    #expect(
      addresses(
        """
        Region | Total | 2024 | <
        ^      | ^     | H1   | H2
        East   | 1     | 2    | 3
        """) == """
          East | Total = 1
          East | 2024 › H1 = 2
          East | 2024 › H2 = 3

          """)
  }

  @Test("A row of column numbers is no part of a path")
  func columnNumbers() {
    #expect(
      addresses(
        """
        Region | Births | Deaths
        甲     | 1      | 2
        East   | 100    | 200
        """) == """
          East | Births = 100
          East | Deaths = 200

          """)
  }

  @Test("Merged stub cells head all their rows")
  func mergedStub() {
    #expect(
      addresses(
        """
        Area | Town | Sum
        East | A    | 1
        ^    | B    | 2
        West | C    | 3
        """) == """
          East › A | Sum = 1
          East › B | Sum = 2
          West › C | Sum = 3

          """)
  }

  @Test("Rows stand under the row that is indented less")
  func indentation() {
    #expect(
      addresses(
        """
        Region    | Sum
        Europe    | 9
        > France  | 5
        >> Paris  | 2
        > Spain   | 4
        Asia      | 7
        """) == """
          Europe | Sum = 9
          Europe › France | Sum = 5
          Europe › France › Paris | Sum = 2
          Europe › Spain | Sum = 4
          Asia | Sum = 7

          """)
  }

  @Test("Without indentation, the numbering of labels says what stands under what")
  func numbering() {
    #expect(
      addresses(
        """
        项目           | 合计
        一、新收       | 9
        （一）予以公开 | 5
        1.主动公开     | 2
        2.依申请公开   | 3
        （二）不予公开 | 4
        二、结转       | 1
        """) == """
          一、新收 | 合计 = 9
          一、新收 › （一）予以公开 | 合计 = 5
          一、新收 › （一）予以公开 › 1.主动公开 | 合计 = 2
          一、新收 › （一）予以公开 › 2.依申请公开 | 合计 = 3
          一、新收 › （二）不予公开 | 合计 = 4
          二、结转 | 合计 = 1

          """)
  }

  @Test("Rows of which stand under the row before them")
  func ofWhich() {
    #expect(
      addresses(
        """
        项目       | 合计
        财政收入   | 9
        其中：税收 | 5
        财政支出   | 8
        """) == """
          财政收入 | 合计 = 9
          财政收入 › 其中：税收 | 合计 = 5
          财政支出 | 合计 = 8

          """)
  }

  @Test("A section row comes before all other headers of its rows")
  func sections() {
    #expect(
      addresses(
        """
        Region | H1 | H2
        Urban  | <  | <
        East   | 1  | 2
        Rural  | <  | <
        East   | 3  | 4
        """) == """
          Urban › East | H1 = 1
          Urban › East | H2 = 2
          Rural › East | H1 = 3
          Rural › East | H2 = 4

          """)
  }

  @Test("Each band has its own heads")
  func bands() {
    #expect(
      addresses(
        """
        Part one | <    | <
        Kind     | Made | Left
        Rules    | 0    | 1
        Part two | <    | <
        Kind     | Done | Open
        Permits  | 2    | 3
        """) == """
          Rules | Part one › Made = 0
          Rules | Part one › Left = 1
          Permits | Part two › Done = 2
          Permits | Part two › Open = 3

          """)
  }

  @Test("Values right of a second stub have their row path from it")
  func secondStub() {
    #expect(
      values(
        """
        收入项目 | 预算数 | 支出项目     | 预算数
        一、拨款 | 1      | 一、人员     | 2
        二、其他 | 3      | 其中：工资   | 4
        收入合计 | 5      |              |
        """) == """
          一、拨款 | 预算数 = 1
          一、人员 | 预算数 = 2
          二、其他 | 预算数 = 3
          一、人员 › 其中：工资 | 预算数 = 4
          收入合计 | 预算数 = 5

          """)
  }

  @Test("Numbers of columns and lines head nothing, wherever they stand")
  func formNumbers() {
    #expect(
      values(
        """
        类  | 款 | 科目名称 | 本年收入 | 本年支出
        ^   | ^  | 栏次     | 1        | 2
        201 | 03 | 行政运行 | 10       | 20
        201 | 04 | 机关服务 | 30       | 40
        """) == """
          201 › 03 › 行政运行 | 本年收入 = 10
          201 › 03 › 行政运行 | 本年支出 = 20
          201 › 04 › 机关服务 | 本年收入 = 30
          201 › 04 › 机关服务 | 本年支出 = 40

          """)
  }

  @Test("A label goes for the rows below it that leave its column blank")
  func blankLabels() {
    #expect(
      values(
        """
        Area  | Town | Sum
        East  | A    | 1
              | B    | 2
        Total |      | 3
        """) == """
          East › A | Sum = 1
          East › B | Sum = 2
          Total | Sum = 3

          """)
  }

  @Test("Rows with nothing but a label head the rows below where the table shows it")
  func labelRows() {
    #expect(
      values(
        """
        Region | H1 | H2
        Urban  |    |
        East   | 1  | 2
        Rural  |    |
        East   | 3  | 4
        Total  | 4  | 6
        """) == """
          Urban › East | H1 = 1
          Urban › East | H2 = 2
          Rural › East | H1 = 3
          Rural › East | H2 = 4
          Total | H1 = 4
          Total | H2 = 6

          """)
    #expect(
      values(
        """
        Item    | H1
        Income  | 9
        Assets: |
        Cash    | 1
        """) == """
          Income | H1 = 9
          Assets: › Cash | H1 = 1

          """)
  }

  @Test("A text over all values beside a blank stub heads the rows below, under the same heads")
  func cutInHead() {
    #expect(
      values(
        """
        Food | 2004  | 2015
        Milk | 1     | 2
             | grams | <
        Tea  | 3     | 4
        """) == """
          Milk | 2004 = 1
          Milk | 2015 = 2
          grams › Tea | 2004 = 3
          grams › Tea | 2015 = 4

          """)
  }

  @Test("A row whose values are all absent heads nothing")
  func emptyRows() {
    #expect(
      values(
        """
        Region | H1
        East   | 1
        South  |
        West   | 2
        North  |
        """) == """
          East | H1 = 1
          West | H1 = 2

          """)
    #expect(
      values(
        """
        项目      | 件数
        1.危害安全 |
        2.其他     | 3
        3.三安全   |
        4.保护     | 4
        """) == """
          2.其他 | 件数 = 3
          4.保护 | 件数 = 4

          """)
  }

  @Test("A total stands beside the numbered rows, not under the last of them")
  func totalBesideNumbers() {
    #expect(
      values(
        """
        项目     | 金额
        一、拨款 | 1
        其他拨款 | 2
        二、事业 | 3
        合计     | 6
        """) == """
          一、拨款 | 金额 = 1
          一、拨款 › 其他拨款 | 金额 = 2
          二、事业 | 金额 = 3
          合计 | 金额 = 6

          """)
  }

  @Test("A boxhead in the middle of a table heads the rows below it")
  func secondBoxhead() {
    #expect(
      values(
        """
        Item  | Made | Left
        Rules | 0    | 1
        Item  | Done | Open
        Bids  | 2    | 3
        """) == """
          Rules | Made = 0
          Rules | Left = 1
          Bids | Done = 2
          Bids | Open = 3

          """)
    #expect(
      values(
        """
        Currency | Sum | Rate
        Gold     | 1   | 2
        Unit     | EUR | USD
        Silver   | 3   | 4
        """) == """
          Gold | Sum = 1
          Gold | Rate = 2
          Unit | Sum = EUR
          Unit | Rate = USD
          Silver | Sum = 3
          Silver | Rate = 4

          """)
  }

  @Test("Indentation that comes from centred text is none")
  func centred() {
    var grid = GridSketch.grid(
      """
      Region | Sum
      > Long region name | 1
      >> Middle | 2
      > Long region also | 3
      """)
    for index in grid.cells.indices where grid.cells[index].columns.lowerBound == 0 {
      grid.cells[index].alignment = .center
    }
    let table = TableInterpreter.table(from: grid)
    #expect(table.cells.filter { $0.role == .data }.allSatisfy { $0.rowPath.count == 1 })
  }
}
