import Glibc
import ProcessCore
import ProcessIsolation

/// The folder `.boxhead` in an output folder: the ledger, the lock, and files in the making.
struct RunFolder {
  static let name = ".boxhead"

  let output: String
  private let shard: Shard?
  private var locks: [Int32] = []

  init(output: String, shard: Shard?) {
    self.output = output
    self.shard = shard
  }

  private var root: String { "\(output)/\(Self.name)" }
  private var suffix: String { shard.map { "-\($0.number)-of-\($0.count)" } ?? "" }
  var ledger: String { "\(root)/ledger\(suffix).sqlite" }
  private var workFolder: String { "\(root)/work\(suffix)" }

  /// Why a run may not use the folder.
  struct InUse: Error, CustomStringConvertible {
    var output: String
    var description: String {
      "\(output): expected an output folder of this run alone, found another run at work in it"
    }
  }

  /// Makes the folder and takes it for this run, until the process ends.
  ///
  /// Runs over shards may share it with each other, not with a run over all inputs.
  ///
  /// - Throws: `InUse` or `FileError`.
  mutating func take() throws {
    try OutputFile.makeFolder(root)
    try lock("\(root)/lock", shared: shard != nil)
    if shard != nil { try lock("\(root)/lock\(suffix)", shared: false) }
    endLeftOvers()
    bhRemoveTree(workFolder)
  }

  /// Kills what the sandbox of a run that was killed left behind.
  ///
  /// When a supervisor dies at the moment at which a sandbox is being made, the inner half of it
  /// can wait for the outer one for ever. It does no work, and its arguments name our folder.
  private func endLeftOvers() {
    guard let stream = opendir("/proc") else { return }
    defer { closedir(stream) }
    let mark = Array("\(workFolder)/".utf8)
    while let entry = readdir(stream) {
      let name = withUnsafeBytes(of: &entry.pointee.d_name) { Array($0.prefix { $0 != 0 }) }
      guard let process = Int32(String(decoding: name, as: UTF8.self)),
        let arguments = try? InputFile.read("/proc/\(process)/cmdline").split(separator: 0),
        arguments.first?.elementsEqual(Sandbox.program.utf8) == true,
        arguments.contains(where: { $0.starts(with: mark) })
      else { continue }
      kill(process, SIGKILL)
    }
  }

  private mutating func lock(_ path: String, shared: Bool) throws {
    let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o666)
    guard descriptor >= 0 else { throw FileError(.write, path, code: errno) }
    guard flock(descriptor, (shared ? LOCK_SH : LOCK_EX) | LOCK_NB) == 0 else {
      let code = errno
      close(descriptor)
      if code == EWOULDBLOCK { throw InUse(output: output) }
      throw FileError(.write, path, code: code)
    }
    locks.append(descriptor)
  }

  /// Makes the folders of one worker: for its results, and for what its libraries need for a while.
  func makeSlot(_ number: Int) throws(FileError) -> Slot {
    let slot = Slot(root: "\(workFolder)/\(number)")
    bhRemoveTree(slot.root)
    try OutputFile.makeFolder(slot.temporary)
    return slot
  }

  struct Slot {
    let root: String
    /// A folder for the files of one of the documents that a worker has; the worker makes it.
    func files(_ number: Int) -> String { "\(root)/files\(number)" }
    var temporary: String { "\(root)/tmp" }
  }

  /// Removes what no run needs.
  func clean() { bhRemoveTree(workFolder) }

  /// The ledgers in an output folder, those of shards included, in the order of their names.
  static func ledgers(in output: String) -> [String] {
    let root = "\(output)/\(name)"
    guard let stream = opendir(root) else { return [] }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      let bytes = withUnsafeBytes(of: &entry.pointee.d_name) { Array($0.prefix { $0 != 0 }) }
      let name = String(decoding: bytes, as: UTF8.self)
      if name.hasPrefix("ledger"), name.hasSuffix(".sqlite") { names.append(name) }
    }
    return names.sorted().map { "\(root)/\($0)" }
  }
}
