import DocumentModel
import TestSupport
import Testing

@testable import Conversion

/// Pages read side by side; the texts hold with an engine and without one.
@Suite struct PageWorkersTests {
  /// A PDF of scans of grids with two rows, three rows and so on, each followed by a page of text.
  private func document(scans: Int) -> [UInt8] {
    var pages: [PDFWriter.Page] = []
    var objects: [(entries: String, stream: String?)] = []
    for index in 0..<scans {
      let number = PDFWriter.firstObject + objects.count
      objects.append(
        (
          "/Type /XObject /Subtype /Image /Width 400 /Height 200 /ColorSpace /DeviceGray "
            + "/BitsPerComponent 8 /Filter /ASCIIHexDecode", grid(rows: 2 + index)
        ))
      pages.append(
        PDFWriter.Page(
          "q 200 0 0 100 0 0 cm /X1 Do Q", resources: "/XObject << /X1 \(number) 0 R >>"))
      pages.append(PDFWriter.Page("BT /F1 10 Tf 10 50 Td (text \(index)) Tj ET"))
    }
    return PDFWriter(pages, objects: objects).bytes()
  }

  /// A grid of black lines on white, as hexadecimal digits.
  private func grid(rows: Int) -> String {
    var digits = ""
    for y in 0..<200 {
      for x in 0..<400 {
        let isInside = (20...380).contains(x) && (20...180).contains(y)
        let isLine = (y - 20) % (160 / rows) < 2 || (x - 20) % 120 < 2
        digits += isInside && isLine ? "00" : "FF"
      }
      digits += "\n"
    }
    return digits + ">"
  }

  @Test("A document is the same whatever the number of jobs", arguments: [2, 3, 8])
  func sameDocument(jobs: Int) throws {
    let bytes = document(scans: 5)
    let one = try Converter(options: .init(jobs: 1)).convert(bytes, name: "a.pdf")
    let many = try Converter(options: .init(jobs: jobs)).convert(bytes, name: "a.pdf")
    #expect(one.pages.count == 10)
    #expect(one == many)
  }

  @Test("Pages come in their order, and each text page where it stands")
  func order() throws {
    let found = try Converter(options: .init(jobs: 4)).convert(document(scans: 4), name: "a.pdf")
    #expect(found.pages.map(\.number) == Array(1...8))
    // The texts of the pages become one paragraph.
    let text = found.blocks.map(\.text).filter { !$0.isEmpty }.joined(separator: " ")
    #expect(text == "text 0 text 1 text 2 text 3")
    let pages = found.notes.filter { $0.code.hasPrefix("page.") }.map(\.message)
    #expect(pages.map { $0.prefix(6) } == ["page 1", "page 3", "page 5", "page 7"])
  }

  @Test("Work on no page is no work")
  func nothing() {
    let workers = PageWorkers(count: 3) { PageRecognition(bytes: []) }
    let outcomes = workers.read([Int]()) { _, _ in PageRecognition.Outcome(pages: []) }
    #expect(outcomes.isEmpty)
  }

  @Test("Outcomes are in the order of the items, however long each takes")
  func outcomes() {
    let workers = PageWorkers(count: 4) { PageRecognition(bytes: []) }
    let outcomes = workers.read(Array(0..<40)) { _, item in
      var sum = 0
      for step in 0..<(item % 7) * 20_000 { sum &+= step }
      return PageRecognition.Outcome(
        pages: [], notes: [Note(code: "\(item)", severity: .info, message: "\(sum)")])
    }
    #expect(outcomes.flatMap(\.notes).map(\.code) == (0..<40).map(String.init))
  }
}
