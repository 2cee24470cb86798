import DocumentModel
import Testing

@testable import Records

@Suite struct ChecksTests {
  func record(_ sketch: ReportSketch) throws -> Record {
    var reader = RecordReader()
    for block in sketch.blocks { reader.add(block) }
    return try #require(reader.finish().records.first)
  }

  func report(_ agency: String, _ year: Int, _ values: [String: [String]]) -> ReportSketch {
    var sketch = ReportSketch()
    sketch.text("\(agency)\(year)年政府信息公开工作年度报告", .title)
    sketch.heading("总体情况", label: "一、")
    sketch.text("全年共收到政府信息公开申请3件。")
    sketch.annualTables(values: values)
    return sketch
  }

  static let sound = [
    "一、本年新收政府信息公开申请数量": ["3", "0", "0", "0", "0", "0", "3"],
    "三、本年度办理结果/（一）予以公开": ["2", "0", "0", "0", "0", "0", "2"],
    "三、本年度办理结果/（七）总计": ["2", "0", "0", "0", "0", "0", "2"],
    "四、结转下年度继续办理": ["1", "0", "0", "0", "0", "0", "1"],
  ]

  @Test("A sound report has no findings")
  func nothing() throws {
    let sketch = report("甲镇人民政府", 2023, Self.sound)
    #expect(RecordCheck(try record(sketch), blocks: sketch.blocks).findings() == [])
  }

  @Test("The cell that breaks two sums is named with the value that mends both")
  func repair() throws {
    var values = Self.sound
    values["四、结转下年度继续办理"] = ["4", "0", "0", "0", "0", "0", "1"]
    let sketch = report("甲镇人民政府", 2023, values)
    let findings = RecordCheck(try record(sketch), blocks: sketch.blocks).findings()
    #expect(
      findings.map(\.check) == ["requests.balance.naturalPerson", "requests.rowTotal.carriedOut"])
    for finding in findings {
      let wrong = finding.cells.filter { $0.expected != nil }
      #expect(wrong.map(\.text) == ["4"])
      #expect(wrong.first?.expected == 1)
    }
  }

  @Test("A figure of the text that the table does not have is a warning")
  func prose() throws {
    var values = Self.sound
    values["一、本年新收政府信息公开申请数量"] = ["4", "0", "0", "0", "0", "0", "4"]
    values["四、结转下年度继续办理"] = ["2", "0", "0", "0", "0", "0", "2"]
    let sketch = report("甲镇人民政府", 2023, values)
    let findings = RecordCheck(try record(sketch), blocks: sketch.blocks).findings()
    #expect(findings.map(\.check) == ["prose.received"])
    #expect(findings.first?.left == 3)
    #expect(findings.first?.right == 4)
  }

  @Test("What one year carries over is what the next begins with")
  func years() throws {
    let first = try record(report("甲镇人民政府", 2022, Self.sound))
    var values = Self.sound
    values["二、上年结转政府信息公开申请数量"] = ["2", "0", "0", "0", "0", "0", "2"]
    let second = try record(report("甲镇人民政府", 2023, values))
    let result = SeriesCheck([
      .init(file: "a", record: second), .init(file: "b", record: first),
    ]).findings()
    #expect(result.comparisonCount == 9)
    #expect(
      result.findings.map(\.check)
        == ["requests.carriedOver.naturalPerson", "requests.carriedOver.total"])
  }

  @Test("A government's figures are the sums of those of its units")
  func units() throws {
    let units = try ["甲市财政局", "甲市公安局"].map { try record(report($0, 2023, Self.sound)) }
    let whole = try record(report("甲市人民政府", 2023, Self.sound))
    let result = SeriesCheck(
      ([whole] + units).map { .init(file: $0.agency ?? "", record: $0) }
    ).findings()
    #expect(result.comparisonCount > 100)
    #expect(result.findings.count == 8)
    #expect(result.findings.contains { $0.check == "units.requests.received.total" })
  }

  // MARK: - Totals of any table

  func sums(rows: [String], columns: [String], values: [[String]]) -> TableSums.Result? {
    var sketch = ReportSketch()
    sketch.table(rows: rows, columns: columns, values: values)
    return TableSums(sketch.blocks[0])?.result()
  }

  @Test(
    "A total below, above, or beside its parts is tested",
    arguments: ["合计", "总　计", "Total", "Insgesamt"])
  func totals(word: String) throws {
    let values = [["1", "2", "3"], ["4", "5", "9"], ["5", "7", "12"]]
    let below = try #require(
      sums(rows: ["甲", "乙", word], columns: ["一季度", "二季度", word], values: values))
    #expect(below.testedCount == 6)
    #expect(below.heldCount == 6)
    let above = try #require(
      sums(
        rows: [word, "甲", "乙"], columns: [word, "一季度", "二季度"],
        values: [["12", "5", "7"], ["3", "1", "2"], ["9", "4", "5"]]))
    #expect(above.testedCount == 6)
    #expect(above.heldCount == 6)
  }

  @Test("Where a total holds in most places, the place where it does not is reported")
  func failing() throws {
    let result = try #require(
      sums(
        rows: ["甲", "乙", "合计"], columns: ["a", "b", "c"],
        values: [["1", "2", "3"], ["4", "5", "6"], ["5", "7", "8"]]))
    #expect(result.testedCount == 3)
    #expect(result.heldCount == 2)
    #expect(result.findings.map { $0.cells.first?.text } == ["8"])
    #expect(result.findings.first?.cells.first?.expected == 9)
  }

  @Test("Subtotals are not added twice, and shares not at all")
  func subtotals() throws {
    let result = try #require(
      sums(
        rows: ["甲", "乙", "小计", "丙", "丁", "小计", "总计"], columns: ["人数", "占比"],
        values: [
          ["1", "10"], ["2", "20"], ["3", "30"], ["4", "40"], ["5", "50"], ["9", "90"],
          ["12", "99"],
        ]))
    #expect(result.testedCount == 3)
    #expect(result.heldCount == 3)
  }

  @Test("A part is never more than the whole that it is a part of")
  func parts() throws {
    let result = try #require(
      sums(
        rows: ["人数", "其中：女"], columns: ["a", "b"], values: [["5", "6"], ["2", "7"]]))
    #expect(result.testedCount == 2)
    #expect(result.heldCount == 1)
    #expect(result.findings.map(\.check) == ["sums.part"])
  }

  @Test("A table without totals is not tested")
  func none() {
    #expect(
      sums(rows: ["甲", "乙"], columns: ["a", "b"], values: [["1", "2"], ["3", "4"]]) == nil)
  }
}
