import LayoutAnalysis
import Testing

@Suite struct ListLabelTests {
  @Test(
    "Labels are known from outer to inner forms",
    arguments: [
      ("第一章 总则", "第一章", 1, "总则"), ("第二节 机构", "第二节", 2, "机构"),
      ("一、概述", "一、", 1, "概述"), ("十二、附则", "十二、", 1, "附则"),
      ("（一）主动公开", "（一）", 2, "主动公开"), ("(三)其他", "(三)", 2, "其他"),
      ("1. First", "1.", 3, "First"), ("2、第二", "2、", 3, "第二"), ("3）第三", "3）", 3, "第三"),
      ("（1）甲", "（1）", 4, "甲"), ("(12) b", "(12)", 4, "b"), ("①乙", "①", 5, "乙"),
      ("1.2 Scope", "1.2", 2, "Scope"), ("1.2.3 Terms", "1.2.3", 3, "Terms"),
      ("1.2. Scope", "1.2.", 2, "Scope"),
    ])
  func forms(text: String, label: String, level: Int, rest: String) throws {
    let found = try #require(ListLabel(text))
    #expect((found.text, found.level, found.rest) == (label, level, rest))
  }

  @Test("A bullet has no level", arguments: ["• item", "- item", "■ item", "· item"])
  func bullets(text: String) throws {
    let found = try #require(ListLabel(text))
    #expect(found.level == nil)
    #expect(found.rest == "item")
  }

  @Test(
    "A number without a sign after it, an amount, a year and a label alone are no labels",
    arguments: [
      "12 apples", "1.5%", "2024. Results", "-5", "1.", "一、", "(a) x", "第三方", "一个", "",
      "（2024）年", "3,5",
    ])
  func refusals(text: String) {
    #expect(ListLabel(text) == nil)
  }
}
