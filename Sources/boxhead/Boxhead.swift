import ArgumentParser

@main
struct Boxhead: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "boxhead")
}
