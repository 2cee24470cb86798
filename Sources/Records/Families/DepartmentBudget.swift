/// 部门预算、部门决算 with their “三公”经费: what every department publishes of its money twice a year.
///
/// The tables follow the forms of the Ministry of Finance (预决算公开操作规程, 部门决算公开表), which
/// provinces vary: 收支总表, 收入总表, 支出总表, 财政拨款收支总表, 一般公共预算支出表 by function,
/// 基本支出表 by economic category, “三公”经费支出表, 政府性基金预算支出表, 国有资本经营预算支出表. Rows of
/// classifications are named by their codes, rows of summaries by what is printed.
extension FamilyDescription {
  package static let departmentBudget = FamilyDescription(
    name: "cn.gov.budget.department",
    titles: [
      "部门预算", "部门决算", "单位预算", "单位决算", "部门收支预算", "部门财务收支预算", "部门收支总表", "三公”经费", "三公经费",
    ],
    foreignTitles: ["通知", "办法", "规定", "政府信息公开"],
    agencyLabels: ["编制部门", "公开部门", "部门名称", "单位名称", "填报单位", "预算部门", "编制单位", "公开单位", "部门"],
    stubLabels: [
      "项目", "科目编码", "科目名称", "功能分类科目", "功能分类科目编码", "功能分类科目名称", "经济分类科目", "经济分类科目编码", "经济分类科目名称",
      "支出功能分类科目编码", "支出经济分类科目编码", "编码", "类", "款", "项", "单位编码", "单位名称", "行次",
    ],
    cues: [
      "功能分类科目", "功能分类科目编码", "支出功能分类", "科目编码", "科目名称", "经济分类", "经济分类科目", "部门预算支出经济分类科目",
      "因公出国费", "公务接待费", "公务用车购置及运行费", "公务用车购置及运行维护费", "一般公共预算财政拨款收入", "一般公共预算拨款收入",
      "财政拨款收入", "一般公共预算财政拨款", "支出功能分类科目编码", "一般公共服务支出",
    ],
    evidence: Evidence(tablesWithTitle: 2, tables: 3, telling: ["threePublic"]),
    generations: [
      Generation(
        name: "budget", titleWord: "预算",
        tables: summaries(
          titles: "部门收支总表|收支总表|收支预算总表|部门收支预算总表|财务收支预算总表|部门财务收支预算总表|单位收支总表|收支总体情况表",
          funding: "财政拨款收支总表|财政拨款收支预算总表|财政拨款收支总体情况表")
          + [
            incomes("收入总表|收入预算总表|部门收入总表|部门收入预算总表|收入预算表|部门收入总体情况表"),
            expenditures("支出总表|支出预算总表|部门支出总表|部门支出预算总表|支出预算表|部门支出总体情况表"),
            general(
              "一般公共预算支出表|一般公共预算支出预算表|一般公共预算支出功能分类预算表|一般公共预算支出情况表|一般公共预算财政拨款支出表|一般公共预算支出预算明细表"),
            basic(
              "一般公共预算基本支出表|一般公共预算基本支出预算表|一般公共预算基本支出情况表|一般公共预算财政拨款基本支出表|基本支出部门预算经济分类预算表|一般公共预算基本支出部门预算经济分类预算表"
            ),
            threePublic(
              columns: Axis(
                kind: .items,
                items: [
                  Item("previous", "上年预算数|上年预算", optional: true),
                  Item("current", "本年预算数|预算数|金额|本年预算|预算金额"),
                  Item("change", "增减|比上年增减|增减额", optional: true),
                ], fallback: "current")),
            fund(
              "政府性基金预算支出表|政府性基金预算支出预算表|政府性基金预算支出功能分类预算表|政府性基金预算支出情况表|政府性基金预算财政拨款支出表", name: "fund"),
            fund(
              "国有资本经营预算支出表|国有资本经营预算支出预算表|国有资本经营预算支出功能分类预算表|国有资本经营预算支出情况表|国有资本经营预算财政拨款支出表",
              name: "capital"),
          ],
        identities: identities),
      Generation(
        name: "accounts", titleWord: "决算",
        tables: summaries(
          titles: "收入支出决算总表|收入支出总表|收支决算总表",
          funding: "财政拨款收入支出决算总表|财政拨款收支决算总表|财政拨款收入支出总表")
          + [
            incomes("收入决算表|收入决算总表"), expenditures("支出决算表|支出决算总表"),
            general("一般公共预算财政拨款支出决算表|一般公共预算支出决算表|一般公共预算财政拨款支出决算明细表"),
            basic("一般公共预算财政拨款基本支出决算表|一般公共预算基本支出决算表|一般公共预算财政拨款基本支出决算明细表"),
            threePublic(
              columns: Axis(
                kind: .items,
                items: [
                  Item("budget", "预算数|年初预算数|全年预算数|本年预算数", optional: true),
                  Item("accounts", "决算数|本年决算数|支出决算数|决算金额"),
                ], fallback: "accounts")),
            fund("政府性基金预算财政拨款收入支出决算表|政府性基金预算收入支出决算表|政府性基金预算财政拨款支出决算表", name: "fund"),
            fund("国有资本经营预算财政拨款收入支出决算表|国有资本经营预算财政拨款支出决算表|国有资本经营预算支出决算表", name: "capital"),
          ],
        identities: identities),
    ])

  // MARK: - Summaries

  private static let amount = Item("amount", "预算数|决算数|金额|本年预算数|本年预算|本年决算数|合计|预算金额")

  /// 收支总表 and 财政拨款收支总表: income at the left, expenditure at the right.
  private static func summaries(titles: String, funding: String) -> [Table] {
    let income = Axis.open(
      Item("yearTotal", "本年收入合计|本年收入|本年收入小计"), Item("total", "收入总计|总计|合计|收入合计"))
    let expenditure = Axis.open(
      Item("yearTotal", "本年支出合计|本年支出|本年支出小计"), Item("total", "支出总计|总计|合计|支出合计"))
    let incomeSide = "收入|本年收入|收入项目|收入情况"
    let expenditureSide = "支出|本年支出|支出项目|支出情况"
    return [
      Table(
        name: "summary.income", titles: titles,
        groups: [Group(rows: income, columns: .items(amount), side: incomeSide)]),
      Table(
        name: "summary.expenditure", titles: titles,
        groups: [Group(rows: expenditure, columns: .items(amount), side: expenditureSide)]),
      Table(
        name: "funding.income", titles: funding,
        groups: [Group(rows: income, columns: .items(amount), side: incomeSide)]),
      Table(
        name: "funding.expenditure", titles: funding,
        groups: [
          Group(
            rows: expenditure,
            columns: .items(
              Item("total", "合计|小计|预算数|决算数|金额|本年预算"),
              Item("general", "一般公共预算财政拨款|一般公共预算|一般公共预算拨款|一般公共预算资金", optional: true),
              Item("fund", "政府性基金预算财政拨款|政府性基金预算|政府性基金预算拨款|政府性基金", optional: true),
              Item("capital", "国有资本经营预算财政拨款|国有资本经营预算|国有资本经营预算拨款|国有资本经营", optional: true)),
            side: expenditureSide)
        ]),
    ]
  }

  // MARK: - By classification

  private static let codes = Axis.codes(Item("total", "合计|总计|本年支出合计|本年收入合计"))

  private static func incomes(_ titles: String) -> Table {
    Table(
      name: "income", titles: titles,
      groups: [
        Group(
          rows: codes,
          columns: .items(
            Item("total", "本年收入合计|合计|总计"),
            Item("appropriation", "财政拨款收入|一般公共预算拨款收入|一般公共预算财政拨款收入", optional: true),
            Item("fund", "政府性基金预算拨款收入|政府性基金预算财政拨款收入", optional: true),
            Item("capital", "国有资本经营预算拨款收入|国有资本经营预算财政拨款收入", optional: true),
            Item("superior", "上级补助收入", optional: true), Item("business", "事业收入", optional: true),
            Item("operating", "经营收入|事业单位经营收入", optional: true),
            Item("affiliated", "附属单位上缴收入", optional: true), Item("other", "其他收入", optional: true)))
      ])
  }

  private static func expenditures(_ titles: String) -> Table {
    Table(
      name: "expenditure", titles: titles,
      groups: [
        Group(
          rows: codes,
          columns: .items(
            Item("total", "本年支出合计|合计|总计"), Item("basic", "基本支出"), Item("project", "项目支出"),
            Item("remitted", "上缴上级支出", optional: true),
            Item("operating", "经营支出|事业单位经营支出", optional: true),
            Item("subsidies", "对附属单位补助支出", optional: true)))
      ])
  }

  private static func general(_ titles: String) -> Table {
    Table(
      name: "general", titles: titles,
      groups: [
        Group(
          rows: codes,
          columns: .items(
            Item("total", "合计|本年支出合计|总计"), Item("basic", "基本支出/小计;基本支出"),
            Item("personnel", "基本支出/人员经费", optional: true),
            Item("public", "基本支出/公用经费", optional: true), Item("project", "项目支出")))
      ])
  }

  private static func basic(_ titles: String) -> Table {
    Table(
      name: "basic", titles: titles,
      groups: [
        Group(
          rows: .codes(
            Item("total", "合计|总计"), Item("personnelTotal", "人员经费合计|人员经费小计"),
            Item("publicTotal", "公用经费合计|公用经费小计")),
          columns: .items(
            Item("amount", "合计|决算数|预算数|金额|小计|本年预算数"),
            Item("personnel", "人员经费", optional: true), Item("public", "公用经费", optional: true)))
      ])
  }

  private static func fund(_ titles: String, name: String) -> Table {
    Table(
      name: name, titles: titles,
      groups: [
        Group(
          rows: codes,
          columns: .items(
            Item("opening", "年初结转和结余|年初结转结余", optional: true),
            Item("income", "本年收入", optional: true),
            Item("total", "本年支出/小计|合计;合计|本年支出合计|总计"), Item("basic", "基本支出", optional: true),
            Item("project", "项目支出", optional: true),
            Item("closing", "年末结转和结余|年末结转结余", optional: true)))
      ])
  }

  // MARK: - “三公”经费

  private static let threePublicTitles =
    "三公经费|三公经费支出表|三公经费支出总表|三公经费支出预算表|三公经费支出决算表|三公经费预算表|三公经费预算情况表|三公经费支出情况表|三公经费及会议费培训费支出表|"
    + "三公经费会议费培训费支出决算表|三公经费及会议费培训费支出决算表|三公经费和机关运行经费预算表|三公经费及机关运行经费支出决算表"

  private static func threePublic(columns: Axis) -> Table {
    Table(
      name: "threePublic", titles: threePublicTitles, leastShare: 0.6,
      groups: [
        Group(
          rows: .items(
            Item("total", "合计|总计|三公经费合计|支出合计"),
            Item("abroad", "因公出国费|因公出国境费|因公出国费用|因公出国经费"),
            Item(
              "vehicles",
              "公务用车购置及运行费|公务用车购置及运行维护费|公务用车费|公务用车购置和运行费/小计|合计;公务用车购置及运行费|公务用车购置及运行维护费|公务用车费|公务用车购置和运行费"
            ),
            Item("vehicles.purchase", "公务用车购置费|公务用车购置"),
            Item("vehicles.operation", "公务用车运行费|公务用车运行维护费|公务用车运行"),
            Item("reception", "公务接待费|公务接待")),
          columns: columns)
      ])
  }

  // MARK: - Identities

  private static let identities =
    [
      Identity(
        id: "threePublic.total", table: "threePublic", shape: .columns([]), left: ["total"],
        right: ["abroad", "vehicles", "reception"], rounding: 0.5),
      Identity(
        id: "threePublic.vehicles", table: "threePublic", shape: .columns([]), left: ["vehicles"],
        right: ["vehicles.purchase", "vehicles.operation"], rounding: 0.5),
      Identity(
        id: "summary.balance", shape: .entries, left: ["summary.income.total.amount"],
        right: ["summary.expenditure.total.amount"], rounding: 0.5),
      Identity(
        id: "funding.balance", shape: .entries, left: ["funding.income.total.amount"],
        right: ["funding.expenditure.total.total"], rounding: 0.5),
    ]
    + ["income", "expenditure", "general", "basic", "fund", "capital"].flatMap { table in
      [
        Identity(id: "\(table).codes", table: table, shape: .codes, rounding: 0.5),
        Identity(
          id: "\(table).total", table: table, shape: .topCodes, left: ["total"], rounding: 0.5),
      ]
    }
    + ["expenditure", "general"].map { table in
      Identity(
        id: "\(table).rows", table: table, shape: .rows([]), left: ["total"],
        right: ["basic", "project"], rounding: 0.5)
    }
}
