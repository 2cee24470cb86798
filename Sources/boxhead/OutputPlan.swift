import ArgumentParser
import ProcessIsolation

/// Which files or stream each document goes to; decided before the first one is read.
struct OutputPlan: Equatable {
  /// Where one form of one document goes.
  enum Target: Equatable {
    case standardOutput
    /// A file of its own.
    case file(String)
    /// Files of its own whose names start like this.
    case files(stem: String)
    /// A part of a file that all documents share.
    case collected(String)
  }

  /// For each input, in order, a target for each form.
  var targets: [[Target]]
  /// A folder that must be there before the first document is written.
  var folder: String?

  /// Decides on the targets of each input.
  ///
  /// - Parameters:
  ///   - files: The inputs as given.
  ///   - output: The value of `-o`.
  ///   - forms: The forms to write.
  ///   - isFolder: Whether a path is an existing folder.
  /// - Throws: `ValidationError` where arguments contradict each other.
  init(
    files: [String], output: String?, forms: OutputForms, isFolder: (String) -> Bool
  ) throws {
    guard files.count(where: { $0 == "-" }) <= 1 else {
      throw ValidationError("expected standard input (-) once, found it several times")
    }
    guard let output, output != "-" else {
      guard !forms.needsFolder else {
        throw ValidationError(
          "expected -o DIR for \(forms.formats.map(\.rawValue).joined(separator: ",")), which makes "
            + "several files (--long makes one), found standard output")
      }
      guard files.count == 1 || forms.isCollectable else {
        throw ValidationError(
          "expected -o DIR or --to ndjson for several files, found standard output and "
            + forms.formats.map(\.rawValue).joined(separator: ","))
      }
      targets = files.map { _ in [.standardOutput] }
      return
    }
    if output.hasSuffix("/") || isFolder(output) || forms.needsFolder
      || (files.count > 1 && !forms.isCollectable)
    {
      folder = output
      let start = output.hasSuffix("/") ? output : "\(output)/"
      targets = Self.stems(for: files, forms: forms).map { stem in
        forms.formats.map { format in
          forms.isGrid(format)
            ? .files(stem: start + stem) : .file("\(start)\(stem).\(format.ending)")
        }
      }
    } else {
      targets = files.count == 1 ? [[.file(output)]] : files.map { _ in [.collected(output)] }
    }
  }

  /// The start of the names of each file's outputs; no two outputs have one name.
  ///
  /// The stem, then with -2, -3 and so on behind it. Case does not tell names apart on every file
  /// system.
  private static func stems(for files: [String], forms: OutputForms) -> [String] {
    var taken: Set<String> = []
    return files.map { file in
      let stem = FileName.stem(of: file)
      var candidate = stem
      var number = 2
      while forms.names(stem: candidate).contains(where: { taken.contains($0.lowercased()) }) {
        candidate = "\(stem)-\(number)"
        number += 1
      }
      taken.formUnion(forms.names(stem: candidate).map { $0.lowercased() })
      return candidate
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
