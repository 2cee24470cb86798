internal import DocumentModel
internal import LayoutModel
internal import PackageReading

/// Reads a chart part: its title, and the values that the file keeps of its series.
///
///     (blank) │ series A │ series B
///     ────────┼──────────┼─────────
///     cat. 1  │      4.1 │      3.2
///
/// Source: ISO/IEC 29500-1, 21.2.
final class ChartReader: XMLHandler {
  private struct Series {
    var name = ""
    var categories: [Int: String] = [:]
    var values: [Int: String] = [:]
  }

  private enum Target {
    case none, name, category, value
  }

  private(set) var title = ""
  private var series: [Series] = []
  private var stack: [XMLName] = []
  private var target = Target.none
  private var pointIndex = 0
  private var text: [UInt8] = []
  private var isReading = false
  private var titleParagraphs = 0

  override var readsContent: Bool { true }

  override func start(_ name: XMLName, _ attributes: XMLAttributes) {
    stack.append(name)
    switch name {
    case .chartSeries: series.append(Series())
    case .chartSeriesText where stack.contains(.chartSeries): target = .name
    case .chartCategories, .chartXValues: target = .category
    case .chartValues, .chartYValues:
      if stack.contains(.chartSeries) { target = .value }
    case .chartPoint: pointIndex = attributes.int(.idx) ?? 0
    case .chartValue, .drawingText:
      text.removeAll(keepingCapacity: true)
      isReading = true
    default: break
    }
  }

  override func text(_ bytes: UnsafeBufferPointer<UInt8>) {
    if isReading { unsafe text.append(contentsOf: bytes) }
  }

  override func end(_ name: XMLName) {
    stack.removeLast()
    switch name {
    case .chartValue, .drawingText:
      isReading = false
      keep(String(decoding: text, as: UTF8.self), name)
    case .chartSeriesText, .chartCategories, .chartXValues, .chartValues, .chartYValues:
      target = .none
    case .drawingParagraph where stack.contains(.chartTitle) && !stack.contains(.chartPlotArea):
      titleParagraphs += 1
    default: break
    }
  }

  private func keep(_ value: String, _ name: XMLName) {
    guard !series.isEmpty, stack.contains(.chartSeries), !stack.contains(.chartAxisTitle) else {
      if stack.contains(.chartTitle), !stack.contains(.chartPlotArea) {
        if titleParagraphs > 0, !title.isEmpty { title += "\n" }
        titleParagraphs = 0
        title += value
      }
      return
    }
    let last = series.count - 1
    switch target {
    case .name: series[last].name += value
    case .category: series[last].categories[pointIndex] = value
    case .value: series[last].values[pointIndex] = value
    case .none: break
    }
  }

  /// The values as a grid: series are columns, categories rows.
  func grid(part: String, limits: PackageLimits) throws(PackageError) -> CellGrid? {
    guard !series.isEmpty else { return nil }
    let points = Set(series.flatMap { Array($0.values.keys) + Array($0.categories.keys) }).sorted()
    guard points.count + 1 <= limits.gridPositions / (series.count + 1) else {
      throw .limitExceeded(.gridPositions, path: part, limit: limits.gridPositions)
    }
    let place = [Provenance.part(name: part, path: "")]
    func cell(_ row: Int, _ column: Int, _ text: String) -> GridCell {
      GridCell(
        rows: row..<row + 1, columns: column..<column + 1, text: text, evidence: .declared,
        provenance: place)
    }
    var cells = [cell(0, 0, "")]
    for (index, entry) in series.enumerated() { cells.append(cell(0, index + 1, entry.name)) }
    for (row, point) in points.enumerated() {
      let category = series.lazy.compactMap { $0.categories[point] }.first ?? ""
      cells.append(cell(row + 1, 0, category))
      for (index, entry) in series.enumerated() {
        cells.append(cell(row + 1, index + 1, entry.values[point] ?? ""))
      }
    }
    return CellGrid(
      rowCount: points.count + 1, columnCount: series.count + 1, cells: cells,
      declaredHeaderRowCount: 1)
  }
}

/// Reads the texts of a diagram's data part, one line a paragraph.
final class DiagramReader: XMLHandler {
  private(set) var lines: [String] = []
  private var line: [UInt8] = []
  private var isReading = false

  override var readsContent: Bool { true }

  override func start(_ name: XMLName, _ attributes: XMLAttributes) {
    if name == .drawingText { isReading = true }
  }

  override func text(_ bytes: UnsafeBufferPointer<UInt8>) {
    if isReading { unsafe line.append(contentsOf: bytes) }
  }

  override func end(_ name: XMLName) {
    if name == .drawingText { isReading = false }
    if name == .drawingParagraph {
      if !line.isEmpty { lines.append(String(decoding: line, as: UTF8.self)) }
      line.removeAll()
    }
  }
}

extension WordContext {
  /// The chart behind a relationship.
  func chart(relationship id: String, of part: String) throws(PackageError) -> FlowFigure? {
    guard let target = try figurePart(id, of: part) else { return nil }
    let reader = ChartReader()
    guard try parseOptional(target, into: reader) else { return nil }
    return FlowFigure(
      role: .chart, title: reader.title,
      grid: try reader.grid(part: target, limits: options.limits),
      provenance: .part(name: target, path: ""))
  }

  /// The diagram whose data are behind a relationship.
  func diagram(relationship id: String, of part: String) throws(PackageError) -> FlowFigure? {
    guard let target = try figurePart(id, of: part) else { return nil }
    let reader = DiagramReader()
    guard try parseOptional(target, into: reader), !reader.lines.isEmpty else { return nil }
    return FlowFigure(
      role: .diagram, title: reader.lines.joined(separator: "\n"), grid: nil,
      provenance: .part(name: target, path: ""))
  }

  private func figurePart(_ id: String, of part: String) throws(PackageError) -> String? {
    guard let relationship = try parts.relationship(id, of: part), !relationship.isExternal,
      parts.has(relationship.target)
    else {
      loss.add(.missingPart, detail: "\(part): \(id)")
      return nil
    }
    return relationship.target
  }

  /// The file behind a relationship.
  func embedding(
    relationship id: String?, of part: String, program: String?
  ) throws(PackageError) -> Embedding? {
    guard let id, let relationship = try parts.relationship(id, of: part) else { return nil }
    if relationship.isExternal {
      return Embedding(externalTarget: relationship.target, program: program)
    }
    return Embedding(
      part: relationship.target, program: program,
      byteCount: parts.size(of: relationship.target))
  }
}
