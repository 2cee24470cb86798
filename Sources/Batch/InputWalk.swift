import Glibc
import ProcessIsolation

/// Finds the inputs of a batch: files, the trees under folders, patterns, and lists of files.
///
/// Everything that is found is an input, whatever its name, since what a file is is told by its
/// content; a pipe or a folder that cannot be opened is one too, and fails with words. Left out, and
/// counted, are the files that desktops and editors leave behind, and links to folders, which may
/// lead back.
package struct InputWalk {
  /// Why something that was found is no input.
  package enum Skip: String, CaseIterable, Sendable {
    /// `~$*`: the lock of a document that is open in an editor.
    case lockFile
    /// `._*`: what macOS keeps of a file on other file systems.
    case appleDouble
    /// `.DS_Store`: what macOS keeps of a folder.
    case folderSettings
    /// A link to a folder.
    case folderLink
    /// The output folder itself.
    case output

    init?(name: [UInt8]) {
      if name.starts(with: "~$".utf8) {
        self = .lockFile
      } else if name.starts(with: "._".utf8) {
        self = .appleDouble
      } else if name.elementsEqual(".DS_Store".utf8) {
        self = .folderSettings
      } else {
        return nil
      }
    }
  }

  /// A file, and its path below the output folder.
  struct Found: Equatable {
    var path: [UInt8]
    var place: [UInt8]

    /// What has a name in this folder.
    func entry(_ name: [UInt8]) -> Found {
      Found(
        path: path + (path.last == slash ? [] : [slash]) + name,
        place: place + (place.isEmpty ? [] : [slash]) + name)
    }
  }

  private(set) var found: [Found] = []
  /// Called with each folder before its names are read.
  var entering: (Found) -> Void = { _ in }
  package private(set) var skipped: [Skip: Int] = [:]
  /// The device and number of the output folder, once it is there.
  private let output: FileIdentity?

  init(output: String) {
    self.output = FileIdentity(Array(output.utf8))
  }

  /// Whether a path leads to a folder.
  package static func isFolder(_ path: String) -> Bool {
    FileIdentity(Array(path.utf8))?.isFolder == true
  }

  /// Adds what an argument names.
  ///
  /// A folder keeps its name below the output folder, unless it ends in a slash, as in rsync; a
  /// file keeps the folders that it was given with.
  mutating func add(argument: String) {
    let path = Array(argument.utf8)
    if FileIdentity(path) == nil, let matches = Self.matches(of: argument), !matches.isEmpty {
      for match in matches { add(path: match) }
    } else {
      add(path: path)
    }
  }

  /// Adds a file or the tree under a folder.
  mutating func add(path: [UInt8]) {
    guard FileIdentity(path)?.isFolder == true else {
      let name = path.split(separator: slash).last.map(Array.init) ?? path
      if let skip = Skip(name: name) {
        skipped[skip, default: 0] += 1
      } else {
        found.append(Found(path: path, place: path))
      }
      return
    }
    let last = path.split(separator: slash).last.map(Array.init) ?? []
    let keepsName =
      path.last != slash && !last.elementsEqual(".".utf8)
      && !last.elementsEqual("..".utf8)
    walk(Found(path: path, place: keepsName ? last : []))
  }

  /// Adds what came into a folder that was walked before: a file, or the tree under a folder.
  mutating func add(arrival: Found) {
    var waiting: [Found] = []
    sort(arrival, &waiting)
    for folder in waiting { walk(folder) }
  }

  private mutating func walk(_ root: Found) {
    var waiting = [root]
    while let folder = waiting.popLast() {
      if let output, FileIdentity(folder.path) == output {
        skipped[.output, default: 0] += 1
        continue
      }
      entering(folder)
      guard let names = Self.names(in: folder.path) else {
        found.append(folder)
        continue
      }
      for name in names {
        // What a folder says about its entries spares a look at most of them.
        if name.isRegular, Skip(name: name.bytes) == nil {
          found.append(folder.entry(name.bytes))
        } else {
          sort(folder.entry(name.bytes), &waiting)
        }
      }
    }
  }

  /// Tells what is an input, what is a folder to walk, and what is left out.
  private mutating func sort(_ entry: Found, _ folders: inout [Found]) {
    if let skip = Skip(name: entry.path.split(separator: slash).last.map(Array.init) ?? []) {
      skipped[skip, default: 0] += 1
      return
    }
    let identity = FileIdentity(entry.path, followsLinks: false)
    if identity?.isFolder == true {
      folders.append(entry)
    } else if identity?.isLink == true, FileIdentity(entry.path)?.isFolder == true {
      skipped[.folderLink, default: 0] += 1
    } else {
      found.append(entry)
    }
  }

  /// The names in a folder in the order of their bytes, and whether they are known to be regular
  /// files; nil if it cannot be read.
  private static func names(in folder: [UInt8]) -> [(bytes: [UInt8], isRegular: Bool)]? {
    guard let stream = withPath(folder, { opendir($0) }) else { return nil }
    defer { closedir(stream) }
    var names: [(bytes: [UInt8], isRegular: Bool)] = []
    while let entry = readdir(stream) {
      let name = withUnsafeBytes(of: &entry.pointee.d_name) { Array($0.prefix { $0 != 0 }) }
      if !name.elementsEqual(".".utf8), !name.elementsEqual("..".utf8) {
        names.append((name, Int(entry.pointee.d_type) == DT_REG))
      }
    }
    return names.sorted { $0.bytes.lexicographicallyPrecedes($1.bytes) }
  }

  /// What a pattern with `*`, `?` or `[` stands for; nil for what is no pattern.
  private static func matches(of pattern: String) -> [[UInt8]]? {
    guard pattern.contains(where: { "*?[".contains($0) }) else { return nil }
    var result = glob_t()
    defer { globfree(&result) }
    guard glob(pattern, 0, nil, &result) == 0 else { return [] }
    return (0..<Int(result.gl_pathc)).compactMap { index in
      result.gl_pathv[index].map { Array(UnsafeRawBufferPointer(start: $0, count: strlen($0))) }
    }
  }
}

private let slash = UInt8(ascii: "/")

/// Which file a path leads to, and of what kind it is.
struct FileIdentity: Equatable {
  private let device: UInt
  private let number: UInt
  private let mode: UInt32

  /// Nil if there is nothing.
  init?(_ path: [UInt8], followsLinks: Bool = true) {
    var status = stat()
    guard withPath(path, { followsLinks ? stat($0, &status) : lstat($0, &status) }) == 0 else {
      return nil
    }
    device = UInt(status.st_dev)
    number = UInt(status.st_ino)
    mode = status.st_mode
  }

  var isFolder: Bool { mode & S_IFMT == S_IFDIR }
  var isLink: Bool { mode & S_IFMT == S_IFLNK }

  static func == (one: FileIdentity, other: FileIdentity) -> Bool {
    one.device == other.device && one.number == other.number
  }
}

/// Calls `body` with a path as C functions take it.
func withPath<Result>(_ path: [UInt8], _ body: (UnsafePointer<CChar>) -> Result) -> Result {
  (path.map { CChar(bitPattern: $0) } + [0]).withUnsafeBufferPointer { buffer in
    // It is never empty.
    buffer.baseAddress.map(body) ?? body([0])
  }
}
