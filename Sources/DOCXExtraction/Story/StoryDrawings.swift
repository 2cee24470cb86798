internal import DocumentModel
internal import LayoutModel
internal import PackageReading

/// Drawings: pictures, text boxes, charts, diagrams and embedded files.
extension Story {
  mutating func startDrawingPart(_ name: XMLName, _ attributes: XMLAttributes) {
    guard !drawings.isEmpty else { return }
    let last = drawings.count - 1
    switch name {
    case .drawingExtent:
      drawings[last].width = attributes.int(.cx).map { Double($0) / 12_700 }
      drawings[last].height = attributes.int(.cy).map { Double($0) / 12_700 }
    case .drawingProperties:
      let words = [attributes.string(.descr), attributes.string(.title)].compactMap { $0 }
      drawings[last].title = words.first { !$0.isEmpty }
    case .blip:
      if let id = attributes.relationship(.embed) ?? attributes.relationship(.link) {
        drawings[last].images.append((id, nil))
      }
    case .chart: drawings[last].chart = attributes.relationship(.id)
    case .diagram: drawings[last].diagram = attributes.relationship(.dm)
    case .vmlShape:
      let size = VMLStyle(attributes.string(.style) ?? "")
      drawings[last].width = size.width ?? drawings[last].width
      drawings[last].height = size.height ?? drawings[last].height
      if let alt = attributes.string(.alt), !alt.isEmpty { drawings[last].title = alt }
    case .vmlImage:
      if let id = attributes.relationship(.id) {
        drawings[last].images.append((id, attributes.string(.title)))
      }
    case .vmlTextPath:
      if let text = attributes.string(.string), !text.isEmpty { drawings[last].paths.append(text) }
    case .oleObject:
      drawings[last].object = (attributes.relationship(.id), attributes.string(.progID))
    case .objectEmbedding:
      drawings[last].object = (attributes.relationship(.id), attributes.string(.progID))
    default: break
    }
  }

  mutating func endDrawing() {
    guard let drawing = drawings.popLast(), let paragraph, removedRows == 0,
      invisibleChanges == 0, codeDepth == 0, !isHidden
    else { return }
    let place = paragraph.scalarCount..<paragraph.scalarCount
    for entry in drawing.images {
      let found = attempt { (context, part) throws(PackageError) in
        try context.image(relationship: entry.relationship, of: part)
      }
      guard var image = found else { continue }
      image.alternativeText = drawing.title ?? entry.title.flatMap { $0.isEmpty ? nil : $0 }
      image.width = drawing.width
      image.height = drawing.height
      paragraph.inlines.append(Inline(range: place, kind: .image(image)))
    }
    if let object = drawing.object {
      let embedding = attempt { (context, part) throws(PackageError) in
        try context.embedding(relationship: object.relationship, of: part, program: object.program)
      }
      if let embedding {
        paragraph.inlines.append(Inline(range: place, kind: .embedding(embedding)))
      }
    }
    for text in drawing.paths {
      paragraph.anchored.append(
        .paragraph(
          FlowParagraph(
            text: text, alignment: .center, role: .textBox,
            provenance: .part(name: part, path: paragraphPath(paragraph.index)))))
    }
    let figure = attempt { (context, part) throws(PackageError) -> FlowFigure? in
      if let id = drawing.chart { return try context.chart(relationship: id, of: part) }
      if let id = drawing.diagram { return try context.diagram(relationship: id, of: part) }
      return nil
    }
    if let figure { paragraph.anchored.append(.figure(figure)) }
  }

  mutating func startTextBox() {
    pathFrames[pathFrames.count - 1].others += 1
    pushPath("txbxContent", pathFrames[pathFrames.count - 1].others)
    containers.append(Container(kind: .textBox, fieldBase: fields.count))
    outerParagraphs.append(paragraph)
    outerStates.append((codeDepth, run, paragraphStyle))
    codeDepth = 0
    paragraph = nil
  }

  mutating func endTextBox() {
    guard containers.last?.kind == .textBox else { return }
    closeContainer()
    let container = containers.removeLast()
    while fields.count > container.fieldBase { fields.removeLast() }
    paragraph = outerParagraphs.popLast() ?? nil
    if let outer = outerStates.popLast() {
      (codeDepth, run, paragraphStyle) = (outer.codeDepth, outer.run, outer.style)
    }
    popPath()
    if let paragraph {
      paragraph.anchored += container.blocks
    } else {
      append(container.blocks)
    }
  }
}
