/// Every tunable number of table reconstruction, with its unit and reason.
///
/// Distances of drawn things are in points, because rules and their overlaps do not grow with the
/// type; distances of text are in ems of the type around them.
enum TableThresholds {
  /// Rulings closer than this are one line: double lines, the borders that two neighbouring cells
  /// draw at the same place, and sliver columns of a pixel.
  ///
  /// The narrowest real column is a digit of 5 point type with its padding. Points.
  static let sameLine = 3.0
  /// Pieces of a line with a gap up to this are one line: dashes, corners that cell borders leave
  /// open.
  ///
  /// Rules under neighbouring spanner heads are further apart. Points.
  static let joinGap = 3.0
  /// The pieces of a line meet within this distance where a producer draws it cell by cell.
  ///
  /// Dashes and the lines of neighbouring spanner heads are further apart. Points.
  static let seam = 1.0
  /// A page with more pieces of lines than this is a drawing.
  static let maximumPieces = 20_000
  /// Lines of text further apart than this are no lines of one cell.
  ///
  /// Ems.
  static let looseStep = 1.6
  /// A text stands in the middle of its cell within this distance.
  ///
  /// Points.
  static let centred = 1.5
  /// A page has no table with more rows times columns than this.
  static let maximumUnits = 20_000
  /// Nor more columns than this.
  static let maximumColumns = 200
  /// A page has at most this many tables.
  static let maximumTables = 100
  /// At most this many tables stand side by side.
  static let maximumAbreast = 4
  /// How far a line may stop short of one that it meets.
  ///
  /// Points.
  static let reach = 3.0
  /// A side of a cell is drawn when this share of it is covered.
  static let drawnShare = 0.6
  /// Shorter lines are bullets, dots and strokes of drawn letters.
  ///
  /// Points.
  static let minimumLine = 5.0
  /// More lines than this on one axis are a drawing.
  static let maximumLines = 3000
  /// A title row of one line is at most this high, in ems: a line, its leading and padding.
  static let titleRowHeight = 3.0
  /// Rulings this much inside the ends of the horizontal lines leave a side open.
  ///
  /// Points.
  static let openSide = 8.0
  /// White between pieces of a row that may be columns: wider than any space in running text.
  ///
  /// Ems.
  static let chunkGap = 0.9
  /// White between columns of a body row: wider than a space and its kerning.
  ///
  /// Ems.
  static let columnGap = 0.45
  /// White between two numbers that are not groups of digits of one number.
  ///
  /// Ems.
  static let numberGap = 0.2
  /// A currency sign stands at most this far in front of its number: the width of a column of large
  /// amounts.
  ///
  /// Ems.
  static let currencyGap = 8.0
  /// A bracket or a percent sign in a column of its own stands at most this far behind its number.
  ///
  /// Ems.
  static let closingGap = 1.5
  /// White between heads that share an undivided row of heads.
  ///
  /// Ems.
  static let spannerGap = 1.8
  /// White between two heads where a column edge lies in it.
  ///
  /// Ems.
  static let headGap = 0.35
  /// White between two heads of ideographs, which have no spaces between words.
  ///
  /// Ems.
  static let ideographGap = 0.2
  /// A gutter that rows share has at least this width.
  ///
  /// Points.
  static let sharedGutter = 2.0
  /// Rows of a table are at most this far apart without lines around them.
  ///
  /// Ems.
  static let rowDistance = 3.2
  /// Lines of one table end at the same places within this distance.
  ///
  /// Points.
  static let sameEnd = 4.0
  /// At most this share of body rows may run across a gutter.
  static let crossingShare = 0.06
  /// Words that recognition is less sure of than this may be stains, stamps or strokes of a pen: they
  /// do not divide cells.
  static let surelyRead: Float = 0.6
  /// What a place found by alignment alone is worth, against 1 for a ruled one, by what the reading
  /// of the heads leaves unexplained, in ems a column.
  static func alignedConfidence(misfit: Double) -> Double {
    switch misfit {
    case ..<0.3: 0.95
    case ..<0.7: 0.9
    case ..<1.4: 0.8
    default: 0.7
    }
  }
  /// Columns that show in the seams of lines are certain; rows and heads are still read from text.
  static let seamedConfidence = 0.95
  /// A lattice with more than this share of walls not drawn is a drawing.
  ///
  /// The tables of 440 documents have none.
  static let undrawnWalls = 0.08
  /// Smaller curves are letters, bullets, ticks and icons.
  ///
  /// Points.
  static let drawnMark = 8.0
  /// This many slanted lines across cells are one plotted line; a diagonal stub head stays in its
  /// cell.
  static let plottedSegments = 4
  /// A curve that is a plot by itself is at least this wide and high.
  ///
  /// Points.
  static let plotSide = 40.0
  /// A page with more large curves than this is one drawing, and no areas are looked for.
  static let maximumPlots = 400
  /// Letters take up less than this share of a plot and more of any table or text.
  static let labelledShare = 0.12
  /// The frame around a drawing is at most this much larger than what is drawn in it.
  static let frameArea = 4.0
  /// Labels stand at most this far outside of a drawing.
  ///
  /// Ems.
  static let labelDistance = 1.5
  /// A line this light (each channel of 255) on white paper is not seen.
  static let invisibleLight: UInt32 = 250
}
