internal import PackageReading

/// The parts of an Open Packaging package: how they are found, related and opened.
///
/// The main part is the target of the package's `officeDocument` relationship, whatever its name.
/// Targets may be relative or absolute; a target outside the package is a link and never opened.
///
/// Source: ISO/IEC 29500-2 (ECMA-376 part 2).
final class PackageParts {
  struct Relationship {
    var id: String
    /// The last component of the type's address: `image`, `hyperlink`, `officeDocument`.
    var kind: String
    /// The part's path, or the address of something outside the package.
    var target: String
    var isExternal: Bool
  }

  let archive: ZIPArchive
  let limits: PackageLimits
  let table = XMLNameTable(vocabulary: XMLName.vocabulary)
  private let budget = InflationBudget()
  private let parser: XMLPartParser
  private var relationshipsByPart: [String: [Relationship]] = [:]
  private var contentTypes: ContentTypes?
  /// Parts that some reader asked for, by path.
  private(set) var openedParts: Set<String> = []

  init(archive: ZIPArchive, limits: PackageLimits) {
    self.archive = archive
    self.limits = limits
    parser = XMLPartParser(table: table, limits: limits)
  }

  /// The path of the main part.
  func mainPart() throws(PackageError) -> String {
    let relationships = try relationships(of: "")
    if let main = relationships.first(where: { $0.kind == "officeDocument" && !$0.isExternal }) {
      return main.target
    }
    // A package without root relationships still declares the type of its main part.
    if let part = try declaredTypes().overrides.first(where: {
      $0.type.contains("wordprocessingml") && $0.type.hasSuffix("main+xml")
    }) {
      return part.path
    }
    if archive.entry(named: "word/document.xml") != nil { return "word/document.xml" }
    throw .entryMissing(path: "_rels/.rels")
  }

  func has(_ path: String) -> Bool { archive.entry(named: path) != nil }

  func parse(_ path: String, into handler: XMLHandler) throws(PackageError) {
    try parser.parse(open(path), into: handler)
  }

  /// The inflated bytes of a part.
  func bytes(of path: String) throws(PackageError) -> [UInt8] {
    try open(path).all()
  }

  /// The inflated size of a part by the package's directory; 0 without such a part.
  func size(of path: String) -> Int? { archive.entry(named: path)?.size }

  func open(_ path: String) throws(PackageError) -> EntryStream {
    guard let entry = archive.entry(named: path) else { throw .entryMissing(path: path) }
    openedParts.insert(path)
    return try EntryStream(archive, entry: entry, limits: limits, budget: budget)
  }

  /// The relationships of a part, or of the package for the empty path.
  func relationships(of path: String) throws(PackageError) -> [Relationship] {
    if let known = relationshipsByPart[path] { return known }
    let (folder, name) = PackagePath.split(path)
    let file = folder + "_rels/" + name + ".rels"
    var result: [Relationship] = []
    if has(file) {
      let reader = RelationshipReader(folder: folder)
      try parse(file, into: reader)
      result = reader.relationships
    }
    relationshipsByPart[path] = result
    return result
  }

  func relationship(_ id: String, of path: String) throws(PackageError) -> Relationship? {
    try relationships(of: path).first { $0.id == id }
  }

  /// The declared media type of a part.
  func mediaType(of path: String) throws(PackageError) -> String? {
    let types = try declaredTypes()
    if let override = types.overrides.first(where: { $0.path == path }) { return override.type }
    guard let dot = path.lastIndex(of: ".") else { return nil }
    let ending = path[path.index(after: dot)...].lowercased()
    return types.defaults.first { $0.ending == ending }?.type
  }

  private func declaredTypes() throws(PackageError) -> ContentTypes {
    if let contentTypes { return contentTypes }
    let reader = ContentTypeReader()
    if has("[Content_Types].xml") { try parse("[Content_Types].xml", into: reader) }
    contentTypes = reader.types
    return reader.types
  }
}

private struct ContentTypes {
  var defaults: [(ending: String, type: String)] = []
  var overrides: [(path: String, type: String)] = []
}

private final class ContentTypeReader: XMLHandler {
  var types = ContentTypes()

  override func start(_ name: XMLName, _ attributes: XMLAttributes) {
    guard let type = attributes.string(.contentType) else { return }
    switch name {
    case .contentTypeDefault:
      types.defaults.append(((attributes.string(.extension) ?? "").lowercased(), type))
    case .contentTypeOverride:
      let path = attributes.string(.partName) ?? ""
      types.overrides.append((PackagePath.resolve(path, in: ""), type))
    default: break
    }
  }
}

private final class RelationshipReader: XMLHandler {
  let folder: String
  var relationships: [PackageParts.Relationship] = []

  init(folder: String) {
    self.folder = folder
  }

  override func start(_ name: XMLName, _ attributes: XMLAttributes) {
    guard name == .relationship, let id = attributes.string(.idUpper),
      let target = attributes.string(.target)
    else { return }
    let isExternal = attributes.equals(.targetMode, "External")
    let type = attributes.string(.typeUpper) ?? ""
    let kind = type.lastIndex(of: "/").map { String(type[type.index(after: $0)...]) } ?? type
    relationships.append(
      PackageParts.Relationship(
        id: id, kind: kind,
        target: isExternal ? target : PackagePath.resolve(target, in: folder),
        isExternal: isExternal))
  }
}
