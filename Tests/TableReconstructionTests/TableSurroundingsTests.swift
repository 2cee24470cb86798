import LayoutModel
import Testing

@testable import TableReconstruction

@Suite struct TableSurroundingsTests {
  func line(
    _ text: String, _ alignment: TextAlignment = .left, size: Double = 10, isFree: Bool = true
  ) -> TableSurroundings.Line {
    TableSurroundings.Line(text: text, alignment: alignment, fontSize: size, isFree: isFree)
  }

  @Test(
    "Numbered captions are told in many languages",
    arguments: [
      "表3-7 分地区", "表 1 投标报价", "附表2：", "Table 5. Population", "TABLE IV. Results", "Tab. 2: Werte",
      "Таблица 3. Данные", "Tabelle 1", "Table A Summary",
    ])
  func captions(text: String) {
    #expect(TableSurroundings.isNumberedCaption(text))
  }

  @Test(
    "Sentences that speak of tables are not captions",
    arguments: ["Table of contents", "Tables are useful.", "表示同意", "Tableaux", "Tabled motions"])
  func sentences(text: String) {
    #expect(!TableSurroundings.isNumberedCaption(text))
  }

  @Test("Caption and unit line are found in either order, and nothing beyond prose")
  func above() {
    let lines = [
      line("(thousands)", .right), line("Annual figures", .center),
      line("A sentence in between.", .left), line("Table 9 Other", .center),
    ]
    #expect(TableSurroundings.above(lines) == TableSurroundings.Above(caption: 1, unit: 0))
    #expect(
      TableSurroundings.above([line("Annual figures", .center), line("单位：元", .right)])
        == TableSurroundings.Above(caption: 0, unit: 1))
    #expect(
      TableSurroundings.above([line("二、情况", .center, isFree: false)])
        == TableSurroundings.Above(caption: nil, unit: nil))
  }

  @Test(
    "Notes and sources are told by their first word or mark",
    arguments: [
      "注：略", "注1：略", "数据来源：统计局", "Source: office", "Note. Provisional.", "¹ Estimated.",
      "(X) Not applicable.", "* p < 0.05",
    ])
  func notes(text: String) {
    #expect(TableSurroundings.isMarkedNote(text))
  }

  @Test(
    "Prose is not a note", arguments: ["注意事项如下", "Notebooks are", "(一) 主动公开：内容", "Sourced here"])
  func prose(text: String) {
    #expect(!TableSurroundings.isMarkedNote(text))
  }

  @Test("Notes end where the type is that of the body again")
  func noteCount() {
    let lines = [
      line("Note: a", size: 8), line("continued in small type", size: 8), line("Body", size: 10),
    ]
    #expect(TableSurroundings.noteCount(below: lines, bodySize: 10) == 2)
    #expect(TableSurroundings.noteCount(below: [line("Body")], bodySize: 10) == 0)
  }

  @Test(
    "Lines that say that a table goes on",
    arguments: [
      "续表", "续表 3-7", "表3-7（续）", "Table 5 (continued)", "Table 5—Continued", "续表一", "表3续",
      "Table 2 (cont'd)", "Table 2 (Cont’d.)", "Table continued",
      "Table 5. Population by region (continued)",
      "(continued)", "Continued", "Fortsetzung", "Tabelle 3 (Fortsetzung)", "Suite du tableau",
      "Tableau 4 (suite)", "Продолжение таблицы 2", "Table 3 (continued): Sums by region",
    ])
  func continuations(text: String) {
    #expect(TableSurroundings.isContinuation(text))
  }

  @Test(
    "Prose with such words does not",
    arguments: [
      "the work is continued", "Growth continued", "Table 5 shows how growth continued", "后续表现良好",
      "手续", "Table 5. Works to be continued in later years", "Table 6. Population by region",
    ])
  func notContinued(text: String) {
    #expect(!TableSurroundings.isContinuation(text))
  }
}
