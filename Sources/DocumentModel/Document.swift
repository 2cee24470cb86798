/// A converted document: what writers consume and what the canonical JSON carries.
///
/// A document holds content only. Facts of the run that made it (time, host, options) are not part
/// of it, so equal originals give equal documents.
public struct Document: Hashable, Sendable {
  /// The version of the model and of its JSON Schema; any change of either changes it.
  public static let schemaName = "boxhead.document/1.1.0"

  /// The original that was read.
  public var source: Source
  /// One entry for each page, in order; empty for a format without pages.
  public var pages: [PageInfo]
  /// What the original says about itself.
  public var metadata: Metadata
  /// The content in reading order, page furniture included.
  public var blocks: [Block]
  /// Parts with their own page form, for a format without pages.
  public var sections: [Section]
  /// Remarks that readers attached to the text.
  public var comments: [Comment]
  /// Tracked changes, in the order of the text.
  public var revisions: [Revision]
  /// What was left out, guessed or doubtful.
  public var notes: [Note]
  /// What a document of a known family says, under names of the family; one for each report in it.
  public var records: [Record]

  /// Creates a document.
  public init(
    source: Source, pages: [PageInfo] = [], metadata: Metadata = Metadata(), blocks: [Block] = [],
    sections: [Section] = [], comments: [Comment] = [], revisions: [Revision] = [],
    notes: [Note] = [], records: [Record] = []
  ) {
    self.source = source
    self.pages = pages
    self.metadata = metadata
    self.blocks = blocks
    self.sections = sections
    self.comments = comments
    self.revisions = revisions
    self.notes = notes
    self.records = records
  }
}

/// The original file of a document.
public struct Source: Hashable, Sendable {
  /// The file name without its folder.
  public var name: String
  /// The media type found in the bytes, never taken from the name.
  public var mediaType: String
  /// SHA-256 of the bytes in lower-case hexadecimal.
  public var sha256: String
  /// Size of the original.
  public var byteCount: Int

  /// Creates a source.
  public init(name: String, mediaType: String, sha256: String, byteCount: Int) {
    self.name = name
    self.mediaType = mediaType
    self.sha256 = sha256
    self.byteCount = byteCount
  }
}

/// Size and orientation of one page.
public struct PageInfo: Hashable, Sendable {
  /// Where the text of a page came from.
  public enum TextOrigin: String, Hashable, Sendable, CaseIterable {
    /// The text layer of the original.
    case textLayer
    /// Recognition of the page's picture.
    case recognized
    /// There is no text.
    case none
  }

  /// The page number, from 1.
  public var number: Int
  /// Width in points after rotation.
  public var width: Double
  /// Height in points after rotation.
  public var height: Double
  /// The rotation that the original declares: 0, 90, 180 or 270 degrees clockwise.
  public var rotation: Int
  /// Where its text came from.
  public var origin: TextOrigin

  /// Creates a page entry.
  public init(number: Int, width: Double, height: Double, rotation: Int, origin: TextOrigin) {
    self.number = number
    self.width = width
    self.height = height
    self.rotation = rotation
    self.origin = origin
  }
}

/// What an original says about itself.
public struct Metadata: Hashable, Sendable {
  /// The title.
  public var title: String?
  /// The author.
  public var author: String?
  /// When it was created, as ISO 8601 where the original's form allows.
  public var created: String?
  /// When it was last changed, as ISO 8601 where the original's form allows.
  public var modified: String?
  /// The program that made it.
  public var producer: String?
  /// The main language as a BCP 47 tag.
  public var language: String?
  /// What it is about.
  public var subject: String?
  /// Its key words, as written.
  public var keywords: String?
  /// A remark on the whole document.
  public var description: String?

  /// Creates metadata.
  public init(
    title: String? = nil, author: String? = nil, created: String? = nil, modified: String? = nil,
    producer: String? = nil, language: String? = nil, subject: String? = nil,
    keywords: String? = nil, description: String? = nil
  ) {
    self.title = title
    self.author = author
    self.created = created
    self.modified = modified
    self.producer = producer
    self.language = language
    self.subject = subject
    self.keywords = keywords
    self.description = description
  }
}
