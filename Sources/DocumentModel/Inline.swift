/// Something that stands at a place in a block's text: a link, a picture, a note mark, an equation.
///
/// Text stays plain, so that it can be compared and searched; what the original attaches to parts
/// of it is listed beside it, in the order of the text.
public struct Inline: Hashable, Sendable {
  /// What stands there.
  public enum Kind: Hashable, Sendable {
    /// A hyperlink: an address, or `#name` for a place in the document.
    case link(target: String)
    /// The mark of a footnote, endnote or comment; the id of the block that holds it.
    case reference(to: String)
    /// A picture.
    case image(Image)
    /// An equation; its text is not part of the block's text.
    case equation(Equation)
    /// A reading printed above the text of the range.
    case ruby(reading: String)
    /// A content control or form field and its state.
    case control(FormControl)
    /// A file inside the original, such as a workbook.
    case embedding(Embedding)
    /// A name for this place.
    case bookmark(name: String)
    /// Raised text.
    case superscript
    /// Lowered text.
    case `subscript`
    /// Text inserted by a tracked change; marked only where deletions are shown too.
    case insertion
    /// Text deleted by a tracked change; marked only where deletions are shown too.
    case deletion
  }

  /// The positions of Unicode scalars in the block's text; empty for a point between two.
  public var range: Range<Int>
  /// What stands there.
  public var kind: Kind

  /// Creates an inline.
  public init(range: Range<Int>, kind: Kind) {
    self.range = range
    self.kind = kind
  }
}

/// A picture of the original.
public struct Image: Hashable, Sendable {
  /// The text that stands for the picture.
  public var alternativeText: String?
  /// The part of the package that holds it; nil for a picture outside the file.
  public var part: String?
  /// The address of a picture outside the file; it is never fetched.
  public var externalTarget: String?
  /// The media type by the package's declaration or the part's name.
  public var mediaType: String?
  /// The printed width in points.
  public var width: Double?
  /// The printed height in points.
  public var height: Double?
  /// The size of the part.
  public var byteCount: Int?
  /// SHA-256 of the part in lower-case hexadecimal.
  public var sha256: String?

  /// Creates an image.
  public init(
    alternativeText: String? = nil, part: String? = nil, externalTarget: String? = nil,
    mediaType: String? = nil, width: Double? = nil, height: Double? = nil, byteCount: Int? = nil,
    sha256: String? = nil
  ) {
    self.alternativeText = alternativeText
    self.part = part
    self.externalTarget = externalTarget
    self.mediaType = mediaType
    self.width = width
    self.height = height
    self.byteCount = byteCount
    self.sha256 = sha256
  }
}

/// An equation of the original.
public struct Equation: Hashable, Sendable {
  /// The equation on one line, `(a+b)/c`.
  public var text: String
  /// The equation as presentation MathML.
  public var mathML: String
  /// Whether it stands on a line of its own.
  public var isDisplayed: Bool

  /// Creates an equation.
  public init(text: String, mathML: String, isDisplayed: Bool) {
    self.text = text
    self.mathML = mathML
    self.isDisplayed = isDisplayed
  }
}

/// A content control or form field with what is filled in.
public struct FormControl: Hashable, Sendable {
  /// What a control lets the reader do.
  public enum Kind: String, Hashable, Sendable, CaseIterable {
    /// Tick or untick.
    case checkBox
    /// Choose one of a list.
    case dropDown
    /// Choose one of a list, or type.
    case comboBox
    /// Choose a date.
    case date
    /// Type.
    case text
    /// Choose a picture.
    case picture
    /// A group of controls or a repeated section.
    case group
  }

  /// What it lets the reader do.
  public var kind: Kind
  /// The name that people see, or that a form gives it.
  public var name: String?
  /// The name that programs use.
  public var tag: String?
  /// Whether a check box is ticked; nil for other kinds.
  public var isChecked: Bool?
  /// Whether the text is only the prompt of an empty control.
  public var isPrompt: Bool

  /// Creates a form control.
  public init(
    kind: Kind, name: String? = nil, tag: String? = nil, isChecked: Bool? = nil,
    isPrompt: Bool = false
  ) {
    self.kind = kind
    self.name = name
    self.tag = tag
    self.isChecked = isChecked
    self.isPrompt = isPrompt
  }
}

/// A file inside the original.
public struct Embedding: Hashable, Sendable {
  /// The part of the package that holds it; nil for a linked file.
  public var part: String?
  /// The address of a linked file; it is never fetched.
  public var externalTarget: String?
  /// The program that made it, such as `Excel.Sheet.12`.
  public var program: String?
  /// The size of the part.
  public var byteCount: Int?

  /// Creates an embedding.
  public init(
    part: String? = nil, externalTarget: String? = nil, program: String? = nil,
    byteCount: Int? = nil
  ) {
    self.part = part
    self.externalTarget = externalTarget
    self.program = program
    self.byteCount = byteCount
  }
}
