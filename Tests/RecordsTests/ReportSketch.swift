import DocumentModel

/// Builds documents for the tests of records: tables from header paths, blocks with ids.
struct ReportSketch {
  private(set) var blocks: [Block] = []

  mutating func text(_ text: String, _ kind: Block.Kind = .paragraph, label: String? = nil) {
    blocks.append(Block(id: "b\(blocks.count + 1)", kind: kind, label: label, text: text))
  }

  mutating func heading(_ text: String, label: String? = nil) {
    blocks.append(
      Block(id: "b\(blocks.count + 1)", kind: .heading, level: 1, label: label, text: text))
  }

  /// Adds a table; paths have `/` between their levels, and each level is a cell of its own.
  mutating func table(rows: [String], columns: [String], values: [[String]], caption: String? = nil)
  {
    var table = Table(caption: caption, rowCount: rows.count + 1, columnCount: columns.count + 1)
    let above = columns.enumerated().map { column, path in
      Self.headers(
        path, role: .columnHeader, rows: 0..<1, columns: (column + 1)..<(column + 2), in: &table)
    }
    for (row, path) in rows.enumerated() {
      let place = (row + 1)..<(row + 2)
      let beside = Self.headers(path, role: .rowHeader, rows: place, columns: 0..<1, in: &table)
      for (column, text) in values[row].enumerated() {
        table.cells.append(
          Cell(
            rows: place, columns: (column + 1)..<(column + 2), text: text, value: Double(text),
            missing: text.isEmpty ? .blank : text == "/" ? .slash : nil,
            columnPath: above[column], rowPath: beside, evidence: .ruled))
      }
    }
    blocks.append(Block(id: "b\(blocks.count + 1)", kind: .table, table: table))
  }

  private static func headers(
    _ path: String, role: Cell.Role, rows: Range<Int>, columns: Range<Int>, in table: inout Table
  ) -> [Int] {
    path.split(separator: "/").map { level in
      table.cells.append(
        Cell(rows: rows, columns: columns, role: role, text: String(level), evidence: .ruled))
      return table.cells.count - 1
    }
  }

  /// Adds the three tables of a report of 2021, each value 0 but those given by row and column.
  mutating func annualTables(
    values: [String: [String]] = [:], rows change: ([String]) -> [String] = { $0 },
    columns changeColumns: ([String]) -> [String] = { $0 }, zero: String = "0"
  ) {
    table(
      rows: ["规章", "行政规范性文件"],
      columns: ["第二十条第（一）项/本年制发件数", "第二十条第（一）项/本年废止件数", "第二十条第（一）项/现行有效件数"],
      values: [[zero, zero, zero], [zero, zero, zero]])
    let rows = change(Self.requestRows)
    let columns = changeColumns(Self.applicants)
    table(
      rows: rows, columns: columns,
      values: rows.map { values[$0] ?? columns.map { _ in zero } })
    table(
      rows: [""],
      columns: ["行政复议", "行政诉讼/未经复议直接起诉", "行政诉讼/复议后起诉"].flatMap { block in
        ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"].map { "\(block)/\($0)" }
      }, values: [[String](repeating: zero, count: 15)])
  }

  static let applicants =
    ["申请人情况/自然人"]
    + ["商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他"].map { "申请人情况/法人或其他组织/\($0)" } + ["申请人情况/总计"]

  static let requestRows: [String] = {
    func results(_ title: String, _ rows: [String]) -> [String] {
      rows.enumerated().map { "三、本年度办理结果/\(title)/\($0.offset + 1).\($0.element)" }
    }
    let refused = [
      "属于国家秘密", "其他法律行政法规禁止公开", "危及“三安全一稳定”", "保护第三方合法权益", "属于三类内部事务信息", "属于四类过程性信息",
      "属于行政执法案卷", "属于行政查询事项",
    ]
    let other = ["申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请", "申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请", "其他"]
    return ["一、本年新收政府信息公开申请数量", "二、上年结转政府信息公开申请数量"]
      + ["三、本年度办理结果/（一）予以公开", "三、本年度办理结果/（二）部分公开（区分处理的，只计这一情形，不计其他情形）"]
      + results("（三）不予公开", refused)
      + results("（四）无法提供", ["本机关不掌握相关政府信息", "没有现成信息需要另行制作", "补正后申请内容仍不明确"])
      + results(
        "（五）不予处理",
        ["信访举报投诉类申请", "重复申请", "要求提供公开出版物", "无正当理由大量反复申请", "要求行政机关确认或重新出具已获取信息"])
      + results("（六）其他处理", other) + ["三、本年度办理结果/（七）总计", "四、结转下年度继续办理"]
  }()
}
