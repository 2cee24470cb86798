import ArgumentParser
import Conversion
import Glibc
import ProcessIsolation

/// `boxhead draw`: pictures of any stage, for people and for bug reports.
struct DrawCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "draw",
    abstract: "Draws what a stage of the conversion makes of a PDF, over its pages.",
    discussion: """
      For each page and stage two files are written, NAME-p001-STAGE.svg and the same as .png. The \
      SVG holds the picture of the page; in a browser, the pointer over a shape shows what it \
      stands for.

      STAGES
      \(table)

      Words, rulings and grids are drawn as the page by itself gives them. Headers and blocks are \
      those of the whole document, with the ids of its JSON, whatever pages are drawn. Nothing that \
      is drawn changes what is converted.

      EXIT STATUS
      \(ExitStatus.table)
      """)

  /// The stages with what they show.
  private static var table: String {
    Drawer.Stage.allCases.map { stage in
      "  " + stage.rawValue + String(repeating: " ", count: 9 - stage.rawValue.count)
        + meaning(of: stage)
    }.joined(separator: "\n")
  }

  private static func meaning(of stage: Drawer.Stage) -> String {
    switch stage {
    case .glyphs: "boxes of painted characters"
    case .words: "words, and lines outside of tables"
    case .rulings: "lines as drawn and as merged, shadings, pictures"
    case .grid: "cells with row, column and span"
    case .headers: "tables: boxhead, stub, bands, sections, values; ids, doubt"
    case .blocks: "blocks with kinds, ids and reading order"
    }
  }

  @Argument(help: "A PDF; - is standard input.", completion: .file())
  var file: String

  @Option(
    help: ArgumentHelp(
      "Stages to draw, separated by commas, or all; headers without it.", valueName: "stages"),
    completion: .list(["all"] + Drawer.Stage.allCases.map(\.rawValue)), transform: Self.stages)
  var stage = StageList(stages: [.headers])

  @Option(
    name: [.customLong("page"), .customLong("pages")],
    help: "Pages to draw, such as 3 or 2-5 or 1,4-; all without it.",
    transform: ConvertCommand.pageSelection)
  var pages: PageSelection?

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp(
      "The folder for the pictures; it is made if it is not there.", valueName: "folder"),
    completion: .directory)
  var output: String

  @OptionGroup
  var limits: LimitOptions

  /// Stages as they are given on the command line.
  struct StageList: CustomStringConvertible {
    var stages: [Drawer.Stage]

    var description: String { stages.map(\.rawValue).joined(separator: ",") }
  }

  private static func stages(_ text: String) throws -> StageList {
    if text == "all" { return StageList(stages: Drawer.Stage.allCases) }
    var stages: [Drawer.Stage] = []
    for name in text.split(separator: ",", omittingEmptySubsequences: false) {
      guard let stage = Drawer.Stage(rawValue: String(name)) else {
        throw ValidationError("expected the name of a stage, found \(name)")
      }
      if !stages.contains(stage) { stages.append(stage) }
    }
    return StageList(stages: stages)
  }

  func run() throws {
    let drawer = Drawer(stages: stage.stages, pages: pages)
    let folder = output.hasSuffix("/") ? output : output + "/"
    let stem = folder + FileName.stem(of: file)
    let tag = getpid()
    let status = DocumentRun.run([file], limits: limits.workerLimits) { _, bytes, reporter in
      try drawer.draw(bytes, name: FileName.lastComponent(of: file)) { page in
        reporter.working(page: page)
      } emit: { picture in
        reporter.writing()
        try OutputFile.makeFolder(folder)
        let path = "\(stem)-p\(Self.number(picture.page))-\(picture.stage.rawValue)"
        try OutputFile.replace(path + ".svg", with: picture.svg, tag: tag)
        try OutputFile.replace(path + ".png", with: picture.png, tag: tag)
        reporter.working()
      }
    } judged: { _, _, isFinished in
      if !isFinished { OutputFile.discardTemporary(of: stem, tag: tag) }
    }
    if status != .success { throw status }
  }

  /// A page number in at least three digits, so that names sort like pages.
  private static func number(_ page: Int) -> String {
    let digits = String(page)
    return String(repeating: "0", count: max(0, 3 - digits.count)) + digits
  }
}
