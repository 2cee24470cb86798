import DocumentModel
import Testing

@testable import Records

@Suite struct DepartmentBudgetTests {
  func read(_ sketch: ReportSketch) -> [Record] {
    var reader = RecordReader()
    for block in sketch.blocks { reader.add(block) }
    return reader.finish().records
  }

  static let expenses = [
    "合计", "因公出国（境）费", "公务用车购置及运行费/小计", "公务用车购置及运行费/公务用车购置费",
    "公务用车购置及运行费/公务用车运行费", "公务接待费",
  ]

  func threePublic(_ record: Record) throws -> Record.Table {
    try #require(record.tables.first { $0.name == "threePublic" })
  }

  @Test("Expenses in columns under two years are those of the year and of the one before")
  func years() throws {
    var sketch = ReportSketch()
    sketch.text("云溪市财政局2024年部门预算公开", .title)
    sketch.heading("一般公共预算“三公”经费支出表")
    sketch.table(
      rows: [""],
      columns: ["2023年预算数", "2024年预算数"].flatMap { year in
        Self.expenses.map { "\(year)/\($0)" }
      }, values: [["9", "1", "5", "2", "3", "3", "10", "2", "5", "2", "3", "3"]])
    let record = try #require(read(sketch).first)
    #expect(record.generation == "budget")
    #expect(record.agency == "云溪市财政局")
    let table = try threePublic(record)
    #expect(table.entry("total", "previous")?.value == 9)
    #expect(table.entry("total", "current")?.value == 10)
    #expect(table.entry("vehicles", "current")?.value == 5)
    #expect(
      record.identities.filter { $0.id.hasPrefix("threePublic") && $0.holds == true }.count == 4)
  }

  @Test("Expenses in rows, with budget and accounts, are the same record")
  func rows() throws {
    var sketch = ReportSketch()
    sketch.text("云溪市财政局2023年度部门决算", .title)
    sketch.heading("“三公”经费支出决算表")
    sketch.table(
      rows: ["合计", "1、因公出国（境）费用", "2、公务接待费", "3、公务用车购置及运行维护费", "其中：（1）公务用车运行维护费", "（2）公务用车购置费"],
      columns: ["预算数", "决算数"],
      values: [["10", "9"], ["2", "1"], ["3", "3"], ["5", "5"], ["3", "3"], ["2", "2"]])
    let record = try #require(read(sketch).first)
    #expect(record.generation == "accounts")
    let table = try threePublic(record)
    #expect(table.entry("vehicles.purchase", "accounts")?.value == 2)
    #expect(table.entry("reception", "budget")?.value == 3)
    #expect(record.identities.filter { $0.holds == false }.isEmpty)
  }

  @Test("Rows of a classification are named by their codes and summed level by level")
  func codes() throws {
    var sketch = ReportSketch()
    sketch.text("云溪市财政局2024年部门预算公开", .title)
    for title in ["支出总表", "一般公共预算支出表"] {
      sketch.heading(title)
      sketch.table(
        rows: ["合计", "201/一般公共服务支出", "20106/财政事务", "2010601/行政运行", "2010607/信息化建设"],
        columns: ["合计", "基本支出", "项目支出"],
        values: [
          ["7", "3", "4"], ["7", "3", "4"], ["7", "3", "4"], ["3", "3", "0"], ["9", "0", "9"],
        ])
    }
    let record = try #require(read(sketch).first)
    let table = try #require(record.tables.first { $0.name == "general" })
    #expect(table.rows == ["total", "201", "20106", "2010601", "2010607"])
    #expect(table.entry("2010607", "project")?.value == 9)
    #expect(
      record.identities.filter { $0.holds == false && $0.id.hasPrefix("general") }.map(\.id)
        == ["general.codes.20106.total", "general.codes.20106.project"])
  }

  @Test("One table of a budget is no report of a department")
  func oneTable() {
    var sketch = ReportSketch()
    sketch.text("云溪市财政局2024年部门预算公开", .title)
    sketch.heading("一般公共预算支出表")
    sketch.table(
      rows: ["合计", "201/一般公共服务支出"], columns: ["合计", "基本支出", "项目支出"],
      values: [["7", "3", "4"], ["7", "3", "4"]])
    #expect(read(sketch).isEmpty)
  }
}
