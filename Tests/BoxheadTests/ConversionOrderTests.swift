import ArgumentParser
import Testing

@testable import boxhead

@Suite struct ConversionOrderTests {
  /// What ArgumentParser makes of the same arguments.
  func parsed(_ arguments: [String]) throws -> ConversionOrder {
    let command = try #require(try Boxhead.parseAsRoot(arguments) as? ConvertCommand)
    return command.order
  }

  @Test(
    "The plain form says the same as it does to ArgumentParser",
    arguments: [
      ["a.pdf"], ["-"], ["a.pdf", "-o", "b.json"], ["-o", "out/", "a.pdf", "b.docx"],
      ["a.pdf", "--output", "-"], ["-", "-o", "x"], ["convert", "-o", "convert"],
      ["a b", "\u{FC}.pdf", "-o", "c=d"],
    ])
  func plain(arguments: [String]) throws {
    let arguments = ["convert"] + arguments
    #expect(try ConversionOrder(plainArguments: arguments) == parsed(arguments))
  }

  @Test(
    "What may be more than paths is left to ArgumentParser",
    arguments: [
      [], ["convert"], ["inspect", "a.pdf"], ["convert", "-h"], ["convert", "help"], ["a.pdf"],
      ["convert", "a.pdf", "--to", "ndjson"], ["convert", "a.pdf", "-o"],
      ["convert", "", "-o", "b"], ["convert", "a.pdf", "-o", "-x"],
      ["convert", "a.pdf", "-o", "b", "-o", "c"], ["convert", "a.pdf", "-ob"],
      ["convert", "a.pdf", "--output=b"], ["convert", "--", "-a"],
      ["convert", "-o", "b"], ["convert", "a.pdf", "--pages", "1"],
    ])
  func notPlain(arguments: [String]) {
    #expect(ConversionOrder(plainArguments: arguments) == nil)
  }
}
