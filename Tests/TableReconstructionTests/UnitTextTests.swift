import TableReconstruction
import Testing

@Suite struct UnitTextTests {
  @Test(
    "A unit line says the unit behind its colon, or in parentheses",
    arguments: [
      ("单位：万元", "万元"), ("计量单位：个、%", "个、%"), ("（单位:人）", "人"),
      ("Unit: EUR million", "EUR million"), ("(thousands)", "thousands"),
      ("(in %)", "in %"), (" 单位 ： 件 ", "件"), ("Einheit: Tsd.", "Tsd."), ("(in 1 000)", "1 000"),
      ("Angaben in Prozent", "Prozent"),
    ])
  func lines(text: String, unit: String) {
    #expect(UnitText.unit(ofLine: text) == unit)
  }

  @Test(
    "Other lines say none",
    arguments: ["单位名称：市统计局办公室", "单位", "单位：", "thousands", "(see below)", "Table 3", ""])
  func noLines(text: String) {
    #expect(UnitText.unit(ofLine: text) == nil)
  }

  @Test(
    "A header may end with its unit",
    arguments: [
      ("增长（%）", "%"), ("收费金额（单位：万元）", "万元"), ("Area (ha)", "ha"), ("Share in %", "%"),
      ("Exports (EUR million)", "EUR million"),
    ])
  func headers(text: String, unit: String) {
    #expect(UnitText.unit(ofHeader: text) == unit)
  }

  @Test("Parentheses without a unit are part of the name", arguments: ["East (b)", "合计（一）", "GDP"])
  func noHeaders(text: String) {
    #expect(UnitText.unit(ofHeader: text) == nil)
  }

  @Test("A unit is a unit only if nothing else is said")
  func isUnit() {
    #expect(UnitText.isUnit("万元"))
    #expect(UnitText.isUnit(" km² "))
    #expect(!UnitText.isUnit("财政收入"))
    #expect(!UnitText.isUnit(""))
  }

  @Test("A scale with in before it is a unit, a sentence is none")
  func scales() {
    #expect(UnitText.unit(ofLine: "In millions of dollars") == "millions of dollars")
    #expect(UnitText.unit(ofLine: "(in thousand EUR)") == "thousand EUR")
    #expect(UnitText.unit(ofLine: "In millions of cases it rained.") == nil)
    #expect(UnitText.unit(ofLine: "In years past") == nil)
  }
}
