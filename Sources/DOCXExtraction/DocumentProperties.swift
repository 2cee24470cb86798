internal import DocumentModel
internal import PackageReading

/// Reads `docProps/core.xml` and `docProps/app.xml` into metadata.
final class PropertiesReader: XMLHandler {
  var metadata = Metadata()
  private var text: [UInt8] = []

  override func start(_ name: XMLName, _ attributes: XMLAttributes) {
    text.removeAll(keepingCapacity: true)
  }

  override func text(_ bytes: UnsafeBufferPointer<UInt8>) {
    if text.count < 1 << 16 { unsafe text.append(contentsOf: bytes) }
  }

  override func end(_ name: XMLName) {
    guard name != .unknown else { return }
    let value = CellText.trimmed(String(decoding: text, as: UTF8.self)).text
    text.removeAll(keepingCapacity: true)
    guard !value.isEmpty else { return }
    switch name {
    case .dcTitle: metadata.title = value
    case .dcCreator: metadata.author = value
    case .dcSubject: metadata.subject = value
    case .dcDescription: metadata.description = value
    case .dcLanguage: metadata.language = value
    case .coreKeywords: metadata.keywords = value
    case .termsCreated: metadata.created = value
    case .termsModified: metadata.modified = value
    case .application: metadata.producer = value
    default: break
    }
  }
}
