import LayoutModel
import PageGeometry
import PageRendering
import TestSupport
import Testing

@testable import TextRecognition

@Suite struct PagePicturesTests {
  private func image(_ box: Rect, pixels: Int = 800) -> PageImage {
    PageImage(box: box, pixelWidth: pixels, pixelHeight: pixels / 2)
  }

  private func page(_ images: [PageImage]) -> PageLayout {
    var page = PageSketch("A line of text at the top of the page").page()
    page.images = images
    return page
  }

  private let place = Rect(minX: 50, minY: 300, maxX: 450, maxY: 500)

  @Test("A large picture away from the text is worth a look")
  func found() throws {
    let found = try #require(PagePictures.candidates(on: page([image(place)])).first)
    #expect(found.box == place)
    #expect(abs(found.resolution - 144) < 0.01)
  }

  @Test("A small picture, a coarse one, and one with text of the page on it are not")
  func passedOver() {
    let logo = Rect(minX: 50, minY: 300, maxX: 90, maxY: 340)
    #expect(PagePictures.candidates(on: page([image(logo)])).isEmpty)
    #expect(PagePictures.candidates(on: page([image(place, pixels: 200)])).isEmpty)
    let ground = Rect(minX: 30, minY: 20, maxX: 450, maxY: 500)
    #expect(PagePictures.candidates(on: page([image(ground)])).isEmpty)
  }

  @Test("Invisible text on a picture is an old text layer and no reason against it")
  func oldLayer() {
    var page = page([image(Rect(minX: 30, minY: 20, maxX: 450, maxY: 500))])
    for index in page.glyphs.indices { page.glyphs[index].flags.insert(.invisible) }
    #expect(PagePictures.candidates(on: page).count == 1)
  }

  @Test("Strips that touch are one picture")
  func strips() {
    let strips = (0..<10).map { index in
      image(
        Rect(
          minX: 50, minY: 300 + 20 * Double(index), maxX: 450, maxY: 320 + 20 * Double(index)))
    }
    #expect(PagePictures.candidates(on: page(strips)).map(\.box) == [place])
  }

  @Test("A picture is seen by its samples unless rules are drawn over it or another one touches it")
  func samples() throws {
    var image = image(place)
    image.samples = PageImage.Samples(object: 10, part: Rect(minX: 0, minY: 0, maxX: 1, maxY: 1))
    let alone = page([image])
    #expect(PagePictures.candidates(on: alone).map(\.image) == [image])
    var ruled = alone
    ruled.rulings = [
      Ruling(axis: .horizontal, position: 400, extent: Interval(40, 460), thickness: 1)
    ]
    #expect(PagePictures.candidates(on: ruled).map(\.image) == [nil])
    var below = image
    below.box = Rect(minX: 50, minY: 500, maxX: 450, maxY: 600)
    #expect(PagePictures.candidates(on: page([image, below])).map(\.image) == [nil])
  }

  // MARK: - The look

  /// A picture of 400 × 200 pixels; each pixel is what `value` says.
  private func picture(_ value: (_ x: Int, _ y: Int) -> UInt8) -> Bitmap {
    var pixels: [UInt8] = []
    for y in 0..<200 { for x in 0..<400 { pixels.append(value(x, y)) } }
    return Bitmap(width: 400, height: 200, bytesPerRow: 400, format: .grey, pixels: pixels)
  }

  @Test("Level rules on paper are seen, thin and grey ones and such that lie askew too")
  func rules() {
    #expect(
      PagePictures.hasRules(picture { x, y in y % 25 == 10 && x > 20 && x < 380 ? 200 : 255 }))
    #expect(
      PagePictures.hasRules(picture { x, y in (y - x / 57) % 25 == 10 && x > 20 ? 120 : 240 }))
  }

  @Test("Paper, lines of text, a frame, dark bars and a photograph have none")
  func noRules() {
    #expect(!PagePictures.hasRules(picture { _, _ in 255 }))
    #expect(
      !PagePictures.hasRules(picture { x, y in y % 14 < 8 && (x / 3 + y / 2) % 2 == 0 ? 20 : 255 }))
    #expect(!PagePictures.hasRules(picture { _, y in y == 5 || y == 194 ? 0 : 255 }))
    #expect(!PagePictures.hasRules(picture { _, y in y % 40 < 18 ? 60 : 255 }))
    var noise = SeededGenerator(seed: 7)
    #expect(
      !PagePictures.hasRules(picture { x, y in UInt8((x + y) % 256) &+ UInt8(noise.next() % 40) }))
  }

  @Test("Rules with something written beside them are lines of a chart")
  func chart() {
    func isLine(_ x: Int, _ y: Int) -> Bool { y % 40 == 20 && x > 60 && x < 380 }
    #expect(PagePictures.hasRules(picture { x, y in isLine(x, y) ? 0 : 255 }))
    let chart = picture { x, y in
      isLine(x, y) || (30..<50).contains(x) && (16..<25).contains(y % 40) && x % 5 < 3 ? 0 : 255
    }
    #expect(!PagePictures.hasRules(chart))
  }

  /// Level lines 40 pixels apart between two uprights, as a table and a chart with grid lines have.
  private func isFrame(_ x: Int, _ y: Int) -> Bool {
    (20...380).contains(x) && (20...180).contains(y) && (y % 40 == 20 || x == 20 || x == 380)
  }

  @Test("Bars that stand on a rule and end in the open are those of a chart, outlined or filled")
  func bars() {
    func bar(_ x: Int, _ y: Int) -> (left: Bool, top: Bool, isInside: Bool) {
      let height = 50 + 17 * (x / 60 % 3)
      let isInside = (15...45).contains(x % 60) && (180 - height...180).contains(y)
      return (x % 60 == 15 || x % 60 == 45, y == 180 - height, isInside && x > 60 && x < 360)
    }
    let outlined = picture { x, y in
      let bar = bar(x, y)
      return isFrame(x, y) || bar.isInside && (bar.left || bar.top) ? 0 : 255
    }
    #expect(!PagePictures.hasRules(outlined))
    #expect(
      !PagePictures.hasRules(picture { x, y in isFrame(x, y) || bar(x, y).isInside ? 90 : 255 }))
  }

  @Test(
    "Uprights from rule to rule, the stroke through the corner of a head and a grey head are a table's"
  )
  func lattice() {
    func isUpright(_ x: Int, _ y: Int) -> Bool {
      (60...180).contains(y) && x % 60 == 20 && x > 20 && x < 380
    }
    #expect(
      PagePictures.hasRules(picture { x, y in isFrame(x, y) || isUpright(x, y) ? 60 : 255 }))
    let head = picture { x, y in
      let isStroke = (20...60).contains(y) && (20...60).contains(x) && abs(x - y) < 2
      if isFrame(x, y) || isUpright(x, y) || isStroke { return 0 }
      return (20...60).contains(y) && (20...380).contains(x) ? 225 : 255
    }
    #expect(PagePictures.hasRules(head))
  }

  @Test("Pictures without pixels have none")
  func empty() {
    let none = Bitmap(width: 0, height: 0, bytesPerRow: 0, format: .grey, pixels: [])
    #expect(!PagePictures.hasRules(none))
  }
}
