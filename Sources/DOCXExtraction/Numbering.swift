internal import PackageReading

/// The lists of a document and the numbers they have reached.
///
/// A paragraph names a list (`numId`) and a level; the list names an abstract list, which holds
/// the form of the levels and, because several lists may share it, the counters. A list may
/// override a level or its start; the start counts the first time that list is used.
///
/// Source: ISO/IEC 29500-1, 17.9.
struct Numbering {
  struct Level {
    var start = 1
    var format = "decimal"
    var text = ""
    var isLegal = false
    /// The level (from 1) whose use restarts this one; 0 for never, nil for every higher one.
    var restart: Int?
    var styleID: String?
    var font: String?
  }

  struct AbstractList {
    var levels: [Int: Level] = [:]
    var styleLink: String?
    var numberingStyleLink: String?
    /// The number that each level has reached; nil before its first use.
    var reached = [Int?](repeating: nil, count: Numbering.levelCount)
  }

  struct List {
    var abstractID = 0
    var levels: [Int: Level] = [:]
    var starts: [Int: Int] = [:]
    /// Levels whose own start was used.
    var started: Set<Int> = []
  }

  static let levelCount = 9

  var abstractLists: [Int: AbstractList] = [:]
  var lists: [Int: List] = [:]

  /// The level of a list that belongs to one of these styles, nearest first.
  func level(ofStyles chain: [String], list id: Int) -> Int? {
    guard let list = lists[id], let abstract = abstractLists[resolved(list.abstractID)] else {
      return nil
    }
    for style in chain {
      for level in 0..<Self.levelCount {
        if (list.levels[level] ?? abstract.levels[level])?.styleID == style { return level }
      }
    }
    return nil
  }

  /// Counts one more item and returns its printed label; empty for a level without one, nil when
  /// there is no such list.
  mutating func next(list id: Int, level requested: Int) -> String? {
    guard var list = lists[id] else { return nil }
    let level = min(max(0, requested), Self.levelCount - 1)
    let abstractID = resolved(list.abstractID)
    guard var abstract = abstractLists[abstractID] else { return nil }
    func form(_ level: Int) -> Level {
      list.levels[level] ?? abstract.levels[level] ?? Level(start: 0, format: "none")
    }
    if let start = list.starts[level], list.started.insert(level).inserted {
      abstract.reached[level] = start
    } else if let number = abstract.reached[level] {
      abstract.reached[level] = number + 1
    } else {
      abstract.reached[level] = list.starts[level] ?? form(level).start
    }
    for deeper in level + 1..<Self.levelCount + 1 where deeper < Self.levelCount {
      let restart = form(deeper).restart
      if restart.map({ $0 != 0 && level + 1 <= $0 }) ?? true { abstract.reached[deeper] = nil }
    }
    let label = Self.label(level: level, form: form) { place in
      abstract.reached[place] ?? list.starts[place] ?? form(place).start
    }
    abstractLists[abstractID] = abstract
    lists[id] = list
    return label
  }

  /// The label with each `%n` replaced by the number of level n.
  private static func label(
    level: Int, form: (Int) -> Level, number: (Int) -> Int
  ) -> String {
    let own = form(level)
    if own.format == "bullet" {
      return String(
        String.UnicodeScalarView(
          own.text.unicodeScalars.map { SymbolFont.bullet($0, font: own.font) }))
    }
    var result = ""
    var isPlaceholder = false
    for character in own.text {
      if isPlaceholder {
        isPlaceholder = false
        if let place = character.wholeNumberValue, (1...levelCount).contains(place) {
          let format = own.isLegal ? "decimal" : form(place - 1).format
          result += NumberFormat.text(number(place - 1), format: format) ?? ""
        } else {
          result += "%\(character)"
        }
      } else if character == "%" {
        isPlaceholder = true
      } else {
        result.append(character)
      }
    }
    if isPlaceholder { result += "%" }
    return result
  }

  /// The abstract list that really holds the levels, behind a link to a numbering style.
  private func resolved(_ id: Int) -> Int {
    guard let link = abstractLists[id]?.numberingStyleLink else { return id }
    return abstractLists.filter { $0.value.styleLink == link }.keys.min() ?? id
  }
}

/// Reads `numbering.xml` into `Numbering`.
final class NumberingReader: XMLHandler {
  var numbering = Numbering()
  private var abstractID: Int?
  private var abstract = Numbering.AbstractList()
  private var listID: Int?
  private var list = Numbering.List()
  private var levelIndex: Int?
  private var level = Numbering.Level()
  private var overriddenLevel = 0

  override func start(_ name: XMLName, _ attributes: XMLAttributes) {
    switch name {
    case .abstractNumbering:
      abstractID = attributes.int(.abstractNumId)
      abstract = Numbering.AbstractList()
    case .numbering:
      listID = attributes.int(.numId)
      list = Numbering.List()
    case .abstractNumberingID: list.abstractID = attributes.int(.val) ?? 0
    case .levelOverride: overriddenLevel = attributes.int(.ilvl) ?? 0
    case .startOverride: list.starts[overriddenLevel] = attributes.int(.val)
    case .level:
      levelIndex = attributes.int(.ilvl)
      level = Numbering.Level(start: 0)
    case .levelStart: level.start = attributes.int(.val) ?? 0
    case .numberFormat:
      if levelIndex != nil { level.format = attributes.string(.val) ?? "decimal" }
    case .levelText: level.text = attributes.string(.val) ?? ""
    case .levelRestart: level.restart = attributes.int(.val)
    case .legalNumbering: level.isLegal = attributes.isOn
    case .paragraphStyle: level.styleID = attributes.string(.val)
    case .fonts: if levelIndex != nil { level.font = attributes.string(.ascii) }
    case .numberingStyleLink: abstract.numberingStyleLink = attributes.string(.val)
    case .styleLink: abstract.styleLink = attributes.string(.val)
    default: break
    }
  }

  override func end(_ name: XMLName) {
    switch name {
    case .abstractNumbering:
      if let abstractID { numbering.abstractLists[abstractID] = abstract }
      abstractID = nil
    case .numbering:
      if let listID { numbering.lists[listID] = list }
      listID = nil
    case .level:
      if let index = levelIndex, (0..<Numbering.levelCount).contains(index) {
        if listID != nil { list.levels[index] = level } else { abstract.levels[index] = level }
      }
      levelIndex = nil
    default: break
    }
  }
}
