internal import DocumentModel
internal import PackageReading

/// One document of a package: its pages, templates and resources, and what comes with it.
struct OFDDocument {
  struct Page {
    /// The id by which annotations and signatures name it.
    var id: String
    var part: String
  }

  var part: String
  var pages: [Page] = []
  var resources = OFDResources()
  /// The page size that holds where a page gives none.
  var area: Box?
  /// Parts of template pages by id.
  var templates: [String: String] = [:]
  /// Parts of annotations by the id of their page.
  var annotations: [String: [String]] = [:]
  var notes: [Note] = []
  private var resourceParts: Set<String> = []

  /// Reads a document without its pages: its part, usually `Doc_0/Document.xml`, and the part that
  /// lists signatures, where there is one; `firstPage` is the number of its first page in the package.
  init(
    part: String, signatures: String?, firstPage: Int, package: OFDPackage
  ) throws(PackageError) {
    self.part = part
    let root = try package.element(at: part, named: .document, "an OFD document")
    let common = root.child(.commonData)
    area = common?.child(.pageArea)?.pageBox
    for list in common?.children ?? [] where list.name == .publicRes || list.name == .documentRes {
      try addResources(at: list.trimmedText, from: part, package)
    }
    for template in common?.children(.templatePage) ?? [] {
      guard let id = template.attribute(.id), let location = template.attribute(.baseLoc) else {
        continue
      }
      templates[id] = package.path(of: location, in: part)
    }
    for page in root.children(.pages).flatMap({ $0.children(.page) }) {
      pages.append(
        Page(
          id: page.attribute(.id) ?? "",
          part: package.path(of: page.attribute(.baseLoc) ?? "", in: part)))
    }
    if let location = root.childText(.annotations) {
      try addAnnotations(at: location, package)
    }
    if let location = root.childText(.attachments) {
      try addAttachments(at: location, package)
    }
    if let signatures { try addSignatures(at: signatures, firstPage: firstPage, package) }
  }

  /// Reads a resource part at its first use; a damaged one becomes a note.
  mutating func addResources(
    at location: String, from source: String, _ package: OFDPackage
  ) throws(PackageError) {
    let path = package.path(of: location, in: source, document: part)
    guard resourceParts.insert(path).inserted else { return }
    if let res = try optional(path, package) { resources.add(res) }
  }

  /// A part that the document can do without; nil, and a note, where it cannot be read.
  mutating func optional(
    _ path: String, _ package: OFDPackage
  ) throws(PackageError) -> OFDElement? {
    do throws(PackageError) {
      return try package.element(at: path)
    } catch {
      guard error.isOfOnePart else { throw error }
      notes.append(
        Note(code: "ofd.unreadablePart", severity: .error, message: error.description))
      return nil
    }
  }

  // MARK: - What comes with the document

  private mutating func addAnnotations(
    at location: String, _ package: OFDPackage
  ) throws(PackageError) {
    let list = package.path(of: location, in: part)
    for page in try optional(list, package)?.children(.page) ?? [] {
      for file in page.children(.fileLoc) {
        annotations[page.attribute(.pageID) ?? "", default: []].append(
          package.path(of: file.trimmedText, in: list, document: part))
      }
    }
  }

  private mutating func addAttachments(
    at location: String, _ package: OFDPackage
  ) throws(PackageError) {
    let list = package.path(of: location, in: part)
    for attachment in try optional(list, package)?.children(.attachment) ?? [] {
      let name = attachment.attribute(.name) ?? attachment.childText(.fileLoc) ?? "without a name"
      let format = attachment.attribute(.format).map { " (\($0))" } ?? ""
      notes.append(
        Note(
          code: "ofd.attachment", severity: .info,
          message: "attachment \(name)\(format) was not read"))
    }
  }

  private mutating func addSignatures(
    at list: String, firstPage: Int, _ package: OFDPackage
  ) throws(PackageError) {
    let numbers = Dictionary(
      pages.enumerated().map { ($0.element.id, firstPage + $0.offset) }
    ) { first, _ in first }
    for signature in try optional(list, package)?.children(.signature) ?? [] {
      let isSeal = signature.attribute(.type) != "Sign"
      let name = isSeal ? "seal" : "signature"
      var places: [Provenance] = []
      if let location = signature.attribute(.baseLoc) {
        let path = package.path(of: location, in: list, document: part)
        places =
          try optional(path, package)?.child(.signedInfo)?.children(.stampAnnot)
          .compactMap { place(of: $0, numbers) } ?? []
      }
      let pages = places.compactMap { place in
        if case .page(let number, _) = place { number } else { nil as Int? }
      }
      let shown = pages.isEmpty ? "" : " on page " + pages.map(String.init).joined(separator: ", ")
      notes.append(
        Note(
          code: "ofd.\(name)", severity: .info,
          message: "a \(name)\(shown); it was not verified and its picture not read",
          provenance: places))
    }
  }

  /// Where a seal is shown.
  private func place(of stamp: OFDElement, _ numbers: [String: Int]) -> Provenance? {
    guard let id = stamp.attribute(.pageRef), let box = stamp.box(.boundary),
      let number = numbers[id]
    else { return nil }
    return .page(number: number, box: box.points)
  }
}

extension OFDElement {
  /// The physical box of a page area.
  var pageBox: Box? { child(.physicalBox).flatMap { Box($0.text) } }
}
