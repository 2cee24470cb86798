import DocumentModel
import Testing

@testable import Records

@Suite struct AnnualReportTests {
  func read(_ sketch: ReportSketch) -> (records: [Record], notes: [Note]) {
    var reader = RecordReader()
    for block in sketch.blocks { reader.add(block) }
    return reader.finish()
  }

  func requests(_ record: Record) throws -> Record.Table {
    try #require(record.tables.first { $0.name == "requests" })
  }

  @Test("A report has its agency, year, sections, values and all identities")
  func whole() throws {
    var sketch = ReportSketch()
    sketch.text("沙渚镇人民政府", .title)
    sketch.text("2023年政府信息公开工作年度报告", .title)
    sketch.heading("总体情况", label: "一、")
    sketch.text("全年收到申请3件。")
    sketch.heading("收到和处理政府信息公开申请情况", label: "三、")
    sketch.annualTables(values: [
      "一、本年新收政府信息公开申请数量": ["3", "0", "0", "0", "0", "0", "3"],
      "三、本年度办理结果/（一）予以公开": ["2", "0", "0", "0", "0", "0", "2"],
      "三、本年度办理结果/（七）总计": ["2", "0", "0", "0", "0", "0", "2"],
      "四、结转下年度继续办理": ["1", "0", "0", "0", "0", "0", "2"],
    ])
    sketch.text("沙渚镇人民政府")
    sketch.text("二〇二四年一月十五日")
    let (records, _) = read(sketch)
    let record = try #require(records.first)
    #expect(records.count == 1)
    #expect(record.agency == "沙渚镇人民政府")
    #expect(record.year == 2023)
    #expect(record.generation == "2021")
    #expect(record.published == "2024-01-15")
    #expect(record.sections.map { $0.text } == ["全年收到申请3件。", nil, "", nil, nil, nil])
    #expect(record.identities.count == 42)
    #expect(
      record.identities.filter { $0.holds == false }.map(\.id)
        == ["requests.balance.total", "requests.rowTotal.carriedOut"])
    let entry = try #require(try requests(record).entry("carriedOut", "total"))
    #expect(entry.value == 2)
    let block = try #require(
      sketch.blocks.first { $0.id == entry.cell.split(separator: "c").first.map(String.init) })
    let position = try #require(entry.cell.split(separator: "c").last.flatMap { Int($0) })
    #expect(block.table?.cells[position - 1].text == "2")
  }

  @Test(
    "The agency and year are read from every order of the title",
    arguments: [
      ("云溪市人民政府2023年政府信息公开工作年度报告", "云溪市人民政府", 2023),
      ("2023年度云溪市人民政府政府信息公开工作年度报告", "云溪市人民政府", 2023),
      ("云溪市人民政府信息公开工作2023年度报告", "云溪市人民政府", 2023),
      ("云溪市财政局关于2023年度政府信息公开工作情况的报告", "云溪市财政局", 2023),
      ("云溪市财政局二〇二三年政府信息公开年报", "云溪市财政局", 2023),
      ("云溪区政府2023年政府信息公开年度报告", "云溪区政府", 2023),
      ("北麓街道办事处政府信息公开工作年度报告（2023年）", "北麓街道办事处", 2023),
    ])
  func titles(title: String, agency: String, year: Int) throws {
    var sketch = ReportSketch()
    sketch.text(title, .title)
    sketch.annualTables()
    let record = try #require(read(sketch).records.first)
    #expect(record.agency == agency)
    #expect(record.year == year)
  }

  @Test("An agency that the title does not name is that of the signature")
  func signature() throws {
    var sketch = ReportSketch()
    sketch.text("2023年政府信息公开工作年度报告", .title)
    sketch.annualTables()
    sketch.text("三河镇人民政府")
    sketch.text("2024年1月9日")
    let record = try #require(read(sketch).records.first)
    #expect(record.agency == "三河镇人民政府")
    #expect(record.published == "2024-01-09")
  }

  @Test("Blanks are null, never 0, and tried as 0 apart", arguments: ["", "/"])
  func blanks(mark: String) throws {
    var sketch = ReportSketch()
    sketch.annualTables(
      values: ["一、本年新收政府信息公开申请数量": ["1", mark, mark, mark, mark, mark, "1"]], zero: mark)
    let record = try #require(read(sketch).records.first)
    #expect(record.identities.allSatisfy { $0.holds == nil })
    let received = try #require(record.identities.first { $0.id == "requests.rowTotal.received" })
    #expect(received.left == 1)
    #expect(received.right == nil)
    #expect(received.holdsIfBlankIsZero == true)
    let balance = try #require(record.identities.first { $0.id == "requests.balance.total" })
    #expect(balance.holdsIfBlankIsZero == false)
  }

  @Test("Misprints, glosses and years in headers are understood, and said in notes")
  func misprints() throws {
    var sketch = ReportSketch()
    sketch.annualTables(
      values: ["三、本年度办理结果/（三）不予公开/5.属于三类内容事务消息": ["7", "0", "0", "0", "0", "0", "7"]],
      rows: { rows in
        rows.map { $0.hasSuffix("属于三类内部事务信息") ? "三、本年度办理结果/（三）不予公开/5.属于三类内容事务消息" : $0 }
      },
      columns: { columns in
        columns.map { $0.hasSuffix("科研机构") ? "申请人情况/法人或其他组织/科研企业" : $0 }
      })
    let (records, notes) = read(sketch)
    let table = try requests(try #require(records.first))
    #expect(table.entry("refused.internalAffairs", "naturalPerson")?.value == 7)
    #expect(table.entry("received", "research") != nil)
    #expect(notes.contains { $0.code == "record.label" && $0.message.contains("三类内容事务消息") })
  }

  @Test("A row that is missing is null with a note; a row that is not known is kept apart")
  func rows() throws {
    var sketch = ReportSketch()
    sketch.annualTables(
      values: ["三、本年度办理结果/（三）不予公开/9.属于其他情形": ["4", "0", "0", "0", "0", "0", "4"]],
      rows: { rows in
        rows.filter { !$0.hasSuffix("重复申请") }.map {
          $0.hasSuffix("属于行政查询事项") ? [$0, "三、本年度办理结果/（三）不予公开/9.属于其他情形"] : [$0]
        }.flatMap { $0 }
      })
    let (records, notes) = read(sketch)
    let record = try #require(records.first)
    let table = try requests(record)
    #expect(table.entry("notProcessed.repeated", "total") == nil)
    #expect(table.entry("refused.adminQuery", "total")?.value == 0)
    #expect(
      notes.contains { $0.code == "record.missing" && $0.message.contains("notProcessed.repeated") }
    )
    #expect(
      record.other.filter { $0.path.first == "三、本年度办理结果" }.map(\.text) == [
        "4", "0", "0", "0", "0", "0", "4",
      ])
    let processed = try #require(record.identities.first { $0.id == "requests.processed.total" })
    #expect(processed.holds == nil)
    #expect(processed.holdsIfBlankIsZero == nil)
  }

  @Test("Rows are told by their neighbours where the headers above them are lost")
  func lostParents() throws {
    var sketch = ReportSketch()
    let counts = ReportSketch.requestRows.indices.map { "\($0 + 1)" }
    var values: [String: [String]] = [:]
    for (row, count) in zip(ReportSketch.requestRows, counts) {
      let leaf = String(row.split(separator: "/").last ?? "")
      values[leaf] = [String](repeating: count, count: 7)
    }
    sketch.annualTables(
      values: values, rows: { rows in rows.map { String($0.split(separator: "/").last ?? "") } })
    let table = try requests(try #require(read(sketch).records.first))
    #expect(table.entries.map { $0[0]?.text } == counts.map { Optional($0) })
  }

  @Test("Two reports in one file are two records, each with its own title")
  func several() throws {
    var sketch = ReportSketch()
    for (agency, year, received) in [("甲镇人民政府", 2022, "1"), ("乙镇人民政府", 2023, "2")] {
      sketch.text("\(agency)\(year)年政府信息公开工作年度报告", .title)
      sketch.heading("总体情况", label: "一、")
      sketch.text("\(agency)的情况。")
      sketch.annualTables(values: [
        "一、本年新收政府信息公开申请数量": [received, "0", "0", "0", "0", "0", received]
      ])
    }
    let records = read(sketch).records
    #expect(records.map(\.agency) == ["甲镇人民政府", "乙镇人民政府"])
    #expect(records.map(\.year) == [2022, 2023])
    #expect(records.map { $0.sections[0].text } == ["甲镇人民政府的情况。", "乙镇人民政府的情况。"])
    #expect(try records.map { try requests($0).entry("received", "total")?.text } == ["1", "2"])
  }

  @Test("Reports of several years in one file are each of their own generation")
  func generations() throws {
    var sketch = ReportSketch()
    sketch.text("甲镇人民政府2017年政府信息公开工作年度报告", .title)
    sketch.table(
      rows: FamilyDescription.annualReport.generations[2].tables[0].groups[0].rows.items.map {
        String($0.path.split(separator: "|").first ?? "")
      }, columns: ["单位", "统计数"],
      values: FamilyDescription.annualReport.generations[2].tables[0].groups[0].rows.items.map {
        _ in ["件", "5"]
      })
    sketch.text("甲镇人民政府2023年政府信息公开工作年度报告", .title)
    sketch.annualTables()
    let records = read(sketch).records
    #expect(records.map(\.generation) == ["2014", "2021"])
    #expect(records.map(\.year) == [2017, 2023])
    #expect(records.last?.identities.count == 42)
  }

  @Test("Tables that stand in one grid under each other are told by the places of their cells")
  func oneGrid() throws {
    // 规章 │ … over 申请人情况 │ …, taken for one table with one head.
    let rows: [[String]] =
      [
        ["信息内容", "本年制发件数", "本年废止件数", "现行有效件数"], ["规章", "1", "2", "3"], ["行政规范性文件", "4", "5", "6"],
        ["申请人情况", "自然人", "商业企业", "总计"],
      ]
      + ReportSketch.requestRows.map {
        [String($0.split(separator: "/").last ?? ""), "7", "8", "15"]
      }
    var table = Table(
      rowCount: rows.count, columnCount: 4, bands: [.init(rows: 0..<rows.count, headerRowCount: 1)])
    for (row, texts) in rows.enumerated() {
      for (column, text) in texts.enumerated() {
        table.cells.append(
          Cell(
            rows: row..<row + 1, columns: column..<column + 1,
            role: row == 0 ? .columnHeader : column == 0 ? .rowHeader : .data, text: text,
            value: row > 0 ? Double(text) : nil, columnPath: row > 0 && column > 0 ? [column] : [],
            rowPath: row > 0 && column > 0 ? [4 * row] : [], evidence: .ruled))
      }
    }
    var reader = RecordReader()
    reader.add(Block(id: "b1", kind: .title, text: "甲镇人民政府2023年政府信息公开工作年度报告"))
    reader.add(Block(id: "b2", kind: .table, table: table))
    let record = try #require(reader.finish().records.first)
    #expect(record.tables.first?.entry("normativeDocuments", "inForce")?.value == 6)
    #expect(try requests(record).entry("carriedOut", "enterprise")?.value == 8)
    #expect(try requests(record).entry("received", "total")?.value == 15)
  }

  @Test("A table in two pieces is one table of the record")
  func pieces() throws {
    var sketch = ReportSketch()
    sketch.text("甲镇人民政府2022年政府信息公开工作年度报告", .title)
    for rows in [ReportSketch.requestRows[..<15], ReportSketch.requestRows[15...]] {
      sketch.table(
        rows: Array(rows), columns: ReportSketch.applicants,
        values: rows.map { _ in [String](repeating: "0", count: 7) })
    }
    let records = read(sketch).records
    #expect(records.count == 1)
    let table = try requests(try #require(records.first))
    #expect(table.blocks == ["b2", "b3"])
    #expect(table.entries.allSatisfy { $0.allSatisfy { $0 != nil } })
  }

  @Test("A table with its rows and columns exchanged is the same table")
  func turned() throws {
    var sketch = ReportSketch()
    sketch.text("甲镇人民政府2022年政府信息公开工作年度报告", .title)
    sketch.table(
      rows: ReportSketch.applicants, columns: ReportSketch.requestRows,
      values: ReportSketch.applicants.indices.map { applicant in
        ReportSketch.requestRows.indices.map { "\($0 * 10 + applicant)" }
      })
    let table = try requests(try #require(read(sketch).records.first))
    #expect(table.entry("carriedIn", "enterprise")?.value == 11)
    #expect(table.entry("carriedOut", "total")?.value == 246)
  }

  @Test("Other documents have no record, also with a table of persons or the words of a title")
  func others() {
    var sketch = ReportSketch()
    sketch.text("关于印发政府信息公开工作年度报告格式的通知", .title)
    sketch.text("请于1月底前报送。")
    #expect(read(sketch).records.isEmpty)
    sketch.table(rows: ["自然人", "法人"], columns: ["人数", "总计"], values: [["1", "2"], ["3", "4"]])
    #expect(read(sketch).records.isEmpty)
    #expect(read(sketch).notes.isEmpty)
  }
}
