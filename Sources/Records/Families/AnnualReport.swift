/// 政府信息公开工作年度报告: what every administrative organ of China reports once a year.
///
/// Three generations: the statistics of 国办发〔2014〕32号, the six sections and three tables of
/// 国办公开办函〔2019〕60号, and those of 国办公开办函〔2021〕30号.
extension FamilyDescription {
  package static let annualReport = FamilyDescription(
    name: "cn.gov.disclosure.annual-report",
    titles: [
      "信息公开工作年度报告", "信息公开年度报告", "信息公开年报", "信息公开工作年报", "信息公开工作报告", "信息公开工作情况报告", "信息公开工作情况的报告",
      "信息公开报告",
    ],
    foreignTitles: ["通知", "办法", "规定", "格式", "解读", "培训", "指南"],
    cues: [
      "行政规范性文件", "规范性文件", "行政许可", "行政处罚", "信息内容", "申请人情况", "自然人", "行政复议", "行政诉讼", "统计指标", "统计数",
      "收到申请数", "申请答复数",
      "本年新收政府信息公开申请数量", "予以公开", "部分公开", "不予公开", "结转下年度继续办理",
    ],
    evidence: Evidence(
      tablesWithTitle: 1, tables: 2, telling: ["requests", "statistics"], sectionsWithTitle: 4),
    generations: [
      Generation(
        name: "2021", years: 2021...2100, sections: sections,
        tables: [
          Table(
            name: "disclosure",
            groups: [
              Group(
                rows: .items(
                  Item("regulations", "规章|政府规章|部门规章"),
                  Item("normativeDocuments", "行政规范性文件|规范性文件")),
                columns: .items(
                  Item("issued", "本年制发件数|制发件数|本年制定件数|本年印发件数"),
                  Item("repealed", "本年废止件数|废止件数|本年度止件数|本年失效件数"),
                  Item("inForce", "现行有效件数|现行有效件|现行有效数"))),
              Group(
                rows: .items(Item("licensing", "行政许可")),
                columns: .items(Item("decisions", "本年处理决定数量|处理决定数量"))),
              Group(
                rows: .items(Item("punishment", "行政处罚"), Item("coercion", "行政强制")),
                columns: .items(Item("decisions", "本年处理决定数量|处理决定数量"))),
              Group(
                rows: .items(Item("fees", "行政事业性收费")),
                columns: .items(Item("amountWanYuan", "本年收费金额|收费金额|本年收费总金额"))),
            ]),
          Table(
            name: "requests",
            groups: [
              Group(
                rows: Axis(
                  kind: .items,
                  items: requestRows + [
                    Item(
                      "otherHandling.notCorrected",
                      "本年度办理结果/其他处理/申请人无正当理由逾期不补正行政机关不再处理其政府信息公开申请|申请人无正当理由逾期不补正|逾期不补正"),
                    Item(
                      "otherHandling.feeUnpaid",
                      "本年度办理结果/其他处理/申请人逾期未按收费通知要求缴纳费用行政机关不再处理其政府信息公开申请|申请人逾期未按收费通知要求缴纳费用|逾期未缴纳费用"),
                    Item("otherHandling.other", "本年度办理结果/其他处理/其他|其它"),
                  ] + lastRequestRows),
                columns: applicants)
            ]),
          review,
        ],
        identities: requestIdentities(
          other: ["otherHandling.notCorrected", "otherHandling.feeUnpaid", "otherHandling.other"]),
        checks: [
          Check(
            id: "disclosure.counts",
            shape: .counts(
              table: "disclosure", columns: ["issued", "repealed", "inForce", "decisions"])),
          Check(
            id: "disclosure.inForce",
            shape: .stock(
              table: "disclosure", rows: ["regulations", "normativeDocuments"], stock: "inForce",
              added: "issued", removed: "repealed")),
        ] + checks),
      Generation(
        name: "2019", years: 2019...2020, sections: sections,
        tables: [
          Table(
            name: "disclosure",
            groups: [
              Group(
                rows: .items(
                  Item("regulations", "规章|政府规章|部门规章"),
                  Item("normativeDocuments", "规范性文件|行政规范性文件")),
                columns: .items(
                  Item("made", "本年新制作数量|本年新制作数|新制作数量"),
                  Item("published", "本年新公开数量|本年新公开数|新公开数量"),
                  Item("publicTotal", "对外公开总数量|对外公开总数"))),
              Group(
                rows: .items(Item("licensing", "行政许可"), Item("otherServices", "其他对外管理服务事项")),
                columns: itemColumns),
              Group(
                rows: .items(Item("punishment", "行政处罚"), Item("coercion", "行政强制")),
                columns: itemColumns),
              Group(
                rows: .items(Item("fees", "行政事业性收费")),
                columns: .items(
                  Item("previousItems", "上一年项目数量|上年项目数量"), Item("change", "本年增减|增减"))),
              Group(
                rows: .items(Item("procurement", "政府集中采购")),
                columns: .items(
                  Item("projects", "采购项目数量|采购项目数"), Item("amount", "采购总金额|采购金额"))),
            ]),
          Table(
            name: "requests",
            groups: [
              Group(
                rows: Axis(
                  kind: .items,
                  items: requestRows + [Item("otherHandling", "本年度办理结果/其他处理|其它处理")]
                    + lastRequestRows),
                columns: applicants)
            ]),
          review,
        ],
        identities: requestIdentities(other: ["otherHandling"]), checks: checks),
      Generation(
        name: "2014", years: 2008...2018, cues: ["统计指标", "统计数", "收到申请数", "申请答复数"],
        sections: [
          Section(name: "overview", labels: "概述|总体情况|基本情况|概况"),
          Section(name: "problems", labels: "存在的主要问题和改进措施|存在的主要问题及改进情况|存在问题及改进措施|主要问题和改进措施"),
          Section(name: "appendix", labels: "附表|附件|附表统计表"),
        ],
        tables: [
          Table(
            name: "statistics",
            groups: [
              Group(
                rows: Axis(kind: .items, items: statistics),
                columns: .items(Item("count", "统计数|统计数据|数量|数据|合计")))
            ])
        ],
        identities: [
          sum("stat.requests", "requests", ["inPerson", "fax", "online", "letter"]),
          sum("stat.closed", "closed", ["onTime", "extended"]),
          sum(
            "stat.replied", "replied",
            [
              "alreadyPublic", "granted", "partial", "refused", "otherAgency", "absent", "amend",
              "otherRoute",
            ]),
          Identity(
            id: "stat.replied.refused", table: "statistics", shape: .columns(["count"]),
            left: ["replied.refused"],
            right: ["secret", "trade", "privacy", "security", "notDefined", "other"].map {
              "refused.\($0)"
            }),
          sum("stat.reconsiderations", "reconsiderations", ["upheld", "corrected", "other"]),
          sum("stat.suits", "suits", ["upheld", "corrected", "other"]),
          sum("stat.staff", "staff", ["fullTime", "partTime"]),
        ],
        checks: [
          Check(
            id: "prose.received",
            shape: .prose(receivedPhrases, figure: "statistics.requests.count", none: noneReceived))
        ]),
    ])

  // MARK: - Sections

  private static let sections = [
    Section(name: "overview", labels: "总体情况|概述|基本情况|总体概况"),
    Section(name: "disclosure", labels: "主动公开政府信息情况|主动公开政府信息的情况|主动公开情况|政府信息主动公开情况"),
    Section(
      name: "requests",
      labels:
        "收到和处理政府信息公开申请情况|收到和处理政府信息公开申请的情况|政府信息公开申请情况|收到和处理政府信息公开情况|依申请公开情况|依申请公开政府信息情况|收到和处理信息公开申请情况"
    ),
    Section(
      name: "review",
      labels:
        "政府信息公开行政复议行政诉讼情况|因政府信息公开工作被申请行政复议提起行政诉讼情况|行政复议行政诉讼情况|政府信息公开行政复议和行政诉讼情况|政府信息公开行政复议诉讼情况|因政府信息公开工作被申请行政复议提起行政诉讼的情况"
    ),
    Section(
      name: "problems",
      labels:
        "存在的主要问题及改进情况|政府信息公开工作存在的主要问题及改进情况|存在的主要问题和改进情况|存在问题及改进情况|存在的问题及改进措施|存在的主要问题及改进措施|主要问题及改进情况"
    ),
    Section(name: "otherMatters", labels: "其他需要报告的事项|需要报告的其他事项|其他需要报告事项|其他事项"),
  ]

  // MARK: - Requests

  private static let applicants = Axis.items(
    Item("naturalPerson", "自然人|公民"),
    Item("enterprise", "法人或其他组织/商业企业|企业"),
    Item("research", "法人或其他组织/科研机构|科研企业|科研单位|科研院所"),
    Item("publicInterest", "法人或其他组织/社会公益组织|公益组织|社会公益机构"),
    Item("legalService", "法人或其他组织/法律服务机构|法律服务组织"),
    Item("other", "法人或其他组织/其他|其它"),
    Item("total", "总计|合计|总数"))

  private static let requestRows = [
    Item("received", "本年新收政府信息公开申请数量|本年新收政府信息公开申请|本年新收申请数量|本年新收"),
    Item("carriedIn", "上年结转政府信息公开申请数量|上年结转政府信息公开申请|上年度结转政府信息公开申请数量|上年结转申请数量|上年结转"),
    Item("granted", "本年度办理结果/予以公开|予以公开全部公开|全部公开"),
    Item("partial", "本年度办理结果/部分公开|部分公开区分处理的只计这一情形不计其他情形"),
    Item("refused.stateSecret", "本年度办理结果/不予公开/属于国家秘密|国家秘密"),
    Item("refused.forbiddenByLaw", "本年度办理结果/不予公开/其他法律行政法规禁止公开|法律行政法规禁止公开"),
    Item("refused.securityStability", "本年度办理结果/不予公开/危及三安全一稳定|三安全一稳定"),
    Item("refused.thirdParty", "本年度办理结果/不予公开/保护第三方合法权益|第三方合法权益"),
    Item("refused.internalAffairs", "本年度办理结果/不予公开/属于三类内部事务信息|三类内部事务信息|三类内容事务信息"),
    Item("refused.deliberative", "本年度办理结果/不予公开/属于四类过程性信息|四类过程性信息"),
    Item("refused.enforcementFile", "本年度办理结果/不予公开/属于行政执法案卷|行政执法案卷|属于行政执法案卷信息"),
    Item("refused.adminQuery", "本年度办理结果/不予公开/属于行政查询事项|行政查询事项"),
    Item("unavailable.notHeld", "本年度办理结果/无法提供/本机关不掌握相关政府信息|不掌握相关政府信息"),
    Item("unavailable.mustBeCreated", "本年度办理结果/无法提供/没有现成信息需要另行制作|需要另行制作"),
    Item("unavailable.stillUnclear", "本年度办理结果/无法提供/补正后申请内容仍不明确|申请内容仍不明确"),
    Item("notProcessed.petition", "本年度办理结果/不予处理/信访举报投诉类申请|信访投诉举报类申请"),
    Item("notProcessed.repeated", "本年度办理结果/不予处理/重复申请"),
    Item("notProcessed.publication", "本年度办理结果/不予处理/要求提供公开出版物"),
    Item("notProcessed.excessive", "本年度办理结果/不予处理/无正当理由大量反复申请|大量反复申请"),
    Item("notProcessed.reconfirm", "本年度办理结果/不予处理/要求行政机关确认或重新出具已获取信息|确认或重新出具已获取信息"),
  ]

  private static let lastRequestRows = [
    Item("processed", "本年度办理结果/总计|合计|总数"),
    Item("carriedOut", "结转下年度继续办理|结转下年继续办理|结转下年度"),
  ]

  private static func requestIdentities(other: [String]) -> [Identity] {
    let results = requestRows.map(\.name).filter { $0 != "received" && $0 != "carriedIn" } + other
    return [
      Identity(
        id: "requests.balance", table: "requests", shape: .columns([]),
        left: ["received", "carriedIn"], right: ["processed", "carriedOut"]),
      Identity(
        id: "requests.processed", table: "requests", shape: .columns([]), left: ["processed"],
        right: results),
      Identity(
        id: "requests.rowTotal", table: "requests", shape: .rows([]), left: ["total"],
        right: [
          "naturalPerson", "enterprise", "research", "publicInterest", "legalService", "other",
        ]),
      Identity(
        id: "review.total", table: "review", shape: .rows([]), left: ["total"],
        right: ["upheld", "corrected", "other", "pending"]),
    ]
  }

  // MARK: - Disclosure, review

  private static let itemColumns = Axis.items(
    Item("previousItems", "上一年项目数量|上年项目数量"), Item("change", "本年增减|增减"),
    Item("decisions", "处理决定数量|本年处理决定数量"))

  private static let review = Table(
    name: "review",
    groups: [
      Group(
        rows: .items(
          Item("reconsideration", "行政复议"),
          Item("directSuit", "行政诉讼/未经复议直接起诉|未经复议直接诉讼|直接起诉"),
          Item("suitAfterReconsideration", "行政诉讼/复议后起诉|复议后诉讼|经复议后起诉")),
        columns: .items(
          Item("upheld", "结果维持|维持"), Item("corrected", "结果纠正|纠正|结果纠错"), Item("other", "其他结果|其它结果"),
          Item("pending", "尚未审结|未审结"), Item("total", "总计|合计")))
    ])

  // MARK: - Checks

  private static let receivedPhrases = [
    "收到政府信息公开申请", "收到政府信息公开申请共", "新收政府信息公开申请", "受理政府信息公开申请", "收到依申请公开", "收到信息公开申请",
    "收到依申请公开政府信息", "收到公民法人或其他组织政府信息公开申请", "收到各类政府信息公开申请",
  ]
  private static let noneReceived = ["未收到政府信息公开申请", "没有收到政府信息公开申请", "未收到依申请公开", "未收到信息公开申请"]

  private static let checks = [
    Check(id: "requests.counts", shape: .counts(table: "requests", columns: [])),
    Check(id: "review.counts", shape: .counts(table: "review", columns: [])),
    Check(
      id: "prose.received",
      shape: .prose(receivedPhrases, figure: "requests.received.total", none: noneReceived)),
    Check(
      id: "prose.carriedOut",
      shape: .prose(["结转下年度继续办理", "结转下年继续办理"], figure: "requests.carriedOut.total", none: [])),
    Check(
      id: "prose.carriedIn",
      shape: .prose(
        ["上年结转政府信息公开申请", "上年度结转政府信息公开申请", "上年结转"], figure: "requests.carriedIn.total", none: [])),
    Check(
      id: "fees.explained",
      shape: .explained(
        figure: "disclosure.fees.amountWanYuan", section: "otherMatters",
        words: ["收费", "处理费", "收取"])),
    Check(
      id: "requests.carriedOver",
      shape: .nextYear(table: "requests", row: "carriedOut", nextRow: "carriedIn")),
  ]

  // MARK: - Statistics of 2014

  private static func sum(_ id: String, _ total: String, _ parts: [String]) -> Identity {
    Identity(
      id: id, table: "statistics", shape: .columns(["count"]), left: [total],
      right: parts.map { "\(total).\($0)" })
  }

  private static let statistics = [
    Item("published", "主动公开政府信息数"),
    Item("published.normative", "主动公开政府信息数/主动公开规范性文件数"),
    Item("normative.issued", "制发规范性文件总数"),
    Item("channel.gazette", "通过不同渠道和方式公开政府信息的情况/政府公报公开政府信息数"),
    Item("channel.website", "通过不同渠道和方式公开政府信息的情况/政府网站公开政府信息数"),
    Item("channel.weibo", "通过不同渠道和方式公开政府信息的情况/政务微博公开政府信息数"),
    Item("channel.wechat", "通过不同渠道和方式公开政府信息的情况/政务微信公开政府信息数"),
    Item("channel.other", "通过不同渠道和方式公开政府信息的情况/其他方式公开政府信息数"),
    Item("hotspots", "回应解读情况/回应公众关注热点或重大舆情数"),
    Item("press", "通过不同渠道和方式回应解读的情况/参加或举办新闻发布会总次数"),
    Item("press.chief", "参加或举办新闻发布会总次数/主要负责同志参加新闻发布会次数"),
    Item("interviews", "通过不同渠道和方式回应解读的情况/政府网站在线访谈次数"),
    Item("interviews.chief", "政府网站在线访谈次数/主要负责同志参加政府网站在线访谈次数"),
    Item("articles", "通过不同渠道和方式回应解读的情况/政策解读稿件发布数"),
    Item("weibo.responses", "通过不同渠道和方式回应解读的情况/微博微信回应事件数"),
    Item("other.responses", "通过不同渠道和方式回应解读的情况/其他方式回应事件数"),
    Item("requests", "依申请公开情况/收到申请数"),
    Item("requests.inPerson", "收到申请数/当面申请数"),
    Item("requests.fax", "收到申请数/传真申请数"),
    Item("requests.online", "收到申请数/网络申请数"),
    Item("requests.letter", "收到申请数/信函申请数"),
    Item("closed", "依申请公开情况/申请办结数"),
    Item("closed.onTime", "申请办结数/按时办结数"),
    Item("closed.extended", "申请办结数/延期办结数"),
    Item("replied", "依申请公开情况/申请答复数"),
    Item("replied.alreadyPublic", "申请答复数/属于已主动公开范围数"),
    Item("replied.granted", "申请答复数/同意公开答复数"),
    Item("replied.partial", "申请答复数/同意部分公开答复数"),
    Item("replied.refused", "申请答复数/不同意公开答复数"),
    Item("refused.secret", "不同意公开答复数/涉及国家秘密"),
    Item("refused.trade", "不同意公开答复数/涉及商业秘密"),
    Item("refused.privacy", "不同意公开答复数/涉及个人隐私"),
    Item("refused.security", "不同意公开答复数/危及国家安全公共安全经济安全和社会稳定"),
    Item("refused.notDefined", "不同意公开答复数/不是条例所指政府信息|不是《条例》所指政府信息"),
    Item("refused.other", "不同意公开答复数/法律法规规定的其他情形"),
    Item("replied.otherAgency", "申请答复数/不属于本行政机关公开数"),
    Item("replied.absent", "申请答复数/申请信息不存在数"),
    Item("replied.amend", "申请答复数/告知作出更改补充数"),
    Item("replied.otherRoute", "申请答复数/告知通过其他途径办理数"),
    Item("reconsiderations", "行政复议数量"),
    Item("reconsiderations.upheld", "行政复议数量/维持具体行政行为数"),
    Item("reconsiderations.corrected", "行政复议数量/被依法纠错数"),
    Item("reconsiderations.other", "行政复议数量/其他情形数"),
    Item("suits", "行政诉讼数量"),
    Item("suits.upheld", "行政诉讼数量/维持具体行政行为或者驳回原告诉讼请求数"),
    Item("suits.corrected", "行政诉讼数量/被依法纠错数"),
    Item("suits.other", "行政诉讼数量/其他情形数"),
    Item("complaints", "举报投诉数量"),
    Item("fees", "依申请公开信息收取的费用"),
    Item("offices", "机构建设和保障经费情况/政府信息公开工作专门机构数"),
    Item("readingPoints", "机构建设和保障经费情况/设置政府信息公开查阅点数"),
    Item("staff", "机构建设和保障经费情况/从事政府信息公开工作人员数"),
    Item("staff.fullTime", "从事政府信息公开工作人员数/专职人员数"),
    Item("staff.partTime", "从事政府信息公开工作人员数/兼职人员数"),
    Item("budget", "机构建设和保障经费情况/政府信息公开专项经费"),
    Item("meetings", "政府信息公开会议和培训情况/召开政府信息公开工作会议或专题会议数"),
    Item("courses", "政府信息公开会议和培训情况/举办各类培训班数"),
    Item("trainees", "政府信息公开会议和培训情况/接受培训人员数"),
  ]
}
