import DocumentModel
import LayoutModel
import PageGeometry

/// A region of text rows to a grid: leaf columns, body rows, heads.
struct UnruledTableBuilder {
  let page: PageLayout
  let rows: [TextRow]
  let region: TableRegionFinder.Region
  let rules: [Ruling]
  let shadings: [Shading]

  func table() -> PageGrid? {
    let rows = Array(self.rows[region.rows])
    guard let first = rows.first else { return nil }
    let box = rows.dropFirst().reduce(first.box) { $0.union($1.box) }
    let inner = rules.filter {
      $0.position > box.minY - first.size && $0.position < box.maxY + first.size
        && $0.extent.overlap(box.xInterval) > 0
    }
    let headCount = headRowCount(rows, rules: inner, width: box.width)
    let body = Array(rows[headCount...])
    guard body.count >= 1,
      let columns = LeafColumns(rows: columnEvidence(body, all: rows), extent: extent(box, inner))
    else { return nil }
    let heads = HeaderFitter(
      columns: columns, rows: Array(rows[..<headCount]), rules: inner
    ).fit()
    let separators = separators(inner, box: box)
    if let stub = MergedStub(body: body, columns: columns, separators: separators) {
      return grid(
        heads: (Self.heads(heads.heads, over: stub), heads.rowCount), body: stub.rows,
        groups: stub.groups, blocks: stub.blocks, columns: columns,
        box: box)
    }
    let groups = BodyRows(rows: body, columns: columns, separators: separators).groups()
    return grid(
      heads: heads, body: body, groups: groups, blocks: [], columns: columns, box: box)
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

  private func extent(_ box: Rect, _ rules: [Ruling]) -> Interval {
    rules.reduce(box.xInterval) { $1.extent.length <= 1.6 * box.width ? $0.union($1.extent) : $0 }
  }

  /// Rows of several pieces; all rows if the body has few of them.
  private func columnEvidence(_ body: [TextRow], all: [TextRow]) -> [TextRow] {
    let tabular = body.filter { $0.chunks.count > 1 }
    return tabular.count >= 2 ? tabular : all.filter { $0.chunks.count > 1 }
  }

  // MARK: - Head and body

  /// How many text rows at the top are heads.
  ///
  /// The last long line above the first values ends them; without one, the first row of values
  /// does.
  private func headRowCount(_ rows: [TextRow], rules: [Ruling], width: Double) -> Int {
    let values = rows.firstIndex { $0.isValueRow && !isYears($0) }
    let long = rules.filter { $0.extent.length >= 0.85 * width }.map(\.position)
    if let end = headEnd(rows, lines: long) { return end }
    if let values {
      let limit = rows[values].baseline - 0.3 * rows[values].size
      let line = long.last { $0 < limit && $0 > rows[0].baseline }
      if let line { return rows.firstIndex { $0.baseline > line } ?? values }
      return backed(values, in: rows)
    }
    if let line = long.first(where: { $0 > rows[0].baseline && $0 < rows[rows.count - 1].baseline })
    {
      return rows.firstIndex { $0.baseline > line } ?? 1
    }
    return rows[0].chunks.count > 1 ? 1 : 0
  }

  /// The first long line, if it is the only one that has a row of numbers above it and rows of
  /// values below: numbers can be heads too (grades 1 to 6, years).
  private func headEnd(_ rows: [TextRow], lines: [Double]) -> Int? {
    guard let line = lines.first(where: { $0 > rows[0].baseline }),
      let end = rows.firstIndex(where: { $0.baseline > line }), end <= 8
    else { return nil }
    let valuesAbove = rows[..<end].count { $0.isValueRow }
    let valuesBelow = rows[end...].count { $0.isValueRow }
    let next = lines.first { $0 > line + 0.5 * rows[end].size }
    let isRowLine = next.map { $0 < rows[min(end + 1, rows.count - 1)].baseline } ?? false
    return valuesAbove <= 1 && valuesBelow >= 2 && !isRowLine ? end : nil
  }

  /// Rows of the first column alone, right above the first values, name rows, not columns.
  private func backed(_ values: Int, in rows: [TextRow]) -> Int {
    var count = values
    while count > 1, rows[count - 1].chunks.count == 1,
      abs(rows[count - 1].box.minX - rows[values].box.minX) < 1.5 * rows[values].size,
      rows[..<(count - 1)].contains(where: {
        $0.box.minX < rows[values].box.minX + 3 * rows[values].size
      })
    {
      count -= 1
    }
    return count
  }

  private func isYears(_ row: TextRow) -> Bool {
    let values = row.chunks.filter(\.isValue)
    guard values.count > 1 || row.chunks.count == 1 else { return false }
    return values.allSatisfy { chunk in
      let text = chunk.words.map(\.text).joined()
      guard let number = NumberText(text), number.suffix.isEmpty || number.suffix == "年" else {
        return false
      }
      return (1900...2100).contains(number.value) && number.value == number.value.rounded()
        && !text.contains(",") && !text.contains(".")
    }
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
    heads: (heads: [HeaderFitter.Placed], rowCount: Int), body: [TextRow], groups: [[Int]],
    blocks: [MergedStub.Block], columns: LeafColumns, box: Rect
  ) -> PageGrid? {
    let headHeight = heads.rowCount
    var spans: [(rows: Range<Int>, columns: Range<Int>, words: [Word])] = heads.heads.map {
      ($0.rows, $0.columns, $0.words)
    }
    for (index, group) in groups.enumerated() {
      let row = headHeight + index..<headHeight + index + 1
      for (span, words) in cells(of: group.map { body[$0] }, columns: columns) {
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
      heads: heads.heads, headHeight: headHeight, body: body, groups: groups, box: box)
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
          confidence: TableThresholds.alignedConfidence,
          provenance: [.page(number: page.number, box: text.box ?? cellBox)]))
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
    of rows: [TextRow], columns: LeafColumns
  ) -> [(Range<Int>, [Word])] {
    if rows.count == 1, let row = rows.first, row.chunks.count == 1 {
      let chunk = row.chunks[0]
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
