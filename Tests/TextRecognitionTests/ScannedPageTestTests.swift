import LayoutModel
import PageGeometry
import TestSupport
import Testing

@testable import TextRecognition

@Suite struct ScannedPageTestTests {
  private let scan = PageImage(
    box: Rect(minX: 0, minY: 0, maxX: 595, maxY: 842), pixelWidth: 1654, pixelHeight: 2339)

  private func page(_ text: String, images: [PageImage] = []) -> PageLayout {
    var page = PageSketch(text).page()
    page.images = images
    return page
  }

  @Test("A page of text is read from its text layer, pictures beside the text or not")
  func sound() {
    #expect(ScannedPageTest.verdict(on: page("Some text")) == .sound)
    let logo = PageImage(
      box: Rect(minX: 10, minY: 10, maxX: 60, maxY: 60), pixelWidth: 50, pixelHeight: 50)
    #expect(ScannedPageTest.verdict(on: page("Some text", images: [logo])) == .sound)
  }

  @Test("A picture without text is a scan, an empty page is not")
  func missing() {
    #expect(ScannedPageTest.verdict(on: page("", images: [scan])) == .missing)
    #expect(ScannedPageTest.verdict(on: page("")) == .empty)
  }

  @Test("Invisible text under a picture of the page is not trusted")
  func invisible() {
    var page = page("An old text layer", images: [scan])
    for index in page.glyphs.indices { page.glyphs[index].flags.insert(.invisible) }
    guard case .untrusted = ScannedPageTest.verdict(on: page) else {
      Issue.record("trusted")
      return
    }
  }

  @Test("A page that is one picture is read from its samples; anything over it has to be painted")
  func wholePicture() {
    var whole = scan
    whole.samples = PageImage.Samples(
      object: 4, part: Rect(minX: 0, minY: 0, maxX: 1, maxY: 1))
    var page = PageLayout(number: 1, width: 595.44, height: 842.04, images: [whole])
    page.images[0].box = Rect(minX: 0, minY: 0, maxX: 595.44, maxY: 842.04)
    #expect(ScannedPageTest.wholePicture(of: page) == page.images[0])
    var stamped = page
    stamped.freeforms = [Rect(minX: 10, minY: 10, maxX: 60, maxY: 30)]
    #expect(ScannedPageTest.wholePicture(of: stamped) == nil)
    var small = page
    small.images[0].box.maxX = 500
    #expect(ScannedPageTest.wholePicture(of: small) == nil)
    var flat = page
    flat.images[0].pixelHeight = 1170
    #expect(ScannedPageTest.wholePicture(of: flat) == nil)
    #expect(ScannedPageTest.wholePicture(of: self.page("Some text", images: [whole])) == nil)
  }

  @Test("A text layer without Unicode values is not trusted")
  func noUnicode() {
    var page = page("Some text")
    for index in page.glyphs.indices { page.glyphs[index].flags.insert(.noUnicode) }
    guard case .untrusted = ScannedPageTest.verdict(on: page) else {
      Issue.record("trusted")
      return
    }
  }

  @Test("A stamp of text over a scan does not make it a page of text")
  func stamp() {
    guard case .untrusted = ScannedPageTest.verdict(on: page("Received 3 May", images: [scan]))
    else {
      Issue.record("trusted")
      return
    }
  }

  @Test("Text that a picture was painted over is not trusted, text painted over it is")
  func covered() {
    let text = (0..<60).map { _ in String(repeating: "covered ", count: 12) }
      .joined(separator: "\n")
    var page = page(text, images: [scan])
    #expect(ScannedPageTest.verdict(on: page) == .sound)
    page.images[0].glyphsBelow = page.glyphs.count
    guard case .untrusted = ScannedPageTest.verdict(on: page) else {
      Issue.record("trusted")
      return
    }
  }

  @Test("A scan may be cut into strips")
  func strips() {
    let strips = (0..<10).map { index in
      PageImage(
        box: Rect(
          minX: 0, minY: 84.2 * Double(index), maxX: 595, maxY: 84.2 * Double(index + 1)),
        pixelWidth: 1654, pixelHeight: 234)
    }
    guard case .untrusted = ScannedPageTest.verdict(on: page("Received 3 May", images: strips))
    else {
      Issue.record("trusted")
      return
    }
  }

  @Test("The resolution is that of the largest picture")
  func resolution() {
    let resolution = ScannedPageTest.resolution(of: page("", images: [scan]))
    #expect(abs(resolution - 200.1) < 0.1)
  }
}
