package import DocumentModel
package import LayoutModel
package import PackageReading
internal import PageGeometry

/// Reads an OFD package (GB/T 33190-2016): bytes to one `PageLayout` a page.
///
/// The entry point of this target. As in a PDF, everything on a page has an absolute place, so that
/// later stages see no difference:
///
///     bytes ─▶ ZIPArchive ─▶ OFDPackage ─▶ OFDDocument ─▶ PagePainter ─▶ PageLayout
///               entries       elements      pages, ids     millimetres to points
///
/// A package may hold several documents; their pages are read one after another. Templates are
/// painted under or over their pages. Of annotations, text that was added is read, watermarks,
/// stamps and marks are named in notes, as are seals, signatures and attachments.
///
/// Not read: pictures' content, fonts' outlines and widths, colour profiles, patterns, actions,
/// outlines, bookmarks, permissions, earlier versions, sound and film. Nothing is verified.
package final class OFDExtractor {
  /// A point in millimetres.
  static let pointsPerMillimetre = 72 / 25.4
  /// A4, for documents that give no page size.
  private static let usualSize = (width: 210.0, height: 297.0)
  /// A page may have this many millimetres a side.
  private static let largestSide = 1e5
  /// All pages together may have as many objects as this many pages.
  private static let pageEquivalents = 100
  /// So many template pages are kept; documents have one or two.
  private static let templateCount = 8

  private let package: OFDPackage
  private var documents: [OFDDocument] = []
  /// For each page of all documents, where it is.
  private var places: [(document: Int, page: Int)] = []
  private var information = OFDElement(name: .docInfo)
  /// Template pages by part.
  private var knownTemplates: [String: OFDElement] = [:]
  private var objectCount = 0
  private var ownNotes: [Note] = []

  /// Opens a document.
  ///
  /// - Throws: The first cause for which the document cannot be read as a whole.
  package init(
    bytes: [UInt8], limits: PackageLimits = PackageLimits()
  ) throws(PackageError) {
    package = try OFDPackage(bytes: bytes, limits: limits)
    let entry = "OFD.xml"
    let bodies = try package.element(at: entry, named: .ofd, "an OFD package").children(.docBody)
    for body in bodies {
      guard let location = body.childText(.docRoot) else { continue }
      do throws(PackageError) {
        try add(
          OFDDocument(
            part: package.path(of: location, in: entry),
            signatures: body.childText(.signatures).map { package.path(of: $0, in: entry) },
            firstPage: places.count + 1, package: package))
      } catch {
        guard error.isOfOnePart, !documents.isEmpty else { throw error }
        note("ofd.unreadablePart", .error, error.description)
        continue
      }
      if documents.count == 1 {
        information = body.child(.docInfo) ?? information
      } else {
        note(
          "ofd.severalDocuments", .info,
          "the package holds another document, which starts on page "
            + "\(places.count - (documents.last?.pages.count ?? 0) + 1)")
      }
    }
    guard !documents.isEmpty else {
      throw .unexpectedContent(path: entry, expected: "a document", found: "none")
    }
  }

  private func add(_ document: OFDDocument) throws(PackageError) {
    documents.append(document)
    for page in document.pages.indices { places.append((documents.count - 1, page)) }
    guard places.count <= package.limits.pages else {
      throw .limitExceeded(.pages, path: document.part, limit: package.limits.pages)
    }
  }

  private func note(_ code: String, _ severity: Note.Severity, _ message: String) {
    ownNotes.append(Note(code: code, severity: severity, message: message))
  }

  package var pageCount: Int { places.count }

  package func metadata() -> Metadata {
    let keywords = information.children(.keywords).flatMap { $0.children(.keyword) }
      .map(\.trimmedText)
    let producer = [information.childText(.creator), information.childText(.creatorVersion)]
      .compactMap { $0 }.joined(separator: " ")
    return Metadata(
      title: information.childText(.title), author: information.childText(.author),
      created: information.childText(.creationDate), modified: information.childText(.modDate),
      producer: producer.isEmpty ? nil : producer, subject: information.childText(.subject),
      keywords: keywords.isEmpty ? nil : keywords.joined(separator: ", "),
      description: information.childText(.abstract))
  }

  /// What was left out or doubtful on the pages read so far.
  package var notes: [Note] {
    var notes = documents.flatMap(\.notes) + ownNotes
    if package.hiddenCount > 0 {
      notes.append(
        Note(
          code: "ofd.hiddenObjects", severity: .info,
          message: "\(package.hiddenCount) objects that are declared invisible were left out"))
    }
    return notes
  }

  // MARK: - Pages

  /// Reads one page.
  ///
  /// - Parameter index: From 0, over all documents.
  /// - Returns: What is painted on the page.
  /// - Throws: What is wrong with the page; other pages may still be sound where the error
  ///   `isOfOnePart`.
  /// - Complexity: O(size of the page and its templates).
  package func page(at index: Int) throws(PackageError) -> PageLayout {
    guard places.indices.contains(index) else {
      throw .entryMissing(path: "page \(index + 1)")
    }
    let (document, place) = places[index]
    let entry = documents[document].pages[place]
    let root = try package.element(at: entry.part, named: .page, "an OFD page")
    let templates = try templates(of: root, document: document)
    for location in ([root] + templates).flatMap({ $0.children(.pageRes) }) {
      try documents[document].addResources(at: location.trimmedText, from: entry.part, package)
    }
    let size = size(of: root, document: document)
    let scale = Matrix(scale: Self.pointsPerMillimetre)
    var painter = PagePainter(
      width: size.width * Self.pointsPerMillimetre, height: size.height * Self.pointsPerMillimetre,
      resources: documents[document].resources, limits: package.limits, part: entry.part)
    for source in templates + [root] {
      for layer in source.children(.content).flatMap({ $0.children(.layer) }) {
        try painter.paint(
          layer.objects, placement: scale, layer: layer.attribute(.drawParam))
      }
    }
    try paintAnnotations(of: entry, document: document, number: index + 1, into: &painter)
    try count(painter, page: index + 1)
    return PageLayout(
      number: index + 1, width: size.width * Self.pointsPerMillimetre,
      height: size.height * Self.pointsPerMillimetre, fonts: documents[document].resources.fonts,
      glyphs: painter.glyphs, rulings: painter.drawings.rulings,
      diagonals: painter.drawings.diagonals, shadings: painter.drawings.shadings,
      freeforms: painter.drawings.freeforms, images: painter.images)
  }

  /// The template pages of a page, each once and in order; what cannot be read becomes a note.
  private func templates(
    of page: OFDElement, document: Int
  ) throws(PackageError) -> [OFDElement] {
    var result: [OFDElement] = []
    var seen: Set<String> = []
    for reference in page.children(.template) {
      guard let id = reference.attribute(.templateID), seen.insert(id).inserted,
        let part = documents[document].templates[id]
      else { continue }
      if knownTemplates[part] == nil {
        if knownTemplates.count >= Self.templateCount { knownTemplates = [:] }
        // A template that cannot be read is noted once and then counts as empty.
        knownTemplates[part] =
          try documents[document].optional(part, package) ?? OFDElement(name: .page)
      }
      if let template = knownTemplates[part] { result.append(template) }
    }
    return result
  }

  /// The size of a page in millimetres.
  private func size(of page: OFDElement, document: Int) -> (width: Double, height: Double) {
    for box in [page.child(.area)?.pageBox, documents[document].area] {
      guard let box, box.width > 0, box.height > 0, max(box.width, box.height) <= Self.largestSide
      else { continue }
      return (box.width, box.height)
    }
    return Self.usualSize
  }

  private func count(_ painter: PagePainter, page: Int) throws(PackageError) {
    objectCount += painter.objectCount
    let limit = package.limits.drawnObjects * Self.pageEquivalents
    guard objectCount <= limit else {
      throw .limitExceeded(.drawnObjects, path: "pages 1 to \(page)", limit: limit)
    }
    if painter.missingCount > 0 {
      note(
        "ofd.missingResource", .warning,
        "page \(page): \(painter.missingCount) composite objects are not declared")
    }
  }

  // MARK: - Annotations

  /// Paints the text and pictures of annotations that add to a page, and notes all of them.
  ///
  /// Stamps are pictures over the text; watermarks lie across it; their words are no part of it.
  private func paintAnnotations(
    of page: OFDDocument.Page, document: Int, number: Int, into painter: inout PagePainter
  ) throws(PackageError) {
    let scale = Matrix(scale: Self.pointsPerMillimetre)
    for part in documents[document].annotations[page.id] ?? [] {
      for annotation in try documents[document].optional(part, package)?.children(.annot) ?? [] {
        guard annotation.flag(.visible) != false else { continue }
        let type = annotation.attribute(.type) ?? "unknown"
        let appearance = annotation.child(.appearance)
        let box = appearance?.box(.boundary)
        let isAdded = type != "Watermark" && type != "Stamp"
        let objects = (appearance?.objects ?? []).filter { object in
          switch object.content {
          case .text: isAdded
          case .image: type != "Watermark"
          case .path, .composite: false
          }
        }
        try painter.paint(
          objects, placement: Matrix(x: box?.x ?? 0, y: box?.y ?? 0).then(scale))
        note(annotation, type: type, box: box, isRead: isAdded, page: number)
      }
    }
  }

  private func note(
    _ annotation: OFDElement, type: String, box: Box?, isRead: Bool, page: Int
  ) {
    let objects = annotation.child(.appearance)?.objects ?? []
    let texts = objects.compactMap { object in
      if case .text(let text) = object.content { text.plainText } else { nil as String? }
    }
    var message = "page \(page): annotation of type \(type)"
    if !texts.isEmpty {
      message +=
        isRead ? ", read as text of the page" : ", left out: " + texts.joined(separator: " ")
    }
    if let remark = annotation.childText(.remark) { message += "; remark: \(remark)" }
    ownNotes.append(
      Note(
        code: "ofd.annotation", severity: .info, message: message,
        provenance: box.map { [.page(number: page, box: $0.points)] } ?? []))
  }
}

extension Box {
  /// The same place in points on the page.
  var points: Rect {
    let scale = OFDExtractor.pointsPerMillimetre
    return Rect(
      x: Interval(x * scale, (x + width) * scale), y: Interval(y * scale, (y + height) * scale))
  }
}
