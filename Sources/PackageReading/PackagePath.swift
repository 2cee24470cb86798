/// Paths of entries in a package, as other entries give them.
package enum PackagePath {
  /// Folder (with a slash, or empty) and file name of a path.
  package static func split(_ path: String) -> (folder: String, name: String) {
    guard let slash = path.lastIndex(of: "/") else { return ("", path) }
    return (String(path[...slash]), String(path[path.index(after: slash)...]))
  }

  /// A target as a path from the package's root; `..` never leads out of the package.
  package static func resolve(_ target: String, in folder: String) -> String {
    var clean = target.split(separator: "#", omittingEmptySubsequences: false).first ?? ""
    let isAbsolute = clean.hasPrefix("/") || clean.hasPrefix("\\")
    if isAbsolute { clean = clean.dropFirst() }
    var components: [Substring] = isAbsolute ? [] : folder.split(separator: "/")
    for component in clean.split(whereSeparator: { $0 == "/" || $0 == "\\" }) {
      switch component {
      case ".": break
      case "..": _ = components.popLast()
      default: components.append(component)
      }
    }
    return percentDecoded(components.joined(separator: "/"))
  }

  private static func percentDecoded(_ path: String) -> String {
    guard path.utf8.contains(0x25) else { return path }
    var result: [UInt8] = []
    let bytes = Array(path.utf8)
    var index = 0
    while index < bytes.count {
      if bytes[index] == 0x25, index + 2 < bytes.count,
        let value = UInt8(String(decoding: bytes[index + 1...index + 2], as: UTF8.self), radix: 16)
      {
        result.append(value)
        index += 3
      } else {
        result.append(bytes[index])
        index += 1
      }
    }
    return String(decoding: result, as: UTF8.self)
  }
}
