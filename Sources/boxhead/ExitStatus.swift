import Conversion

/// How the program ended: a documented interface for scripts, tested end to end.
///
/// The numbers follow OCRmyPDF, where scripts may know them from, but for 4, 6 and 7.
enum ExitStatus: Int32, Error, CaseIterable {
  case success = 0
  case badArguments = 1
  case notADocument = 2
  case someFailed = 3
  case checkFailed = 4
  case fileAccess = 5
  case different = 6
  case missingDependency = 7
  case encrypted = 8
  case limit = 10
  case internalFailure = 15
  case interrupted = 130

  /// What it says, for the help and the manual page.
  var meaning: String {
    switch self {
    case .success: "every document was converted"
    case .badArguments: "the arguments are wrong, or do not fit the document"
    case .notADocument: "not a document of a supported kind, or damaged beyond repair"
    case .checkFailed: "figures that must add up do not (check)"
    case .missingDependency:
      "what reads scans, or writes Excel workbooks, is needed and not installed"
    case .someFailed: "some of several documents failed, or all in different ways"
    case .fileAccess: "a file cannot be read or written"
    case .different: "the documents that are compared differ"
    case .encrypted: "the document is encrypted"
    case .limit: "a limit on time, memory, size or nesting was hit"
    case .internalFailure: "a fault in the program or in a library that it uses"
    case .interrupted: "stopped by the user"
    }
  }

  /// The statuses as an aligned list, one a line.
  static var table: String {
    allCases.map { status in
      let number = "\(status.rawValue)"
      return String(repeating: " ", count: 5 - number.count) + number + "  " + status.meaning
    }.joined(separator: "\n")
  }

  init(_ kind: ConversionError.Kind) {
    self =
      switch kind {
      case .badRequest: .badArguments
      case .notADocument, .damaged: .notADocument
      case .recognitionMissing, .libraryMissing: .missingDependency
      case .encrypted: .encrypted
      case .limit: .limit
      case .internalFailure: .internalFailure
      }
  }

  /// The status of a whole run: one document's own; of several, whether all, some or none failed.
  ///
  /// A document that was read and does not add up has not failed, but says so where none did.
  init(ofRun statuses: [ExitStatus]) {
    var kinds = Set(statuses)
    if kinds.contains(.checkFailed) { kinds.remove(.success) }
    self = kinds.count > 1 ? .someFailed : kinds.first ?? .success
  }
}
