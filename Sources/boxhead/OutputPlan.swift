import ArgumentParser
import ProcessIsolation

/// Which file or stream each document goes to; decided before the first one is read.
struct OutputPlan: Equatable {
  /// Where one document goes.
  enum Target: Equatable {
    case standardOutput
    /// A file of its own.
    case file(String)
    /// A line of a file that all documents share.
    case collected(String)
  }

  /// One target for each input, in order.
  var targets: [Target]
  /// A folder that must be there before the first document is written.
  var folder: String?

  /// Decides on a target for each input.
  ///
  /// - Parameters:
  ///   - files: The inputs as given.
  ///   - output: The value of `-o`.
  ///   - format: The form to write.
  ///   - isFolder: Whether a path is an existing folder.
  /// - Throws: `ValidationError` where arguments contradict each other.
  init(
    files: [String], output: String?, format: OutputFormat, isFolder: (String) -> Bool
  ) throws {
    guard files.count(where: { $0 == "-" }) <= 1 else {
      throw ValidationError("expected standard input (-) once, found it several times")
    }
    guard let output, output != "-" else {
      guard files.count == 1 || format == .ndjson else {
        throw ValidationError(
          "expected -o DIR or --to ndjson for several files, found standard output and json")
      }
      targets = files.map { _ in .standardOutput }
      return
    }
    if output.hasSuffix("/") || isFolder(output) || (files.count > 1 && format == .json) {
      folder = output
      targets = Self.names(for: files, format: format).map {
        .file(output.hasSuffix("/") ? output + $0 : "\(output)/\($0)")
      }
    } else {
      targets = files.count == 1 ? [.file(output)] : files.map { _ in .collected(output) }
    }
  }

  /// A name for each file that no other has.
  ///
  /// The stem with the ending of the format, then with -2, -3 and so on in front of it. Case does
  /// not tell names apart on every file system.
  private static func names(for files: [String], format: OutputFormat) -> [String] {
    var taken: Set<String> = []
    return files.map { file in
      let stem = FileName.stem(of: file)
      var name = "\(stem).\(format.rawValue)"
      var number = 2
      while !taken.insert(name.lowercased()).inserted {
        name = "\(stem)-\(number).\(format.rawValue)"
        number += 1
      }
      return name
    }
  }
}

/// File names as people give them.
enum FileName {
  /// The part behind the last slash.
  static func lastComponent(of path: String) -> String {
    path.split(separator: "/").last.map(String.init) ?? path
  }

  /// The last part without its ending; a name for standard input too.
  static func stem(of path: String) -> String {
    guard path != "-" else { return "stdin" }
    let name = lastComponent(of: path)
    guard let dot = name.lastIndex(of: "."), dot != name.startIndex else { return name }
    return String(name[..<dot])
  }
}
