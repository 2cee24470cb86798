import ArgumentParser
import Conversion
import ProcessIsolation

/// What `boxhead convert` is to do, however it was said.
struct ConversionOrder: Equatable {
  /// The inputs as given; - is standard input.
  var files: [String]
  /// A file, a folder, or - for standard output, as nil is.
  var output: String?
  var forms = OutputForms()
  /// Where pictures inside the documents are saved, if they are.
  var mediaFolder: String?
  var options = Converter.Options()
  /// Where LibreOffice is, which legacy formats need.
  var office = LibreOffice.Choice.auto
  var limits = WorkerSupervisor.Limits()

  /// Converts the files.
  ///
  /// - Throws: `ExitStatus` if not all are converted, `ValidationError` for arguments that do not
  ///   fit each other, `FileError`.
  func run() throws {
    let plan = try OutputPlan(
      files: files, output: output, forms: forms, isFolder: OutputFile.isFolder)
    for (file, targets) in zip(files, plan.targets) {
      for case .file(let path) in targets where OutputFile.isSame(file, path) {
        throw ValidationError("expected an output beside the input, found \(file) as both")
      }
    }
    if let folder = plan.folder { try OutputFile.makeFolder(folder) }
    if let mediaFolder { try OutputFile.makeFolder(mediaFolder) }
    let run = try ConversionRun(
      files: files, targets: plan.targets, forms: forms,
      options: options, office: office, mediaFolder: mediaFolder)
    let status = try run.run(limits: limits)
    if status != .success { throw status }
  }
}

extension ConversionOrder {
  /// Reads the plain form of the command, `convert FILE… -o OUTPUT`; nil for any other.
  ///
  /// Most runs say no more than that, and ArgumentParser, which finds out about options by
  /// reflection, needs as much CPU time for it as the smallest documents take. Whatever is not
  /// plain is left to it: it knows all options and has words for what is wrong.
  init?(plainArguments arguments: [String]) {
    guard arguments.first == "convert" else { return nil }
    var files: [String] = []
    var output: String?
    var index = 1
    while index < arguments.count {
      let argument = arguments[index]
      if argument == "-o" || argument == "--output" {
        index += 1
        guard output == nil, index < arguments.count, Self.isPlain(arguments[index])
        else { return nil }
        output = arguments[index]
      } else {
        guard Self.isPlain(argument) else { return nil }
        files.append(argument)
      }
      index += 1
    }
    guard !files.isEmpty else { return nil }
    self.init(files: files, output: output)
  }

  /// Whether an argument can only be a path.
  private static func isPlain(_ argument: String) -> Bool {
    argument == "-" || (!argument.isEmpty && !argument.hasPrefix("-") && argument != "help")
  }
}
