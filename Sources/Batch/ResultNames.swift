/// Gives each input a place below the output folder that no other input uses.
///
///     reports/2023/a.pdf ─▶ OUT/reports/2023/a.pdf.json        one form
///                           OUT/reports/2023/a.pdf/a.pdf.json  several files a document
///
/// The whole name of the original stays, so `a.pdf` and `a.docx` never meet. Those that still would
/// meet, such as files of one name from several trees, all get a piece of the hash of their path
/// behind the name: none of them depends on the order in which they were found.
enum ResultNames {
  /// A system takes names of up to 255 bytes, and endings stand behind ours.
  private static let longestName = 180

  /// Finds a name for each input.
  ///
  /// - Parameters:
  ///   - found: What was found; a path that occurs twice counts once.
  ///   - endings: Those of the forms.
  ///   - needsFolder: Whether a document becomes several files.
  /// - Returns: The inputs, sorted by name.
  static func inputs(
    _ found: [InputWalk.Found], endings: [String], needsFolder: Bool
  ) -> [Input] {
    var seen: Set<[UInt8]> = []
    var inputs: [Input] = []
    for file in found where seen.insert(file.path).inserted {
      inputs.append(Input(path: file.path, name: clean(file.place)))
    }
    for digits in [8, 64] {
      let meeting = meeting(inputs.map(\.name), endings: endings, needsFolder: needsFolder)
      for index in meeting {
        let hash = Fingerprint.sha256(of: inputs[index].path).prefix(digits)
        inputs[index].name += "~\(hash)"
      }
      if meeting.isEmpty { break }
    }
    return inputs.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
  }

  /// The positions of names whose files would meet others.
  private static func meeting(
    _ names: [String], endings: [String], needsFolder: Bool
  ) -> [Int] {
    // Case and Unicode normalisation do not tell names apart on every file system.
    let names = names.map { $0.lowercased() }
    var folders: Set<String> = []
    for name in names {
      var rest = name[...]
      while let slash = rest.utf8.lastIndex(of: UInt8(ascii: "/")) {
        rest = rest[..<slash]
        if !folders.insert(String(rest)).inserted { break }
      }
    }
    let used = names.map { name in needsFolder ? [name] : endings.map { "\(name).\($0)" } }
    var counts: [String: Int] = [:]
    for path in used.joined() { counts[path, default: 0] += 1 }
    return names.indices.filter { index in
      used[index].contains { counts[$0, default: 0] > 1 || folders.contains($0) }
    }
  }

  /// A path that stays below the folder that it is put in.
  private static func clean(_ place: [UInt8]) -> String {
    let split = place.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
    let isClean = split.allSatisfy {
      !$0.isEmpty && $0.first != UInt8(ascii: ".") && $0.count <= longestName
    }
    if isClean, let name = String(validating: place, as: UTF8.self) { return name }
    var parts = split.filter { !$0.isEmpty }.map { String(decoding: $0, as: UTF8.self) }
      .filter { $0 != "." && $0 != ".." }.map(shortened)
    if parts.isEmpty { parts = ["input"] }
    // The ledger's own folder.
    if parts[0].lowercased() == RunFolder.name { parts[0] = "_" + parts[0] }
    return parts.joined(separator: "/")
  }

  private static func shortened(_ part: String) -> String {
    guard part.utf8.count > longestName else { return part }
    var start = ""
    for character in part.unicodeScalars {
      guard start.utf8.count + 4 <= longestName - 20 else { break }
      start.unicodeScalars.append(character)
    }
    return "\(start)~\(Fingerprint.sha256(of: Array(part.utf8)).prefix(16))"
  }
}
