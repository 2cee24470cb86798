import Glibc
import ProcessIsolation

/// Tells what arrives in folders (inotify): files that are complete, and new folders.
///
/// A file is complete when the last program that wrote to it has closed it, or when it was moved
/// in. What was in a folder before it was added is for a walk to find, which adds each folder before
/// it looks into it, so that nothing falls between the two.
final class FolderWatch {
  enum Event: Equatable {
    /// A file that is complete, or a folder with all that is in it.
    case arrived(InputWalk.Found)
    /// More came than the kernel keeps: the folders have to be walked again.
    case overflow
  }

  /// Can be read when something has arrived.
  let descriptor: Int32
  private var folders: [Int32: InputWalk.Found] = [:]
  /// Why a folder could not be added, the first time.
  private(set) var failure: FileError?

  private static let mask = UInt32(
    IN_CLOSE_WRITE | IN_MOVED_TO | IN_CREATE | IN_ONLYDIR | IN_EXCL_UNLINK)
  /// An event before its name: four numbers of four bytes.
  private static let headSize = 16

  init() throws(FileError) {
    descriptor = inotify_init1(Int32(IN_NONBLOCK | IN_CLOEXEC))
    guard descriptor >= 0 else { throw FileError(.read, "inotify", code: errno) }
  }

  deinit { close(descriptor) }

  /// Watches a folder from now on.
  ///
  /// One that is gone is no failure; one for which the kernel has no room is.
  func add(_ folder: InputWalk.Found) {
    let watch = withPath(folder.path) { inotify_add_watch(descriptor, $0, Self.mask) }
    if watch >= 0 {
      folders[watch] = folder
    } else if ![ENOENT, ENOTDIR, EACCES].contains(errno) {
      failure =
        failure ?? FileError(.read, String(decoding: folder.path, as: UTF8.self), code: errno)
    }
  }

  /// What has happened since the last time.
  func events() -> [Event] {
    var events: [Event] = []
    while true {
      let bytes = [UInt8](unsafeUninitializedCapacity: 1 << 16) { buffer, filled in
        filled = max(0, read(descriptor, buffer.baseAddress, buffer.count))
      }
      guard !bytes.isEmpty else { return events }
      var rest = bytes[...]
      while rest.count >= Self.headSize {
        let numbers = rest.withUnsafeBytes { head in
          (0..<4).map { head.loadUnaligned(fromByteOffset: 4 * $0, as: UInt32.self) }
        }
        rest = rest.dropFirst(Self.headSize)
        let name = rest.prefix(Int(numbers[3])).prefix { $0 != 0 }
        rest = rest.dropFirst(Int(numbers[3]))
        if let event = event(Int32(bitPattern: numbers[0]), mask: numbers[1], name: Array(name)) {
          events.append(event)
        }
      }
    }
  }

  private func event(_ watch: Int32, mask: UInt32, name: [UInt8]) -> Event? {
    if mask & UInt32(IN_Q_OVERFLOW) != 0 { return .overflow }
    if mask & UInt32(IN_IGNORED) != 0 {
      folders[watch] = nil
      return nil
    }
    // A file that was made is complete when it is closed.
    guard let folder = folders[watch],
      mask & UInt32(IN_CREATE) == 0 || mask & UInt32(IN_ISDIR) != 0
    else { return nil }
    return .arrived(folder.entry(name))
  }
}
