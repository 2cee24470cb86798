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
}
