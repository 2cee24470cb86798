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
}
