import DocumentModel
import PageGeometry
import Testing

@testable import DocumentReading

@Suite struct DocumentCheckTests {
  /// The problems of a document that was changed.
  private func problems(_ change: (inout Document) -> Void) -> [String] {
    var document = SampleDocuments.complete
    document.blocks[0].text = "总体情况的说明"
    document.blocks[0].inlines = []
    document.pages = [1, 2].map {
      PageInfo(number: $0, width: 595, height: 842, rotation: 0, origin: .textLayer)
    }
    document.blocks[1].table?.cells[3].missing = nil
    document.blocks[1].table?.cells[3].blocks = []
    change(&document)
    return DocumentCheck.problems(of: document).map(\.description)
  }

  @Test("A good document has none")
  func good() {
    #expect(problems { _ in } == [])
  }

  @Test("A position that no cell covers, or two cover")
  func grid() {
    #expect(problems { $0.blocks[1].table?.cells.removeLast() }.count == 1)
    #expect(
      problems { $0.blocks[1].table?.cells[0].columns = 0..<2 }.first?.hasPrefix("b2c2:") == true)
    #expect(problems { $0.blocks[1].table?.bands[0].rows = 0..<1 }.count == 1)
  }

  @Test("A path that leads to a value")
  func path() {
    #expect(
      problems { $0.blocks[1].table?.cells[3].columnPath = [3] }
        == ["b2c4: expected headers in its paths, found the value at position 4"])
  }

  @Test("A box outside of its page, upside down, or on no page")
  func boxes() {
    let outside = Rect(minX: 600, minY: 0, maxX: 700, maxY: 10)
    let cut = Rect(minX: 500, minY: 0, maxX: 600, maxY: 10)
    let reversed = Rect(minX: 5, minY: 9, maxX: 6, maxY: 8)
    #expect(problems { $0.blocks[0].provenance = [.page(number: 1, box: outside)] }.count == 1)
    #expect(problems { $0.blocks[0].provenance = [.page(number: 1, box: cut)] } == [])
    #expect(problems { $0.blocks[0].provenance = [.page(number: 1, box: reversed)] }.count == 1)
    #expect(
      problems { $0.blocks[0].provenance = [.page(number: 3, box: reversed)] }
        == ["b1: expected a page of the document, found page 3"])
  }

  @Test("An id that occurs twice, and one that does not occur")
  func ids() {
    #expect(
      problems { $0.blocks[0].id = "b2c1" }.contains(
        "b2c1: expected an id that occurs once, found it twice"))
    #expect(problems { $0.notes[0].at = "b77" }.count == 1)
    #expect(
      problems { $0.blocks[0].inlines = [Inline(range: 0..<1, kind: .reference(to: "b99"))] }.count
        == 1)
  }

  @Test("A value that is said to be missing")
  func value() {
    #expect(problems { $0.blocks[1].table?.cells[3].missing = .dash }.count == 1)
  }
}
