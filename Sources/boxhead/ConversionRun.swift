import Conversion
import Glibc
import ProcessIsolation

/// One run over several files: where the documents go, and what is left when one fails.
struct ConversionRun {
  private let files: [String]
  private let targets: [OutputPlan.Target]
  private let format: OutputFormat
  private let converter: Converter
  private let office: LibreOffice
  /// Where pictures inside the originals go; nil for nowhere.
  private let mediaFolder: String?
  private let collected: CollectedFile?
  /// Makes temporary names that no other run uses.
  private let tag = getpid()

  init(
    files: [String], targets: [OutputPlan.Target], format: OutputFormat,
    options: Converter.Options, office: LibreOffice.Choice, mediaFolder: String? = nil
  ) throws(FileError) {
    self.files = files
    self.targets = targets
    self.format = format
    self.office = LibreOffice(choice: office, tag: tag)
    converter = Converter(options: options, legacyReader: self.office)
    self.mediaFolder = mediaFolder
    if case .collected(let path) = targets.first {
      collected = try CollectedFile(path: path, tag: tag)
    } else {
      collected = nil
    }
  }

  /// Converts all files and complains about those that fail.
  func run(limits: WorkerSupervisor.Limits) throws(FileError) -> ExitStatus {
    var collected = collected
    var writtenCount = 0
    let status = DocumentRun.run(files, limits: limits) { index, bytes, reporter in
      let name = FileName.lastComponent(of: files[index])
      let output = DocumentOutput(
        target: targets[index], format: format, collected: collected, tag: tag,
        isShared: files.count > 1, reporter: reporter)
      office.report(to: reporter)
      defer { if index == files.count - 1 { office.close() } }
      var media = EmbeddedMedia()
      do {
        let document = try converter.convert(bytes, name: name) {
          reporter.working(page: $0)
        } blockDone: { block in
          output.append(block)
          if mediaFolder != nil { media.add(block) }
        }
        if let mediaFolder {
          reporter.writing()
          try media.each(of: bytes) { name, content throws(FileError) in
            try OutputFile.replace("\(mediaFolder)/\(name)", with: content, tag: tag)
          }
        }
        try output.complete(document)
      } catch {
        output.discard()
        throw error
      }
    } judged: { index, status, isFinished in
      if status == .success {
        writtenCount += 1
        collected?.keep()
      } else {
        collected?.cut()
      }
      if !isFinished {
        discardTemporary(of: index)
        office.removeFolders()
      }
    }
    if writtenCount == 0 || status == .interrupted {
      collected?.discard()
    } else {
      try collected?.complete()
    }
    return status
  }

  private func discardTemporary(of index: Int) {
    guard targets.indices.contains(index), case .file(let path) = targets[index] else { return }
    OutputFile.discardTemporary(of: path, tag: tag)
  }
}
