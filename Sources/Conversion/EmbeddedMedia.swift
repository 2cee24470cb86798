import DOCXExtraction
public import DocumentModel

/// The pictures inside an original, for those who want them as files.
///
/// A picture's name is its SHA-256, which the document's JSON gives for each image, and the ending
/// that its part has. Names of parts are never used as file names: they are the document's word.
public struct EmbeddedMedia {
  private var names: [(part: String, name: String)] = []
  private var seen: Set<String> = []

  /// Creates a list without pictures.
  public init() {}

  /// Takes note of the pictures in a block.
  public mutating func add(_ block: Block) {
    for inline in block.inlines {
      guard case .image(let image) = inline.kind, let part = image.part,
        let checksum = image.sha256, seen.insert(checksum).inserted
      else { continue }
      names.append((part, checksum + Self.ending(of: part)))
    }
    for cell in block.table?.cells ?? [] {
      for block in cell.blocks { add(block) }
    }
  }

  /// Calls `body` once for each picture, in the order of the text.
  ///
  /// - Parameters:
  ///   - bytes: The original.
  ///   - body: Takes the name of the file and its content.
  /// - Throws: What `body` throws.
  public func each<Failure: Error>(
    of bytes: [UInt8], _ body: (String, [UInt8]) throws(Failure) -> Void
  ) throws(Failure) {
    guard !names.isEmpty, let package = try? DOCXPackage(bytes: bytes) else { return }
    for (part, name) in names {
      guard let content = try? package.part(named: part) else { continue }
      try body(name, content)
    }
  }

  /// The ending of a part's name with its dot; nothing where it is not a plain one.
  private static func ending(of part: String) -> String {
    guard let dot = part.lastIndex(of: ".") else { return "" }
    let ending = part[part.index(after: dot)...].lowercased()
    let isPlain =
      !ending.isEmpty && ending.utf8.count <= 5
      && ending.utf8.allSatisfy { (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) }
    return isPlain ? "." + ending : ""
  }
}
