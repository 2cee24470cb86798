import ArgumentParser
import Conversion
import ProcessIsolation

/// `boxhead convert`: originals to JSON and other forms.
struct ConvertCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "convert",
    abstract: "Converts PDF, Word and OFD documents to JSON, Markdown, HTML, CSV or Excel.",
    discussion: """
      Without -o, the JSON goes to standard output. Several files need a folder, or --to ndjson, \
      which writes one line for each. Output files appear when they are complete; an existing file \
      is replaced.

      FORMS
        json      canonical JSON (RFC 8785); boxhead schema describes it
        ndjson    the same on one line for each document
        markdown  CommonMark with GitHub's tables; HTML tables where cells span
        html      one page that needs no other file, with the headers of each value
        csv, tsv  a file for each table and CSVW metadata, in a folder; with --long one line for \
      each value with its headers, unit and place
        xlsx      an Excel workbook with a sheet for each table
        docling   DoclingDocument JSON, fields of version 1.0.0

      JSON that boxhead wrote is read too, so that other forms need no second conversion.

      Several forms, as in --to json,html,csv, need a folder and are written in one conversion.

      EXIT STATUS
      \(ExitStatus.table)
      """)

  @Argument(
    help:
      "PDF, DOCX, DOCM, DOTX, OFD, PNG, JPEG or TIFF files, or JSON of boxhead; - is standard input.",
    completion: .file())
  var files: [String]

  @Option(
    name: .shortAndLong,
    help: "A file, a folder (made if it ends in / or there are several files), or - .",
    completion: .file())
  var output: String?

  @Option(
    name: .customLong("to"),
    help: ArgumentHelp(
      "The forms to write, separated by commas: "
        + OutputFormat.allCases.map(\.rawValue).joined(separator: ", ") + ".",
      valueName: "forms"),
    completion: .list(OutputFormat.allCases.map(\.rawValue)), transform: Self.formats)
  var formats = FormatList(formats: [.json])

  @Flag(help: "Write CSV and TSV as one line for each value.")
  var long = false

  @Option(help: "Pages to convert, such as 3 or 2-5 or 1,4-.", transform: Self.pageSelection)
  var pages: PageSelection?

  @Option(
    help: ArgumentHelp(
      "The state of tracked changes in a Word document: accepted, original or all.",
      valueName: "state"),
    transform: Self.revisionState)
  var revisions = Converter.Options.Revisions.accepted

  @Option(
    help: ArgumentHelp(
      "Save the pictures inside Word documents in this folder, named by their SHA-256.",
      valueName: "folder"),
    completion: .directory)
  var media: String?

  @Option(
    help: ArgumentHelp(
      "LibreOffice, for .doc, .wps, .rtf and .odt: auto, never, or where its program is.",
      valueName: "auto|never|path"),
    transform: LibreOffice.Choice.init)
  var office = LibreOffice.Choice.auto

  @Option(
    help: ArgumentHelp(
      "The pages that are read from their pictures: auto (those without a text layer that can be "
        + "trusted), always or never.", valueName: "auto|always|never"),
    transform: Self.recognition)
  var recognize = Converter.Options.Recognition.auto

  @Option(
    help: ArgumentHelp(
      "Pages of a document that are read from their pictures at one time, some 170 MB each; the "
        + "output does not depend on it.", valueName: "count"))
  var jobs = 1

  @OptionGroup
  var limits: LimitOptions

  /// Forms as they are given on the command line.
  struct FormatList: CustomStringConvertible {
    var formats: [OutputFormat]

    var description: String { formats.map(\.rawValue).joined(separator: ",") }
  }

  private static func formats(_ text: String) throws -> FormatList {
    var formats: [OutputFormat] = []
    for name in text.split(separator: ",", omittingEmptySubsequences: false) {
      guard let format = OutputFormat(rawValue: String(name)) else {
        throw ValidationError(
          "expected one of \(OutputFormat.allCases.map(\.rawValue).joined(separator: ", ")), "
            + "found \(name)")
      }
      if !formats.contains(format) { formats.append(format) }
    }
    return FormatList(formats: formats)
  }

  func validate() throws {
    guard !long || formats.formats.contains(where: { $0.delimiter != nil }) else {
      throw ValidationError("expected --to csv or tsv with --long, found \(formats)")
    }
    guard (1...64).contains(jobs) else {
      throw ValidationError("expected --jobs between 1 and 64, found \(jobs)")
    }
  }

  private static func recognition(_ text: String) throws -> Converter.Options.Recognition {
    guard let choice = Converter.Options.Recognition(rawValue: text) else {
      throw ValidationError("expected auto, always or never, found \(text)")
    }
    return choice
  }

  static func pageSelection(_ text: String) throws -> PageSelection {
    guard let selection = PageSelection(text) else {
      throw ValidationError("expected page numbers from 1 and ranges, found \(text)")
    }
    return selection
  }

  private static func revisionState(_ text: String) throws -> Converter.Options.Revisions {
    guard let state = Converter.Options.Revisions(rawValue: text) else {
      throw ValidationError("expected accepted, original or all, found \(text)")
    }
    return state
  }

  func run() throws {
    try order.run()
  }

  var order: ConversionOrder {
    ConversionOrder(
      files: files, output: output,
      forms: OutputForms(formats: formats.formats, isLong: long), mediaFolder: media,
      options: Converter.Options(
        pages: pages, revisions: revisions, recognition: recognize, jobs: jobs),
      office: office,
      limits: limits.workerLimits)
  }
}

/// Options on what a document may cost.
struct LimitOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Give a document up after this long without progress.", valueName: "seconds"))
  var timeout = WorkerSupervisor.Limits().stallSeconds

  func validate() throws {
    guard timeout > 0, timeout <= 1e6 else {
      throw ValidationError("expected --timeout between 0 and 1000000, found \(timeout)")
    }
  }

  var workerLimits: WorkerSupervisor.Limits {
    var limits = WorkerSupervisor.Limits()
    limits.stallSeconds = timeout
    return limits
  }
}
