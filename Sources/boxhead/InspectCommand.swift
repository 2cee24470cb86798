import ArgumentParser
import Conversion
import Glibc
import ProcessIsolation

/// `boxhead inspect`: the dump of any stage, for people and for bug reports.
struct InspectCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "inspect",
    abstract: "Prints what a stage of the conversion makes of a document.",
    discussion: """
      The dump is for eyes: one value a line, its parts below it. Places are in points from the \
      page's top-left corner. Its form may change with any version.

      EXIT STATUS
      \(ExitStatus.table)
      """)

  @Argument(help: "A PDF, Word or OFD document; - is standard input.", completion: .file())
  var file: String

  @Option(
    help: "One of \(Inspector.Stage.allCases.map(\.rawValue).joined(separator: ", ")).",
    completion: .list(Inspector.Stage.allCases.map(\.rawValue)), transform: Self.stage)
  var stage: Inspector.Stage

  @Option(
    name: [.customLong("page"), .customLong("pages")],
    help: "Pages to print, such as 3 or 2-5 or 1,4-.", transform: ConvertCommand.pageSelection)
  var pages: PageSelection?

  @OptionGroup
  var limits: LimitOptions

  private static func stage(_ text: String) throws -> Inspector.Stage {
    guard let stage = Inspector.Stage(rawValue: text) else {
      throw ValidationError("expected the name of a stage, found \(text)")
    }
    return stage
  }

  func run() throws {
    let inspector = Inspector(stage: stage, pages: pages)
    let status = DocumentRun.run([file], limits: limits.workerLimits) { _, bytes, reporter in
      try inspector.dump(bytes, name: FileName.lastComponent(of: file)) { page in
        reporter.working(page: page)
      } emit: { text in
        reporter.writing()
        try Terminal.print(text)
        reporter.working()
      }
    } judged: { _, _, _ in
    }
    if status != .success { throw status }
  }
}
