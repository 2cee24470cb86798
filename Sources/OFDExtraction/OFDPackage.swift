package import PackageReading

/// The parts of an OFD package: found by their locations and read as elements.
///
/// A location is absolute from the root of the package, or relative to the part that gives it;
/// some producers mean the root or the folder of the document all the same, which is tried next.
/// Nothing outside the package is ever opened.
final class OFDPackage {
  let limits: PackageLimits
  private let archive: ZIPArchive
  private let parser: XMLPartParser
  private let budget = InflationBudget()
  /// Objects that parts say are not to be shown.
  private(set) var hiddenCount = 0

  init(bytes: [UInt8], limits: PackageLimits) throws(PackageError) {
    self.limits = limits
    archive = try ZIPArchive(bytes: bytes, limits: limits)
    parser = XMLPartParser(table: XMLNameTable(vocabulary: OFDName.vocabulary), limits: limits)
    // GM/T 0099-2020: what has one of these at its root is encrypted as a whole or in part.
    guard !has("Encryptions.xml"), !has("OFDEntries.xml") else { throw .encrypted }
  }

  func has(_ path: String) -> Bool { archive.entry(named: path) != nil }

  /// The path of a location given in a part.
  func path(of location: String, in part: String, document: String = "") -> String {
    let folders = [PackagePath.split(part).folder, "", PackagePath.split(document).folder]
    let paths = folders.map { PackagePath.resolve(location, in: $0) }
    return paths.first(where: has) ?? paths[0]
  }

  /// The outermost element of a part.
  func element(at path: String) throws(PackageError) -> OFDElement {
    guard let entry = archive.entry(named: path) else { throw .entryMissing(path: path) }
    let reader = OFDElementReader(part: path, limits: limits)
    try parser.parse(
      EntryStream(archive, entry: entry, limits: limits, budget: budget), into: reader)
    hiddenCount += reader.hiddenCount
    guard let root = reader.root else {
      throw .xmlMalformed(path: path, line: 0, detail: "no element")
    }
    return root
  }

  /// The outermost element of a part, which must have a name.
  func element(
    at path: String, named name: OFDName, _ meaning: String
  ) throws(PackageError) -> OFDElement {
    let root = try element(at: path)
    guard root.name == name else {
      throw .unexpectedContent(
        path: path, expected: meaning,
        found: root.name == .unknown ? "other XML" : root.name.rawValue)
    }
    return root
  }
}

extension PackageError {
  /// Whether it spoils one part only, so that others may still be read.
  package var isOfOnePart: Bool {
    switch self {
    case .xmlMalformed, .entryMissing, .compressionDamaged, .checksumMismatch, .unexpectedContent:
      true
    default: false
    }
  }
}
