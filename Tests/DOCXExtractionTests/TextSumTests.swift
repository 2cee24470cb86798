import Conversion
import DocumentModel
import Foundation
import PackageReading
import Testing

@testable import DOCXExtraction

/// No text is lost: every visible character of the text runs of a file is in its document, or in
/// the count of a note that says what was left out.
///
/// The source side does not use the readers under test: it takes the parts from the package and
/// searches their bytes for text elements.
@Suite struct TextSumTests {
  static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "../shared/corpora").standardized

  static let files: [String] = {
    let endings: Set = ["docx", "docm", "dotx", "dotm"]
    let all = FileManager.default.enumerator(atPath: folder.path())?.compactMap { $0 as? String }
    let files = (all ?? []).filter { endings.contains(($0 as NSString).pathExtension.lowercased()) }
    return files.isEmpty ? ["absent"] : files.sorted()
  }()

  @Test(
    "Every character of every text run is in the document or counted in a note", arguments: files)
  func everyCharacter(name: String) throws {
    if name == "absent" { try Test.cancel("the corpora are not present") }
    let bytes = Array(try Data(contentsOf: Self.folder.appending(path: name)))
    let document: Document
    do {
      document = try Converter().convert(bytes, name: name)
    } catch {
      // A typed error says why there is no document.
      return
    }
    let source = try sourceCharacters(bytes)
    let result = characters(of: document)
    var missing = 0
    var example = ""
    for (character, count) in source {
      let lack = count - (result[character] ?? 0)
      if lack > 0 {
        missing += lack
        if example.count < 40 { example.unicodeScalars.append(character) }
      }
    }
    #expect(
      missing <= counted(document.notes),
      "\(missing) characters are missing, such as “\(example)”")
  }

  /// The characters that notes count as left out.
  private func counted(_ notes: [Note]) -> Int {
    notes.reduce(0) { sum, note in
      guard let match = note.message.firstMatch(of: /(\d+) characters/), let count = Int(match.1)
      else { return sum }
      return sum + count
    }
  }

  // MARK: - Document

  private func characters(of document: Document) -> [Unicode.Scalar: Int] {
    var result: [Unicode.Scalar: Int] = [:]
    func add(_ text: String) {
      for scalar in text.unicodeScalars where !scalar.properties.isWhitespace {
        result[scalar, default: 0] += 1
      }
    }
    func add(_ block: Block) {
      add(block.label ?? "")
      add(block.text)
      for inline in block.inlines {
        switch inline.kind {
        case .equation(let equation): add(equation.text)
        case .ruby(let reading): add(reading)
        default: break
        }
      }
      guard let table = block.table else { return }
      for text in [table.caption, table.unitText] { add(text ?? "") }
      table.footnotes.forEach { add($0) }
      for cell in table.cells {
        if cell.blocks.isEmpty { add(cell.text) } else { cell.blocks.forEach { add($0) } }
      }
    }
    document.blocks.forEach { add($0) }
    document.comments.forEach { add($0.text) }
    document.revisions.forEach { add($0.text) }
    return result
  }

  // MARK: - Source

  /// The visible characters in text elements of the main part and the parts it shows.
  private func sourceCharacters(_ bytes: [UInt8]) throws -> [Unicode.Scalar: Int] {
    let archive = try ZIPArchive(bytes: bytes, limits: PackageLimits())
    let parts = PackageParts(archive: archive, limits: PackageLimits())
    let main = try parts.mainPart()
    let kinds: Set = ["header", "footer", "footnotes", "endnotes", "comments"]
    var paths = [main]
    for relationship in try parts.relationships(of: main)
    where kinds.contains(relationship.kind) && !relationship.isExternal {
      if parts.has(relationship.target) { paths.append(relationship.target) }
    }
    var result: [Unicode.Scalar: Int] = [:]
    for path in Set(paths) {
      guard let xml = String(bytes: try parts.bytes(of: path), encoding: .utf8) else { continue }
      for match in xml.matches(of: /<(?:[A-Za-z0-9]+:)?(?:t|delText)(?: [^>]*)?>([^<]*)</) {
        for scalar in unescaped(String(match.1)).unicodeScalars
        where !scalar.properties.isWhitespace {
          result[scalar, default: 0] += 1
        }
      }
    }
    return result
  }

  private func unescaped(_ text: String) -> String {
    guard text.contains("&") else { return text }
    var result = text
    for match in text.matches(of: /&#(x?)([0-9A-Fa-f]+);/).reversed() {
      let scalar = UInt32(match.2, radix: match.1.isEmpty ? 10 : 16).flatMap(Unicode.Scalar.init)
      result.replaceSubrange(match.range, with: scalar.map(String.init) ?? "")
    }
    for (name, character) in [
      ("lt", "<"), ("gt", ">"), ("quot", "\""), ("apos", "'"), ("amp", "&"),
    ] {
      result = result.replacingOccurrences(of: "&\(name);", with: character)
    }
    return result
  }
}
