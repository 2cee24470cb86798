import ArgumentParser
import DocumentWriting

/// `boxhead schema`: prints the JSON Schema of the canonical JSON.
struct SchemaCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "schema",
    abstract: "Prints the JSON Schema (2020-12) of the JSON that this version writes.")

  func run() throws {
    try Terminal.print(DocumentSchema.text)
  }
}
