import LayoutModel
import PageGeometry

/// The columns of an unruled table, found from the white gaps that its body rows share.
///
///     Region     2022     2023        body rows only: heads may run over several columns
///     ──────────────────────────
///     East     1,009.3     12.5
///     West        87.0      3.1
///            ^^        ^^             gutters: free in (nearly) all body rows
struct LeafColumns {
  /// x of the column edges, one more than there are columns: middles of gutters, ends of the table.
  var edges: [Double]
  /// For each column, the stretch that body texts cover.
  var contents: [Interval]

  var count: Int { contents.count }

  /// The column in whose stretch a place lies.
  func index(at x: Double) -> Int {
    let place = edges.partitioningIndex { $0 > x } - 1
    return min(max(place, 0), count - 1)
  }

  /// The columns that a stretch covers by more than a little.
  func range(covering x: Interval, size: Double) -> Range<Int> {
    var covered: [Int] = []
    for index in 0..<count {
      let content = contents[index]
      let overlap = content.overlap(x)
      if overlap > min(0.4 * size, 0.25 * min(content.length, x.length)) { covered.append(index) }
    }
    guard let first = covered.first, let last = covered.last else {
      let place = self.index(at: x.middle)
      return place..<place + 1
    }
    return first..<last + 1
  }

  /// The columns that a stretch starts and ends in.
  func span(of x: Interval, size: Double) -> Range<Int> {
    let first = index(at: min(x.lower + 0.3 * size, x.middle))
    return first..<max(first, index(at: max(x.upper - 0.3 * size, x.middle))) + 1
  }

  /// Finds columns; nil with fewer than two of them.
  ///
  /// - Parameters:
  ///   - rows: Body rows.
  ///   - extent: The width of the table.
  init?(rows: [TextRow], extent: Interval) {
    let sizes = rows.map(\.size).sorted()
    guard !sizes.isEmpty else { return nil }
    let size = sizes[sizes.count / 2]
    var events: [(x: Double, change: Int)] = []
    for row in rows {
      let pieces = row.pieces
      // A row of one piece that runs over columns names rows; it says nothing of columns.
      if pieces.count == 1, rows.count > 2, pieces[0].box.width > 0.4 * extent.length { continue }
      for piece in pieces {
        events.append((piece.box.minX, 1))
        events.append((piece.box.maxX, -1))
      }
    }
    guard !events.isEmpty else { return nil }
    events.sort { ($0.x, -$0.change) < ($1.x, -$1.change) }
    let tolerated = Int(TableThresholds.crossingShare * Double(rows.count))
    let isOfValues = rows.allSatisfy { row in row.chunks.allSatisfy(\.isValue) || row.isValueRow }
    let needed =
      Self.minimumGutter(rowCount: rows.count) * size * (isOfValues ? Self.valueShare : 1)
    var covering = 0
    var gutters: [Interval] = []
    var openSince = events[0].x
    var isOpen = false
    for event in events {
      if isOpen, covering + event.change > tolerated, event.change > 0 {
        if event.x - openSince >= needed { gutters.append(Interval(openSince, event.x)) }
        isOpen = false
      }
      covering += event.change
      if !isOpen, covering <= tolerated, event.change < 0 {
        isOpen = true
        openSince = event.x
      }
    }
    guard !gutters.isEmpty else { return nil }
    self.init(edges: [extent.lower] + gutters.map(\.middle) + [extent.upper], rows: rows)
  }

  /// Columns between known edges; nil with fewer than two of them.
  ///
  /// - Parameters:
  ///   - edges: x of the column edges, ascending.
  ///   - rows: Rows whose words tell which stretch of a column is used.
  init?(edges: [Double], rows: [TextRow]) {
    guard edges.count > 2 else { return nil }
    self.edges = edges
    contents = []
    var stretches = [Interval?](repeating: nil, count: edges.count - 1)
    for row in rows {
      for word in row.words {
        let place = edges.partitioningIndex { $0 > word.box.midX } - 1
        let index = min(max(place, 0), stretches.count - 1)
        let x = Interval(
          max(word.box.minX, edges[index]), min(word.box.maxX, edges[index + 1]))
        stretches[index] = stretches[index].map { $0.union(x) } ?? x
      }
    }
    contents = stretches.enumerated().map { index, stretch in
      stretch ?? Interval(edges[index], edges[index + 1])
    }
  }

  /// The columns with the edge behind the first one where its head says that it is: as far right of
  /// the head's middle as the names start left of it.
  func withStub(under heads: [HeaderFitter.Placed]) -> LeafColumns {
    guard count > 1, let words = heads.first(where: { $0.columns == 0..<1 })?.words,
      let left = words.map(\.box.minX).min(), let right = words.map(\.box.maxX).max()
    else { return self }
    let edge = left + right - contents[0].lower
    var columns = self
    if edge > edges[1], edge < contents[1].lower { columns.edges[1] = edge }
    return columns
  }

  /// The columns with a column and the next one read as one.
  func joined(at index: Int) -> LeafColumns {
    var joined = self
    joined.contents[index] = contents[index].union(contents[index + 1])
    joined.contents.remove(at: index + 1)
    joined.edges.remove(at: index + 1)
    return joined
  }

  /// The columns with one more, in the gutter behind a column or at the end.
  func adding(_ content: Interval, behind index: Int) -> LeafColumns {
    var added = self
    added.contents.insert(content, at: index + 1)
    added.edges[index + 1] = (contents[index].upper + content.lower) / 2
    let end =
      index + 1 < count
      ? (content.upper + contents[index + 1].lower) / 2 : max(edges[count], content.upper)
    added.edges.insert(end, at: index + 2)
    return added
  }

  /// White between numbers is no space: this share of a gutter suffices.
  private static let valueShare = 0.7

  /// Spaces between words line up by chance in few rows, hardly in many.
  private static func minimumGutter(rowCount: Int) -> Double {
    switch rowCount {
    case ...2: 1.2
    case 3: 0.9
    case 4...6: 0.7
    default: 0.5
    }
  }
}
