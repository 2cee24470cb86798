/// How a list number is written.
///
/// Source: ISO/IEC 29500-1, 17.18.59 (ST_NumberFormat).
enum NumberFormat {
  /// A number in the given format; nil for formats that print nothing.
  static func text(_ number: Int, format: String) -> String? {
    switch format {
    case "none": return nil
    case "bullet": return "•"
    case "upperRoman": return roman(number)
    case "lowerRoman": return roman(number).lowercased()
    case "upperLetter": return letter(number, from: "A")
    case "lowerLetter": return letter(number, from: "a")
    case "ordinal": return ordinal(number)
    case "cardinalText": return capitalized(cardinalText(number))
    case "ordinalText": return capitalized(ordinalText(number))
    case "hex": return String(max(0, number), radix: 16, uppercase: true)
    case "chicago": return chicago(number)
    case "decimalZero": return number < 10 && number >= 0 ? "0\(number)" : "\(number)"
    case "decimalFullWidth", "decimalFullWidth2": return fullWidth(number)
    case "decimalEnclosedCircle", "decimalEnclosedCircleChinese":
      return enclosed(number, in: [(1, 20, 0x2460), (21, 35, 0x3251), (36, 50, 0x32B1)])
    case "decimalEnclosedFullstop": return enclosed(number, in: [(1, 20, 0x2488)])
    case "decimalEnclosedParen": return enclosed(number, in: [(1, 20, 0x2474)])
    case "ideographEnclosedCircle": return enclosed(number, in: [(1, 10, 0x3280)])
    case "ideographTraditional": return cycled(number, "甲乙丙丁戊己庚辛壬癸")
    case "ideographZodiac": return cycled(number, "子丑寅卯辰巳午未申酉戌亥")
    case "ideographZodiacTraditional": return zodiac(number)
    case "chineseCounting": return chineseCounting(number)
    case "chineseCountingThousand", "taiwaneseCountingThousand", "japaneseCounting":
      return myriad(number, digits: "零一二三四五六七八九", places: ["", "十", "百", "千"])
    case "taiwaneseCounting": return chineseCounting(number)
    case "chineseLegalSimplified":
      return myriad(
        number, digits: "零壹贰叁肆伍陆柒捌玖", places: ["", "拾", "佰", "仟"], keepsLeadingOne: true)
    case "ideographLegalTraditional":
      return myriad(
        number, digits: "零壹貳參肆伍陸柒捌玖", places: ["", "拾", "佰", "仟"], keepsLeadingOne: true,
        tenThousand: "萬")
    case "japaneseLegal":
      return myriad(
        number, digits: "零壱弐参四伍六七八九", places: ["", "拾", "百", "阡"], keepsLeadingOne: true,
        tenThousand: "萬")
    case "koreanCounting":
      return myriad(
        number, digits: "영일이삼사오육칠팔구", places: ["", "십", "백", "천"], tenThousand: "만",
        writesZero: false)
    case "ideographDigital", "japaneseDigitalTenThousand", "taiwaneseDigital", "koreanDigital2":
      return digitwise(number, "〇一二三四五六七八九")
    case "koreanDigital": return digitwise(number, "영일이삼사오육칠팔구")
    case "koreanLegal": return koreanLegal(number)
    case "ganada": return cycled(number, "가나다라마바사아자차카타파하")
    case "chosung": return cycled(number, "ㄱㄴㄷㄹㅁㅂㅅㅇㅈㅊㅋㅌㅍㅎ")
    case "aiueo", "aiueoFullWidth":
      return cycled(number, "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲン")
    case "iroha", "irohaFullWidth":
      return cycled(number, "イロハニホヘトチリヌルヲワカヨタレソツネナラムウヰノオクヤマケフコエテアサキユメミシヱヒモセス")
    case "russianLower": return cycled(number, "абвгдежзиклмнопрстуфхцчшщыэюя")
    case "russianUpper": return cycled(number, "АБВГДЕЖЗИКЛМНОПРСТУФХЦЧШЩЫЭЮЯ")
    case "hebrew1": return hebrew(number)
    case "hebrew2": return cycled(number, "אבגדהוזחטיכלמנסעפצקרשת")
    case "arabicAlpha": return cycled(number, "أبتثجحخدذرزسشصضطظعغفقكلمنهوي")
    case "arabicAbjad": return cycled(number, "أبجدهوزحطيكلمنسعفصقرشتثخذضظغ")
    case "hindiNumbers": return digitwise(number, "०१२३४५६७८९")
    case "thaiNumbers": return digitwise(number, "๐๑๒๓๔๕๖๗๘๙")
    case "thaiLetters": return cycled(number, "กขคงจฉชซฌญฎฏฐฑฒณดตถทธนบปผฝพฟภมยรลวศษสหฬอฮ")
    case "numberInDash": return "- \(number) -"
    default: return "\(number)"
    }
  }

  private static func roman(_ number: Int) -> String {
    guard (1...32_767).contains(number) else { return "\(number)" }
    let parts: [(Int, String)] = [
      (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"),
      (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
    ]
    var rest = number
    var result = ""
    for (value, letters) in parts {
      while rest >= value {
        result += letters
        rest -= value
      }
    }
    return result
  }

  /// A … Z, then AA, BB … : the letter repeated, as Word does.
  private static func letter(_ number: Int, from first: Unicode.Scalar) -> String {
    guard (1...26 * 30).contains(number),
      let scalar = Unicode.Scalar(first.value + UInt32((number - 1) % 26))
    else { return "\(number)" }
    return String(repeating: String(scalar), count: (number - 1) / 26 + 1)
  }

  private static func ordinal(_ number: Int) -> String {
    let tens = abs(number) % 100
    switch (abs(number) % 10, tens) {
    case (_, 11...13): return "\(number)th"
    case (1, _): return "\(number)st"
    case (2, _): return "\(number)nd"
    case (3, _): return "\(number)rd"
    default: return "\(number)th"
    }
  }

  private static let ones = [
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
    "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen",
    "nineteen",
  ]
  private static let tens = [
    "", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety",
  ]
  private static let ordinals = [
    "zeroth", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth",
    "tenth", "eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth",
    "seventeenth", "eighteenth", "nineteenth",
  ]

  private static func cardinalText(_ number: Int) -> String {
    guard (0..<10_000).contains(number) else { return "\(number)" }
    if number < 20 { return ones[number] }
    if number < 100 {
      return tens[number / 10] + (number % 10 == 0 ? "" : "-" + ones[number % 10])
    }
    let (unit, name) = number < 1000 ? (100, "hundred") : (1000, "thousand")
    let rest = number % unit
    return cardinalText(number / unit) + " " + name + (rest == 0 ? "" : " " + cardinalText(rest))
  }

  private static func ordinalText(_ number: Int) -> String {
    guard (0..<10_000).contains(number) else { return ordinal(number) }
    if number < 20 { return ordinals[number] }
    if number < 100 {
      if number % 10 != 0 { return tens[number / 10] + "-" + ordinals[number % 10] }
      return tens[number / 10].dropLast() + "ieth"
    }
    let (unit, name) = number < 1000 ? (100, "hundred") : (1000, "thousand")
    let rest = number % unit
    let head = cardinalText(number / unit) + " " + name
    return rest == 0 ? head + "th" : head + " " + ordinalText(rest)
  }

  private static func capitalized(_ text: String) -> String {
    text.prefix(1).uppercased() + text.dropFirst()
  }

  private static func chicago(_ number: Int) -> String {
    let marks = ["*", "†", "‡", "§"]
    guard (1...400).contains(number) else { return "\(number)" }
    return String(repeating: marks[(number - 1) % 4], count: (number - 1) / 4 + 1)
  }

  private static func fullWidth(_ number: Int) -> String {
    String(
      String.UnicodeScalarView(
        "\(number)".unicodeScalars.map {
          Unicode.Scalar($0.value + ((0x30...0x39).contains($0.value) ? 0xFEE0 : 0)) ?? $0
        }))
  }

  private static func enclosed(_ number: Int, in ranges: [(Int, Int, UInt32)]) -> String {
    for (first, last, base) in ranges where (first...last).contains(number) {
      if let scalar = Unicode.Scalar(base + UInt32(number - first)) { return String(scalar) }
    }
    return "\(number)"
  }

  /// The characters one after the other; behind the last one numbers are decimal.
  private static func cycled(_ number: Int, _ characters: String) -> String {
    let list = Array(characters)
    return (1...list.count).contains(number) ? String(list[number - 1]) : "\(number)"
  }

  private static func digitwise(_ number: Int, _ digits: String) -> String {
    let list = Array(digits)
    return "\(max(0, number))".reduce(into: "") { $0.append(list[$1.wholeNumberValue ?? 0]) }
  }

  /// The sixty-year cycle of stems and branches.
  private static func zodiac(_ number: Int) -> String {
    let stems = Array("甲乙丙丁戊己庚辛壬癸")
    let branches = Array("子丑寅卯辰巳午未申酉戌亥")
    guard (1...60).contains(number) else { return "\(number)" }
    return String(stems[(number - 1) % 10]) + String(branches[(number - 1) % 12])
  }

  /// Up to 99 with 十, from 100 on digit by digit (ISO/IEC 29500-1, 17.18.59, chineseCounting).
  private static func chineseCounting(_ number: Int) -> String {
    number < 100
      ? myriad(number, digits: "〇一二三四五六七八九", places: ["", "十", "百", "千"])
      : digitwise(number, "〇一二三四五六七八九")
  }

  /// The Chinese way to write a number with words for the places.
  private static func myriad(
    _ number: Int, digits: String, places: [String], keepsLeadingOne: Bool = false,
    tenThousand: String = "万", writesZero: Bool = true
  ) -> String {
    guard (0..<100_000_000).contains(number) else { return "\(number)" }
    let digits = Array(digits)
    if number == 0 { return String(digits[0]) }
    func group(_ value: Int, isFirst: Bool) -> String {
      var result = ""
      var needsZero = !isFirst && value < 1000
      for place in [3, 2, 1, 0] {
        let digit = value / [1, 10, 100, 1000][place] % 10
        if digit == 0 {
          if !result.isEmpty { needsZero = true }
          continue
        }
        if needsZero, writesZero { result.append(digits[0]) }
        needsZero = false
        let isLeadingTen = isFirst && result.isEmpty && place == 1 && digit == 1
        if !(isLeadingTen && !keepsLeadingOne) { result.append(digits[digit]) }
        result += places[place]
      }
      return result
    }
    let high = number / 10_000
    let low = number % 10_000
    if high == 0 { return group(low, isFirst: true) }
    return group(high, isFirst: true) + tenThousand + (low == 0 ? "" : group(low, isFirst: false))
  }

  private static func koreanLegal(_ number: Int) -> String {
    let ones = ["", "하나", "둘", "셋", "넷", "다섯", "여섯", "일곱", "여덟", "아홉"]
    let tens = ["", "열", "스물", "서른", "마흔", "쉰", "예순", "일흔", "여든", "아흔"]
    guard (1...99).contains(number) else { return "\(number)" }
    return tens[number / 10] + ones[number % 10]
  }

  private static func hebrew(_ number: Int) -> String {
    guard (1...999).contains(number) else { return "\(number)" }
    let values: [(Int, String)] = [
      (400, "ת"), (300, "ש"), (200, "ר"), (100, "ק"), (90, "צ"), (80, "פ"), (70, "ע"), (60, "ס"),
      (50, "נ"), (40, "מ"), (30, "ל"), (20, "כ"), (16, "טז"), (15, "טו"), (10, "י"), (9, "ט"),
      (8, "ח"), (7, "ז"), (6, "ו"), (5, "ה"), (4, "ד"), (3, "ג"), (2, "ב"), (1, "א"),
    ]
    var rest = number
    var result = ""
    for (value, letter) in values {
      while rest >= value && !(value == 15 && rest != 15) && !(value == 16 && rest != 16) {
        result += letter
        rest -= value
      }
    }
    return result
  }
}
