internal import DocumentModel
internal import LayoutModel
internal import PackageReading

/// Tracked changes: what the view shows, and the list of all of them.
extension Story {
  mutating func startChange(_ name: XMLName, _ attributes: XMLAttributes, parent: XMLName) {
    let isRemoved =
      switch name {
      case .deletion, .moveFrom: acceptsDeletions
      default: !acceptsInsertions
      }
    switch parent {
    case .runProperties:
      guard propertyOwner == .paragraphProperties, let paragraph else { return }
      if isRemoved { paragraph.properties.isMarkRemoved = true }
      guard name == .deletion || name == .insertion else { return }
      context.revisions.append(
        Revision(
          kind: name == .deletion ? .paragraphDeletion : .paragraphInsertion,
          author: attributes.string(.author), date: attributes.string(.date),
          provenance: .part(name: part, path: paragraphPath(paragraph.index))))
    case .rowProperties:
      guard let table = tables.last, name == .deletion || name == .insertion else { return }
      let kind: Revision.Kind = name == .deletion ? .rowDeletion : .rowInsertion
      let change = Change(
        kind: kind, author: attributes.string(.author), date: attributes.string(.date),
        path: currentPath, isInvisible: isRemoved)
      if isRemoved, !table.isRowHidden, !table.isRowRemoved {
        table.isRowRemoved = true
        removedRows += 1
        if removedRows == 1 { rowChange = change }
      } else if removedRows == 0 {
        context.revisions.append(
          Revision(
            kind: kind, author: change.author, date: change.date,
            provenance: .part(name: part, path: change.path)))
      }
    case .numberingProperties, .cellProperties, .tableProperties, .mathControlProperties: break
    default:
      let kind: Revision.Kind =
        switch name {
        case .insertion: .insertion
        case .deletion: .deletion
        case .moveFrom: .moveFrom
        default: .moveTo
        }
      let index = paragraph?.index ?? 0
      changes.append(
        Change(
          kind: kind, author: attributes.string(.author), date: attributes.string(.date),
          path: paragraph == nil ? currentPath : paragraphPath(index), isInvisible: isRemoved))
      if isRemoved { invisibleChanges += 1 }
      if context.options.revisions == .all { changeStarts.append(paragraph?.scalarCount ?? 0) }
    }
  }

  mutating func endChange(parent: XMLName) {
    switch parent {
    case .runProperties, .rowProperties, .numberingProperties, .cellProperties, .tableProperties,
      .mathControlProperties:
      return
    default: break
    }
    guard let change = changes.popLast() else { return }
    if change.isInvisible { invisibleChanges -= 1 }
    if context.options.revisions == .all, let start = changeStarts.popLast(), let paragraph {
      let end = paragraph.scalarCount
      if start < end {
        let isInsertion = change.kind == .insertion || change.kind == .moveTo
        paragraph.inlines.append(
          Inline(range: start..<end, kind: isInsertion ? .insertion : .deletion))
      }
    }
    guard removedRows == 0, !change.text.isEmpty else { return }
    context.revisions.append(
      Revision(
        kind: change.kind, author: change.author, date: change.date,
        text: String(decoding: change.text, as: UTF8.self),
        provenance: .part(name: part, path: change.path)))
    // The text of an inner change is part of the outer one only where it stays in the view.
    if !changes.isEmpty, change.isInvisible == changes[changes.count - 1].isInvisible {
      changes[changes.count - 1].text += change.text
    }
  }
}
