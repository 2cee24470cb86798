internal import DocumentModel
internal import PackageReading

/// What a document holds that is not in the result, by cause.
///
/// Every character of text that is read ends in a block, in a revision, or is counted here.
struct LossReport {
  enum Cause: String, CaseIterable {
    /// Text formatted as hidden.
    case hiddenText
    /// A table row formatted as hidden.
    case hiddenRow
    /// Text of a cell that a merge hides.
    case coveredCell
    /// The results of fields inside the codes of other fields.
    case fieldCode
    /// The other forms of content that the document offers in several forms.
    case alternative
    /// Notes that nothing refers to.
    case unreferencedNote
    /// Comments that nothing refers to.
    case unreferencedComment
    /// Heads and feet that no section shows.
    case unreferencedFurniture
    /// Building blocks that are stored with the document.
    case buildingBlocks
    /// Text where the format allows none.
    case misplacedText
    /// Earlier properties of tracked formatting changes.
    case formattingRevision
    /// Another document that is only referred to, or included in a form that is not read.
    case subDocument
    /// Controls that run code.
    case activeControl
    /// Parts that cannot be read.
    case unreadablePart
    /// Pictures, charts and diagrams whose part is missing.
    case missingPart
    /// Numbers of lists that are not defined.
    case undefinedList

    var message: String {
      switch self {
      case .hiddenText: "text formatted as hidden was left out"
      case .hiddenRow: "hidden table rows were left out"
      case .coveredCell: "text of table cells that a merge hides was left out"
      case .fieldCode: "text inside field codes was left out"
      case .alternative: "other forms of content given in several forms were left out"
      case .unreferencedNote: "notes that nothing refers to were left out"
      case .unreferencedComment: "comments that nothing refers to were left out"
      case .unreferencedFurniture: "heads and feet that no section shows were left out"
      case .buildingBlocks: "building blocks stored with the document were left out"
      case .misplacedText: "text outside any paragraph was left out"
      case .formattingRevision: "tracked changes of formatting were left out"
      case .subDocument: "documents that are referred to or included were left out"
      case .activeControl: "controls that run code were left out"
      case .unreadablePart: "parts could not be read"
      case .missingPart: "parts that are referred to are not in the file"
      case .undefinedList: "list items have no number because their list is not defined"
      }
    }

    var severity: Note.Severity {
      switch self {
      case .hiddenText, .hiddenRow, .fieldCode, .alternative, .formattingRevision,
        .unreferencedNote, .unreferencedComment, .unreferencedFurniture, .buildingBlocks:
        .info
      case .coveredCell, .subDocument, .activeControl, .missingPart, .undefinedList: .warning
      case .misplacedText, .unreadablePart: .error
      }
    }
  }

  private var elements = [Int](repeating: 0, count: Cause.allCases.count)
  private var characters = [Int](repeating: 0, count: Cause.allCases.count)
  private var details = [[String]](repeating: [], count: Cause.allCases.count)

  mutating func add(_ cause: Cause, elements count: Int = 1, detail: String? = nil) {
    let index = Self.index(cause)
    elements[index] += count
    if let detail, details[index].count < 8, !details[index].contains(detail) {
      details[index].append(detail)
    }
  }

  /// Counts the visible characters of text that is left out.
  mutating func add(_ cause: Cause, text: UnsafeBufferPointer<UInt8>) {
    let index = Self.index(cause)
    characters[index] += unsafe String(decoding: text, as: UTF8.self).visibleCount
  }

  mutating func add(_ cause: Cause, characters count: Int) {
    characters[Self.index(cause)] += count
  }

  private static func index(_ cause: Cause) -> Int {
    Cause.allCases.firstIndex(of: cause) ?? 0
  }

  /// A note for each cause that occurred, then one for the markup that no reader knows.
  func notes(table: XMLNameTable) -> [Note] {
    var result: [Note] = []
    for (index, cause) in Cause.allCases.enumerated()
    where elements[index] > 0 || characters[index] > 0 {
      var message = "\(cause.message): "
      message += [
        elements[index] > 0 ? "\(elements[index]) times" : nil,
        characters[index] > 0 ? "\(characters[index]) characters" : nil,
      ].compactMap { $0 }.joined(separator: ", ")
      if !details[index].isEmpty { message += " (" + details[index].joined(separator: "; ") + ")" }
      result.append(
        Note(code: "docx.\(cause.rawValue)", severity: cause.severity, message: message))
    }
    let unknown = zip(table.qualifiedNames, table.counts)
      .filter { XMLName.byQualifiedName[$0.0] == nil && $0.1 > 0 }
      .map { (name: $0.0, count: $0.1) }.sorted { $0.name < $1.name }
    if !unknown.isEmpty {
      var list = unknown.prefix(200).map { "\($0.name) \($0.count)" }.joined(separator: ", ")
      if unknown.count > 200 { list += ", and \(unknown.count - 200) more" }
      result.append(
        Note(
          code: "docx.markupNotCarried", severity: .info,
          message: "formatting and markup that has no place in the result: \(list)"))
    }
    return result
  }
}

extension String {
  /// The number of Unicode scalars that are not white space.
  var visibleCount: Int {
    unicodeScalars.count { !$0.properties.isWhitespace }
  }
}
