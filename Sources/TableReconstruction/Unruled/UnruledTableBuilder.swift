import DocumentModel
import LayoutAnalysis
import LayoutModel
import PageGeometry

/// A region of text rows to a grid: leaf columns, body rows, heads.
struct UnruledTableBuilder {
  let page: PageLayout
  let rows: [TextRow]
  var region: TableRegionFinder.Region
  /// The first row that belongs to no table above.
  let limit: Int
  let rules: [Ruling]
  let shadings: [Shading]

  /// What is known of a table from lines, or from another page that it goes on from or to.
  enum Known {
    /// The column edges of the table on the page before.
    case before([Double], repeatingHeads: Bool)
    /// Those edges, and the heads that stand here again.
    case repeating([Double], RepeatedHeads.Found)
    /// The column edges of the table on the next page, which shows more of them.
    case behind([Double])
    /// The column edges, where drawn things show them.
    case drawn([Double])
  }

  /// - Returns: The table and the rows that it takes; nil if the rows make none.
  func table(_ known: Known? = nil) -> (grid: PageGrid, rows: Range<Int>)? {
    if !isBefore(known), let bands = BandedTable.bands(in: region.rows, of: rows, from: limit) {
      let filled = bands.filter { !$0.rows.isEmpty }
      let grids = filled.compactMap { band in
        var builder = self
        // The rows of a band are given: nothing above it belongs to it.
        let top = rows[band.rows.lowerBound].box.minY
        builder.region = .init(rows: band.rows, top: top, bottom: nil)
        return builder.single(isDrawn(known) ? known : nil)?.grid
      }
      let titles = bands.map { $0.titles.map(title) }
      if grids.count == filled.count, let joined = BandedTable.joined(grids, titles: titles) {
        let end = max(region.rows.upperBound, bands.last?.titles.upperBound ?? 0)
        return (joined, bands[0].titles.lowerBound..<end)
      }
    }
    return single(known)
  }

  private func isDrawn(_ known: Known?) -> Bool {
    if case .drawn = known { true } else { false }
  }

  private func isBefore(_ known: Known?) -> Bool {
    switch known {
    case .before, .repeating: true
    default: false
    }
  }

  /// Whether the body has text in every column behind the first two.
  private func fills(_ reading: HeadReader.Reading) -> Bool {
    let used = rows[reading.end..<region.rows.upperBound].flatMap { row in
      row.pieces.map { reading.columns.index(at: $0.box.midX) }
    }
    return Set(used).isSuperset(of: 2..<max(2, reading.columns.count))
  }

  /// A line over all columns; its place is still to be set.
  private func title(_ row: Int) -> GridCell {
    cell(0..<1, 0..<1, words: rows[row].words, box: rows[row].box)
  }

  private func cell(
    _ rows: Range<Int>, _ columns: Range<Int>, words: [Word], box: Rect
  ) -> GridCell {
    let text = CellText(words: words, cell: box, page: (width: page.width, height: page.height))
    return GridCell(
      rows: rows, columns: columns, text: text.text, indent: text.indent, isBold: text.isBold,
      alignment: text.alignment, fontSize: text.fontSize,
      evidence: text.isRecognized ? .recognized : .aligned,
      confidence: min(text.confidence, TableThresholds.alignedConfidence(misfit: 0)),
      provenance: [.page(number: page.number, box: text.box ?? box)])
  }

  /// The table with one set of heads.
  private func single(_ known: Known?) -> (grid: PageGrid, rows: Range<Int>)? {
    let reader = HeadReader(
      rows: rows, region: region, limit: limit, rules: rules, shadings: shadings)
    let reading =
      switch known {
      case .before(let edges, repeatingHeads: false): reader.reading(goingOnWith: edges)
      case .repeating(let edges, let heads): reader.reading(goingOnWith: edges, below: heads)
      case .before(let edges, repeatingHeads: true):
        reader.read(edges: edges).flatMap { fills($0) ? $0 : nil } ?? reader.read()
      case .behind(let edges): reader.read(edges: edges)
      case .drawn(let edges): reader.read(edges: edges, areDrawn: true)
      case nil: reader.read()
      }
    guard let reading else { return nil }
    let taken = reading.start..<region.rows.upperBound
    let box = rows[taken].dropFirst().reduce(rows[reading.start].box) { $0.union($1.box) }
    let body = Array(rows[reading.end..<region.rows.upperBound])
    let columns = reading.columns.withStub(under: reading.heads.heads)
    let separators = separators(reading.rules, box: box)
    let stub = nestedStub(
      body, columns: columns, separators: separators, rules: reading.rules)
    let groups =
      stub?.groups ?? BodyRows(rows: body, columns: columns, separators: separators).groups()
    let heads = stub.map { Self.heads(reading.heads.heads, over: $0.depth) } ?? reading.heads.heads
    guard
      var grid = grid(
        heads: heads, headHeight: reading.heads.rowCount, body: stub?.rows ?? body,
        groups: groups, stub: stub, columns: columns, box: box)
    else { return nil }
    let confidence = TableThresholds.alignedConfidence(
      misfit: max(0, reading.heads.cost) / Double(columns.count))
    for index in grid.grid.cells.indices {
      grid.grid.cells[index].confidence = min(grid.grid.cells[index].confidence, confidence)
    }
    if isRuledOff(reading, body: body, rules: reading.rules, box: box) {
      grid.grid.declaredHeaderRowCount = reading.heads.rowCount
    }
    return (grid, taken)
  }

  /// Whether a line over the whole width stands between heads and body, and most rows of the body
  /// have none.
  private func isRuledOff(
    _ reading: HeadReader.Reading, body: [TextRow], rules: [Ruling], box: Rect
  ) -> Bool {
    guard reading.heads.rowCount > 0, let first = body.first, let last = body.last else {
      return false
    }
    let above = rows[reading.end - 1].baseline
    let lines = rules.filter { $0.extent.overlap(box.xInterval) >= 0.9 * box.width }.map(\.position)
    let inner = lines.count { $0 > first.baseline && $0 < last.baseline }
    return inner * 2 < body.count
      && lines.contains { $0 > above && $0 < first.baseline - 0.3 * first.size }
  }

  /// Lets the one head of a stub of several columns stand over all of them.
  private static func heads(
    _ heads: [HeaderFitter.Placed], over depth: Int
  ) -> [HeaderFitter.Placed] {
    let last = heads.map(\.rows.lowerBound).max() ?? 0
    let lowest = heads.filter { $0.rows.lowerBound == last }.map {
      LineBuilder.line(of: $0.words).text
    }
    let numbered = last > 0 && ColumnNumbers.isSeries(lowest) ? last : .max
    let own = heads.indices.filter {
      heads[$0].columns.lowerBound < depth && heads[$0].rows.lowerBound < numbered
    }
    guard own.count == 1, let only = own.first, heads[only].columns.upperBound <= depth else {
      return heads
    }
    var result = heads
    result[only].columns = 0..<depth
    return result
  }

  /// The stub, if it has several columns and cells over several rows.
  private func nestedStub(
    _ body: [TextRow], columns: LeafColumns, separators: [Double], rules: [Ruling]
  ) -> NestedStub? {
    guard let depth = StubColumns.depth(of: columns, rows: body), depth > 1 else { return nil }
    for depth in stride(from: depth, through: 2, by: -1) {
      let stub = NestedStub(
        body: body, columns: columns, depth: depth, separators: separators, rules: rules)
      if let stub { return stub }
    }
    return nil
  }

  /// Long lines, and edges of shaded bands.
  private func separators(_ rules: [Ruling], box: Rect) -> [Double] {
    let lines = rules.filter { $0.extent.overlap(box.xInterval) >= 0.7 * box.width }.map(\.position)
    let bands = shadings.filter {
      $0.box.xInterval.overlap(box.xInterval) > 0 && $0.box.height < 0.5 * box.height
        && $0.box.midY > box.minY - 2 && $0.box.midY < box.maxY + 2
    }
    // Bands may be painted cell by cell: what counts is how much of the width one height covers.
    var covered: [Double: Double] = [:]
    for band in bands {
      for y in [band.box.minY, band.box.maxY] {
        covered[(y * 2).rounded() / 2, default: 0] += band.box.width
      }
    }
    let edges = covered.filter { $0.value >= 0.7 * box.width }.map(\.key)
    return (lines + edges).sorted()
  }

  // MARK: - Grid

  private func grid(
    heads: [HeaderFitter.Placed], headHeight: Int, body: [TextRow], groups: [[Int]],
    stub: NestedStub?, columns: LeafColumns, box: Rect
  ) -> PageGrid? {
    var spans: [(rows: Range<Int>, columns: Range<Int>, words: [Word])] = heads.map {
      ($0.rows, $0.columns, $0.words)
    }
    // Labels alone in their rows say nothing of where the values start.
    let firstValues =
      StubColumns.depth(of: columns, rows: body.filter { $0.chunks.count > 1 }) ?? columns.count
    for (index, group) in groups.enumerated() {
      let row = headHeight + index..<headHeight + index + 1
      for (span, words) in cells(
        of: group.map { body[$0] }, columns: columns, stubDepth: stub?.depth ?? 0,
        firstValues: firstValues, nameStart: stub?.names[index])
      {
        spans.append((row, span, words))
      }
    }
    for block in stub?.blocks ?? [] {
      let rows = block.rows.lowerBound + headHeight..<block.rows.upperBound + headHeight
      spans.append((rows, block.columns, block.words))
    }
    let rowCount = headHeight + groups.count
    guard rowCount > 0 else { return nil }
    var owner = [Bool](repeating: false, count: rowCount * columns.count)
    let tops = rowTops(
      heads: heads, headHeight: headHeight, body: body, groups: groups, box: box)
    var cells: [GridCell] = []
    func add(_ rows: Range<Int>, _ span: Range<Int>, _ words: [Word]) {
      let cellBox = Rect(
        minX: columns.edges[span.lowerBound], minY: tops[rows.lowerBound],
        maxX: columns.edges[span.upperBound], maxY: tops[rows.upperBound])
      for row in rows {
        for column in span { owner[row * columns.count + column] = true }
      }
      cells.append(cell(rows, span, words: words, box: cellBox))
    }
    for span in spans {
      let isTaken = span.rows.contains { row in
        span.columns.contains { owner[row * columns.count + $0] }
      }
      if isTaken { return nil }
      add(span.rows, span.columns, span.words)
    }
    for row in 0..<rowCount {
      for column in 0..<columns.count where !owner[row * columns.count + column] {
        add(row..<row + 1, column..<column + 1, [])
      }
    }
    cells.sort {
      ($0.rows.lowerBound, $0.columns.lowerBound) < ($1.rows.lowerBound, $1.columns.lowerBound)
    }
    let tableBox = Rect(
      minX: columns.edges[0], minY: min(box.minY, region.top ?? box.minY),
      maxX: columns.edges[columns.count], maxY: max(box.maxY, region.bottom ?? box.maxY))
    let sizes = (body.isEmpty ? Array(rows[region.rows]) : body).map(\.size).sorted()
    return PageGrid(
      grid: CellGrid(
        rowCount: rowCount, columnCount: columns.count, cells: cells,
        fragments: [
          Table.Fragment(
            page: page.number, box: tableBox, rows: 0..<rowCount, repeatedHeaderRowCount: 0)
        ]),
      pageNumber: page.number, box: tableBox, columnEdges: columns.edges, rowEdges: tops,
      fontSize: sizes[sizes.count / 2], isRuled: false)
  }

  /// The cells of one body row: words by column; a piece that runs over several columns where the
  /// row has nothing else is one cell over them.
  private func cells(
    of rows: [TextRow], columns: LeafColumns, stubDepth: Int, firstValues: Int, nameStart: Int??
  ) -> [(Range<Int>, [Word])] {
    if stubDepth == 0, rows.count == 1, let row = rows.first, row.chunks.count == 1 {
      let chunk = row.chunks[0]
      let whole = Interval(columns.edges[0], columns.edges[columns.count])
      let isInStub = chunk.box.minX < columns.contents[0].upper
      let beside = columns.contents[1].union(columns.contents[columns.count - 1])
      let offWhole = abs(chunk.box.midX - whole.middle)
      let offBeside = abs(chunk.box.midX - beside.middle)
      if !isInStub, !chunk.isValue,
        min(offWhole, offBeside) < max(1.5 * row.size, 0.05 * whole.length)
      {
        return [(offWhole <= offBeside ? 0..<columns.count : 1..<columns.count, chunk.words)]
      }
      let covered = columns.range(covering: chunk.box.xInterval, size: row.size)
      // A label that runs out of the stub stands in no column of values: it heads the rows below.
      if covered.lowerBound == 0, covered.upperBound > max(1, firstValues), !chunk.isValue {
        let isAtLeft = chunk.box.minX < columns.contents[0].lower + row.size
        if isAtLeft {
          // It would have been wrapped in a cell of its own.
          let hasRow = covered.upperBound > firstValues + 1
          return [(0..<(hasRow ? columns.count : 1), chunk.words)]
        }
        if offWhole < 1.5 * row.size { return [(0..<columns.count, chunk.words)] }
      }
      if covered.count > 1 { return [(covered, chunk.words)] }
    }
    var words = [[Word]](repeating: [], count: columns.count)
    var name: [Word] = []
    for row in rows {
      for chunk in row.pieces {
        let span = columns.span(of: chunk.box.xInterval, size: row.size)
        if span.lowerBound < stubDepth {
          name += chunk.words
          continue
        }
        for word in chunk.words {
          // A text that runs a little into the next column is still one text.
          words[span.count == 1 ? span.lowerBound : columns.index(at: word.box.midX)].append(word)
        }
      }
    }
    let named = name.isEmpty ? [] : [(((nameStart ?? nil) ?? stubDepth - 1)..<stubDepth, name)]
    return named + words.enumerated().filter { !$1.isEmpty }.map { ($0..<$0 + 1, $1) }
  }

  /// y of the upper edge of each grid row, and of the lower edge of the last one.
  private func rowTops(
    heads: [HeaderFitter.Placed], headHeight: Int, body: [TextRow], groups: [[Int]], box: Rect
  ) -> [Double] {
    var tops: [Double] = []
    for row in 0..<headHeight {
      let top = heads.filter { $0.rows.lowerBound == row }.flatMap(\.words).map(\.box.minY).min()
      tops.append(max(top ?? box.minY, tops.last ?? box.minY))
    }
    for group in groups {
      let top = group.map { body[$0].box.minY }.min() ?? box.minY
      tops.append(max(top, tops.last ?? box.minY))
    }
    tops.append(max(box.maxY, tops.last ?? box.maxY))
    return tops
  }
}
