import Conversion
import DocumentModel
import DocumentWriting
import Glibc
import ProcessIsolation

/// One form of one document on its way to files or a stream, while its blocks are being made.
///
/// Nothing is opened or written before the first bytes are there, so that a document that cannot
/// be converted leaves no trace.
final class DocumentOutput {
  /// What the outputs of all documents of a run have in common.
  struct Context {
    /// Makes temporary names that no other run uses.
    let tag: Int32
    /// The file that all documents share, if they share one.
    let collected: CollectedFile?
    /// Whether several documents go to one place.
    let isShared: Bool
    /// Whether CSV and TSV have a line for each value.
    let isLong: Bool
    let reporter: WorkerReporter
  }

  private let target: OutputPlan.Target
  private let format: OutputFormat
  private let context: Context
  /// Tells its temporary files from those of the document's other forms.
  private let slot: Int

  /// Bytes that wait until the document is complete.
  ///
  /// Others write to standard output too, and what was written there cannot be taken back.
  private var kept: [UInt8] = []
  private var file: ReplacedFile?
  private var filePath = ""
  /// The first failure; nothing is written after it.
  private var failure: FileError?
  private var stream: (any DocumentStream)?

  /// - Parameters:
  ///   - target: Where it goes.
  ///   - format: The form.
  ///   - slot: The position among the document's forms.
  ///   - name: What the document is called.
  ///   - context: What is the same for all documents.
  init(
    target: OutputPlan.Target, format: OutputFormat, slot: Int, name: String, context: Context
  ) {
    self.target = target
    self.format = format
    self.slot = slot
    self.context = context
    stream = makeStream(name: name)
  }

  private func makeStream(name: String) -> any DocumentStream {
    let handOn: (Span<UInt8>) -> Void = { [unowned self] bytes in write(bytes) }
    switch format {
    case .json: return CanonicalJSONStream(endsLine: false, handOn: handOn)
    case .ndjson: return CanonicalJSONStream(endsLine: true, handOn: handOn)
    case .markdown: return MarkdownStream(handOn: handOn)
    case .html: return HTMLStream(title: name, handOn: handOn)
    case .xlsx: return WorkbookStream(handOn: handOn)
    case .docling: return DoclingStream(name: FileName.stem(of: name), handOn: handOn)
    case .csv, .tsv:
      let delimiter = format.delimiter ?? .comma
      guard case .files(let stem) = target else {
        return TidyStream(
          document: name, delimiter: delimiter, hasHead: !context.isShared, handOn: handOn)
      }
      let start = stem.utf8.lastIndex(of: UInt8(ascii: "/")).map { stem.utf8.index(after: $0) }
      let folder = stem[..<(start ?? stem.startIndex)]
      return GridStream(stem: String(stem[folder.endIndex...]), delimiter: delimiter) {
        [unowned self] name, bytes in
        send(bytes, toFile: folder + name)
      }
    }
  }

  /// Writes the next block.
  func append(_ block: Block) {
    stream?.append(block)
  }

  /// Writes the rest of the document and gives its files their names.
  ///
  /// - Throws: `WritingError` or `FileError`.
  func complete(_ document: Document) throws {
    do {
      try stream?.finish(document)
      if failure == nil, !kept.isEmpty { send(kept.span) }
      if failure == nil { sendMetadata() }
      if let failure { throw failure }
    } catch {
      discard()
      throw error
    }
    try file?.complete()
    file = nil
  }

  /// Removes what was written to a file that is not complete.
  func discard() {
    file?.discard()
    file = nil
  }

  private func write(_ bytes: Span<UInt8>) {
    guard failure == nil else { return }
    if context.isShared, target == .standardOutput {
      bytes.withUnsafeBufferPointer { kept.append(contentsOf: $0) }
    } else {
      send(bytes)
    }
  }

  private func send(_ bytes: Span<UInt8>) {
    switch target {
    case .standardOutput:
      send(bytes, to: STDOUT_FILENO, path: "standard output")
    case .file(let path), .files(let path):
      send(bytes, toFile: path)
    case .collected(let path):
      guard let collected = context.collected else { return }
      send(bytes, to: collected.descriptor, path: path)
    }
  }

  /// Describes a file of values beside it, where CSVW looks for the description.
  private func sendMetadata() {
    guard let delimiter = format.delimiter, context.isLong, case .file(let path) = target else {
      return
    }
    let metadata = TidyStream.metadata(
      of: FileName.lastComponent(of: path), delimiter: delimiter)
    send(metadata.span, toFile: path + "-metadata.json")
  }

  /// Writes to a file of this name; the one before is complete then.
  private func send(_ bytes: Span<UInt8>, toFile path: String) {
    guard failure == nil else { return }
    do throws(FileError) {
      if path != filePath {
        try file?.complete()
        file = nil
        file = try ReplacedFile(path: path, tag: context.tag, slot: slot)
        filePath = path
      }
    } catch {
      failure = error
    }
    if let file { send(bytes, to: file.descriptor, path: path) }
  }

  private func send(_ bytes: Span<UInt8>, to descriptor: Int32, path: String) {
    guard failure == nil else { return }
    context.reporter.writing()
    do throws(FileError) {
      try OutputFile.write(bytes, to: descriptor, path: path)
    } catch {
      failure = error
    }
    context.reporter.working()
  }
}
