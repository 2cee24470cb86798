import DocumentWriting
import Foundation
import Glibc
import ProcessIsolation

/// The newest verdicts of a run, a line of JSON each, until the ledger takes them.
///
/// One call of the system keeps a verdict, whatever becomes of the process. A line that is not
/// complete, as after a power failure, is no verdict.
final class VerdictJournal {
  private let path: String
  private var descriptor: Int32 = -1
  private var length = 0

  init(path: String) {
    self.path = path
  }

  deinit {
    if descriptor >= 0 { close(descriptor) }
  }

  /// The verdicts that an earlier run left, or one that is at work, by name.
  func entries() -> [String: Ledger.Entry] {
    guard let bytes = try? InputFile.read(path) else { return [:] }
    let decoder = JSONDecoder()
    var entries: [String: Ledger.Entry] = [:]
    for line in bytes.split(separator: UInt8(ascii: "\n")) {
      guard let entry = try? decoder.decode(Ledger.Entry.self, from: Data(line)) else { continue }
      entries[entry.name] = entry
    }
    return entries
  }

  /// Keeps a verdict.
  func append(_ entry: Ledger.Entry) throws(FileError) {
    if descriptor < 0 { try clear() }
    let members = entry.columns.filter { if case .null = $0.value { false } else { true } }
    let line = JSONValue.object(members).canonicalBytes + [UInt8(ascii: "\n")]
    do throws(FileError) {
      try OutputFile.write(line, to: descriptor, path: path)
    } catch {
      // Half of a line would spoil the next one.
      ftruncate(descriptor, off_t(length))
      throw error
    }
    length += line.count
  }

  /// Forgets all verdicts.
  func clear() throws(FileError) {
    if descriptor < 0 {
      descriptor = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW, 0o666)
    }
    guard descriptor >= 0, ftruncate(descriptor, 0) == 0 else {
      throw FileError(.write, path, code: errno)
    }
    length = 0
  }

  /// Removes the file; it holds nothing that the ledger has not.
  func remove() { unlink(path) }
}
