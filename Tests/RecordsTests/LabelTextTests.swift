import Testing

@testable import Records

@Suite struct LabelTextTests {
  @Test(
    "Printings of one label are equal",
    arguments: [
      ("１． 属于国家秘密", "属于国家秘密"), ("（三）不予公开", "不予公开"), ("(三) 不 予\n公开", "不予公开"),
      ("三、本年度办理结果", "本年办理结果"), ("本年（2023）处理决定数量", "本年处理决定数量"),
      ("规章（设区的市、自治州人民政府应提供相关数据）", "规章"), ("因公出国（境）费", "因公出国费"),
      ("其中：涉及国家秘密", "涉及国家秘密"), ("危及\"三安全一稳定\"", "危及“三安全一稳定”"), ("本年增/减", "本年增减"),
      ("2023年制发件数", "制发件数"), ("1 公务接待费", "公务接待费"),
    ])
  func equal(printed: String, label: String) {
    #expect(LabelText(printed) == LabelText(label))
  }

  @Test(
    "Different labels stay different",
    arguments: [("结果维持", "结果纠正"), ("三类内部事务信息", "类内部事务信息"), ("其他处理", "其他"), ("上年结转", "本年新收")])
  func different(one: String, other: String) {
    #expect(LabelText(one) != LabelText(other))
  }

  @Test("Misprints are more like their label than other labels are")
  func likeness() {
    let printed = LabelText("本年度止件数")
    #expect(
      printed.likeness(to: LabelText("本年废止件数")) > printed.likeness(to: LabelText("本年制发件数")))
    #expect(LabelText("").likeness(to: LabelText("规章")) == 0)
    #expect(LabelText("（本列数据的勾稽关系）").isEmpty)
  }
}
