import Glibc

/// The folder with ONNX Runtime and the models, as `tools/setup --with-recognition` lays it out.
package struct RecognitionFolder: Hashable, Sendable {
  package var path: String

  package init(path: String) { self.path = path }

  var runtime: String { "\(path)/libonnxruntime.so" }
  var orientation: String { "\(path)/orientation.onnx" }
  func recognition(_ size: PaddleRecognizer.Size) -> String {
    "\(path)/\(size.rawValue)-recognition.onnx"
  }
  func characters(_ size: PaddleRecognizer.Size) -> String {
    "\(path)/\(size.rawValue)-characters.txt"
  }

  /// Whether the files of the smallest engine are there.
  package var isComplete: Bool {
    [runtime, orientation].allSatisfy(Self.isReadable) && has(.tiny)
  }

  /// Whether the files of a model are there.
  func has(_ size: PaddleRecognizer.Size) -> Bool {
    [recognition(size), characters(size)].allSatisfy(Self.isReadable)
  }

  /// The first complete folder among those where installations put it.
  ///
  /// - Parameter variable: Looks up a variable of the environment.
  /// - Returns: nil where none is complete.
  package static func installed(
    variable: (String) -> String? = RecognitionFolder.environment
  ) -> RecognitionFolder? {
    places(variable: variable).map(RecognitionFolder.init).first(where: \.isComplete)
  }

  /// Where the folder may be: as said, the user's, the machine's.
  static func places(variable: (String) -> String?) -> [String] {
    if let said = variable("BOXHEAD_RECOGNITION") { return [said] }
    var roots: [String] = []
    if let data = variable("XDG_DATA_HOME") {
      roots.append(data)
    } else if let home = variable("HOME") {
      roots.append("\(home)/.local/share")
    }
    roots += ["/usr/local/share", "/usr/share"]
    return roots.map { "\($0)/boxhead/recognition" }
  }

  /// A variable of the process's environment.
  package static func environment(_ name: String) -> String? {
    guard let value = unsafe getenv(name) else { return nil }
    let text = unsafe String(cString: value)
    return text.isEmpty ? nil : text
  }

  private static func isReadable(_ path: String) -> Bool { unsafe access(path, R_OK) == 0 }

  /// The bytes of a file of at most a megabyte; nil if it cannot be read.
  static func content(of path: String) -> [UInt8]? {
    let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while bytes.count <= 1 << 20 {
      let count = unsafe read(descriptor, &buffer, buffer.count)
      guard count >= 0 else { return nil }
      if count == 0 { return bytes }
      bytes += buffer[..<count]
    }
    return nil
  }
}
