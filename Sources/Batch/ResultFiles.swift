import Glibc
import ProcessIsolation

/// Gives the files of a finished document their places in the output folder.
struct ResultFiles {
  private let output: String
  private let needsFolder: Bool
  /// Folders that are open: those of workers, and those of results by their path below the output.
  private var sources: [String: Int32] = [:]
  private var targets: [String: Int32] = [:]
  private static let sourceLimit = 256
  private static let targetLimit = 64
  /// The output folder; open before the first file is written, so that no failure of its disk is
  /// missed.
  private var outputFolder: Int32 = -1

  init(output: String, needsFolder: Bool) {
    self.output = output
    self.needsFolder = needsFolder
  }

  /// How the names of an input's files start, and the folder below the output that they are in.
  func place(of name: String) -> (folder: String, stem: String) {
    let slash = name.utf8.lastIndex(of: UInt8(ascii: "/"))
    let last = slash.map { String(name[name.index(after: $0)...]) } ?? name
    if needsFolder { return (name, last) }
    return (slash.map { String(name[..<$0]) } ?? "", last)
  }

  /// Makes the output folder.
  mutating func begin() throws(FileError) {
    try OutputFile.makeFolder(output)
    outputFolder = open(output, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard outputFolder >= 0 else { throw FileError(.makeFolder, output, code: errno) }
  }

  /// Sees to it that what workers have written is on the disk.
  ///
  /// For all files that came together, since a file system makes one transaction of them then. It
  /// waits for other programs' files too, if they have just been written.
  ///
  /// - Throws: `FileError` if something that was written since the last call did not get there.
  func save() throws(FileError) {
    try OutputFile.saveFileSystem(of: outputFolder, path: output)
  }

  /// Moves files to their places, where they replace what was there, and removes what an earlier
  /// conversion left.
  ///
  /// Their bytes are on the disk already; see `save`. The worker is not trusted with names: each must
  /// be a plain file whose name starts as it was told, in a folder that is no link.
  ///
  /// - Returns: The files, below the output folder.
  mutating func place(
    _ files: [Ledger.Entry.File], of input: Input, from folder: String,
    before: [Ledger.Entry.File]
  ) throws(FileError) -> [Ledger.Entry.File] {
    let (below, stem) = place(of: input.name)
    let source = try source(folder)
    let target = try target(below)
    var placed: [Ledger.Entry.File] = []
    for file in files {
      var status = stat()
      guard !file.name.utf8.contains(UInt8(ascii: "/")), file.name.hasPrefix("\(stem)."),
        fstatat(source, file.name, &status, AT_SYMLINK_NOFOLLOW) == 0,
        status.st_mode & S_IFMT == S_IFREG
      else { throw FileError(.write, "\(folder)/\(file.name)", code: EINVAL) }
      let name = below.isEmpty ? file.name : "\(below)/\(file.name)"
      guard renameat(source, file.name, target, file.name) == 0 else {
        throw FileError(.write, "\(output)/\(name)", code: errno)
      }
      placed.append(Ledger.Entry.File(name: name, bytes: Int(status.st_size)))
    }
    remove(before, but: placed)
    return placed
  }

  /// A folder of a worker, which is opened once: what the worker puts in its place is not looked at.
  private mutating func source(_ folder: String) throws(FileError) -> Int32 {
    if let known = sources[folder] { return known }
    let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
    guard descriptor >= 0 else { throw FileError(.write, folder, code: errno) }
    Self.keep(descriptor, folder, in: &sources, limit: Self.sourceLimit)
    return descriptor
  }

  /// A folder below the output, which is made and opened once.
  private mutating func target(_ below: String) throws(FileError) -> Int32 {
    if let known = targets[below] { return known }
    let path = "\(output)/\(below)"
    try OutputFile.makeFolder(path)
    let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { throw FileError(.makeFolder, path, code: errno) }
    Self.keep(descriptor, below, in: &targets, limit: Self.targetLimit)
    return descriptor
  }

  private static func keep(
    _ descriptor: Int32, _ name: String, in open: inout [String: Int32], limit: Int
  ) {
    if open.count == limit {
      for known in open.values { close(known) }
      open = [:]
    }
    open[name] = descriptor
  }

  /// Removes files of an earlier conversion that this one did not make.
  func remove(_ before: [Ledger.Entry.File], but placed: [Ledger.Entry.File] = []) {
    guard !before.isEmpty else { return }
    let names = Set(placed.map(\.name))
    for file in before where !names.contains(file.name) { unlink("\(output)/\(file.name)") }
  }

  /// Whether files are where the ledger says, in the size that it says.
  func arePresent(_ files: [Ledger.Entry.File]) -> Bool {
    files.allSatisfy { file in
      var status = stat()
      return lstat("\(output)/\(file.name)", &status) == 0 && Int(status.st_size) == file.bytes
    }
  }
}
