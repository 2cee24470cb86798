import Conversion
import DocumentModel
import DocumentWriting
import Glibc
import ProcessIsolation

/// The JSON of one document on its way to a file or stream, while its blocks are being made.
///
/// Nothing is opened or written before the first bytes are there, so that a document that cannot
/// be converted leaves no trace.
final class DocumentOutput {
  private let target: OutputPlan.Target
  private let format: OutputFormat
  private let collected: CollectedFile?
  private let tag: Int32
  private let reporter: WorkerReporter
  /// Keeps the bytes until the document is complete.
  ///
  /// Others write to standard output too, and what was written there cannot be taken back.
  private let isShared: Bool

  private var kept: [UInt8] = []
  private var file: ReplacedFile?
  /// The first failure; nothing is written after it.
  private var failure: FileError?
  private var stream: CanonicalJSONStream?

  init(
    target: OutputPlan.Target, format: OutputFormat, collected: CollectedFile?, tag: Int32,
    isShared: Bool, reporter: WorkerReporter
  ) {
    self.target = target
    self.format = format
    self.collected = collected
    self.tag = tag
    self.isShared = isShared
    self.reporter = reporter
    stream = CanonicalJSONStream { [unowned self] bytes in write(bytes) }
  }

  /// Writes the next block.
  func append(_ block: Block) {
    stream?.append(block)
  }

  /// Writes the rest of the document and gives its file a name.
  func complete(_ document: Document) throws(FileError) {
    stream?.finish(document, endsLine: format == .ndjson)
    if failure == nil, !kept.isEmpty { send(kept.span) }
    if let failure {
      discard()
      throw failure
    }
    try file?.complete()
  }

  /// Removes what was written to a file of its own.
  func discard() {
    file?.discard()
    file = nil
  }

  private func write(_ bytes: Span<UInt8>) {
    guard failure == nil else { return }
    if isShared, target == .standardOutput {
      bytes.withUnsafeBufferPointer { kept.append(contentsOf: $0) }
    } else {
      send(bytes)
    }
  }

  private func send(_ bytes: Span<UInt8>) {
    reporter.writing()
    do throws(FileError) {
      switch target {
      case .standardOutput:
        try OutputFile.write(bytes, to: STDOUT_FILENO, path: "standard output")
      case .file(let path):
        if file == nil { file = try ReplacedFile(path: path, tag: tag) }
        guard let file else { return }
        try OutputFile.write(bytes, to: file.descriptor, path: path)
      case .collected(let path):
        guard let collected else { return }
        try OutputFile.write(bytes, to: collected.descriptor, path: path)
      }
    } catch {
      failure = error
    }
    reporter.working()
  }
}
