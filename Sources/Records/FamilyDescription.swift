/// What the engine has to know about a family of documents: data, no code.
///
/// A family is one value of this type, in a file of its own under `Families/`. Labels are written as
/// they are printed; `|` stands between printings of one label (synonyms, known misprints), `/`
/// between levels of headers, outermost first, and `;` between paths of one item. `LabelText` says what need not be written: width,
/// numbers in front, glosses in brackets, years, punctuation.
package struct FamilyDescription: Sendable {
  /// A stable dotted name.
  let name: String
  /// Phrases of a title of the family, and what must not stand in one.
  let titles: [String]
  let foreignTitles: [String]
  /// Words in front of the name of the agency, where the title does not say it.
  var agencyLabels: [String] = []
  /// What heads columns of labels, where such columns may be taken for values.
  var stubLabels: [String] = []
  /// Labels one of which stands near the start of each of the family's tables.
  let cues: [String]
  /// How many known tables, or a title and tables, make a document one of the family.
  let evidence: Evidence
  /// The forms that the family has taken; the one that fits best is taken, the first of equals.
  var generations: [Generation]

  package struct Evidence: Sendable {
    /// Tables that suffice with a title of the family.
    let tablesWithTitle: Int
    /// Tables that suffice without one.
    let tables: Int
    /// Tables of which one suffices.
    var telling: [String] = []
    /// Sections that suffice with a title where there are no tables; nil where none do.
    var sectionsWithTitle: Int?
  }

  package struct Generation: Sendable {
    let name: String
    /// The years in which it was in use, which decide between equals.
    var years: ClosedRange<Int>?
    /// Labels one of which every document of the generation has; empty for any.
    var cues: [String] = []
    /// A word of the titles of its tables.
    var titleWord = ""
    var sections: [Section] = []
    let tables: [Table]
    var identities: [Identity] = []
    var checks: [Check] = []
  }

  package struct Section: Sendable {
    let name: String
    let labels: String
  }

  /// A table of the record: one or more groups of rows, each with its own columns.
  package struct Table: Sendable {
    let name: String
    /// Phrases of its title, one of which must stand over it.
    ///
    /// They tell tables apart that have the same headers; the table whose phrase is longest is meant.
    var titles = ""
    /// The share of the values named here that must be there.
    var leastShare: Float = 0.3
    let groups: [Group]
  }

  /// Rows and columns of a record that cross.
  package struct Group: Sendable {
    let rows: Axis
    let columns: Axis
    /// A label that must stand among the headers of each value, for tables with several sides.
    var side = ""
    /// Labels that must not.
    var notSide = ""
  }

  /// The names along one side of a matrix.
  package struct Axis: Sendable {
    enum Kind {
      /// These names only.
      case items
      /// These names, and all others by what is printed.
      case open
      /// Codes of a classification with their names, and these names.
      case codes
    }

    let kind: Kind
    let items: [Item]
    /// The item of values whose headers name none.
    var fallback: String?
  }

  /// One name and the labels that stand for it.
  package struct Item: Sendable {
    let name: String
    let path: String
    /// Whether a document of the family may lack it.
    let isOptional: Bool

    init(_ name: String, _ path: String, optional isOptional: Bool = false) {
      self.name = name
      self.path = path
      self.isOptional = isOptional
    }
  }

  /// Sums that must be equal, once for each column or each row of a table.
  package struct Identity: Sendable {
    enum Shape {
      /// For each of these columns (all if empty): sums of rows.
      case columns([String])
      /// For each of these rows (all if empty): sums of columns.
      case rows([String])
      /// For each code: it is the sum of those one level below.
      case codes
      /// For each column: the row is the sum of the codes of the highest level.
      case topCodes
      /// Entries of any table, as `table.row.column`.
      case entries
    }

    let id: String
    var table = ""
    let shape: Shape
    var left: [String] = []
    var right: [String] = []
    /// How much each figure may be rounded, in units of its last decimal; 0 for counts.
    var rounding = 0.0
  }

  /// What is worth a look where it does not hold.
  package struct Check: Sendable {
    enum Shape {
      /// The figure behind these words of the text is that of the table.
      case prose([String], figure: String, none: [String])
      /// Where the figure is not 0, a section says one of these words.
      case explained(figure: String, section: String, words: [String])
      /// Figures of the table are whole numbers from 0.
      case counts(table: String, columns: [String])
      /// A row of one year is a row of the next.
      case nextYear(table: String, row: String, nextRow: String)
      /// A stock of one year is that of the year before with what came and without what went.
      case stock(table: String, rows: [String], stock: String, added: String, removed: String)
    }

    let id: String
    let shape: Shape
  }
}

extension FamilyDescription.Axis {
  static func items(_ items: FamilyDescription.Item...) -> Self {
    Self(kind: .items, items: items)
  }

  static func open(_ items: FamilyDescription.Item...) -> Self { Self(kind: .open, items: items) }

  static func codes(_ items: FamilyDescription.Item...) -> Self { Self(kind: .codes, items: items) }
}
