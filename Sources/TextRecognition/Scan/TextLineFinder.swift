import PageGeometry

/// Where lines of text are in a picture whose drawn lines were taken out.
///
/// In a cell, lines are runs of rows with ink; outside of tables they are pieces of ink joined along
/// the row. Boxes are tight around the ink, which recognition depends on.
struct TextLineFinder {
  let picture: ScannedPicture
  /// Pixels a point.
  let scale: Double
  /// How high the characters of the page are, in pixels.
  let characterHeight: Double

  /// Pieces of ink between these heights may be characters.
  ///
  /// Points.
  static let characterHeights = Interval(3.5, 30)
  /// Larger pieces than this many characters are no text.
  static let maximumHeight = 4.0
  /// A gap of more than this many characters' heights along a row separates lines of text.
  static let chunkGap = 1.1
  /// The same in a cell, where only what stands far apart is not read together.
  static let cellGap = 3.0
  /// The strokes of one character reach over at most this many times its size.
  static let characterReach = 1.15
  /// Ink of this many characters' heights in one direction is a part of a character.
  static let part = 0.3
  /// Ink below this many characters' heights both ways is a speck, or a mark beside a character.
  static let speck = 0.15
  /// Marks stand at most this many characters' heights from a character.
  static let speckReach = 0.8
  init(picture: ScannedPicture, scale: Double) {
    self.picture = picture
    self.scale = scale
    let heights = picture.pieces(in: picture.frame).map(\.height).filter {
      Self.characterHeights.contains(Double($0) / scale)
    }.sorted()
    // Ideographs fall apart into pieces: the upper quarter of heights are whole characters.
    characterHeight =
      heights.isEmpty ? 10 * scale : Double(heights[min(heights.count * 3 / 4, heights.count - 1)])
  }

  /// Whether a piece of ink is smaller than parts of characters are.
  func isSmall(_ piece: PixelBox) -> Bool {
    Double(max(piece.width, piece.height)) < Self.part * characterHeight
  }

  // MARK: - Cells

  /// Lines inside a box, from top to bottom; `gap` parts two lines on one row, in heights of a
  /// character.
  func lines(in box: PixelBox, gap: Double = TextLineFinder.cellGap) -> [PixelBox] {
    guard box.width > 2, box.height > 2 else { return [] }
    var result: [PixelBox] = []
    for rows in bands(picture.rowProfile(of: box)) {
      let band = PixelBox(
        x: box.x, y: box.y + rows.lowerBound, width: box.width, height: rows.count)
      result += chunks(of: band, gap: gap)
    }
    return result
  }

  /// Runs of rows with ink, joined where the gap is that of one character's strokes.
  private func bands(_ profile: [Int]) -> [Range<Int>] {
    var bands: [Range<Int>] = []
    for run in Self.runs(of: profile) {
      if let last = bands.last {
        let gap = run.lowerBound - last.upperBound
        let isLow = Double(min(run.count, last.count)) < 0.45 * characterHeight
        let joined = run.upperBound - last.lowerBound
        if Double(gap) < 0.12 * characterHeight
          || isLow && Double(gap) < 0.6 * characterHeight
            && Double(joined) < 1.3 * characterHeight
        {
          bands[bands.count - 1] = last.lowerBound..<run.upperBound
          continue
        }
      }
      bands.append(run)
    }
    return bands.flatMap { split($0, profile) }
  }

  /// Cuts a run that is as high as several lines at the rows with the least ink.
  private func split(_ band: Range<Int>, _ profile: [Int]) -> [Range<Int>] {
    let count = Int((Double(band.count) / (1.35 * characterHeight)).rounded())
    guard Double(band.count) > 1.75 * characterHeight, count > 1 else { return [band] }
    let step = Double(band.count) / Double(count)
    var cuts = [band.lowerBound]
    for index in 1..<count {
      let middle = Double(band.lowerBound) + step * Double(index)
      let window = Int(middle - step / 4)..<Int(middle + step / 4) + 1
      let cut = window.min {
        (profile[$0], abs(Double($0) - middle)) < (profile[$1], abs(Double($1) - middle))
      }
      cuts.append(cut ?? Int(middle))
    }
    cuts.append(band.upperBound)
    return zip(cuts, cuts.dropFirst()).map { $0..<$1 }.filter { !$0.isEmpty }
  }

  /// The pieces of one line, cut at wide gaps and tight around their ink.
  private func chunks(of band: PixelBox, gap: Double) -> [PixelBox] {
    let runs = withoutSpecks(Self.runs(of: picture.columnProfile(of: band)), in: band)
    var chunks: [Range<Int>] = []
    for run in runs {
      if let last = chunks.last,
        Double(run.lowerBound - last.upperBound) <= gap * characterHeight
      {
        chunks[chunks.count - 1] = last.lowerBound..<run.upperBound
      } else {
        chunks.append(run)
      }
    }
    return chunks.compactMap { columns in
      tight(
        PixelBox(
          x: band.x + columns.lowerBound, y: band.y, width: columns.count, height: band.height))
    }.filter(isText)
  }

  /// Runs of columns without those that hold specks only and stand away from all others, where others
  /// hold more.
  private func withoutSpecks(_ allRuns: [Range<Int>], in band: PixelBox) -> [Range<Int>] {
    let pieces = picture.pieces(in: band)
    func runs(atLeast share: Double) -> [Range<Int>] {
      pieces.filter { Double(max($0.width, $0.height)) >= share * characterHeight }
        .map { $0.x - band.x..<$0.maxX - band.x }
    }
    let solid = runs(atLeast: Self.part)
    guard !solid.isEmpty else { return allRuns }
    let parts = runs(atLeast: Self.speck)
    let reach = Int(Self.speckReach * characterHeight)
    return allRuns.filter { run in
      parts.contains { $0.overlaps(run) }
        || solid.contains {
          $0.lowerBound - reach < run.upperBound && run.lowerBound < $0.upperBound + reach
        }
    }
  }

  /// A box without the empty rows at its top and bottom.
  private func tight(_ box: PixelBox) -> PixelBox? {
    let profile = picture.rowProfile(of: box)
    guard let first = profile.firstIndex(where: { $0 > 0 }),
      let last = profile.lastIndex(where: { $0 > 0 })
    else { return nil }
    return PixelBox(x: box.x, y: box.y + first, width: box.width, height: last - first + 1)
  }

  /// Whether a box is large enough for a character: a dash is wide, a 1 is high.
  private func isText(_ box: PixelBox) -> Bool {
    Double(max(box.width, box.height)) >= 0.25 * characterHeight
      && Double(box.height) <= Self.maximumHeight * characterHeight
  }

  /// Whether a piece of its ink is as high or wide as a part of a character, or several stand in a row.
  private func isSolid(_ box: PixelBox) -> Bool {
    let size = Self.part * characterHeight
    return picture.pieces(in: box).contains { Double(max($0.width, $0.height)) >= size }
      || Double(box.height) < size
  }

  private static func runs(of profile: [Int]) -> [Range<Int>] {
    var runs: [Range<Int>] = []
    var start: Int?
    for (index, count) in profile.enumerated() {
      if count > 0 {
        start = start ?? index
      } else if let first = start {
        runs.append(first..<index)
        start = nil
      }
    }
    if let first = start { runs.append(first..<profile.count) }
    return runs
  }

  // MARK: - Outside of tables

  /// Lines outside the given boxes, from top to bottom.
  func lines(outside boxes: [PixelBox]) -> [PixelBox] {
    let gap = Int((Self.chunkGap * characterHeight).rounded())
    let isLow = { (chunk: PixelBox) in
      Double(chunk.height) <= Self.maximumHeight * characterHeight
    }
    // A line that touches a seal or a drawing reaches as far as that does: what it is made of does not.
    var chunks = picture.chunks(gap: gap).flatMap { chunk in
      isLow(chunk) ? [chunk] : picture.pieces(in: chunk).filter(isLow)
    }.filter { chunk in
      let x = chunk.x + chunk.width / 2
      let y = chunk.y + chunk.height / 2
      return !boxes.contains { x >= $0.x && x < $0.maxX && y >= $0.y && y < $0.maxY }
    }
    chunks.sort { ($0.y, $0.x) < ($1.y, $1.x) }
    return joined(chunks, gap: gap).compactMap(tight).filter(isText).filter(isSolid)
  }

  /// A line that grows piece by piece.
  private struct Cluster {
    var box: PixelBox
    /// Height of its highest piece: what the type of the line allows.
    var pieceHeight: Int
  }

  /// Pieces that overlap along the rows and stand side by side are one line.
  private func joined(_ chunks: [PixelBox], gap: Int) -> [PixelBox] {
    var lines = chunks.map { Cluster(box: $0, pieceHeight: $0.height) }
    var isChanged = true
    while isChanged {
      isChanged = false
      var result: [Cluster] = []
      for line in lines.sorted(by: { ($0.box.y, $0.box.x) < ($1.box.y, $1.box.x) }) {
        if let index = result.lastIndex(where: { areOneLine($0, line, gap: gap) }) {
          result[index].box = result[index].box.union(line.box)
          result[index].pieceHeight = max(result[index].pieceHeight, line.pieceHeight)
          isChanged = true
        } else {
          result.append(line)
        }
      }
      lines = result
    }
    return lines.map(\.box)
  }

  private func areOneLine(_ one: Cluster, _ other: Cluster, gap: Int) -> Bool {
    let (a, b) = (one.box, other.box)
    let rows = min(a.maxY, b.maxY) - max(a.y, b.y)
    let between = max(a.x, b.x) - min(a.maxX, b.maxX)
    // Large type has larger gaps.
    guard Double(between) <= max(Double(gap), Self.chunkGap * Double(max(a.height, b.height)))
    else { return false }
    let joined = Double(max(a.maxY, b.maxY) - min(a.y, b.y))
    let height = max(characterHeight, Double(max(one.pieceHeight, other.pieceHeight)))
    if 2 * rows >= min(a.height, b.height), joined <= 1.3 * height { return true }
    // Strokes of one character one above the other, as in 二 or 言. A stroke says how large it is where
    // it is much wider than high.
    let width = Double(min(a.width, b.width))
    let isStroke = 4 * Double(max(a.height, b.height)) < width
    let em = isStroke && width < 3 * characterHeight ? max(height, width) : height
    return 2 * -between >= min(a.width, b.width) && Double(rows) > -0.5 * em
      && joined <= Self.characterReach * em
  }
}
