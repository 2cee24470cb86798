import DocumentModel

/// Recognised numbers in which a comma may have been taken for a point, or a point for a comma.
///
///     13,081     most numbers of the table part thousands by commas: 2.736 may be one of them
///      2.736     more than one sign, and no groups of three: 87.834.95 is no number
///     212103     a column of numbers with two decimals: a point may have been overlooked
///       27,3     where decimals are parted by both signs, those of the rarer one are in doubt, and of
///       14.8     both where neither is rare
///
/// Where print is blurred, or a rule runs through the tails of commas, an engine is sure of what it cannot
/// see. Other numbers of the table say how thousands are parted.
enum SeparatorReview {
  /// What the signs between the digits of a number say.
  private enum Form {
    case plain
    /// All groups behind the first have three digits, or only the last one, behind the other sign, has not.
    case grouped(by: Unicode.Scalar)
    case broken
  }

  /// A sign is beyond doubt that is more than so many times as frequent as the other.
  private static let rareShare = 3

  /// Numbers of a column that must have equally many decimals for one without to stand out, and their share.
  private static let decimalCount = 3
  private static let decimalShare = 0.75

  /// - Returns: Doubts in the order of the cells.
  static func doubts(in table: Table) -> [TableReview.Doubt] {
    let forms = table.cells.map { cell in
      cell.role == .data && cell.evidence == .recognized ? form(of: cell.text) : .plain
    }
    func count(_ sign: Unicode.Scalar) -> Int {
      forms.count { if case .grouped(sign) = $0 { true } else { false } }
    }
    let (commas, points) = (count(","), count("."))
    let signs = table.cells.map { cell in
      cell.role == .data && cell.evidence == .recognized
        ? DecimalSign.shown(by: cell.text) : .unknown
    }
    let (decimalCommas, decimalPoints) = (
      signs.count { $0 == .comma }, signs.count { $0 == .point }
    )
    func isRare(_ count: Int, beside others: Int) -> Bool {
      others > 0 && rareShare * others >= count
    }
    let whole = wholeAmongDecimals(in: table)
    return table.cells.indices.compactMap { index in
      let message: String
      switch forms[index] {
      case .grouped(by: ",") where points > commas, .grouped(by: ".") where commas > points:
        message = "parts thousands otherwise than most numbers of the table, or has three decimals"
      case .broken: message = "has signs between its digits that make no number"
      case .plain
      where signs[index] == .comma && isRare(decimalCommas, beside: decimalPoints)
        || signs[index] == .point && isRare(decimalPoints, beside: decimalCommas):
        message = "parts decimals otherwise than other numbers of the table"
      case .plain where whole.contains(index):
        message = "has no decimals, and nearly all numbers of its column have"
      case .grouped, .plain: return nil
      }
      return TableReview.Doubt(
        cell: index, reason: .separator, message: "\(table.cells[index].text) \(message)")
    }
  }

  /// Numbers without decimals in columns whose other numbers all but a few have equally many: their sign
  /// may have been overlooked.
  private static func wholeAmongDecimals(in table: Table) -> Set<Int> {
    var columns = [[(cell: Int, figures: Int, decimals: Int)]](
      repeating: [], count: table.columnCount)
    for (index, cell) in table.cells.enumerated()
    where cell.role == .data && cell.evidence == .recognized && cell.columns.count == 1
      && cell.value != nil
    {
      let figures = cell.text.unicodeScalars.count { ("0"..."9").contains($0) }
      let end = cell.text.unicodeScalars.reversed().drop { !("0"..."9").contains($0) }
      let decimals =
        DecimalSign.shown(by: cell.text) == .unknown
        ? 0 : end.prefix { ("0"..."9").contains($0) }.count
      columns[cell.columns.lowerBound].append((index, figures, decimals))
    }
    var result: Set<Int> = []
    for column in columns {
      for whole in column where whole.decimals == 0 {
        let others = column.filter { $0.cell != whole.cell }
        guard let decimals = others.map(\.decimals).max(), decimals > 0,
          whole.figures > decimals, others.count >= decimalCount,
          Double(others.count { $0.decimals == decimals })
            >= decimalShare * Double(others.count)
        else { continue }
        result.insert(whole.cell)
      }
    }
    return result
  }

  private static func form(of text: String) -> Form {
    var scalars = text.unicodeScalars[...]
    while let first = scalars.first, "(+-−".unicodeScalars.contains(first) { scalars.removeFirst() }
    while let last = scalars.last, ")%".unicodeScalars.contains(last) { scalars.removeLast() }
    var signs: [Unicode.Scalar] = []
    var groups: [String.UnicodeScalarView] = [String.UnicodeScalarView()]
    for scalar in scalars {
      if ("0"..."9").contains(scalar) {
        groups[groups.count - 1].append(scalar)
      } else if scalar == "," || scalar == "." {
        signs.append(scalar)
        groups.append(String.UnicodeScalarView())
      } else {
        return .plain
      }
    }
    guard let sign = signs.first, let first = groups.first, let last = groups.last,
      groups.allSatisfy({ !$0.isEmpty })
    else { return .plain }
    let inner = groups.dropFirst().dropLast()
    let areThree = inner.allSatisfy { $0.count == 3 }
    let isShort = first.count <= 3
    if signs.allSatisfy({ $0 == sign }), areThree, last.count == 3, isShort {
      return signs.count == 1 && first.elementsEqual("0".unicodeScalars)
        ? .plain : .grouped(by: sign)
    }
    // Dates and numbers of sections have several signs too, but no groups of three.
    guard isShort, inner.contains(where: { $0.count == 3 }) else { return .plain }
    let isDecimal = signs.dropLast().allSatisfy { $0 == sign } && signs.last != sign
    return isDecimal && areThree ? .grouped(by: sign) : .broken
  }
}
