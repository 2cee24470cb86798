import Conversion
import DocumentModel
import DocumentWriting
import Glibc
import ProcessIsolation

/// One run over several files: where the documents go, and what is left when one fails.
struct ConversionRun {
  private let files: [String]
  private let targets: [[OutputPlan.Target]]
  private let forms: OutputForms
  private let converter: Converter
  private let office: LibreOffice
  /// Where pictures inside the originals go; nil for nowhere.
  private let mediaFolder: String?
  private let collected: CollectedFile?
  /// Makes temporary names that no other run uses.
  private let tag = getpid()

  init(
    files: [String], targets: [[OutputPlan.Target]], forms: OutputForms,
    options: Converter.Options, office: LibreOffice.Choice, mediaFolder: String? = nil
  ) throws(FileError) {
    self.files = files
    self.targets = targets
    self.forms = forms
    self.office = LibreOffice(choice: office, tag: tag)
    converter = Converter(options: options, legacyReader: self.office)
    self.mediaFolder = mediaFolder
    if case .collected(let path) = targets.first?.first {
      collected = try CollectedFile(path: path, tag: tag)
    } else {
      collected = nil
    }
  }

  /// Converts all files and complains about those that fail.
  func run(limits: WorkerSupervisor.Limits) throws(FileError) -> ExitStatus {
    var collected = collected
    try writeHead()
    collected?.keep()
    var writtenCount = 0
    let status = DocumentRun.run(files, limits: limits) { index, bytes, reporter in
      office.report(to: reporter)
      defer { if index == files.count - 1 { office.close() } }
      let name = FileName.lastComponent(of: files[index])
      if StoredDocument.isStored(bytes) {
        try write(StoredDocument.read(bytes, name: name)) { name in
          outputs(ofFile: index, name: name, collected: collected, reporter: reporter)
        }
      } else {
        try convert(
          bytes, name: name, reporter: reporter,
          outputs: outputs(ofFile: index, name: name, collected: collected, reporter: reporter))
      }
    } judged: { index, status, isFinished in
      if status == .success {
        writtenCount += 1
        collected?.keep()
      } else {
        collected?.cut()
      }
      if !isFinished {
        discardTemporaries(of: index)
        office.removeFolders()
      }
    }
    if writtenCount == 0 || status == .interrupted {
      collected?.discard()
    } else {
      try collected?.complete()
      try writeCollectedMetadata()
    }
    return status
  }

  private func convert(
    _ bytes: [UInt8], name: String, reporter: WorkerReporter, outputs: [DocumentOutput]
  ) throws {
    var media = EmbeddedMedia()
    do {
      let document = try converter.convert(bytes, name: name) {
        reporter.working(page: $0)
      } blockDone: { block in
        for output in outputs { output.append(block) }
        if mediaFolder != nil { media.add(block) }
      }
      if let mediaFolder {
        reporter.writing()
        try media.each(of: bytes) { name, content throws(FileError) in
          try OutputFile.replace("\(mediaFolder)/\(name)", with: content, tag: tag)
        }
      }
      for output in outputs { try output.complete(document) }
    } catch {
      for output in outputs { output.discard() }
      throw error
    }
  }

  /// Writes a document that was converted before, under the name of its original.
  private func write(
    _ document: Document, outputs makeOutputs: (String) -> [DocumentOutput]
  ) throws {
    let outputs = makeOutputs(document.source.name)
    do {
      for block in document.blocks {
        for output in outputs { output.append(block) }
      }
      for output in outputs { try output.complete(document) }
    } catch {
      for output in outputs { output.discard() }
      throw error
    }
  }

  private func outputs(
    ofFile index: Int, name: String, collected: CollectedFile?, reporter: WorkerReporter
  ) -> [DocumentOutput] {
    let context = DocumentOutput.Context(
      tag: tag, collected: collected, isShared: files.count > 1, isLong: forms.isLong,
      reporter: reporter)
    return zip(forms.formats, targets[index]).enumerated().map { slot, form in
      DocumentOutput(target: form.1, format: form.0, slot: slot, name: name, context: context)
    }
  }

  private func discardTemporaries(of index: Int) {
    guard targets.indices.contains(index) else { return }
    for (slot, target) in targets[index].enumerated() {
      switch target {
      case .file(let path), .files(let path):
        OutputFile.discardTemporary(of: path, tag: tag, slot: slot)
      case .standardOutput, .collected: break
      }
    }
  }

  // MARK: - Values of several documents

  /// The form of a file or stream of values that several documents share.
  private var sharedDelimiter: Delimiter? {
    guard files.count > 1, forms.isLong, let format = forms.formats.first else { return nil }
    switch targets.first?.first {
    case .standardOutput, .collected: return format.delimiter
    case .file, .files, nil: return nil
    }
  }

  /// Writes the names of the columns once, before all documents.
  private func writeHead() throws(FileError) {
    guard let delimiter = sharedDelimiter else { return }
    let head = TidyStream.head(delimiter: delimiter)
    let descriptor = collected?.descriptor ?? STDOUT_FILENO
    try OutputFile.write(head, to: descriptor, path: "standard output")
  }

  private func writeCollectedMetadata() throws(FileError) {
    guard let delimiter = sharedDelimiter, case .collected(let path) = targets.first?.first else {
      return
    }
    let metadata = TidyStream.metadata(
      of: FileName.lastComponent(of: path), delimiter: delimiter)
    try OutputFile.replace(path + "-metadata.json", with: metadata, tag: tag)
  }
}
