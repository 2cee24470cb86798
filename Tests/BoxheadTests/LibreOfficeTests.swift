import Foundation
import TestSupport
import Testing

@testable import boxhead

/// Legacy formats through LibreOffice; cancelled where it is not installed.
@Suite struct LibreOfficeTests {
  let boxhead = BuiltProgram("boxhead")
  let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
  }

  func file(_ name: String) throws -> String {
    try Data(Self.richText.utf8).write(to: URL(filePath: folder.path(name)))
    return folder.path(name)
  }

  /// A table of two columns, and a sentence with an umlaut.
  static let richText = #"""
    {\rtf1\ansi Gr\'fc\'dfe\par
    \trowd\cellx2000\cellx4000\intbl Name\cell Number\cell\row
    \trowd\cellx2000\cellx4000\intbl a\cell 12\cell\row\pard\par}
    """#

  @Test("Without LibreOffice the message says what the file is and what is missing")
  func missing() throws {
    let path = try file("a.doc")
    let never = try boxhead.run(["convert", path, "--office", "never"])
    #expect(never.status == 2 && never.output == [])
    #expect(never.errors.contains("found a Rich Text document (.rtf), which LibreOffice reads"))
    let nowhere = try boxhead.run(["convert", path, "--office", folder.path("soffice")])
    #expect(nowhere.status == 2 && nowhere.errors.contains("there is none at"))
  }

  @Test("A program that makes nothing is an error, and its folder is removed")
  func failing() throws {
    let path = try file("a.doc")
    let result = try boxhead.run(["convert", path, "--office", "/bin/false"])
    #expect(result.status == 2)
    #expect(result.errors.contains("found an early end of LibreOffice (status 1)"))
  }

  @Test("Rich Text is read, keeps its own checksum and says how it was read")
  func richText() throws {
    let path = try file("a.rtf")
    let result = try boxhead.run(["convert", path])
    if result.errors.contains("there is none here") {
      try Test.cancel("LibreOffice is not installed")
    }
    #expect(result.status == 0, "\(result.errors)")
    #expect(result.text.contains(#""text":"Grüße""#))
    #expect(result.text.contains(#""text":"12""#))
    #expect(result.text.contains(#""code":"source.conversion""#))
    #expect(result.text.contains(#""mediaType":"application/rtf","name":"a.rtf""#))
    #expect(result.text.contains(#""source":{"bytes":\#(Self.richText.utf8.count),"#))
  }
}
