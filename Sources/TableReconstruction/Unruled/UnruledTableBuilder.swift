import DocumentModel
import LayoutModel
import PageGeometry

/// A region of text rows to a grid: leaf columns, body rows, heads.
struct UnruledTableBuilder {
  let page: PageLayout
  let rows: [TextRow]
  let region: TableRegionFinder.Region
  /// The first row that belongs to no table above.
  let limit: Int
  let rules: [Ruling]
  let shadings: [Shading]

  /// - Returns: The table and the rows that it takes; nil if the rows make none.
  func table() -> (grid: PageGrid, rows: Range<Int>)? {
    let reader = HeadReader(
      rows: rows, region: region, limit: limit, rules: rules, shadings: shadings)
    guard let reading = reader.read() else { return nil }
    let taken = reading.start..<region.rows.upperBound
    let box = rows[taken].dropFirst().reduce(rows[reading.start].box) { $0.union($1.box) }
    let body = Array(rows[reading.end..<region.rows.upperBound])
    let columns = reading.columns
    let separators = separators(reading.rules, box: box)
    var grid: PageGrid?
    if let stub = MergedStub(body: body, columns: columns, separators: separators) {
      grid = self.grid(
        heads: Self.heads(reading.heads.heads, over: stub), headHeight: reading.heads.rowCount,
        body: stub.rows, groups: stub.groups, blocks: stub.blocks, columns: columns, box: box)
    } else {
      let groups = BodyRows(rows: body, columns: columns, separators: separators).groups()
      grid = self.grid(
        heads: reading.heads.heads, headHeight: reading.heads.rowCount, body: body, groups: groups,
        blocks: [], columns: columns, box: box)
    }
    return grid.map { ($0, taken) }
  }

  /// Lets the one head of a merged stub stand over all of its columns.
  private static func heads(
    _ heads: [HeaderFitter.Placed], over stub: MergedStub
  ) -> [HeaderFitter.Placed] {
    let width = (stub.blocks.map(\.column).max() ?? 0) + 2
    let own = heads.indices.filter { heads[$0].columns.lowerBound < width }
    guard own.count == 1, let only = own.first, heads[only].columns.upperBound <= width else {
      return heads
    }
    var result = heads
    result[only].columns = 0..<width
    return result
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
    blocks: [MergedStub.Block], columns: LeafColumns, box: Rect
  ) -> PageGrid? {
    var spans: [(rows: Range<Int>, columns: Range<Int>, words: [Word])] = heads.map {
      ($0.rows, $0.columns, $0.words)
    }
    for (index, group) in groups.enumerated() {
      let row = headHeight + index..<headHeight + index + 1
      for (span, words) in cells(
        of: group.map { body[$0] }, columns: columns, hasMergedStub: !blocks.isEmpty)
      {
        spans.append((row, span, words))
      }
    }
    for block in blocks {
      let rows = block.rows.lowerBound + headHeight..<block.rows.upperBound + headHeight
      spans.append((rows, block.column..<block.column + 1, block.words))
    }
    let rowCount = headHeight + groups.count
    var owner = [Bool](repeating: false, count: rowCount * columns.count)
    let tops = rowTops(
      heads: heads, headHeight: headHeight, body: body, groups: groups, box: box)
    let size = (width: page.width, height: page.height)
    var cells: [GridCell] = []
    func add(_ rows: Range<Int>, _ span: Range<Int>, _ words: [Word]) {
      let cellBox = Rect(
        minX: columns.edges[span.lowerBound], minY: tops[rows.lowerBound],
        maxX: columns.edges[span.upperBound], maxY: tops[rows.upperBound])
      let text = CellText(words: words, cell: cellBox, page: size)
      for row in rows {
        for column in span { owner[row * columns.count + column] = true }
      }
      cells.append(
        GridCell(
          rows: rows, columns: span, text: text.text, indent: text.indent, isBold: text.isBold,
          alignment: text.alignment, fontSize: text.fontSize, evidence: .aligned,
          confidence: region.edges.isEmpty
            ? TableThresholds.alignedConfidence : TableThresholds.seamedConfidence,
          provenance: [.page(number: page.number, box: text.box ?? cellBox)]))
    }
    for span in spans {
      let isTaken = span.rows.contains { row in
        span.columns.contains { owner[row * columns.count + $0] }
      }
      #if DBG
      if isTaken { print("TAKEN", span.rows, span.columns, span.words.map(\.text)) }
      #endif
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
    let sizes = body.map(\.size).sorted()
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
    of rows: [TextRow], columns: LeafColumns, hasMergedStub: Bool
  ) -> [(Range<Int>, [Word])] {
    if rows.count == 1, let row = rows.first, row.chunks.count == 1 {
      let chunk = row.chunks[0]
      let whole = Interval(columns.edges[0], columns.edges[columns.count])
      let isInStub = chunk.box.minX < columns.contents[0].upper
      if !hasMergedStub, !isInStub, !chunk.isValue,
        abs(chunk.box.midX - whole.middle) < 1.5 * row.size
      {
        return [(0..<columns.count, chunk.words)]
      }
      let covered = columns.range(covering: chunk.box.xInterval, size: row.size)
      if covered.count > 1 { return [(covered, chunk.words)] }
    }
    var words = [[Word]](repeating: [], count: columns.count)
    for row in rows {
      for chunk in TextRow.chunks(of: row.words, cut: { $0 >= TableThresholds.columnGap * $1 }) {
        let first = columns.index(at: chunk.box.minX + 0.3 * row.size)
        let last = columns.index(at: chunk.box.maxX - 0.3 * row.size)
        for word in chunk.words {
          // A text that runs a little into the next column is still one text.
          let place = first == last ? first : columns.index(at: word.box.midX)
          words[place].append(word)
        }
      }
    }
    return words.enumerated().filter { !$1.isEmpty }.map { ($0..<$0 + 1, $1) }
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
