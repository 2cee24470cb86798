import DocumentModel
import LayoutAnalysis
import LayoutModel
import PageGeometry

/// Tables of several bands, each with heads and columns of its own.
///
///              Section 5
///     Kind     last year   change   total      a band starts where the head of the stub comes again,
///     Permits         91       −6   7,014      with the title above it
///              Section 9
///     Kind       bought        spent
///     Central        20        3,901           its columns may stand between those of other bands
enum BandedTable {
  /// Cuts the rows of a region into bands.
  ///
  /// - Parameters:
  ///   - region: The rows of a table, without titles above the first heads.
  ///   - rows: All text rows.
  ///   - limit: The first row that belongs to no table above.
  /// - Returns: Two bands or more, the first one with its title; nil if there are no bands.
  static func bands(in region: Range<Int>, of rows: [TextRow], from limit: Int) -> [Band]? {
    guard let stubHead = stubHead(in: region, of: rows) else { return nil }
    let heads = region.filter { stubText(of: rows[$0]) == stubHead }
    var starts = heads.map { titleStart(above: $0, of: rows, from: limit) }
    // What stands above the first heads is a title only where the others have one.
    let titled = zip(heads, starts).dropFirst().count { $0 > $1 }
    if titled * 2 < heads.count - 1 { starts[0] = heads[0] }
    guard zip(starts, starts.dropFirst()).allSatisfy({ $1 - $0 >= 2 }), starts[0] <= heads[0] else {
      return nil
    }
    let ends = starts.dropFirst() + [region.upperBound]
    var bands = zip(zip(starts, heads), ends).map { Band(titles: $0.0..<$0.1, rows: $0.1..<$1) }
    if let last = bands.last(where: { !$0.titles.isEmpty }),
      let title = lastTitle(behind: region.upperBound, of: rows, like: rows[last.titles.lowerBound])
    {
      bands.append(Band(titles: title..<title + 1, rows: title + 1..<title + 1))
    }
    return bands
  }

  /// More lines than this below a title are no foot of a page.
  private static let footLineCount = 2

  /// The title at the end of a page of a band that starts on the next one.
  private static func lastTitle(behind end: Int, of rows: [TextRow], like title: TextRow) -> Int? {
    guard end < rows.count, rows.count - end - 1 <= footLineCount, rows[end].chunks.count == 1,
      abs(rows[end].box.midX - title.box.midX) < rows[end].size,
      rows[end].baseline - rows[end - 1].baseline <= 2.2 * title.size,
      abs(rows[end].size - title.size) <= 0.05 * title.size
    else { return nil }
    return end
  }

  /// The text rows of a band.
  struct Band: Equatable {
    /// Lines above its heads that stand over all columns.
    var titles: Range<Int>
    var rows: Range<Int>
  }

  /// The text at the left of several rows without values, each of them above rows of values.
  private static func stubHead(in region: Range<Int>, of rows: [TextRow]) -> String? {
    var counts: [String: Int] = [:]
    for index in region.dropLast()
    where rows[index + 1].isValueRow && rows[index + 1].chunks.count > 1 {
      guard let text = stubText(of: rows[index]) else { continue }
      counts[text, default: 0] += 1
    }
    return counts.filter { $0.value > 1 }.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key
  }

  /// The first piece of a row of texts.
  private static func stubText(of row: TextRow) -> String? {
    guard row.chunks.count > 1, !row.chunks.contains(where: \.isValue) else { return nil }
    return LineBuilder.line(of: row.chunks[0].words).text
  }

  /// The first of the lines right above a row of heads that stand over the middle of it.
  private static func titleStart(above head: Int, of rows: [TextRow], from limit: Int) -> Int {
    var start = head
    while start > limit, head - start < 2 {
      let title = rows[start - 1]
      let row = rows[head]
      guard title.chunks.count == 1, !title.chunks[0].isValue,
        rows[start].baseline - title.baseline <= 2.2 * row.size,
        abs(title.size - row.size) <= 0.12 * row.size,
        title.box.maxX < row.box.maxX,
        abs(title.box.midX - row.box.midX) <= 0.12 * row.box.width
          || abs(title.box.minX - row.chunks[0].box.minX) <= 0.5 * row.size
      else { break }
      start -= 1
    }
    return start
  }

  // MARK: - Joining

  /// Edges of two bands agree within this share of the narrowest column.
  private static let sameEdge = 0.25

  /// Puts bands of a table under each other.
  ///
  /// - Parameters:
  ///   - bands: Grids from top to bottom.
  ///   - titles: For each band its titles, as cells without a place, and those of a band that
  ///     starts on the next page.
  /// - Returns: One grid with the edges of all; nil if the columns of a band do not follow each other
  ///   among them.
  static func joined(_ bands: [PageGrid], titles: [[GridCell]]) -> PageGrid? {
    guard var result = bands.first, bands.count > 1, let last = bands.last,
      let fullest = bands.max(by: { $0.grid.columnCount < $1.grid.columnCount }),
      fullest.grid.columnCount > 2
    else { return nil }
    let centers = centers(of: fullest)
    let left = centers[1] - (centers.count > 2 ? (centers[2] - centers[1]) / 2 : 0)
    let right =
      centers[centers.count - 1]
      + (centers[centers.count - 1] - centers[centers.count - 2]) / 2
    let narrowest = zip(centers.dropFirst(), centers.dropFirst(2)).map { $1 - $0 }.min() ?? 0
    let inner = bands.map { band -> [Double] in
      boundaries(between: Array(self.centers(of: band).dropFirst()), from: left, to: right)
    }
    let edges = Closeness.centers(of: inner.flatMap(\.self), tolerance: sameEdge * narrowest)
    let all =
      [fullest.columnEdges[0], left] + edges + [max(right, fullest.columnEdges.last ?? right)]
    var cells: [GridCell] = []
    var rowEdges: [Double] = []
    var offset = 0
    func add(_ titles: [GridCell]) {
      for var title in titles {
        title.rows = offset..<offset + 1
        title.columns = 0..<all.count - 1
        cells.append(title)
        rowEdges.append(title.origin.box?.minY ?? rowEdges.last ?? 0)
        offset += 1
      }
    }
    for (index, (band, own)) in zip(bands, inner).enumerated() {
      add(titles[index])
      let places = [0, 1] + own.map { place(of: $0, among: edges) + 2 } + [all.count - 1]
      guard zip(places, places.dropFirst()).allSatisfy(<) else { return nil }
      for var cell in band.grid.cells {
        cell.rows = cell.rows.lowerBound + offset..<cell.rows.upperBound + offset
        cell.columns = places[cell.columns.lowerBound]..<places[cell.columns.upperBound]
        cells.append(cell)
      }
      rowEdges += band.rowEdges.dropLast()
      offset += band.grid.rowCount
    }
    for trailing in titles.dropFirst(bands.count) { add(trailing) }
    let box = cells.compactMap(\.origin.box).reduce(bands.reduce(result.box) { $0.union($1.box) }) {
      $0.union($1)
    }
    result.grid = CellGrid(
      rowCount: offset, columnCount: all.count - 1, cells: cells,
      fragments: [
        .init(page: result.pageNumber, box: box, rows: 0..<offset, repeatedHeaderRowCount: 0)
      ])
    result.box = box
    result.columnEdges = all
    result.rowEdges = rowEdges + [max(last.rowEdges.last ?? box.maxY, box.maxY)]
    return result
  }

  /// For each column the middle of its head, which stands in the middle of its cells; the values may
  /// stand at a side.
  private static func centers(of band: PageGrid) -> [Double] {
    (0..<band.grid.columnCount).map { column in
      let own = band.grid.cells.filter { $0.columns == column..<column + 1 && !$0.text.isEmpty }
      let head = own.min { $0.rows.lowerBound < $1.rows.lowerBound }
      return head?.origin.box?.midX
        ?? (band.columnEdges[column] + band.columnEdges[column + 1]) / 2
    }
  }

  /// The edges between columns whose middles are known: each as far from a middle as the one
  /// before it; the mean of going from the left and from the right.
  private static func boundaries(
    between middles: [Double], from left: Double, to right: Double
  ) -> [Double] {
    guard middles.count > 1 else { return [] }
    var fromLeft: [Double] = []
    for middle in middles.dropLast() { fromLeft.append(2 * middle - (fromLeft.last ?? left)) }
    var fromRight: [Double] = []
    for middle in middles.dropFirst().reversed() {
      fromRight.append(2 * middle - (fromRight.last ?? right))
    }
    return zip(fromLeft, fromRight.reversed()).map { ($0 + $1) / 2 }
  }

  private static func place(of edge: Double, among edges: [Double]) -> Int {
    edges.indices.min { abs(edges[$0] - edge) < abs(edges[$1] - edge) } ?? 0
  }
}
