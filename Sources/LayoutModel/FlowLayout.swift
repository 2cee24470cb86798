package import DocumentModel

/// What an extractor of a flowing format (DOCX) produces: content in order, without pages.
package struct FlowLayout: Sendable {
  /// What the package declares itself to be; nil if it does not say.
  package var mediaType: String?
  package var metadata: Metadata
  /// The body in document order; text boxes and footnotes stand where they are anchored.
  package var blocks: [FlowBlock]
  /// Running heads and feet, once each.
  package var furniture: [FlowBlock]
  package var sections: [FlowSection]
  package var comments: [FlowComment]
  package var revisions: [Revision]
  package var notes: [Note]

  package init(
    mediaType: String? = nil, metadata: Metadata = Metadata(), blocks: [FlowBlock] = [],
    furniture: [FlowBlock] = [], sections: [FlowSection] = [], comments: [FlowComment] = [],
    revisions: [Revision] = [],
    notes: [Note] = []
  ) {
    self.mediaType = mediaType
    self.metadata = metadata
    self.blocks = blocks
    self.furniture = furniture
    self.sections = sections
    self.comments = comments
    self.revisions = revisions
    self.notes = notes
  }
}

/// One piece of a flowing document.
///
/// Indirect, because a long document has many and they are handed on again and again.
package indirect enum FlowBlock: Sendable {
  case paragraph(FlowParagraph)
  case table(FlowTable)
  case figure(FlowFigure)
}

/// A section and where it ends.
package struct FlowSection: Sendable {
  /// The page form; `lastBlock` is filled in when blocks have ids.
  package var form: Section
  /// The position in `FlowLayout.blocks` behind the section's last block.
  package var end: Int

  package init(form: Section, end: Int) {
    self.form = form
    self.end = end
  }
}

/// A comment and where it is attached.
package struct FlowComment: Sendable {
  /// The key by which `Inline.Kind.reference` names it before blocks have ids.
  package var key: String
  package var comment: Comment

  package init(key: String, comment: Comment) {
    self.key = key
    self.comment = comment
  }
}

/// A chart or diagram: a title and, for a chart, its values.
package struct FlowFigure: Sendable {
  package var role: Block.Role
  package var title: String
  /// The values: a row of series names, then a row for each category; nil for a diagram.
  package var grid: CellGrid?
  package var provenance: Provenance

  package init(role: Block.Role, title: String, grid: CellGrid?, provenance: Provenance) {
    self.role = role
    self.title = title
    self.grid = grid
    self.provenance = provenance
  }
}

/// A paragraph of a flowing document, as printed.
package struct FlowParagraph: Sendable {
  /// What the markup says the paragraph is; most say nothing more than `paragraph`.
  package var kind: Block.Kind
  /// Depth of a heading or list item, from 1.
  package var level: Int?
  /// The computed list number or bullet.
  package var label: String?
  package var text: String
  package var alignment: TextAlignment
  /// Left indent of the first line, in ems.
  package var indent: Double
  package var isBold: Bool
  /// Font size in points; 0 when the markup does not say.
  package var fontSize: Double
  package var role: Block.Role?
  package var direction: Block.Direction?
  /// Links, pictures and so on; a reference names its target by `noteKey` or `FlowComment.key`.
  package var inlines: [Inline]
  /// On the first paragraph of a footnote or endnote: the key that references to it use.
  package var noteKey: String?
  package var provenance: Provenance

  package init(
    kind: Block.Kind = .paragraph, level: Int? = nil, label: String? = nil, text: String,
    alignment: TextAlignment = .unknown, indent: Double = 0, isBold: Bool = false,
    fontSize: Double = 0, role: Block.Role? = nil, direction: Block.Direction? = nil,
    inlines: [Inline] = [], noteKey: String? = nil, provenance: Provenance
  ) {
    self.kind = kind
    self.level = level
    self.label = label
    self.text = text
    self.alignment = alignment
    self.indent = indent
    self.isBold = isBold
    self.fontSize = fontSize
    self.role = role
    self.direction = direction
    self.inlines = inlines
    self.noteKey = noteKey
    self.provenance = provenance
  }
}

/// A table of a flowing document: declared cells, and the place it came from.
package struct FlowTable: Sendable {
  package var grid: CellGrid
  /// The content of cells that hold more than plain text, in the order of the cells.
  package var contents: [CellContent]
  /// The width of each column in points; empty when the markup does not say.
  package var columnWidths: [Double]
  /// The name of the table style; equal styles are one condition for joining adjacent tables.
  package var style: String?
  /// Whether the table floats; a floating table is never joined with another.
  package var isFloating: Bool
  /// Whether nothing stands between this table and the one before it.
  package var followsTable: Bool
  /// The title and description that stand for the table where it cannot be seen.
  package var alternativeText: String?
  package var role: Block.Role?
  package var provenance: Provenance

  /// The content of one cell.
  package struct CellContent: Sendable {
    /// The position in `grid.cells`.
    package var cell: Int
    package var blocks: [FlowBlock]

    package init(cell: Int, blocks: [FlowBlock]) {
      self.cell = cell
      self.blocks = blocks
    }
  }

  package init(
    grid: CellGrid, contents: [CellContent] = [], columnWidths: [Double] = [],
    style: String? = nil, isFloating: Bool = false, followsTable: Bool = false,
    alternativeText: String? = nil, role: Block.Role? = nil, provenance: Provenance
  ) {
    self.grid = grid
    self.contents = contents
    self.columnWidths = columnWidths
    self.style = style
    self.isFloating = isFloating
    self.followsTable = followsTable
    self.alternativeText = alternativeText
    self.role = role
    self.provenance = provenance
  }
}
