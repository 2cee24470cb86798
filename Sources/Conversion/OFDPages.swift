import DocumentModel
import LayoutModel
import OFDExtraction
import PackageReading

/// The selected pages of an OFD document, one after another, with its errors as `ConversionError`.
///
/// A page that cannot be read becomes a note; only a document without one readable page is an
/// error.
struct OFDPages: SelectedPages {
  private let extractor: OFDExtractor
  private let name: String
  private let selection: PageSelection?
  private var index = 0
  private var readCount = 0
  private var firstDamage: PackageError?
  private var damageNotes: [Note] = []

  init(bytes: [UInt8], name: String, selection: PageSelection?) throws(ConversionError) {
    self.name = name
    self.selection = selection
    do throws(PackageError) {
      extractor = try OFDExtractor(bytes: bytes)
    } catch {
      throw ConversionError(error, file: name)
    }
  }

  /// What the document says about itself.
  var metadata: Metadata { extractor.metadata() }

  /// What was left out or doubtful on the pages read up to here.
  var notes: [Note] { damageNotes + extractor.notes }

  /// Reads the next selected page; nil behind the last one.
  mutating func next() throws(ConversionError) -> PageLayout? {
    while index < extractor.pageCount {
      index += 1
      guard selection?.contains(index) ?? true else { continue }
      do throws(PackageError) {
        let page = try extractor.page(at: index - 1)
        readCount += 1
        return page
      } catch {
        guard error.isOfOnePart else { throw failure(error, page: index) }
        note(error)
      }
    }
    guard readCount > 0 else { throw noPage }
    return nil
  }

  private mutating func note(_ damage: PackageError) {
    firstDamage = firstDamage ?? damage
    damageNotes.append(
      Note(
        code: "page.damaged", severity: .error,
        message: "page \(index): \(damage); its content is missing"))
  }

  private var noPage: ConversionError {
    if let firstDamage { return failure(firstDamage, page: nil) }
    return Self.noPage(of: extractor.pageCount, file: name)
  }

  private func failure(_ error: PackageError, page: Int?) -> ConversionError {
    var failure = ConversionError(error, file: name)
    failure.page = page
    return failure
  }
}
