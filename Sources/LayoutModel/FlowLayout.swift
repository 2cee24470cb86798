package import DocumentModel

/// What an extractor of a flowing format (DOCX) produces: content in order, without pages.
package struct FlowLayout: Sendable {
  package var metadata: Metadata
  /// The body in document order; text boxes and footnotes stand where they are anchored.
  package var blocks: [FlowBlock]
  /// Running heads and feet, once each.
  package var furniture: [FlowBlock]
  package var notes: [Note]

  package init(
    metadata: Metadata = Metadata(), blocks: [FlowBlock] = [], furniture: [FlowBlock] = [],
    notes: [Note] = []
  ) {
    self.metadata = metadata
    self.blocks = blocks
    self.furniture = furniture
    self.notes = notes
  }
}

/// One piece of a flowing document.
package enum FlowBlock: Sendable {
  case paragraph(FlowParagraph)
  case table(FlowTable)
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
  package var provenance: Provenance

  package init(
    kind: Block.Kind = .paragraph, level: Int? = nil, label: String? = nil, text: String,
    alignment: TextAlignment = .unknown, indent: Double = 0, isBold: Bool = false,
    fontSize: Double = 0, provenance: Provenance
  ) {
    self.kind = kind
    self.level = level
    self.label = label
    self.text = text
    self.alignment = alignment
    self.indent = indent
    self.isBold = isBold
    self.fontSize = fontSize
    self.provenance = provenance
  }
}

/// A table of a flowing document: declared cells, and the place it came from.
package struct FlowTable: Sendable {
  package var grid: CellGrid
  package var provenance: Provenance

  package init(grid: CellGrid, provenance: Provenance) {
    self.grid = grid
    self.provenance = provenance
  }
}
