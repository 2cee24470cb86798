internal import DocumentModel
internal import LayoutModel
internal import PackageReading

/// Tables: rows and cells into `TableBuilder`, hidden and deleted rows, cell texts.
extension Story {
  mutating func startTablePart(
    _ name: XMLName, _ attributes: XMLAttributes, parent: XMLName
  ) {
    switch name {
    case .table: startTable()
    case .tableRow: startRow()
    case .tableCell: startCell()
    default:
      guard let table = tables.last else { return }
      switch name {
      case .gridColumn where parent == .tableGrid:
        if table.gridColumns.count < 4_096 { table.gridColumns.append(attributes.twips(.w) ?? 0) }
      case .tableStyle: table.style = attributes.string(.val)
      case .tableCaption: table.title = attributes.string(.val)
      case .tableDescription: table.summary = attributes.string(.val)
      case .tablePosition: table.isFloating = true
      case .gridBefore: table.row.before = max(0, attributes.int(.val) ?? 0)
      case .gridAfter: table.row.after = max(0, attributes.int(.val) ?? 0)
      case .tableHeader: table.row.isHeader = attributes.isOn
      case .hidden:
        if parent == .rowProperties, attributes.isOn { hideRow(of: table) }
      default: readCellProperty(name, attributes, parent: parent, of: table)
      }
    }
  }

  mutating func readCellProperty(
    _ name: XMLName, _ attributes: XMLAttributes, parent: XMLName, of table: TableBuilder
  ) {
    guard parent == .cellProperties, !table.cells.isEmpty else { return }
    let last = table.cells.count - 1
    switch name {
    case .gridSpan: table.cells[last].span = max(1, attributes.int(.val) ?? 1)
    case .verticalMerge:
      table.cells[last].vertical = attributes.equals(.val, "restart") ? .restart : .continued
    case .horizontalMerge:
      table.cells[last].continuesHorizontally = !attributes.equals(.val, "restart")
    case .cellDeletion, .cellInsertion:
      let kind: Revision.Kind = name == .cellDeletion ? .cellDeletion : .cellInsertion
      context.revisions.append(
        Revision(
          kind: kind, author: attributes.string(.author), date: attributes.string(.date),
          provenance: .part(name: part, path: removedRows == 0 ? currentPath : "")))
    default: break
    }
  }

  mutating func startTable() {
    closeContainer()
    pathFrames[pathFrames.count - 1].tables += 1
    let table = spareTables.popLast() ?? TableBuilder()
    table.reset()
    table.followsTable = containers.last?.endsWithTable ?? false
    pushPath("tbl", pathFrames[pathFrames.count - 1].tables)
    table.path = currentPath
    tables.append(table)
  }

  mutating func startRow() {
    guard let table = tables.last else { return }
    pathFrames[pathFrames.count - 1].rows += 1
    pushPath("tr", pathFrames[pathFrames.count - 1].rows)
    table.beginRow()
  }

  mutating func hideRow(of table: TableBuilder) {
    guard !table.isRowHidden, !table.isRowRemoved else { return }
    table.isRowHidden = true
    removedRows += 1
  }

  mutating func endRow() {
    guard let table = tables.last else { return }
    popPath()
    if table.isRowHidden || table.isRowRemoved {
      removedRows -= 1
      if removedRows == 0 { reportRemovedRow(isHidden: table.isRowHidden) }
    }
    table.endRow()
  }

  mutating func reportRemovedRow(isHidden: Bool) {
    let text = String(decoding: removedRowText, as: UTF8.self)
    removedRowText = []
    if isHidden {
      context.loss.add(.hiddenRow)
      context.loss.add(.hiddenRow, characters: text.visibleCount)
    } else if let change = rowChange {
      context.revisions.append(
        Revision(
          kind: change.kind, author: change.author, date: change.date, text: text,
          provenance: .part(name: part, path: change.path)))
    }
    rowChange = nil
  }

  mutating func startCell() {
    guard let table = tables.last else { return }
    let frame = pathFrames.count - 1
    pathFrames[frame].cells += 1
    let position = pathFrames[frame].cells
    if pathFrames[frame].parent == nil {
      let path = currentPath
      pathFrames[frame].parent = CellOrigin.Parent(part: part, path: path)
    }
    table.beginCell(pathFrames[frame].parent, position: position)
    pushPath("tc", position)
    if removedRows > 0, !removedRowText.isEmpty { removedRowText.append(0x20) }
    containers.append(Container(kind: .cell, fieldBase: fields.count))
    outerParagraphs.append(paragraph)
    paragraph = nil
  }

  mutating func endCell() {
    guard let table = tables.last, containers.last?.kind == .cell else { return }
    closeContainer()
    let container = containers.removeLast()
    paragraph = outerParagraphs.popLast() ?? nil
    popPath()
    guard removedRows == 0, !table.cells.isEmpty else { return }
    let last = table.cells.count - 1
    if container.blocks.isEmpty {
      table.cells[last].fill(with: container.lines)
    } else {
      fill(&table.cells[last], with: container.blocks)
    }
  }

  /// A cell's text is that of its paragraphs, raised marks as superscript characters; anything else
  /// stays beside it as blocks.
  mutating func fill(_ cell: inout TableBuilder.RawCell, with blocks: [FlowBlock]) {
    var isPlain = true
    var isBold = true
    var isFirst = true
    var text = ""
    for block in blocks {
      guard case .paragraph(let paragraph) = block else {
        isPlain = false
        continue
      }
      if !paragraph.inlines.isEmpty || paragraph.role == .textBox || paragraph.kind == .footnote {
        isPlain = false
      }
      if paragraph.role == .textBox || paragraph.kind == .footnote { continue }
      let trimmed = CellText.trimmed(CellText.withRaised(paragraph))
      let line =
        paragraph.label.map { trimmed.text.isEmpty ? $0 : $0 + " " + trimmed.text }
        ?? trimmed.text
      if line.isEmpty { continue }
      if isFirst {
        cell.alignment = paragraph.alignment
        cell.fontSize = paragraph.fontSize
        cell.indent = paragraph.alignment == .center ? 0 : paragraph.indent + trimmed.indent
        text = line
        isFirst = false
      } else {
        text += "\n" + line
      }
      isBold = isBold && paragraph.isBold
    }
    cell.text = text
    cell.isBold = !isFirst && isBold
    if !isPlain, case .part(_, let path) = cell.place {
      cell.blocks = blocks.map { placed($0, at: path) }
    }
  }

  /// A block with the place of its cell where it has none of its own.
  mutating func placed(_ block: FlowBlock, at path: String) -> FlowBlock {
    guard case .paragraph(var paragraph) = block, case .part(_, "") = paragraph.provenance else {
      return block
    }
    paragraph.provenance = .part(name: part, path: path)
    return .paragraph(paragraph)
  }

  mutating func endTable() {
    guard let builder = tables.popLast() else { return }
    popPath()
    guard removedRows == 0 else { return }
    let finished = attempt { (context, part) throws(PackageError) in
      try builder.finish(part: part, limits: context.options.limits)
    }
    if builder.coveredCharacters > 0 {
      context.loss.add(.coveredCell)
      context.loss.add(.coveredCell, characters: builder.coveredCharacters)
    }
    spareTables.append(builder)
    guard var table = finished, !containers.isEmpty else { return }
    if isInTextBox { table.role = .textBox }
    append([.table(table)])
    containers[containers.count - 1].endsWithTable = true
    appendNotes()
  }
}
