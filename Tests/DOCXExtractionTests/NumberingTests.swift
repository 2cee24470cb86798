import Testing

@testable import DOCXExtraction

@Suite struct NumberFormatTests {
  @Test(
    "Numbers are written as their format says",
    arguments: [
      ("decimal", 12, "12"), ("decimalZero", 9, "09"), ("upperRoman", 1994, "MCMXCIV"),
      ("lowerLetter", 28, "bb"), ("ordinal", 112, "112th"), ("ordinal", 3, "3rd"),
      ("cardinalText", 21, "Twenty-one"), ("ordinalText", 30, "Thirtieth"),
      ("chineseCounting", 10, "十"), ("chineseCounting", 21, "二十一"),
      ("chineseCountingThousand", 101, "一百零一"), ("chineseCountingThousand", 110, "一百一十"),
      ("chineseCountingThousand", 1005, "一千零五"), ("chineseCountingThousand", 20_050, "二万零五十"),
      ("chineseLegalSimplified", 10, "壹拾"), ("ideographTraditional", 3, "丙"),
      ("ideographTraditional", 11, "11"), ("decimalEnclosedCircle", 20, "⑳"),
      ("decimalEnclosedCircle", 21, "㉑"), ("decimalFullWidth", 10, "１０"), ("hebrew1", 15, "טו"),
      ("numberInDash", 2, "- 2 -"), ("chicago", 5, "**"),
    ])
  func formats(format: String, number: Int, expected: String) {
    #expect(NumberFormat.text(number, format: format) == expected)
  }

  @Test("A format without a mark prints nothing")
  func none() {
    #expect(NumberFormat.text(1, format: "none") == nil)
  }

  @Test("Numbers of any size are written without a trap", arguments: [-1, 0, 100_000, 1 << 31])
  func extremes(number: Int) {
    for format in ["upperRoman", "lowerLetter", "chineseCounting", "hebrew1", "chicago", "hex"] {
      #expect(NumberFormat.text(number, format: format) != nil)
    }
  }
}

@Suite struct NumberingTests {
  func numbering(_ levels: [Numbering.Level], starts: [Int: Int] = [:]) -> Numbering {
    var numbering = Numbering()
    var abstract = Numbering.AbstractList()
    for (index, level) in levels.enumerated() { abstract.levels[index] = level }
    numbering.abstractLists[0] = abstract
    numbering.lists[1] = Numbering.List(abstractID: 0)
    numbering.lists[2] = Numbering.List(abstractID: 0, starts: starts)
    return numbering
  }

  @Test("A higher item restarts the levels below it, unless they say never")
  func restart() {
    var numbering = numbering([
      Numbering.Level(text: "%1."), Numbering.Level(text: "%1.%2"),
      Numbering.Level(text: "%3)", restart: 0),
    ])
    let labels = [0, 1, 1, 2, 0, 1, 2].map { numbering.next(list: 1, level: $0) }
    #expect(labels == ["1.", "1.1", "1.2", "1)", "2.", "2.1", "2)"])
  }

  @Test("Lists of one abstract list count on; a start of its own counts once")
  func shared() {
    var numbering = numbering([Numbering.Level(text: "%1")], starts: [0: 7])
    let labels = [1, 1, 2, 2, 1].map { numbering.next(list: $0, level: 0) }
    #expect(labels == ["1", "2", "7", "8", "9"])
  }

  @Test("A list that is not defined has no label")
  func undefined() {
    var numbering = Numbering()
    #expect(numbering.next(list: 1, level: 0) == nil)
  }
}
