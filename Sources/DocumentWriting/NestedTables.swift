import DocumentModel

/// The tables of a document in reading order, those inside of cells behind the table around them.
enum NestedTables {
  /// Calls `body` with each table of a block and the id of the block that it stands in.
  static func each(of block: Block, _ body: (Table, Block) -> Void) {
    guard let table = block.table else { return }
    body(table, block)
    for cell in table.cells where !cell.blocks.isEmpty {
      for inner in cell.blocks { each(of: inner, body) }
    }
  }
}
